//! The tables that the derive makes, as few large literals: ten thousand errors cost the compiler
//! a handful of tokens.
//!
//! All numbers are little-endian. A *pool* is one text with the end of each of its strings; an
//! error's strings stand there one behind the other, the empty one for what it does not have.

use im_errors_match::Part;

/// The tables of one enum.
#[derive(Debug)]
pub struct Data {
    /// The catalog's id.
    pub catalog: &'static str,
    /// Where its documentation is published.
    pub docs: &'static str,
    /// The vendor's page.
    pub page: &'static str,
    /// The languages of the texts; the first is the source's.
    pub locales: &'static [&'static str],
    /// The strings of the pool.
    pub text: &'static str,
    /// `u32` per string: where it ends in `text`.
    pub ends: &'static [u8],
    /// `u32` per error: the index of its first string, and one more for the end.
    pub firsts: &'static [u8],
    /// `u32` per error: the index of its variant; `u32::MAX` for those that a partial enum leaves
    /// out, which come last and only keep others from being claimed.
    pub variants: &'static [u8],
    /// The codes, sorted: as numbers, because this is the table that is searched most.
    pub codes: &'static [i64],
    /// `u32` per code: its error.
    pub coded: &'static [u8],
    /// `u32` per code: the index of the variant for all errors with it; `u32::MAX` if there are
    /// several.
    pub code_variants: &'static [u8],
    /// `u64` hash of the message, `u32` error; sorted. Messages without holes, by the hash of the
    /// folded text; those of one error alone by that of the text to the letter, too.
    pub messages: &'static [u8],
    /// The messages with holes, the most literal first.
    pub patterns: &'static [Pattern],
    /// `u64` hash of the error type, `u32` error; sorted.
    pub types: &'static [u8],
    /// `u64` status or class, `u32` error; sorted.
    pub statuses: &'static [u8],
}

/// A message with holes.
#[derive(Debug)]
pub struct Pattern {
    /// The error it is of.
    pub error: u32,
    /// See `im_errors_match::pairs`.
    pub pairs: u64,
    /// Bytes of its literals.
    pub literal: u32,
    /// Its parts.
    pub parts: &'static [Part<'static>],
}

/// Where in an error's strings each field is.
pub(crate) mod field {
    pub(crate) const NAME: u32 = 0;
    pub(crate) const ANCHOR: u32 = 1;
    pub(crate) const GROUP: u32 = 2;
    pub(crate) const KEY: u32 = 3;
    pub(crate) const CODE: u32 = 4;
    pub(crate) const STATUS: u32 = 5;
    pub(crate) const ERROR: u32 = 6;
    pub(crate) const MESSAGE: u32 = 7;
    /// The message without what means nothing around it, as it is compared.
    pub(crate) const TRIMMED: u32 = 8;
    pub(crate) const RETRY: u32 = 9;
    /// The texts: per locale a summary, then cause and remedy of each case.
    pub(crate) const TEXTS: u32 = 10;
}

impl Data {
    /// The string `field` of an error; empty for what it does not have.
    pub(crate) fn string(&self, error: u32, field: u32) -> &'static str {
        let index = number(self.firsts, error) + field;
        let start = if index == 0 { 0 } else { number(self.ends, index - 1) };
        let end = number(self.ends, index);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// How many strings an error has.
    pub(crate) fn strings(&self, error: u32) -> u32 {
        number(self.firsts, error + 1).saturating_sub(number(self.firsts, error))
    }

    /// The errors with `code`, in order.
    pub(crate) fn with_code(&self, code: i64) -> impl Iterator<Item = u32> + Clone {
        let (start, coded) = (self.codes.partition_point(|found| *found < code), self.coded);
        let same =
            self.codes.get(start..).unwrap_or_default().iter().take_while(move |found| **found == code);
        same.zip(start as u32..).map(move |(_, at)| number(coded, at))
    }

    /// The variant that stands for all errors with `code`.
    #[inline]
    pub(crate) fn variant_of_code(&self, code: i64) -> Option<u32> {
        let at = self.codes.partition_point(|found| *found < code);
        (*self.codes.get(at)? == code).then(|| number(self.code_variants, at as u32))
    }

    /// The variant that stands for an error.
    #[inline]
    pub(crate) fn variant(&self, error: u32) -> u32 {
        number(self.variants, error)
    }
}

/// The `u32` at `index`; 0 beyond the end, which generated tables do not ask for.
#[inline]
pub(crate) fn number(table: &[u8], index: u32) -> u32 {
    let at = index as usize * 4;
    table.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// A sorted table of keys and errors.
#[derive(Clone, Copy)]
pub(crate) struct Index {
    bytes: &'static [u8],
}

/// Bytes of a key and an error.
const ROW: usize = 12;

impl Index {
    /// The table in `bytes`.
    pub(crate) fn new(bytes: &'static [u8]) -> Self {
        Self { bytes }
    }

    fn row(self, index: usize) -> Option<(u64, u32)> {
        let row: &[u8; ROW] = self.bytes.get(index * ROW..)?.first_chunk()?;
        let [a, b, c, d, e, f, g, h, i, j, k, l] = *row;
        Some((u64::from_le_bytes([a, b, c, d, e, f, g, h]), u32::from_le_bytes([i, j, k, l])))
    }

    /// The errors with `key`, in order.
    #[inline]
    pub(crate) fn find(self, key: u64) -> impl Iterator<Item = u32> + Clone {
        let is_before = |index: usize| self.row(index).is_some_and(|(found, _)| found < key);
        let mut start = 0;
        let mut size = self.bytes.len() / ROW;
        // Both ways are the same few instructions, so that no branch is guessed wrongly.
        while size > 1 {
            let half = size / 2;
            start += if is_before(start + half - 1) { half } else { 0 };
            size -= half;
        }
        start += usize::from(is_before(start));
        (start..)
            .map_while(move |index| self.row(index).filter(|(found, _)| *found == key))
            .map(|(_, error)| error)
    }
}

/// Fails to compile when `spec` is not the one an expansion was made from. An empty text is
/// accepted: some editors expand macros without reading files.
///
/// # Panics
/// At compile time only, in a constant.
pub const fn assert_fresh(spec: &str, length: usize, most: usize, sum: u64) {
    assert!(
        spec.is_empty() || (spec.len() == length && im_errors_match::sum(spec, most) == sum),
        "the spec has changed since this enum was expanded; touch its source file to expand it anew"
    );
}
