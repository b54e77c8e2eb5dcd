//! The state of every text of a catalog in one language.

use std::collections::HashMap;
use std::ops::Range;

use im_errors_spec::{ErrorDef, Locale, Place, Spec};

use super::Key;
use crate::resolve::translations::Translation;
use crate::resolve::{Field, SourceTexts, Translations, stamp};
use crate::{Message, message};

/// How a text stands in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Translated as it is now, or said by the vendor in that language.
    Current,
    /// Translated before it changed.
    Stale,
    /// Not translated.
    Missing,
    /// Translated, but nobody has said from which text.
    Unstamped,
    /// Translated, but not there any more.
    Orphaned,
}

impl State {
    /// All of them, as they are counted.
    pub const ALL: [Self; 5] = [Self::Current, Self::Stale, Self::Missing, Self::Unstamped, Self::Orphaned];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Unstamped => "unstamped",
            Self::Orphaned => "orphaned",
        }
    }

    /// The same for people.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Current => message!("current"),
            Self::Stale => message!("stale"),
            Self::Missing => message!("missing"),
            Self::Unstamped => message!("unstamped"),
            Self::Orphaned => message!("orphaned"),
        }
    }
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is known by.
    pub key: Key,
    /// How it stands.
    pub state: State,
    /// The text to translate; of an orphan the one it translates, if it is known.
    pub source: Option<String>,
    /// The text that a stale translation translates, if it is known.
    pub was: Option<String>,
    /// The translation.
    pub text: Option<String>,
    /// Where it stands in the file of translations.
    pub span: Option<Range<usize>>,
    /// The row of the vendor's page.
    pub row: Option<Place>,
    /// How the vendor writes the error.
    pub vendor_key: String,
    /// The server's message, where the vendor's key does not say it.
    pub message: Option<String>,
    /// The vendor has removed the error.
    pub removed: bool,
    /// The vendor says it in that language, so there is nothing to translate.
    pub vendor: bool,
}

/// All texts of a catalog in one language, in the order of the spec; then what is orphaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// The catalog's id.
    pub catalog: String,
    /// The catalog's folder as the user knows it.
    pub folder: String,
    /// The language of the vendor's page.
    pub source_locale: Locale,
    /// The language.
    pub locale: Locale,
    /// The file of translations, below the catalog's folder.
    pub file: String,
    /// The texts.
    pub entries: Vec<Entry>,
}

impl Survey {
    /// Surveys the language of `translations`, or `locale` where there are none.
    #[must_use]
    pub fn new(
        spec: &Spec,
        folder: &str,
        locale: &Locale,
        translations: Option<&Translations>,
        known: &SourceTexts<'_>,
    ) -> Self {
        let items = translations.map(|file| file.items.as_slice()).unwrap_or_default();
        let mut open: HashMap<(&str, Field), &Translation> =
            items.iter().map(|item| ((item.error.as_str(), item.field), item)).collect();
        let mut entries = Vec::new();
        for error in &spec.errors {
            for field in Field::of(error) {
                let Some(source) = field.get(error).and_then(|texts| texts.get(&spec.locale)) else {
                    continue;
                };
                let item = open.remove(&(error.name.as_str(), field));
                entries.push(entry(spec, locale, error, field, &source.text, item, known));
            }
        }
        let left = items.iter().filter(|item| open.contains_key(&(item.error.as_str(), item.field)));
        entries.extend(left.map(|item| orphan(spec, item, known)));
        Self {
            catalog: spec.catalog.clone(),
            folder: folder.to_owned(),
            source_locale: spec.locale.clone(),
            locale: locale.clone(),
            file: format!("locales/{locale}.toml"),
            entries,
        }
    }

    /// What translators are to get: all but what the vendor says himself.
    pub fn translated(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.vendor)
    }

    /// How many texts are in a state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.entries.iter().filter(|entry| entry.state == state).count()
    }

    /// How many texts there are to translate.
    #[must_use]
    pub fn texts(&self) -> usize {
        self.entries.len() - self.count(State::Orphaned)
    }

    /// How many of a hundred texts are current, rounded down: all are only if each one is.
    #[must_use]
    pub fn per_cent(&self) -> usize {
        (self.count(State::Current) * 100).checked_div(self.texts()).unwrap_or(100)
    }

    /// A row of a page, as a person finds it.
    #[must_use]
    pub fn row(&self, entry: &Entry) -> Option<String> {
        entry.row.as_ref().map(|row| format!("{}/{row}", self.folder))
    }
}

fn entry(
    spec: &Spec,
    locale: &Locale,
    error: &ErrorDef,
    field: Field,
    source: &str,
    item: Option<&Translation>,
    known: &SourceTexts<'_>,
) -> Entry {
    let given = field.get(error).and_then(|texts| texts.get(locale)).filter(|text| !text.stale);
    let vendor = given.is_some_and(|text| text.vendor);
    let of = item.and_then(|item| item.of.as_deref());
    let state = match (item, of, given) {
        // The vendor's own text translates nothing that could have changed.
        _ if vendor => State::Current,
        (Some(_), Some(of), _) if of == stamp(source) => State::Current,
        (Some(_), Some(_), _) => State::Stale,
        (Some(_), None, _) => State::Unstamped,
        (None, _, Some(_)) => State::Current,
        (None, _, None) => State::Missing,
    };
    let row = match field {
        Field::Summary => error.cases.first(),
        Field::Cause(case) | Field::Remedy(case) => error.cases.get(case),
    };
    let text = item.map(|item| &item.text).or_else(|| Some(&given?.text));
    let message = error.message.as_ref().filter(|_| error.code.is_some());
    Entry {
        key: Key { catalog: spec.catalog.clone(), error: error.name.to_string(), field },
        state,
        source: Some(source.to_owned()),
        was: of.filter(|_| state == State::Stale).and_then(|of| known.get(of)).map(str::to_owned),
        text: text.cloned(),
        span: item.map(|item| item.value_span.clone()),
        row: row.map(|case| case.at.clone()),
        vendor_key: error.key(),
        message: message.map(|message| message.as_literal().map_or(message.to_string(), str::to_owned)),
        removed: false,
        vendor,
    }
}

fn orphan(spec: &Spec, item: &Translation, known: &SourceTexts<'_>) -> Entry {
    let removed = spec.removed.iter().find(|removed| removed.name.as_str() == item.error);
    let there = spec.error(&item.error).map(ErrorDef::key);
    Entry {
        key: Key { catalog: spec.catalog.clone(), error: item.error.clone(), field: item.field },
        state: State::Orphaned,
        source: item.of.as_deref().and_then(|of| known.get(of)).map(str::to_owned),
        was: None,
        text: Some(item.text.clone()),
        span: Some(item.value_span.clone()),
        row: None,
        vendor_key: there.or_else(|| Some(removed?.key.clone())).unwrap_or_default(),
        message: None,
        removed: removed.is_some(),
        vendor: false,
    }
}
