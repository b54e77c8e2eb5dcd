//! Rendered pages as pulldown-cmark reads them.

use std::collections::HashSet;

use im_errors_codegen::inline::{Builder, from_markdown, plain};
use im_errors_codegen::render::{Catalog, Templates, docs};
use im_errors_spec::{Group, Locale, Localized, Spec};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::squash;

/// Each page says what the spec says, and is nothing but that.
///
/// # Panics
/// Where a page does not, or is.
pub(crate) fn say_what_the_spec_says(spec: &Spec, folder: bool) {
    let folder = folder.then_some("../../specs/demo/");
    let pages = docs(&[Catalog { spec, folder }], |_| true, &Templates::default());
    for page in pages.unwrap_or_else(|finding| panic!("{finding:?}")) {
        let (locale, file) = page.path.split_once('/').expect("a page lies in the folder of its language");
        let locale = Locale::new(locale).expect("which is named by its tag");
        let read = Read::new(&page.text);
        read.is_safe(spec, &page.text);
        if file == "README.md" {
            assert_eq!(read.headings, [1, 0, 0], "{}", page.text);
            [&spec.title, &spec.vendor].into_iter().for_each(|text| read.has(&literal(text, spec, &locale)));
        } else if file.ends_with(".changes.md") {
            assert_eq!(read.headings, [1, spec.editions.len(), parts_of_editions(spec)], "{}", page.text);
            read.has(&literal(&spec.title, spec, &locale));
            let names = spec.editions.iter().filter_map(|edition| edition.name.as_ref());
            names.for_each(|name| read.has(&literally(name)));
        } else {
            let removed = usize::from(!spec.removed.is_empty());
            assert_eq!(read.headings, [1, spec.groups.len() + removed, spec.errors.len()], "{}", page.text);
            read.has_all(spec, &locale);
        }
    }
}

/// A heading for each kind of change in an edition; the first lists none.
fn parts_of_editions(spec: &Spec) -> usize {
    let parts = spec.editions.iter().skip(1).map(|edition| {
        let parts = [
            edition.added.is_empty(),
            edition.removed.is_empty(),
            edition.renamed.is_empty(),
            edition.changed.is_empty(),
        ];
        parts.into_iter().filter(|empty| !empty).count()
    });
    parts.sum()
}

/// A page as a code host reads it.
struct Read<'t> {
    page: &'t str,
    /// How many of each level.
    headings: [usize; 3],
    /// The text of each block.
    blocks: Vec<String>,
    html: Vec<String>,
    links: Vec<String>,
}

impl<'t> Read<'t> {
    fn new(page: &'t str) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM;
        let mut read =
            Self { page, headings: [0; 3], blocks: vec![String::new()], html: Vec::new(), links: Vec::new() };
        for event in Parser::new_ext(page, options) {
            let block = read.blocks.last_mut().expect("there is one from the start");
            match event {
                Event::Text(text) | Event::Code(text) => block.push_str(&text),
                Event::SoftBreak | Event::HardBreak => block.push(' '),
                Event::Html(html) | Event::InlineHtml(html) => read.html.push(html.trim().to_owned()),
                Event::Start(Tag::Link { dest_url, .. }) => read.links.push(dest_url.to_string()),
                Event::Start(Tag::Heading { level, .. }) => {
                    read.headings[(level as usize - 1).min(2)] += 1;
                    assert!(level as usize <= 3, "{page}");
                    read.blocks.push(String::new());
                }
                Event::Start(Tag::Strong) | Event::End(TagEnd::Strong | TagEnd::Link) => {}
                Event::Start(
                    Tag::Image { .. }
                    | Tag::Emphasis
                    | Tag::Strikethrough
                    | Tag::CodeBlock(_)
                    | Tag::FootnoteDefinition(_),
                )
                | Event::FootnoteReference(_)
                | Event::TaskListMarker(_)
                | Event::Rule => panic!("{event:?} in\n{page}"),
                Event::Start(_) | Event::End(_) => read.blocks.push(String::new()),
                _ => {}
            }
        }
        read.blocks.iter_mut().for_each(|block| *block = squash(block));
        read
    }

    /// There is no other HTML than ours, and links lead to the web, to mail, or to other pages.
    fn is_safe(&self, spec: &Spec, page: &str) {
        let names = spec
            .errors
            .iter()
            .map(|error| &error.name)
            .chain(spec.removed.iter().map(|removed| &removed.name));
        let former = spec.errors.iter().flat_map(|error| &error.aliases);
        let former = former.chain(spec.removed.iter().flat_map(|removed| &removed.aliases));
        let names = names.chain(former);
        let mut ours: HashSet<String> = names.map(|name| format!("<a id=\"{}\">", name.to_kebab())).collect();
        ours.extend(["</a>", "<br>", "<sup>", "</sup>", "</span>"].map(str::to_owned));
        ours.extend(spec.editions.iter().map(|edition| format!("<a id=\"{}\">", edition.date)));
        ours.extend(spec.title.0.keys().map(|locale| format!("<span lang=\"{locale}\">")));
        let mark = page.lines().next().unwrap_or_default();
        let foreign = self.html.iter().find(|html| !ours.contains(*html) && *html != mark);
        assert_eq!(foreign, None, "{page}");
        for href in &self.links {
            let end = href.find(['/', '?', '#']).unwrap_or(href.len());
            let scheme = href[..end].split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
            assert!(
                matches!(scheme.as_deref(), None | Some("http" | "https" | "mailto")),
                "{href} in\n{page}"
            );
            assert!(!href.contains(|c: char| c.is_ascii_control()), "{href:?} in\n{page}");
        }
    }

    /// Some block has the text.
    fn has(&self, text: &str) {
        let text = squash(text);
        let found = self.blocks.iter().any(|block| block.contains(&text));
        assert!(found, "{text:?} is not in\n{:?}\n{}", self.blocks, self.page);
    }

    fn has_all(&self, spec: &Spec, locale: &Locale) {
        self.has(&literal(&spec.title, spec, locale));
        self.has(&literal(&spec.vendor, spec, locale));
        for source in &spec.sources {
            self.has(&literally(&source.file));
            source.edition.iter().for_each(|edition| self.has(&literally(edition)));
        }
        spec.groups.iter().for_each(|Group { title, .. }| self.has(&literal(title, spec, locale)));
        for error in &spec.errors {
            self.has(error.name.as_str());
            error.error.iter().for_each(|text| self.has(text));
            let message = error.message.as_ref();
            message.iter().for_each(|pattern| {
                self.has(&pattern.as_literal().map_or_else(|| pattern.to_string(), str::to_owned));
            });
            let texts =
                error.cases.iter().flat_map(|case| [&case.cause, &case.remedy]).chain([&error.summary]);
            // What is not translated is shown as it is.
            let shown = texts.filter_map(|texts| texts.get(locale).or_else(|| texts.get(&spec.locale)));
            shown.for_each(|text| self.has(&plain(&from_markdown(&text.text, &|_| None).pieces)));
        }
        for removed in &spec.removed {
            self.has(&removed.key);
            removed.edition.iter().for_each(|edition| self.has(&literally(edition)));
        }
    }
}

/// A title, which is plain text.
fn literal(texts: &Localized, spec: &Spec, locale: &Locale) -> String {
    let text = texts.get(locale).or_else(|| texts.get(&spec.locale)).or_else(|| texts.0.values().next());
    literally(text.map_or("", |text| text.text.as_str()))
}

/// Plain text without what shows nothing.
fn literally(text: &str) -> String {
    let mut builder = Builder::default();
    builder.text(text);
    plain(&builder.finish().pieces)
}
