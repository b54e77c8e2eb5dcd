//! What in a Markdown page is no content: front matter and code.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::lines;

/// Regions of a Markdown page, in bytes and in order.
#[derive(Debug, Default)]
pub(super) struct Masked {
    /// The front matter.
    pub(super) front_matter: Option<Range<usize>>,
    /// Fenced code blocks.
    pub(super) code: Vec<Range<usize>>,
    /// HTML comments outside of code.
    pub(super) comments: Vec<Range<usize>>,
    /// Everything in which `<table` starts no table: all of these, and code spans.
    pub(super) html: Vec<Range<usize>>,
}

/// Finds the regions of `text`.
pub(super) fn mask(text: &str) -> Masked {
    let front_matter = front_matter(text);
    let start = front_matter.as_ref().map_or(0, |range| range.end);
    let html = front_matter.iter().cloned().collect();
    let masked = Masked { front_matter, html, ..Masked::default() };
    let mut scanner = Scanner { text, masked, fence: None, comments_end: true };
    let mut at = start;
    while at < text.len() {
        at = scanner.line(scanner.next_line(at));
    }
    scanner.end_fence(text.len());
    scanner.masked
}

struct Scanner<'t> {
    text: &'t str,
    masked: Masked,
    /// The fence that is open and where it starts.
    fence: Option<(Fence, usize)>,
    /// Whether there may be another end of a comment below.
    comments_end: bool,
}

impl Scanner<'_> {
    /// The next line, from the one at `at` on, that can have code or a comment in it.
    fn next_line(&self, at: usize) -> usize {
        if self.fence.is_some() {
            return at;
        }
        let bytes = self.text.as_bytes();
        let mark = memchr::memchr3(b'`', b'~', b'!', &bytes[at..]).map_or(bytes.len(), |mark| at + mark);
        memchr::memrchr(b'\n', &bytes[at..mark]).map_or(at, |newline| at + newline + 1)
    }

    /// Reads the line at `at`; returns where to go on.
    fn line(&mut self, at: usize) -> usize {
        let end = lines::end(self.text, at);
        let line = &self.text[at..end];
        if let Some((open, _)) = self.fence {
            if fence_of(line).is_some_and(|close| close.closes(&open)) {
                self.end_fence(end);
                return end;
            }
            if !open.ends_before(line) {
                return end;
            }
            self.end_fence(at);
        }
        match fence_of(line) {
            Some(open) => self.fence = Some((open, at)),
            None if memchr::memchr(b'<', line.as_bytes()).is_some() => return self.inline(at, end),
            None => {}
        }
        end
    }

    fn end_fence(&mut self, end: usize) {
        if let Some((_, from)) = self.fence.take() {
            self.masked.code.push(from..end);
            self.masked.html.push(from..end);
        }
    }

    /// Finds the code spans and comments of a line. A comment may run on; the rest of its last
    /// line is read with it.
    fn inline(&mut self, mut at: usize, mut end: usize) -> usize {
        while let Some(comment) = self.code_spans(at, end) {
            self.masked.comments.push(comment.clone());
            self.masked.html.push(comment.clone());
            at = comment.end;
            end = lines::end(self.text, at);
        }
        end
    }

    /// Adds the code spans that open and close in a line, up to the first comment, which is
    /// returned.
    fn code_spans(&mut self, at: usize, end: usize) -> Option<Range<usize>> {
        memchr::memchr2(b'`', b'!', &self.text.as_bytes()[at..end])?;
        let runs = runs(&self.text[at..end], at);
        let mut next = runs.iter();
        let mut from = at;
        loop {
            let run = next.find(|run| run.start >= from);
            let before = run.map_or(end, |run| run.start);
            if let Some(comment) = self.comment(from, before) {
                return Some(comment);
            }
            let run = run?;
            from = match run.partner.filter(|_| !is_escaped(self.text, run.start)) {
                Some(partner) => {
                    self.masked.html.push(run.start..partner);
                    partner
                }
                None => run.start + run.length,
            };
        }
    }

    /// The first comment that starts in a piece of a line. One that never ends is text, so that
    /// nothing below is lost.
    fn comment(&mut self, from: usize, before: usize) -> Option<Range<usize>> {
        if !self.comments_end {
            return None;
        }
        let start = from + self.text[from..before].find("<!--")?;
        // In `<!-->` the dashes of the start are those of the end.
        let inner = start + "<!".len();
        let end = self.text[inner..].find("-->").map(|end| inner + end + "-->".len());
        self.comments_end = end.is_some();
        Some(start..end?)
    }
}

/// A run of back-ticks.
struct Run {
    start: usize,
    length: usize,
    /// The end of the next run that is as long.
    partner: Option<usize>,
}

