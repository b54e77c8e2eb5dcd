//! x
pub mod diagnostic;
pub mod inline;
pub mod interpret;
pub mod read;
pub use diagnostic::{Diagnostic, Rule, Severity};
