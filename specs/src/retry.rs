//! Whether repeating a failed request can help, and who says so.

/// What to do before the request is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Advice {
    /// Repeating cannot help and nothing needs repair.
    Never,
    /// The request, the account or its plan must be changed first.
    AfterFix,
    /// The same request may succeed a little later.
    AfterDelay,
    /// The same request may succeed with a fresh token.
    WithNewToken,
}

impl Advice {
    /// All advice there is.
    pub const ALL: [Self; 4] = [Self::Never, Self::AfterFix, Self::AfterDelay, Self::WithNewToken];

    /// The word used in TOML, JSON and message keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::AfterFix => "after-fix",
            Self::AfterDelay => "after-delay",
            Self::WithNewToken => "with-new-token",
        }
    }

    /// The advice written as `word`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|advice| advice.as_str() == word)
    }
}

/// Whose word a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The vendor's page says so.
    Vendor,
    /// The maintainers of the catalog say so.
    Ours,
}

/// Retry advice and whose word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Retry {
    /// What to do before repeating the request.
    pub advice: Advice,
    /// Who gives the advice.
    pub by: Origin,
}
