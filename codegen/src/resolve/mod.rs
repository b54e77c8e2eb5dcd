//! Entries + catalog + translations + the previous spec → the new spec.
//!
//! Rows with one identity become one error; names come from the catalog, else stay as the previous
//! spec pinned them, else are proposed; errors that vanished become tombstones. It works on values
//! only: which files there are and what is written is [`crate::build`]'s business.

pub mod catalog;
pub mod counterparts;
mod field;
mod group;
mod heirs;
mod identity;
pub(crate) mod likeness;
mod names;
mod outdated;
pub(crate) mod patterns;
pub mod previous;
mod reviewed;
mod stamp;
mod swapped;
mod thresholds;
pub mod translations;

use std::collections::{BTreeMap, HashSet};

use im_errors_spec::tree::At;
use im_errors_spec::{ErrorDef, Group, Localized, Removed, Source, Spec};

use crate::diagnostic::{Finding, rules};
use crate::interpret::{Entry, Kind, Overrides, Reading, Role};
use crate::read::{Document, Grid, Lines, Table};
use crate::review::Glossary;
use crate::{Diagnostic, message};

pub use catalog::Catalog;
pub use field::Field;
use names::Draft;
pub use outdated::SourceTexts;
pub(crate) use stamp::hex;
pub use stamp::stamp;
pub use thresholds::Threshold;
pub use translations::Translations;

/// A source page, read and interpreted.
#[derive(Debug)]
pub struct Page {
    /// Path below the catalog's folder, as catalog.toml names it.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub digest: String,
    /// Its tables.
    pub document: Document<'static>,
    /// Its entries.
    pub reading: Reading,
}

/// All that a spec is made from.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The catalog's id, the name of its folder.
    pub id: &'a str,
    /// Its catalog.toml.
    pub catalog: &'a Catalog,
    /// Its pages in the order of the catalog.
    pub pages: &'a [Page],
    /// Its translations.
    pub translations: &'a [Translations],
    /// The words for terms that all texts share.
    pub glossary: &'a Glossary,
    /// The spec as it was, if there was one.
    pub previous: Option<&'a Spec>,
}

/// A spec and what is to be said about it.
#[derive(Debug)]
pub struct Resolved {
    /// The spec. It is to be used only if no finding is an error.
    pub spec: Spec,
    /// In paths below the catalog's folder.
    pub findings: Vec<Finding>,
}

/// The catalog's own file.
pub const CATALOG_FILE: &str = "catalog.toml";
/// The file the tool writes.
pub const SPEC_FILE: &str = "spec.toml";

/// What the catalog says about the columns of the page at `index`.
#[must_use]
pub fn overrides(catalog: &Catalog, index: usize) -> Overrides {
    let mut overrides = Overrides::default();
    let counterpart = catalog.sources.get(index).and_then(|source| source.counterpart.as_ref());
    for table in counterpart.iter().flat_map(|counterpart| &counterpart.tables) {
        let roles = table.roles.iter().map(|(column, role)| ((table.number.value - 1, *column), role.value));
        overrides.roles.extend(roles);
    }
    for group in catalog.groups.iter().filter(|group| group.source == index) {
        for table in &group.tables {
            for (column, role) in &group.roles {
                overrides.roles.insert((table.value - 1, *column), role.value);
            }
        }
    }
    overrides
}

/// Makes the spec.
#[must_use]
pub fn resolve(inputs: &Inputs<'_>) -> Resolved {
    let mut findings = Vec::new();
    let mut claims = claims(inputs, &mut findings);
    findings.extend(counterparts::misplaced(inputs, &claims.groups));
    if !findings.is_empty() {
        // What the wrong tables lack would only be said once more for each of their errors.
        claims.groups.clear();
        return Resolved { spec: spec(inputs, &claims, Vec::new(), Vec::new()), findings };
    }
    let mut errors = Vec::new();
    let tables: Vec<_> = inputs.pages.iter().map(TableRows::new).collect();
    for group in &claims.groups {
        let rows = tables.get(group.source).map(|tables| tables.of(group)).unwrap_or_default();
        errors.extend(group::errors(inputs, group, &rows, &mut findings));
    }
    names::settle(inputs, &mut errors, &mut findings);
    findings.extend(counterparts::apply(inputs, &mut errors));
    let heirs = heirs::heirs(inputs, &errors);
    let removed = removed(inputs, &errors, &heirs);
    heirs::leave_names(inputs, &mut errors, &heirs);
    findings.extend(heirs::reused(inputs, &errors, &removed));
    findings.extend(heirs::names_of_aliases(&errors));
    let translated = translations::apply(inputs, &mut errors, &removed);
    findings.extend(translated);
    findings.extend(reviewed::review(inputs, &errors));
    findings.extend(swapped::check(inputs, &errors));
    findings.extend(removed.iter().flat_map(|removed| heirs::names_of_removed(removed, &errors)));
    for error in &mut errors {
        error.def.cases.iter_mut().for_each(|case| {
            // The pattern says it already.
            let pattern = error.def.message.as_ref().and_then(|message| message.as_literal());
            case.message = case.message.take().filter(|message| pattern != Some(message.as_str()));
        });
    }
    let errors: Vec<ErrorDef> = errors.into_iter().map(|error| error.def).collect();
    let spec = spec(inputs, &claims, errors, removed);
    findings.extend(thresholds::check(inputs.catalog, &spec));
    Resolved { spec, findings }
}

