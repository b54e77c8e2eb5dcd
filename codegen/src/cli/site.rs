//! `im-errors site`.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::Args;
use im_errors_codegen::build::{self, Catalogs, SITE, write_site};
use im_errors_codegen::diagnostic::Finding;
use im_errors_codegen::render::Templates;
use im_errors_codegen::site::Site;
use im_errors_codegen::{Severity, message};

use super::{Console, Status};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  im-errors site
  im-errors site --out public --base https://example.com/errors/")]
pub(crate) struct SiteArguments {
    /// The folder for the site
    #[arg(long, value_name = "DIR", default_value = SITE)]
    out: PathBuf,
    /// The address that the site will have; with it there is a sitemap, and links for search engines are whole
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// Templates that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = build::CATALOGS)]
    catalogs: PathBuf,
}

pub(crate) fn run(arguments: &SiteArguments, console: &mut Console<'_>) -> io::Result<Status> {
    match make(arguments) {
        Ok((files, written)) => {
            let path = build::shown(&arguments.out);
            console.print(&message!(
                "{path}: {n} {n:file|files}, {written} written",
                path,
                n = files,
                written
            ))?;
            Ok(Status::Fine)
        }
        Err(finding) => {
            let text = fs::read_to_string(&finding.file).unwrap_or_default();
            console.diagnostics(
                &finding.file,
                &text,
                std::slice::from_ref(&finding.diagnostic),
                Severity::Note,
            );
            Ok(Status::Failed)
        }
    }
}

fn make(arguments: &SiteArguments) -> Result<(usize, usize), Box<Finding>> {
    let catalogs = Catalogs::find(&arguments.catalogs)?;
    let mut specs = Vec::new();
    for id in catalogs.ids() {
        specs.extend(catalogs.spec_as_it_stands(id)?);
    }
    let templates =
        arguments.templates.as_deref().map(Templates::with_folder).transpose()?.unwrap_or_default();
    let files = Site::new(&specs, &templates, arguments.base.as_deref())?.files()?;
    let written = write_site(&arguments.out, &files)?;
    Ok((files.len(), written))
}
