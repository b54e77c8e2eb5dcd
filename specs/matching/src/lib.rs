//! Compares server messages with documented ones.
//!
//! Real servers differ from their tables in case, spaces, quotes, a final period and the width of
//! punctuation; none of it means anything. `fold` makes such texts equal without building them
//! anew, and `pattern` matches a whole message against a pattern with holes. There is no heap
//! and no dependency: this is compiled into every user's program as well as into the tools.
//!
//! ```
//! use im_errors_match::{Part, capture, same};
//!
//! assert!(same("“User  exist.”", "user exist"));
//!
//! let parts = [Part::Literal("user: "), Part::Hole("username"), Part::Literal(" exists")];
//! let mut holes = [""; 1];
//! assert!(capture(&parts, "User: tom exists.", &mut holes));
//! assert_eq!(holes, ["tom"]);
//! ```
#![no_std]

mod fold;
mod pattern;
mod print;

pub use fold::{Fold, Folded, fold, same, trim};
pub use pattern::{Message, Part, capture, pairs};
pub use print::{exact_hash, hash, sum};
