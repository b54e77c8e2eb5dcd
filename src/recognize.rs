//! A response → the error it is: code, then text, then type, then status, then class.

use im_errors_match::{Part, capture, hash, same};

use crate::data::{Data, Index, code_key, field};
use crate::holes::{Holes, MOST_HOLES};
use crate::{HttpStatus, Info, Response};

/// By what a response was recognised, from the surest to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// Not at all: the variant is the one marked `other`.
    Nothing,
    /// By the class of its HTTP status alone.
    Class,
    /// By its HTTP status alone.
    Status,
    /// By its error type.
    Type,
    /// By its text; type or status are missing or say something else.
    Text,
    /// By its text, with type and status as documented, where the error has them.
    TextAndType,
    /// By the vendor's code.
    Code,
}

/// A response as recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recognized<'m, E> {
    /// The variant.
    pub error: E,
    /// By what it was found.
    pub by: Match,
    /// What stood in the holes of the message.
    pub holes: Holes<'m>,
}

impl<'m, E> Recognized<'m, E> {
    #[doc(hidden)]
    pub fn new(error: E, by: Match, holes: Holes<'m>) -> Self {
        Self { error, by, holes }
    }
}

/// The error that a response is.
#[derive(Debug, Clone, Copy)]
#[doc(hidden)]
pub struct Found<'m> {
    pub error: u32,
    pub by: Match,
    pub holes: Holes<'m>,
}

impl Found<'_> {
    fn new(error: u32, by: Match) -> Self {
        Self { error, by, holes: Holes::default() }
    }
}

/// Recognises a response. Where several errors fit and different variants stand for them, none is
/// claimed, and what is less specific answers.
#[doc(hidden)]
#[must_use]
pub fn recognize<'m>(data: &'static Data, response: &Response<'m>) -> Option<Found<'m>> {
    by_code_and_facts(data, response)
        .or_else(|| by_text(data, response))
        .or_else(|| by_type(data, response))
        .or_else(|| by_status(data, response))
}

/// The first of `errors`, if one variant stands for all of them.
fn only(data: &'static Data, mut errors: impl Iterator<Item = u32>) -> Option<u32> {
    let first = errors.next()?;
    let variant = data.variant(first);
    errors.all(|error| data.variant(error) == variant).then_some(first)
}

/// The error with `code`, if one variant stands for all that have it.
#[doc(hidden)]
#[must_use]
pub fn by_code(data: &'static Data, code: i64) -> Option<u32> {
    only(data, Index::new(data.codes).find(code_key(code)))
}

/// The index of the variant that stands for an error.
#[doc(hidden)]
#[must_use]
pub fn variant(data: &'static Data, error: u32) -> u32 {
    data.variant(error)
}

fn by_code_and_facts<'m>(data: &'static Data, response: &Response<'m>) -> Option<Found<'m>> {
    let errors = Index::new(data.codes).find(code_key(response.code?));
    let error = only(data, errors.clone())
        .or_else(|| only(data, errors.filter(|error| agrees(data, *error, response))))?;
    let holes = response.message.and_then(|message| holes_of(data, error, message));
    Some(Found { holes: holes.unwrap_or_default(), ..Found::new(error, Match::Code) })
}

fn by_text<'m>(data: &'static Data, response: &Response<'m>) -> Option<Found<'m>> {
    let message = response.message?;
    let same_text = |error: &u32| same(data.string(*error, field::MESSAGE), message);
    let literal = Index::new(data.messages).find(hash(message)).filter(same_text);
    if let Some(error) = choose(data, literal.clone(), response) {
        return Some(Found::new(error, level(data, error, response)));
    }
    if literal.clone().next().is_some() {
        return None;
    }
    // The most literal pattern that fits, and others with the same literals, if any.
    let mut best: Option<(usize, u32)> = None;
    for (at, (error, parts)) in data.patterns.iter().enumerate() {
        if best.is_some_and(|(first, _)| !as_literal(data.patterns[first].1, parts)) {
            break;
        }
        let mut texts = [""; MOST_HOLES];
        if capture(parts, message, &mut texts)
            && best.is_none_or(|(_, old)| better(data, *error, old, response))
        {
            best = Some((best.map_or(at, |(first, _)| first), *error));
        }
    }
    let (_, error) = best?;
    let holes = holes_of(data, error, message)?;
    Some(Found { holes, ..Found::new(error, level(data, error, response)) })
}

