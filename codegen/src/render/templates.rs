//! The templates: built in, and replaced one by one by the user's.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{fs, io};

use im_errors_spec::Locale;
use im_errors_spec::tree::{closest, list};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};

use super::say::translator;
use super::ui::Strings;
use crate::diagnostic::{Finding, cause, rules};
use crate::files::{self, Kind};
use crate::inline::{Builder, Inline, paragraph, to_markdown, to_markdown_beside};
use crate::{Diagnostic, message};

/// The built-in templates by name: those of the documentation, and below `site/` those of the site.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("index.md", include_str!("../../templates/docs/index.md")),
    ("catalog.md", include_str!("../../templates/docs/catalog.md")),
    ("error.md", include_str!("../../templates/docs/error.md")),
    ("languages.md", include_str!("../../templates/docs/languages.md")),
    ("text.md", include_str!("../../templates/docs/text.md")),
    ("site/base.html", include_str!("../../templates/site/base.html")),
    ("site/catalog.html", include_str!("../../templates/site/catalog.html")),
    ("site/changes.html", include_str!("../../templates/site/changes.html")),
    ("site/choose.html", include_str!("../../templates/site/choose.html")),
    ("site/error.html", include_str!("../../templates/site/error.html")),
    ("site/home.html", include_str!("../../templates/site/home.html")),
    ("site/list.html", include_str!("../../templates/site/list.html")),
    ("site/macros.html", include_str!("../../templates/site/macros.html")),
    ("site/redirect.html", include_str!("../../templates/site/redirect.html")),
    ("site/removed.html", include_str!("../../templates/site/removed.html")),
    ("site/search.html", include_str!("../../templates/site/search.html")),
    ("site/rows.html", include_str!("../../templates/site/rows.html")),
    ("site/error.md", include_str!("../../templates/site/error.md")),
    ("site/removed.md", include_str!("../../templates/site/removed.md")),
    ("site/llms.txt", include_str!("../../templates/site/llms.txt")),
    ("site/assets/site.css", include_str!("../../templates/site/assets/site.css")),
    ("site/assets/site.js", include_str!("../../templates/site/assets/site.js")),
    ("site/assets/search.css", include_str!("../../templates/site/assets/search.css")),
    ("site/assets/search.js", include_str!("../../templates/site/assets/search.js")),
    ("site/assets/search/clues.js", include_str!("../../templates/site/assets/search/clues.js")),
    ("site/assets/search/find.js", include_str!("../../templates/site/assets/search/find.js")),
    ("site/assets/search/fold.js", include_str!("../../templates/site/assets/search/fold.js")),
    ("site/assets/icon.svg", include_str!("../../templates/site/assets/icon.svg")),
    ("changes.md", include_str!("../../templates/docs/changes.md")),
    ("related.md", include_str!("../../templates/docs/related.md")),
];

/// Templates by name, with their texts.
pub(crate) type BuiltIn = &'static [(&'static str, &'static str)];

/// The templates in use.
#[derive(Debug, Clone)]
pub struct Templates {
    built_in: BuiltIn,
    folder: Option<PathBuf>,
    own: BTreeMap<String, String>,
}

impl Default for Templates {
    fn default() -> Self {
        Self::built_in(BUILT_IN)
    }
}

impl Templates {
    /// These templates, none of them replaced.
    pub(crate) fn built_in(built_in: BuiltIn) -> Self {
        Self { built_in, folder: None, own: BTreeMap::new() }
    }

    /// The built-in templates, with those in `folder` in place of the ones of the same name.
    ///
    /// # Errors
    /// When the folder or a template in it cannot be read, or a file in it replaces none.
    pub fn with_folder(folder: &Path) -> Result<Self, Box<Finding>> {
        Self::replacing(BUILT_IN, folder)
    }

