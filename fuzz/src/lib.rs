//! What the fuzz targets check. Each check panics where it finds something.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod docs;
pub mod exchange;
pub mod matching;
mod oracle;
pub mod pages;
pub mod spec;
pub mod text;
