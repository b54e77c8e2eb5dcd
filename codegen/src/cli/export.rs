//! `im-errors export`.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use im_errors_codegen::build::{self, Catalogs};
use im_errors_codegen::diagnostic::{Finding, rules};
use im_errors_codegen::explain::shipped;
use im_errors_codegen::export::{Form, Language, SCHEMA, Sources, export};
use im_errors_codegen::resolve::SPEC_FILE;
use im_errors_codegen::{Diagnostic, Severity, files, message};
use im_errors_spec::{Locale, Spec};

use super::{Console, Status};

#[derive(Debug, Args)]
#[command(after_help = "\
docs/export.md describes the formats. Without a folder of catalogs, those that come with
im-errors are exported.

Examples:
  im-errors export jmessage-server --format typescript --output src/imErrors.ts
  im-errors export agora-chat --format kotlin --locale zh
  im-errors export --format json-schema")]
pub(crate) struct ExportArguments {
    /// The catalog; `json-schema` is the same for all and needs none
    #[arg(required_if_eq_any = EXPORTS_OF_ONE)]
    catalog: Option<String>,
    /// What is made of it
    #[arg(long, value_enum)]
    format: Format,
    /// The language of comments, and of the texts where a format has one language only
    #[arg(long, value_parser = super::locale, default_value = "en")]
    locale: Locale,
    /// The file to write; standard output if it is left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Templates that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The folder with one folder per catalog; specs/vendors if that is here
    #[arg(long, value_name = "DIR")]
    catalogs: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// All there is, in all languages
    Json,
    /// The JSON Schema of `json`
    JsonSchema,
    /// A table for spreadsheets
    Csv,
    /// OpenAPI 3.1 components: schemas, responses, examples
    Openapi,
    /// A module with a typed object
    Typescript,
    /// An enum class
    Kotlin,
    /// An enum
    Swift,
    /// A package with typed constants
    Go,
}

/// The formats that are made of a catalog.
const EXPORTS_OF_ONE: [(&str, &str); 7] = [
    ("format", "json"),
    ("format", "csv"),
    ("format", "openapi"),
    ("format", "typescript"),
    ("format", "kotlin"),
    ("format", "swift"),
    ("format", "go"),
];

pub(crate) fn run(arguments: &ExportArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let text = match text(arguments) {
        Ok(text) => text,
        Err(finding) => return Ok(fail(&finding, console)),
    };
    match &arguments.output {
        None => write!(console.out, "{text}")?,
        Some(path) => {
            if let Err(finding) = build::replace(path, &text) {
                return Ok(fail(&finding, console));
            }
            console.print(&message!("wrote {path}", path = build::shown(path)))?;
        }
    }
    Ok(Status::Fine)
}

/// Shows what is wrong where it stands, which can be in a template of the user's.
fn fail(finding: &Finding, console: &Console<'_>) -> Status {
    let text = files::text_to_show(Path::new(&finding.file));
    console.diagnostics(&finding.file, &text, std::slice::from_ref(&finding.diagnostic), Severity::Note);
    Status::Failed
}

fn text(arguments: &ExportArguments) -> Result<String, Box<Finding>> {
    let form = match arguments.format {
        // It is the same for every catalog.
        Format::JsonSchema => return Ok(SCHEMA.to_owned()),
        Format::Json => Form::Json,
        Format::Csv => Form::Csv,
        Format::Openapi => Form::OpenApi,
        Format::Typescript => Form::Code(Language::TypeScript),
        Format::Kotlin => Form::Code(Language::Kotlin),
        Format::Swift => Form::Code(Language::Swift),
        Format::Go => Form::Code(Language::Go),
    };
    let sources = arguments.templates.as_deref().map(Sources::with_folder).transpose()?.unwrap_or_default();
    let id = arguments.catalog.as_deref().unwrap_or_default();
    export(&spec(id, arguments.catalogs.as_deref())?, form, &arguments.locale, &sources)
}

/// The catalog's spec: from the folder of catalogs, else from those that come with the tool.
fn spec(id: &str, folder: Option<&Path>) -> Result<Spec, Box<Finding>> {
    let catalogs = match folder {
        Some(folder) => Catalogs::find(folder)?,
        None => match Catalogs::find(Path::new(build::CATALOGS)) {
            Ok(catalogs) => catalogs,
            Err(_) => return of_the_tool(id),
        },
    };
    catalogs.require(id)?;
    catalogs.spec_as_it_stands(id)?.ok_or_else(|| {
        let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_FILE, message!("there is no such file"));
        let help = message!("run `im-errors build {id}` first", id);
        let path = build::shown(&catalogs.folder(id).join(SPEC_FILE));
        Box::new(Finding::new(&path, diagnostic.with_help(help)))
    })
}

fn of_the_tool(id: &str) -> Result<Spec, Box<Finding>> {
    let specs = shipped();
    let ids: Vec<_> = specs.iter().map(|spec| spec.catalog.clone()).collect();
    specs.into_iter().find(|spec| spec.catalog == id).ok_or_else(|| {
        let message = message!(
            "there is no catalog `{id}`: no folder of catalogs is here, and im-errors has none of that name",
            id
        );
        let help = message!("im-errors has {known}; `--catalogs DIR` names a folder of others", known = ids);
        let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_FILE, message).with_help(help);
        Box::new(Finding::new(build::CATALOGS, diagnostic))
    })
}
