//! The name of an error: a Rust variant name, and how one is proposed.

use std::fmt;

use crate::{Message, message};

/// A checked Rust variant name in `UpperCamelCase`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariantName(String);

/// Why a text cannot name a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameError {
    /// There is no text.
    Empty,
    /// It does not start with an ASCII capital.
    Start,
    /// It holds something other than ASCII letters and digits.
    Character(char),
    /// It is `Self`, the one keyword a capital starts.
    Keyword,
}

impl NameError {
    /// In words.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Empty => message!("the name is empty"),
            Self::Start => message!("the name does not start with a capital letter A–Z"),
            Self::Character(c) => {
                message!("the name holds {c}, which is no ASCII letter or digit", c = format!("{c:?}"))
            }
            Self::Keyword => message!("`Self` is a keyword of Rust"),
        }
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for NameError {}

impl VariantName {
    /// Checks `name` and wraps it.
    ///
    /// # Errors
    /// When `name` is no `UpperCamelCase` identifier of ASCII letters and digits.
    pub fn new(name: &str) -> Result<Self, NameError> {
        let first = name.chars().next().ok_or(NameError::Empty)?;
        if !first.is_ascii_uppercase() {
            return Err(NameError::Start);
        }
        if let Some(c) = name.chars().find(|c| !c.is_ascii_alphanumeric()) {
            return Err(NameError::Character(c));
        }
        if name == "Self" {
            return Err(NameError::Keyword);
        }
        Ok(Self(name.to_owned()))
    }

    /// Builds a name from the ASCII words of `text`, at most eight of them, or `None` when it has
    /// no word that can start a name.
    ///
    /// ```
    /// use im_errors_spec::VariantName;
    /// let name = VariantName::propose("no auth to query other appkey's user");
    /// assert_eq!(name.unwrap().as_str(), "NoAuthToQueryOtherAppkeysUser");
    /// assert_eq!(VariantName::propose("用户不存在"), None);
    /// ```
    #[must_use]
    pub fn propose(text: &str) -> Option<Self> {
        const MOST_WORDS: usize = 8;
        let text = text.replace(['\'', '’'], "");
        let name: String = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .skip_while(|word| !word.starts_with(|c: char| c.is_ascii_alphabetic()))
            .take(MOST_WORDS)
            .map(camel)
            .collect();
        Self::new(&name).ok()
    }

    /// A name for what nothing else names: `Error1001`, `ErrorMinus5`.
    #[must_use]
    pub fn numbered(number: i64) -> Self {
        let sign = if number < 0 { "Minus" } else { "" };
        Self(format!("Error{sign}{}", number.unsigned_abs()))
    }

    /// The name with a number behind it, to tell it from another.
    #[must_use]
    pub fn with_number(&self, number: u64) -> Self {
        Self(format!("{}{number}", self.0))
    }

    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in kebab-case, for anchors and file names: `UserIdInvalid` is `user-id-invalid`.
    #[must_use]
    pub fn to_kebab(&self) -> String {
        let mut kebab = String::with_capacity(self.0.len() + 4);
        for (i, c) in self.0.char_indices() {
            if c.is_ascii_uppercase() && i > 0 {
                kebab.push('-');
            }
            kebab.push(c.to_ascii_lowercase());
        }
        kebab
    }
}

/// `SCREAMING` and `lower` words become `Word`; words of mixed case keep their inner capitals.
fn camel(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    let mixed = rest.bytes().any(|b| b.is_ascii_lowercase());
    let rest = if mixed { rest.to_owned() } else { rest.to_ascii_lowercase() };
    first.to_ascii_uppercase() + &rest
}

impl fmt::Display for VariantName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_an_ascii_upper_camel_identifier() {
        assert!(VariantName::new("UserExists2").is_ok());
        assert_eq!(VariantName::new(""), Err(NameError::Empty));
        assert_eq!(VariantName::new("userExists"), Err(NameError::Start));
        assert_eq!(VariantName::new("2Many"), Err(NameError::Start));
        assert_eq!(VariantName::new("User_Exists"), Err(NameError::Character('_')));
        assert_eq!(VariantName::new("Us\u{e9}r"), Err(NameError::Character('\u{e9}')));
        assert_eq!(VariantName::new("Self"), Err(NameError::Keyword));
    }

    #[test]
    fn kebab_marks_each_capital() {
        let kebab = |name: &str| VariantName::new(name).map(|n| n.to_kebab());
        assert_eq!(kebab("UserIdInvalid").as_deref(), Ok("user-id-invalid"));
        assert_eq!(kebab("Ok").as_deref(), Ok("ok"));
    }

    #[test]
    fn a_proposal_keeps_inner_capitals_and_lowers_shouting() {
        let propose = |text: &str| VariantName::propose(text).map(|n| n.to_string());
        assert_eq!(propose("MESSAGE_TOO_LARGE").as_deref(), Some("MessageTooLarge"));
        assert_eq!(propose("This appKey has").as_deref(), Some("ThisAppKeyHas"));
        assert_eq!(propose("500 users at most").as_deref(), Some("UsersAtMost"));
        assert_eq!(propose("…"), None);
    }
}
