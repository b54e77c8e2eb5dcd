//! The catalogs that are in the tool itself.

use im_errors_spec::Spec;

use crate::resolve::previous::{self, Previous};

/// Id and text of each, as they were when the tool was built.
const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// The catalogs that come with the tool, by id.
#[must_use]
pub fn shipped() -> Vec<Spec> {
    let spec = |(_, text): &(&str, &str)| match previous::open(text) {
        Previous::Sealed(spec) => Some(*spec),
        Previous::Untrusted { .. } => None,
    };
    SHIPPED.iter().filter_map(spec).collect()
}
