//! HTTP statuses and the classes vendors write as `4xx`.

use std::fmt;

/// An HTTP status, or a whole class of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HttpStatus {
    /// One status, 100–599.
    Exact(u16),
    /// A class by its first digit, 1–5: `4` is `4xx`.
    Class(u8),
}

impl HttpStatus {
    /// Reads `404` or `4xx` (any case); `None` for anything else.
    ///
    /// ```
    /// use im_errors_spec::HttpStatus;
    /// assert_eq!(HttpStatus::parse("404"), Some(HttpStatus::Exact(404)));
    /// assert_eq!(HttpStatus::parse("5XX"), Some(HttpStatus::Class(5)));
    /// assert_eq!(HttpStatus::parse("1000"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [first, second, third] = *text.as_bytes() else {
            return None;
        };
        if !(b'1'..=b'5').contains(&first) {
            return None;
        }
        let class = first - b'0';
        if second.eq_ignore_ascii_case(&b'x') && third.eq_ignore_ascii_case(&b'x') {
            return Some(Self::Class(class));
        }
        if second.is_ascii_digit() && third.is_ascii_digit() {
            let tens = u16::from(second - b'0') * 10;
            return Some(Self::Exact(u16::from(class) * 100 + tens + u16::from(third - b'0')));
        }
        None
    }
}

impl fmt::Display for HttpStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(status) => write!(f, "{status}"),
            Self::Class(class) => write!(f, "{class}xx"),
        }
    }
}
