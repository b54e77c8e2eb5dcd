//! Reads vendors' error-code pages into checked specs and renders them.
//!
//! Data flows one way, and each room knows only the one before it:
//!
//! ```text
//! read       page    → tables    cells with byte spans, the headings above them
//! interpret  tables  → entries   column roles, repairs, nothing lost in silence
//! resolve    entries + catalog + translations + previous spec → spec
//! render     spec    → documentation
//! diff       two specs → what changed, and what that means
//! export     spec    → data and source code for clients in other languages
//! site       specs   → the files of a static site, with the templates of render
//! embed      specs   → Markdown for a site that mdBook, VitePress or Docusaurus makes
//! ```
//!
//! [`review`] compares a text with its translation, for `resolve`. [`init`] writes the first
//! catalog.toml for pages that nobody has described, and [`fetch`] brings pages from the network.
//! [`update`] judges a page that was fetched anew, and [`history`] records what changed from build
//! to build.
//! [`build`] runs the rooms for whole catalogs; it and [`editions`], which reads what is to be
//! compared, are all that touches the disk beside users' templates. [`files`] reads for all of them,
//! no more than [`limits`] allow. Library code returns [`Diagnostic`]s; it never prints, exits or
//! panics on input.
//!
//! ```
//! use im_errors_codegen::{interpret, read};
//!
//! let page = "| 错误码 | 说明 |\n|---|---|\n| 1001 | 用户不存在 |\n";
//! let document = read::read(page.as_bytes()).map_err(|d| d.message)?;
//! let reading = interpret::interpret(&document, &interpret::Overrides::default());
//! assert_eq!(reading.entries[0].code, Some(1001));
//! # Ok::<(), im_errors_codegen::Message>(())
//! ```

pub mod build;
pub mod diagnostic;
pub mod diff;
pub mod editions;
pub mod embed;
pub mod enumerate;
pub mod explain;
pub mod export;
pub mod fetch;
pub mod files;
pub mod history;
pub mod i18n;
pub mod init;
pub mod inline;
pub mod interpret;
pub mod language;
pub mod limits;
mod parallel;
pub mod read;
pub mod render;
pub mod resolve;
pub mod review;
pub mod serve;
pub mod site;
mod spreadsheet;
pub mod update;
mod xml;

pub use diagnostic::{Diagnostic, Rule, Severity};
pub use im_errors_spec::{Message, message};
pub use language::Dictionary;
