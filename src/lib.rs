//! Error enums that are tied to a vendor's documented errors, and responses turned into variants.
//!
//! Vendors of instant-messaging services publish their error codes as tables. The `im-errors` tool
//! reads such a page into a checked `spec.toml`; [`ImErrors`](derive@ImErrors) ties an enum of your
//! own to that spec, both ways, at compile time: every error of the spec is covered by exactly one
//! variant, and every variant names something that exists, or it does not compile.
//!
//! ```
//! use im_errors::{ImErrors, Match, Unrecognized};
//!
//! #[derive(Debug, ImErrors)]
//! #[im_errors(vendor = "agora-im-legacy", groups("http-status"))]
//! enum ImError {
//!     #[im_error(name = "Success")]
//!     Fine,
//!     BadRequest,
//!     #[im_error(status = 401, status = 403)]
//!     Denied,
//!     NotFound,
//!     MethodNotAllowed,
//!     TooManyRequests,
//!     #[im_error(status = 500, status = 504)]
//!     Server,
//!     #[im_error(other)]
//!     Other(Unrecognized),
//! }
//!
//! let found = ImError::from_response(403, None, None);
//! assert!(matches!(found.error, ImError::Denied));
//! assert_eq!(found.by, Match::Status);
//! ```
//!
//! # Naming errors
//!
//! A variant stands for the error of its own name, or for what its selectors say, of which it can
//! have several: `name = "…"`, `code = 1001`, `codes(1000, 2000..=2999)`, `error = "…"` (the
//! vendor's type), `status = 404` or `"4xx"`, `group = "…"`. Where several variants select an error
//! the most specific wins, in this order; a tie does not compile. `#[im_error(skip)]` marks a variant
//! of your own, `#[im_error(other)]` the one for responses that the spec does not know.
//!
//! On the enum: `spec = "…"`, relative to Cargo.toml, or with `./` to the source file (on compilers
//! from 1.88 on); or `vendor = "…"` for a catalog that comes with the crate. `groups("…")` limits it to
//! groups, `partial` to what the variants name. `display = "en"` implements `Display` and `Error` with
//! the summaries in that language; leave it out to write or derive your own. `docs = "https://…"` is
//! where the catalog's documentation is published, for [`Info::documentation`].
//!
//! Named fields are holes of the message, of any type that is `FromStr + Default`; what does not parse
//! is the default, and its text stays in [`Recognized::holes`].
//!
//! # Responses
//!
//! A vendor's code goes before any text. A text counts as a whole; case, spaces, quotes, a final
//! period and the width of punctuation make no difference. A text that is one error's alone wins over
//! a type or status that disagree, and [`Recognized::by`] tells. Without a text that is documented the
//! type answers, then the status, then its class; where different variants stand for the errors that
//! fit, none is claimed. What a `partial` enum leaves out counts there: a type that a variant's error
//! shares with others that have no variant says nothing.
//!
//! A crate that knows this one by another name says `extern crate other_name as im_errors;` at its root.
//!
//! # Editors and caches
//!
//! The derive reads the one spec it names and nothing else. The spec is tracked with `include_str!`,
//! so editing it expands the enum anew; a cache that keeps an old expansion makes it fail to compile.
//! Editors that expand macros without reading files see an empty text there, which is accepted.
//!
//! A path that starts with `./` needs Rust 1.88, which tells macros the file they are used in.
//! rust-analyzer does not tell them (as of early 2026) and shows an error there, though the crate
//! compiles; a path relative to `Cargo.toml` works everywhere.
//!
//! This crate is the run-time side: lookup and matching over static tables that the derive made.
//! It is `no_std`, allocates nothing by itself, and knows nothing of TOML, Markdown or files.
//!
//! # Features
//!
//! - `alloc` (default): [`Unrecognized`], which keeps an unknown response whole.
//! - `json`: `from_response_body` for the JSON bodies these vendors send.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "json")]
mod body;
mod data;
mod holes;
mod info;
mod recognize;
mod response;

#[cfg(feature = "json")]
pub use body::OfBody;
pub use holes::Holes;
pub use im_errors_macros::ImErrors;
pub use info::{Advice, Documentation, HttpStatus, Info, Retry};
pub use recognize::{Match, Recognized};
pub use response::Response;
#[cfg(feature = "alloc")]
pub use response::Unrecognized;

/// What the derive gives an enum; the inherent functions beside it need no import.
///
/// ```
/// use im_errors::{ImErrors, Response, Unrecognized};
///
/// #[derive(ImErrors)]
/// #[im_errors(vendor = "agora-chat", partial)]
/// enum ChatError {
///     InvalidUsername,
///     #[im_error(other)]
///     Other(Unrecognized),
/// }
///
/// /// Works for the enum of any vendor.
/// fn name<E: ImErrors>(response: &Response<'_>) -> Option<&'static str> {
///     Some(E::recognize(response)?.error.info()?.name())
/// }
///
/// assert_eq!(ChatError::CATALOG, "agora-chat");
/// let response = Response::new().with_message("username is not legal");
/// assert_eq!(name::<ChatError>(&response), Some("InvalidUsername"));
/// ```
pub trait ImErrors: Sized {
    /// The id of the catalog that the enum is tied to.
    const CATALOG: &'static str;

    /// Everything documented of the error, if the variant stands for exactly one.
    fn info(&self) -> Option<Info>;

    /// The variant for a response, if any stands for it.
    fn recognize<'m>(response: &Response<'m>) -> Option<Recognized<'m, Self>>;
}

/// What generated code uses. Not for use by hand, and not stable.
#[doc(hidden)]
pub mod private {
    #[cfg(feature = "json")]
    pub use crate::body::of_body;
    pub use crate::data::{Data, Pattern, assert_fresh};
    pub use crate::holes::field;
    pub use crate::info::{agreed, all, infos, only_info};
    pub use crate::recognize::{recognize, variant, variant_of_code};
    pub use im_errors_match::Part;

    /// Code that is there only with the feature `json`.
    #[cfg(feature = "json")]
    #[macro_export]
    #[doc(hidden)]
    macro_rules! __json {
        ($($code:tt)*) => { $($code)* };
    }

    /// Code that is there only with the feature `json`.
    #[cfg(not(feature = "json"))]
    #[macro_export]
    #[doc(hidden)]
    macro_rules! __json {
        ($($code:tt)*) => {};
    }
}

/// The README's example, compiled.
#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct Readme;
