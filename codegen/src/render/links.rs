//! Links of a vendor's page, seen from elsewhere.

use crate::inline::{Inline, from_markdown, to_markdown};

/// `text` with its relative links made absolute; without the page's address they become text.
pub(crate) fn absolute(text: &str, page: Option<&str>) -> String {
    if !text.contains("](") {
        return text.to_owned();
    }
    let resolve = |piece: Inline| match piece {
        Inline::Link { text, href } => match join(page, &href) {
            Some(href) => vec![Inline::Link { text, href }],
            None => text,
        },
        other => vec![other],
    };
    let mut pieces: Vec<Inline> = Vec::new();
    for piece in from_markdown(text, &|_| None).pieces.into_iter().flat_map(resolve) {
        match (pieces.last_mut(), piece) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, piece) => pieces.push(piece),
        }
    }
    to_markdown(&pieces)
}

/// The path of a file as the target of a link.
pub(super) fn path(path: &str) -> String {
    let mut href = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || !c.is_ascii() || "/._-~+,@=".contains(c) => href.push(c),
            c => href.push_str(&format!("%{:02X}", u32::from(c))),
        }
    }
    href
}

/// `href` as seen from the page at `base`.
fn join(base: Option<&str>, href: &str) -> Option<String> {
    let path_end = href.find(['/', '?', '#']).unwrap_or(href.len());
    if href[..path_end].contains(':') {
        return Some(href.to_owned());
    }
    let base = base?;
    let (scheme, rest) = base.split_once("://")?;
    if let Some(host) = href.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if href.starts_with('#') || href.starts_with('?') {
        return Some(format!("{scheme}://{host}/{path}{href}"));
    }
    let suffix_at = href.find(['?', '#']).unwrap_or(href.len());
    let (target, suffix) = href.split_at(suffix_at);
    let mut segments: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { path.split('/').collect() };
    segments.pop();
    for segment in target.trim_start_matches('/').split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    Some(format!("{scheme}://{host}/{}{suffix}", segments.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_joined_as_browsers_do() {
        let base = Some("https://example.com/docs/im/error.html?x=1#top");
        let join = |href| join(base, href).unwrap_or_default();
        assert_eq!(join("a.html#群组"), "https://example.com/docs/im/a.html#群组");
        assert_eq!(join("./a?b=/c"), "https://example.com/docs/im/a?b=/c");
        assert_eq!(join("../../../a"), "https://example.com/a");
        assert_eq!(join("/a/b"), "https://example.com/a/b");
        assert_eq!(join("#x"), "https://example.com/docs/im/error.html#x");
        assert_eq!(join("//other.example/a"), "https://other.example/a");
        assert_eq!(join("mailto:a%40b.c"), "mailto:a%40b.c");
    }

    #[test]
    fn without_an_address_relative_links_are_text() {
        assert_eq!(
            absolute("见 [文档](./a)，或 [站点](https://a.b)", None),
            "见 文档，或 [站点](https://a.b)"
        );
    }
}