/// Whether two patterns are equally literal, so that the facts beside the text decide.
fn as_literal(a: &[Part<'_>], b: &[Part<'_>]) -> bool {
    let weight = |parts: &[Part<'_>]| -> usize {
        parts.iter().map(|part| if let Part::Literal(text) = part { text.len() } else { 0 }).sum()
    };
    weight(a) == weight(b)
}

/// Whether `new` agrees with the facts and `old` does not.
fn better(data: &'static Data, new: u32, old: u32, response: &Response<'_>) -> bool {
    agrees(data, new, response) && !agrees(data, old, response)
}

/// Of errors with the same text: the one whose facts agree, or the only one.
fn choose(
    data: &'static Data,
    errors: impl Iterator<Item = u32> + Clone,
    response: &Response<'_>,
) -> Option<u32> {
    let agreeing = errors.clone().filter(|error| agrees(data, *error, response));
    let typed = errors.clone().filter(|error| type_agrees(data, *error, response) == Some(true));
    let of_status = errors.clone().filter(|error| status_agrees(data, *error, response) == Some(true));
    only(data, agreeing)
        .or_else(|| only(data, typed))
        .or_else(|| only(data, of_status))
        .or_else(|| only(data, errors))
}

fn level(data: &'static Data, error: u32, response: &Response<'_>) -> Match {
    if agrees(data, error, response) { Match::TextAndType } else { Match::Text }
}

/// Whether type and status are as documented, where the error has them.
fn agrees(data: &'static Data, error: u32, response: &Response<'_>) -> bool {
    type_agrees(data, error, response) != Some(false) && status_agrees(data, error, response) != Some(false)
}

/// Whether the type is as documented; `None` where the error has none.
fn type_agrees(data: &'static Data, error: u32, response: &Response<'_>) -> Option<bool> {
    let documented = Info::new(data, error).error()?;
    Some(response.error.is_some_and(|found| same(found, documented)))
}

/// Whether the status is as documented; `None` where the error has none.
fn status_agrees(data: &'static Data, error: u32, response: &Response<'_>) -> Option<bool> {
    let documented = Info::new(data, error).http_status()?;
    let Some(found) = response.status else {
        return Some(false);
    };
    Some(match documented {
        HttpStatus::Exact(status) => status == found,
        HttpStatus::Class(class) => u16::from(class) == found / 100,
    })
}

fn holes_of<'m>(data: &'static Data, error: u32, message: &'m str) -> Option<Holes<'m>> {
    let (_, parts) = data.patterns.iter().find(|(of, _)| *of == error)?;
    let mut texts = [""; MOST_HOLES];
    if !capture(parts, message, &mut texts) {
        return None;
    }
    let mut names = [""; MOST_HOLES];
    let holes = parts.iter().filter_map(|part| if let Part::Hole(name) = part { Some(*name) } else { None });
    names.iter_mut().zip(holes).for_each(|(slot, name)| *slot = name);
    Some(Holes::new(names, texts))
}

fn by_type<'m>(data: &'static Data, response: &Response<'m>) -> Option<Found<'m>> {
    let found = response.error.filter(|error| !error.trim().is_empty())?;
    let errors = Index::new(data.types).find(hash(found));
    let errors = errors.filter(|error| same(data.string(*error, field::ERROR), found));
    let of_status = errors.clone().filter(|error| status_agrees(data, *error, response) != Some(false));
    let bare = errors.clone().filter(|error| data.string(*error, field::MESSAGE).is_empty());
    only(data, bare)
        .or_else(|| only(data, of_status))
        .or_else(|| only(data, errors))
        .map(|error| Found::new(error, Match::Type))
}

fn by_status<'m>(data: &'static Data, response: &Response<'m>) -> Option<Found<'m>> {
    let status = response.status?;
    let find = |key: u16, by: Match| {
        let errors = Index::new(data.statuses).find(u64::from(key));
        // An error that is nothing but the status stands for what is not documented further.
        let bare = errors.clone().filter(|error| is_status_only(data, *error));
        only(data, bare).or_else(|| only(data, errors)).map(|error| Found::new(error, by))
    };
    find(status, Match::Status).or_else(|| find(status / 100, Match::Class))
}

fn is_status_only(data: &'static Data, error: u32) -> bool {
    let empty = |field| data.string(error, field).is_empty();
    empty(field::CODE) && empty(field::ERROR) && empty(field::MESSAGE)
}
