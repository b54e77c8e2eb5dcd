//! Every relative link of the documentation leads somewhere: to a file or folder of the repository, to
//! a line that the file has, or to a heading or an anchor of the page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// All pages below a folder.
fn pages_below(folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages_below(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
}

/// What a page links to and what of it can be linked to.
#[derive(Debug, Default)]
struct Page {
    targets: Vec<String>,
    anchors: BTreeSet<String>,
}

impl Page {
    fn read(text: &str) -> Self {
        let mut page = Self::default();
        let mut heading: Option<String> = None;
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.targets.push(dest_url.into_string());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page.add(&slug(&heading.take().unwrap_or_default())),
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    page.targets.extend(attributes(&html, "href").chain(attributes(&html, "src")));
                    page.anchors.extend(attributes(&html, "id").chain(attributes(&html, "name")));
                }
                _ => {}
            }
        }
        page
    }

    /// A heading that was there before gets a number.
    fn add(&mut self, slug: &str) {
        let numbered = (1..).map(|number| format!("{slug}-{number}"));
        let free = std::iter::once(slug.to_owned()).chain(numbered).find(|name| !self.anchors.contains(name));
        self.anchors.extend(free);
    }
}

/// The anchor that code hosts give a heading.
fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The values of an attribute in a piece of HTML.
fn attributes<'a>(html: &'a str, name: &str) -> impl Iterator<Item = String> + use<'a> {
    let start = format!(" {name}=\"");
    let values: Vec<_> = html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect();
    values.into_iter().map(str::to_owned)
}

/// What is wrong with a link on a page.
fn broken(from: &Path, target: &str) -> Option<String> {
    if ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
        return None;
    }
    let (path, fragment) = target.split_once('#').map_or((target, None), |(path, rest)| (path, Some(rest)));
    let path = path.split('?').next().unwrap_or_default();
    let file = if path.is_empty() { from.to_owned() } else { from.parent()?.join(path) };
    if !file.exists() {
        return Some("there is no such file".to_owned());
    }
    if !file.canonicalize().is_ok_and(|file| file.starts_with(root())) {
        return Some("it leads out of the repository".to_owned());
    }
    let fragment = fragment?;
    if let Some(lines) = fragment.strip_prefix('L') {
        let last = lines.split("-L").last()?.parse::<usize>();
        let bytes = fs::read(&file).unwrap_or_default();
        let there = bytes.split(|byte| *byte == b'\n').count();
        return (!last.is_ok_and(|last| (1..=there).contains(&last)))
            .then(|| format!("it has {there} lines"));
    }
    let page = Page::read(&fs::read_to_string(&file).unwrap_or_default());
    (!page.anchors.contains(fragment)).then(|| "the page has no such heading or anchor".to_owned())
}

#[test]
fn every_relative_link_leads_somewhere() {
    let root = root();
    let mut pages = vec![root.join("README.md"), root.join("README.zh.md")];
    pages_below(&root.join("docs"), &mut pages);
    let mut wrong = Vec::new();
    let mut links = 0;
    for from in &pages {
        for target in Page::read(&fs::read_to_string(from).unwrap()).targets {
            links += 1;
            let name = from.strip_prefix(&root).unwrap().display();
            wrong.extend(broken(from, &target).map(|why| format!("{name}: {target}: {why}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(links > 500, "only {links} links were read");
}

#[test]
fn links_that_lead_nowhere_are_found() {
    let from = root().join("docs/updates.md");
    let fine =
        ["catalogs.md#catalogtoml", "#waivers", "../README.md", "../specs/vendors", "https://example.com/#x"];
    for target in fine.into_iter().chain(["export.md?plain=1#L1", "export.md#L1-L2"]) {
        assert_eq!(broken(&from, target), None, "{target}");
    }
    let nowhere = ["absent.md", "#absent", "catalogs.md#Waivers", "export.md#L99999", "export.md#L0"];
    for target in nowhere.into_iter().chain(["../../", "/README.md"]) {
        assert!(broken(&from, target).is_some(), "{target}");
    }
}

#[test]
fn headings_have_the_anchors_of_code_hosts() {
    let page = Page::read("# A `b.toml`, c!\n\n## 状态码（旧版）\n\n## 状态码（旧版）\n\n<a id=\"x\"></a>\n");
    let expected = ["a-btoml-c", "x", "状态码旧版", "状态码旧版-1"];
    assert!(page.anchors.iter().eq(expected), "{:?}", page.anchors);
}
