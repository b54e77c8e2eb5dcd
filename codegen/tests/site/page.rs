//! A site in memory, and its pages as browsers see them.

use std::collections::{BTreeMap, BTreeSet};

use im_errors_codegen::render::Templates;
use im_errors_codegen::site::Site;
use im_errors_spec::{Spec, SpecFile};
use scraper::{ElementRef, Html, Selector};

/// Files by path.
pub(crate) type Files = BTreeMap<String, String>;

pub(crate) fn files(specs: &[Spec], base: Option<&str>) -> Files {
    let templates = Templates::default();
    let site = Site::new(specs, &templates, base).map_err(|finding| finding.diagnostic.message.to_string());
    let files = site.unwrap().files().map_err(|finding| finding.diagnostic.message.to_string()).unwrap();
    let count = files.len();
    let files: Files = files.into_iter().map(|file| (file.path, file.text)).collect();
    assert_eq!(files.len(), count, "two files have the same path");
    files
}

pub(crate) fn spec(text: &str) -> Spec {
    let head = "format = 1\ncatalog = \"demo\"\nlocale = \"zh\"\ntitle.en = \"Demo\"\ntitle.zh = \"示例\"\n\
        vendor.zh = \"示例公司\"\n\n[[source]]\nfile = \"a.md\"\nurl = \"https://example.com/a\"\n\
        digest = \"00\"\n\n[[group]]\nid = \"all\"\ntitle.zh = \"全部\"\n\n";
    SpecFile::parse(&format!("{head}{text}")).unwrap_or_else(|problems| panic!("{}", problems[0])).spec
}

pub(crate) fn error(name: &str, rest: &str) -> String {
    let facts = if rest.contains("code") { String::new() } else { format!("error = \"{name}\"\n") };
    format!("[[error]]\nname = \"{name}\"\ngroup = \"all\"\n{facts}{rest}\n[[error.case]]\nat = \"a.md:1\"\n")
}

/// A page that was read.
pub(crate) struct Page {
    pub(crate) path: String,
    html: Html,
}

impl Page {
    pub(crate) fn all(files: &Files) -> Vec<Self> {
        files
            .iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, text)| Self::of(path, text))
            .collect()
    }

    pub(crate) fn of(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), html: Html::parse_document(text) }
    }

    pub(crate) fn select(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).unwrap()).collect()
    }

    pub(crate) fn text(&self, selector: &str) -> String {
        self.select(selector).iter().flat_map(|element| element.text()).collect()
    }

    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<&str> {
        self.select(selector).iter().filter_map(|element| element.attr(name)).collect()
    }

    pub(crate) fn ids(&self) -> BTreeSet<&str> {
        self.attributes("[id]", "id").into_iter().collect()
    }

    /// Where a link of this page leads: the file of the site and the fragment; none outside of it.
    pub(crate) fn target(&self, href: &str) -> Option<(String, Option<String>)> {
        if href.contains("://") || href.starts_with("mailto:") {
            return None;
        }
        let (path, fragment) = match href.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment.to_owned())),
            None => (href, None),
        };
        if path.is_empty() {
            return Some((self.path.clone(), fragment));
        }
        let mut parts: Vec<&str> = self.path.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                ".." => assert!(parts.pop().is_some(), "{href} in {} leads out of the site", self.path),
                "." => {}
                part => parts.push(part),
            }
        }
        let target = parts.join("/");
        let is_folder = target.is_empty() || target.ends_with('/');
        Some((if is_folder { format!("{target}index.html") } else { target }, fragment))
    }
}

impl Page {
    /// The way to the root of the site.
    pub(crate) fn target_root(&self) -> String {
        let depth = self.path.matches('/').count();
        if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
    }
}
