//! `im-errors update`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use im_errors_codegen::build::{self, Catalogs, DriftKind, Layout, Plan, Report, Source, Updated};
use im_errors_codegen::diagnostic::Finding;
use im_errors_codegen::diff::report::{self, Comparison, Words};
use im_errors_codegen::diff::{Changes, diff};
use im_errors_codegen::fetch::{self, Fetched, Limits, Validators};
use im_errors_codegen::files::{self, Kind};
use im_errors_codegen::resolve::CATALOG_FILE;
use im_errors_codegen::update::{check, known::Known};
use im_errors_codegen::{Message, Severity, message};
use im_errors_spec::Date;

use super::diff::{FailOn, colours};
use super::{Console, Status, page, today, usage};

#[derive(Debug, Args)]
#[command(after_help = "\
Fetches each source that has a `url` in catalog.toml, shows what changed, and writes the page,
the spec and the documentation; of one catalog all of them or none. A page that lost its errors
or most of them is refused: it may be a captcha or an error page. A catalog that fails does not
keep the others from being updated. What servers say of their pages is kept in
target/im-errors, so that a page that did not change is not sent again.

Examples:
  im-errors update
  im-errors update jmessage-server --dry-run
  im-errors update agora-chat --from saved.html
  im-errors update --fail-on breaking")]
pub(crate) struct UpdateArguments {
    /// The catalogs; all if none is named
    #[arg(value_name = "CATALOG")]
    names: Vec<String>,
    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take pages also if their errors or most of them are gone
    #[arg(long)]
    accept: bool,
    /// A page saved by hand or from a browser instead of fetching it, for one catalog; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The file of the source that --from is for, where the catalog has several
    #[arg(long, value_name = "FILE", requires = "from")]
    source: Option<String>,
    /// End with status 4 after a breaking change, or after any change
    #[arg(long, value_enum, value_name = "CHANGES")]
    fail_on: Option<FailOn>,
    /// How long a page may take
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    timeout: Duration,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::CATALOGS)]
    catalogs: PathBuf,
    /// The folder for the documentation
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::DOCS)]
    docs: PathBuf,
}

/// What is known of pages, where nobody looks for anything of theirs.
const KNOWN: &str = "target/im-errors/http.json";

fn seconds(text: &str) -> Result<Duration, Message> {
    let seconds = text.parse().ok().filter(|seconds| (1..=3600).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(|| message!("write a number of seconds from 1 to 3600"))
}

pub(crate) fn run(arguments: &UpdateArguments, console: &mut Console<'_>) -> io::Result<Status> {
    if arguments.from.is_some() && arguments.names.len() != 1 {
        let wrong = message!("name the one catalog that the page given with --from is of");
        usage::refuse("update", &wrong, console.people);
        return Ok(Status::Usage);
    }
    let Some(today) = today::of_record(console) else {
        return Ok(Status::Failed);
    };
    let layout =
        Layout { catalogs: arguments.catalogs.clone(), docs: arguments.docs.clone(), templates: None };
    let catalogs = match find(&layout, &arguments.names) {
        Ok(catalogs) => catalogs,
        Err(finding) => return Ok(console.fail_unwritten(&finding)),
    };
    let known = Known::parse(&files::text(Path::new(KNOWN), Kind::Own).unwrap_or_default());
    let mut update = Update { arguments, layout: &layout, catalogs: &catalogs, today, known: known.clone() };
    let mut status = Status::Fine;
    let is_meant = |id: &&str| arguments.names.is_empty() || arguments.names.iter().any(|name| name == id);
    for id in catalogs.ids().filter(is_meant) {
        status = match (status, update.one(id, console)?) {
            (Status::Fine, other) | (Status::Breaking, other @ Status::Failed) => other,
            (status, _) => status,
        };
        console.out.flush()?;
    }
    if !arguments.dry_run && update.known != known {
        // Without it the next run is slower and nothing else.
        if let Err(finding) = build::keep(Path::new(KNOWN), &update.known.text()) {
            let (path, why) = (finding.file, finding.diagnostic.message);
            console.say(&message!("warning: {path}: {why}; the next update fetches all pages", path, why));
        }
    }
    Ok(status)
}

fn find(layout: &Layout, names: &[String]) -> Result<Catalogs, Box<Finding>> {
    let catalogs = Catalogs::find(&layout.catalogs)?;
    names.iter().try_for_each(|id| catalogs.require(id))?;
    Ok(catalogs)
}

struct Update<'a> {
    arguments: &'a UpdateArguments,
    layout: &'a Layout,
    catalogs: &'a Catalogs,
    today: Date,
    known: Known,
}

