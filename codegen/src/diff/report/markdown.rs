//! The report for a pull request.

use super::{Comparison, Counts, Report, Words, headline, inert, keys, read, sections, steers};
use crate::diff::{Change, Mark, kinds, marks};

/// The report as Markdown of code hosts.
#[must_use]
pub fn markdown(report: &Report, words: &Words) -> String {
    let mut out = format!("## {}\n", words.get("title"));
    if report.comparisons.is_empty() {
        out.push_str(&format!("\n{}\n", words.get("nothing")));
    }
    for one in &report.comparisons {
        comparison(&mut out, one, words);
    }
    out
}

fn comparison(out: &mut String, one: &Comparison, words: &Words) {
    let paths = [("old", code(&one.old)), ("new", code(&one.new))];
    out.push_str(&format!("\n### {}\n", words.with("from_to", &paths)));
    if let Some((old, new)) = &one.changes.apart {
        let values = [("old", code(old.as_str())), ("new", code(new.as_str()))];
        out.push_str(&format!("\n{}\n", words.with("apart", &values)));
    }
    if one.changes.list.is_empty() {
        out.push_str(&format!("\n{}\n", words.get("nothing")));
        return;
    }
    let verdict = words.get(&format!("verdict_{}", one.changes.verdict()));
    let verdict = words.with("verdict", &[("verdict", format!("**{verdict}**"))]);
    let counts = Counts::of(&one.changes).shown(words);
    out.push_str(&format!("\n{counts}{}{verdict}\n", words.get("comma")));
    for (section, changes) in sections(&one.changes) {
        out.push_str(&format!("\n#### {}\n\n", words.get(section)));
        for change in changes {
            item(out, change, words);
        }
    }
}

fn item(out: &mut String, change: &Change, words: &Words) {
    let said =
        words.with("labelled", &[("label", code(&keys(change))), ("value", headline(change, words, None))]);
    out.push_str(&format!("- {said}\n"));
    let is_whole = *change.kind == kinds::ADDED || *change.kind == kinds::REMOVED;
    let shown = match read(change) {
        (Some(text), None) | (None, Some(text)) if is_whole => text_of(&text),
        (Some(old), Some(new)) => marks(&old, &new).iter().map(mark).collect(),
        (Some(old), None) => mark(&Mark::Old(&old)),
        (None, Some(new)) => mark(&Mark::New(&new)),
        (None, None) => String::new(),
    };
    if !shown.is_empty() {
        out.push_str(&format!("  <br>{shown}\n"));
    }
    if let Some(waived) = &change.waived {
        let values = [("date", waived.expires.to_string()), ("reason", text_of(&waived.reason))];
        out.push_str(&format!("  <br>{}\n", words.with("waived_until", &values)));
    }
}

fn mark(mark: &Mark<'_>) -> String {
    match mark {
        Mark::Same(text) => text_of(text),
        Mark::Old(text) => format!("<del>{}</del>", text_of(text)),
        Mark::New(text) => format!("<ins>{}</ins>", text_of(text)),
    }
}

/// Text that is nothing but text: every mark of punctuation is escaped, and what code hosts make a
/// mention or a reference of, which no escape prevents, is cut in two by a comment.
fn text_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            c if steers(c) => out.push_str(&format!("\\\\u\\{{{:x}\\}}", u32::from(c))),
            '@' | '#' => out.push_str(&format!("\\{c}<!-- -->")),
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// A code span of whatever text.
fn code(text: &str) -> String {
    let text = inert(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // One space on each side goes again; without it, back-ticks and spaces at the ends would be lost.
    let edge = |c: char| c == '`' || c == ' ';
    let pad = if text.starts_with(edge) || text.ends_with(edge) { " " } else { "" };
    if text.trim().is_empty() {
        format!("{fence} {fence}")
    } else {
        format!("{fence}{pad}{text}{pad}{fence}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// What a reader of the Markdown sees; only the tags written here may be there.
    fn seen(markdown: &str) -> String {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
        let mut out = String::new();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(text) | Event::Code(text) => out.push_str(&text),
                Event::InlineHtml(tag) => match &*tag {
                    "<br>" => out.push('\n'),
                    "<del>" | "</del>" | "<ins>" | "</ins>" | "<!-- -->" => {}
                    tag => panic!("{tag} in {markdown}"),
                },
                Event::Start(tag) => {
                    assert!(matches!(tag, pulldown_cmark::Tag::Paragraph), "{tag:?} in {markdown}");
                }
                Event::End(_) => {}
                event => panic!("{event:?} in {markdown}"),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn text_stays_text(text in "[-a-z0-9`*_~<>&#@|:/\\\\\\[\\](){}!.+=$^\"'群 ]{1,24}") {
            let shown = format!("x{}x", text_of(&text));
            prop_assert_eq!(seen(&shown), format!("x{text}x"));
        }

        #[test]
        fn code_stays_code(text in "[a-z`*<>|\\\\ 群]{1,16}") {
            prop_assume!(!text.trim().is_empty());
            prop_assert_eq!(seen(&format!("x {} x", code(&text))), format!("x {text} x"));
        }
    }
}
