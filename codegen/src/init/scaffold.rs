//! The files of the new catalog.

use std::collections::BTreeMap;

use im_errors_spec::{Locale, Localized, quoted};

use super::names::GroupIds;
use super::survey::{Settled, Survey, Surveyed};
use super::{IGNORE, facts};
use crate::interpret::{Kind, Role};
use crate::read::Lines;
use crate::resolve::CATALOG_FILE;

/// The files of a new catalog, by their path below its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaffold {
    /// The catalog's id.
    pub id: String,
    /// catalog.toml, and the pages as they came.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Survey {
    /// What is to be written, with all that was answered and guessed.
    #[must_use]
    pub fn scaffold(self) -> Scaffold {
        let catalog = catalog_toml(&self).into_bytes();
        let pages = self.pages.into_iter().map(|page| (page.file, page.bytes));
        let files = std::iter::once((CATALOG_FILE.to_owned(), catalog)).chain(pages).collect();
        Scaffold { id: self.id, files }
    }
}

const HEAD: &str = "\
# What people know of this vendor's errors and the page does not say. `im-errors init` wrote this file once;
# it is yours now, and no command changes it. After a change run `im-errors build`.

";

/// How a guess is marked.
const GUESS: &str = "# A guess: confirm or correct it, then remove this line.\n";

fn catalog_toml(survey: &Survey) -> String {
    let locale = survey.locale();
    let mut out = HEAD.to_owned();
    let mut own = survey.pages.iter().filter(|page| page.counterpart.is_none());
    let from_page = own.find_map(|page| page.title.clone());
    let settled = survey.title.clone();
    let title = settled.or_else(|| Some(Settled { value: from_page?, is_guess: false }));
    out += "# The languages of the title are those of the documentation; to add one, add it here.\n";
    let titles = localized(&mut out, "title", &survey.titles, title.as_ref(), &locale);
    localized(&mut out, "vendor", &survey.vendors, survey.vendor.as_ref(), &locale);
    if survey.locale.as_ref().is_none_or(|locale| locale.is_guess) {
        out += GUESS;
    }
    out += &format!("locale = {}\n", quoted(locale.as_str()));
    for page in &survey.pages {
        source(&mut out, page);
    }
    let mut ids = GroupIds::default();
    for page in survey.pages.iter().filter(|page| page.counterpart.is_none()) {
        groups(&mut out, page, survey.pages.len() > 1, &titles, &locale, &mut ids);
    }
    out += &example(survey);
    out
}

/// Writes the texts of `key`, and returns the one in the catalog's language.
fn localized(
    out: &mut String,
    key: &str,
    said: &Localized,
    found: Option<&Settled<String>>,
    locale: &Locale,
) -> String {
    let mut texts = said.clone();
    if let (None, Some(found)) = (texts.get(locale), found) {
        texts.insert(locale.clone(), found.value.clone(), false);
        if found.is_guess {
            out.push_str(GUESS);
        }
    }
    let own = texts.get(locale).map(|text| text.text.clone()).unwrap_or_default();
    out.push_str(&format!("{key} = {}\n", inline_table(&texts)));
    own
}

