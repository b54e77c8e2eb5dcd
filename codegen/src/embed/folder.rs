//! Folders inside a site: whatever one is made of, it leads nowhere else.

use crate::{Message, message};

/// A folder that any of the tools publishes, below that of the site's own: names with slashes between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderPath(String);

/// A folder of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderName(String);

impl FolderPath {
    /// Names of ASCII letters, digits, `-`, `_` and `.`, with slashes between. None starts with other
    /// than a letter or a digit, so that none is hidden, taken for a part of a page, or leads out.
    ///
    /// # Errors
    /// What to write instead.
    pub fn new(path: &str) -> Result<Self, Message> {
        let path = path.trim_matches('/');
        if path.split('/').all(is_name) {
            return Ok(Self(path.to_owned()));
        }
        Err(message!("write names of letters and digits, with slashes between, as in `api/errors`"))
    }

    /// The names, with slashes between and none around them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `errors`.
impl Default for FolderPath {
    fn default() -> Self {
        Self("errors".to_owned())
    }
}

impl FolderName {
    /// One name of those that a [`FolderPath`] is made of; `None` for any other.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        is_name(name).then(|| Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}
