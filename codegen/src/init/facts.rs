//! What a page says about itself: title, address, edition.

use std::ops::Range;

use crate::inline::{from_markdown, plain};
use crate::render::is_hidden;

/// The page's title: that of its front matter, of its head, or the heading that all of its tables
/// are below.
pub(super) fn title(text: &str, headings: &[&[String]]) -> Option<String> {
    let found = front_matter_title(text)
        .or_else(|| element(text, "title").map(|title| title_alone(&text_of(title))))
        .or_else(|| common(headings).map(str::to_owned));
    found.map(|title| one_line(&title)).filter(|title| !title.is_empty())
}

/// The language in `<html lang="…">`.
pub(super) fn html_lang(text: &str) -> Option<String> {
    let tag = tags(text, "html").next()?;
    attribute(tag, "lang")
}

/// The address where the page says it is published.
pub(super) fn url(text: &str) -> Option<String> {
    // What browsers write into a page they save.
    let saved = text.split_once("<!-- saved from url=(").and_then(|(_, rest)| {
        let (_, rest) = rest.split_once(')')?;
        Some(rest.split_whitespace().next()?.to_owned())
    });
    let canonical = || {
        let mut links = tags(text, "link");
        let link = links
            .find(|tag| attribute(tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")))?;
        attribute(link, "href")
    };
    let is_web = |url: &String| {
        (url.starts_with("https://") || url.starts_with("http://"))
            && !url.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    saved.filter(is_web).or_else(canonical).filter(is_web)
}

/// A month or a day in a name, as in `errors.2026-05.md`.
pub(super) fn edition(name: &str) -> Option<String> {
    let fits = |part: &str| {
        let mut numbers = part.split('-');
        let number = |text: Option<&str>, length: usize, range: Range<u32>| {
            text.is_some_and(|text| {
                text.len() == length && text.parse().is_ok_and(|number: u32| range.contains(&number))
            })
        };
        let month = number(numbers.next(), 4, 1990..2100) && number(numbers.next(), 2, 1..13);
        let day = numbers.next();
        month && (day.is_none() || number(day, 2, 1..32)) && numbers.next().is_none()
    };
    name.split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .map(|part| part.trim_matches('-'))
        .find(|part| fits(part))
        .map(str::to_owned)
}

/// Whether a text is a page of HTML and not Markdown with some in it.
pub(super) fn is_html(text: &str) -> bool {
    let start = text.trim_start().get(..9).unwrap_or_default();
    start.eq_ignore_ascii_case("<!doctype") || tags(text, "html").next().is_some()
}

/// An id as the start of a title: `jmessage-server` is `Jmessage server`.
pub(super) fn capitalized(id: &str) -> String {
    let words = id.replace(['-', '_', '.'], " ");
    let mut rest = words.trim().chars();
    rest.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + rest.as_str())
}

/// A text on one line, and nothing in it but text.
pub(super) fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A heading without the mark that links to it.
pub(super) fn heading(text: &str) -> String {
    let text = one_line(text);
    text.trim_end_matches(['#', '¶', '\u{200b}', ' ']).to_owned()
}

/// The title without the site's name behind it.
fn title_alone(title: &str) -> String {
    let title = one_line(title);
    let ends = [" | ", " - ", " – ", " — ", "_", "｜"].iter().filter_map(|mark| title.find(mark));
    match ends.min() {
        Some(end) if end > 0 => title[..end].to_owned(),
        _ => title,
    }
}

/// The outermost heading, if it is that of all.
fn common<'h>(headings: &[&'h [String]]) -> Option<&'h str> {
    let first = headings.first()?.first()?;
    headings.iter().all(|above| above.first() == Some(first)).then_some(first)
}

/// In YAML or TOML, as far as a title needs it.
fn front_matter_title(text: &str) -> Option<String> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().skip_while(|line| line.trim().is_empty());
    let fence = lines.next().filter(|line| matches!(line.trim_end(), "---" | "+++"))?.trim_end();
    let lines: Vec<_> = lines.take_while(|line| line.trim_end() != fence).collect();
    let value = lines.iter().find_map(|line| {
        let (key, value) = line.split_once(if fence == "---" { ':' } else { '=' })?;
        (key.trim_end() == "title").then_some(value.trim())
    })?;
    let bare = value.trim_matches(['"', '\'']);
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// The text in the first `<name>`.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let tag = tags(text, name).next()?;
    let (_, content) = text.split_once(&format!("<{tag}>"))?;
    content.split_once('<').map(|(content, _)| content)
}

/// How far the head of a page is looked at.
const HEAD: usize = 1 << 16;

/// The start tags of that name in the head of a page, without their brackets.
fn tags<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let tags = text[..end].split('<').skip(1).filter_map(|tag| tag.split_once('>').map(|(tag, _)| tag));
    tags.filter(move |tag| {
        tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && !tag[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let (value, next) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote)?,
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if before.split_whitespace().last().is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return Some(text_of(value));
        }
        rest = next;
    }
    None
}

/// Entities decoded.
fn text_of(html: &str) -> String {
    plain(&from_markdown(html, &|_| None).pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_pages_own() {
        let headings = [vec!["错误码".to_owned(), "用户".to_owned()], vec!["错误码".to_owned()]];
        let above: Vec<_> = headings.iter().map(Vec::as_slice).collect();
        let title = |text: &str| title(text, &above);
        assert_eq!(title("\n---\na: b\ntitle: 'IM 返回值'\n---\n# x").as_deref(), Some("IM 返回值"));
        assert_eq!(title("+++\ntitle = \"Errors\"\n+++\n").as_deref(), Some("Errors"));
        assert_eq!(title("<head><TITLE data-a='b'>A &amp; B\n - Docs</TITLE>").as_deref(), Some("A & B"));
        assert_eq!(title("text").as_deref(), Some("错误码"));
        assert_eq!(super::title("", &[]), None);
        assert_eq!(super::title("", &[&headings[0], &[]]), None);
        assert_eq!(super::title("<title>", &[]), None);
    }

    #[test]
    fn saved_pages_say_where_they_are_from() {
        let saved = "<!DOCTYPE html>\n<!-- saved from url=(0021)https://a.b/errors?x=1 -->\n<html>";
        assert_eq!(url(saved).as_deref(), Some("https://a.b/errors?x=1"));
        let canonical =
            "<link rel=stylesheet href=x.css><link href='https://a.b/?x&amp;y' rel=\"canonical\">";
        assert_eq!(url(canonical).as_deref(), Some("https://a.b/?x&y"));
        for text in [
            "",
            "<!-- saved from url=(",
            "<!-- saved from url=(0)about:internet -->",
            "<link rel=canonical href=/x>",
        ] {
            assert_eq!(url(text), None, "{text}");
        }
    }

    #[test]
    fn editions_are_dates() {
        assert_eq!(edition("jmessage.2019-04.zh.md").as_deref(), Some("2019-04"));
        assert_eq!(edition("errors-2026-05-31.html").as_deref(), Some("2026-05-31"));
        for name in ["", "errors-20-04", "2019-13", "2019-04-45", "1001-1002", "2019-04-01-02"] {
            assert_eq!(edition(name), None, "{name}");
        }
    }

    #[test]
    fn headings_lose_their_link_marks() {
        assert_eq!(heading("错误码#"), "错误码");
        assert_eq!(heading("a\n b ¶"), "a b");
    }
}
