//! Errors that have something in common, over all catalogs.

use std::collections::HashMap;

use im_errors_match::{fold, trim};
use im_errors_spec::{ErrorDef, Part, Spec};

/// An error by the place of its spec and its place in that.
pub(crate) type Id = (usize, usize);

/// What two errors have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Same {
    /// The server's message, whatever its holes are called.
    Message,
    /// The name, which says what it means, at another vendor.
    Name,
    /// The code, in another catalog.
    Code,
    /// The error type, in the same catalog.
    Type,
}

impl Same {
    /// The key of the string that says so.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Message => "same_message",
            Self::Name => "same_name",
            Self::Code => "same_code",
            Self::Type => "same_type",
        }
    }
}

/// What is looked up by what errors have.
#[derive(Debug, Default)]
pub(crate) struct Related {
    messages: HashMap<String, Vec<Id>>,
    names: HashMap<String, Vec<Id>>,
    codes: HashMap<i64, Vec<Id>>,
    types: HashMap<(usize, String), Vec<Id>>,
}

impl Related {
    pub(crate) fn of(specs: &[Spec]) -> Self {
        let mut related = Self::default();
        for (s, spec) in specs.iter().enumerate() {
            for (e, error) in spec.errors.iter().enumerate() {
                let id = (s, e);
                if let Some(message) = message(error) {
                    related.messages.entry(message).or_default().push(id);
                }
                related.names.entry(error.name.as_str().to_owned()).or_default().push(id);
                if let Some(code) = error.code {
                    related.codes.entry(code).or_default().push(id);
                }
                if let Some(kind) = &error.error {
                    related.types.entry((s, folded(kind))).or_default().push(id);
                }
            }
        }
        related
    }

    /// The errors that have something in common with one, each by what weighs most, and how many
    /// there are of each kind; of each kind not more than a reader looks at.
    pub(crate) fn to(&self, specs: &[Spec], id: Id) -> Vec<(Same, Vec<Id>, usize)> {
        const MOST: usize = 8;
        let (s, e) = id;
        let error = &specs[s].errors[e];
        let kind = error.error.as_ref().map(|kind| (s, folded(kind)));
        let all = [
            (Same::Message, message(error).and_then(|message| self.messages.get(&message)), false),
            (Same::Name, self.names.get(error.name.as_str()), true),
            (Same::Code, error.code.and_then(|code| self.codes.get(&code)), true),
            (Same::Type, kind.and_then(|kind| self.types.get(&kind)), false),
        ];
        let mut seen = vec![id];
        let mut out = Vec::new();
        for (same, ids, only_elsewhere) in all {
            let ids = ids.map_or(&[][..], Vec::as_slice);
            // They are in order, so that its own catalog's are one stretch.
            let own = match only_elsewhere {
                true => ids.partition_point(|id| id.0 < s)..ids.partition_point(|id| id.0 <= s),
                false => 0..0,
            };
            let (before, after) = (&ids[..own.start], &ids[own.end..]);
            let is_in = |id: &&Id| before.binary_search(id).is_ok() || after.binary_search(id).is_ok();
            // Thousands can have the same type: they are counted, not looked at.
            let count = before.len() + after.len() - seen.iter().filter(is_in).count();
            let fresh = before.iter().chain(after).filter(|other| !seen.contains(other));
            let shown: Vec<_> = fresh.take(MOST).copied().collect();
            seen.extend(&shown);
            if count > 0 {
                out.push((same, shown, count));
            }
        }
        out
    }
}

/// The message as messages compare, without the names of its holes.
fn message(error: &ErrorDef) -> Option<String> {
    let part = |part: &Part| match part {
        Part::Literal(text) => text.clone(),
        Part::Hole(_) => "\u{0}".to_owned(),
    };
    Some(folded(&error.message.as_ref()?.parts().iter().map(part).collect::<String>()))
}

fn folded(text: &str) -> String {
    fold(trim(text)).map(|folded| folded.char).collect()
}
