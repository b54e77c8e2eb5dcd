//! `catalog.toml`: what people say about a vendor's page.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use im_errors_spec::tree::{self, At, Entry, Problems, Table};
use im_errors_spec::{Locale, Localized, Pattern, Problem, Retry, VariantName, message, values};

use super::counterparts::{self, Counterpart};
use super::{Field, Threshold, thresholds};
use crate::inline::{from_markdown, to_markdown};
use crate::interpret::Role;

/// A catalog as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    /// Title per locale.
    pub title: Localized,
    /// Where the title stands, per locale.
    pub title_spans: BTreeMap<Locale, Range<usize>>,
    /// The vendor's name per locale.
    pub vendor: Localized,
    /// The language of the pages that errors are from.
    pub locale: Locale,
    /// The pages.
    pub sources: Vec<SourceFile>,
    /// The groups; without any, each table that lists errors is one.
    pub groups: Vec<GroupFile>,
    /// How complete the translations must be.
    pub thresholds: Vec<Threshold>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the catalog's folder.
    pub file: String,
    /// Where the catalog names it.
    pub span: Range<usize>,
    /// Where the vendor publishes it.
    pub url: Option<String>,
    /// The vendor's name or date of this edition.
    pub edition: Option<String>,
    /// Where it is in another language than the catalog: what it says again, and how.
    pub counterpart: Option<Counterpart>,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFile {
    /// Kebab-case id.
    pub id: String,
    /// Title per locale.
    pub title: Localized,
    /// Where the title stands, per locale.
    pub title_spans: BTreeMap<Locale, Range<usize>>,
    /// Index of its page among the sources.
    pub source: usize,
    /// Its tables, counted from 1.
    pub tables: Vec<At<usize>>,
    /// The role of columns, from 0, where the column is named; `None` ignores one.
    pub roles: BTreeMap<usize, At<Option<Role>>>,
    /// What is said about single errors, by key.
    pub errors: Vec<Override>,
}

/// What is said about an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The key as the vendor writes it.
    pub key: String,
    /// Where the key stands.
    pub key_span: Range<usize>,
    /// Its variant name.
    pub name: Option<At<VariantName>>,
    /// Whose code it has taken over; nobody's, where it is the error that had the code before.
    pub reuses: Option<At<Option<VariantName>>>,
    /// Former names that are not to be kept as aliases.
    pub forget_aliases: Vec<VariantName>,
    /// Its message pattern.
    pub message: Option<At<Pattern>>,
    /// Retry advice.
    pub retry: Option<Retry>,
    /// Texts in the catalog's language.
    pub texts: BTreeMap<Field, At<String>>,
}

impl GroupFile {
    /// The group that a table is by itself.
    pub(super) fn of_table(number: usize, source: usize, table: usize, title: Localized) -> Self {
        Self {
            id: format!("table-{number}"),
            title,
            title_spans: BTreeMap::new(),
            source,
            tables: vec![At { value: table, span: 0..0 }],
            roles: BTreeMap::new(),
            errors: Vec::new(),
        }
    }
}

impl Catalog {
    /// The language of a page.
    #[must_use]
    pub fn locale_of<'a>(&'a self, source: &'a SourceFile) -> &'a Locale {
        source.counterpart.as_ref().map_or(&self.locale, |counterpart| &counterpart.locale)
    }

    /// The first page in the catalog's own language.
    #[must_use]
    pub fn main_source(&self) -> Option<&SourceFile> {
        self.sources.iter().find(|source| source.counterpart.is_none())
    }

    /// Reads the text of a catalog.toml.
    ///
    /// # Errors
    /// Every problem found, each with its place.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let document = tree::parse(text, &problems);
        let catalog = problems.is_empty().then(|| read(document.root(&problems), &problems)).flatten();
        match catalog {
            Some(catalog) if problems.is_empty() => Ok(catalog),
            _ => Err(problems.into_vec()),
        }
    }
}

