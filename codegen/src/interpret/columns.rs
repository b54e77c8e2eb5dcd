//! What each column of a table means.
//!
//! The name above a column and the shape of its cells are weighed together, in whole numbers and
//! with the evidence kept, and the roles are given out so that their sum is greatest.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::lexicon::{self, Fit};
use super::shape::{self, Shape};
use super::{Role, row_or_table};
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
        self.is_guess() || is_ambiguous(self, name)
    }

    fn is_guess(&self) -> bool {
        self.role.is_some() && self.evidence.iter().all(|evidence| matches!(evidence, Evidence::Cells(..)))
    }
}

/// What a person has said about a column.
pub(super) type Said<'a> = &'a dyn Fn(usize) -> Option<Option<Role>>;

/// The columns of a table that lists errors; `None` if it lists none.
pub(super) fn columns(grid: &Grid<'_>, said: Said<'_>) -> Option<Vec<Column>> {
    let names = grid.header();
    let width =
        grid.rows().iter().map(Vec::len).max().unwrap_or(0).max(names.len()).min(limits::WEIGHED_COLUMNS);
    let profiles: Vec<_> = (0..width).map(|column| Profile::new(grid, column)).collect();
    let mut columns = vec![Column::default(); width];
    let mut free = Role::ALL.to_vec();
    for (i, column) in columns.iter_mut().enumerate() {
        if let Some(role) = said(i) {
            *column = Column { role, evidence: vec![Evidence::Override], ignored: role.is_none() };
            free.retain(|free| Some(*free) != role);
        }
    }
    let open: Vec<usize> = (0..width).filter(|i| columns[*i].evidence.is_empty()).collect();
    let candidate = |column: usize, role: Role| {
        // What stands beyond the header is named by a sibling or by a person, not by its look.
        let name = names.get(column).map(String::as_str);
        let nameless = names.is_empty();
        (nameless || name.is_some())
            .then(|| weigh(name.unwrap_or_default(), &profiles[column], role, nameless))
            .flatten()
    };
    for (column, role, evidence) in assign(&open, &free, candidate) {
        columns[column] = Column { role: Some(role), evidence, ignored: false };
    }
    lists_errors(&columns, names.is_empty()).then_some(columns)
}

/// A key column must be known by name, or by a person; without any header its look is enough.
fn lists_errors(columns: &[Column], nameless: bool) -> bool {
    columns.iter().any(|column| {
        let is_key = matches!(column.role, Some(Role::Code | Role::HttpStatus | Role::Error | Role::Message));
        let by_look_alone = column.is_guess();
        is_key && (!by_look_alone || (nameless && matches!(column.role, Some(Role::Code | Role::HttpStatus))))
    })
}

/// How often each shape occurs in a column.
struct Profile {
    shapes: BTreeMap<Shape, i32>,
    filled: i32,
}

