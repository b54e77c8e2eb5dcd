//! `im-errors site`.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::Args;
use im_errors_codegen::build::{self, SITE, SiteDone, SiteLayout};
use im_errors_codegen::diagnostic::Finding;
use im_errors_codegen::{Message, Severity, message};

use super::console::nothing_written;
use super::{Console, Status};

#[derive(Debug, Args)]
#[command(after_help = "\
The site is made of the spec.toml of each catalog as it stands; `im-errors build` makes it as well.
Only what changed is written. Files in the folder that im-errors did not write are left alone.

Examples:
  im-errors site
  im-errors site --out public --base https://example.com/errors/")]
pub(crate) struct SiteArguments {
    /// The folder for the site
    #[arg(long, value_name = "DIR", default_value = SITE)]
    out: PathBuf,
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

pub(crate) fn run(arguments: &SiteArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let layout = SiteLayout {
        catalogs: arguments.catalogs.clone(),
        out: arguments.out.clone(),
        templates: arguments.templates.clone(),
        base: arguments.base.clone(),
    };
    if !arguments.check {
        return made(&layout, console);
    }
    match build::site_drift(&layout, None) {
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

/// Shows what is wrong where it stands, which can be in a template of the user's.
pub(crate) fn fail(finding: &Finding, console: &Console<'_>) -> Status {
    let text = fs::read_to_string(&finding.file).unwrap_or_default();
    console.diagnostics(&finding.file, &text, std::slice::from_ref(&finding.diagnostic), Severity::Note);
    Status::Failed
}

/// The finding for which nothing was written.
pub(crate) fn fail_unwritten(finding: &Finding, console: &Console<'_>) -> Status {
    let status = fail(finding, console);
    console.say(&nothing_written());
    status
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
