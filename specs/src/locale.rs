//! The name of a language, as in `zh` or `pt-BR`.

use std::fmt;

/// A language tag: two or three lower-case letters, optionally followed by subtags (`zh-Hant`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(String);

impl Locale {
    /// Checks `tag` and wraps it; `None` when it is no language tag.
    ///
    /// ```
    /// use im_errors_spec::Locale;
    /// assert!(Locale::new("zh").is_some());
    /// assert!(Locale::new("zh-Hant").is_some());
    /// assert!(Locale::new("../zh").is_none());
    /// ```
    #[must_use]
    pub fn new(tag: &str) -> Option<Self> {
        let mut subtags = tag.split('-');
        let language = subtags.next()?;
        let language_fits =
            (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        let rest_fits = subtags.all(|subtag| {
            (2..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        (language_fits && rest_fits).then(|| Self(tag.to_owned()))
    }

    /// English, whatever the country.
    #[must_use]
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// Chinese, whatever the script.
    #[must_use]
    pub fn chinese() -> Self {
        Self("zh".to_owned())
    }

    /// The tag as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