impl Profile {
    fn new(grid: &Grid<'_>, column: usize) -> Self {
        let mut shapes = BTreeMap::new();
        let mut filled = 0;
        for row in grid.rows() {
            let cell = row.get(column).copied().flatten().and_then(|slot| grid.cell(slot));
            if let Some(shape) = cell.and_then(shape::of) {
                *shapes.entry(shape).or_insert(0) += 1;
                filled += 1;
            }
        }
        Self { shapes, filled }
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

/// A role for a column with its weight; `None` where it cannot be.
fn weigh(name: &str, profile: &Profile, role: Role, nameless: bool) -> Option<(i32, Vec<Evidence>)> {
    let of_name = lexicon::fit(name, role).or_else(|| {
        // Codes that are words are error types, whatever the vendor calls them.
        let words = role == Role::Error && profile.commonest() == Some(Shape::Identifier);
        lexicon::fit(name, Role::Code).filter(|_| words)
    });
    let header = of_name.map(|(fit, word)| {
        let weight = match fit {
            Fit::Exact => 60,
            Fit::Start => 40,
            Fit::Within => 25,
        };
        Evidence::Header(word, weight)
    });
    let cells = profile.commonest().map(|shape| Evidence::Cells(shape.message(), profile.fit(role)));
    let weight_of = |evidence: &Option<Evidence>| match evidence {
        Some(Evidence::Header(_, weight) | Evidence::Cells(_, weight)) => *weight,
        _ => 0,
    };
    // Without a name, the look of the cells must be plain, and prose could be anything but a
    // summary.
    const PLAIN_LOOK: i32 = 20;
    let telling = matches!(role, Role::Code | Role::HttpStatus | Role::Message | Role::Summary)
        || (nameless && role == Role::Error);
    if header.is_none() && !(telling && weight_of(&cells) >= PLAIN_LOOK) {
        return None;
    }
    let weight = weight_of(&header) + weight_of(&cells);
    let evidence = header.into_iter().chain(cells).collect();
    (weight > 0).then_some((weight, evidence))
}

/// Weights' sum, and which columns have which of the roles.
type Given = (i32, Vec<(usize, usize)>);

/// Gives each column at most one role and each role at most one column, so that the weights' sum
/// is greatest; of equal sums the one that gives earlier roles to earlier columns.
fn assign(
    columns: &[usize],
    roles: &[Role],
    candidate: impl Fn(usize, Role) -> Option<(i32, Vec<Evidence>)>,
) -> Vec<(usize, Role, Vec<Evidence>)> {
    // best[mask]: the greatest sum with the roles of `mask` given out, and how.
    let mut best: Vec<Option<Given>> = vec![None; 1 << roles.len()];
    best[0] = Some((0, Vec::new()));
    for &column in columns {
        let weights: Vec<_> =
            roles.iter().map(|role| candidate(column, *role).map(|(weight, _)| weight)).collect();
        for mask in (0..best.len()).rev() {
            for (i, weight) in weights.iter().enumerate().filter(|(i, _)| mask & (1 << i) != 0) {
                let (Some(weight), Some((sum, given))) = (weight, &best[mask & !(1 << i)]) else {
                    continue;
                };
                let sum = sum + weight;
                if best[mask].as_ref().is_none_or(|(old, _)| sum > *old) {
                    let mut given = given.clone();
                    given.push((column, i));
                    best[mask] = Some((sum, given));
                }
            }
        }
    }
    let winner = best.into_iter().flatten().fold(None, |winner: Option<(i32, Vec<_>)>, next| match winner {
        Some(winner) if winner.0 >= next.0 => Some(winner),
        _ => Some(next),
    });
    let given = winner.map(|(_, given)| given).unwrap_or_default();
    let with_evidence = |(column, i): (usize, usize)| {
        let evidence = candidate(column, roles[i]).map(|(_, evidence)| evidence);
        (column, roles[i], evidence.unwrap_or_default())
    };
    given.into_iter().map(with_evidence).collect()
}

/// Names the columns beyond a header after another table of the page that has the same columns
/// and goes on.
pub(super) fn name_by_siblings(grids: &[Grid<'_>], kinds: &mut [Option<Vec<Column>>]) {
    let names: Vec<usize> = grids.iter().map(Grid::header_width).collect();
    let going_on = going_on(&names, kinds);
    for (kind, named) in kinds.iter_mut().zip(names) {
        let Some(columns) = kind.as_mut().filter(|columns| named > 0 && columns.len() > named) else {
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

/// By the roles at the start of a header and a place beyond them: the first table that has a role
/// there, and which.
type GoingOn = HashMap<(Vec<Option<Role>>, usize), (usize, Role)>;

/// Finds where tables go on. Only the starts that some table needs are looked at.
fn going_on(names: &[usize], kinds: &[Option<Vec<Column>>]) -> GoingOn {
    let tables = || kinds.iter().zip(names).enumerate();
    let wider = tables().filter(|(_, (kind, named))| {
        kind.as_ref().is_some_and(|columns| **named > 0 && columns.len() > **named)
    });
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
    // Cells beyond the header are reported one by one.
    let named = if names.is_empty() { columns.len() } else { names.len() };
    let mut diagnostics = Vec::new();
    for (i, column) in columns.iter().enumerate() {
        let span = header_span(grid, i).or_else(|| first_cell(grid, i).map(|cell| cell.span.clone()));
        let span = span.unwrap_or_else(|| row_or_table(table));
        let name = names
            .get(i)
            .filter(|name| !name.is_empty())
            .map_or_else(|| message!("column {n}", n = i + 1), |name| message!("column `{name}`", name));
        let role = column.role.map_or("", Role::as_str);
        if column.is_guess() {
            let look = match column.evidence.first() {
                Some(Evidence::Cells(look, _)) => look.clone(),
                _ => message!("cells"),
            };
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
        } else if column.role.is_none() && !column.ignored && i < named {
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

fn header_span(grid: &Grid<'_>, column: usize) -> Option<std::ops::Range<usize>> {
    let rows = grid.header_rows().iter().rev();
    let mut cells =
        rows.filter_map(|row| row.get(column).copied().flatten()).filter_map(|slot| grid.cell(slot));
    cells.find(|cell| !cell.is_empty()).map(|cell| cell.span.clone())
}

fn first_cell<'t>(grid: &Grid<'t>, column: usize) -> Option<&'t Cell> {
    let mut cells = grid.rows().iter().filter_map(|row| grid.cell(row.get(column).copied().flatten()?));
    cells.find(|cell| !cell.is_empty())
}
