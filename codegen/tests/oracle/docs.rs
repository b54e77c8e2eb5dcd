//! Rendered pages as pulldown-cmark reads them.

use std::collections::HashSet;

use im_errors_codegen::inline::{Builder, from_markdown, plain};
use im_errors_codegen::render::{Catalog, Templates, docs};
use im_errors_spec::{EditionRecord, Fact, Group, Locale, Localized, Pattern, Spec};
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
        assert_eq!(read.code_blocks, 0, "{}", page.text);
        if file == "README.md" {
            assert_eq!(read.headings, [1, 0, 0], "{}", page.text);
            let texts = [&spec.title, &spec.vendor].map(|text| literal(text, spec, &locale));
            obeys_nothing_and_says(spec, &page.text, 0, &texts.each_ref().map(String::as_str));
        } else if file.ends_with(".changes.md") {
            read.has_all_changes(spec, &locale);
        } else {
            let removed = usize::from(!spec.removed.is_empty());
            assert_eq!(read.headings, [1, spec.groups.len() + removed, spec.errors.len()], "{}", page.text);
            read.has_all(spec, &locale);
        }
    }
}

/// A page of Markdown obeys nothing of the spec, has so many blocks of code, and says these texts.
///
/// # Panics
/// Where it does not.
pub(crate) fn obeys_nothing_and_says(spec: &Spec, page: &str, code_blocks: usize, texts: &[&str]) {
    let read = Read::new(page);
    read.is_safe(spec, page);
    assert_eq!(read.code_blocks, code_blocks, "{page}");
    texts.iter().for_each(|text| read.has(text));
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
    code_blocks: usize,
}

impl<'t> Read<'t> {
    fn new(page: &'t str) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM;
        let mut read = Self {
            page,
            headings: [0; 3],
            blocks: vec![String::new()],
            html: Vec::new(),
            links: Vec::new(),
            code_blocks: 0,
        };
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
                Event::Start(Tag::CodeBlock(_)) => {
                    read.code_blocks += 1;
                    read.blocks.push(String::new());
                }
                Event::Start(Tag::Strong) | Event::End(TagEnd::Strong | TagEnd::Link) => {}
                Event::Start(
                    Tag::Image { .. } | Tag::Emphasis | Tag::Strikethrough | Tag::FootnoteDefinition(_),
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
        let errors = spec.errors.iter().map(|error| (&error.name, &error.aliases));
        let removed = spec.removed.iter().map(|removed| (&removed.name, &removed.aliases));
        let names = errors.chain(removed).flat_map(|(name, aliases)| aliases.iter().chain([name]));
        let mut ours: HashSet<String> = names.map(|name| format!("<a id=\"{}\">", name.to_kebab())).collect();
        ours.extend(spec.editions.iter().map(|record| format!("<a id=\"{}\">", record.date)));
        ours.extend(["</a>", "<br>", "<sup>", "</sup>", "</span>"].map(str::to_owned));
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

    /// The record of editions: the first one lists nothing, for all of it is new.
    fn has_all_changes(&self, spec: &Spec, locale: &Locale) {
        let lists = |record: &EditionRecord| {
            let lengths =
                [record.added.len(), record.removed.len(), record.renamed.len(), record.changed.len()];
            lengths.into_iter().filter(|length| *length > 0).count()
        };
        let lists = spec.editions.iter().skip(1).map(lists).sum();
        assert_eq!(self.headings, [1, spec.editions.len(), lists], "{}", self.page);
        self.has(&literal(&spec.title, spec, locale));
        let names = spec.editions.iter().filter_map(|record| record.name.as_ref());
        names.for_each(|name| self.has(&literally(name)));
        for record in spec.editions.iter().skip(1) {
            for was in record.changed.iter().flat_map(|changed| &changed.was) {
                match was {
                    // Whoever writes a spec by hand need not write a pattern.
                    (Fact::Message, text) => {
                        let pattern = Pattern::parse(text).ok();
                        self.has(&pattern.as_ref().map_or_else(|| text.clone(), message));
                    }
                    (_, text) => self.has(text),
                }
            }
        }
        // They may have other names by now.
        let history = spec.history();
        for (index, record) in spec.editions.iter().enumerate().skip(1) {
            let now = |name| history.name_now(index, name);
            let added = record.added.iter().map(now);
            for error in added.filter_map(|name| spec.errors.iter().find(|error| error.name == *name)) {
                let text = error.summary.get(locale).or_else(|| error.summary.get(&spec.locale));
                text.iter().for_each(|text| self.has(&plain(&from_markdown(&text.text, &|_| None).pieces)));
            }
            let removed = record.removed.iter().map(now);
            for one in removed.filter_map(|name| spec.removed.iter().find(|one| one.name == *name)) {
                self.has(&one.key);
            }
        }
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
            error.message.iter().for_each(|pattern| self.has(&message(pattern)));
            let texts = error.cases.iter().flat_map(|case| [&case.cause, &case.remedy]);
            // What is not translated is shown as it is.
            let shown = texts.chain([&error.summary]);
            for text in shown.filter_map(|texts| texts.get(locale).or_else(|| texts.get(&spec.locale))) {
                self.has(&plain(&from_markdown(&text.text, &|_| None).pieces));
            }
        }
        for removed in &spec.removed {
            self.has(&removed.key);
            removed.edition.iter().for_each(|edition| self.has(&literally(edition)));
        }
    }
}

/// A message as readers see it: literal, with its holes in braces.
fn message(pattern: &Pattern) -> String {
    pattern.as_literal().map_or_else(|| pattern.to_string(), str::to_owned)
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
