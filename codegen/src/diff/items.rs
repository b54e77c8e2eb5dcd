//! The errors of an edition as they are compared.

use std::collections::HashMap;

use im_errors_spec::{Case, ErrorDef, HttpStatus, Localized, error_key, plain_text};

use crate::editions::Edition;
use crate::resolve::likeness::fold;

/// An error, or where only facts are compared, what a page without patterns would list as one.
pub(super) struct Item<'a> {
    pub(super) error: &'a ErrorDef,
    /// Its rows with the message that each prints.
    pub(super) cases: Vec<(&'a Case, Option<String>)>,
    /// The index of its group.
    pub(super) group: usize,
    pub(super) line: usize,
    pub(super) key: String,
    /// The messages of its rows, folded and told apart.
    pub(super) folded: Vec<Option<String>>,
    /// All its texts without layout, in any language; empty if there are none.
    pub(super) texts: String,
}

/// What makes two errors the same in one table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Identity<'a> {
    /// The code says it all.
    Code(i64),
    /// Status, type, folded message.
    Facts(Option<HttpStatus>, Option<&'a str>, Option<&'a str>),
}

/// The items of an edition in the order of its spec.
pub(super) fn items(edition: &Edition, facts_only: bool) -> Vec<Item<'_>> {
    let groups = edition.spec.groups.iter().enumerate().map(|(i, group)| (group.id.as_str(), i));
    let groups: HashMap<_, _> = groups.collect();
    let mut items = Vec::new();
    for (i, error) in edition.spec.errors.iter().enumerate() {
        let group = groups.get(error.group.as_str()).copied().unwrap_or_default();
        let line = edition.lines.get(i).copied().unwrap_or(1);
        let cases = error.cases.iter().zip(error.documented_messages());
        // A pattern makes one error of rows that a page lists apart.
        let split = facts_only && error.code.is_none();
        let mut parts: Vec<Item<'_>> = Vec::new();
        for (case, message) in cases {
            let folded = message.as_deref().map(fold);
            let part = match parts.iter_mut().find(|part| !split || part.folded.contains(&folded)) {
                Some(part) => part,
                None => {
                    let error_type = error.error.as_deref();
                    let key = error_key(error.code, error.http_status, error_type, message.as_deref());
                    let (cases, folded, texts) = (Vec::new(), Vec::new(), String::new());
                    parts.push(Item { error, cases, group, line, key, folded, texts });
                    let last = parts.len() - 1;
                    &mut parts[last]
                }
            };
            if !part.folded.contains(&folded) {
                part.folded.push(folded);
            }
            part.cases.push((case, message));
        }
        parts.iter_mut().for_each(|part| part.texts = texts(part));
        items.append(&mut parts);
    }
    items
}

impl<'a> Item<'a> {
    /// What it is known by in its group: one per message that its rows print.
    pub(super) fn identities<'s>(&'s self) -> Vec<Identity<'s>>
    where
        'a: 's,
    {
        if let Some(code) = self.error.code {
            return vec![Identity::Code(code)];
        }
        let error = self.error.error.as_deref();
        let identity =
            |message: &'s Option<String>| Identity::Facts(self.error.http_status, error, message.as_deref());
        self.folded.iter().map(identity).collect()
    }

    /// Its first message, folded.
    pub(super) fn message(&self) -> Option<&str> {
        self.folded.first()?.as_deref()
    }

    /// Its first message as printed.
    pub(super) fn printed(&self) -> Option<&str> {
        self.cases.first()?.1.as_deref()
    }

    /// What to show of it as a whole: its message, else a text.
    pub(super) fn text(&self) -> Option<String> {
        if let Some(printed) = self.printed() {
            return Some(printed.to_owned());
        }
        let cases = self.cases.iter().flat_map(|(case, _)| [&case.cause, &case.remedy]);
        let texts: Vec<&Localized> = std::iter::once(&self.error.summary).chain(cases).collect();
        let text = texts.iter().find_map(|texts| texts.0.values().next())?;
        Some(plain_text(&text.text))
    }
}

fn texts(item: &Item<'_>) -> String {
    let mut all = String::new();
    let cases = item.cases.iter().flat_map(|(case, _)| [&case.cause, &case.remedy]);
    for (i, texts) in std::iter::once(&item.error.summary).chain(cases).enumerate() {
        for (locale, text) in &texts.0 {
            all.push_str(&format!("\n{i} {locale} "));
            all.extend(text.text.chars().filter(|c| !c.is_whitespace()));
        }
    }
    all
}
