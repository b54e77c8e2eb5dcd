//! The derive of `im-errors`; its documentation is that crate's.
//!
//! It works in phases that hand values on: `im-errors-cover` reads the enum, its attributes and
//! the spec, decides which variant stands for which error and finds what is wrong; `expand` writes
//! the implementation with the tables of `tables`, `fallback` a stub of it, so that one mistake does
//! not bring a hundred follow-up errors.

mod expand;
mod fallback;
mod tables;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Ties an enum to a vendor's documented errors, see the crate `im-errors`.
#[proc_macro_derive(ImErrors, attributes(im_errors, im_error))]
pub fn derive_im_errors(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::derive(&input).into()
}