/// A page that came and differs from the one on disk.
struct Came {
    file: String,
    bytes: Vec<u8>,
    /// What its server said of it, by its address.
    learned: Option<(String, Validators)>,
}

impl Update<'_> {
    fn one(&mut self, id: &str, console: &mut Console<'_>) -> io::Result<Status> {
        let sources = match build::sources(self.catalogs, id) {
            Ok(sources) => sources,
            Err(reports) => return Ok(fail(id, &reports, console)),
        };
        let came = match &self.arguments.from {
            Some(file) => self.given(id, file, &sources, console).map(|came| vec![came]),
            None if sources.iter().all(|source| source.url.is_none()) => {
                let file = build::shown(&self.catalogs.folder(id).join(CATALOG_FILE));
                console.say(&message!(
                    "warning: {file} says of no page where it is published, so nothing was fetched; write `url = \"https://…\"` below its `[[source]]`",
                    file
                ));
                return Ok(Status::Fine);
            }
            None => self.fetched(&sources, console),
        };
        let Some(came) = came else {
            console.say(&message!("{id}: nothing was written", id));
            return Ok(Status::Failed);
        };
        let (same, came): (Vec<_>, Vec<_>) = came.into_iter().partition(|came| {
            sources
                .iter()
                .any(|source| source.file == came.file && source.bytes.as_ref() == Some(&came.bytes))
        });
        self.learn(same);
        if came.is_empty() {
            console.print(&message!("{id}: not modified", id))?;
            return Ok(Status::Fine);
        }
        self.build(id, came, console)
    }

    /// The page that was saved by hand; `None` after saying what is wrong with it.
    fn given(&self, id: &str, path: &Path, sources: &[Source], console: &Console<'_>) -> Option<Came> {
        let name = page::name(path, console);
        let mut meant = sources
            .iter()
            .filter(|source| self.arguments.source.as_ref().is_none_or(|file| *file == source.file));
        let (Some(source), None) = (meant.next(), meant.next()) else {
            let files: Vec<_> = sources.iter().map(|source| source.file.clone()).collect();
            console.say(&message!(
                "error: name the source of {id} that {name} is: `--source` with one of {files}",
                id,
                name,
                files
            ));
            return None;
        };
        let bytes = page::bytes(path).and_then(|bytes| self.checked(source, bytes));
        let bytes = bytes.map_err(|diagnostic| console.fail(&Finding::new(&name, diagnostic))).ok()?;
        Some(Came { file: source.file.clone(), bytes, learned: None })
    }

    /// What the servers sent; `None` after saying what is wrong with any of it.
    fn fetched(&self, sources: &[Source], console: &Console<'_>) -> Option<Vec<Came>> {
        let limits = Limits { timeout: self.arguments.timeout, ..Limits::default() };
        let mut came = Vec::new();
        let mut is_whole = true;
        for source in sources {
            let Some(url) = &source.url else {
                continue;
            };
            let known = self.known.of(url, source.bytes.as_deref());
            let page = fetch::fetch(url, &known, &limits).and_then(|fetched| {
                let Fetched::Fresh(fresh) = fetched else {
                    return Ok(None);
                };
                let bytes = self.checked(source, fresh.bytes);
                let bytes = bytes.map_err(|diagnostic| Box::new(Finding::new(url, diagnostic)))?;
                let learned = Some((url.clone(), fresh.validators));
                Ok(Some(Came { file: source.file.clone(), bytes, learned }))
            });
            match page {
                Ok(page) => came.extend(page),
                Err(finding) => {
                    console.fail(&finding);
                    is_whole = false;
                }
            }
        }
        is_whole.then_some(came)
    }

    fn checked(&self, source: &Source, bytes: Vec<u8>) -> Result<Vec<u8>, im_errors_codegen::Diagnostic> {
        if !self.arguments.accept {
            check(source.bytes.as_deref(), &bytes, &source.overrides)?;
        }
        Ok(bytes)
    }

    fn learn(&mut self, came: Vec<Came>) {
        for Came { bytes, learned, .. } in came {
            if let Some((url, validators)) = learned {
                self.known.learn(&url, &bytes, validators);
            }
        }
    }

    fn build(&mut self, id: &str, came: Vec<Came>, console: &mut Console<'_>) -> io::Result<Status> {
        let pages: BTreeMap<_, _> = came.iter().map(|came| (came.file.clone(), came.bytes.clone())).collect();
        let files: Vec<_> = pages.keys().map(|file| self.catalogs.folder(id).join(file)).collect();
        let Updated { plan, editions } = match build::update(self.layout, id, pages, self.today) {
            Ok(updated) => updated,
            Err(finding) => return Ok(console.fail_unwritten(&finding)),
        };
        let Some((old, new)) = editions else {
            return Ok(fail(id, &plan.reports, console));
        };
        for report in &plan.reports {
            console.diagnostics(&report.file, &report.text, &report.diagnostics, Severity::Warning);
        }
        let changes = diff(&old, &new);
        let status = if FailOn::fails(self.arguments.fail_on, changes.verdict()) {
            Status::Breaking
        } else {
            Status::Fine
        };
        if self.arguments.dry_run {
            show(id, &new.file, changes, console)?;
            return Ok(status);
        }
        let written = match plan_written(&plan, files) {
            Ok(written) => written,
            Err(finding) => {
                console.fail(&finding);
                console.say(&message!("{id}: nothing was written", id));
                return Ok(Status::Failed);
            }
        };
        show(id, &new.file, changes, console)?;
        for (path, is_new) in written {
            let path = build::shown(&path);
            console.print(&match is_new {
                true => message!("wrote {path}", path),
                false => message!("updated {path}", path),
            })?;
        }
        self.learn(came);
        Ok(status)
    }
}

