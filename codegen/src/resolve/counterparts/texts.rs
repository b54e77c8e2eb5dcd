//! The texts of a page in another language, put where those of the page in the catalog's language are.

use std::collections::BTreeMap;
use std::ops::Range;

use im_errors_spec::Locale;

use super::super::names::Draft;
use super::super::{Field, stamp};
use crate::diagnostic::rules;
use crate::interpret::{Entry, Role};
use crate::{Diagnostic, message};

/// The texts of one page.
pub(super) struct Texts<'a> {
    locale: &'a Locale,
    own: &'a Locale,
    /// Those that the catalog's own language lacks: how many, and the first.
    alone: BTreeMap<Role, (usize, String, Range<usize>)>,
}

impl<'a> Texts<'a> {
    /// Of a page in `locale`; the catalog's language is `own`.
    pub(super) fn new(locale: &'a Locale, own: &'a Locale) -> Self {
        Self { locale, own, alone: BTreeMap::new() }
    }

    /// Puts the texts of `row` into the case that it is paired with. The rows of an error come in
    /// the order of its cases.
    pub(super) fn put(
        &mut self,
        draft: &mut Draft,
        case: usize,
        row: &Entry,
        findings: &mut Vec<Diagnostic>,
    ) {
        let first = Field::Summary.get(&draft.def).and_then(|texts| texts.get(self.locale));
        let again = case > 0 && first.map(|text| text.text.as_str()) == row.summary();
        // What a further row is about is its cause, as in the page in the catalog's language.
        let summary = match case {
            0 => Some(Field::Summary),
            _ => Some(Field::Cause(case)).filter(|_| row.cause().is_none()),
        };
        let texts = [
            (Role::Summary, summary, row.summary().filter(|_| !again)),
            (Role::Cause, Some(Field::Cause(case)), row.cause()),
            (Role::Remedy, Some(Field::Remedy(case)), row.remedy()),
        ];
        for (role, field, text) in texts {
            let span = row.cell(role).unwrap_or_else(|| row.span.clone());
            findings.extend(text.and_then(|text| self.put_one(draft, field, role, text, &span)));
        }
    }

    fn put_one(
        &mut self,
        draft: &mut Draft,
        field: Option<Field>,
        role: Role,
        text: &str,
        span: &Range<usize>,
    ) -> Option<Diagnostic> {
        let role_name = role.as_str();
        let lost = |message| Some(Diagnostic::at(&rules::COUNTERPART_TEXT, span.clone(), message));
        let Some(texts) = field.and_then(|field| field.get_mut(&mut draft.def)) else {
            return lost(message!(
                "`{key}` has another {role} in its first row",
                key = draft.key,
                role = role_name
            ));
        };
        match texts.get(self.locale) {
            Some(known) if known.text == text => return None,
            Some(_) => {
                let message = message!(
                    "`{key}` has another {role} in `{locale}` already",
                    key = draft.key,
                    role = role_name,
                    locale = self.locale
                );
                return lost(message);
            }
            None => {}
        }
        if texts.get(self.own).is_some_and(|own| self.is_untranslated(&own.text, text)) {
            let message = message!(
                "`{key}` has its {role} in `{locale}` here as well",
                key = draft.key,
                role = role_name,
                locale = self.own
            );
            return lost(message);
        }
        if texts.get(self.own).is_none() {
            let (count, ..) = self.alone.entry(role).or_insert_with(|| (0, draft.key.clone(), span.clone()));
            *count += 1;
        }
        texts.insert_vendor(self.locale.clone(), text);
        None
    }

    /// Whether the vendor has left a text in the catalog's language: words that are the same in two
    /// languages, as `OK` is, are in ASCII.
    fn is_untranslated(&self, own: &str, text: &str) -> bool {
        let language = |locale: &Locale| locale.as_str().split('-').next().map(str::to_owned);
        !text.is_ascii() && stamp(own) == stamp(text) && language(self.own) != language(self.locale)
    }

    /// One finding per role: a column that was misread shows so at once.
    pub(super) fn alone(&self) -> Vec<Diagnostic> {
        let finding = |(role, (count, key, span)): (&Role, &(usize, String, Range<usize>))| {
            let (role, own) = (role.as_str(), self.own);
            let message = match count {
                1 => message!(
                    "`{key}` has a {role} on this page alone: there is none in `{own}`",
                    key,
                    role,
                    own
                ),
                n => message!(
                    "{n} rows have a {role} on this page alone, from `{key}` on: there is none in `{own}`",
                    n,
                    role,
                    key,
                    own
                ),
            };
            Diagnostic::at(&rules::COUNTERPART_ALONE, span.clone(), message)
        };
        self.alone.iter().map(finding).collect()
    }
}
