//! What a server answered.

/// The parts of a response that say which error it is; any of them can be missing.
///
/// ```
/// use im_errors::Response;
/// let response = Response::new().with_status(400).with_error("illegal_argument").with_message("Username is not legal.");
/// assert_eq!(response.status, Some(400));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Response<'m> {
    /// The vendor's own code.
    pub code: Option<i64>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// The error type, such as `invalid_grant`.
    pub error: Option<&'m str>,
    /// The message.
    pub message: Option<&'m str>,
}

impl<'m> Response<'m> {
    /// A response of which nothing is known.
    #[must_use]
    pub const fn new() -> Self {
        Self { code: None, status: None, error: None, message: None }
    }

    /// The same with the vendor's code.
    #[must_use]
    pub const fn with_code(mut self, code: i64) -> Self {
        self.code = Some(code);
        self
    }

    /// The same with an HTTP status.
    #[must_use]
    pub const fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The same with an error type.
    #[must_use]
    pub const fn with_error(mut self, error: &'m str) -> Self {
        self.error = Some(error);
        self
    }

    /// The same with a message.
    #[must_use]
    pub const fn with_message(mut self, message: &'m str) -> Self {
        self.message = Some(message);
        self
    }
}

#[cfg(feature = "alloc")]
pub use owned::Unrecognized;

#[cfg(feature = "alloc")]
mod owned {
    use alloc::string::String;
    use core::fmt;

    use super::Response;

    /// A response that the spec does not know, kept whole. For the variant marked
    /// `#[im_error(other)]`; a type of your own does as well if it implements
    /// `From<&Response<'_>>`.
    ///
    /// ```
    /// use im_errors::{Response, Unrecognized};
    /// let kept = Unrecognized::from(&Response::new().with_code(7).with_status(418).with_message("teapot"));
    /// assert_eq!(kept.to_string(), "7 418: teapot");
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
    #[non_exhaustive]
    pub struct Unrecognized {
        /// The vendor's own code.
        pub code: Option<i64>,
        /// The HTTP status.
        pub status: Option<u16>,
        /// The error type.
        pub error: Option<String>,
        /// The message, to the letter.
        pub message: Option<String>,
    }

    impl From<&Response<'_>> for Unrecognized {
        fn from(response: &Response<'_>) -> Self {
            Self {
                code: response.code,
                status: response.status,
                error: response.error.map(String::from),
                message: response.message.map(String::from),
            }
        }
    }

    impl fmt::Display for Unrecognized {
        /// `1001 403 forbidden_op: the message`, as far as it is known.
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let mut gap = "";
            let mut part = |f: &mut fmt::Formatter<'_>, value: &dyn fmt::Display| {
                let written = write!(f, "{gap}{value}");
                gap = " ";
                written
            };
            if let Some(code) = &self.code {
                part(f, code)?;
            }
            if let Some(status) = &self.status {
                part(f, status)?;
            }
            if let Some(error) = &self.error {
                part(f, error)?;
            }
            match &self.message {
                Some(message) if gap.is_empty() => f.write_str(message),
                Some(message) => write!(f, ": {message}"),
                None if gap.is_empty() => f.write_str("unrecognized error"),
                None => Ok(()),
            }
        }
    }

    impl core::error::Error for Unrecognized {}
}
