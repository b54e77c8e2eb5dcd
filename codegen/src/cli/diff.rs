//! `im-errors diff`.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use im_errors_codegen::diagnostic::{Finding, cause, rules};
use im_errors_codegen::diff::report::{self, Comparison, Report, Words};
use im_errors_codegen::diff::waivers::Waivers;
use im_errors_codegen::diff::{Verdict, diff};
use im_errors_codegen::editions::{Edition, Revision};
use im_errors_codegen::files::{self, Kind};
use im_errors_codegen::{Diagnostic, Message, Severity, build, message};
use im_errors_spec::Locale;

use super::{Console, Status, page, today, usage};

#[derive(Debug, Args)]
#[command(after_help = "\
A change is breaking (a code removed, renumbered or given another meaning; another name, message or
hole), compatible (added, deprecated, texts and advice reworded) or none (moved to another table).
White space, order, layout and width of punctuation are no changes.

Examples:
  im-errors diff old.md new.md
  im-errors diff specs/vendors/agora-chat/spec.toml page.md --format json
  im-errors diff --since origin/main --format markdown
  im-errors diff --since v1.2.0 jmessage-server --fail-on breaking --waivers waivers.toml")]
pub(crate) struct DiffArguments {
    /// Two files, each a vendor's page or a spec.toml, `-` for standard input; with --since, catalogs
    #[arg(value_name = "OLD NEW | CATALOG", required_unless_present = "since")]
    inputs: Vec<String>,
    /// Compare the spec.toml of catalogs, all if none is named, with what it was at a git revision
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// What is printed to standard output; diagnostics for people go to standard error
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// End with status 4 for a breaking change, or for any change, that is not waived
    #[arg(long, value_enum, value_name = "CHANGES")]
    fail_on: Option<FailOn>,
    /// A TOML file of changes that are accepted, each with a reason and the day until which it is
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// The language of pages, where it is not the one that their name or text shows
    #[arg(long, value_parser = super::locale)]
    locale: Option<Locale>,
    /// The folder with one folder per catalog, for --since
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::CATALOGS)]
    catalogs: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// For a pull request
    Markdown,
    /// Annotations of a GitHub workflow; the Markdown goes to the file $GITHUB_STEP_SUMMARY
    Github,
    /// SARIF 2.1.0, for tools that collect findings
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Breaking,
    Any,
}

impl FailOn {
    /// Whether `on` names changes of which the gravest has this verdict.
    pub(crate) fn fails(on: Option<Self>, verdict: Verdict) -> bool {
        match on {
            Some(Self::Breaking) => verdict == Verdict::Breaking,
            Some(Self::Any) => verdict != Verdict::None,
            None => false,
        }
    }
}

pub(crate) fn run(arguments: &DiffArguments, console: &mut Console<'_>) -> io::Result<Status> {
    if let Some(wrong) = wrong_usage(arguments) {
        usage::refuse("diff", &wrong, console.people);
        return Ok(Status::Usage);
    }
    let Some(mut report) = compare(arguments, console) else {
        return Ok(Status::Failed);
    };
    if let Some(file) = &arguments.waivers {
        if !waive(file, &mut report, console) {
            return Ok(Status::Failed);
        }
    }
    let language = match arguments.format {
        Format::Text | Format::Markdown | Format::Github => console.people,
        Format::Json | Format::Sarif => console.programs,
    };
    let words = Words::of(&language.locale());
    let out = &mut *console.out;
    match arguments.format {
        Format::Text => write!(out, "{}", report::text(&report, &words, colours()))?,
        Format::Json => writeln!(out, "{}", report::print(&report::json(&report)))?,
        Format::Markdown => write!(out, "{}", report::markdown(&report, &words))?,
        Format::Sarif => writeln!(out, "{}", report::print(&report::sarif(&report, &words)))?,
        Format::Github => {
            write!(out, "{}", report::annotations(&report, &words))?;
            if !summarize(&report::markdown(&report, &words), console) {
                return Ok(Status::Failed);
            }
        }
    }
    let failed = FailOn::fails(arguments.fail_on, report.verdict());
    Ok(if failed { Status::Breaking } else { Status::Fine })
}

