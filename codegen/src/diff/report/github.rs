//! The report as annotations of a workflow.

use super::{Report, Words, headline, inert, keys, read};
use crate::diff::{Change, Verdict, kinds};

/// One workflow command per change: an error where it is breaking, else a warning; what is waived
/// is a notice, and what needs no action is left out.
#[must_use]
pub fn annotations(report: &Report, words: &Words) -> String {
    let mut out = String::new();
    for one in &report.comparisons {
        for change in &one.changes.list {
            let command = match (&change.waived, change.kind.verdict) {
                (_, Verdict::None) => continue,
                (Some(_), _) => "notice",
                (None, Verdict::Breaking) => "error",
                (None, Verdict::Compatible) => "warning",
            };
            let (file, line) = one.anchor(change);
            let title = inert(&format!("{}: {}", keys(change), headline(change, words, None)));
            let (file, title) = (property(&inert(file)), property(&title));
            out.push_str(&format!(
                "::{command} file={file},line={line},title={title}::{}\n",
                message(change, words)
            ));
        }
    }
    out
}

fn message(change: &Change, words: &Words) -> String {
    let is_whole = *change.kind == kinds::ADDED || *change.kind == kinds::REMOVED;
    let shown = match read(change) {
        (Some(text), None) | (None, Some(text)) if is_whole => text,
        (None, None) => headline(change, words, None),
        (old, new) => {
            let or_none = |text: Option<String>| text.unwrap_or_else(|| words.get("nobody"));
            words.with("from_to", &[("old", or_none(old)), ("new", or_none(new))])
        }
    };
    let mut shown = inert(&shown);
    if let Some(waived) = &change.waived {
        let values = [("date", waived.expires.to_string()), ("reason", inert(&waived.reason))];
        shown.push_str(&format!(
            "{}{}{}",
            words.get("open"),
            words.with("waived_until", &values),
            words.get("close")
        ));
    }
    data(&shown)
}

/// The part of a command behind `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or a colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