/// Writes the plan; every file that changed, and whether it is new.
fn plan_written(plan: &Plan, pages: Vec<PathBuf>) -> Result<Vec<(PathBuf, bool)>, Box<Finding>> {
    let mut written: Vec<_> = pages.into_iter().map(|path| (!path.exists(), path)).collect();
    let changed = plan.write()?;
    written.extend(changed.into_iter().map(|file| (file.kind == DriftKind::Missing, file.path)));
    Ok(written.into_iter().map(|(is_new, path)| (path, is_new)).collect())
}

fn show(id: &str, spec: &str, changes: Changes, console: &mut Console<'_>) -> io::Result<()> {
    let before = console.people.render(&message!("{path} as it was", path = spec));
    let comparison = Comparison { catalog: Some(id.to_owned()), old: before, new: spec.to_owned(), changes };
    let report = report::Report { comparisons: vec![comparison], by_catalog: false };
    let words = Words::of(&console.people.locale());
    write!(console.out, "{}", report::text(&report, &words, colours()))
}

fn fail(id: &str, reports: &[Report], console: &Console<'_>) -> Status {
    for report in reports {
        console.diagnostics(&report.file, &report.text, &report.diagnostics, Severity::Warning);
    }
    console.say(&message!("{id}: nothing was written", id));
    Status::Failed
}