/// The runs of back-ticks in `line`, which starts at `base`.
fn runs(line: &str, base: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(found) = line[at..].find('`') {
        let start = at + found;
        let length = line[start..].bytes().take_while(|b| *b == b'`').count();
        at = start + length;
        runs.push(Run { start: base + start, length, partner: None });
    }
    let mut last = HashMap::new();
    for run in runs.iter_mut().rev() {
        run.partner = last.insert(run.length, run.start + run.length);
    }
    runs
}

/// Whether an odd number of backslashes stands before `at`.
fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1
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
    /// It is in a block quote.
    quoted: bool,
    /// The column where the text of the list item starts that it stands in, 0 outside of one.
    item: usize,
}

impl Fence {
    fn closes(&self, open: &Self) -> bool {
        let same_place = self.quoted == open.quoted && self.item == 0;
        self.mark == open.mark && self.length >= open.length && self.bare && same_place
    }

    /// Whether the block quote or list item it is in ends before `line`, and the code with it.
    fn ends_before(&self, line: &str) -> bool {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let left_quote = self.quoted && !content.starts_with('>');
        left_quote || (indent < self.item && !content.is_empty())
    }
}

/// Reads a fence; block quotes, list markers and the indentation of lists may stand before it.
fn fence_of(line: &str) -> Option<Fence> {
    const SHORTEST: usize = 3;
    memchr::memchr2(b'`', b'~', line.as_bytes())?;
    let unquoted = line.trim_start_matches([' ', '\t', '>']);
    let quoted = line[..line.len() - unquoted.len()].contains('>');
    let content = after_list_marker(unquoted);
    let item = if content.len() < unquoted.len() && !quoted { line.len() - content.len() } else { 0 };
    let content = content.trim_end();
    let mark = *content.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = content.bytes().take_while(|b| *b == mark).count();
    let info = &content[length..];
    let inline_code = mark == b'`' && info.contains('`');
    let bare = info.is_empty();
    (length >= SHORTEST && !inline_code).then_some(Fence { mark, length, bare, quoted, item })
}

/// What follows the marker of a list item, such as `- ` or `1. `; the whole line if there is none.
fn after_list_marker(line: &str) -> &str {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if number.len() < line.len() {
        number.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '+'])
    };
    rest.filter(|rest| rest.starts_with([' ', '\t'])).map_or(line, str::trim_start)
}

/// `text` with `ranges` blanked out byte for byte; newlines stay, so that offsets and lines do.
pub(super) fn blank<'t>(text: &'t str, ranges: &[Range<usize>]) -> Cow<'t, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for range in ranges {
        for byte in &mut bytes[range.clone()] {
            *byte = if *byte == b'\n' { b'\n' } else { b' ' };
        }
    }
    // Ranges start and end at characters, so what is left is valid; nothing is replaced.
    let text = String::from_utf8(bytes);
    Cow::Owned(text.unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned()))
}

/// What is left of `text` between `ranges`, which are in order.
pub(super) fn gaps<'t>(text: &'t str, ranges: &[Range<usize>]) -> impl Iterator<Item = &'t str> {
    let ends = ranges.iter().map(|range| range.end);
    let starts = ranges.iter().map(|range| range.start).chain([text.len()]);
    [0].into_iter().chain(ends).zip(starts).map(|(start, end)| &text[start..end])
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
    fn a_run_without_a_partner_hides_nothing() {
        assert_eq!(html("a `` b `<table>` c"), ["`<table>`"]);
        assert_eq!(html("a \\`<table>` c"), [""; 0]);
    }

    #[test]
    fn comments_hide_tags_and_fences_but_not_inside_code() {
        assert_eq!(html("a <!-- <table>\n```\n--> `<b>`\n<i>"), ["<!-- <table>\n```\n-->", "`<b>`"]);
        assert_eq!(html("`<!--` <table> `-->`"), ["`<!--`", "`-->`"]);
        assert_eq!(html("<!-- open <table>"), [""; 0]);
        assert_eq!(html("<!--><table><!-- -->"), ["<!-->", "<!-- -->"]);
    }

    #[test]
    fn fences_end_with_the_quote_or_list_item_they_are_in() {
        assert_eq!(html("> ```\n> x\n\n<table>"), ["> ```\n> x\n"]);
        assert_eq!(html("- ```\n  x\n  ```\n<table>"), ["- ```\n  x\n  ```\n"]);
        assert_eq!(html("1. ```json\n   x\n\n<table>"), ["1. ```json\n   x\n\n"]);
        assert_eq!(html("```\n> ```\n```\n<table>"), ["```\n> ```\n```\n"]);
    }

    #[test]
    fn blanking_keeps_offsets() {
        let text = "a群\nb";
        assert_eq!(blank(text, std::slice::from_ref(&(1..5))), "a   \nb");
    }
}
