//! Texts as HTML, in which nothing of a spec is obeyed.

use std::fmt::{self, Write};

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
        Some(text) => write_escaped(out, text).map_err(Error::from),
        None if value.is_none() => Ok(()),
        None => write_escaped(out, &value.to_string()).map_err(Error::from),
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
            Inline::Text(text) => push_escaped(out, text),
            Inline::Code(code) => {
                out.push_str("<code>");
                push_escaped(out, code);
                out.push_str("</code>");
            }
            Inline::Link { text, href } if is_safe(href) => {
                out.push_str("<a href=\"");
                push_escaped(out, href);
                out.push_str("\">");
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
    let mut out = String::with_capacity(name.len() + 32);
    let mut start = 0;
    for (end, _) in name.match_indices(|c: char| c.is_ascii_uppercase()).filter(|(at, _)| *at > 0) {
        push_escaped(&mut out, &name[start..end]);
        out.push_str("<wbr>");
        start = end;
    }
    push_escaped(&mut out, &name[start..]);
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
fn write_escaped(out: &mut impl Write, mut text: &str) -> fmt::Result {
    // Most texts have nothing to escape, and none much of it.
    while let Some(at) = text.bytes().position(|byte| IS_ODD[usize::from(byte)]) {
        let (plain, rest) = text.split_at(at);
        out.write_str(plain)?;
        let mut chars = rest.chars();
        match chars.next().unwrap_or_default() {
            '<' => out.write_str("&lt;")?,
            '>' => out.write_str("&gt;")?,
            '&' => out.write_str("&amp;")?,
            '"' => out.write_str("&quot;")?,
            '\'' => out.write_str("&#39;")?,
            '\u{7f}' => out.write_char('\u{2421}')?,
            c @ '\0'..='\u{1f}' => {
                out.write_char(char::from_u32(u32::from(c) + 0x2400).unwrap_or('\u{fffd}'))?;
            }
            '\u{80}'..='\u{9f}' => out.write_char('\u{fffd}')?,
            c => out.write_char(c)?,
        }
        text = chars.as_str();
    }
    out.write_str(text)
}

fn push_escaped(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = write_escaped(out, text);
}

/// The bytes that can start what is not shown as it is.
const IS_ODD: [bool; 256] = {
    let mut is_odd = [false; 256];
    let mut byte = 0;
    while byte < is_odd.len() {
        is_odd[byte] = match byte as u8 {
            b'\n' | b'\t' => false,
            // The control characters beyond ASCII start so, among others.
            0..0x20 | 0x7f | 0xc2 | b'<' | b'>' | b'&' | b'"' | b'\'' => true,
            _ => false,
        };
        byte += 1;
    }
    is_odd
};
