//! A text and its translation → where the two do not agree.
//!
//! What a reader may copy (code, numbers, links, names) must be the same in both, nothing may be
//! left in the language it was translated from, and terms are those of the glossary. It compares
//! two texts and knows neither files nor errors.

mod compare;
pub mod glossary;
mod numbers;
mod scan;
mod script;
mod terms;
mod words;

use im_errors_spec::Locale;

use crate::diagnostic::rules;
use crate::inline::{Inline, from_markdown};
use crate::{Message, Rule};
pub use glossary::Glossary;

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// What is wrong, to follow the name of the text: "lacks the number 500".
    pub message: Message,
    /// What to do about it, where the rule's own help does not say.
    pub help: Option<Message>,
}

impl Breach {
    fn new(rule: &'static Rule, message: Message) -> Self {
        Self { rule, message, help: None }
    }
}

/// Compares `target`, a translation, with its `source`, both inline Markdown. Takes time linear in
/// the length of both.
///
/// ```
/// use im_errors_codegen::review::{Glossary, review};
/// use im_errors_spec::Locale;
///
/// let (zh, en) = (Locale::new("zh").ok_or("zh")?, Locale::new("en").ok_or("en")?);
/// let check = |target| review("每批不超过 500 人。", &zh, target, &en, &Glossary::default());
/// assert_eq!(check("At most 500 users per batch."), []);
/// assert_eq!(check("At most 50 users per batch.")[0].message.to_string(), "lacks the number 500, and adds the number 50");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn review(
    source: &str,
    source_locale: &Locale,
    target: &str,
    target_locale: &Locale,
    glossary: &Glossary,
) -> Vec<Breach> {
    let source = Side::new(source, source_locale);
    let target = Side::new(target, target_locale);
    let facts = compare::compare(&source, &target);
    let facts = facts.map(|message| Breach::new(&rules::TRANSLATION_DIFFERS, message));
    let language = script::untranslated(&source, &target, glossary);
    let language = language.into_iter().map(|message| Breach::new(&rules::UNTRANSLATED_TEXT, message));
    let terms = terms::missing(&source, &target, glossary);
    facts
        .into_iter()
        .chain(language)
        .chain(terms)
        .chain(terms::avoided(&target, Some(&source), glossary))
        .collect()
}

/// Checks what can be said of a text alone, as of one that is no translation.
#[must_use]
pub fn review_source(text: &str, locale: &Locale, glossary: &Glossary) -> Vec<Breach> {
    terms::avoided(&Side::new(text, locale), None, glossary)
}

/// One of two texts that are compared.
struct Side<'a> {
    locale: &'a Locale,
    pieces: Vec<Inline>,
    scan: scan::Scan,
}

impl<'a> Side<'a> {
    fn new(text: &str, locale: &'a Locale) -> Self {
        let pieces = from_markdown(text, &|_| None).pieces;
        Self { locale, scan: scan::Scan::new(&pieces), pieces }
    }
}
