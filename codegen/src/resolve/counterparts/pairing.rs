//! Which error an entry of a page in another language is.

use std::collections::{BTreeSet, HashMap, VecDeque};

use im_errors_spec::{ErrorDef, HttpStatus};

use super::super::identity::{self, Identity, fold};
use super::super::names::Draft;
use super::super::patterns;
use crate::interpret::Entry;
use crate::{Message, message};

/// The errors that a page can say again.
pub(super) struct Errors<'d> {
    drafts: &'d [Draft],
    all: Vec<usize>,
    by_identity: HashMap<Identity, Vec<usize>>,
    /// Errors without a code by status and type.
    by_kind: HashMap<Kind, Vec<usize>>,
    /// Those of them whose pattern has holes: it may stand for the other page's example.
    with_holes: HashMap<Kind, Vec<usize>>,
    by_message: HashMap<String, Vec<usize>>,
}

type Kind = (Option<HttpStatus>, Option<String>);

/// The errors found for an entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    None,
    One(usize),
    Several(Vec<usize>),
}

impl<'d> Errors<'d> {
    /// Those of the page `file`, or of every page in the catalog's language.
    pub(super) fn new(drafts: &'d [Draft], file: Option<&str>) -> Self {
        let all = (0..drafts.len()).filter(|at| file.is_none_or(|file| drafts[*at].file == file)).collect();
        let mut errors = Self {
            drafts,
            all,
            by_identity: HashMap::new(),
            by_kind: HashMap::new(),
            with_holes: HashMap::new(),
            by_message: HashMap::new(),
        };
        for &at in &errors.all {
            let def = &drafts[at].def;
            for (_, identity) in identity::documented(def) {
                put(errors.by_identity.entry(identity).or_default(), at);
            }
            for message in def.documented_messages().flatten() {
                put(errors.by_message.entry(fold(&message)).or_default(), at);
            }
            if def.code.is_some() {
                continue;
            }
            let kind = (def.http_status, def.error.clone());
            if def.message.as_ref().is_some_and(|message| message.as_literal().is_none()) {
                put(errors.with_holes.entry(kind.clone()).or_default(), at);
            }
            put(errors.by_kind.entry(kind).or_default(), at);
        }
        errors
    }

    /// All of them, in the order of the spec.
    pub(super) fn all(&self) -> &[usize] {
        &self.all
    }

    /// The pages that they are on, for messages.
    pub(super) fn pages(&self) -> String {
        let pages: BTreeSet<_> = self.all.iter().map(|at| self.drafts[*at].file.as_str()).collect();
        pages.into_iter().collect::<Vec<_>>().join(", ")
    }

    /// The error that an entry is, in `group` if one is given.
    pub(super) fn find(&self, entry: &Entry, group: Option<&str>) -> Found {
        let message = entry.message();
        let identity = Identity::new(entry.code, entry.http_status, entry.error(), message);
        let mut found = self.within(self.by_identity.get(&identity), group);
        if found.is_empty() && entry.code.is_none() {
            let kind = (entry.http_status, entry.error().map(str::to_owned));
            found = self.within(self.with_holes.get(&kind), group);
            found.retain(|at| message.is_some_and(|message| fits(&self.drafts[*at].def, message)));
        }
        match found.as_slice() {
            [] => Found::None,
            [at] => Found::One(*at),
            _ => Found::Several(found),
        }
    }

    /// An error that is not the entry's but has what the vendor may have meant to be the same: the
    /// only one with its message, or without a code, with its status and type.
    pub(super) fn near(&self, entry: &Entry, group: Option<&str>) -> Option<(usize, Message)> {
        let message = entry.message().map(fold);
        let same = message.and_then(|message| self.by_message.get(&message));
        if let [at] = self.within(same, group).as_slice() {
            return Some((*at, message!("message")));
        }
        entry.error().filter(|_| entry.code.is_none())?;
        let alike = self.by_kind.get(&(entry.http_status, entry.error().map(str::to_owned)));
        match self.within(alike, group).as_slice() {
            [at] => Some((*at, message!("status and type"))),
            _ => None,
        }
    }

    fn within(&self, all: Option<&Vec<usize>>, group: Option<&str>) -> Vec<usize> {
        let is_in = |at: &usize| group.is_none_or(|group| self.drafts[*at].def.group == group);
        all.into_iter().flatten().copied().filter(is_in).collect()
    }
}

/// Adds an error that several of its rows may add.
fn put(list: &mut Vec<usize>, at: usize) {
    if list.last() != Some(&at) {
        list.push(at);
    }
}

/// Whether the error's own pattern stands for `message`.
pub(super) fn fits(def: &ErrorDef, message: &str) -> bool {
    def.message.as_ref().is_some_and(|pattern| patterns::fits(pattern, message))
}

/// The case of each row: the next one with the row's message, else the next one there is. `None`
/// if there are not as many rows as cases.
pub(super) fn cases(def: &ErrorDef, rows: &[&Entry]) -> Option<Vec<usize>> {
    if rows.len() != def.cases.len() {
        return None;
    }
    let folded = |message: Option<&str>| message.map(fold);
    let mut by_message: HashMap<_, VecDeque<usize>> = HashMap::new();
    for (at, case) in def.cases.iter().enumerate() {
        by_message.entry(folded(case.message.as_deref())).or_default().push_back(at);
    }
    let mut next = |row: &&Entry| by_message.get_mut(&folded(row.message()))?.pop_front();
    let same: Vec<_> = rows.iter().map(&mut next).collect();
    let mut free: BTreeSet<_> = (0..rows.len()).collect();
    same.iter().flatten().for_each(|at| {
        free.remove(at);
    });
    same.into_iter().map(|at| at.or_else(|| free.pop_first())).collect()
}
