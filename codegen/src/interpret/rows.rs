//! Rows → entries.

use im_errors_spec::HttpStatus;

use super::columns::Column;
use super::ledger::Ledger;
use super::shape::{self, Shape};
use super::{Entry, Role};
use crate::diagnostic::{Rule, rules};
use crate::inline::to_markdown;
use crate::read::{Cell, Grid, Row, Slot, Table, excerpt};
use crate::{Diagnostic, Message, message};

/// What the rows of a table gave.
pub(super) struct Found {
    pub(super) entries: Vec<Entry>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) ledger: Ledger,
    /// How many cells of each column are not read, for it has no role.
    pub(super) unread: Vec<usize>,
}

/// Turns the rows of a table into entries.
pub(super) fn entries(index: usize, table: &Table, grid: &Grid<'_>, columns: &[Column]) -> Found {
    let found = Found {
        entries: Vec::new(),
        diagnostics: Vec::new(),
        ledger: Ledger::new(table),
        unread: vec![0; columns.len()],
    };
    let mut reader = Reader { grid, columns, names: grid.header(), above: None, found };
    for (row, slots) in table.rows.iter().zip(grid.rows()) {
        // What only reaches into a row from above was said there.
        if row.cells.iter().any(|cell| !cell.is_empty()) {
            reader.row(index, row, slots);
        }
    }
    reader.found
}

struct Reader<'a, 't> {
    grid: &'a Grid<'t>,
    columns: &'a [Column],
    names: Vec<String>,
    /// The entry of the last row, as far as the next one may go on with it.
    above: Option<usize>,
    found: Found,
}

/// The entries of one row: one, or where its code or status is a list, one for each of them.
struct Draft {
    entry: Entry,
    codes: Vec<i64>,
    statuses: Vec<HttpStatus>,
}

