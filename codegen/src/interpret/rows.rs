//! Rows → entries.

use im_errors_spec::HttpStatus;

use super::Role;
use super::columns::Column;
use super::entry::{Entry, Texts};
use super::ledger::Ledger;
use super::shape::{self, Shape, Shapes};
use crate::diagnostic::{Rule, rules};
use crate::inline::write_markdown;
use crate::read::{Cell, Grid, Row, Slot, Slots, Table, excerpt};
use crate::{Diagnostic, Message, message};

/// What the rows of a table gave besides entries.
pub(super) struct Found {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) ledger: Ledger,
    /// How many cells of each column are not read, for it has no role.
    pub(super) unread: Vec<usize>,
}

/// Turns the rows of a table into entries, which are added to `entries`.
pub(super) fn entries(
    index: usize,
    table: &Table,
    grid: &Grid<'_>,
    shapes: &Shapes,
    columns: &[Column],
    entries: &mut Vec<Entry>,
) -> Found {
    entries.reserve(table.rows().len());
    let found = Found { diagnostics: Vec::new(), ledger: Ledger::new(table), unread: vec![0; columns.len()] };
    let (names, draft) = (grid.header(), Draft::default());
    let mut reader = Reader { grid, shapes, columns, names, above: None, entries, found, draft };
    for (row, slots) in table.rows().zip(grid.rows()) {
        // What only reaches into a row from above was said there.
        if row.cells().any(|cell| !cell.is_empty()) {
            reader.row(index, &row, slots);
        }
    }
    reader.found
}

struct Reader<'a, 't> {
    grid: &'a Grid<'t>,
    shapes: &'a Shapes,
    columns: &'a [Column],
    names: Vec<String>,
    /// The entry of the last row, as far as the next one may go on with it.
    above: Option<usize>,
    entries: &'a mut Vec<Entry>,
    found: Found,
    /// The row that is read, with the room of those before.
    draft: Draft,
}

/// The entries of one row: one, or where its code or status is a list, one for each of them.
#[derive(Default)]
struct Draft {
    entry: Entry,
    texts: Texts,
    codes: Vec<i64>,
    statuses: Vec<HttpStatus>,
}

