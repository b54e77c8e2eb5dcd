//! Names that a person did not give: of catalogs, files and groups.

use std::collections::{BTreeMap, BTreeSet};

use im_errors_spec::Locale;

use super::facts;

/// Longer ones are cut between two words.
const LONGEST: usize = 48;

/// Words in names of files and hosts that say nothing of the vendor or the page.
const EMPTY_WORDS: [&str; 14] = [
    "www",
    "docs",
    "doc",
    "document",
    "developer",
    "developers",
    "dev",
    "help",
    "support",
    "api",
    "index",
    "readme",
    "page",
    "default",
];

/// Whether a folder of this name can be made anywhere, Windows included.
pub(super) fn is_portable(name: &str) -> bool {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_device = DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt");
    !name.is_empty() && name.len() <= 2 * LONGEST && !name.ends_with('.') && !is_device
}

/// The id of a catalog for the page at `name`, a path or an address.
pub(super) fn catalog_id(name: &str, url: Option<&str>) -> String {
    let of_host = url.and_then(host_word).map(|word| kebab(&word));
    let id = of_host.unwrap_or_else(|| kebab(&without_tags(stem(base(name)))));
    let is_empty_word = EMPTY_WORDS.contains(&id.as_str());
    if id.is_empty() || is_empty_word || !is_portable(&id) { "errors".to_owned() } else { id }
}

