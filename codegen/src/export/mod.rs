//! Specs → what programs that are not written in Rust read: data, schemas, source code.
//!
//! Values in, text out: it knows specs only, nothing of files, pages or how a spec came about. All
//! forms name things with the words of `im-errors explain --format json`. Data is made from values;
//! source code comes from templates, in which nothing but escaped values can be written.

mod code;
mod csv;
mod data;
mod language;
mod openapi;

use im_errors_spec::{Locale, Spec};

use crate::diagnostic::Finding;

pub use code::Sources;
pub use language::Language;

/// What a spec is made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// All there is, as JSON that fits [`SCHEMA`].
    Json,
    /// A table with one row per case.
    Csv,
    /// The `components` of an OpenAPI 3.1 document.
    OpenApi,
    /// A source file.
    Code(Language),
}

/// The JSON Schema (draft 2020-12) of [`Form::Json`]. It is the same for every catalog.
pub const SCHEMA: &str = include_str!("schema.json");

/// The version of the JSON form; it goes up when what was there changes its meaning.
pub const FORMAT: u32 = 1;

/// Writes `spec` in a form. Where that holds one language only, it is `locale`, and the language of
/// the vendor's page for what is not translated.
///
/// ```
/// use im_errors_codegen::explain::shipped;
/// use im_errors_codegen::export::{Form, Sources, export};
///
/// let spec = &shipped()[0];
/// let csv = export(spec, Form::Csv, &spec.locale, &Sources::default()).unwrap();
/// assert!(csv.starts_with("\u{feff}catalog,name,key,code,"));
/// ```
///
/// # Errors
/// Where a template does not work: at its place, if it is not one of the built-in ones.
pub fn export(spec: &Spec, form: Form, locale: &Locale, sources: &Sources) -> Result<String, Box<Finding>> {
    match form {
        Form::Json => Ok(data::print(&data::catalog(spec))),
        Form::Csv => Ok(csv::table(spec, locale)),
        Form::OpenApi => Ok(data::print(&openapi::document(spec, locale))),
        Form::Code(language) => sources.render(spec, language, locale),
    }
}