fn read(root: Table<'_, '_>, problems: &Problems) -> Option<Catalog> {
    let title = root.required_table("title").map(|table| title(&table, problems));
    let vendor = root.required_table("vendor").map(|table| values::localized(&table, problems));
    let locale = root.required_str("locale").and_then(|at| values::locale(&at, problems));
    let listed = tables(&root, "source", |table| source(table, locale.as_ref(), problems));
    if listed.is_empty() && root.any("source").is_none_or(|entry| entry.is_array()) {
        let help = message!("add `[[source]]` with `file = \"sources/…\"`");
        problems.push("missing-key", root.span(), message!("the catalog has no source"), help);
    }
    // Of a source that is wrong it cannot be said which group is in it.
    let all_known = !listed.is_empty() && listed.iter().all(Option::is_some);
    let sources: Vec<_> = listed.into_iter().flatten().collect();
    check_sources(&sources, problems);
    let known = all_known.then_some(sources.as_slice());
    let groups = tables(&root, "group", |table| group(table, known, problems));
    let groups: Vec<_> = groups.into_iter().flatten().collect();
    check_group_ids(&groups, problems);
    let thresholds = root.table("translations").map(|table| thresholds::read(&table, problems));
    let root_span = root.span();
    root.finish();
    let thresholds = thresholds.unwrap_or_default();
    let (title, title_spans) = title?;
    let (vendor, locale) = (vendor?, locale?);
    let catalog = Catalog { title, title_spans, vendor, locale, sources, groups: Vec::new(), thresholds };
    if catalog.title.get(&catalog.locale).is_none() {
        let message = message!(
            "the title is not given in the catalog's own language, `{locale}`",
            locale = catalog.locale
        );
        problems.push("missing-title", root_span, message, message!("add it to `title`"));
    }
    let has_title = |locale: &Locale| catalog.title.get(locale).is_some();
    counterparts::written::check(&catalog.sources, &catalog.locale, has_title, problems);
    let groups = groups.into_iter().map(|(group, _)| group).collect();
    Some(Catalog { groups, ..catalog })
}

/// A title per locale, and where it stands.
fn title(table: &Table<'_, '_>, problems: &Problems) -> (Localized, BTreeMap<Locale, Range<usize>>) {
    let spans =
        table.entries().into_iter().filter_map(|entry| Some((Locale::new(entry.key())?, entry.span())));
    (values::localized(table, problems), spans.collect())
}

/// Reads each table of the array at `key`, `None` where it is wrong, and reports what is unknown in it.
fn tables<T>(
    root: &Table<'_, '_>,
    key: &'static str,
    read: impl Fn(&Table<'_, '_>) -> Option<T>,
) -> Vec<Option<T>> {
    let read = |entry: &Entry<'_, '_>| {
        let table = entry.table()?;
        let value = read(&table);
        table.finish();
        value
    };
    root.array(key).iter().map(read).collect()
}

fn source(table: &Table<'_, '_>, own: Option<&Locale>, problems: &Problems) -> Option<SourceFile> {
    let file = table.required_str("file");
    let counterpart = counterparts::written::read(table, own, problems);
    let url = table.str("url");
    if let Some(url) =
        url.as_ref().filter(|url| !url.value.starts_with("https://") && !url.value.starts_with("http://"))
    {
        problems.push(
            "bad-url",
            url.span.clone(),
            message!("the url is not one of http or https"),
            message!("write the page's full address"),
        );
    }
    let edition = table.str("edition").map(|at| at.value.to_owned());
    let file = file?;
    let (value, span) = (file.value.to_owned(), file.span);
    let escapes = value.starts_with('/') || value.contains('\\') || value.contains(':');
    if escapes || value.split('/').any(|part| matches!(part, "" | "." | "..")) {
        let help = message!("keep the sources in the catalog's folder, with forward slashes");
        problems.push(
            "path-outside",
            span,
            message!("`{value}` is no path below the catalog's folder", value),
            help,
        );
        return None;
    }
    Some(SourceFile {
        file: value,
        span,
        url: url.map(|at| at.value.to_owned()),
        edition,
        counterpart: counterpart.ok()?,
    })
}

