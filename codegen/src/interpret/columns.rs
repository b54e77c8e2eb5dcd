//! What each column of a table means.
//!
//! The name above a column and the shape of its cells are weighed together, in whole numbers and
//! with the evidence kept, and the roles are given out so that their sum is greatest.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::assign::assign;
use super::lexicon::{self, Fit, Fits, Lexicon};
use super::shape::{self, Shape, Shapes};
use super::{Role, Understood, row_or_table};
use crate::diagnostic::rules;
use crate::limits;
use crate::read::{Cell, Grid, Table};
use crate::{Diagnostic, Message, message};

/// Why a column has its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A word of the lexicon in its name, with its weight.
    Header(&'static str, i32),
    /// What most of its cells look like, with the weight of all of them.
    Cells(Message, i32),
    /// The column at this place of another table, by its index in the document.
    Sibling(usize),
    /// A person said so.
    Override,
}

/// A column as understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Its role, if it has one.
    pub role: Option<Role>,
    /// Why.
    pub evidence: Vec<Evidence>,
    /// A person said to ignore it.
    pub ignored: bool,
}

impl Column {
    /// Whether its role, below a header that says `name`, is only a guess, which a person should
    /// confirm: its look alone speaks for it, or its name is that of something else as well.
    #[must_use]
    pub fn is_guessed(&self, name: &str) -> bool {
        self.guess().is_some() || is_ambiguous(self, name)
    }

    /// The look that alone speaks for its role.
    fn guess(&self) -> Option<&Message> {
        match self.evidence.as_slice() {
            [Evidence::Cells(look, _)] => Some(look),
            _ => None,
        }
    }
}

/// What a person has said about a column.
pub(super) type Said<'a> = &'a dyn Fn(usize) -> Option<Option<Role>>;

/// The columns of a table that lists errors; `None` if it lists none.
pub(super) fn columns(
    grid: &Grid<'_>,
    names: &[String],
    shapes: &Shapes,
    said: Said<'_>,
    lexicon: &mut Lexicon,
) -> Option<Vec<Column>> {
    let width = grid.width().max(names.len()).min(limits::WEIGHED_COLUMNS);
    let profiles = Profile::of_columns(grid, shapes, width);
    let mut columns = vec![Column::default(); width];
    let mut free = Role::ALL.to_vec();
    for (i, column) in columns.iter_mut().enumerate() {
        if let Some(role) = said(i) {
            *column = Column { role, evidence: vec![Evidence::Override], ignored: role.is_none() };
            free.retain(|free| Some(*free) != role);
        }
    }
    let open: Vec<usize> = (0..width).filter(|i| columns[*i].evidence.is_empty()).collect();
    let fits: Vec<_> =
        (0..width).map(|column| lexicon.fits(names.get(column).map_or("", String::as_str))).collect();
    let candidate = |column: usize, role: Role| {
        // What stands beyond the header is named by a sibling or by a person, not by its look.
        let nameless = names.is_empty();
        let weighed = nameless || column < names.len();
        weighed.then(|| weigh(&fits[column], &profiles[column], role, nameless)).flatten()
    };
    let weight = |column, role| candidate(column, role).map(Weighed::weight);
    for (column, role) in assign(&open, &free, weight) {
        let evidence = candidate(column, role).map(Weighed::evidence).unwrap_or_default();
        columns[column] = Column { role: Some(role), evidence, ignored: false };
    }
    lists_errors(&columns, names.is_empty()).then_some(columns)
}

/// A key column must be known by name, or by a person; without any header its look is enough.
fn lists_errors(columns: &[Column], nameless: bool) -> bool {
    columns.iter().any(|column| {
        let is_key = matches!(column.role, Some(Role::Code | Role::HttpStatus | Role::Error | Role::Message));
        let by_look_alone = column.guess().is_some();
        is_key && (!by_look_alone || (nameless && matches!(column.role, Some(Role::Code | Role::HttpStatus))))
    })
}

/// How often each shape occurs in a column.
#[derive(Clone, Default)]
struct Profile {
    shapes: BTreeMap<Shape, i32>,
    filled: i32,
}