fn spec(inputs: &Inputs<'_>, claims: &Claims, errors: Vec<ErrorDef>, removed: Vec<Removed>) -> Spec {
    let Catalog { title, vendor, locale, .. } = inputs.catalog;
    Spec {
        catalog: inputs.id.to_owned(),
        locale: locale.clone(),
        title: title.clone(),
        vendor: vendor.clone(),
        sources: sources(inputs),
        groups: claims
            .groups
            .iter()
            .map(|group| Group { id: group.id.clone(), title: group.title.clone() })
            .collect(),
        errors,
        removed,
        editions: inputs.previous.map(|previous| previous.editions.clone()).unwrap_or_default(),
    }
}

fn sources(inputs: &Inputs<'_>) -> Vec<Source> {
    let pages = inputs.catalog.sources.iter().zip(inputs.pages);
    let source = |(source, page): (&catalog::SourceFile, &Page)| Source {
        file: source.file.clone(),
        locale: inputs.catalog.locale_of(source).clone(),
        url: source.url.clone(),
        edition: source.edition.clone(),
        digest: page.digest.clone(),
    };
    pages.map(source).collect()
}

/// The groups with the tables they claim.
struct Claims {
    groups: Vec<catalog::GroupFile>,
}

/// An entry with the place of its row.
pub(crate) struct RowRef<'a> {
    entry: &'a Entry,
    page: &'a Page,
    line: u32,
}

/// The rows of a page by table, sorted out once however many groups it has.
struct TableRows<'a> {
    page: &'a Page,
    lines: Lines<'a>,
    /// For each table its entries, by their index.
    entries: Vec<Vec<usize>>,
}

impl<'a> TableRows<'a> {
    fn new(page: &'a Page) -> Self {
        let mut entries = vec![Vec::new(); page.reading.tables.len()];
        for (at, entry) in page.reading.entries.iter().enumerate() {
            if let Some(table) = entries.get_mut(entry.table) {
                table.push(at);
            }
        }
        Self { page, lines: Lines::new(&page.document.text), entries }
    }

    /// The rows of the group's tables in the order of the page.
    fn of(&self, group: &catalog::GroupFile) -> Vec<RowRef<'a>> {
        let tables = group.tables.iter().filter_map(|table| self.entries.get(table.value.checked_sub(1)?));
        let mut entries: Vec<usize> = tables.flatten().copied().collect();
        entries.sort_unstable();
        entries.dedup();
        let page = self.page;
        let row = |at: usize| {
            let entry = &page.reading.entries[at];
            let line = u32::try_from(self.lines.line(entry.span.start)).unwrap_or(u32::MAX);
            RowRef { entry, page, line }
        };
        entries.into_iter().map(row).collect()
    }
}

/// Which group each table belongs to; without groups in the catalog, one per table.
fn claims(inputs: &Inputs<'_>, findings: &mut Vec<Finding>) -> Claims {
    if inputs.catalog.groups.is_empty() {
        return Claims { groups: default_groups(inputs) };
    }
    let groups = inputs.catalog.groups.clone();
    for (index, page) in own_pages(inputs) {
        let mut claimed = vec![0_u32; page.reading.tables.len()];
        for group in groups.iter().filter(|group| group.source == index) {
            let wrong = group.tables.iter().filter_map(|table| claim(page, table, &mut claimed));
            let tables = group.tables.iter().map(|table| table.value);
            let wrong = wrong.chain(roles_beyond(page, tables, &group.roles));
            findings.extend(wrong.map(|diagnostic| Finding::new(CATALOG_FILE, diagnostic)));
        }
        for (table, count) in claimed.iter().enumerate() {
            if *count == 0 && matches!(page.reading.tables[table], Kind::Errors(_)) {
                let message =
                    message!("table {table} of the page lists errors and is in no group", table = table + 1);
                let span = page.document.tables[table].header().first().map(|row| row.span);
                let span = span.unwrap_or_else(|| page.document.tables[table].span.clone());
                findings.push(Finding::new(&page.file, Diagnostic::at(&rules::TABLE_CLAIM, span, message)));
            }
        }
    }
    Claims { groups }
}

