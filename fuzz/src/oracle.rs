//! What the tests hold us against as well.

#[path = "../../specs/matching/tests/oracle/mod.rs"]
pub(crate) mod matching;
#[path = "../../codegen/tests/oracle/mod.rs"]
mod pages;
#[path = "../../codegen/tests/sheet/mod.rs"]
pub(crate) mod sheet;

pub(crate) use pages::{conserved, docs, html, pipes};
