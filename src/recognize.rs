//! A response → the error it is: code, then text, then type, then status, then class.

use im_errors_match::{Message, exact_hash, hash, same};

use crate::data::{Data, Index, Pattern, field};
use crate::holes::Holes;
use crate::{HttpStatus, Info, Response};

/// By what a response was recognised, from the surest to the least.
///
/// ```
/// # use im_errors::{ImErrors, Unrecognized};
/// # #[derive(Debug, PartialEq, ImErrors)]
/// # #[im_errors(vendor = "agora-chat", partial, docs = "https://example.com/errors")]
/// # enum ChatError {
/// #     InvalidUsername,
/// #     NewOwnerNotInGroup { username: String, group_id: String },
/// #     #[im_error(status = 429)]
/// #     Throttled,
/// #     #[im_error(other)]
/// #     Other(Unrecognized),
/// # }
/// use im_errors::Match;
/// let found = ChatError::from_response(500, None, "Username is not legal.");
/// assert_eq!(found.by, Match::Text);
/// // Act on what is sure only.
/// assert!(found.by > Match::Type);
/// ```
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
///
/// ```
/// # use im_errors::{ImErrors, Unrecognized};
/// # #[derive(Debug, PartialEq, ImErrors)]
/// # #[im_errors(vendor = "agora-chat", partial, docs = "https://example.com/errors")]
/// # enum ChatError {
/// #     InvalidUsername,
/// #     NewOwnerNotInGroup { username: String, group_id: String },
/// #     #[im_error(status = 429)]
/// #     Throttled,
/// #     #[im_error(other)]
/// #     Other(Unrecognized),
/// # }
/// use im_errors::Match;
/// let found = ChatError::from_response(429, None, None);
/// assert_eq!((found.error, found.by), (ChatError::Throttled, Match::Status));
/// assert_eq!(found.holes.iter().count(), 0);
/// ```
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

/// The error that a response is, and by what it was found.
type Found = (u32, Match);

/// Recognises a response, whose message fills `holes`. Where several errors fit and different
/// variants stand for them, or none does, none is claimed, and what is less specific answers.
#[doc(hidden)]
#[must_use]
pub fn recognize<'m>(data: &'static Data, response: &Response<'m>, holes: &mut Holes<'m>) -> Option<Found> {
    if let Some(found) = by_code_and_facts(data, response, holes) {
        return Some(found);
    }
    // The code of an error that the enum leaves out says that it is none of the others.
    let mut coded = response.code.map(|code| data.with_code(code)).into_iter().flatten().peekable();
    if coded.peek().is_some() && !coded.any(|error| is_covered(data, &error)) {
        return by_status(data, response);
    }
    by_text(data, response, holes).or_else(|| by_type(data, response)).or_else(|| by_status(data, response))
}

/// Whether a variant stands for an error; a partial enum leaves some out.
fn is_covered(data: &'static Data, error: &u32) -> bool {
    data.variant(*error) != u32::MAX
}

/// The first of `errors`, if one variant stands for all of them.
#[inline]
fn only(data: &'static Data, mut errors: impl Iterator<Item = u32>) -> Option<u32> {
    let first = errors.next()?;
    let variant = data.variant(first);
    errors.all(|error| data.variant(error) == variant).then_some(first)
}

/// The index of the variant that stands for all errors with `code`.
#[doc(hidden)]
#[must_use]
#[inline]
pub fn variant_of_code(data: &'static Data, code: i64) -> Option<u32> {
    data.variant_of_code(code)
}

/// The index of the variant that stands for an error.
#[doc(hidden)]
#[must_use]
#[inline]
pub fn variant(data: &'static Data, error: u32) -> u32 {
    data.variant(error)
}

fn by_code_and_facts<'m>(
    data: &'static Data,
    response: &Response<'m>,
    holes: &mut Holes<'m>,
) -> Option<Found> {
    let errors = data.with_code(response.code?);
    let error = only(data, errors.clone())
        .or_else(|| only(data, errors.filter(|error| agrees(data, *error, response))))
        .filter(|error| is_covered(data, error))?;
    let pattern = data.patterns.iter().find(|pattern| pattern.error == error);
    if let (Some(pattern), Some(message)) = (pattern, response.message) {
        holes.fill(pattern, &Message::new(message));
    }
    Some((error, Match::Code))
}

