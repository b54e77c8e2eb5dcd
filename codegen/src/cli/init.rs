//! `im-errors init`.

use std::io::{self, IsTerminal};
use std::path::Path;

use im_errors_codegen::build::{self, DriftKind, Layout, Plan, Report};
use im_errors_codegen::diagnostic::Finding;
use im_errors_codegen::explain::visible;
use im_errors_codegen::fetch::{self, Limits};
use im_errors_codegen::init::{self, Page, Survey, Surveyed, Wishes};
use im_errors_codegen::interpret::Kind;
use im_errors_codegen::read::{Grid, Lines};
use im_errors_codegen::resolve::{CATALOG_FILE, SPEC_FILE};
use im_errors_codegen::{Severity, message};

use im_errors_spec::Locale;

use super::console::nothing_written;
use super::{Console, InitArguments, Status, page, parse, today};

pub(crate) fn run(arguments: &InitArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let layout =
        Layout { catalogs: arguments.catalogs.clone(), docs: arguments.docs.clone(), templates: None };
    let Some(today) = today::of_record(console) else {
        return Ok(Status::Failed);
    };
    let mut survey = match survey(arguments, &layout, console) {
        Ok(survey) => survey,
        Err(reports) => return Ok(fail(&reports, console)),
    };
    for page in &survey.pages {
        describe(page, console)?;
    }
    console.out.flush()?;
    if arguments.yes || !io::stdin().is_terminal() {
        survey.guess_all();
    } else {
        init::ask(&mut survey, console.people, &mut io::stdin().lock(), &mut io::stderr())?;
    }
    let (locale, guesses) = (survey.locale(), survey.guesses());
    let scaffold = survey.scaffold();
    let id = scaffold.id;
    let plan = match build::plan_new(&layout, &id, scaffold.files, today) {
        Ok(plan) => plan,
        Err(finding) => return Ok(console.fail_unwritten(&finding)),
    };
    if plan.has_errors() {
        return Ok(fail(&plan.reports, console));
    }
    for report in &plan.reports {
        console.diagnostics(&report.file, &report.text, &report.diagnostics, Severity::Warning);
    }
    if let Err(finding) = write(&plan, &layout, &id, console)? {
        return Ok(console.fail_unwritten(&finding));
    }
    next_steps(&layout, &id, &locale, guesses, console)?;
    Ok(Status::Fine)
}

fn survey(arguments: &InitArguments, layout: &Layout, console: &Console<'_>) -> Result<Survey, Vec<Report>> {
    // Nobody is to wait for pages, or answer questions, for nothing.
    if let Some(id) = &arguments.catalog {
        build::check_new(layout, id).map_err(|finding| vec![of(*finding)])?;
    }
    let pages = arguments.pages.iter().map(|page| load(page, console)).collect::<Result<_, _>>();
    let pages = pages.map_err(|report| vec![report])?;
    let wishes = Wishes {
        id: arguments.catalog.clone(),
        locale: arguments.locale.clone(),
        title: arguments.title.clone(),
        vendor: arguments.vendor.clone(),
        roles: arguments.role.clone(),
    };
    let survey = Survey::new(pages, &wishes)?;
    build::check_new(layout, &survey.id).map_err(|finding| vec![of(*finding)])?;
    Ok(survey)
}

/// The page at a path or an address.
fn load(page: &Path, console: &Console<'_>) -> Result<Page, Report> {
    let Some(url) = page.to_str().filter(|page| fetch::is_url(page)) else {
        let name = page::name(page, console);
        let bytes = page::bytes(page).map_err(|diagnostic| of(Finding::new(&name, diagnostic)))?;
        return Ok(Page { name, url: None, bytes });
    };
    let fresh = fetch::fetch_new(url, &Limits::default()).map_err(|finding| of(*finding))?;
    Ok(Page { name: url.to_owned(), url: Some(fresh.url), bytes: fresh.bytes })
}

fn of(Finding { file, diagnostic }: Finding) -> Report {
    Report { file, text: String::new(), diagnostics: vec![diagnostic] }
}

fn fail(reports: &[Report], console: &Console<'_>) -> Status {
    for report in reports {
        console.diagnostics(&report.file, &report.text, &report.diagnostics, Severity::Note);
    }
    console.say(&nothing_written());
    Status::Failed
}

/// Shows what the page lists and why it is read so, without what a terminal would obey.
fn describe(page: &Surveyed, console: &mut Console<'_>) -> io::Result<()> {
    let mut text = Vec::new();
    let Console { people, programs, .. } = *console;
    description(page, &mut Console { out: &mut text, people, programs })?;
    for line in String::from_utf8_lossy(&text).lines() {
        writeln!(console.out, "{}", visible(line, usize::MAX))?;
    }
    Ok(())
}