/// The vendor's word in an address: `jiguang` of `https://docs.jiguang.cn/…`.
pub(super) fn host_word(url: &str) -> Option<String> {
    const TOP: [&str; 6] = ["com", "net", "org", "co", "gov", "edu"];
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let mut labels: Vec<_> = host.split('.').collect();
    if labels.len() < 2 || labels.iter().all(|label| label.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    labels.pop();
    if labels.len() > 1 && labels.last().is_some_and(|label| TOP.contains(label)) {
        labels.pop();
    }
    labels.pop().filter(|label| label.is_ascii() && !label.is_empty()).map(str::to_owned)
}

/// The name of the file that keeps the page; `taken` are those of other pages.
pub(super) fn file_name(name: &str, is_html: bool, taken: &[String]) -> String {
    let base = base(name);
    let (stem, extension) = base.rsplit_once('.').unwrap_or((base, ""));
    let known = ["md", "markdown", "mdx", "html", "htm", "xhtml", "txt", "text"];
    let extension = extension.to_ascii_lowercase();
    let extension = match known.contains(&extension.as_str()) {
        true => extension,
        // An address rarely ends in one, and `errors.php` is no PHP any more.
        false if is_html => "html".to_owned(),
        false => "md".to_owned(),
    };
    let stem: String = stem
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect();
    let parts: Vec<_> = stem.split('-').filter(|part| !part.is_empty()).collect();
    let stem = cut(parts.join("-").trim_matches(['.', '-']));
    let stem = if stem.is_empty() || !is_portable(&stem) { "page".to_owned() } else { stem };
    let is_taken = |file: &String| taken.iter().any(|other| other.eq_ignore_ascii_case(file));
    let numbered = (2..).map(|number| format!("{stem}-{number}.{extension}"));
    let mut files = std::iter::once(format!("{stem}.{extension}")).chain(numbered);
    files.find(|file| !is_taken(file)).unwrap_or_default()
}

/// The ids of groups, each given once.
#[derive(Debug, Default)]
pub(super) struct GroupIds {
    given: BTreeSet<String>,
    /// How often each was asked for.
    asked: BTreeMap<String, usize>,
}

impl GroupIds {
    /// The English words of the heading; else the number of the table.
    pub(super) fn give(&mut self, heading: Option<&str>, table: usize) -> String {
        let words = heading.map(kebab).unwrap_or_default();
        // One letter or a number says less than the table's place.
        let tells =
            words.split('-').any(|word| word.len() > 1 && word.bytes().any(|b| b.is_ascii_alphabetic()));
        let wanted = if tells { words } else { format!("table-{table}") };
        let count = self.asked.entry(wanted.clone()).or_insert(0);
        loop {
            *count += 1;
            let id = if *count == 1 { wanted.clone() } else { format!("{wanted}-{count}") };
            if self.given.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The ASCII words of a text.
fn kebab(text: &str) -> String {
    let text = text.replace(['\'', '’'], "").to_ascii_lowercase();
    let words: Vec<_> =
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    cut(&words.join("-"))
}

fn cut(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let head = &text[..LONGEST];
    head.rfind('-').map_or(head, |end| &head[..end]).to_owned()
}

/// The last part of a path or an address.
fn base(name: &str) -> &str {
    let path = name.split_once("://").map_or(name, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or_default()
}

fn stem(base: &str) -> &str {
    base.rsplit_once('.').map_or(base, |(stem, _)| stem)
}

/// Without the language and the date at the end: `errors` of `errors.2026-05.zh`.
fn without_tags(stem: &str) -> String {
    let mut parts: Vec<_> = stem.split('.').collect();
    let is_tag = |part: &str| Locale::new(part).is_some() || facts::edition(part).as_deref() == Some(part);
    while parts.len() > 1 && parts.last().is_some_and(|part| is_tag(part)) {
        parts.pop();
    }
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_of_hosts_and_files() {
        let id = |name: &str| catalog_id(name, None);
        assert_eq!(id("pages/jmessage-server.2019-04.zh.md"), "jmessage-server");
        assert_eq!(id("My Errors (1).html"), "my-errors-1");
        assert_eq!(id("v1.2-errors.md"), "v1-2-errors");
        for name in ["", "错误码.md", "index.html", "CON.md", "..", "/", "-"] {
            assert_eq!(id(name), "errors", "{name:?}");
        }
        let url = |url: &str| catalog_id(url, Some(url));
        assert_eq!(url("https://docs.jiguang.cn/jmessage/client/im_errorcode_server"), "jiguang");
        assert_eq!(url("https://docs-im.easemob.com/x"), "easemob");
        assert_eq!(url("https://www.example.com.cn"), "example");
        assert_eq!(url("http://127.0.0.1:8080/im/errors.html"), "errors");
    }

    #[test]
    fn files_are_named_for_any_disk() {
        let file = |name: &str| file_name(name, false, &[]);
        assert_eq!(file("a/jmessage-server.zh.md"), "jmessage-server.zh.md");
        assert_eq!(file("C:\\pages\\Errors.HTML"), "Errors.html");
        assert_eq!(file("../..\\x y:z.txt"), "x-y-z.txt");
        for name in ["", "错误码.md", "CON.md", "com1.txt.md", "...", ".hidden/..", "\u{7f}\n.md"] {
            assert_eq!(file(name), "page.md", "{name:?}");
        }
        assert_eq!(file_name("https://a.b/errors.php?id=1", true, &[]), "errors.html");
        assert_eq!(file_name("x.MD", false, &["X.md".into(), "x-2.md".into()]), "x-3.md");
        assert_eq!(file(&format!("{}.md", "x".repeat(300))).len(), LONGEST + 3);
    }

    #[test]
    fn groups_are_named_in_ascii() {
        let id = |heading| GroupIds::default().give(heading, 3);
        assert_eq!(id(Some("HTTP 状态码")), "http");
        assert_eq!(id(Some("User's errors")), "users-errors");
        for heading in [None, Some("用户"), Some("1. 用户"), Some("A")] {
            assert_eq!(id(heading), "table-3");
        }
        let mut ids = GroupIds::default();
        let headings = ["http 2", "HTTP", "http", "Http", "http 2"];
        let given = headings.map(|heading| ids.give(Some(heading), 1));
        assert_eq!(given, ["http-2", "http", "http-3", "http-4", "http-2-2"]);
    }
}