    /// The same for other templates than those of the documentation.
    pub(crate) fn replacing(built_in: BuiltIn, folder: &Path) -> Result<Self, Box<Finding>> {
        let unreadable = |error: io::Error| {
            let message = match error.kind() {
                ErrorKind::NotFound => message!("there is no such folder of templates"),
                ErrorKind::NotADirectory => message!("it is a file, not a folder of templates"),
                _ => message!("cannot read the templates: {error}", error = cause(&error)),
            };
            let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_TEMPLATES, message);
            Box::new(Finding::new(&folder.display().to_string(), diagnostic))
        };
        let mut own = BTreeMap::new();
        for (name, path) in templates_in(folder, "", built_in).map_err(unreadable)? {
            if !built_in.iter().any(|(built_in, _)| *built_in == name) {
                return Err(unknown(built_in, &path, &name));
            }
            let text = files::text(&path, Kind::Own);
            let text = text.map_err(|wrong| Box::new(Finding::new(&path.display().to_string(), wrong)))?;
            own.insert(name, text);
        }
        Ok(Self { built_in, folder: Some(folder.to_owned()), own })
    }

    /// What the templates of the documentation are rendered in.
    pub(crate) fn environment(&self, strings: &Strings) -> Result<Environment<'_>, Box<Finding>> {
        let mut environment =
            self.plain_environment(strings, |_| AutoEscape::None, |name| !is_of_site(name))?;
        add_markdown_filters(&mut environment);
        Ok(environment)
    }

    /// What the pages of the site in `locale` are rendered in: HTML, which escapes all that is not
    /// known to be safe, and the Markdown beside it.
    pub(crate) fn site_environment(&self, locale: &Locale) -> Result<Environment<'_>, Box<Finding>> {
        let escape = |name: &str| if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None };
        let strings = Strings::of(locale);
        let mut environment = self.plain_environment(&strings, escape, |name| !is_asset(name))?;
        add_markdown_filters(&mut environment);
        Ok(environment)
    }

    /// Every template with the text that is in use.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = |(name, built_in): &(&'static str, &'static str)| {
            (*name, self.own.get(*name).map_or(*built_in, String::as_str))
        };
        self.built_in.iter().map(text)
    }

    /// The files of the site that are no templates, by their path below its root.
    pub(crate) fn assets(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts()
            .filter_map(|(name, text)| Some((name.strip_prefix(SITE).filter(|_| is_asset(name))?, text)))
    }

    /// Whether an asset of that path is the user's.
    pub(crate) fn is_replaced(&self, asset: &str) -> bool {
        self.own.contains_key(&format!("{SITE}{asset}"))
    }

    /// All templates and the strings of `locale`; filters are to be added.
    pub(crate) fn environment_in(
        &self,
        locale: &Locale,
        escape: AutoEscape,
    ) -> Result<Environment<'_>, Box<Finding>> {
        self.plain_environment(&Strings::of(locale), move |_| escape.clone(), |_| true)
    }

    fn plain_environment(
        &self,
        strings: &Strings,
        escape: impl Fn(&str) -> AutoEscape + Send + Sync + 'static,
        is_in: impl Fn(&str) -> bool,
    ) -> Result<Environment<'_>, Box<Finding>> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(escape);
        let syntax =
            SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        // The default syntax is valid, so building it cannot fail.
        environment.set_syntax(syntax.unwrap_or_default());
        environment.add_global("t", translator(strings.clone()));
        for (name, text) in self.texts().filter(|(name, _)| is_in(name)) {
            environment.add_template(name, text).map_err(|error| self.finding(&error))?;
        }
        Ok(environment)
    }

    /// Renders the template `name`.
    pub(crate) fn render(
        &self,
        environment: &Environment<'_>,
        name: &str,
        context: Value,
    ) -> Result<String, Box<Finding>> {
        self.render_as_is(environment, name, context).map(|text| tidy(&text))
    }

    /// The same without touching the spaces, which can be those of a text that is shown as it is.
    pub(crate) fn render_as_is(
        &self,
        environment: &Environment<'_>,
        name: &str,
        context: Value,
    ) -> Result<String, Box<Finding>> {
        let rendered = environment.get_template(name).and_then(|template| template.render(context));
        rendered.map_err(|error| self.finding(&error))
    }

    fn finding(&self, error: &Error) -> Box<Finding> {
        // The innermost error is the one in the template that is wrong.
        let mut innermost = error;
        while let Some(source) =
            std::error::Error::source(innermost).and_then(|source| source.downcast_ref::<Error>())
        {
            innermost = source;
        }
        let name = innermost.name().unwrap_or_default();
        let detail = innermost
            .detail()
            .map_or_else(|| innermost.kind().to_string(), |detail| format!("{}: {detail}", innermost.kind()));
        let source = self.own.get(name);
        let file = match (&self.folder, source) {
            (Some(folder), Some(_)) => folder.join(name).display().to_string(),
            _ => format!("the built-in template {name}"),
        };
        let span =
            source.and_then(|source| innermost.range().or_else(|| line_span(source, innermost.line()?)));
        let message = message!("{template}", template = detail);
        let diagnostic = match span {
            Some(span) => Diagnostic::at(&rules::BROKEN_TEMPLATE, span, message),
            None => Diagnostic::of_file(&rules::BROKEN_TEMPLATE, message),
        };
        Box::new(Finding::new(&file, diagnostic))
    }
}