impl<'t> Reader<'_, 't> {
    fn row(&mut self, table: usize, row: &Row, slots: &[Option<Slot>]) {
        if self.is_no_entry(row, slots) {
            self.above = None;
            return;
        }
        let slots = &self.put_right(row, slots);
        let entry = Entry { table, span: row.span.clone(), ..Entry::default() };
        let mut draft = Draft { entry, codes: Vec::new(), statuses: Vec::new() };
        for (at, slot) in slots.iter().enumerate() {
            let (Some(slot), Some(cell)) = (slot, self.cell(*slot)) else {
                continue;
            };
            let column = self.columns.get(at);
            match column.and_then(|column| column.role) {
                Some(role) => self.field(&mut draft, role, cell),
                // An unknown column has a diagnostic that says how many.
                None if column.is_some() && (at < self.names.len() || self.names.is_empty()) => {
                    self.found.unread[at] += 1;
                }
                None if column.is_some_and(|column| column.ignored) => {}
                // A cell that takes several slots is told once.
                None if self.found.ledger.is_claimed(*slot) => {}
                None => {
                    let message = message!(
                        "a cell beyond the header's {n} {n:column|columns}: {text}",
                        n = self.names.len(),
                        text = excerpt(&cell.plain())
                    );
                    self.report(Diagnostic::at(&rules::EXTRA_CELL, cell.span.clone(), message));
                }
            }
            self.found.ledger.claim(*slot);
        }
        self.continue_above(&mut draft.entry, row, slots);
        if draft.has_key() {
            let single = draft.codes.len() <= 1 && draft.statuses.len() <= 1;
            self.above = single.then_some(self.found.entries.len());
            self.found.entries.extend(draft.entries());
        } else {
            self.above = None;
            let text: Vec<_> = slots.iter().filter_map(|slot| self.cell(*slot)).map(Cell::plain).collect();
            let message =
                message!("a row that does not say which error it is: {text}", text = text.join(" | "));
            self.report(Diagnostic::at(&rules::NO_KEY, row.span.clone(), message));
        }
    }

    /// Vendors write a code only in the first of several rows. Where a row starts with empty cells
    /// and has no key of its own, it goes on with the error above; where it has an error type or a
    /// message, only the status is that of the row above.
    fn continue_above(&mut self, entry: &mut Entry, row: &Row, slots: &[Option<Slot>]) {
        let Some(above) = self.above.and_then(|above| self.found.entries.get(above)) else {
            return;
        };
        let empty = slots.iter().take_while(|slot| self.cell(**slot).is_none()).count();
        let roles: Vec<_> = self.columns.iter().take(empty).filter_map(|column| column.role).collect();
        if !matches!(roles.first(), Some(Role::Code | Role::HttpStatus)) {
            return;
        }
        let own = entry.code.is_some() || entry.error.is_some() || entry.message.is_some();
        let mut taken = Vec::new();
        for role in roles {
            let value = match role {
                Role::HttpStatus if entry.http_status.is_none() => {
                    entry.http_status = above.http_status;
                    above.http_status.map(|status| status.to_string())
                }
                Role::Code if !own => {
                    entry.code = above.code;
                    above.code.map(|code| code.to_string())
                }
                Role::Error if !own => {
                    entry.error.clone_from(&above.error);
                    above.error.clone()
                }
                Role::Message if !own => {
                    entry.message.clone_from(&above.message);
                    above.message.clone()
                }
                _ => None,
            };
            taken.extend(value.map(|value| format!("{} {}", role.as_str(), excerpt(&value))));
        }
        let message = match taken.as_slice() {
            [] if above.code.is_some() && own => {
                message!("this row has no code, unlike the one above; it is read without")
            }
            [] => return,
            taken => {
                message!("this row leaves out its key; it is read with that of the row above: {taken}", taken)
            }
        };
        self.report(Diagnostic::at(&rules::CONTINUED_ROW, row.span.clone(), message));
    }

    /// The cell of a slot, unless it is empty.
    fn cell(&self, slot: Option<Slot>) -> Option<&'t Cell> {
        slot.and_then(|slot| self.grid.cell(slot)).filter(|cell| !cell.is_empty())
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.diagnostics.push(diagnostic);
    }

    /// Rows that only divide the table or repeat its header.
    fn is_no_entry(&mut self, row: &Row, slots: &[Option<Slot>]) -> bool {
        let first = slots.first().copied().flatten();
        let across = slots.len() > 1 && first.is_some() && slots.iter().all(|slot| *slot == first);
        let repeated = !self.names.is_empty() && self.grid.says(slots, &self.names);
        let diagnostic = if across || self.is_heading(slots) {
            let text = self.cell(first).map(|cell| cell.plain()).unwrap_or_default();
            Diagnostic::at(
                &rules::SECTION_ROW,
                row.span.clone(),
                message!("a row that only divides the table: {text}", text = excerpt(&text)),
            )
        } else if repeated {
            Diagnostic::at(&rules::REPEATED_HEADER, row.span.clone(), message!("this row repeats the header"))
        } else {
            return false;
        };
        self.report(diagnostic);
        self.found.ledger.claim_row(slots);
        true
    }

    /// Whether a row has text in its first cell only, and that is no key: Markdown has no cell
    /// across a table.
    fn is_heading(&self, slots: &[Option<Slot>]) -> bool {
        let [first, rest @ ..] = slots else {
            return false;
        };
        let key = self.columns.first().and_then(|column| column.role);
        let shape = self.cell(*first).and_then(shape::of);
        let words = matches!(shape, Some(Shape::Han | Shape::Words | Shape::Identifier | Shape::Latin));
        matches!(key, Some(Role::Code | Role::HttpStatus))
            && words
            && !rest.is_empty()
            && rest.iter().all(|slot| self.cell(*slot).is_none())
    }

    /// Moves the cells of a row right by one where an empty cell was left out.
    fn put_right(&mut self, row: &Row, slots: &[Option<Slot>]) -> Vec<Option<Slot>> {
        let Some((at, shifted)) = self.shifted(slots) else {
            return slots.to_vec();
        };
        let column = self
            .names
            .get(at)
            .filter(|name| !name.is_empty())
            .map_or_else(|| message!("column {n}", n = at + 1), |name| message!("`{name}`", name));
        let message = message!(
            "this row lacks its empty cell for {column}; the cells from there on are moved right by one",
            column
        );
        self.report(Diagnostic::at(&rules::SHIFTED_ROW, row.span.clone(), message));
        shifted
    }

    /// Where an empty cell must be put in and the row that gives, if the cells plainly contradict
    /// their columns as they stand and none does so afterwards.
    fn shifted(&self, slots: &[Option<Slot>]) -> Option<(usize, Vec<Option<Slot>>)> {
        const CONTRADICTION: i32 = -30;
        let width = self.columns.len().min(self.names.len());
        let room = slots.len() < width || (slots.len() == width && self.cell(*slots.last()?).is_none());
        if !room || self.against(slots) > CONTRADICTION {
            return None;
        }
        let kept = &slots[..slots.len().min(width - 1)];
        let candidates = (1..kept.len()).map(|at| {
            let mut shifted = kept.to_vec();
            shifted.insert(at, None);
            (at, shifted)
        });
        let fitting = candidates.filter(|(_, shifted)| self.against(shifted) == 0);
        // Of equal ones the rightmost: it moves the fewest cells.
        fitting.max_by_key(|(at, shifted)| (self.fit(shifted), *at))
    }

    fn shapes(&self, slots: &[Option<Slot>]) -> impl Iterator<Item = (Role, Shape)> {
        slots
            .iter()
            .zip(self.columns)
            .filter_map(|(slot, column)| Some((column.role?, shape::of(self.cell(*slot)?)?)))
    }

    /// How well a row's cells fit their columns.
    fn fit(&self, slots: &[Option<Slot>]) -> i32 {
        self.shapes(slots).map(|(role, shape)| shape::fit(role, shape)).sum()
    }

    /// How much of it speaks against them.
    fn against(&self, slots: &[Option<Slot>]) -> i32 {
        self.shapes(slots).map(|(role, shape)| shape::fit(role, shape).min(0)).sum()
    }

    fn field(&mut self, draft: &mut Draft, role: Role, cell: &Cell) {
        draft.entry.cells.insert(role, cell.span.clone());
        let plain = cell.plain_text();
        let line = || Some(shape::unquote(&plain.replace('\n', " ")).to_owned());
        let text = || Some(to_markdown(&cell.text));
        match role {
            Role::Summary => draft.entry.summary = text(),
            Role::Cause => draft.entry.cause = text(),
            Role::Remedy => draft.entry.remedy = text(),
            _ if shape::says_nothing(&plain) => {
                let message =
                    message!("{text} is read as no {role}", text = excerpt(&plain), role = role.as_str());
                self.report(Diagnostic::at(&rules::FILLER_CELL, cell.span.clone(), message));
            }
            Role::Code => self.code(draft, &plain, cell),
            Role::HttpStatus => self.status(draft, &plain, cell),
            Role::Error => draft.entry.error = line(),
            Role::Message => draft.entry.message = line(),
        }
    }

    fn code(&mut self, draft: &mut Draft, plain: &str, cell: &Cell) {
        let digits = shape::half_width(plain);
        draft.codes = numbers(&digits, |number| number.parse().ok());
        let phrase = shape::before_phrase(&digits).filter(|_| draft.codes.is_empty());
        draft.codes.extend(phrase.and_then(|number| number.parse::<i64>().ok()));
        draft.entry.code = draft.codes.first().copied();
        self.check_key(&rules::BAD_CODE, &message!("code"), draft.codes.len(), phrase, plain, cell);
    }

    fn status(&mut self, draft: &mut Draft, plain: &str, cell: &Cell) {
        let digits = shape::half_width(plain);
        draft.statuses = numbers(&digits, HttpStatus::parse);
        let phrase = shape::before_phrase(&digits).filter(|_| draft.statuses.is_empty());
        draft.statuses.extend(phrase.and_then(HttpStatus::parse));
        draft.entry.http_status = draft.statuses.first().copied();
        self.check_key(
            &rules::BAD_STATUS,
            &message!("HTTP status"),
            draft.statuses.len(),
            phrase,
            plain,
            cell,
        );
    }

    /// A key must be one number and nothing else; what is read of anything else is said.
    fn check_key(
        &mut self,
        rule: &Rule,
        what: &Message,
        count: usize,
        phrase: Option<&str>,
        plain: &str,
        cell: &Cell,
    ) {
        let shown = excerpt(plain);
        let message = match (count, phrase) {
            (0, _) => message!("{shown} is no {what}", shown, what),
            (1, None) => return,
            (1, Some(number)) => message!("only {number} is read of {shown}", number, shown),
            _ => message!("{shown} is a list of {count} where one {what} is expected", shown, count, what),
        };
        self.report(Diagnostic::at(rule, cell.span.clone(), message));
    }
}

impl Draft {
    fn has_key(&self) -> bool {
        let entry = &self.entry;
        entry.code.is_some()
            || entry.http_status.is_some()
            || entry.error.is_some()
            || entry.message.is_some()
    }

    /// One entry per code; where the code is no list, one per status. Which status of a list
    /// belongs to which code of another is not said, so there only the first is taken.
    fn entries(self) -> Vec<Entry> {
        let Self { entry, codes, statuses } = self;
        if codes.len() > 1 {
            return codes.into_iter().map(|code| Entry { code: Some(code), ..entry.clone() }).collect();
        }
        if statuses.len() > 1 {
            let entry = |status| Entry { http_status: Some(status), ..entry.clone() };
            return statuses.into_iter().map(entry).collect();
        }
        vec![entry]
    }
}

/// The number that `digits` is, or the numbers of the list it is.
fn numbers<N>(digits: &str, parse: impl Fn(&str) -> Option<N>) -> Vec<N> {
    match parse(digits) {
        Some(number) => vec![number],
        None => {
            let list = shape::several(digits).unwrap_or_default();
            list.into_iter().map(parse).collect::<Option<_>>().unwrap_or_default()
        }
    }
}
