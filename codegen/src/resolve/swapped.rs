//! Texts of an error that have changed places since the previous spec: somebody moved a cell, or a
//! column without its header. Each text by itself reads as a new one, so only both together tell.

use std::collections::HashMap;

use im_errors_spec::{Case, ErrorDef, Localized, Spec};

use super::names::Draft;
use super::{Inputs, stamp};
use crate::diagnostic::{Finding, rules};
use crate::read::Lines;
use crate::{Diagnostic, message};

/// What cells of one row hold that could be taken for one another.
const TEXTS: [&str; 4] = ["message", "summary", "cause", "remedy"];

/// A finding for each two columns of a group, at the first row.
pub(super) fn check(inputs: &Inputs<'_>, drafts: &[Draft]) -> Vec<Finding> {
    let Some(previous) = inputs.previous else {
        return Vec::new();
    };
    let before: HashMap<_, _> = previous.errors.iter().map(|error| (&error.name, error)).collect();
    let mut swaps: Vec<Swap<'_>> = Vec::new();
    for draft in drafts {
        let Some(old) = before.get(&draft.def.name) else {
            continue;
        };
        for (case, texts) in swapped(previous, old, &draft.def) {
            let same = |swap: &&mut Swap<'_>| swap.texts == texts && swap.first.group == draft.def.group;
            match swaps.iter_mut().find(same) {
                Some(swap) => swap.more += 1,
                None => swaps.push(Swap { texts, first: &draft.def, case, more: 0 }),
            }
        }
    }
    swaps.iter().filter_map(|swap| swap.finding(inputs)).collect()
}

struct Swap<'a> {
    texts: (usize, usize),
    first: &'a ErrorDef,
    case: usize,
    /// Further rows of the group with the same swap.
    more: usize,
}

impl Swap<'_> {
    fn finding(&self, inputs: &Inputs<'_>) -> Option<Finding> {
        let place = &self.first.cases.get(self.case)?.at;
        let page = inputs.pages.iter().find(|page| page.file == place.file)?;
        let span = Lines::new(&page.document.text).span(usize::try_from(place.line).ok()?);
        let (a, b) = (TEXTS[self.texts.0], TEXTS[self.texts.1]);
        let name = &self.first.name;
        let message = match self.more {
            0 => message!("{a} and {b} of `{name}` have changed places", a, b, name),
            n => message!(
                "{a} and {b} of `{name}` and of {n} more {n:row|rows} have changed places",
                a,
                b,
                name,
                n
            ),
        };
        Some(Finding::new(&page.file, Diagnostic::at(&rules::SWAPPED_TEXTS, span, message)))
    }
}

/// The rows of an error that have texts where others were, and which.
fn swapped(spec: &Spec, old: &ErrorDef, new: &ErrorDef) -> Vec<(usize, (usize, usize))> {
    let mut found = Vec::new();
    for (case, (old, new)) in rows(spec, old).into_iter().zip(rows(spec, new)).enumerate() {
        if old == new {
            continue;
        }
        let stamps = |row: [Option<String>; TEXTS.len()]| row.map(|text| text.map(|text| stamp(&text)));
        let (old, new) = (stamps(old), stamps(new));
        let moved = |a: usize, b: usize| old[a].is_some() && old[a] == new[b] && old[a] != old[b];
        for a in 0..TEXTS.len() {
            let others = (a + 1..TEXTS.len()).filter(|b| moved(a, *b) && moved(*b, a));
            found.extend(others.map(|b| (case, (a, b))));
        }
    }
    found
}

/// The texts of each row, in the order of [`TEXTS`].
fn rows(spec: &Spec, error: &ErrorDef) -> Vec<[Option<String>; TEXTS.len()]> {
    let text = |texts: &Localized| texts.get(&spec.locale).map(|text| text.text.clone());
    let rows = error.cases.iter().zip(error.documented_messages());
    let row = |(case, message): (&Case, Option<String>)| {
        [message, text(&error.summary), text(&case.cause), text(&case.remedy)]
    };
    rows.map(row).collect()
}
