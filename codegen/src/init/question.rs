//! What cannot be read off the pages with certainty, and what is made of an answer.

use im_errors_spec::{Locale, error_key};

use super::survey::{Settled, Survey, Surveyed};
use super::{IGNORE, facts, names, role_of, role_words};
use crate::interpret::{Entry, Kind};
use crate::read::{Grid, excerpt};
use crate::{Message, message};

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The language of the pages.
    Locale,
    /// The catalog's title.
    Title,
    /// The vendor's name.
    Vendor,
    /// What a column is; all are counted from 0.
    Role {
        /// Which page.
        page: usize,
        /// Which of its tables.
        table: usize,
        /// Which of its columns.
        column: usize,
    },
}

/// A question, to be asked in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub about: About,
    /// The question, without the default.
    pub text: Message,
    /// What holds without an answer.
    pub default: String,
}

impl Survey {
    /// The next question that neither the pages nor anybody has answered. Each is asked once: an
    /// answer can raise another.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        self.questions().into_iter().next()
    }

    /// All of them, as things stand.
    fn questions(&self) -> Vec<Question> {
        let locale = self.locale();
        let no_title = self.titles.get(&locale).is_none()
            && self.pages.iter().all(|page| page.title.is_none() || page.counterpart.is_some());
        let no_vendor = self.vendors.get(&locale).is_none() && self.vendor.is_none();
        let texts = [
            (About::Locale, self.locale.is_none(), message!("language of the pages"), locale.to_string()),
            (
                About::Title,
                no_title && self.title.is_none(),
                message!("title of the catalog"),
                facts::capitalized(&self.id),
            ),
            (About::Vendor, no_vendor, message!("name of the vendor"), self.vendor_guess()),
        ];
        let texts = texts.into_iter().filter(|(_, is_open, ..)| *is_open);
        let texts = texts.map(|(about, _, text, default)| Question { about, text, default });
        let pages = self.pages.iter().enumerate();
        let roles = pages.flat_map(|(index, page)| page.role_questions(index, self.pages.len() > 1));
        texts.chain(roles).filter(|question| !self.asked.contains(&question.about)).collect()
    }

    /// Takes an answer; an empty one takes the default.
    ///
    /// # Errors
    /// What is wrong with it; the question stays open.
    pub fn answer(&mut self, question: &Question, answer: &str) -> Result<(), Message> {
        let answer = facts::one_line(answer);
        let answer = if answer.is_empty() { &question.default } else { &answer };
        self.settle(question.about, answer)?;
        self.asked.insert(question.about);
        Ok(())
    }

    /// Leaves every open question to the guess, which is marked as one.
    pub fn guess_all(&mut self) {
        for question in self.questions() {
            self.guess(&question);
        }
    }

    fn guess(&mut self, question: &Question) {
        self.asked.insert(question.about);
        let text = || Some(Settled { value: question.default.clone(), is_guess: true });
        match question.about {
            About::Locale => self.locale = Some(Settled { value: self.locale(), is_guess: true }),
            About::Title => self.title = text(),
            About::Vendor => self.vendor = text(),
            About::Role { page, table, column } => {
                // The role that the column has already: the page need not be read again. One without
                // a role was not guessed at; it stays unread, and the build says so.
                let role = role_of(&question.default).flatten();
                if let (Some(page), Some(role)) = (self.pages.get_mut(page), role) {
                    page.roles.insert((table, column), Settled { value: Some(role), is_guess: true });
                }
            }
        }
    }

    fn settle(&mut self, about: About, answer: &str) -> Result<(), Message> {
        let text = || Some(Settled { value: answer.to_owned(), is_guess: false });
        match about {
            About::Locale => {
                let value = Locale::new(answer)
                    .ok_or_else(|| message!("write a language tag such as `en` or `zh-Hant`"))?;
                self.locale = Some(Settled { value, is_guess: false });
            }
            About::Title => self.title = text(),
            About::Vendor => self.vendor = text(),
            About::Role { page, table, column } => {
                let role =
                    role_of(answer).ok_or_else(|| message!("write one of {roles}", roles = role_words()))?;
                let Some(page) = self.pages.get_mut(page) else {
                    return Ok(());
                };
                let said = page.roles.iter().filter(|((of, _), _)| *of == table);
                let mut others = said.filter(|((_, other), _)| *other != column);
                if let Some(((_, other), _)) = others.find(|(_, other)| role.is_some() && other.value == role)
                {
                    let n = other + 1;
                    return Err(message!("column {n} is the {role}", n, role = answer));
                }
                page.roles.insert((table, column), Settled { value: role, is_guess: false });
                page.read_again();
                if !matches!(page.reading.tables.get(table), Some(Kind::Errors(_))) {
                    page.roles.remove(&(table, column));
                    page.read_again();
                    return Err(message!("then no column would tell the errors of the table apart"));
                }
            }
        }
        Ok(())
    }

    fn vendor_guess(&self) -> String {
        let of_host = self.pages.iter().find_map(|page| names::host_word(page.url.as_deref()?));
        let of_id = || self.id.split(['-', '_', '.']).next().unwrap_or_default().to_owned();
        facts::capitalized(&of_host.unwrap_or_else(of_id))
    }
}

impl Surveyed {
    /// A question for each column that is only guessed, or not read.
    fn role_questions(&self, index: usize, of_several: bool) -> Vec<Question> {
        let mut questions = Vec::new();
        for (table, columns) in self.columns() {
            let grid = Grid::new(&self.document.tables[table]);
            let names = grid.header();
            for (column, found) in columns.iter().enumerate() {
                let name = names.get(column).map_or("", String::as_str);
                let cells = samples(&grid, column);
                let is_unread = found.role.is_none() && !found.ignored && !cells.is_empty();
                if !(found.is_guessed(name) || is_unread) {
                    continue;
                }
                let (n, column_n) = (table + 1, column + 1);
                let place = match of_several {
                    true => {
                        message!("{file}, table {n}, column {column}", file = self.file, n, column = column_n)
                    }
                    false => message!("table {n}, column {column}", n, column = column_n),
                };
                let place = match name.is_empty() {
                    true => place,
                    false => {
                        message!("{place} {name}", place, name = facts::one_line(&excerpt(name)))
                    }
                };
                let text = match found.role {
                    Some(role) => message!(
                        "{place} ({cells}) looks like the {role}; it is",
                        place,
                        cells,
                        role = role.as_str()
                    ),
                    None => message!("{place} ({cells}) is not read; it is", place, cells),
                };
                let default = found.role.map_or(IGNORE, |role| role.as_str()).to_owned();
                questions.push(Question { about: About::Role { page: index, table, column }, text, default });
            }
        }
        questions
    }

    /// What the errors of a table are known by.
    #[must_use]
    pub fn keys(&self, table: usize) -> Vec<String> {
        // Entries are in the order of the tables.
        let entries = &self.reading.entries;
        let of_table = &entries[entries.partition_point(|entry| entry.table < table)..];
        let of_table = of_table.iter().take_while(|entry| entry.table == table);
        let key = |entry: &Entry| error_key(entry.code, entry.http_status, entry.error(), entry.message());
        of_table.map(key).collect()
    }
}

/// The first cells of a column that are filled.
fn samples(grid: &Grid<'_>, column: usize) -> Vec<String> {
    const MOST: usize = 3;
    let cells = grid.rows().filter_map(|row| grid.cell(row.get(column)?));
    cells
        .filter(|cell| !cell.is_empty())
        .take(MOST)
        .map(|cell| facts::one_line(&excerpt(&cell.plain())))
        .collect()
}
