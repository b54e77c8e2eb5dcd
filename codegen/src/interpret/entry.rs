//! What a row of a table says.
//!
//! A page of two hundred megabytes has a million of these, so that the texts of an entry stand in
//! one string and the places of its cells in one array.

use std::ops::Range;

use im_errors_spec::HttpStatus;

use super::Role;

/// One row of a table that lists errors.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Index of its table in the document.
    pub table: usize,
    /// Bytes of its row.
    pub span: Range<usize>,
    /// The vendor's code.
    pub code: Option<i64>,
    /// The HTTP status or class.
    pub http_status: Option<HttpStatus>,
    /// The texts of [`TEXTS`], one after another.
    pub(super) text: Box<str>,
    /// Where each of those ends.
    pub(super) ends: [u32; TEXTS.len()],
    /// By role the bytes of its cell; from 0 to 0 where there is none.
    pub(super) cells: [(u32, u32); Role::ALL.len()],
}

/// The roles whose cells are texts.
const TEXTS: [Role; 5] = [Role::Error, Role::Message, Role::Summary, Role::Cause, Role::Remedy];

impl Entry {
    /// The error type, plain.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.text(Role::Error)
    }

    /// The message, plain and without quotes around it.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.text(Role::Message)
    }

    /// What happened, inline Markdown.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        self.text(Role::Summary)
    }

    /// Why, inline Markdown.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.text(Role::Cause)
    }

    /// What to do, inline Markdown.
    #[must_use]
    pub fn remedy(&self) -> Option<&str> {
        self.text(Role::Remedy)
    }

    /// The text of a role. Codes and statuses have none.
    #[must_use]
    pub fn text(&self, role: Role) -> Option<&str> {
        let at = TEXTS.iter().position(|of| *of == role)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start as usize..self.ends[at] as usize).filter(|text| !text.is_empty())
    }

    /// Bytes of the cell that gives a role.
    #[must_use]
    pub fn cell(&self, role: Role) -> Option<Range<usize>> {
        let (start, end) = self.cells[role as usize];
        (end > 0).then_some(start as usize..end as usize)
    }

    /// Each role that a cell gives, with the bytes of the cell.
    pub fn cells(&self) -> impl Iterator<Item = (Role, Range<usize>)> {
        Role::ALL.into_iter().filter_map(|role| Some((role, self.cell(role)?)))
    }

    pub(super) fn set_cell(&mut self, role: Role, span: &Range<usize>) {
        let small = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        self.cells[role as usize] = (small(span.start), small(span.end));
    }
}

/// The texts of an entry while it is read. No text that is there is empty.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    places: [Range<usize>; TEXTS.len()],
}

impl Texts {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.places = Default::default();
    }

    /// Whether there is an error type or a message: they tell an error from others.
    pub(super) fn has_key(&self) -> bool {
        let mut texts = TEXTS.iter().zip(&self.places);
        texts.any(|(role, place)| matches!(role, Role::Error | Role::Message) && !place.is_empty())
    }

    /// Sets the text of `role` to what is written.
    pub(super) fn set(&mut self, role: Role, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        if let Some(at) = TEXTS.iter().position(|of| *of == role) {
            self.places[at] = start..self.text.len();
        }
    }

    /// The entry with these texts.
    pub(super) fn entry(&self, entry: Entry) -> Entry {
        let mut text = String::with_capacity(self.places.iter().map(Range::len).sum());
        let ends = self.places.each_ref().map(|place| {
            text.push_str(&self.text[place.clone()]);
            u32::try_from(text.len()).unwrap_or(u32::MAX)
        });
        Entry { text: text.into_boxed_str(), ends, ..entry }
    }
}
