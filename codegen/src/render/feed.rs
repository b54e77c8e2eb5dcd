//! The editions that a spec records, as an Atom 1.0 feed.
//!
//! It says what the page of changes says. Ids are made of the catalog and the days alone, so that
//! they stay when an edition is appended or the feed moves to another address.

use std::collections::BTreeMap;

use im_errors_spec::{EditionRecord, Locale, Spec, plain_text};
use minijinja::AutoEscape;
use minijinja::value::Value;
use sha2::{Digest, Sha256};

use super::{BuiltIn, Catalog, Templates, changes, links, view};
use crate::diagnostic::Finding;
use crate::xml::is_xml;

const FEED: BuiltIn = &[
    ("feed.xml", include_str!("../../templates/feed/feed.xml")),
    ("counts.txt", include_str!("../../templates/feed/counts.txt")),
    ("entry.html", include_str!("../../templates/feed/entry.html")),
];

/// Where the feed of a catalog and the pages that it leads to lie.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// The address of the site; without one, links are relative to the feed.
    pub base: Option<&'a str>,
    /// The path of the feed below that, with forward slashes.
    pub feed: &'a str,
    /// The path of the page of changes.
    pub changes: &'a str,
    /// The path of the catalog's page.
    pub catalog: &'a str,
}

/// The feed of a catalog in one language; `None` where its spec records no edition.
///
/// # Errors
/// Where a template does not work, which is a mistake in it.
pub fn feed(
    catalog: &Catalog<'_>,
    locale: &Locale,
    places: &Places<'_>,
) -> Result<Option<String>, Box<Finding>> {
    let spec = catalog.spec;
    let [first, ..] = spec.editions.as_slice() else {
        return Ok(None);
    };
    let updated = spec.editions.iter().map(|edition| edition.date).max().unwrap_or(first.date);
    let ids = spec.editions.iter().map(|edition| {
        let date = edition.date.to_string();
        (date.clone(), id(spec, first, locale, &date))
    });
    let context = view::object([
        ("locale", locale.as_str().into()),
        ("id", id(spec, first, locale, "").into()),
        ("ids", Value::from(ids.collect::<BTreeMap<_, _>>())),
        ("title", view::plain(&spec.title, spec, locale).into()),
        ("updated", format!("{updated}T00:00:00Z").into()),
        ("feed", places.to(places.feed).into()),
        ("changes", places.to(places.changes).into()),
        ("editions", changes::editions(catalog, locale, &changes::anchor_on(&places.to(places.catalog)))),
    ]);
    let templates = Templates::built_in(FEED);
    let mut environment = templates.environment_in(locale, AutoEscape::Html)?;
    environment.add_filter("plain", |text: &str| plain_text(text));
    // Markup as text: it is escaped once more.
    environment.add_filter("markup", |markup: Value| markup.to_string());
    let text = templates.render(&environment, "feed.xml", context)?;
    Ok(Some(text.replace(|c| !is_xml(c), "\u{fffd}")))
}

