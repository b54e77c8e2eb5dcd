//! `locales/LOCALE.toml`: translations, keyed by error and field, each with the stamp of the text
//! it translates.
//!
//! A translation is current while its stamp is that of the source text, stale once it is not. It
//! is never guessed into another error or field.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use im_errors_spec::tree::{self, Entry, Problems, closest};
use im_errors_spec::{Locale, Problem, Removed, Text};

use super::names::Draft;
use super::{Field, Inputs, SourceTexts, stamp};
use crate::diagnostic::{Finding, rules};
use crate::inline::{from_markdown, to_markdown};
use crate::{Diagnostic, message};

/// A file of translations as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translations {
    /// The language.
    pub locale: Locale,
    /// Path below the catalog's folder.
    pub file: String,
    /// The translations in the order of the file.
    pub items: Vec<Translation>,
}

/// One translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The error's name.
    pub error: String,
    /// Where the error is named.
    pub error_span: Range<usize>,
    /// Which of its texts.
    pub field: Field,
    /// Where the field is named.
    pub field_span: Range<usize>,
    /// The text, inline Markdown.
    pub text: String,
    /// The whole value: a string, or a table of `text` and `of`.
    pub value_span: Range<usize>,
    /// The string that holds the text.
    pub text_span: Range<usize>,
    /// The stamp of the text it translates.
    pub of: Option<String>,
    /// The string that holds the stamp.
    pub of_span: Option<Range<usize>>,
}

impl Translations {
    /// Reads the text of a `locales/LOCALE.toml`.
    ///
    /// # Errors
    /// Every problem found, each with its place.
    pub fn parse(locale: Locale, file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let document = tree::parse(text, &problems);
        let mut items = Vec::new();
        if problems.is_empty() {
            for error in document.root(&problems).entries() {
                let fields = error.table().map(|table| table.entries()).unwrap_or_default();
                items.extend(fields.iter().filter_map(|field| item(text, &error, field, &problems)));
            }
        }
        if problems.is_empty() {
            return Ok(Self { locale, file: file.to_owned(), items });
        }
        Err(problems.into_vec())
    }

    /// The text of the file with every translation stamped that has no stamp yet. What is there
    /// already keeps its bytes. `stamp_of` gives the stamp of a source text.
    #[must_use]
    pub fn stamped(&self, text: &str, stamp_of: impl Fn(&str, Field) -> Option<String>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        let mut items: Vec<_> = self.items.iter().filter(|item| item.of.is_none()).collect();
        items.sort_by_key(|item| item.value_span.start);
        for item in items {
            let Some(of) = stamp_of(&item.error, item.field) else {
                continue;
            };
            let Range { start, end } = item.text_span.clone();
            let value = &text[start..end];
            out.push_str(&text[at..start]);
            if item.value_span == item.text_span {
                out.push_str(&format!("{{ text = {value}, of = \"{of}\" }}"));
            } else {
                // Right behind the text: a comma or a comment may follow it.
                out.push_str(&format!("{value}, of = \"{of}\""));
            }
            at = end;
        }
        out.push_str(&text[at..]);
        out
    }
}

fn item(
    file: &str,
    error: &Entry<'_, '_>,
    field: &Entry<'_, '_>,
    problems: &Problems,
) -> Option<Translation> {
    let parsed = Field::parse(field.key());
    if parsed.is_none() {
        let message = message!("`{field}` is no text of an error", field = field.key());
        let help = message!("write `summary`, `cause` or `remedy`, for further rows `cause_2` and so on");
        problems.push("unknown-field", field.key_span(), message, help);
    }
    let (text, of, of_span) = if field.is_str() {
        (field.str()?, None, None)
    } else if !file.get(field.span()).is_some_and(|value| value.starts_with('{')) {
        // Stamps go into the line of the text, so other forms of tables are not taken.
        field.wrong_kind(&message!("a string or `{{ text = \"…\", of = \"…\" }}`"));
        return None;
    } else {
        let table = field.table()?;
        let text = table.required_str("text");
        let (of, of_span) = table.str("of").map(|of| (of.value.to_owned(), of.span)).unzip();
        table.finish();
        (text?, of, of_span)
    };
    if text.value.trim().is_empty() {
        problems.push(
            "empty-text",
            text.span.clone(),
            message!("the translation is empty"),
            message!("translate, or leave it out"),
        );
    }
    Some(Translation {
        error: error.key().to_owned(),
        error_span: error.key_span(),
        field: parsed?,
        field_span: field.key_span(),
        text: to_markdown(&from_markdown(text.value, &|_| None).pieces),
        value_span: field.span(),
        text_span: text.span,
        of,
        of_span,
    })
}

