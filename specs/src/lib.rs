//! The checked spec of a vendor's error codes.
//!
//! A [`Spec`] is what the documentation, the derive and the change reports are made from. Its
//! TOML form, `spec.toml`, is written by the tool only ([`Spec::to_toml`]) and read back with the
//! place of each error ([`SpecFile::parse`]).
//!
//! This crate is compiled into every build that uses the derive, so it stays small. It does not
//! know how vendor pages are read or how documentation is rendered.
//!
//! ```
//! use im_errors_spec::SpecFile;
//!
//! let file = SpecFile::parse(
//!     r#"
//! format = 1
//! catalog = "demo"
//! locale = "zh"
//! title.zh = "示例"
//! vendor.zh = "示例公司"
//!
//! [[source]]
//! file = "sources/demo.zh.md"
//! digest = "00"
//!
//! [[group]]
//! id = "users"
//! title.zh = "用户"
//!
//! [[error]]
//! name = "UserExists"
//! group = "users"
//! code = 898001
//! message = "User {username} exist"
//! summary.zh = "用户已存在"
//!
//! [[error.case]]
//! at = "sources/demo.zh.md:7"
//! "#,
//! )
//! .map_err(|problems| problems[0].to_string())?;
//! let error = &file.spec.errors[0];
//! assert_eq!(error.name.as_str(), "UserExists");
//! assert_eq!(error.key(), "898001");
//! # Ok::<(), String>(())
//! ```

mod date;
mod edition;
mod history;
mod locale;
pub mod message;
mod model;
mod name;
mod pattern;
mod print;
mod problem;
mod read;
mod retry;
#[cfg(feature = "shipped")]
mod shipped;
mod status;
mod text;
pub mod tree;
mod validate;
pub mod values;

pub use date::Date;
pub use edition::{Changed, EditionRecord, Fact, Renamed};
pub use history::History;
pub use locale::Locale;
pub use message::{Argument, Message, ToArgument};
pub use model::{Case, ErrorDef, Group, Localized, Place, Removed, Source, Spec, Text, error_key};
pub use name::{NameError, VariantName};
pub use pattern::{Part, Pattern, PatternError};
pub use print::quoted;
pub use problem::Problem;
pub use read::{FORMAT, SEAL, SpecFile};
pub use retry::{Advice, Origin, Retry};
#[cfg(feature = "shipped")]
pub use shipped::{SHIPPED, shipped};
pub use status::HttpStatus;
pub use text::plain_text;
