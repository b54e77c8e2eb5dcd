//! What was read of the pages, and what was said of it since.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use im_errors_spec::{Locale, Localized};

use super::language::{self, Language};
use super::question::About;
use super::{Page, RoleAt, Wishes, facts, names};
use crate::build::Report;
use crate::diagnostic::rules;
use crate::interpret::{Column, Kind, Overrides, Reading, Role, interpret};
use crate::read::{self, Document};
use crate::{Diagnostic, Message, Severity, message};

/// What somebody said, or what was guessed because nobody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settled<T> {
    pub(super) value: T,
    pub(super) is_guess: bool,
}

/// One page as read.
#[derive(Debug)]
pub struct Surveyed {
    /// The path or the address it was given by.
    pub name: String,
    /// Its file below the catalog's folder.
    pub file: String,
    /// Where the vendor publishes it.
    pub url: Option<String>,
    /// The vendor's date of it.
    pub edition: Option<String>,
    /// The page as it came.
    pub bytes: Vec<u8>,
    /// Its tables.
    pub document: Document<'static>,
    /// What they say, with the roles settled so far.
    pub reading: Reading,
    /// Its language, if it has words.
    pub language: Option<Language>,
    pub(super) title: Option<String>,
    /// Its language, where it says again what another page says.
    pub(super) counterpart: Option<Locale>,
    pub(super) roles: BTreeMap<(usize, usize), Settled<Option<Role>>>,
}

/// All that is known before the catalog is written.
#[derive(Debug)]
pub struct Survey {
    /// The catalog's id.
    pub id: String,
    /// The pages in the order given.
    pub pages: Vec<Surveyed>,
    pub(super) locale: Option<Settled<Locale>>,
    pub(super) titles: Localized,
    pub(super) title: Option<Settled<String>>,
    pub(super) vendors: Localized,
    pub(super) vendor: Option<Settled<String>>,
    pub(super) asked: BTreeSet<About>,
}

impl Survey {
    /// Reads the pages.
    ///
    /// # Errors
    /// The pages that cannot be read, or list no errors, and why.
    pub fn new(pages: Vec<Page>, wishes: &Wishes) -> Result<Self, Vec<Report>> {
        let first = pages.first();
        let id = wishes.id.clone().unwrap_or_else(|| {
            first.map_or_else(String::new, |page| names::catalog_id(&page.name, page.url.as_deref()))
        });
        if !names::is_portable(&id) {
            let message = message!("`{id}` cannot name a catalog", id);
            let diagnostic = Diagnostic::of_file(&rules::BAD_CATALOG_NAME, message);
            let usual = Message::new(rules::BAD_CATALOG_NAME.help, Vec::new());
            let help = message!("{usual}; nor a name that Windows keeps for a device", usual);
            return Err(vec![report("--catalog", String::new(), vec![diagnostic.with_help(help)])]);
        }
        let mut surveyed: Vec<Surveyed> = Vec::new();
        let mut refused = Vec::new();
        for (index, page) in pages.into_iter().enumerate() {
            let roles = wishes.roles.iter().filter(|role| role.page == index);
            let taken: Vec<_> = surveyed.iter().map(|page| page.file.clone()).collect();
            match Surveyed::new(page, roles, &taken) {
                Ok(page) => surveyed.push(page),
                Err(report) => refused.push(report),
            }
        }
        if let Some(role) = wishes.roles.iter().find(|role| role.page >= surveyed.len() + refused.len()) {
            let (n, pages) = (role.page + 1, surveyed.len() + refused.len());
            let message = message!("there is no page {n}, only {pages}", n, pages);
            let diagnostic = Diagnostic::of_file(&rules::NO_SUCH_TABLE, message);
            refused.push(report(
                "--role",
                String::new(),
                vec![diagnostic.with_help(message!("pages are counted from 1"))],
            ));
        }
        if !refused.is_empty() {
            return Err(refused);
        }
        let localized = |texts: &[(Option<Locale>, String)]| {
            let mut localized = Localized::default();
            for (locale, text) in texts {
                if let Some(locale) = locale {
                    localized.insert(locale.clone(), facts::one_line(text), false);
                }
            }
            localized
        };
        let own = |texts: &[(Option<Locale>, String)]| {
            let (_, text) = texts.iter().rev().find(|(locale, _)| locale.is_none())?;
            Some(Settled { value: facts::one_line(text), is_guess: false })
        };
        let mut survey = Self {
            id,
            pages: surveyed,
            locale: wishes.locale.clone().map(|value| Settled { value, is_guess: false }),
            titles: localized(&wishes.title),
            title: own(&wishes.title),
            vendors: localized(&wishes.vendor),
            vendor: own(&wishes.vendor),
            asked: BTreeSet::new(),
        };
        survey.settle_languages();
        Ok(survey)
    }

