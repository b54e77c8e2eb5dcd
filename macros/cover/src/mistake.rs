//! What is wrong with an enum, where.

use im_errors_spec::{Message, message};
use proc_macro2::Span;

/// A mistake with its place. In the compiler it is a [`syn::Error`]; the tool shows it in other
/// languages too.
#[derive(Debug, Clone)]
pub struct Mistake {
    /// The tokens that are wrong.
    pub span: Span,
    /// What is wrong, and what to do.
    pub message: Message,
}

impl Mistake {
    pub(crate) fn new(span: Span, message: Message) -> Self {
        Self { span, message }
    }
}

impl From<syn::Error> for Mistake {
    fn from(error: syn::Error) -> Self {
        Self::new(error.span(), message!("{syntax}", syntax = error.to_string()))
    }
}

impl From<Mistake> for syn::Error {
    fn from(mistake: Mistake) -> Self {
        Self::new(mistake.span, mistake.message)
    }
}
