//! An answer for people.

use im_errors_spec::{ErrorDef, Locale, plain_text};
use serde_json::Value;
use textwrap::core::display_width;

use super::view::View;
use super::{Answer, Match, Subject};
use crate::render::{self, is_hidden};

/// `text` with what is no text in it written out, at most `most` characters of it.
#[must_use]
pub fn visible(text: &str, most: usize) -> String {
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i == most {
            out.push('…');
            break;
        }
        match c {
            '\n' => out.push_str("\\n"),
            c if is_hidden(c) => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

/// What the documentation says of the one match, or a line for each of several. Colours are in it.
///
/// Lines are as wide as `width` allows; without one, only those of a list are kept short.
///
/// # Errors
/// When the tool's own template does not work.
pub fn text(answer: &Answer<'_>, view: &View<'_>, width: Option<usize>) -> Result<String, String> {
    match answer.matches.as_slice() {
        [found] => {
            let text =
                render::terminal(&fit(view.of(found)), view.locale).map_err(|error| error.to_string())?;
            Ok(width.map_or(text.clone(), |width| wrapped(&text, width)))
        }
        [] => Ok(String::new()),
        matches => Ok(list(matches, view.locale, width)),
    }
}

/// All strings of a value as they may be shown.
fn fit(value: Value) -> Value {
    /// Of one text; no documented one is as long.
    const MOST: usize = 4000;
    match value {
        Value::String(text) => visible(&text, MOST).into(),
        Value::Array(items) => items.into_iter().map(fit).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, fit(value))).collect(),
        value => value,
    }
}

fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let hang = " ".repeat(if indent == 0 { 2 } else { indent + 2 });
        let options = textwrap::Options::new(width).subsequent_indent(&hang).break_words(false);
        let filled = textwrap::wrap(line, options);
        for piece in filled {
            out.push_str(piece.trim_end());
            out.push('\n');
        }
        if line.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
    }
    out
}

fn list(matches: &[Match<'_>], locale: &Locale, width: Option<usize>) -> String {
    /// Where nobody says how wide a line may be.
    const WIDTH: usize = 120;
    /// So much of a meaning is shown all the same.
    const LEAST: usize = 30;
    let rows: Vec<_> = matches.iter().map(|found| row(found, locale)).collect();
    let widest = |column: usize| rows.iter().map(|row| display_width(&row[column])).max().unwrap_or(0);
    let (first, second) = (widest(0), widest(1));
    let room = width.unwrap_or(WIDTH).saturating_sub(first + second + 4).max(LEAST);
    let mut out = render::label(locale, "matches", &[("n", &matches.len().to_string())]);
    out.push('\n');
    for ([query, facts, meaning], found) in rows.iter().zip(matches) {
        let pad = |text: &str, width: usize| " ".repeat(width.saturating_sub(display_width(text)) + 2);
        let line = format!(
            "  \u{1b}[1m{query}\u{1b}[0m{}{facts}{}{}",
            pad(query, first),
            pad(facts, second),
            cut(meaning, room)
        );
        out.push_str(line.trim_end());
        out.push('\n');
        for (name, value) in &found.holes {
            out.push_str(&format!("    \u{1b}[36m{{{name}}}\u{1b}[0m = {}\n", visible(value, 200)));
        }
    }
    out
}

/// What names an error, its facts, what it means.
fn row(found: &Match<'_>, locale: &Locale) -> [String; 3] {
    const MOST: usize = 200;
    let query = format!("{}:{}", found.spec.catalog, found.subject.name());
    let (facts, meaning) = match found.subject {
        Subject::Error(error) => {
            let code = error.code.map(|code| code.to_string());
            let status = error.http_status.map(|status| status.to_string());
            let facts: Vec<_> = [code, status, error.error.clone()].into_iter().flatten().collect();
            (facts.join(" "), meaning(error, locale, &found.spec.locale))
        }
        Subject::Removed(removed) => (removed.key.clone(), render::label(locale, "removed", &[])),
    };
    [visible(&query, MOST), visible(&facts, MOST), visible(&meaning, MOST)]
}

fn meaning(error: &ErrorDef, locale: &Locale, source: &Locale) -> String {
    let texts = render::meaning(error);
    let text = texts.get(locale).filter(|text| !text.stale).or_else(|| texts.get(source));
    text.map_or_else(String::new, |text| plain_text(&text.text).replace('\n', " "))
}

fn cut(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += display_width(c.encode_utf8(&mut [0; 4]));
        if used > width {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out + "…"
}
