//! VitePress: pages are made into components of Vue, and sidebars are imported by the configuration.

use im_errors_spec::Locale;
use serde_json::{Value, json};

use super::Embedding;
use super::dialect::{Contents, Dialect, Head};
use super::front::{matter, quoted};
use super::inert::escaped;
use crate::render::Page;

pub(super) struct VitePress;

impl VitePress {
    fn folder(&self, embedding: &Embedding, locale: &Locale) -> String {
        let below = embedding.below.as_str();
        match *locale == embedding.main {
            true => format!("{below}/"),
            false => format!("{}/{below}/", embedding.folder(locale)),
        }
    }
}

impl Dialect for VitePress {
    fn name(&self) -> &'static str {
        "vitepress"
    }

    fn path(&self, embedding: &Embedding, locale: &Locale, file: &str) -> String {
        format!("{}{file}", self.folder(embedding, locale))
    }

    fn own_files(&self) -> &'static [&'static str] {
        &["index.md", "index.html", "sidebar.mts"]
    }

    /// Inside `v-pre` Vue takes nothing for its own.
    fn head(&self, _: &Embedding, head: &Head) -> String {
        // Both become part of a script, which the end of one would end.
        let whole = |text: &str| quoted(text).replace("</", "<\u{2060}/").replace("&#60;/", "&#60;\u{2060}/");
        let values = [
            // Read as Markdown.
            ("title", whole(&escaped(&head.title, self.colon()))),
            ("description", whole(&head.description)),
            ("outline", "2".to_owned()),
        ];
        format!("{}\n<div v-pre>\n", matter(&self.notice(), &values))
    }

    fn tail(&self) -> &'static str {
        "\n</div>\n"
    }

    fn files(&self, embedding: &Embedding, locale: &Locale, contents: &Contents) -> Vec<Page> {
        let folder = format!("/{}", self.folder(embedding, locale));
        let catalog = |(title, name): &(String, String)| {
            json!({
                "text": html(title),
                "link": format!("{folder}{name}/"),
                "collapsed": true,
                "items": [{ "text": html(&contents.changes), "link": format!("{folder}{name}/changes") }],
            })
        };
        let catalogs: Vec<Value> = contents.catalogs.iter().map(catalog).collect();
        let sidebar = json!({ folder.as_str(): [{ "text": html(&contents.title), "link": folder, "items": catalogs }] });
        let text = format!(
            "// {}\nimport type {{ DefaultTheme }} from 'vitepress'\n\nexport default {sidebar:#} \
            satisfies DefaultTheme.SidebarMulti\n",
            self.notice()
        );
        vec![Page { path: self.path(embedding, locale, "sidebar.mts"), text }]
    }
}

/// What sidebars show is HTML.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