fn by_text<'m>(data: &'static Data, response: &Response<'m>, holes: &mut Holes<'m>) -> Option<Found> {
    let message = Message::new(response.message?);
    let to_the_letter = |error: &u32| data.string(*error, field::TRIMMED) == message.text();
    let error = Index::new(data.messages)
        .find(exact_hash(message.text()))
        .find(to_the_letter)
        .or_else(|| by_folded_text(data, response, &message, holes))
        .filter(|error| is_covered(data, error))?;
    Some((error, level(data, error, response)))
}

fn by_folded_text<'m>(
    data: &'static Data,
    response: &Response<'m>,
    message: &Message<'m>,
    holes: &mut Holes<'m>,
) -> Option<u32> {
    let (hash, pairs) = message.print();
    let same = Index::new(data.messages).find(hash);
    let same = same.filter(|error| message.is(data.string(*error, field::TRIMMED)));
    if same.clone().next().is_some() {
        return choose(data, same, response);
    }
    by_pattern(data, message, pairs, response, holes)
}

/// The most literal pattern that fits; of equally literal ones the one whose facts agree.
fn by_pattern<'m>(
    data: &'static Data,
    message: &Message<'m>,
    pairs: u64,
    response: &Response<'_>,
    holes: &mut Holes<'m>,
) -> Option<u32> {
    let can_be = |pattern: &Pattern| pattern.pairs & !pairs == 0;
    let at = data.patterns.iter().position(|pattern| can_be(pattern) && holes.fill(pattern, message))?;
    let (first, rest) = data.patterns.get(at..)?.split_first()?;
    let rivals = rest
        .iter()
        .take_while(|rival| rival.literal == first.literal)
        .filter(|rival| can_be(rival) && Holes::default().fill(rival, message));
    let fitting = core::iter::once(first).chain(rivals).map(|pattern| pattern.error);
    let chosen = choose(data, fitting, response).filter(|error| is_covered(data, error));
    if chosen != Some(first.error) {
        *holes = Holes::default();
        let pattern = data.patterns.iter().find(|pattern| Some(pattern.error) == chosen)?;
        holes.fill(pattern, message);
    }
    chosen
}

/// Of errors with the same text: the one whose facts agree, or the only one.
fn choose(
    data: &'static Data,
    errors: impl Iterator<Item = u32> + Clone,
    response: &Response<'_>,
) -> Option<u32> {
    let mut others = errors.clone();
    let first = others.next()?;
    if others.next().is_none() {
        return Some(first);
    }
    let with = |fits: &dyn Fn(u32) -> bool| only(data, errors.clone().filter(|error| fits(*error)));
    with(&|error| agrees(data, error, response))
        .or_else(|| with(&|error| type_agrees(data, error, response) == Some(true)))
        .or_else(|| with(&|error| status_agrees(data, error, response) == Some(true)))
        .or_else(|| with(&|_| true))
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

fn by_type(data: &'static Data, response: &Response<'_>) -> Option<Found> {
    let found = response.error.filter(|error| !error.trim().is_empty())?;
    let errors = Index::new(data.types).find(hash(found));
    let errors = errors.filter(|error| same(data.string(*error, field::ERROR), found));
    let of_status = errors.clone().filter(|error| status_agrees(data, *error, response) != Some(false));
    let bare = errors.clone().filter(|error| data.string(*error, field::MESSAGE).is_empty());
    only(data, bare)
        .or_else(|| only(data, of_status))
        .or_else(|| only(data, errors))
        .filter(|error| is_covered(data, error))
        .map(|error| (error, Match::Type))
}

fn by_status(data: &'static Data, response: &Response<'_>) -> Option<Found> {
    let status = response.status?;
    let find = |key: u16, by: Match| {
        let errors = Index::new(data.statuses).find(u64::from(key));
        // An error that is nothing but the status stands for what is not documented further.
        let bare = errors.clone().filter(|error| is_status_only(data, *error));
        only(data, bare)
            .or_else(|| only(data, errors))
            .filter(|error| is_covered(data, error))
            .map(|error| (error, by))
    };
    find(status, Match::Status).or_else(|| find(status / 100, Match::Class))
}

fn is_status_only(data: &'static Data, error: u32) -> bool {
    let empty = |field| data.string(error, field).is_empty();
    empty(field::CODE) && empty(field::ERROR) && empty(field::MESSAGE)
}
