//! Texts that no tool obeys.
//!
//! Whatever a tool could take for its own is written as a character reference: preprocessors that run
//! over the source do not see it, and what reads Markdown takes it for text. Where references are not
//! read, in code, HTML takes the place of Markdown.

use minijinja::Environment;

use super::dialect::Dialect;
use crate::inline::{Inline, from_markdown};

/// Replaces the filters of the documentation by those of a tool.
pub(super) fn fit(environment: &mut Environment<'_>, dialect: &'static dyn Dialect) {
    let colon = dialect.colon();
    environment.add_filter("text", move |text: &str| escaped(text, colon));
    environment.add_filter("link", move |text: &str, href: &str| link(&escaped(text, colon), href));
    environment.add_filter("code", move |text: &str| code(text, colon));
    environment.add_filter("prose", move |text: &str| prose(text, colon));
    environment.add_filter("mark", move |id: &str| dialect.mark(id));
    environment.add_filter("mark_before", |_: &str| "");
    environment.add_filter("mark_behind", |id: &str| format!(" {{#{}}}", id_of(id)));
}

/// Inline Markdown, with nothing in its texts that is more.
fn prose(markdown: &str, colon: &str) -> String {
    pieces(&from_markdown(markdown, &|_| None).pieces, colon)
}

fn pieces(all: &[Inline], colon: &str) -> String {
    let piece = |piece: &Inline| match piece {
        Inline::Text(text) => escaped(text, colon),
        Inline::Code(text) => code(text, colon),
        Inline::Link { text, href } => link(&pieces(text, colon), href),
        Inline::Break => "<br>".to_owned(),
    };
    all.iter().map(piece).collect()
}

/// Plain text, anywhere in a line.
pub(super) fn escaped(text: &str, colon: &str) -> String {
    // Where a line starts, they could start a block.
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let starts_block = |at: usize, c: char| match at {
        0 => matches!(c, '#' | '+' | '-' | '=' | '>'),
        _ => at == digits && matches!(c, '.' | ')'),
    };
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|(_, next)| *next);
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            '<' | '{' | '}' | '|' | '`' | '*' | '[' | ']' | '\\' | '~' | '$' | '^' => refer(&mut out, c),
            '_' if !(is_word(before) && is_word(next)) => refer(&mut out, c),
            '&' if next.is_some_and(|c| c.is_ascii_alphabetic() || c == '#') => refer(&mut out, c),
            // A directive, an emoji, or an address.
            ':' if next.is_some_and(|c| c.is_alphanumeric() || "_+-:/".contains(c)) => out.push_str(colon),
            '#' if next.is_none() => refer(&mut out, c),
            c if starts_block(at, c) => refer(&mut out, c),
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

fn refer(out: &mut String, c: char) {
    out.push_str(&format!("&#{};", u32::from(c)));
}

/// Code on one line. In a code span of Markdown nothing can be escaped.
fn code(text: &str, colon: &str) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    let is_plain = |c: char| !c.is_control() && !"`{}<|\\".contains(c);
    if !text.is_empty() && text.trim() == text && text.chars().all(is_plain) {
        return format!("`{text}`");
    }
    format!("<code>{}</code>", escaped(&text, colon))
}

/// A link whose text is Markdown. There is none to the reader's own machine.
fn link(text: &str, href: &str) -> String {
    let host = href.split_once("://").map(|(_, rest)| rest.to_ascii_lowercase());
    if host.is_some_and(|host| host.starts_with("localhost")) {
        return text.to_owned();
    }
    format!("[{text}]({})", address(href))
}

/// An address that ends where it should, and holds nothing that is read as anything else.
fn address(href: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for c in href.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => out.push_str("&amp;"),
            c if c.is_ascii_alphanumeric() || !c.is_ascii() || "-._~/:?#=%+,;@!".contains(c) => out.push(c),
            c => out.push_str(&format!("%{:02X}", u32::from(c))),
        }
    }
    out
}

/// An id that ends where it should.
fn id_of(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_texts_stay_as_they_are() {
        let plain = "The token (user_id: 5) expired; 群组不存在。 Use a/b, 50% & more! 3 > 2";
        assert_eq!(escaped(plain, "&#58;"), plain);
        assert_eq!(code("user_id: {x}", "&#58;"), "<code>user_id: &#123;x&#125;</code>");
        assert_eq!(code("group_id = 1 & 2", "&#58;"), "`group_id = 1 & 2`");
    }

    #[test]
    fn what_starts_a_block_or_a_directive_is_escaped() {
        assert_eq!(escaped("1. a", ":"), "1&#46; a");
        assert_eq!(escaped("# a #", ":"), "&#35; a &#35;");
        assert_eq!(escaped(":::tip :a[b] ::c", "!"), "!!!tip !a&#91;b&#93; !!c");
        assert_eq!(escaped("{{ x }}&lt;", ":"), "&#123;&#123; x &#125;&#125;&#38;lt;");
    }

    #[test]
    fn links_lead_out_and_nowhere_else() {
        let of = |markdown| prose(markdown, ":");
        assert_eq!(of("[a](https://b.c/?d={{e}}&f=(g))"), "[a](https://b.c/?d=%7B%7Be%7D%7D&amp;f=%28g%29)");
        assert_eq!(of("[a](http://localhost:80/)"), "a");
    }
}
