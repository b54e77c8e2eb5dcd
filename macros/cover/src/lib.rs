//! Which variant of an enum stands for which error of a spec, and everything that is wrong about
//! it.
//!
//! [`Input`] is the enum with its attributes, [`Source`] the spec it names, [`cover`] decides. The
//! derive makes an implementation of the result, the tool mends the enum's source. Nothing here
//! writes code or knows how specs come about.

mod ast;
mod attr;
mod cover;
mod missing;
mod mistake;
mod select;
mod source;

pub use ast::{Input, Kind, Variant};
pub use attr::{EnumAttrs, Selector, SelectorKind};
pub use cover::{Coverage, Renamed, cover, parts};
pub use missing::{field_name, missing_message};
pub use mistake::Mistake;
pub use source::Source;
