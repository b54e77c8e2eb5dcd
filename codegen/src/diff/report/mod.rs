//! What changed, as people and programs read it: text, JSON, Markdown, annotations, SARIF.
//!
//! Whatever a vendor writes is inert in each of them: it starts no line, command, tag or link, and
//! characters that steer terminals or turn the direction of writing are shown, not sent.

mod github;
mod json;
mod markdown;
mod sarif;
mod text;
mod words;

use im_errors_spec::plain_text;

use super::{Change, Changes, Verdict, kinds};
pub use github::annotations;
pub use json::json;
pub use markdown::markdown;
pub use sarif::sarif;
pub use text::text;
pub use words::Words;

/// What is reported: one comparison, or one per catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// In the order in which they are shown.
    pub comparisons: Vec<Comparison>,
    /// Catalogs were compared with a revision, not two files.
    pub by_catalog: bool,
}

/// Two editions and what changed between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The catalog's id where it is known.
    pub catalog: Option<String>,
    /// The old edition as the user knows it.
    pub old: String,
    /// The new one.
    pub new: String,
    /// What changed.
    pub changes: Changes,
}

impl Report {
    /// The gravest verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.comparisons.iter().map(|one| one.changes.verdict()).max().unwrap_or(Verdict::None)
    }

    /// All changes.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.comparisons.iter().flat_map(|one| &one.changes.list)
    }
}

impl Comparison {
    /// Where a tool is to point: what was removed has no line in the files as they are now.
    fn anchor<'c>(&'c self, change: &'c Change) -> (&'c str, usize) {
        match change.place.is_old {
            true => (&self.new, 1),
            false => (&change.place.file, change.place.line),
        }
    }
}

/// How many errors were added, removed, changed in any way, and moved.
#[derive(Debug, Default)]
struct Counts {
    added: usize,
    removed: usize,
    changed: usize,
    moved: usize,
}

impl Counts {
    fn of(changes: &Changes) -> Self {
        let mut counts = Self::default();
        for change in &changes.list {
            let count = match change.kind {
                kind if *kind == kinds::ADDED => &mut counts.added,
                kind if *kind == kinds::REMOVED => &mut counts.removed,
                kind if *kind == kinds::MOVED => &mut counts.moved,
                _ => &mut counts.changed,
            };
            *count += 1;
        }
        counts
    }

    /// In words, what there is none of left out.
    fn shown(&self, words: &Words) -> String {
        let counts = [
            ("added", self.added),
            ("removed", self.removed),
            ("changed", self.changed),
            ("moved", self.moved),
        ];
        let some = counts.iter().filter(|(_, n)| *n > 0);
        let shown: Vec<_> = some.map(|(key, n)| words.with(key, &[("n", n.to_string())])).collect();
        shown.join(&words.get("comma"))
    }
}

/// The sections of a report for people: changes by verdict, the waived ones apart.
fn sections(changes: &Changes) -> Vec<(&'static str, Vec<&Change>)> {
    let waived = |change: &&Change| change.waived.is_some();
    let mut sections: Vec<_> = Verdict::ALL
        .into_iter()
        .map(|verdict| {
            let of = changes.list.iter().filter(|change| change.kind.verdict == verdict);
            (verdict.as_str(), of.filter(|change| !waived(change)).collect::<Vec<_>>())
        })
        .collect();
    sections.push(("waived", changes.list.iter().filter(waived).collect()));
    sections.retain(|(_, changes)| !changes.is_empty());
    sections
}

/// The key of a change as it is shown: with the key that it has now, if that is another.
fn keys(change: &Change) -> String {
    match (&change.new_key, &change.locale) {
        (Some(new), _) => format!("{} → {new}", change.key),
        (None, Some(locale)) if change.key.is_empty() => locale.to_string(),
        (None, _) => change.key.clone(),
    }
}

/// What changed in words, with what else is to be said of it in brackets: `the cause is reworded
/// (2, zh)`, of the second row's.
fn headline(change: &Change, words: &Words, more: Option<String>) -> String {
    let headline = words.get(&format!("kind_{}", change.kind.code));
    let row = change.field.as_deref().and_then(|field| field.rsplit_once('_')).map(|(_, row)| row);
    let row = row.filter(|row| row.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned);
    let locale = change.locale.as_ref().filter(|_| !change.key.is_empty()).map(ToString::to_string);
    let more: Vec<_> = row.into_iter().chain(locale).chain(more).collect();
    if more.is_empty() {
        return headline;
    }
    let more = more.join(&words.get("comma"));
    format!("{headline}{}{more}{}", words.get("open"), words.get("close"))
}

/// Old and new as they are read: texts without their marks, unless only those changed.
fn read(change: &Change) -> (Option<String>, Option<String>) {
    let is_text = change.locale.is_some();
    let plain = |text: &Option<String>| {
        text.as_deref().map(|text| if is_text { plain_text(text) } else { text.to_owned() })
    };
    let (old, new) = (plain(&change.old), plain(&change.new));
    if old == new { (change.old.clone(), change.new.clone()) } else { (old, new) }
}

/// A text that steers nothing: on one line, what is invisible shown by its number.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('⏎'),
            c if steers(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Whether a character does something to a terminal or to the direction of the text around it.
fn steers(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
        || (c.is_control() && c != '\n')
}

/// JSON as text, with what steers terminals escaped.
#[must_use]
pub fn print(value: &serde_json::Value) -> String {
    let printed = value.to_string();
    let mut out = String::with_capacity(printed.len());
    for c in printed.chars() {
        if steers(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}
