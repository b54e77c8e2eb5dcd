//! What differs from tool to tool.

use im_errors_spec::Locale;

use super::Embedding;
use crate::render::Page;

/// What a page says of itself.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// Its title, as plain text.
    pub(super) title: String,
    /// What it is called in a sidebar.
    pub(super) label: String,
    /// What it is about.
    pub(super) description: String,
    /// Its file, below the folder of all pages.
    pub(super) file: String,
}

/// The pages of a language, for sidebars.
#[derive(Debug, Clone)]
pub(super) struct Contents {
    /// The title of the index.
    pub(super) title: String,
    /// What pages of changes are called.
    pub(super) changes: String,
    /// The catalogs: title and folder.
    pub(super) catalogs: Vec<(String, String)>,
}

/// The way of one tool.
pub(super) trait Dialect: Sync {
    /// The name of the tool, as the command line has it.
    fn name(&self) -> &'static str;

    /// Where a file of the pages in `locale` lies.
    fn path(&self, embedding: &Embedding, locale: &Locale, file: &str) -> String;

    /// What lies beside the folders of catalogs, in lower case.
    fn own_files(&self) -> &'static [&'static str];

    /// What stands above a page.
    fn head(&self, embedding: &Embedding, head: &Head) -> String;

    /// What stands below a page.
    fn tail(&self) -> &'static str {
        ""
    }

    /// A place that links can lead to.
    fn mark(&self, id: &str) -> String {
        format!("<span id=\"{id}\"></span>")
    }

    /// A colon that means nothing.
    fn colon(&self) -> &'static str {
        "&#58;"
    }

    /// The files that tell the tool of the pages.
    fn files(&self, embedding: &Embedding, locale: &Locale, contents: &Contents) -> Vec<Page>;

    /// How generated files say that they are.
    fn notice(&self) -> String {
        format!(
            "Generated from spec.toml; do not edit. To regenerate: im-errors site --format {}",
            self.name()
        )
    }
}