impl Profile {
    fn of_columns(grid: &Grid<'_>, shapes: &Shapes, width: usize) -> Vec<Self> {
        let mut counts = vec![[0; Shape::ALL.len()]; width];
        for row in grid.rows() {
            for (count, slot) in counts.iter_mut().zip(row) {
                if let Some(shape) = slot.and_then(|slot| shapes.of(slot)) {
                    count[shape as usize] += 1;
                }
            }
        }
        counts.into_iter().map(Self::new).collect()
    }

    fn new(counts: [i32; Shape::ALL.len()]) -> Self {
        let shapes = Shape::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
        Self { shapes, filled: counts.iter().sum() }
    }

    /// The mean fit of its cells with `role`.
    fn fit(&self, role: Role) -> i32 {
        let sum: i64 =
            self.shapes.iter().map(|(shape, n)| i64::from(shape::fit(role, *shape)) * i64::from(*n)).sum();
        let mean = sum / i64::from(self.filled.max(1));
        i32::try_from(mean).unwrap_or(i32::MIN)
    }

    fn commonest(&self) -> Option<Shape> {
        self.shapes.iter().max_by_key(|(_, n)| **n).map(|(shape, _)| *shape)
    }
}

/// What speaks for a role of a column: its name, and the look of its cells.
#[derive(Clone, Copy)]
struct Weighed {
    header: Option<(&'static str, i32)>,
    cells: Option<(Shape, i32)>,
}

impl Weighed {
    fn weight(self) -> i32 {
        self.header.map_or(0, |(_, weight)| weight) + self.look()
    }

    fn look(self) -> i32 {
        self.cells.map_or(0, |(_, weight)| weight)
    }

