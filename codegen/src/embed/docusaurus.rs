//! Docusaurus: pages are read as Markdown and not as MDX, and sidebars are made of the folders.

use im_errors_spec::Locale;

use super::Embedding;
use super::dialect::{Contents, Dialect, Head};
use super::front::{matter, quoted};
use crate::render::Page;

pub(super) struct Docusaurus;

impl Dialect for Docusaurus {
    fn name(&self) -> &'static str {
        "docusaurus"
    }

    fn path(&self, embedding: &Embedding, locale: &Locale, file: &str) -> String {
        let below = embedding.below.as_str();
        match *locale == embedding.main {
            true => format!("docs/{below}/{file}"),
            false => {
                let folder = embedding.folder(locale);
                format!("i18n/{folder}/docusaurus-plugin-content-docs/current/{below}/{file}")
            }
        }
    }

    fn own_files(&self) -> &'static [&'static str] {
        &["index.md", "_category_.yml", "_category_.json"]
    }

    fn head(&self, embedding: &Embedding, head: &Head) -> String {
        let path = head.file.strip_suffix("index.md").or_else(|| head.file.strip_suffix(".md"));
        // A folder that starts with a number would lose it in the address.
        let slug = format!("/{}/{}", embedding.below.as_str(), path.unwrap_or(&head.file));
        let values = [
            ("title", quoted(&head.title)),
            ("description", quoted(&head.description)),
            ("sidebar_label", quoted(&head.label)),
            ("slug", quoted(&slug)),
            ("toc_max_heading_level", "2".to_owned()),
            // It is not edited where it lies.
            ("custom_edit_url", "null".to_owned()),
            ("mdx", "\n  format: md".to_owned()),
        ];
        matter(&self.notice(), &values)
    }

    /// The check of links knows those of `a` alone.
    fn mark(&self, id: &str) -> String {
        format!("<a id=\"{id}\"></a>")
    }

    /// Emoji are found in what Markdown was read as, so that the text must end here.
    fn colon(&self) -> &'static str {
        "&#58;<!-- -->"
    }

    fn files(&self, _: &Embedding, _: &Locale, _: &Contents) -> Vec<Page> {
        Vec::new()
    }
}