/// Counts the claim of a group to `table`; what is wrong with it.
fn claim(page: &Page, table: &At<usize>, claimed: &mut [u32]) -> Option<Diagnostic> {
    let number = table.value;
    let at = |rule, message| Some(Diagnostic::at(rule, table.span.clone(), message));
    let (Some(count), Some(kind)) = (claimed.get_mut(number - 1), page.reading.tables.get(number - 1)) else {
        return Some(no_such_table(page, table));
    };
    *count += 1;
    if *count > 1 {
        return at(&rules::TABLE_CLAIM, message!("table {number} is in a group already", number));
    }
    // Its errors would all count as removed by the vendor.
    let Kind::Other(why) = kind else {
        return None;
    };
    let message = message!("table {number} lists no errors: {why}", number, why);
    at(&rules::EMPTY_GROUP, message)
}

fn no_such_table(page: &Page, table: &At<usize>) -> Diagnostic {
    let number = table.value;
    let message = match page.reading.tables.len() {
        1 => message!("{file} has no table {number}, only one", file = page.file, number),
        n => message!("{file} has no table {number}, only {n}", file = page.file, number, n),
    };
    Diagnostic::at(&rules::NO_SUCH_TABLE, table.span.clone(), message)
}

/// Roles for columns that no table of the group has.
fn roles_beyond(
    page: &Page,
    tables: impl Iterator<Item = usize>,
    roles: &BTreeMap<usize, At<Option<Role>>>,
) -> Vec<Diagnostic> {
    let tables = tables.filter_map(|table| page.document.tables.get(table - 1));
    let width = |table: &Table| {
        let widths = table.all_rows().map(|row| row.cells().len());
        Grid::new(table).width().max(widths.max().unwrap_or(0))
    };
    let width = tables.map(width).max().unwrap_or(usize::MAX);
    let beyond = roles.iter().filter(|(column, _)| **column >= width);
    beyond
        .map(|(column, role)| {
            let message = message!("there is no column {column}, only {width}", column = column + 1, width);
            Diagnostic::at(&rules::NO_SUCH_COLUMN, role.span.clone(), message)
        })
        .collect()
}

/// The pages in the catalog's own language, which errors are from, with their indices.
fn own_pages<'a>(inputs: &Inputs<'a>) -> impl Iterator<Item = (usize, &'a Page)> {
    let pages = inputs.pages.iter().zip(&inputs.catalog.sources).enumerate();
    pages.filter(|(_, (_, source))| source.counterpart.is_none()).map(|(index, (page, _))| (index, page))
}

fn default_groups(inputs: &Inputs<'_>) -> Vec<catalog::GroupFile> {
    let mut groups = Vec::new();
    for (source, page) in own_pages(inputs) {
        for (table, kind) in page.reading.tables.iter().enumerate() {
            if !matches!(kind, Kind::Errors(_)) {
                continue;
            }
            let heading = page.document.tables[table].headings.last();
            let mut title = Localized::default();
            match heading {
                Some(heading) => title.insert(inputs.catalog.locale.clone(), heading.clone(), false),
                None => title = inputs.catalog.title.clone(),
            }
            groups.push(catalog::GroupFile::of_table(groups.len() + 1, source, table + 1, title));
        }
    }
    groups
}

/// Errors of the previous spec that have no heir, and those removed before. One that comes back leaves
/// the list.
fn removed(inputs: &Inputs<'_>, drafts: &[Draft], heirs: &[Option<usize>]) -> Vec<Removed> {
    let Some(previous) = inputs.previous else {
        return Vec::new();
    };
    let back: HashSet<_> = drafts.iter().filter_map(|draft| draft.pin.as_ref()).collect();
    let is_back = |removed: &Removed| back.contains(&removed.name);
    let mut removed: Vec<_> = previous.removed.iter().filter(|removed| !is_back(removed)).cloned().collect();
    let edition = inputs.catalog.main_source().and_then(|source| source.edition.clone());
    for (error, heir) in previous.errors.iter().zip(heirs) {
        if heir.is_none() {
            removed.push(Removed {
                name: error.name.clone(),
                aliases: error.aliases.clone(),
                group: error.group.clone(),
                key: error.key(),
                edition: edition.clone(),
            });
        }
    }
    removed.sort_by(|a, b| a.name.cmp(&b.name));
    removed
}
