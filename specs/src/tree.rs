//! Reading TOML with the place of every value and every mistake.
//!
//! A [`Table`] remembers which keys were asked for; [`Table::finish`] reports the others. All
//! problems are collected, so that a file's mistakes are shown at once.
//!
//! ```
//! use im_errors_spec::tree::{self, Problems};
//!
//! let problems = Problems::default();
//! let text = "title = \"x\"\ntitel = 1";
//! let document = tree::parse(text, &problems);
//! let table = document.root(&problems);
//! assert_eq!(table.str("title").map(|t| t.value), Some("x"));
//! table.finish();
//! let problems = problems.into_vec();
//! assert_eq!(problems[0].message.to_string(), "unknown key `titel`");
//! assert_eq!(problems[0].help.to_string(), "did you mean `title`?");
//! assert_eq!(problems[0].span, 12..17);
//! ```

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{Argument, Message, Problem, ToArgument, message};

/// Where problems are collected.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    /// Adds one.
    pub fn push(&self, code: &'static str, span: Range<usize>, message: Message, help: Message) {
        self.0.borrow_mut().push(Problem { code, span, message, help });
    }

    /// Whether there is none so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// All of them in the order of the text.
    #[must_use]
    pub fn into_vec(self) -> Vec<Problem> {
        let mut problems = self.0.into_inner();
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        problems
    }
}

/// A parsed TOML text.
#[derive(Debug)]
pub struct Document<'i> {
    root: Spanned<DeTable<'i>>,
}

/// Parses `text`; its first syntax mistake goes to `problems`, and what could be read is returned.
#[must_use]
pub fn parse<'i>(text: &'i str, problems: &Problems) -> Document<'i> {
    let (root, errors) = DeTable::parse_recoverable(text);
    // One open bracket makes a mistake of every line below it: only the first is one.
    let start = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
    if let Some(error) = errors.iter().min_by_key(|error| start(error)) {
        let span = error.span().unwrap_or(0..0);
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        let message = message!("{toml}", toml = message);
        problems.push("toml-syntax", span, message, message!("mend the TOML syntax here"));
    }
    Document { root }
}

impl<'i> Document<'i> {
    /// The top-level table.
    #[must_use]
    pub fn root<'a>(&'a self, problems: &'a Problems) -> Table<'a, 'i> {
        // The root has no key to point at: what is missing in it is missing at the start.
        Table::new(self.root.get_ref(), 0..0, problems)
    }
}

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Range<usize>,
}

/// A table of which each key is to be asked for.
#[derive(Debug)]
pub struct Table<'a, 'i> {
    table: &'a DeTable<'i>,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
    problems: &'a Problems,
}

/// An item of [`Table::entries`].
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a, 'i> {
    key: &'a str,
    key_start: usize,
    key_end: usize,
    value: &'a Spanned<DeValue<'i>>,
    problems: &'a Problems,
}

impl<'a, 'i> Table<'a, 'i> {
    fn new(table: &'a DeTable<'i>, span: Range<usize>, problems: &'a Problems) -> Self {
        Self { table, span, asked: RefCell::default(), problems }
    }

