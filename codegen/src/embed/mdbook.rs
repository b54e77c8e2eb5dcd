//! mdBook: a whole book for each language, whose folder is its source as well, so that it can also
//! lie inside the source of another book.

use im_errors_spec::{Locale, quoted};

use super::Embedding;
use super::dialect::{Contents, Dialect, Head};
use super::inert::escaped;
use crate::render::Page;

pub(super) struct MdBook;

impl Dialect for MdBook {
    fn name(&self) -> &'static str {
        "mdbook"
    }

    fn path(&self, embedding: &Embedding, locale: &Locale, file: &str) -> String {
        format!("{}/{file}", embedding.folder(locale))
    }

    /// The book is built into `book`.
    fn own_files(&self) -> &'static [&'static str] {
        &["index.md", "summary.md", "book.toml", "book"]
    }

    fn head(&self, _: &Embedding, _: &Head) -> String {
        format!("<!-- {} -->", self.notice())
    }

    fn files(&self, embedding: &Embedding, locale: &Locale, contents: &Contents) -> Vec<Page> {
        let book = format!(
            "# {}\n[book]\ntitle = {}\nlanguage = {}\nsrc = \".\"\n\n\
            # Texts are the vendors', to the letter.\n[output.html]\nsmart-punctuation = false\n",
            self.notice(),
            quoted(&contents.title),
            quoted(locale.as_str()),
        );
        let title = escaped(&contents.title, self.colon());
        let mut summary = format!("<!-- {} -->\n\n# {title}\n\n- [{title}](index.md)\n", self.notice());
        for (title, folder) in &contents.catalogs {
            let title = escaped(title, self.colon());
            summary.push_str(&format!("  - [{title}]({folder}/index.md)\n"));
            summary.push_str(&format!("    - [{}]({folder}/changes.md)\n", contents.changes));
        }
        let file = |name: &str, text: String| Page { path: self.path(embedding, locale, name), text };
        vec![file("book.toml", book), file("SUMMARY.md", summary)]
    }
}