    /// The language of the pages, if they leave no doubt of it: that of the first. One that is surely
    /// in another says the same errors again.
    fn settle_languages(&mut self) {
        let certain = |page: &Surveyed| {
            let language = page.language.as_ref().filter(|language| language.certain);
            language.map(|language| language.locale.clone())
        };
        if self.locale.is_none() {
            let first = self.pages.iter().find_map(certain);
            self.locale = first.map(|value| Settled { value, is_guess: false });
        }
        let Some(own) = self.locale.as_ref().map(|settled| settled.value.clone()) else {
            return;
        };
        let languages: Vec<_> = self.pages.iter().map(certain).collect();
        // Without a page in the catalog's language there is nothing to say again.
        if languages.iter().all(|language| language.as_ref().is_some_and(|language| *language != own)) {
            return;
        }
        for (page, language) in self.pages.iter_mut().zip(languages) {
            page.counterpart = language.filter(|language| *language != own);
            // The documentation must have its language to show it.
            if let Some(other) = page.counterpart.clone().filter(|other| self.titles.get(other).is_none()) {
                let title = page.title.clone().unwrap_or_else(|| facts::capitalized(&self.id));
                self.titles.insert(other, title, false);
            }
        }
    }

    /// The language of the pages, as far as it is known.
    #[must_use]
    pub fn locale(&self) -> Locale {
        let most_probable = || self.pages.iter().find_map(|page| page.language.clone());
        let settled = self.locale.as_ref().map(|settled| settled.value.clone());
        // Without a word of any language, English is what people who read code read.
        settled.or_else(|| most_probable().map(|language| language.locale)).unwrap_or_else(Locale::english)
    }

    /// How much of what goes into the catalog is a guess.
    #[must_use]
    pub fn guesses(&self) -> usize {
        let roles =
            self.pages.iter().flat_map(|page| page.roles.values()).filter(|role| role.is_guess).count();
        let texts = [&self.title, &self.vendor].into_iter().flatten().filter(|text| text.is_guess).count();
        roles + texts + usize::from(self.locale.as_ref().is_some_and(|locale| locale.is_guess))
    }
}

