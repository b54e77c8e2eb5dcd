//! What in a Markdown page is no content: front matter and code.

use std::ops::Range;

/// Regions of a Markdown page, in bytes and in order.
#[derive(Debug, Default)]
pub(super) struct Masked {
    /// The front matter.
    pub(super) front_matter: Option<Range<usize>>,
    /// Fenced code blocks.
    pub(super) code: Vec<Range<usize>>,
    /// Everything in which `<table` starts no table: front matter, fenced code, code spans.
    pub(super) html: Vec<Range<usize>>,
}

/// Finds the regions of `text`.
pub(super) fn mask(text: &str) -> Masked {
    let mut masked = Masked { front_matter: front_matter(text), ..Masked::default() };
    masked.html.extend(masked.front_matter.clone());
    let start = masked.front_matter.as_ref().map_or(0, |range| range.end);
    let mut fence: Option<(Fence, usize)> = None;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let end = at + line.len();
        let found = fence_of(line);
        match (&fence, found) {
            (Some((open, from)), Some(close)) if close.closes(open) => {
                masked.code.push(*from..end);
                masked.html.push(*from..end);
                fence = None;
            }
            (None, Some(open)) => fence = Some((open, at)),
            (None, None) if line.contains('<') => code_spans(line, at, &mut masked.html),
            _ => {}
        }
        at = end;
    }
    if let Some((_, from)) = fence {
        masked.code.push(from..text.len());
        masked.html.push(from..text.len());
    }
    masked
}

/// `---` as the first line that is not blank, up to the next `---` or `...`, with a key in between.
fn front_matter(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start_matches(['\n', ' ', '\t']).len();
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut end = start + first.len();
    let mut has_key = false;
    for line in lines {
        end += line.len();
        let content = line.trim_end();
        if content == "---" || content == "..." {
            return has_key.then_some(start..end);
        }
        let key = content.split_once(':').map(|(key, _)| key);
        has_key |= key.is_some_and(|key| !key.is_empty() && !key.contains('|'));
        if content.is_empty() && !has_key {
            return None;
        }
    }
    None
}

/// The opening or closing line of a fenced code block.
#[derive(Clone, Copy)]
struct Fence {
    mark: u8,
    length: usize,
    bare: bool,
}

impl Fence {
    fn closes(&self, open: &Self) -> bool {
        self.mark == open.mark && self.length >= open.length && self.bare
    }
}

/// Reads a fence; block quotes and the indentation of lists may stand before it.
fn fence_of(line: &str) -> Option<Fence> {
    const SHORTEST: usize = 3;
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let mark = *line.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = line.bytes().take_while(|b| *b == mark).count();
    let info = &line[length..];
    let inline_code = mark == b'`' && info.contains('`');
    (length >= SHORTEST && !inline_code).then_some(Fence { mark, length, bare: info.is_empty() })
}

/// Adds the code spans that open and close in `line`.
fn code_spans(line: &str, base: usize, spans: &mut Vec<Range<usize>>) {
    // The run that is open for each length, so that one pass finds all partners.
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some(found) = line[at..].find('`') {
        let start = at + found;
        let length = line[start..].bytes().take_while(|b| *b == b'`').count();
        at = start + length;
        match open {
            Some((from, opened)) if opened == length => {
                spans.push(base + from..base + at);
                open = None;
            }
            Some(_) => {}
            None => open = Some((start, length)),
        }
    }
}

/// `text` with `ranges` blanked out byte for byte; newlines stay, so that offsets and lines do.
pub(super) fn blank<'r>(text: &str, ranges: impl Iterator<Item = &'r Range<usize>>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in ranges {
        for byte in &mut bytes[range.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    // Ranges start and end at characters, so what is left is valid; nothing is replaced.
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> Vec<&str> {
        mask(text).html.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn front_matter_may_follow_a_blank_line() {
        let text = "\n---\ntitle: x\n---\n# y\n";
        assert_eq!(mask(text).front_matter, Some(1..18));
        assert_eq!(mask("---\n\ntext: a\n---\n").front_matter, None);
        assert_eq!(mask("---\ntitle: x\n").front_matter, None);
    }

    #[test]
    fn fences_close_with_their_own_mark() {
        assert_eq!(html("~~~\n```\n~~~\na\n"), ["~~~\n```\n~~~\n"]);
        assert_eq!(html("````\n```\n````\n"), ["````\n```\n````\n"]);
        assert_eq!(html("> ```\n> x\n> ```\ny"), ["> ```\n> x\n> ```\n"]);
        assert_eq!(html("```\nopen"), ["```\nopen"]);
    }

    #[test]
    fn code_spans_hide_tags() {
        assert_eq!(html("use `<table>` or ``<td>`</td>``, `open"), ["`<table>`", "``<td>`</td>``"]);
    }

    #[test]
    fn blanking_keeps_offsets() {
        let text = "a群\nb";
        assert_eq!(blank(text, [1..5].iter()), "a   \nb");
    }
}
