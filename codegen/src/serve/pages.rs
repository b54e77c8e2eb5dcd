//! The page that is asked for: that of the site, or one that says what is wrong.
//!
//! One thread makes all pages, each when it is first asked for. A site borrows what it is made of, so
//! that thread keeps both until it is given something new.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};

use im_errors_spec::Locale;
use minijinja::AutoEscape;
use minijinja::value::Value;
use textwrap::core::display_width;

use super::reload::{SCRIPT, with_script};
use super::workshop::Content;
use crate::build::Report;
use crate::diagnostic::{Diagnostic, Excerpt};
use crate::render::values::{Fields, list, object};
use crate::render::{BuiltIn, Templates, is_hidden};
use crate::site::{Site, catalog_folder, fit, short};
use crate::{Dictionary, message};

/// What is asked of the thread that makes pages.
pub(super) enum Ask {
    /// What is at a path: as it was asked for, and what that means.
    Page { asked: String, path: String, reply: SyncSender<Arc<Answer>> },
    /// From now on, pages are made of this.
    Content(Box<Content>),
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    /// Where the page is instead.
    pub(super) location: Option<String>,
    pub(super) body: String,
    /// Tells whether somebody who has seen an answer has seen this one.
    pub(super) digest: String,
}

const HTML: &str = "text/html; charset=utf-8";

/// The server's own pages. No template of the user's takes their place: they say what is wrong with
/// those.
const OWN: BuiltIn = &[
    ("base.html", include_str!("../../templates/serve/base.html")),
    ("fault.html", include_str!("../../templates/serve/fault.html")),
    ("missing.html", include_str!("../../templates/serve/missing.html")),
];

/// The server's own files.
const FILES: [(&str, &str); 2] = [
    (SCRIPT, include_str!("../../templates/serve/reload.js")),
    ("/~serve.css", include_str!("../../templates/serve/serve.css")),
];

/// Answers until nobody can ask any more. A template that fails on one page only is told to `failed`.
pub(super) fn make(asks: &Receiver<Ask>, first: Content, language: &Dictionary, failed: &dyn Fn(Report)) {
    let own = Templates::built_in(OWN);
    let mut content = Some(first);
    while let Some(now) = content.take() {
        // That templates cannot be read is among the faults already.
        let site = Site::new(&now.specs, &now.templates, None).ok();
        let assets: String = now.templates.assets().map(|(_, text)| text).collect();
        let press = Press { content: &now, site, assets: short(&assets), own: &own, language, failed };
        content = press.answer(asks);
    }
}

/// What pages are made with.
struct Press<'a> {
    content: &'a Content,
    site: Option<Site<'a>>,
    /// The digest of what all pages have in common.
    assets: String,
    own: &'a Templates,
    language: &'a Dictionary,
    failed: &'a dyn Fn(Report),
}