impl Surveyed {
    fn new<'w>(
        page: Page,
        roles: impl Iterator<Item = &'w RoleAt>,
        taken: &[String],
    ) -> Result<Self, Report> {
        let Page { name, url, bytes } = page;
        let document = read::read(&bytes)
            .map_err(|diagnostic| report(&name, String::new(), vec![diagnostic]))?
            .into_owned();
        let text = &document.text;
        let is_html = facts::is_html(text);
        let taken: Vec<_> =
            taken.iter().filter_map(|file| file.strip_prefix(FOLDER)).map(str::to_owned).collect();
        let file = format!("{FOLDER}{}", names::file_name(&name, is_html, &taken));
        let url = url.or_else(|| facts::url(text));
        let edition = facts::edition(&name);
        let language = language::of(&words(&document), facts::html_lang(text).as_deref());
        let settled = roles.map(|at| ((at.table, at.column), Settled { value: at.role, is_guess: false }));
        let reading = Reading { tables: Vec::new(), entries: Vec::new(), diagnostics: Vec::new() };
        let roles = settled.collect();
        let mut page = Self {
            name,
            file,
            url,
            edition,
            bytes,
            document,
            reading,
            language,
            title: None,
            counterpart: None,
            roles,
        };
        page.read_again();
        page.check()?;
        page.title = facts::title(&page.document.text, &page.headings());
        Ok(page)
    }

    /// Interprets the page with the roles as they are settled now.
    pub(super) fn read_again(&mut self) {
        let roles = self.roles.iter().map(|(at, settled)| (*at, settled.value)).collect();
        self.reading = interpret(&self.document, &Overrides { roles });
    }

    /// The columns of the tables that list errors.
    pub(super) fn columns(&self) -> impl Iterator<Item = (usize, &[Column])> {
        self.reading.tables.iter().enumerate().filter_map(|(table, kind)| match kind {
            Kind::Errors(columns) => Some((table, columns.as_slice())),
            Kind::Other(_) => None,
        })
    }

    /// The headings above each table that lists errors.
    fn headings(&self) -> Vec<&[String]> {
        self.columns().map(|(table, _)| self.document.tables[table].headings.as_slice()).collect()
    }

    /// What makes a catalog of this page impossible.
    fn check(&self) -> Result<(), Report> {
        let mut found: Vec<Diagnostic> = self.document.diagnostics.clone();
        for (table, column) in self.roles.keys() {
            found.extend(self.beyond(*table, *column));
        }
        let is_broken = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        if !is_broken && self.reading.entries.is_empty() {
            // That each table lists none, and why, is among what was found in it.
            let what = match self.document.tables.len() {
                1 => message!("the page has one table, and it lists no errors"),
                n => message!("the page has {n} tables, and none lists errors", n),
            };
            found.extend(self.reading.diagnostics.iter().cloned());
            found.push(Diagnostic::of_file(&rules::NO_ERROR_TABLE, what));
        } else if !is_broken {
            return Ok(());
        }
        Err(report(&self.name, self.document.text.to_string(), found))
    }

    /// A role for a column that is not there.
    fn beyond(&self, table: usize, column: usize) -> Option<Diagnostic> {
        let Some(kind) = self.reading.tables.get(table) else {
            let tables = self.reading.tables.len();
            let message = message!("there is no table {n}, only {tables}", n = table + 1, tables);
            return Some(Diagnostic::of_file(&rules::NO_SUCH_TABLE, message));
        };
        let grid = read::Grid::new(&self.document.tables[table]);
        let width = grid.width().max(grid.header_width());
        if column >= width {
            let message = message!(
                "table {n} has no column {column}, only {width}",
                n = table + 1,
                column = column + 1,
                width
            );
            return Some(Diagnostic::of_file(&rules::NO_SUCH_COLUMN, message));
        }
        // Without a group of its own nothing can be said of the table.
        matches!(kind, Kind::Other(_)).then(|| {
            let message = message!(
                "table {n} lists no errors, whatever its column {column} is",
                n = table + 1,
                column = column + 1
            );
            Diagnostic::of_file(&rules::NO_ERROR_TABLE, message)
        })
    }
}

/// The folder of the pages.
const FOLDER: &str = "sources/";

fn report(file: &str, text: String, diagnostics: Vec<Diagnostic>) -> Report {
    Report { file: file.to_owned(), text, diagnostics }
}

/// The words of the tables and of the headings above them: what is around them is the site's.
fn words(document: &Document<'_>) -> String {
    let mut words = String::new();
    for table in &document.tables {
        let cells = table.all_rows().flat_map(|row| row.cells()).map(|cell| cell.plain_text());
        for text in table.headings.iter().map(Cow::from).chain(cells) {
            words += &text;
            words.push('\n');
        }
    }
    words
}