/// One page is one source: read twice, each of its errors would be there twice.
fn check_sources(sources: &[SourceFile], problems: &Problems) {
    for (i, source) in sources.iter().enumerate() {
        if sources[..i].iter().any(|other| other.file == source.file) {
            let message = message!("`{file}` is a source already", file = source.file);
            problems.push(
                "duplicate-source",
                source.span.clone(),
                message,
                message!("remove one of the two"),
            );
        }
    }
}

fn group(
    table: &Table<'_, '_>,
    sources: Option<&[SourceFile]>,
    problems: &Problems,
) -> Option<(GroupFile, Range<usize>)> {
    let id = table.required_str("id");
    let title = table.required_table("title").map(|table| title(&table, problems));
    let source = table.str("source");
    let index = sources.and_then(|sources| source_index(table, source.as_ref(), sources, problems));
    let numbers = table.array("tables");
    if numbers.is_empty() && table.any("tables").is_none_or(|tables| tables.is_array()) {
        problems.push(
            "missing-key",
            table.span(),
            message!("the group has no table"),
            message!("write `tables = [1]`"),
        );
    }
    let numbers = numbers.iter().filter_map(|entry| table_number(entry, problems)).collect();
    let roles = table.table("roles").map(|roles| roles_of(&roles, problems)).unwrap_or_default();
    let errors = table.table("errors").map(|errors| overrides(&errors, problems)).unwrap_or_default();
    let id = id?;
    let span = id.span.clone();
    let (title, title_spans) = title?;
    let id = id.value.to_owned();
    let group = GroupFile { id, title, title_spans, source: index?, tables: numbers, roles, errors };
    Some((group, span))
}

/// Which of the sources the group is in.
fn source_index(
    table: &Table<'_, '_>,
    said: Option<&At<&str>>,
    sources: &[SourceFile],
    problems: &Problems,
) -> Option<usize> {
    let Some(said) = said else {
        let mut own = (0..sources.len()).filter(|index| sources[*index].counterpart.is_none());
        let only = own.next();
        if own.next().is_some() {
            let message = message!("the group does not say which of the sources it is in");
            let help = message!(
                "write `source = …` with the `file` of a [[source]]; or if one of them is in another language, its `locale` there"
            );
            problems.push("unknown-source", table.span(), message, help);
            return None;
        }
        return only;
    };
    let index = sources.iter().position(|source| source.file == said.value);
    if index.is_none() {
        let message = message!("there is no source `{file}`", file = said.value);
        let help = counterparts::written::known(sources, said.value);
        problems.push("unknown-source", said.span.clone(), message, help);
    }
    index.filter(|index| !counterparts::written::refuse(&sources[*index], said.span.clone(), problems))
}

fn table_number(entry: &Entry<'_, '_>, problems: &Problems) -> Option<At<usize>> {
    let number = entry.int()?;
    let value = usize::try_from(number.value).ok().filter(|n| *n > 0);
    if value.is_none() {
        let help = message!("tables are counted from 1 in the order of the page");
        problems.push(
            "no-such-table",
            number.span.clone(),
            message!("there is no table {table}", table = number.value),
            help,
        );
    }
    value.map(|value| At { value, span: number.span })
}

