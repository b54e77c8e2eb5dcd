//! Commands that people are told to run: they mend what they are told for as they stand.

use std::path::Path;

use super::{CATALOGS, DOCS, Layout, SITE, SiteLayout, conflict, shown};
use crate::embed::{Embedding, Tool};
use crate::files::{self, Kind};

/// The command that builds the catalogs `names`, or all, where `layout` says.
pub(super) fn build(layout: &Layout, names: &[String]) -> String {
    let mut words = vec!["im-errors".to_owned(), "build".to_owned()];
    words.extend(names.iter().map(|name| quoted(name)));
    let folders = [
        ("--catalogs", Some(&layout.catalogs).filter(|path| *path != Path::new(CATALOGS))),
        ("--docs", Some(&layout.docs).filter(|path| *path != Path::new(DOCS))),
        ("--templates", layout.templates.as_ref()),
    ];
    for (option, path) in folders {
        words.extend(path.into_iter().flat_map(|path| [option.to_owned(), quoted(&shown(path))]));
    }
    words.join(" ")
}

/// The command that makes the site where `layout` says.
pub(super) fn site(layout: &SiteLayout) -> String {
    let mut words = vec!["im-errors".to_owned(), "site".to_owned()];
    let folders = [
        ("--out", Some(&layout.out).filter(|path| *path != Path::new(SITE))),
        ("--catalogs", Some(&layout.catalogs).filter(|path| *path != Path::new(CATALOGS))),
        ("--templates", layout.templates.as_ref()),
    ];
    for (option, path) in folders {
        words.extend(path.into_iter().flat_map(|path| [option.to_owned(), quoted(&shown(path))]));
    }
    words.extend(layout.base.iter().flat_map(|base| ["--base".to_owned(), quoted(base)]));
    words.join(" ")
}

/// The command that makes the pages where `layout` says, for a site that another tool makes.
pub(super) fn embed(layout: &SiteLayout, embedding: &Embedding) -> String {
    let mut words = vec![site(layout), "--format".to_owned(), embedding.tool.as_str().to_owned()];
    if embedding.tool != Tool::MdBook {
        words.extend(["--below".to_owned(), quoted(embedding.below.as_str())]);
        words.extend(["--main".to_owned(), embedding.main.to_string()]);
    }
    let folders = embedding.folders.iter();
    words.extend(folders.flat_map(|(locale, folder)| {
        ["--folder".to_owned(), format!("{locale}={}", quoted(folder.as_str()))]
    }));
    words.join(" ")
}

/// The command that takes a file back from version control; in a merge one side of it, without which
/// git refuses.
pub(super) fn restore(path: &Path) -> String {
    let side = if is_merge(path) { "--ours " } else { "" };
    format!("git checkout {side}-- {}", quoted(&shown(path)))
}

/// Whether a file has both sides of a merge.
pub(super) fn is_merge(path: &Path) -> bool {
    files::read(path, Kind::Spec)
        .is_ok_and(|bytes| conflict::find(&String::from_utf8_lossy(&bytes)).is_some())
}

/// A word as shells read it.
fn quoted(word: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./:+,@%=".contains(&b);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_says_all_that_differs_from_the_defaults() {
        let mut layout = Layout { catalogs: CATALOGS.into(), docs: DOCS.into(), templates: None };
        assert_eq!(build(&layout, &[]), "im-errors build");
        layout.docs = "my docs".into();
        layout.templates = Some("it's".into());
        let names = ["demo".to_owned()];
        assert_eq!(build(&layout, &names), "im-errors build demo --docs 'my docs' --templates 'it'\\''s'");
    }
}