/// How the names of the site's templates start.
const SITE: &str = "site/";

fn is_of_site(name: &str) -> bool {
    name.starts_with(SITE)
}

/// Whether it is written as it is, and no template.
fn is_asset(name: &str) -> bool {
    name.strip_prefix(SITE).is_some_and(|name| name.starts_with("assets/"))
}

/// The files in `folder` with their names below the first one, in order; those in folders that hold
/// templates as well, as far as `built_in` has any.
fn templates_in(folder: &Path, prefix: &str, built_in: BuiltIn) -> io::Result<Vec<(String, PathBuf)>> {
    let entries: io::Result<Vec<_>> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect();
    let mut paths = entries?;
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file.starts_with('.') {
            continue;
        }
        let name = format!("{prefix}{file}");
        let inner = format!("{name}/");
        if path.is_dir() && built_in.iter().any(|(built_in, _)| built_in.starts_with(&inner)) {
            all.extend(templates_in(&path, &inner, built_in)?);
        } else {
            all.push((name, path));
        }
    }
    Ok(all)
}

fn unknown(built_in: BuiltIn, path: &Path, name: &str) -> Box<Finding> {
    let message = message!("there is no template `{name}` to replace", name);
    let known: Vec<_> = built_in.iter().map(|(name, _)| *name).collect();
    let help = match closest(name, known.iter().copied()) {
        Some(near) => message!("did you mean `{near}`?", near),
        None => message!("there are: {known}", known = list(&known)),
    };
    let diagnostic = Diagnostic::of_file(&rules::UNKNOWN_TEMPLATE, message).with_help(help);
    Box::new(Finding::new(&path.display().to_string(), diagnostic))
}

fn line_span(source: &str, line: usize) -> Option<std::ops::Range<usize>> {
    let start: usize = source.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let length = source.get(start..)?.lines().next().map_or(0, str::len);
    Some(start..start + length)
}

/// What turns values into Markdown.
fn add_markdown_filters(environment: &mut Environment<'_>) {
    environment.add_filter("text", |text: &str| plain(text, None));
    environment.add_filter("link", |text: &str, href: &str| plain(text, Some(href)));
    environment.add_filter("paragraph", |text: &str| paragraph(text));
    environment.add_filter("cell", |text: &str| cell(text));
    environment.add_filter("code", |text: &str| code(text));
    // Texts are inline Markdown already. Code hosts know no ids of headings but their own, which are
    // those of the words.
    environment.add_filter("prose", |text: String| text);
    environment.add_filter("mark", |id: &str| mark(id));
    environment.add_filter("mark_before", |id: &str| mark(id));
    environment.add_filter("mark_behind", |_: &str| "");
}

/// A place that links can lead to.
fn mark(id: &str) -> String {
    format!("<a id=\"{id}\"></a>")
}

/// Inline Markdown that shows plain text, be it in a heading, as a link if it is to lead somewhere.
fn plain(text: &str, href: Option<&str>) -> String {
    let mut builder = Builder::default();
    if let Some(href) = href {
        builder.link_start(href);
    }
    builder.text(text.trim());
    let markdown = to_markdown_beside(&builder.finish().pieces);
    // Behind a heading they would be taken for the end of it.
    match markdown.trim_end_matches('#') {
        text if text.len() < markdown.len() => format!("{text}\\{}", &markdown[text.len()..]),
        _ => markdown,
    }
}

/// Inline Markdown for the cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// A code span that shows `text`, on one line.
fn code(text: &str) -> String {
    to_markdown(&[Inline::Code(text.replace(['\n', '\r'], " "))])
}

/// One empty line at most between paragraphs, none at the ends, no spaces at line ends.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if empty > 0 && !out.is_empty() {
            out.push('\n');
        }
        empty = 0;
        out.push_str(line);
        out.push('\n');
    }
    out
}