fn description(page: &Surveyed, console: &mut Console<'_>) -> io::Result<()> {
    let (name, tables, errors) = (&page.name, page.document.tables.len(), page.reading.entries.len());
    console.print(&match &page.language {
        Some(language) => message!(
            "{name}: {tables} {tables:table|tables}, {errors} {errors:error|errors}, in {locale}",
            name,
            tables,
            errors,
            locale = language.locale
        ),
        None => message!(
            "{name}: {tables} {tables:table|tables}, {errors} {errors:error|errors}",
            name,
            tables,
            errors
        ),
    })?;
    writeln!(console.out)?;
    let lines = Lines::new(&page.document.text);
    for (i, (table, kind)) in page.document.tables.iter().zip(&page.reading.tables).enumerate() {
        let place = table.headings.join(" / ");
        let line = lines.line(table.span.start);
        console.print(&message!("table {n} (line {line}) {place}", n = i + 1, line, place))?;
        match kind {
            Kind::Errors(columns) => {
                parse::columns_text(&Grid::new(table).header(), columns, console)?;
                keys(&page.keys(i), console)?;
            }
            Kind::Other(why) => {
                console.print(&message!("  left out, as it lists no errors: {why}", why))?;
            }
        }
        writeln!(console.out)?;
    }
    Ok(())
}

/// How many errors there are, and the first and the last of their keys.
fn keys(keys: &[String], console: &mut Console<'_>) -> io::Result<()> {
    const FIRST: usize = 4;
    const LONGEST: usize = 60;
    let short = |key: &String| match key.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &key[..end]),
        None => key.clone(),
    };
    let n = keys.len();
    let mut shown: Vec<_> = keys.iter().take(FIRST).map(short).collect();
    if let Some(last) = keys.last().filter(|_| n > FIRST) {
        let gap = if n > FIRST + 1 { "… " } else { "" };
        shown.push(format!("{gap}{}", short(last)));
    }
    console.print(&match shown.is_empty() {
        true => message!("  {n} {n:error|errors}", n),
        false => message!("  {n} {n:error|errors}: {keys}", n, keys = shown),
    })
}

fn write(
    plan: &Plan,
    layout: &Layout,
    id: &str,
    console: &mut Console<'_>,
) -> io::Result<Result<(), Box<Finding>>> {
    let changed = match plan.write() {
        Ok(changed) => changed,
        Err(finding) => return Ok(Err(finding)),
    };
    let folder = build::shown(&layout.catalogs.join(id));
    console.print(&message!(
        "made {folder}/ with {catalog}, {spec} and sources/",
        folder,
        catalog = CATALOG_FILE,
        spec = SPEC_FILE
    ))?;
    for file in changed.iter().filter(|file| file.path.starts_with(&layout.docs)) {
        let path = build::shown(&file.path);
        console.print(&match file.kind {
            DriftKind::Missing => message!("wrote {path}", path),
            _ => message!("updated {path}", path),
        })?;
    }
    Ok(Ok(()))
}

fn next_steps(
    layout: &Layout,
    id: &str,
    locale: &Locale,
    guesses: usize,
    console: &mut Console<'_>,
) -> io::Result<()> {
    let folder = layout.catalogs.join(id);
    let catalog = build::shown(&folder.join(CATALOG_FILE));
    let docs = build::shown(&layout.docs.join(locale.as_str()).join(format!("{id}.md")));
    let build = build::command(layout, id);
    let elsewhere = match layout.catalogs == Path::new(build::CATALOGS) {
        true => String::new(),
        false => format!(" --catalogs {}", build::shown(&layout.catalogs)),
    };
    let other = if locale.as_str() == "en" { "zh" } else { "en" };
    let spec = build::shown(&folder.join(SPEC_FILE));
    let edit = match guesses {
        0 => message!("edit {catalog}: names of errors, advice on retries", catalog),
        1 => message!("edit {catalog}: a guess is marked there, to be confirmed", catalog),
        n => message!("edit {catalog}: {n} guesses are marked there, to be confirmed", n, catalog),
    };
    let add = format!("im-errors i18n add {other} {id}{elsewhere}");
    let steps = [
        message!("look at {docs}, which people will read", docs),
        edit,
        message!("run `{build}` after each change; add `--check` in CI", build),
        message!("translate: `{command}`", command = add),
        message!(
            "in Rust: {attributes}",
            attributes = format!("#[derive(im_errors::ImErrors)] #[im_errors(spec = \"{spec}\")]")
        ),
    ];
    writeln!(console.out)?;
    console.print(&message!("Next:"))?;
    for (n, step) in (1..).zip(&steps) {
        writeln!(console.out, "  {n}. {}", console.people.render(step))?;
    }
    let command = format!("im-errors enum {id}{elsewhere}");
    console.print(&message!("     `{command}` prints the whole enum", command))?;
    let last = message!("commit the folder of the catalog and the documentation");
    writeln!(console.out, "  {}. {}", steps.len() + 1, console.people.render(&last))
}
