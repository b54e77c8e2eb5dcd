//! Reads `spec.toml` back, keeping the place of each error.

use std::ops::Range;

use crate::tree::{self, At, Problems, Table};
use crate::validate::validate;
use crate::values::{date, fact, http_status, locale, localized, name, names, pattern, place, retry};
use crate::{
    Case, Changed, EditionRecord, ErrorDef, Group, Locale, Localized, Problem, Removed, Renamed, Source,
    Spec, message,
};

/// The version of the form written here; another is refused.
pub const FORMAT: i64 = 1;

/// What the second line of a spec starts with where the tool wrote it: the digest of all that
/// follows comes next, so that the head of the text says whether the whole is the same.
pub const SEAL: &str = "# sha256 ";

/// A spec as read from its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecFile {
    /// The spec.
    pub spec: Spec,
    /// Where the `[[error]]` of each of `spec.errors` stands, by index, as byte ranges.
    pub spans: Vec<Range<usize>>,
    /// The same for the `[[edition]]` of each of `spec.editions`.
    pub edition_spans: Vec<Range<usize>>,
}

impl SpecFile {
    /// Bytes of a `spec.toml`, far more than real ones have. Whoever reads one reads no more.
    pub const MOST_BYTES: usize = 2 << 30;

    /// Reads and validates the text of a `spec.toml`.
    ///
    /// # Errors
    /// Every problem found, each with its place.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let document = tree::parse(text, &problems);
        let file = problems.is_empty().then(|| read(document.root(&problems), &problems)).flatten();
        // What could not be read would be missed again by what speaks of it.
        if let Some(file) = file.as_ref().filter(|_| problems.is_empty()) {
            validate(file, &problems);
        }
        match file {
            Some(file) if problems.is_empty() => Ok(file),
            _ => Err(problems.into_vec()),
        }
    }
}

fn read(root: Table<'_, '_>, problems: &Problems) -> Option<SpecFile> {
    let format = root.int("format");
    if format.as_ref().map(|at| at.value) != Some(FORMAT) {
        let span = format.map_or(0..0, |at| at.span);
        let message = message!("this is no spec of format {format}", format = FORMAT);
        problems.push("spec-format", span, message, message!("build it anew with this version of im-errors"));
        return None;
    }
    let catalog = root.required_str("catalog");
    let locale = root.required_str("locale").and_then(|at| locale(&at, problems));
    let title = root.required_table("title").map(|table| localized(&table, problems));
    let vendor = root.required_table("vendor").map(|table| localized(&table, problems));
    let sources = records(&root, "source", |table| source(table, locale.as_ref(), problems));
    let groups = records(&root, "group", |table| group(table, problems));
    let errors = records(&root, "error", |table| Some((error(table, problems)?, table.span())));
    let removed = records(&root, "removed", |table| removed(table, problems));
    let editions = records(&root, "edition", |table| Some((edition(table, problems)?, table.span())));
    root.finish();
    let (errors, spans) = errors.into_iter().unzip();
    let (editions, edition_spans) = editions.into_iter().unzip();
    let spec = Spec {
        catalog: catalog?.value.to_owned(),
        locale: locale?,
        title: title?,
        vendor: vendor?,
        sources,
        groups,
        errors,
        removed,
        editions,
    };
    Some(SpecFile { spec, spans, edition_spans })
}

