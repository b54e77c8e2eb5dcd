//! The kinds of changes and what each means: the one table of verdicts.
//!
//! The words for each are in `locales/*.toml`, at `kind_CODE` under `[changes]`; an example of each is in
//! `tests/diff`.

use std::fmt;

/// What a change means for those who depend on the errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing to do.
    None,
    /// Worth knowing; what worked goes on working.
    Compatible,
    /// Programs stop compiling, or take one error for another.
    Breaking,
}

impl Verdict {
    /// All, from the gravest.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Compatible, Self::None];

    /// The word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Kebab-case, stable: reports and waivers name it.
    pub code: &'static str,
    /// What it means.
    pub verdict: Verdict,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $verdict:ident $code:literal;)*) => {
        $($(#[$doc])* pub static $name: Kind = Kind { code: $code, verdict: Verdict::$verdict };)*

        /// All of them, from the gravest.
        pub static ALL: &[&Kind] = &[$(&$name),*];
    };
}

kinds! {
    /// The vendor no longer lists it.
    REMOVED = Breaking "removed";
    /// The same error under another code.
    RENUMBERED = Breaking "renumbered";
    /// The same code for another error.
    REPURPOSED = Breaking "repurposed";
    /// Another name in enums.
    RENAMED = Breaking "renamed";
    /// The server says it in other words.
    MESSAGE_CHANGED = Breaking "message-changed";
    /// The page no longer says what the server says.
    MESSAGE_REMOVED = Breaking "message-removed";
    /// Other holes in the same words.
    HOLES_CHANGED = Breaking "holes-changed";
    /// Another HTTP status, or none.
    STATUS_CHANGED = Breaking "status-changed";
    /// Another error type, or none.
    TYPE_CHANGED = Breaking "type-changed";
    /// The spec no longer speaks a language.
    LOCALE_REMOVED = Breaking "locale-removed";
    /// New in the page.
    ADDED = Compatible "added";
    /// The page now says what the server says.
    MESSAGE_ADDED = Compatible "message-added";
    /// The page now gives an HTTP status.
    STATUS_ADDED = Compatible "status-added";
    /// The page now gives an error type.
    TYPE_ADDED = Compatible "type-added";
    /// The page shows the same message with another example in it.
    EXAMPLE_CHANGED = Compatible "example-changed";
    /// A text now says that the error is no longer used.
    DEPRECATED = Compatible "deprecated";
    /// What happened is told in other words.
    SUMMARY_CHANGED = Compatible "summary-changed";
    /// The cause is told in other words.
    CAUSE_CHANGED = Compatible "cause-changed";
    /// The advice changed.
    REMEDY_CHANGED = Compatible "remedy-changed";
    /// Whether to repeat the request.
    RETRY_CHANGED = Compatible "retry-changed";
    /// The spec speaks another language.
    LOCALE_ADDED = Compatible "locale-added";
    /// In another table or group.
    MOVED = None "moved";
}

/// Words that say of an error that it is no longer used, in lower case.
pub(super) const DEPRECATION: [&str; 7] =
    ["deprecated", "obsolete", "no longer used", "废弃", "弃用", "已停用", "不再使用"];