/// What the parser of arguments cannot say: without `--since` there are two files.
fn wrong_usage(arguments: &DiffArguments) -> Option<Message> {
    match (&arguments.since, arguments.inputs.as_slice()) {
        (Some(_), _) => None,
        (None, [old, new]) if old != "-" || new != "-" => None,
        (None, [_, _]) => Some(message!("only one of the two can be read from standard input")),
        _ => Some(message!("give two files, OLD and NEW, or --since REV")),
    }
}

/// Compares what the arguments name; `None` after saying what is wrong with it.
fn compare(arguments: &DiffArguments, console: &Console<'_>) -> Option<Report> {
    if let Some(revision) = &arguments.since {
        let revision = match Revision::find(&arguments.catalogs, revision) {
            Ok(revision) => revision,
            Err(finding) => return fail("", &[*finding], console),
        };
        let editions = match revision.editions(&arguments.inputs) {
            Ok(editions) => editions,
            Err((text, findings)) => return fail(&text, &findings, console),
        };
        let one = |since: im_errors_codegen::editions::Since| {
            comparison(Some(since.catalog), &since.old, &since.new)
        };
        return Some(Report { comparisons: editions.into_iter().map(one).collect(), by_catalog: true });
    }
    let [old, new] = arguments.inputs.as_slice() else {
        return None;
    };
    // Both are read, so that all that is wrong is said at once.
    let (old, new) = (edition(old, arguments, console), edition(new, arguments, console));
    let (old, new) = (old?, new?);
    let catalog = [&new, &old].into_iter().find(|edition| !edition.is_page);
    let catalog = catalog.map(|edition| edition.spec.catalog.clone());
    Some(Report { comparisons: vec![comparison(catalog, &old, &new)], by_catalog: false })
}

fn comparison(catalog: Option<String>, old: &Edition, new: &Edition) -> Comparison {
    Comparison { catalog, old: old.file.clone(), new: new.file.clone(), changes: diff(old, new) }
}

fn fail<T>(text: &str, findings: &[Finding], console: &Console<'_>) -> Option<T> {
    for finding in findings {
        console.diagnostics(&finding.file, text, std::slice::from_ref(&finding.diagnostic), Severity::Note);
    }
    None
}

fn edition(input: &str, arguments: &DiffArguments, console: &Console<'_>) -> Option<Edition> {
    let path = Path::new(input);
    let name = page::name(path, console);
    let bytes = match page::bytes(path) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return fail("", &[Finding::new(&name, diagnostic)], console),
    };
    match Edition::of(&name, &bytes, arguments.locale.as_ref()) {
        Ok(opened) => {
            console.diagnostics(&name, &opened.text, &opened.diagnostics, Severity::Warning);
            Some(opened.edition)
        }
        Err((text, diagnostics)) => {
            console.diagnostics(&name, &text, &diagnostics, Severity::Note);
            None
        }
    }
}

/// Applies a file of waivers; false after saying what is wrong with it.
fn waive(file: &Path, report: &mut Report, console: &Console<'_>) -> bool {
    let name = build::shown(file);
    let text = match files::text(file, Kind::Own) {
        Ok(text) => text,
        Err(diagnostic) => {
            console.fail(&Finding::new(&name, diagnostic));
            return false;
        }
    };
    let mut waivers = match Waivers::parse(&text) {
        Ok(waivers) => waivers,
        Err(problems) => {
            let diagnostics: Vec<_> = problems.into_iter().map(Diagnostic::from).collect();
            console.diagnostics(&name, &text, &diagnostics, Severity::Note);
            return false;
        }
    };
    let today = today::today();
    for one in &mut report.comparisons {
        waivers.apply(one.catalog.as_deref(), today, &mut one.changes.list);
    }
    console.diagnostics(&name, &text, &waivers.findings(today), Severity::Note);
    true
}

/// Adds the report to the summary of the workflow's step, where there is one; false after saying
/// why it cannot be written.
fn summarize(markdown: &str, console: &Console<'_>) -> bool {
    let Some(path) = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return true;
    };
    let path = PathBuf::from(path);
    let file = OpenOptions::new().append(true).create(true).open(&path);
    match file.and_then(|mut file| file.write_all(markdown.as_bytes())) {
        Ok(()) => true,
        Err(error) => {
            let message = message!("cannot write it: {error}", error = cause(&error));
            let diagnostic = Diagnostic::of_file(&rules::UNWRITABLE_FILE, message);
            console.fail(&Finding::new(&build::shown(&path), diagnostic));
            false
        }
    }
}

pub(crate) fn colours() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}