impl Press<'_> {
    /// Answers until there is something new to make pages of.
    fn answer(&self, asks: &Receiver<Ask>) -> Option<Content> {
        let mut made: HashMap<String, Arc<Answer>> = HashMap::new();
        for ask in asks {
            let (asked, path, reply) = match ask {
                Ask::Content(content) => return Some(*content),
                Ask::Page { asked, path, reply } => (asked, path, reply),
            };
            let answer = made.get(&asked).cloned().unwrap_or_else(|| {
                let answer = Arc::new(self.at(&asked, &path));
                // There is no end of paths that nothing is at.
                if matches!(answer.status, 200 | 500) {
                    made.insert(asked, Arc::clone(&answer));
                }
                answer
            });
            // Who asked may have gone.
            let _ = reply.send(answer);
        }
        None
    }

    fn at(&self, asked: &str, path: &str) -> Answer {
        if let Some((name, text)) = FILES.iter().find(|(name, _)| *name == path) {
            return self.finish(asked, 200, kind(name), (*text).to_owned());
        }
        let name = path.strip_prefix('/').unwrap_or(path);
        let file = if name.is_empty() || name.ends_with('/') {
            format!("{name}index.html")
        } else {
            name.to_owned()
        };
        let faults = self.faults_at(&file);
        if !faults.is_empty() {
            return self.fault(asked, path, &faults);
        }
        match self.file(&file) {
            Ok(Some(text)) => self.finish(asked, 200, kind(&file), text),
            Ok(None) if self.file(&format!("{file}/index.html")).is_ok_and(|there| there.is_some()) => {
                Answer {
                    location: Some(format!("{asked}/")),
                    ..self.finish(asked, 307, "text/plain; charset=utf-8", String::new())
                }
            }
            Ok(None) => {
                let languages = self.locales().map(|locale| format!("/{locale}/"));
                let home = languages.into_iter().find(|home| path.starts_with(home.as_str()));
                let fields = [("home", home.as_deref().unwrap_or("/").into()), ("path", shown(path).into())];
                self.finish(asked, 404, HTML, self.own_page("missing.html", path, fields))
            }
            Err(report) => {
                let page = self.fault(asked, path, &[&report]);
                (self.failed)(report);
                page
            }
        }
    }

    /// A file of the site.
    fn file(&self, path: &str) -> Result<Option<String>, Report> {
        let Some(site) = &self.site else { return Ok(None) };
        let file = site.file(path).map_err(|finding| Report::of(*finding))?;
        Ok(file.map(|file| file.text))
    }

    fn locales(&self) -> impl Iterator<Item = &Locale> {
        self.site.iter().flat_map(|site| site.locales())
    }

    /// What keeps the page at a path from being as it should: what is wrong with its catalog, or on
    /// pages of all catalogs with any. Data are those of the last time that all was well.
    fn faults_at(&self, file: &str) -> Vec<&Report> {
        let parts: Vec<_> = file.split('/').collect();
        let name = parts.last().copied().unwrap_or_default();
        let is_page = !name.contains('.') || name.ends_with(".html") || name.ends_with(".md");
        let faults = self.content.faults.iter().filter(|fault| {
            let Some(id) = &fault.catalog else {
                return is_page;
            };
            match parts.as_slice() {
                ["index.html"] | [_, "index.html" | "index.md" | "by-code.html" | "by-name.html"] => true,
                [_, folder, ..] => *folder == catalog_folder(id) && is_page && parts[0] != "data",
                _ => false,
            }
        });
        faults.flat_map(|fault| &fault.reports).collect()
    }

    fn fault(&self, asked: &str, path: &str, reports: &[&Report]) -> Answer {
        /// More than these nobody reads.
        const MOST: usize = 50;
        let language = self.language_of(path);
        let pairs =
            reports.iter().flat_map(|report| report.diagnostics.iter().map(move |one| (*report, one)));
        let mut pairs: Vec<_> = pairs.collect();
        // What keeps the page from being made comes first; notes have no part in it.
        pairs.sort_by_key(|(_, diagnostic)| diagnostic.severity);
        pairs.retain(|(_, diagnostic)| diagnostic.severity < crate::Severity::Note);
        let more = pairs.len().saturating_sub(MOST);
        let shown = pairs.iter().take(MOST).map(|(report, diagnostic)| view(&language, report, diagnostic));
        let fields = [("diagnostics", list(shown)), ("more", more.into())];
        self.finish(asked, 500, HTML, self.own_page("fault.html", path, fields))
    }

    fn own_page<const N: usize>(
        &self,
        template: &str,
        path: &str,
        fields: [(&'static str, Value); N],
    ) -> String {
        let language = self.language_of(path);
        let locale = language.locale();
        let mut values = Fields::from(fields);
        values.insert("locale", locale.as_str().into());
        let environment = self.own.environment_in(&locale, AutoEscape::Html);
        let page = environment.and_then(|mut environment| {
            fit(&mut environment);
            self.own.render_as_is(&environment, template, Value::from(values))
        });
        // These templates work, which the tests see to.
        page.unwrap_or_else(|finding| language.render(&finding.diagnostic.message))
    }

    /// The language of the tool that is nearest to that of a path.
    fn language_of(&self, path: &str) -> Dictionary {
        let tag = path.split('/').nth(1).unwrap_or_default();
        match Locale::new(tag).filter(|locale| self.locales().any(|known| known == locale)) {
            Some(locale) => Dictionary::of(&locale),
            None if tag == "zh" || tag.starts_with("zh-") => Dictionary::chinese(),
            None if tag == "en" => Dictionary::english(),
            None => self.language.clone(),
        }
    }

    fn finish(&self, asked: &str, status: u16, kind: &'static str, text: String) -> Answer {
        let digest = format!("{}{}", self.assets, short(&text));
        let body = if kind == HTML { with_script(&text, asked, &digest) } else { text };
        Answer { status, kind, location: None, body, digest }
    }
}

/// What the page of faults shows of a diagnostic.
fn view(language: &Dictionary, report: &Report, diagnostic: &Diagnostic) -> Value {
    let excerpt = diagnostic.span.clone().and_then(|span| Excerpt::of(&report.text, span));
    let place = match &excerpt {
        Some(excerpt) => format!("{}:{}:{}", report.file, excerpt.line, excerpt.column),
        None => report.file.clone(),
    };
    let line = |excerpt: &Excerpt<'_>| {
        let marked = shown(&excerpt.text[excerpt.span.clone()]);
        object([
            ("number", excerpt.line.into()),
            ("before", shown(&excerpt.text[..excerpt.span.start]).into()),
            ("carets", "^".repeat(display_width(&marked).max(1)).into()),
            ("marked", marked.into()),
            ("after", shown(&excerpt.text[excerpt.span.end..]).into()),
        ])
    };
    object([
        ("severity", diagnostic.severity.as_str().into()),
        ("word", language.render(&diagnostic.severity.word()).into()),
        ("code", diagnostic.code.into()),
        ("message", shown(&language.render(&diagnostic.message)).into()),
        ("place", shown(&place).into()),
        ("line", excerpt.as_ref().map_or(Value::from(()), line)),
        ("help_word", language.render(&message!("help")).into()),
        ("help", shown(&language.render(&diagnostic.help)).into()),
    ])
}

/// A text of which nothing can be hidden on a page.
fn shown(text: &str) -> String {
    text.replace(|c| is_hidden(c) && c != '\t', "\u{fffd}")
}

fn kind(file: &str) -> &'static str {
    match file.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => HTML,
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("md") => "text/markdown; charset=utf-8",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("xml") => "application/xml; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}