/// The id of a feed, or of what it says of one day: a UUID of version 8, whose bits are a digest.
/// The pages of the first edition tell apart catalogs of one name.
fn id(spec: &Spec, first: &EditionRecord, locale: &Locale, date: &str) -> String {
    const VERSION: (u8, u8) = (0x0f, 0x80);
    const VARIANT: (u8, u8) = (0x3f, 0x80);
    let mut hasher = Sha256::new();
    let parts = ["im-errors", &spec.catalog, locale.as_str(), date];
    for part in parts.into_iter().chain(first.digests.iter().map(String::as_str)) {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let mut bytes: Vec<u8> = hasher.finalize().iter().take(16).copied().collect();
    for (at, (keep, set)) in [(6, VERSION), (8, VARIANT)] {
        bytes[at] = (bytes[at] & keep) | set;
    }
    let hex = crate::resolve::hex(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

impl Places<'_> {
    /// The address of the file at the path `to`.
    fn to(&self, to: &str) -> String {
        match self.base {
            Some(base) => format!("{}/{}", base.trim_end_matches('/'), links::path(to)),
            None => links::path(&relative(self.feed, to)),
        }
    }
}

/// The way from the file `from` to the file `to`.
fn relative(from: &str, to: &str) -> String {
    let folders = |path: &str| path.matches('/').count();
    let (from_parts, to_parts) = (from.split('/'), to.split('/'));
    let common = from_parts.zip(to_parts).take(folders(from).min(folders(to)));
    let common = common.take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folders(from) - common);
    let down: Vec<_> = to.split('/').skip(common).collect();
    up + &down.join("/")
}

#[cfg(test)]
mod tests {
    use im_errors_spec::SpecFile;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    const SPEC: &str = r#"format = 1
catalog = "demo"
locale = "zh"
title.zh = "示例 ]]> <script>alert(1)</script>"
vendor.zh = "公司"

[[group]]
id = "g"
title.zh = "组"

[[error]]
name = "UserNotFound"
group = "g"
code = 1
message = "no \"<user>\" & ]]>\u0001"
summary.zh = "<script>\u0008x</script>"

[[error.case]]
at = "a.md:1"

[[edition]]
date = "2026-01-01"
digests = ["00"]

[[edition]]
date = "2026-02-01"
name = "<b>2"
digests = ["01"]
added = ["UserNotFound"]

[[edition]]
date = "2026-03-01"
digests = ["02"]
removed = ["Gone"]

[[edition.changed]]
name = "UserNotFound"
facts = ["message", "summary"]
was.message = "it's <b> & {{x}}"
"#;

    const PLACES: Places<'static> = Places {
        base: None,
        feed: "zh/demo.atom.xml",
        changes: "zh/demo.changes.html",
        catalog: "zh/demo.html",
    };

    fn feed_of(toml: &str, locale: &Locale, base: Option<&str>) -> String {
        let spec = SpecFile::parse(toml).unwrap().spec;
        let catalog = Catalog { spec: &spec, folder: None };
        feed(&catalog, locale, &Places { base, ..PLACES }).unwrap().unwrap()
    }

    /// The text of each element and the address of each link, by the names from the root on.
    fn read(xml: &str) -> Vec<(String, String)> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let mut path: Vec<String> = Vec::new();
        let mut found: Vec<(String, String)> = Vec::new();
        let name = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    path.push(name(start.name().as_ref()));
                    found.push((path.join("/"), String::new()));
                }
                Event::Empty(link) => {
                    let attributes: Vec<_> = link.attributes().map(Result::unwrap).collect();
                    let value = |key: &[u8]| {
                        let of = attributes.iter().find(|attribute| attribute.key.as_ref() == key).unwrap();
                        quick_xml::escape::unescape(&name(&of.value)).unwrap().into_owned()
                    };
                    found.push((format!("{}/{}", path.join("/"), value(b"rel")), value(b"href")));
                }
                // Before the first element there is white space alone.
                Event::Text(_) if found.is_empty() => {}
                Event::Text(text) => found.last_mut().unwrap().1.push_str(&name(&text)),
                Event::GeneralRef(reference) => {
                    let reference = format!("&{};", name(&reference));
                    let text = quick_xml::escape::unescape(&reference).unwrap().into_owned();
                    found.last_mut().unwrap().1.push_str(&text);
                }
                Event::End(_) => drop(path.pop()),
                Event::Eof => break,
                Event::Decl(_) => {}
                other => panic!("{other:?}"),
            }
        }
        assert!(path.is_empty());
        found
    }

    fn all(found: &[(String, String)], path: &str) -> Vec<String> {
        found.iter().filter(|(at, _)| at == path).map(|(_, text)| text.trim().to_owned()).collect()
    }

    #[test]
    fn a_feed_has_what_atom_asks_for() {
        let xml = feed_of(SPEC, &Locale::english(), None);
        assert!(xml.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">"), "{xml}");
        let found = read(&xml);
        let dates = ["2026-03-01", "2026-02-01", "2026-01-01"].map(|date| format!("{date}T00:00:00Z"));
        assert_eq!(all(&found, "feed/updated"), [dates[0].clone()]);
        assert_eq!(all(&found, "feed/entry/updated"), dates);
        assert_eq!(all(&found, "feed/author/name"), ["im-errors"]);
        assert_eq!(all(&found, "feed/title"), ["示例 ]]> <script>alert(1)</script>: changes"]);
        assert_eq!(
            all(&found, "feed/entry/title"),
            ["2026-03-01 · 1 removed, 1 changed", "2026-02-01 · edition <b>2 · 1 added", "2026-01-01"]
        );
        let mut ids = all(&found, "feed/entry/id");
        ids.extend(all(&found, "feed/id"));
        assert!(ids.iter().all(|id| id.starts_with("urn:uuid:") && id.len() == 45), "{ids:?}");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 4);
    }

    #[test]
    fn links_are_relative_or_start_at_the_address_of_the_site() {
        let found = read(&feed_of(SPEC, &Locale::chinese(), None));
        assert_eq!(all(&found, "feed/self"), ["demo.atom.xml"]);
        assert_eq!(all(&found, "feed/alternate"), ["demo.changes.html"]);
        assert_eq!(all(&found, "feed/entry/alternate")[1], "demo.changes.html#d2026-02-01");
        for base in ["https://a.example/x?a&b=\"", "https://a.example/x?a&b=\"/"] {
            let found = read(&feed_of(SPEC, &Locale::chinese(), Some(base)));
            assert_eq!(all(&found, "feed/self"), ["https://a.example/x?a&b=\"/zh/demo.atom.xml"]);
            let content =
                quick_xml::escape::unescape(&all(&found, "feed/entry/content")[1]).unwrap().into_owned();
            let link = "<a href=\"https://a.example/x?a&b=\"/zh/demo.html#user-not-found\">UserNotFound</a>";
            assert!(content.contains(link), "{content}");
        }
        assert_eq!(relative("a/b/c.xml", "a/d/e.html"), "../d/e.html");
        assert_eq!(relative("c.xml", "a/e.html"), "a/e.html");
        assert_eq!(relative("a/c.xml", "e.html"), "../e.html");
    }

    #[test]
    fn what_vendors_write_is_text() {
        let xml = feed_of(SPEC, &Locale::chinese(), None);
        assert!(xml.chars().all(is_xml), "{xml:?}");
        assert!(!xml.contains("<script>") && !xml.contains("]]>"), "{xml}");
        let contents = all(&read(&xml), "feed/entry/content");
        for content in &contents {
            assert!(!content.contains("<script>"), "{content}");
        }
        let message =
            "错误消息：it&#x27;s &lt;b&gt; &amp; {x} → no &quot;&lt;user&gt;&quot; &amp; ]]&gt;\u{fffd}";
        assert!(contents[0].contains(message), "{}", contents[0]);
        assert!(contents[1].contains("&lt;script&gt;\u{fffd}x&lt;&#x2f;script&gt;"), "{}", contents[1]);
        // The markup of an entry is well-formed too.
        for content in &contents {
            read(&format!("<div>{content}</div>").replace("<a href", "<a rel=\"\" href"));
        }
    }

    #[test]
    fn ids_stay_when_an_edition_is_appended_and_differ_by_language_and_catalog() {
        let entries = |toml: &str, locale: &Locale| all(&read(&feed_of(toml, locale, None)), "feed/entry/id");
        let chinese = Locale::chinese();
        let before = entries(SPEC, &chinese);
        let longer = format!("{SPEC}\n[[edition]]\ndate = \"2026-04-01\"\nremoved = [\"Other\"]\n");
        let after = entries(&longer, &chinese);
        assert_eq!(after[1..], before);
        assert!(!before.contains(&after[0]));
        for other in [
            entries(SPEC, &Locale::english()),
            entries(&SPEC.replace("\"demo\"", "\"demo2\""), &chinese),
            entries(&SPEC.replace("\"00\"", "\"0f\""), &chinese),
        ] {
            assert!(other.iter().all(|id| !before.contains(id)));
        }
        assert_eq!(feed_of(SPEC, &chinese, None), feed_of(SPEC, &chinese, None));
    }

    #[test]
    fn without_editions_there_is_no_feed() {
        let spec = SpecFile::parse(SPEC.split("[[edition]]").next().unwrap()).unwrap().spec;
        let catalog = Catalog { spec: &spec, folder: None };
        assert_eq!(feed(&catalog, &Locale::chinese(), &PLACES).ok().flatten(), None);
    }
}
