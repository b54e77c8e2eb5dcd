//! The report on a terminal.

use super::{Comparison, Counts, Report, Words, headline, inert, keys, read, sections};
use crate::diff::{Change, Mark, kinds, marks};

/// The report as text, with colours or with `[-old-]{+new+}`.
#[must_use]
pub fn text(report: &Report, words: &Words, colours: bool) -> String {
    let style = Style { words, colours };
    let mut out = String::new();
    for (i, one) in report.comparisons.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        style.comparison(&mut out, one);
    }
    if report.comparisons.is_empty() {
        out.push_str(&format!("{}\n", words.get("nothing")));
    }
    out
}

struct Style<'w> {
    words: &'w Words,
    colours: bool,
}

const RED: &str = "31";
const GREEN: &str = "32";
const BOLD: &str = "1";

impl Style<'_> {
    fn comparison(&self, out: &mut String, one: &Comparison) {
        let paths = [("old", plain(&one.old)), ("new", plain(&one.new))];
        out.push_str(&format!("{}\n", self.words.with("from_to", &paths)));
        if let Some((old, new)) = &one.changes.apart {
            let values = [("old", old.to_string()), ("new", new.to_string())];
            out.push_str(&format!("{}\n", self.words.with("apart", &values)));
        }
        if one.changes.list.is_empty() {
            out.push_str(&format!("{}\n", self.words.get("nothing")));
            return;
        }
        for (section, changes) in sections(&one.changes) {
            out.push_str(&format!("\n{}\n", self.paint(BOLD, &self.words.get(section))));
            for change in changes {
                self.change(out, change);
            }
        }
        let verdict = self.words.get(&format!("verdict_{}", one.changes.verdict()));
        let verdict = self.words.with("verdict", &[("verdict", verdict)]);
        let counts = Counts::of(&one.changes).shown(self.words);
        out.push_str(&format!("\n{counts}{}{verdict}\n", self.words.get("comma")));
    }

    fn change(&self, out: &mut String, change: &Change) {
        let (sign, colour) = match change.kind {
            kind if *kind == kinds::ADDED => ('+', GREEN),
            kind if *kind == kinds::REMOVED => ('-', RED),
            kind if *kind == kinds::MOVED => ('=', BOLD),
            _ => ('~', BOLD),
        };
        let key = self.paint(colour, &plain(&keys(change)));
        let line = if change.place.is_old { "old_line" } else { "line" };
        let line = self.words.with(line, &[("n", change.place.line.to_string())]);
        let headline = headline(change, self.words, Some(line));
        out.push_str(&format!("  {sign} {key}  {headline}\n"));
        let shown = match read(change) {
            (Some(old), Some(new)) => self.marked(&old, &new),
            (Some(old), None) => self.gone(&old),
            (None, Some(new)) => self.come(&new),
            (None, None) => String::new(),
        };
        let is_whole = *change.kind == kinds::ADDED || *change.kind == kinds::REMOVED;
        let shown = match (is_whole, &change.old, &change.new) {
            (true, Some(text), _) | (true, None, Some(text)) => plain(text),
            _ => shown,
        };
        if !shown.is_empty() {
            out.push_str(&format!("      {}{shown}\n", GUARD));
        }
        if let Some(waived) = &change.waived {
            let values = [("date", waived.expires.to_string()), ("reason", plain(&waived.reason))];
            out.push_str(&format!("      {}{}\n", GUARD, self.words.with("waived_until", &values)));
        }
    }

    fn marked(&self, old: &str, new: &str) -> String {
        let one = |mark: &Mark<'_>| match mark {
            Mark::Same(text) => plain(text),
            Mark::Old(text) => self.gone(text),
            Mark::New(text) => self.come(text),
        };
        marks(old, new).iter().map(one).collect()
    }

    fn gone(&self, text: &str) -> String {
        if self.colours { self.paint(RED, &plain(text)) } else { format!("[-{}-]", plain(text)) }
    }

    fn come(&self, text: &str) -> String {
        if self.colours { self.paint(GREEN, &plain(text)) } else { format!("{{+{}+}}", plain(text)) }
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        if self.colours { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Keeps a line from starting with what a vendor writes: runners take `::` there for a command.
const GUARD: &str = "| ";

/// A text that is no command to a runner wherever it stands.
fn plain(text: &str) -> String {
    inert(text).replace("##[", "##\\[")
}