    /// Where the table stands.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Every key with its value, in the order of the text; these keys count as asked for.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry<'a, 'i>> {
        let mut entries: Vec<_> = self.table.iter().map(|(key, value)| self.entry(key, value)).collect();
        entries.sort_by_key(|entry| entry.key_start);
        entries
    }

    fn entry(
        &self,
        key: &'a Spanned<std::borrow::Cow<'i, str>>,
        value: &'a Spanned<DeValue<'i>>,
    ) -> Entry<'a, 'i> {
        let span = key.span();
        Entry { key: key.get_ref(), key_start: span.start, key_end: span.end, value, problems: self.problems }
    }

    fn get(&self, key: &'static str) -> Option<Entry<'a, 'i>> {
        self.asked.borrow_mut().push(key);
        let (key, value) = self.table.get_key_value(key)?;
        Some(self.entry(key, value))
    }

    /// The string at `key`.
    pub fn str(&self, key: &'static str) -> Option<At<&'a str>> {
        self.get(key)?.str()
    }

    /// The string at `key`, which must be there.
    pub fn required_str(&self, key: &'static str) -> Option<At<&'a str>> {
        self.required(key)?.str()
    }

    /// The integer at `key`.
    pub fn int(&self, key: &'static str) -> Option<At<i64>> {
        self.get(key)?.int()
    }

    /// The boolean at `key`.
    pub fn bool(&self, key: &'static str) -> Option<At<bool>> {
        self.get(key)?.bool()
    }

    /// The table at `key`.
    pub fn table(&self, key: &'static str) -> Option<Self> {
        self.get(key)?.table()
    }

    /// The table at `key`, which must be there.
    pub fn required_table(&self, key: &'static str) -> Option<Self> {
        self.required(key)?.table()
    }

    /// The value at `key`, of any kind.
    pub fn any(&self, key: &'static str) -> Option<Entry<'a, 'i>> {
        self.get(key)
    }

    /// The items of the array at `key`, empty where there is none.
    pub fn array(&self, key: &'static str) -> Vec<Entry<'a, 'i>> {
        let Some(entry) = self.get(key) else {
            return Vec::new();
        };
        if !entry.is_array() {
            if entry.is_table() {
                let message = message!("expected an array, found a table");
                let help = message!("write `[[{key}]]`", key);
                self.problems.push("wrong-kind", entry.span(), message, help);
            } else {
                entry.wrong_kind(&message!("an array"));
            }
        }
        entry.items()
    }

    fn required(&self, key: &'static str) -> Option<Entry<'a, 'i>> {
        let found = self.get(key);
        if found.is_none() {
            let message = message!("`{key}` is missing", key);
            self.problems.push("missing-key", self.span(), message, message!("add `{key} = …` here", key));
        }
        found
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for entry in self.entries() {
            if asked.contains(&entry.key) {
                continue;
            }
            let help = match closest(entry.key, asked.iter().copied()) {
                Some(near) => message!("did you mean `{near}`?", near),
                None => message!("known here: {known}", known = list(&*asked)),
            };
            let message = message!("unknown key `{key}`", key = entry.key);
            self.problems.push("unknown-key", entry.key_span(), message, help);
        }
    }
}

impl<'a, 'i> Entry<'a, 'i> {
    /// The key.
    #[must_use]
    pub fn key(&self) -> &'a str {
        self.key
    }

    /// Where the key stands.
    #[must_use]
    pub fn key_span(&self) -> Range<usize> {
        self.key_start..self.key_end
    }

    /// Where the value stands.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.value.span()
    }

    /// The value as a string.
    #[must_use]
    pub fn str(&self) -> Option<At<&'a str>> {
        let text = self.value.get_ref().as_str();
        if text.is_none() {
            self.wrong_kind(&message!("a string"));
        }
        text.map(|value| At { value, span: self.span() })
    }

    /// Whether the value is an array.
    #[must_use]
    pub fn is_array(&self) -> bool {
        self.value.get_ref().is_array()
    }

    /// The items of the array that the value is; none where it is no array.
    #[must_use]
    pub fn items(&self) -> Vec<Self> {
        let item = |value: &'a Spanned<DeValue<'i>>| {
            let span = value.span();
            Entry { key_start: span.start, key_end: span.end, value, ..*self }
        };
        self.value.get_ref().as_array().into_iter().flat_map(|array| array.iter()).map(item).collect()
    }

    /// Whether the value is a table.
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.value.get_ref().is_table()
    }

    /// Whether the value is a string.
    #[must_use]
    pub fn is_str(&self) -> bool {
        self.value.get_ref().is_str()
    }

    /// Whether the value is a boolean.
    #[must_use]
    pub fn is_bool(&self) -> bool {
        self.value.get_ref().as_bool().is_some()
    }

    /// The value as an integer.
    #[must_use]
    pub fn int(&self) -> Option<At<i64>> {
        let value = self.value.get_ref().as_integer();
        let value = value.and_then(|int| i64::from_str_radix(int.as_str(), int.radix()).ok());
        if value.is_none() {
            self.wrong_kind(&message!("a 64-bit integer"));
        }
        value.map(|value| At { value, span: self.span() })
    }

    /// The value as a boolean.
    #[must_use]
    pub fn bool(&self) -> Option<At<bool>> {
        let value = self.value.get_ref().as_bool();
        if value.is_none() {
            self.wrong_kind(&message!("a boolean"));
        }
        value.map(|value| At { value, span: self.span() })
    }

    /// The value as a table.
    #[must_use]
    pub fn table(&self) -> Option<Table<'a, 'i>> {
        let table = self.value.get_ref().as_table();
        if table.is_none() {
            self.wrong_kind(&message!("a table"));
        }
        table.map(|table| Table::new(table, self.key_span(), self.problems))
    }

    /// Reports that the value is not what is `wanted` there.
    pub fn wrong_kind(&self, wanted: &Message) {
        let found = match self.value.get_ref().type_str() {
            "array" => message!("an array"),
            "boolean" => message!("a boolean"),
            "float" => message!("a float"),
            "integer" => message!("an integer"),
            "string" => message!("a string"),
            "table" => message!("a table"),
            _ => message!("a datetime"),
        };
        let message = message!("expected {wanted}, found {found}", wanted, found);
        self.problems.push("wrong-kind", self.span(), message, message!("write {wanted}", wanted));
    }
}

/// The candidate nearest to `word`, when it is near enough to be meant.
#[must_use]
pub fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    const NEAR: f64 = 0.7;
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(nearness, _)| *nearness >= NEAR)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// `` `a`, `b` `` from `a`, `b`.
#[must_use]
pub fn list<'c>(words: impl IntoIterator<Item = &'c &'c str>) -> Argument {
    let quoted: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    quoted.to_argument()
}