/// Reads each table of the array at `key`; unknown keys in them are reported.
fn records<T>(
    table: &Table<'_, '_>,
    key: &'static str,
    read: impl Fn(&Table<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let mut records = Vec::new();
    for entry in table.array(key) {
        if let Some(table) = entry.table() {
            records.extend(read(&table));
            table.finish();
        }
    }
    records
}

/// Where a page does not say its language, it is the spec's.
fn source(table: &Table<'_, '_>, own: Option<&Locale>, problems: &Problems) -> Option<Source> {
    let file = table.required_str("file");
    let said = table.str("locale");
    let locale = match &said {
        Some(at) => locale(at, problems),
        None => own.cloned(),
    };
    let url = table.str("url").map(|at| at.value.to_owned());
    let edition = table.str("edition").map(|at| at.value.to_owned());
    let digest = table.required_str("digest");
    let (file, digest) = (file?.value.to_owned(), digest?.value.to_owned());
    Some(Source { file, locale: locale?, url, edition, digest })
}

fn group(table: &Table<'_, '_>, problems: &Problems) -> Option<Group> {
    let id = table.required_str("id");
    let title = table.required_table("title").map(|table| localized(&table, problems));
    Some(Group { id: id?.value.to_owned(), title: title? })
}

fn error(table: &Table<'_, '_>, problems: &Problems) -> Option<ErrorDef> {
    let name = table.required_str("name").and_then(|at| name(&at, problems));
    let aliases = names(table, "aliases", problems);
    let group = table.required_str("group");
    let code = table.int("code").map(|at| at.value);
    let status = table.str("http_status").map(|at| http_status(&at, problems));
    let error = table.str("error").map(|at| at.value.to_owned());
    let message = table.str("message").map(|at| pattern(&at, problems));
    let retry = retry(table, problems);
    let summary = opt_localized(table, "summary", problems);
    let cases = records(table, "case", |table| case(table, problems));
    Some(ErrorDef {
        name: name?,
        aliases,
        group: group?.value.to_owned(),
        code,
        http_status: status.flatten(),
        error,
        message: message.flatten(),
        retry,
        summary,
        cases,
    })
}

fn case(table: &Table<'_, '_>, problems: &Problems) -> Option<Case> {
    let at = table.required_str("at").and_then(|at| place(&at, problems));
    let also = table.array("also");
    let also = also.iter().filter_map(|entry| place(&entry.str()?, problems)).collect();
    let message = table.str("message").map(|at| at.value.to_owned());
    let cause = opt_localized(table, "cause", problems);
    let remedy = opt_localized(table, "remedy", problems);
    Some(Case { at: at?, also, message, cause, remedy })
}

fn removed(table: &Table<'_, '_>, problems: &Problems) -> Option<Removed> {
    let name = table.required_str("name").and_then(|at| name(&at, problems));
    let aliases = names(table, "aliases", problems);
    let group = table.required_str("group");
    let key = table.required_str("key");
    let edition = table.str("edition").map(|at| at.value.to_owned());
    let (group, key) = (group?.value.to_owned(), key?.value.to_owned());
    Some(Removed { name: name?, aliases, group, key, edition })
}

fn edition(table: &Table<'_, '_>, problems: &Problems) -> Option<EditionRecord> {
    let date = table.required_str("date").and_then(|at| date(&at, problems));
    let edition = table.str("name").map(|at| at.value.to_owned());
    let digests = table.array("digests");
    let digests = digests.iter().filter_map(|entry| Some(entry.str()?.value.to_owned())).collect();
    let added = names(table, "added", problems);
    let removed = names(table, "removed", problems);
    let renamed = records(table, "renamed", |table| renamed(table, problems));
    let changed = records(table, "changed", |table| changed(table, problems));
    Some(EditionRecord { date: date?, name: edition, digests, added, removed, renamed, changed })
}

fn renamed(table: &Table<'_, '_>, problems: &Problems) -> Option<Renamed> {
    let [from, to] = ["from", "to"].map(|key| name(&table.required_str(key)?, problems));
    Some(Renamed { from: from?, to: to? })
}

fn changed(table: &Table<'_, '_>, problems: &Problems) -> Option<Changed> {
    let name = table.required_str("name").and_then(|at| name(&at, problems));
    let facts = table.array("facts").iter().filter_map(|entry| fact(&entry.str()?, problems)).collect();
    let was = table.table("was").map(|table| table.entries()).unwrap_or_default();
    let was = was.iter().filter_map(|entry| {
        let key = At { value: entry.key(), span: entry.key_span() };
        Some((fact(&key, problems)?, entry.str()?.value.to_owned()))
    });
    Some(Changed { name: name?, facts, was: was.collect() })
}

fn opt_localized(table: &Table<'_, '_>, key: &'static str, problems: &Problems) -> Localized {
    let texts = table.table(key);
    texts.map(|table| localized(&table, problems)).unwrap_or_default()
}
