//! `im-errors site`.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use im_errors_codegen::build::{self, SITE, SiteDone, SiteLayout};
use im_errors_codegen::diagnostic::Finding;
use im_errors_codegen::embed::{Embedding, FolderName, FolderPath, Tool};
use im_errors_codegen::{Message, Severity, files, message};
use im_errors_spec::Locale;

use super::console::nothing_written;
use super::{Console, Status};

#[derive(Debug, Args)]
#[command(after_help = "\
The site is made of the spec.toml of each catalog as it stands; `im-errors build` makes it as well.
Only what changed is written. Files in the folder that im-errors did not write are left alone.
docs/embedding.md tells how pages get into a site that mdBook, VitePress or Docusaurus makes.

Examples:
  im-errors site
  im-errors site --format vitepress --out docs
  im-errors site --out public --base https://example.com/errors/")]
pub(crate) struct SiteArguments {
    /// What is made: a whole site, or Markdown for a site that another tool makes
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,
    /// The folder for the site
    #[arg(long, value_name = "DIR", default_value = SITE)]
    out: PathBuf,
    /// The folder of the pages inside the site (vitepress, docusaurus) [default: errors]
    #[arg(long, value_name = "PATH", value_parser = FolderPath::new)]
    below: Option<FolderPath>,
    /// The language that has no folder of its own (vitepress, docusaurus) [default: en]
    #[arg(long, value_name = "LOCALE", value_parser = super::locale)]
    main: Option<Locale>,
    /// The folder of a language, if it is not called by its tag (mdbook, vitepress, docusaurus)
    #[arg(long, value_name = "LOCALE=NAME", value_parser = folder)]
    folder: Vec<(Locale, FolderName)>,
    /// The address that the site will have; there is a sitemap then
    #[arg(long, value_name = "URL", value_parser = address)]
    base: Option<String>,
    /// Write nothing; fail with status 3 if a file is not as it would be written
    #[arg(long)]
    check: bool,
    /// Templates that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = build::CATALOGS)]
    catalogs: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A static site
    Html,
    /// A book for each language
    Mdbook,
    /// Pages below the source of a VitePress site
    Vitepress,
    /// Pages below `docs` and `i18n` of a Docusaurus site
    Docusaurus,
}

impl Format {
    fn tool(self) -> Option<Tool> {
        match self {
            Self::Html => None,
            Self::Mdbook => Some(Tool::MdBook),
            Self::Vitepress => Some(Tool::VitePress),
            Self::Docusaurus => Some(Tool::Docusaurus),
        }
    }
}

impl SiteArguments {
    /// The first option that says nothing about the format.
    fn idle(&self) -> Option<&'static str> {
        let is_in_site = matches!(self.format, Format::Vitepress | Format::Docusaurus);
        let options = [
            ("--base", self.base.is_some() && self.format != Format::Html),
            ("--below", self.below.is_some() && !is_in_site),
            ("--main", self.main.is_some() && !is_in_site),
            ("--folder", !self.folder.is_empty() && self.format == Format::Html),
        ];
        options.into_iter().find_map(|(option, is_idle)| is_idle.then_some(option))
    }

    fn embedding(&self) -> Option<Embedding> {
        Some(Embedding {
            tool: self.format.tool()?,
            below: self.below.clone().unwrap_or_default(),
            main: self.main.clone().unwrap_or_else(Locale::english),
            folders: self.folder.iter().cloned().collect(),
        })
    }
}

pub(crate) fn run(arguments: &SiteArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let layout = SiteLayout {
        catalogs: arguments.catalogs.clone(),
        out: arguments.out.clone(),
        templates: arguments.templates.clone(),
        base: arguments.base.clone(),
    };
    if let Some(option) = arguments.idle() {
        console.say(&message!("`{option}` says nothing about this format: leave it out", option));
        return Ok(Status::Failed);
    }
    let embedding = arguments.embedding();
    if !arguments.check {
        return match &embedding {
            Some(embedding) => embedded(&layout, embedding, console),
            None => made(&layout, console),
        };
    }
    let drift = match &embedding {
        Some(embedding) => build::embed_drift(&layout, embedding),
        None => build::site_drift(&layout, None),
    };
    match drift {
        Ok(drift) if drift.is_empty() => {
            console.print(&message!("all files up to date"))?;
            Ok(Status::Fine)
        }
        Ok(drift) => {
            super::build::say_drift(&drift, console);
            Ok(Status::Drift)
        }
        Err(finding) => Ok(fail(&finding, console)),
    }
}

/// Makes the site and says what that took.
pub(crate) fn made(layout: &SiteLayout, console: &mut Console<'_>) -> io::Result<Status> {
    let done = match build::site(layout, None) {
        Ok(done) => done,
        Err(finding) => return Ok(fail(&finding, console)),
    };
    let path = build::shown(&layout.out);
    let SiteDone { files: n, written, removed } = done;
    console.print(&match (written, removed) {
        (0, 0) => message!("site in {path}: {n} {n:file|files}, all up to date", path, n),
        (written, 0) => message!("site in {path}: {n} {n:file|files}, {written} written", path, n, written),
        (written, removed) => message!(
            "site in {path}: {n} {n:file|files}, {written} written, {removed} removed",
            path,
            n,
            written,
            removed
        ),
    })?;
    Ok(Status::Fine)
}

/// Writes the pages for another tool and says what that took.
fn embedded(layout: &SiteLayout, embedding: &Embedding, console: &mut Console<'_>) -> io::Result<Status> {
    let SiteDone { files: n, written, removed } = match build::embed(layout, embedding) {
        Ok(done) => done,
        Err(finding) => return Ok(fail(&finding, console)),
    };
    let path = build::shown(&layout.out);
    console.print(&message!(
        "pages in {path}: {n} {n:file|files}, {written} written, {removed} removed",
        path,
        n,
        written,
        removed
    ))?;
    Ok(Status::Fine)
}

/// Shows what is wrong where it stands, which can be in a template of the user's.
pub(crate) fn fail(finding: &Finding, console: &Console<'_>) -> Status {
    let text = files::text_to_show(Path::new(&finding.file));
    console.diagnostics(&finding.file, &text, std::slice::from_ref(&finding.diagnostic), Severity::Note);
    Status::Failed
}

/// The finding for which nothing was written.
pub(crate) fn fail_unwritten(finding: &Finding, console: &Console<'_>) -> Status {
    let status = fail(finding, console);
    console.say(&nothing_written());
    status
}

/// `zh=zh-Hans`.
fn folder(text: &str) -> Result<(Locale, FolderName), Message> {
    let pair = text.split_once('=').and_then(|(tag, name)| Some((Locale::new(tag)?, FolderName::new(name)?)));
    pair.ok_or_else(|| message!("write a language and a folder, as in `zh=zh-Hans`"))
}

/// The address of a site: whole, and nothing but a place.
fn address(text: &str) -> Result<String, Message> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_place = |rest: &str| {
        !rest.is_empty()
            && rest.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/:%@!$()*+,;=[]".contains(c))
    };
    if host.is_some_and(|rest| is_place(rest) && !rest.starts_with('/')) {
        return Ok(text.to_owned());
    }
    Err(message!("write the address of a folder, as in `https://example.com/errors/`"))
}
