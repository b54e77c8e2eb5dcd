//! Specs → Markdown for a site that another tool makes: mdBook, VitePress or Docusaurus.
//!
//! The pages are those of the documentation, one for each catalog and one of what changed in it, made
//! by the same templates. A catalog is one page because its address then outlives whatever the vendor
//! does to its tables, readers search in it at once, and sidebars stay short; the searches of all
//! three tools find headings, so that an error needs no page of its own to be found.
//!
//! Values in, files out. What differs from tool to tool is in a `Dialect` each: where pages lie, what
//! stands at their heads, how texts are kept from being obeyed, and what sidebars are made of.

mod dialect;
mod docusaurus;
mod folder;
mod front;
mod inert;
mod mdbook;
mod pages;
mod vitepress;

use std::collections::{BTreeMap, BTreeSet};

use im_errors_spec::{Locale, Spec};

use crate::diagnostic::{Diagnostic, Finding, rules};
use crate::message;
use crate::render::{self, Page, Templates};
use dialect::Dialect;

pub use folder::{FolderName, FolderPath};

/// What makes the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// mdBook: a book for each language.
    MdBook,
    /// VitePress.
    VitePress,
    /// Docusaurus.
    Docusaurus,
}

impl Tool {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::MdBook, Self::VitePress, Self::Docusaurus];

    /// Its name, in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.dialect().name()
    }

    /// How generated files say that they are, on their first line or the next.
    #[must_use]
    pub fn notice(self) -> String {
        self.dialect().notice()
    }

    fn dialect(self) -> &'static dyn Dialect {
        match self {
            Self::MdBook => &mdbook::MdBook,
            Self::VitePress => &vitepress::VitePress,
            Self::Docusaurus => &docusaurus::Docusaurus,
        }
    }
}

/// Where the pages go in a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedding {
    /// What makes the site.
    pub tool: Tool,
    /// The folder of the pages below that of the site's own. A book has none.
    pub below: FolderPath,
    /// The language whose pages have no folder of their own. In books each has.
    pub main: Locale,
    /// The folders of languages that the site calls by another name than their tag.
    pub folders: BTreeMap<Locale, FolderName>,
}

impl Embedding {
    /// The folder of a language.
    fn folder<'a>(&'a self, locale: &'a Locale) -> &'a str {
        self.folders.get(locale).map_or(locale.as_str(), FolderName::as_str)
    }
}

/// All files for the site: those of `specs` in every language that any of them is in.
///
/// # Errors
/// Where a template cannot be used, or two languages would have the same files.
pub fn files(
    specs: &[Spec],
    templates: &Templates,
    embedding: &Embedding,
) -> Result<Vec<Page>, Box<Finding>> {
    let mut locales: BTreeSet<_> = render::locales(specs.iter()).into_iter().collect();
    if embedding.tool != Tool::MdBook {
        // The tool shows no page that the main language lacks.
        locales.insert(embedding.main.clone());
    }
    let mut files = Vec::new();
    for locale in &locales {
        files.extend(pages::of(specs, templates, embedding, locale)?);
    }
    let mut places = BTreeSet::new();
    // Not every disk tells large letters from small ones.
    match files.iter().find(|file| !places.insert(file.path.to_ascii_lowercase())) {
        Some(Page { path, .. }) => {
            let message = message!("two languages would have this file");
            let diagnostic = Diagnostic::of_file(&rules::UNWRITABLE_FILE, message)
                .with_help(message!("give each of them a folder of its own"));
            Err(Box::new(Finding::new(path, diagnostic)))
        }
        None => Ok(files),
    }
}
