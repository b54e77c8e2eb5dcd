//! The source texts of the previous spec by their stamps: what stale translations translate.

use std::collections::HashMap;

use im_errors_spec::Spec;

use super::{Field, stamp};

/// The texts that a spec knows in its source language, those from before included. A stamp proves
/// which text was translated, whichever error and field it belongs to by now.
#[derive(Debug, Default)]
pub struct SourceTexts<'a>(HashMap<String, &'a str>);

impl<'a> SourceTexts<'a> {
    /// Those of `spec`.
    #[must_use]
    pub fn of(spec: &'a Spec) -> Self {
        let mut texts = HashMap::new();
        let localized = spec.errors.iter().flat_map(|error| Field::of(error).filter_map(|f| f.get(error)));
        for (locale, text) in localized.flat_map(|localized| &localized.0) {
            let source = if *locale == spec.locale { Some(&text.text) } else { text.was.as_ref() };
            if let Some(source) = source {
                // Texts of one stamp differ in layout alone.
                texts.entry(stamp(source)).or_insert(source.as_str());
            }
        }
        Self(texts)
    }

    /// The text that `stamp` is of.
    #[must_use]
    pub fn get(&self, stamp: &str) -> Option<&'a str> {
        self.0.get(stamp).copied()
    }
}
