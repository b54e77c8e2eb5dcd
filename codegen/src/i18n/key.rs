//! What a text is known by outside of its catalog.

use std::fmt;

use crate::resolve::Field;

/// The catalog, the error and the field that a text belongs to: `agora-chat/BadRequest/cause_2`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// The catalog's id.
    pub catalog: String,
    /// The error's name.
    pub error: String,
    /// Which of its texts.
    pub field: Field,
}

impl Key {
    /// Reads `catalog/error/field`.
    ///
    /// ```
    /// use im_errors_codegen::i18n::Key;
    /// let key = Key::parse("demo/NotFound/cause_2").map(|key| key.to_string());
    /// assert_eq!(key.as_deref(), Some("demo/NotFound/cause_2"));
    /// assert_eq!(Key::parse("demo/NotFound"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let (catalog, error, field) = (parts.next()?, parts.next()?, parts.next()?);
        let whole = parts.next().is_none() && !catalog.is_empty() && !error.is_empty();
        let field = Field::parse(field).filter(|_| whole)?;
        Some(Self { catalog: catalog.to_owned(), error: error.to_owned(), field })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.catalog, self.error, self.field)
    }
}