    fn evidence(self) -> Vec<Evidence> {
        let header = self.header.map(|(word, weight)| Evidence::Header(word, weight));
        let cells = self.cells.map(|(shape, weight)| Evidence::Cells(shape.message(), weight));
        header.into_iter().chain(cells).collect()
    }
}

/// A role for a column weighed; `None` where it cannot be.
fn weigh(fits: &Fits, profile: &Profile, role: Role, nameless: bool) -> Option<Weighed> {
    let of_name = fits[role as usize].or_else(|| {
        // Codes that are words are error types, whatever the vendor calls them.
        let words = role == Role::Error && profile.commonest() == Some(Shape::Identifier);
        fits[Role::Code as usize].filter(|_| words)
    });
    let header = of_name.map(|(fit, word)| {
        let weight = match fit {
            Fit::Exact => 60,
            Fit::Start => 40,
            Fit::Within => 25,
        };
        (word, weight)
    });
    let cells = profile.commonest().map(|shape| (shape, profile.fit(role)));
    let weighed = Weighed { header, cells };
    // Without a name, the look of the cells must be plain, and prose could be anything but a
    // summary.
    const PLAIN_LOOK: i32 = 20;
    let telling = matches!(role, Role::Code | Role::HttpStatus | Role::Message | Role::Summary)
        || (nameless && role == Role::Error);
    if header.is_none() && !(telling && weighed.look() >= PLAIN_LOOK) {
        return None;
    }
    (weighed.weight() > 0).then_some(weighed)
}

/// Names the columns beyond a header after another table of the page that has the same columns
/// and goes on.
pub(super) fn name_by_siblings(tables: &mut [Understood<'_>]) {
    let names: Vec<usize> = tables.iter().map(|table| table.named).collect();
    let going_on = going_on(&names, tables);
    for (kind, named) in tables.iter_mut().map(|table| &mut table.columns).zip(names) {
        let Some(columns) = kind.as_mut().filter(|columns| goes_beyond(named, columns)) else {
            continue;
        };
        let roles: Vec<_> = columns[..named].iter().map(|column| column.role).collect();
        for at in named..columns.len() {
            let sibling = going_on.get(&(roles.clone(), at)).copied();
            let Some((other, role)) = sibling.filter(|_| columns[at].evidence.is_empty()) else {
                continue;
            };
            if columns.iter().all(|column| column.role != Some(role)) {
                columns[at] =
                    Column { role: Some(role), evidence: vec![Evidence::Sibling(other)], ignored: false };
            }
        }
    }
}

/// Whether a table has a header, and columns that it does not name.
fn goes_beyond(named: usize, columns: &[Column]) -> bool {
    (1..columns.len()).contains(&named)
}

/// By the roles at the start of a header and a place beyond them: the first table that has a role
/// there, and which.
type GoingOn = HashMap<(Vec<Option<Role>>, usize), (usize, Role)>;

/// Finds where tables go on. Only the starts that some table needs are looked at.
fn going_on(names: &[usize], tables: &[Understood<'_>]) -> GoingOn {
    let tables = || tables.iter().map(|table| &table.columns).zip(names).enumerate();
    let wider = tables()
        .filter(|(_, (kind, named))| kind.as_ref().is_some_and(|columns| goes_beyond(**named, columns)));
    let needed: BTreeSet<usize> = wider.map(|(_, (_, named))| *named).collect();
    let mut found = HashMap::new();
    for (other, (kind, width)) in tables() {
        let Some(columns) = kind else {
            continue;
        };
        let roles: Vec<_> = columns.iter().map(|column| column.role).collect();
        for named in needed.range(..*width) {
            for (at, role) in roles.iter().enumerate().take(*width).skip(*named) {
                let start = || (roles[..*named].to_vec(), at);
                if let Some(role) = role {
                    found.entry(start()).or_insert((other, *role));
                }
            }
        }
    }
    found
}

/// What is to be said about the columns, and of how many cells of each it has to be said that they
/// are not read.
pub(super) fn diagnostics(
    table: &Table,
    grid: &Grid<'_>,
    columns: &[Column],
    unread: &[usize],
) -> Vec<Diagnostic> {
    let names = grid.header();
    let mut diagnostics = Vec::new();
    for (i, column) in columns.iter().enumerate() {
        let span = header_span(grid, i).or_else(|| first_cell(grid, i).map(|cell| cell.span.clone()));
        let span = span.unwrap_or_else(|| row_or_table(table));
        let name = names
            .get(i)
            .filter(|name| !name.is_empty())
            .map_or_else(|| message!("column {n}", n = i + 1), |name| message!("column `{name}`", name));
        let role = column.role.map_or("", Role::as_str);
        if let Some(look) = column.guess() {
            let message = message!("{name} is read as {role} for its {look} alone", name, role, look);
            diagnostics.push(Diagnostic::at(&rules::GUESSED_ROLE, span, message));
        } else if is_ambiguous(column, names.get(i).map_or("", String::as_str)) {
            let message = message!(
                "{name} may hold the vendor's own codes; it is read as {role} because all of them are HTTP statuses",
                name,
                role
            );
            diagnostics.push(Diagnostic::at(&rules::GUESSED_ROLE, span, message));
        } else if let Some(Evidence::Sibling(other)) = column.evidence.first() {
            let message = message!(
                "{name} has no name; it is read as {role}, after table {table}",
                name,
                role,
                table = other + 1
            );
            diagnostics.push(Diagnostic::at(&rules::SIBLING_COLUMN, span, message));
        } else if column.role.is_none() && !column.ignored {
            // Cells beyond the header are told one by one.
            let filled = unread.get(i).copied().unwrap_or_default();
            if filled > 0 || !names.get(i).is_none_or(String::is_empty) {
                let message = message!(
                    "{name} has no known role; its {filled} {filled:cell is|cells are} not read",
                    name,
                    filled
                );
                diagnostics.push(Diagnostic::at(&rules::UNKNOWN_COLUMN, span, message));
            }
        }
    }
    diagnostics
}

/// Whether a column of statuses has a name that codes have as well: one more row could show that
/// they are codes, and every identity would change.
fn is_ambiguous(column: &Column, name: &str) -> bool {
    let of = |role| lexicon::fit(name, role).map(|(fit, _)| fit);
    let by_name = matches!(column.evidence.first(), Some(Evidence::Header(..)));
    by_name && column.role == Some(Role::HttpStatus) && of(Role::Code) >= of(Role::HttpStatus)
}

fn header_span(grid: &Grid<'_>, column: usize) -> Option<Range<usize>> {
    let cells = grid.header_rows().filter_map(|row| grid.cell(row.get(column)?));
    cells.filter(|cell| !cell.is_empty()).last().map(|cell| cell.span)
}

fn first_cell<'t>(grid: &Grid<'t>, column: usize) -> Option<Cell<'t>> {
    let mut cells = grid.rows().filter_map(|row| grid.cell(row.get(column)?));
    cells.find(|cell| !cell.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What speaks for a role below a header: the weights of its name and of its cells.
    fn weighed(header: Option<&str>, cells: &[(Shape, i32)], role: Role) -> Option<(Option<i32>, i32)> {
        let mut counts = [0; Shape::ALL.len()];
        cells.iter().for_each(|(shape, n)| counts[*shape as usize] += n);
        let fits = Lexicon::default().fits(header.unwrap_or_default());
        let weighed = weigh(&fits, &Profile::new(counts), role, header.is_none())?;
        assert_eq!(weighed.weight(), weighed.header.map_or(0, |(_, weight)| weight) + weighed.look());
        Some((weighed.header.map(|(_, weight)| weight), weighed.look()))
    }

    #[test]
    fn names_weigh_by_how_much_of_them_is_a_word() {
        let numbers = [(Shape::Integer, 3)];
        assert_eq!(weighed(Some("错误码"), &numbers, Role::Code), Some((Some(60), 30)));
        assert_eq!(weighed(Some("错误码列表"), &numbers, Role::Code), Some((Some(40), 30)));
        assert_eq!(weighed(Some("所有错误码"), &numbers, Role::Code), Some((Some(25), 30)));
        assert_eq!(weighed(Some("功能"), &numbers, Role::Code), Some((None, 30)));
    }

    #[test]
    fn cells_weigh_by_their_mean() {
        let cells = [(Shape::Integer, 2), (Shape::Status, 1), (Shape::Han, 1)];
        // (30 + 30 + 10 - 100) / 4, rounded to zero.
        assert_eq!(weighed(Some("错误码"), &cells, Role::Code), Some((Some(60), -7)));
        assert_eq!(weighed(Some("错误码"), &[], Role::Code), Some((Some(60), 0)));
        // What speaks against a role as loudly as for it does not give it.
        assert_eq!(weighed(Some("返回的错误信息文本"), &[(Shape::Han, 1)], Role::Message), None);
        let almost = [(Shape::Han, 25), (Shape::Identifier, 1)];
        assert_eq!(weighed(Some("返回的错误信息文本"), &almost, Role::Message), Some((Some(25), -23)));
    }

    #[test]
    fn codes_that_are_words_are_error_types() {
        let words = [(Shape::Identifier, 2), (Shape::Words, 1)];
        assert_eq!(weighed(Some("错误码"), &words, Role::Error), Some((Some(60), 25)));
        assert_eq!(weighed(Some("错误码"), &words, Role::Message), None);
        assert_eq!(weighed(Some("错误码"), &[(Shape::Integer, 1)], Role::Error), None);
        assert_eq!(weighed(Some("错误码"), &[(Shape::Words, 1)], Role::Error), None);
    }

    #[test]
    fn without_a_name_the_look_must_be_plain_and_of_one_kind() {
        let identifiers = [(Shape::Identifier, 1)];
        assert_eq!(weighed(None, &identifiers, Role::Error), Some((None, 30)));
        assert_eq!(weighed(Some("功能"), &identifiers, Role::Error), None);
        // Prose could be anything but a summary.
        for header in [None, Some("功能")] {
            assert_eq!(weighed(header, &[(Shape::Han, 1)], Role::Summary), Some((None, 20)));
            assert_eq!(weighed(header, &[(Shape::Han, 1)], Role::Cause), None);
            assert_eq!(weighed(header, &[(Shape::Latin, 1)], Role::Summary), None);
            assert_eq!(weighed(header, &[(Shape::Words, 1)], Role::Message), Some((None, 20)));
            assert_eq!(weighed(header, &[(Shape::Status, 1)], Role::Code), None);
            assert_eq!(weighed(header, &[(Shape::Status, 1)], Role::HttpStatus), Some((None, 30)));
        }
    }
}
