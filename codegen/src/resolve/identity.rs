//! What makes two rows the same error.

use std::cmp::Ordering;

use im_errors_spec::{ErrorDef, HttpStatus};

/// A message folded as the derive's own matching folds it, so that what is one error here is one
/// there too, and two patterns that answer to the same message are not taken for two errors.
pub(crate) fn fold(message: &str) -> String {
    im_errors_match::fold(message).map(|folded| folded.char).collect()
}

/// The identity of a row or an error within its group.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Identity {
    /// The vendor's code says it all.
    Code(i64),
    /// Status, error type, folded pattern: those that there are.
    Facts(Option<HttpStatus>, Option<String>, Option<String>),
}

impl Identity {
    /// The identity given by these facts.
    pub(crate) fn new(
        code: Option<i64>,
        status: Option<HttpStatus>,
        error: Option<&str>,
        message: Option<&str>,
    ) -> Self {
        match code {
            Some(code) => Self::Code(code),
            None => Self::Facts(status, error.map(str::to_owned), message.map(fold)),
        }
    }
}

/// The identities of an error by what the vendor's page says, whatever its pattern and name.
pub(crate) fn documented(error: &ErrorDef) -> Vec<(String, Identity)> {
    let of = |message: Option<String>| {
        let identity =
            Identity::new(error.code, error.http_status, error.error.as_deref(), message.as_deref());
        (error.group.clone(), identity)
    };
    error.documented_messages().map(of).collect()
}

/// The order of errors in a group: by code, then status, type and message.
pub(crate) fn order(a: &ErrorDef, b: &ErrorDef) -> Ordering {
    let message = |error: &ErrorDef| error.message.as_ref().map(|message| fold(&message.to_string()));
    a.code
        .cmp(&b.code)
        .then_with(|| a.http_status.cmp(&b.http_status))
        .then_with(|| a.error.cmp(&b.error))
        .then_with(|| message(a).cmp(&message(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_what_means_something() {
        assert_eq!(fold("Service resource not found."), fold("service  resource not found"));
        assert_eq!(fold("reason：user ‘a’"), fold("reason:user 'a'"));
        assert_ne!(fold("Unable to authenticate"), fold("Unable to authenticate (OAuth)"));
    }
}