/// Puts the translations into the drafts.
pub(super) fn apply(inputs: &Inputs<'_>, drafts: &mut [Draft], removed: &[Removed]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let by_name: HashMap<String, usize> =
        drafts.iter().enumerate().map(|(i, draft)| (draft.def.name.to_string(), i)).collect();
    let awaited = awaited(inputs);
    // Stamped only if there is a stale translation.
    let known = LazyCell::new(|| inputs.previous.map(SourceTexts::of).unwrap_or_default());
    for file in inputs.translations {
        if inputs.catalog.title.get(&file.locale).is_none() {
            // Nothing is lost of a file that was just started.
            if file.items.is_empty() {
                continue;
            }
            findings.push(Finding::new(&file.file, untitled(&file.locale)));
            continue;
        }
        for item in &file.items {
            let diagnostic = match by_name.get(&item.error) {
                Some(i) => apply_one(inputs, &file.locale, item, &mut drafts[*i], &known),
                // Said already of the error that is not in the page.
                None if awaited.contains(item.error.as_str()) => None,
                None => Some(orphaned(item, removed).unwrap_or_else(|| unknown(item, drafts))),
            };
            findings.extend(diagnostic.map(|diagnostic| Finding::new(&file.file, diagnostic)));
        }
    }
    findings
}

/// The names that the catalog gives.
fn awaited<'a>(inputs: &Inputs<'a>) -> HashSet<&'a str> {
    let errors = inputs.catalog.groups.iter().flat_map(|group| &group.errors);
    errors.filter_map(|said| Some(said.name.as_ref()?.value.as_str())).collect()
}

/// Documentation comes in the languages of the title, so texts in another one would not be seen.
fn untitled(locale: &Locale) -> Diagnostic {
    let message = message!("the catalog has no title in `{locale}`", locale);
    let help = message!("add `{locale} = …` to `title` in catalog.toml", locale);
    Diagnostic::of_file(&rules::BAD_LOCALE_FILE, message).with_help(help)
}

/// A translation that outlived its error.
fn orphaned(item: &Translation, removed: &[Removed]) -> Option<Diagnostic> {
    let removed = removed.iter().find(|removed| removed.name.as_str() == item.error)?;
    let (error, key) = (&item.error, &removed.key);
    let message = message!("`{error}` translates `{key}`, which the vendor has removed", error, key);
    Some(Diagnostic::at(&rules::ORPHANED_TRANSLATION, item.error_span.clone(), message))
}

fn unknown(item: &Translation, drafts: &[Draft]) -> Diagnostic {
    let message = message!("there is no error `{error}` to translate", error = item.error);
    let diagnostic = Diagnostic::at(&rules::UNKNOWN_TRANSLATION, item.error_span.clone(), message);
    let is_former = |draft: &&Draft| draft.def.aliases.iter().any(|alias| alias.as_str() == item.error);
    if let Some(draft) = drafts.iter().find(is_former) {
        let name = draft.def.name.as_str();
        return diagnostic.with_help(message!("it was renamed: write `[{name}]`", name));
    }
    match closest(&item.error, drafts.iter().map(|draft| draft.def.name.as_str())) {
        Some(near) => diagnostic.with_help(message!("did you mean `{near}`? otherwise remove it", near)),
        None => diagnostic,
    }
}

fn apply_one(
    inputs: &Inputs<'_>,
    locale: &Locale,
    item: &Translation,
    draft: &mut Draft,
    known: &SourceTexts<'_>,
) -> Option<Diagnostic> {
    let source_locale = &inputs.catalog.locale;
    let texts = item.field.get_mut(&mut draft.def);
    let source = texts.as_ref().and_then(|texts| texts.get(source_locale)).map(|text| text.text.clone());
    let (Some(texts), Some(source)) = (texts, source) else {
        let (error, field) = (&item.error, item.field);
        // A stamp proves that there was a text once.
        if item.of.is_some() {
            let message = message!(
                "`{error}` has no {field} in `{source_locale}` any more",
                error,
                field,
                source_locale
            );
            return Some(Diagnostic::at(&rules::ORPHANED_TRANSLATION, item.field_span.clone(), message));
        }
        let message = message!(
            "`{error}` has no {field} in `{source_locale}` to translate",
            error,
            field,
            source_locale
        );
        return Some(Diagnostic::at(&rules::NOTHING_TO_TRANSLATE, item.field_span.clone(), message));
    };
    if texts.get(locale).is_some_and(|text| text.vendor) {
        let message = message!(
            "the vendor gives the {field} of `{error}` in `{locale}`",
            field = item.field,
            error = item.error,
            locale
        );
        return Some(Diagnostic::at(&rules::NEEDLESS_TRANSLATION, item.field_span.clone(), message));
    }
    let current = stamp(&source);
    let stale = item.of.as_ref().is_some_and(|of| *of != current);
    let was = item.of.as_ref().filter(|_| stale).and_then(|of| known.get(of)).map(str::to_owned);
    texts.0.insert(locale.clone(), Text { text: item.text.clone(), stale, was, vendor: false });
    let (field, error) = (item.field, &item.error);
    if stale {
        let message = message!(
            "the {field} of `{error}` translates an older text; it is now: {source}",
            field,
            error,
            source
        );
        return Some(Diagnostic::at(&rules::STALE_TRANSLATION, item.value_span.clone(), message));
    }
    if item.of.is_none() {
        let message =
            message!("the {field} of `{error}` does not say which text it translates", field, error);
        return Some(Diagnostic::at(&rules::UNSTAMPED_TRANSLATION, item.value_span.clone(), message));
    }
    None
}
