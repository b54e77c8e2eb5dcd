//! What catalog.toml says of a page in another language than its own.

use std::collections::BTreeMap;
use std::ops::Range;

use im_errors_spec::tree::{At, Entry, Problems, Table};
use im_errors_spec::{Locale, Message, message, values};

use super::super::catalog::{SourceFile, roles_of};
use crate::interpret::Role;

/// The vendor's own page of the same errors in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterpart {
    /// Its language.
    pub locale: Locale,
    /// The `file` of the only page whose errors it says again; left out, of all in the catalog's language.
    pub translates: Option<At<String>>,
    /// What is said of single tables.
    pub tables: Vec<CounterpartTable>,
}

/// What is said of a table of a counterpart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterpartTable {
    /// Which table, counted from 1.
    pub number: At<usize>,
    /// The only group its errors can be in.
    pub group: Option<At<String>>,
    /// The role of columns, from 0; `None` ignores one.
    pub roles: BTreeMap<usize, At<Option<Role>>>,
}

impl Counterpart {
    /// What is said of the table at `index`.
    pub(crate) fn table(&self, index: usize) -> Option<&CounterpartTable> {
        self.tables.iter().find(|table| table.number.value == index + 1)
    }
}

/// The language of a page is no language.
pub(in super::super) struct UnknownLocale;

/// The keys that only such pages have.
const KEYS: [&str; 2] = ["translates", "tables"];

/// Reads what the table of a source says beyond a page in `own`, the catalog's language, which has
/// no counterpart.
///
/// # Errors
/// When it cannot be told which of the two the page is; that has been reported then.
pub(in super::super) fn read(
    table: &Table<'_, '_>,
    own: Option<&Locale>,
    problems: &Problems,
) -> Result<Option<Counterpart>, UnknownLocale> {
    let said = table.str("locale");
    let locale = said.as_ref().map(|at| values::locale(at, problems).ok_or(UnknownLocale)).transpose();
    let translates =
        table.str("translates").map(|at| At { value: at.value.to_owned(), span: at.span.clone() });
    let tables = table.table("tables").map(|tables| read_tables(&tables, problems)).unwrap_or_default();
    let Some(locale) = locale?.filter(|locale| Some(locale) != own) else {
        for entry in KEYS.into_iter().filter_map(|key| table.any(key)) {
            let message =
                message!("`{key}` is for a page in another language than the catalog's", key = entry.key());
            let help = message!("name the page's language with `locale`, or remove this");
            problems.push("unknown-key", entry.key_span(), message, help);
        }
        return Ok(None);
    };
    Ok(Some(Counterpart { locale, translates, tables }))
}

fn read_tables(tables: &Table<'_, '_>, problems: &Problems) -> Vec<CounterpartTable> {
    let read = |entry: &Entry<'_, '_>| {
        let number = number(entry, problems);
        let table = entry.table()?;
        let group = table.str("group").map(|at| At { value: at.value.to_owned(), span: at.span.clone() });
        let roles = table.table("roles").map(|roles| roles_of(&roles, problems)).unwrap_or_default();
        table.finish();
        Some(CounterpartTable { number: number?, group, roles })
    };
    tables.entries().iter().filter_map(read).collect()
}

fn number(entry: &Entry<'_, '_>, problems: &Problems) -> Option<At<usize>> {
    let value = entry.key().parse::<usize>().ok().filter(|n| *n > 0);
    if value.is_none() {
        let message = message!("`{table}` is no table", table = entry.key());
        let help = message!("tables are counted from 1 in the order of the page");
        problems.push("no-such-table", entry.key_span(), message, help);
    }
    value.map(|value| At { value, span: entry.key_span() })
}

/// What is wrong with the sources taken together: there is a page in the catalog's language, the
/// title is in that of every page, and what a page translates is another page.
pub(in super::super) fn check(
    sources: &[SourceFile],
    own: &Locale,
    has_title: impl Fn(&Locale) -> bool,
    problems: &Problems,
) {
    if let (None, Some(first)) = (sources.iter().find(|source| source.counterpart.is_none()), sources.first())
    {
        let message = message!("no source is in `{own}`, the catalog's own language", own);
        let help =
            message!("set the catalog's `locale` to the language of the page that the errors are from");
        problems.push("unknown-source", first.span.clone(), message, help);
        return;
    }
    for source in sources {
        let Some(counterpart) = &source.counterpart else {
            continue;
        };
        let locale = &counterpart.locale;
        if !has_title(locale) {
            let message = message!(
                "the title is not given in `{locale}`, the language of `{file}`",
                locale,
                file = source.file
            );
            problems.push("missing-title", source.span.clone(), message, message!("add it to `title`"));
        }
        let Some(said) = &counterpart.translates else {
            continue;
        };
        let (message, help) = match sources.iter().find(|other| other.file == said.value) {
            Some(other) if other.counterpart.is_none() => continue,
            Some(other) => {
                let message = message!(
                    "`{file}` is not in `{own}`, the catalog's own language",
                    file = other.file,
                    own
                );
                (message, message!("name the page that the errors are from"))
            }
            None => (message!("there is no source `{file}`", file = said.value), known(sources, &said.value)),
        };
        problems.push("unknown-source", said.span.clone(), message, help);
    }
}

/// The pages in the catalog's language, and which of them may be meant.
pub(in super::super) fn known(sources: &[SourceFile], word: &str) -> Message {
    let own = sources.iter().filter(|source| source.counterpart.is_none());
    let files: Vec<_> = own.map(|source| source.file.as_str()).collect();
    match im_errors_spec::tree::closest(word, files.iter().copied()) {
        Some(near) => message!("did you mean `{near}`?", near),
        None => message!("there are: {known}", known = im_errors_spec::tree::list(&files)),
    }
}

/// Where a page in the catalog's language is wanted and another is named.
pub(in super::super) fn refuse(source: &SourceFile, span: Range<usize>, problems: &Problems) -> bool {
    let Some(counterpart) = &source.counterpart else {
        return false;
    };
    let message = message!(
        "`{file}` is in `{locale}`: its errors are found in the groups of other pages",
        file = source.file,
        locale = counterpart.locale
    );
    let help = message!(
        "name the page in the catalog's language; which group a table of this one is in is said under its `tables`"
    );
    problems.push("unknown-source", span, message, help);
    true
}
