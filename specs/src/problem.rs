//! What is wrong in a TOML file, where, and what to do.

use std::fmt;
use std::ops::Range;

use crate::Message;

/// A located problem. It does not know its file: who reads the file adds that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A short kebab-case code, such as `unknown-key`.
    pub code: &'static str,
    /// Byte range in the file's text.
    pub span: Range<usize>,
    /// What is wrong, lower case, without final period.
    pub message: Message,
    /// What to do about it.
    pub help: Message,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.help)
    }
}

impl std::error::Error for Problem {}