fn inline_table(texts: &Localized) -> String {
    let pairs: Vec<_> =
        texts.0.iter().map(|(locale, text)| format!("{locale} = {}", quoted(&text.text))).collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn source(out: &mut String, page: &Surveyed) {
    *out += &format!("\n[[source]]\nfile = {}\n", quoted(&page.file));
    if let Some(locale) = &page.counterpart {
        *out += &format!("locale = {}    # the same errors in another language\n", quoted(locale.as_str()));
        *out += &counterpart_roles(page);
    }
    *out += &match &page.url {
        Some(url) => format!("url = {}\n", quoted(url)),
        None => "# url = \"https://…\"      # where the vendor publishes it: links of the page start there\n"
            .to_owned(),
    };
    *out += &match &page.edition {
        Some(edition) => format!("edition = {}\n", quoted(edition)),
        None => "# edition = \"2026-05\"    # the vendor's name or date of this edition\n".to_owned(),
    };
}

/// What is said of the columns of a page that has no groups of its own.
fn counterpart_roles(page: &Surveyed) -> String {
    let mut tables: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for ((table, column), role) in &page.roles {
        let pair = format!("{} = {}", column + 1, quoted(role.value.map_or(IGNORE, Role::as_str)));
        tables.entry(*table).or_default().push(pair);
    }
    if tables.is_empty() {
        return String::new();
    }
    let guess = if page.roles.values().any(|role| role.is_guess) { GUESS } else { "" };
    let of_table = |(table, pairs): (&usize, &Vec<String>)| {
        format!("{} = {{ roles = {{ {} }} }}", table + 1, pairs.join(", "))
    };
    let tables: Vec<_> = tables.iter().map(of_table).collect();
    format!("{guess}tables = {{ {} }}\n", tables.join(", "))
}

/// A group for each table that lists errors.
fn groups(
    out: &mut String,
    page: &Surveyed,
    of_several: bool,
    title: &str,
    locale: &Locale,
    ids: &mut GroupIds,
) {
    let lines = Lines::new(&page.document.text);
    for (index, (table, kind)) in page.document.tables.iter().zip(&page.reading.tables).enumerate() {
        let line = lines.line(table.span.start);
        let columns = match kind {
            Kind::Errors(columns) => columns,
            Kind::Other(why) => {
                *out += &format!(
                    "\n# Table {} (line {line}) is in no group: {}.\n",
                    index + 1,
                    comment(&why.to_string())
                );
                continue;
            }
        };
        let heading =
            table.headings.last().map(|heading| facts::heading(heading)).filter(|text| !text.is_empty());
        let id = ids.give(heading.as_deref(), index + 1);
        *out += &format!("\n[[group]]\nid = {}\n", quoted(&id));
        if of_several {
            *out += &format!("source = {}\n", quoted(&page.file));
        }
        *out += &format!("tables = [{}]    # at line {line}\n", index + 1);
        let mut texts = Localized::default();
        texts.insert(locale.clone(), heading.unwrap_or_else(|| title.to_owned()), false);
        *out += &format!("title = {}\n", inline_table(&texts));
        roles(out, page, index, columns.len());
    }
}

/// The roles that are not read off the page: those that somebody gave, and those only guessed.
fn roles(out: &mut String, page: &Surveyed, table: usize, width: usize) {
    let settled = (0..width).filter_map(|column| Some((column, page.roles.get(&(table, column))?)));
    let settled: Vec<_> = settled.collect();
    if settled.is_empty() {
        return;
    }
    let guessed: Vec<_> = settled
        .iter()
        .filter(|(_, role)| role.is_guess)
        .map(|(column, _)| (column + 1).to_string())
        .collect();
    if !guessed.is_empty() {
        let (columns, are) =
            if guessed.len() == 1 { ("column", "is a guess") } else { ("columns", "are guesses") };
        *out += &format!(
            "# What {columns} {} hold{} {are}: confirm or correct, then remove these two lines. The roles are\n# {}.\n",
            guessed.join(", "),
            if guessed.len() == 1 { "s" } else { "" },
            super::role_words().join(", ")
        );
    }
    let pairs: Vec<_> = settled
        .iter()
        .map(|(column, role)| format!("{} = {}", column + 1, quoted(role.value.map_or(IGNORE, Role::as_str))))
        .collect();
    *out += &format!("roles = {{ {} }}\n", pairs.join(", "));
}

/// How something is said of one error, with the key of the last group's first.
fn example(survey: &Survey) -> String {
    let mut keys = survey.pages.iter().rev().filter(|page| page.counterpart.is_none()).filter_map(|page| {
        let (table, _) = page.columns().last()?;
        page.keys(table).into_iter().next()
    });
    let key = keys.next().unwrap_or_else(|| "1001".to_owned());
    format!(
        "\n# Below a group, what is said of its errors, each by the key that `im-errors parse` shows:\n\
         #\n# [group.errors.{}]\n# name = \"…\"                 # the Rust variant; without it, one is proposed\n\
         # retry = \"after-fix\"        # never, after-fix, after-delay, with-new-token\n",
        quoted(&key)
    )
}

/// A text of the page on a comment's line.
fn comment(text: &str) -> String {
    facts::one_line(text)
}