fn check_group_ids(groups: &[(GroupFile, Range<usize>)], problems: &Problems) {
    let mut ids = HashSet::new();
    for (group, span) in groups {
        let kebab = !group.id.is_empty()
            && group.id.split('-').all(|part| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        let again = !ids.insert(group.id.as_str());
        let message = if !kebab {
            message!("the group id `{id}` is not in kebab-case", id = group.id)
        } else if again {
            message!("two groups have the id `{id}`", id = group.id)
        } else {
            continue;
        };
        problems.push(
            "bad-group",
            span.clone(),
            message,
            message!("write a kebab-case id, different from the others"),
        );
    }
}

/// Reads `roles`.
pub(super) fn roles_of(table: &Table<'_, '_>, problems: &Problems) -> BTreeMap<usize, At<Option<Role>>> {
    const IGNORE: &str = "ignore";
    let mut roles = BTreeMap::new();
    for entry in table.entries() {
        let column = entry.key().parse::<usize>().ok().filter(|n| *n > 0);
        if column.is_none() {
            let message = message!("`{column}` is no column", column = entry.key());
            problems.push(
                "bad-role",
                entry.key_span(),
                message,
                message!("columns are counted from 1: `\"5\" = \"remedy\"`"),
            );
        }
        let Some(word) = entry.str() else {
            continue;
        };
        let role = Role::parse(word.value);
        if role.is_none() && word.value != IGNORE {
            let known: Vec<_> = Role::ALL.map(Role::as_str).into_iter().chain([IGNORE]).collect();
            let help = match tree::closest(word.value, known.iter().copied()) {
                Some(near) => message!("did you mean `{near}`?", near),
                None => message!("known: {known}", known = tree::list(&known)),
            };
            problems.push("bad-role", word.span, message!("unknown role `{role}`", role = word.value), help);
        }
        roles.extend(column.map(|column| (column - 1, At { value: role, span: entry.key_span() })));
    }
    roles
}

fn overrides(table: &Table<'_, '_>, problems: &Problems) -> Vec<Override> {
    let mut overrides = Vec::new();
    for entry in table.entries() {
        if let Some(table) = entry.table() {
            overrides.push(override_of(&entry, &table, problems));
            table.finish();
        }
    }
    overrides
}

fn override_of(entry: &Entry<'_, '_>, table: &Table<'_, '_>, problems: &Problems) -> Override {
    const MOST_CASES: usize = 8;
    const FIELDS: [&str; 2 * MOST_CASES + 1] = [
        "summary", "cause", "remedy", "cause_2", "remedy_2", "cause_3", "remedy_3", "cause_4", "remedy_4",
        "cause_5", "remedy_5", "cause_6", "remedy_6", "cause_7", "remedy_7", "cause_8", "remedy_8",
    ];
    let name = table
        .str("name")
        .and_then(|at| values::name(&at, problems).map(|value| At { value, span: at.span.clone() }));
    let reuses = table.any("reuses").and_then(|entry| reuses(&entry, problems));
    let forget_aliases = values::names(table, "forget_aliases", problems);
    let message = table
        .str("message")
        .and_then(|at| values::pattern(&at, problems).map(|value| At { value, span: at.span.clone() }));
    let retry = values::retry(table, problems);
    let text = |key: &'static str| {
        let at = table.str(key)?;
        let value = to_markdown(&from_markdown(at.value, &|_| None).pieces);
        Some((Field::parse(key)?, At { value, span: at.span }))
    };
    let texts = FIELDS.into_iter().filter_map(text).collect();
    let (key, key_span) = (entry.key().to_owned(), entry.key_span());
    Override { key, key_span, name, reuses, forget_aliases, message, retry, texts }
}

/// The name of the error that had the code, or `false`.
fn reuses(entry: &Entry<'_, '_>, problems: &Problems) -> Option<At<Option<VariantName>>> {
    if entry.is_str() {
        let name = entry.str()?;
        return values::name(&name, problems).map(|value| At { value: Some(value), span: name.span });
    }
    if entry.is_bool() && entry.bool().is_some_and(|said| !said.value) {
        return Some(At { value: None, span: entry.span() });
    }
    entry.wrong_kind(&message!("the name of the error that had the code, or `false`"));
    None
}