impl<'t> Reader<'_, 't> {
    fn row(&mut self, table: usize, row: &Row<'_>, slots: Slots<'_>) {
        if self.is_no_entry(row, slots) {
            self.above = None;
            return;
        }
        let slots = self.put_right(row, slots);
        let mut draft = std::mem::take(&mut self.draft);
        draft.start(Entry { table, span: row.span.clone(), ..Entry::default() });
        for (at, slot) in slots.iter().enumerate() {
            let (Some(slot), Some(cell)) = (slot, self.cell(slot)) else {
                continue;
            };
            let column = self.columns.get(at);
            match column.and_then(|column| column.role) {
                Some(role) => self.field(&mut draft, role, &cell),
                // An unknown column has a diagnostic that says how many.
                None if column.is_some() && (at < self.names.len() || self.names.is_empty()) => {
                    self.found.unread[at] += 1;
                }
                None if column.is_some_and(|column| column.ignored) => {}
                // A cell that takes several slots is told once.
                None if self.found.ledger.is_claimed(slot) => {}
                None => {
                    let message = message!(
                        "a cell beyond the header's {n} {n:column|columns}: {text}",
                        n = self.names.len(),
                        text = excerpt(&cell.plain_text())
                    );
                    self.report(Diagnostic::at(&rules::EXTRA_CELL, cell.span.clone(), message));
                }
            }
            self.found.ledger.claim(slot);
        }
        self.continue_above(&mut draft, row, slots);
        if draft.has_key() {
            let single = draft.codes.len() <= 1 && draft.statuses.len() <= 1;
            self.above = single.then_some(self.entries.len());
            draft.add_to(self.entries);
        } else {
            self.above = None;
            let cells = slots.iter().filter_map(|slot| self.cell(slot));
            let text: Vec<_> = cells.map(|cell| cell.plain_text()).collect();
            let message =
                message!("a row that does not say which error it is: {text}", text = text.join(" | "));
            self.report(Diagnostic::at(&rules::NO_KEY, row.span.clone(), message));
        }
        self.draft = draft;
    }

    /// Vendors write a code only in the first of several rows. Where a row starts with empty cells
    /// and has no key of its own, it goes on with the error above; where it has an error type or a
    /// message, only the status is that of the row above.
    fn continue_above(&mut self, draft: &mut Draft, row: &Row<'_>, slots: Shifted<'_>) {
        // Most rows start with a cell of their own.
        if slots.iter().next().is_some_and(|slot| self.cell(slot).is_some()) {
            return;
        }
        let Some(above) = self.above.and_then(|above| self.entries.get(above)) else {
            return;
        };
        let empty = slots.iter().take_while(|slot| self.cell(*slot).is_none()).count();
        let roles: Vec<_> = self.columns.iter().take(empty).filter_map(|column| column.role).collect();
        if !matches!(roles.first(), Some(Role::Code | Role::HttpStatus)) {
            return;
        }
        let Draft { entry, texts, .. } = draft;
        let own = entry.code.is_some() || texts.has_key();
        let mut taken = Vec::new();
        for role in roles {
            let value = match role {
                Role::HttpStatus => {
                    entry.http_status = above.http_status;
                    above.http_status.map(|status| status.to_string())
                }
                Role::Code if !own => {
                    entry.code = above.code;
                    above.code.map(|code| code.to_string())
                }
                Role::Error | Role::Message if !own => {
                    let text = above.text(role);
                    texts.set(role, |out| out.push_str(text.unwrap_or_default()));
                    text.map(str::to_owned)
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
    fn cell(&self, slot: Option<Slot>) -> Option<Cell<'t>> {
        slot.and_then(|slot| self.grid.cell(slot)).filter(|cell| !cell.is_empty())
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.diagnostics.push(diagnostic);
    }

    /// Rows that only divide the table or repeat its header.
    fn is_no_entry(&mut self, row: &Row<'_>, slots: Slots<'_>) -> bool {
        let first = slots.get(0);
        let across = slots.len() > 1 && first.is_some() && slots.clone().all(|slot| slot == first);
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
    fn is_heading(&self, mut slots: Slots<'_>) -> bool {
        let key = self.columns.first().and_then(|column| column.role);
        let shape = slots.next().flatten().and_then(|slot| self.shapes.of(slot));
        let words = matches!(shape, Some(Shape::Han | Shape::Words | Shape::Identifier | Shape::Latin));
        matches!(key, Some(Role::Code | Role::HttpStatus))
            && words
            && slots.len() > 0
            && slots.all(|slot| self.cell(slot).is_none())
    }

    /// Moves the cells of a row right by one where an empty cell was left out.
    fn put_right<'g>(&mut self, row: &Row<'_>, slots: Slots<'g>) -> Shifted<'g> {
        let Some((at, shifted)) = self.shifted(slots) else {
            return Shifted::not(slots);
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
    fn shifted<'g>(&self, slots: Slots<'g>) -> Option<(usize, Shifted<'g>)> {
        const CONTRADICTION: i32 = -30;
        let width = self.columns.len().min(self.names.len());
        let is_full = || self.cell(slots.get(slots.len() - 1)).is_some();
        if slots.len() > width || self.against(Shifted::not(slots)) > CONTRADICTION {
            return None;
        }
        if slots.len() == width && (width == 0 || is_full()) {
            return None;
        }
        let kept = slots.len().min(width - 1);
        let candidates = (1..kept).map(|at| (at, Shifted { slots, kept, at }));
        let fitting = candidates.filter(|(_, shifted)| self.against(*shifted) == 0);
        // Of equal ones the rightmost: it moves the fewest cells.
        fitting.max_by_key(|(at, shifted)| (self.fit(*shifted), *at))
    }

    fn fits(&self, slots: Shifted<'_>) -> impl Iterator<Item = i32> {
        slots
            .iter()
            .zip(self.columns)
            .filter_map(|(slot, column)| Some(shape::fit(column.role?, self.shapes.of(slot?)?)))
    }

    /// How well a row's cells fit their columns.
    fn fit(&self, slots: Shifted<'_>) -> i32 {
        self.fits(slots).sum()
    }

    /// How much of it speaks against them.
    fn against(&self, slots: Shifted<'_>) -> i32 {
        self.fits(slots).map(|fit| fit.min(0)).sum()
    }

    fn field(&mut self, draft: &mut Draft, role: Role, cell: &Cell<'_>) {
        draft.entry.set_cell(role, &cell.span);
        if matches!(role, Role::Summary | Role::Cause | Role::Remedy) {
            return draft.texts.set(role, |out| write_markdown(out, cell.flat()));
        }
        let plain = cell.plain_text();
        if shape::says_nothing(&plain) {
            let message =
                message!("{text} is read as no {role}", text = excerpt(&plain), role = role.as_str());
            return self.report(Diagnostic::at(&rules::FILLER_CELL, cell.span.clone(), message));
        }
        match role {
            Role::Code => self.code(draft, &plain, cell),
            Role::HttpStatus => self.status(draft, &plain, cell),
            _ if plain.contains('\n') => {
                draft.texts.set(role, |out| out.push_str(shape::unquote(&plain.replace('\n', " "))));
            }
            _ => draft.texts.set(role, |out| out.push_str(shape::unquote(&plain))),
        }
    }

    fn code(&mut self, draft: &mut Draft, plain: &str, cell: &Cell<'_>) {
        let digits = shape::half_width(plain);
        numbers(&mut draft.codes, &digits, |number| number.parse().ok());
        let phrase = shape::before_phrase(&digits).filter(|_| draft.codes.is_empty());
        draft.codes.extend(phrase.and_then(|number| number.parse::<i64>().ok()));
        draft.entry.code = draft.codes.first().copied();
        self.check_key(&rules::BAD_CODE, &message!("code"), draft.codes.len(), phrase, plain, cell);
    }

    fn status(&mut self, draft: &mut Draft, plain: &str, cell: &Cell<'_>) {
        let digits = shape::half_width(plain);
        numbers(&mut draft.statuses, &digits, HttpStatus::parse);
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
        cell: &Cell<'_>,
    ) {
        if count == 1 && phrase.is_none() {
            return;
        }
        let shown = excerpt(plain);
        let message = match (count, phrase) {
            (0, _) => message!("{shown} is no {what}", shown, what),
            (1, Some(number)) => message!("only {number} is read of {shown}", number, shown),
            _ => message!("{shown} is a list of {count} where one {what} is expected", shown, count, what),
        };
        self.report(Diagnostic::at(rule, cell.span.clone(), message));
    }
}

impl Draft {
    fn start(&mut self, entry: Entry) {
        self.entry = entry;
        self.texts.clear();
        self.codes.clear();
        self.statuses.clear();
    }

    fn has_key(&self) -> bool {
        self.entry.code.is_some() || self.entry.http_status.is_some() || self.texts.has_key()
    }

    /// One entry per code; where the code is no list, one per status. Which status of a list
    /// belongs to which code of another is not said, so there only the first is taken.
    fn add_to(&mut self, entries: &mut Vec<Entry>) {
        let entry = self.texts.entry(std::mem::take(&mut self.entry));
        if self.codes.len() > 1 {
            entries.extend(self.codes.iter().map(|code| Entry { code: Some(*code), ..entry.clone() }));
        } else if self.statuses.len() > 1 {
            let entry = |status: &HttpStatus| Entry { http_status: Some(*status), ..entry.clone() };
            entries.extend(self.statuses.iter().map(entry));
        } else {
            entries.push(entry);
        }
    }
}

/// Adds the number that `digits` is, or the numbers of the list it is.
fn numbers<N>(out: &mut Vec<N>, digits: &str, parse: impl Fn(&str) -> Option<N>) {
    match parse(digits) {
        Some(number) => out.push(number),
        None => {
            let list = shape::several(digits).unwrap_or_default();
            out.extend(list.into_iter().map(parse).collect::<Option<Vec<_>>>().unwrap_or_default());
        }
    }
}

/// The slots of a row, perhaps with an empty one put in.
#[derive(Clone, Copy)]
struct Shifted<'g> {
    slots: Slots<'g>,
    /// How many of them are looked at.
    kept: usize,
    /// Where an empty one is put in; behind all of them there is none.
    at: usize,
}

impl<'g> Shifted<'g> {
    fn not(slots: Slots<'g>) -> Self {
        Self { slots, kept: slots.len(), at: slots.len() }
    }

    fn iter(self) -> impl Iterator<Item = Option<Slot>> + use<'g> {
        let Self { slots, kept, at } = self;
        let length = kept + usize::from(at < kept);
        (0..length).map(move |column| match column {
            column if column < at => slots.get(column),
            column if column == at => None,
            column => slots.get(column - 1),
        })
    }
}
