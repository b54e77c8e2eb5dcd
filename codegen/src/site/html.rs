//! Texts as HTML, in which nothing of a spec is obeyed.

use std::borrow::Cow;
use std::fmt::Write;

use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, Output, State};

use crate::inline::{Inline, from_markdown};
use crate::render::is_hidden;

/// Adds the filters for texts, and an escape that leaves addresses readable.
pub(crate) fn fit(environment: &mut Environment<'_>) {
    environment.set_formatter(write_value);
    environment.add_filter("inline", |text: &str| Value::from_safe_string(inline(text)));
    environment.add_filter("humps", |name: &str| Value::from_safe_string(humps(name)));
    environment.add_filter("shown", |text: &str| text.replace(is_hidden, "\u{fffd}"));
    environment.add_test("address", |url: Value| url.as_str().is_some_and(is_address));
}

fn write_value(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if *state.auto_escape() != AutoEscape::Html || value.is_safe() || value.kind() == ValueKind::Number {
        return minijinja::escape_formatter(out, state, value);
    }
    match value.as_str() {
        Some(text) => out.write_str(&escaped(text)).map_err(Error::from),
        None if value.is_none() => Ok(()),
        None => out.write_str(&escaped(&value.to_string())).map_err(Error::from),
    }
}

/// Inline Markdown as HTML.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    write_pieces(&mut out, &from_markdown(text, &|_| None).pieces);
    out
}

fn write_pieces(out: &mut String, pieces: &[Inline]) {
    for piece in pieces {
        match piece {
            Inline::Text(text) => out.push_str(&escaped(text)),
            Inline::Code(code) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "<code>{}</code>", escaped(code));
            }
            Inline::Link { text, href } if is_safe(href) => {
                let _ = write!(out, "<a href=\"{}\">", escaped(href));
                write_pieces(out, text);
                out.push_str("</a>");
            }
            Inline::Link { text, .. } => write_pieces(out, text),
            Inline::Break => out.push_str("<br>"),
        }
    }
}

/// A name that may be broken before its capitals, where it is too long for a line.
fn humps(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 16);
    for (i, c) in name.char_indices() {
        if i > 0 && c.is_ascii_uppercase() {
            out.push_str("<wbr>");
        }
        push_escaped(&mut out, c);
    }
    out
}

/// Whether it is the address of a page.
pub(super) fn is_address(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// Whether a link leads to a page or a mail, and nowhere else.
fn is_safe(href: &str) -> bool {
    let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto") => true,
        Some(scheme) => scheme.contains(['/', '?', '#']),
        None => true,
    }
}

/// `text` as HTML shows it. Characters that HTML cannot hold are shown by their pictures.
fn escaped(text: &str) -> Cow<'_, str> {
    // Most texts are names, numbers and addresses.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" -_./:".contains(&byte);
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_escaped(&mut out, c));
    Cow::Owned(out)
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '\n' | '\t' => out.push(c),
        '\u{7f}' => out.push('\u{2421}'),
        '\0'..='\u{1f}' => out.push(char::from_u32(u32::from(c) + 0x2400).unwrap_or('\u{fffd}')),
        '\u{80}'..='\u{9f}' => out.push('\u{fffd}'),
        c => out.push(c),
    }
}
