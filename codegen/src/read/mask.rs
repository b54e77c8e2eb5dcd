//! What in a Markdown page is no content: front matter and code.
//!
//! What is in an HTML table hides nothing: whoever finds one says so, and the page goes on behind it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::fence::{Fence, fence_of};
use super::lines;

/// Regions of a Markdown page, in bytes and in order, without those in its HTML tables.
#[derive(Debug, Default)]
pub(super) struct Masked {
    /// The front matter.
    pub(super) front_matter: Option<Range<usize>>,
    /// Fenced code blocks.
    pub(super) code: Vec<Range<usize>>,
    /// HTML comments outside of code.
    pub(super) comments: Vec<Range<usize>>,
}

/// Finds these regions, and code spans, from the start of a page on.
pub(super) struct Scanner<'t> {
    text: &'t str,
    masked: Masked,
    /// The last region found.
    last: Range<usize>,
    /// All regions that start before it are known.
    at: usize,
    /// The line, or rest of one, in which spans and comments are looked for, if `at` is in it.
    line: Option<Line>,
    /// The fence that is open and where it starts.
    fence: Option<(Fence, usize)>,
    /// What code and comments start with.
    mark: Next,
    comment_start: Next,
    comment_end: Next,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let front_matter = front_matter(text);
        let last = front_matter.clone().unwrap_or_default();
        Self {
            text,
            at: last.end,
            last,
            masked: Masked { front_matter, ..Masked::default() },
            line: None,
            fence: None,
            mark: Next::default(),
            comment_start: Next::default(),
            comment_end: Next::default(),
        }
    }

    /// Whether what is at `at` is hidden, and up to where at least. To be asked in order.
    pub(super) fn hides(&mut self, at: usize) -> Option<usize> {
        while self.at <= at && self.last.end <= at {
            self.step();
        }
        match self.fence {
            Some((_, from)) => (from <= at).then_some(self.at),
            None => self.last.contains(&at).then_some(self.last.end),
        }
    }

    /// Says that the last place asked for, `table.start`, is that of an HTML table.
    pub(super) fn skip(&mut self, table: &Range<usize>) {
        // No more than one region beyond that place is known.
        if self.last.start >= table.start {
            if self.masked.comments.last() == Some(&self.last) {
                self.masked.comments.pop();
            }
            self.last = 0..0;
        }
        self.fence = None;
        self.at = table.end;
        let line = self.line.take().filter(|line| (line.start..line.end).contains(&table.end));
        // In what is left of a line no fence can start.
        self.line = match self.text[..table.end].ends_with('\n') {
            true => None,
            false => line.or_else(|| Some(Line::new(self.text, table.end))),
        };
    }

    /// All regions of the page.
    pub(super) fn finish(mut self) -> Masked {
        while self.at < self.text.len() {
            self.step();
        }
        self.end_fence(self.text.len());
        self.masked
    }

    /// Looks for the next region in what is left of a line, or reads the next line that can have one.
    fn step(&mut self) {
        match self.line.take() {
            _ if self.at >= self.text.len() => self.end_fence(self.text.len()),
            Some(line) if self.at < line.end => self.step_within(line),
            _ => self.read_line(),
        }
    }

    fn read_line(&mut self) {
        let at = self.next_line();
        self.at = at;
        let end = lines::end(self.text, at);
        let line = &self.text[at..end];
        if let Some((open, _)) = self.fence {
            if fence_of(line).is_some_and(|close| close.closes(&open)) {
                self.end_fence(end);
            } else if open.ends_before(line) {
                self.end_fence(at);
                return;
            }
            self.at = end;
            return;
        }
        match fence_of(line) {
            Some(open) => {
                self.fence = Some((open, at));
                self.at = end;
            }
            None if memchr::memchr(b'<', line.as_bytes()).is_some() => {
                self.line = Some(Line::new(self.text, at));
            }
            None => self.at = end,
        }
    }

    /// The next line, from the one at `at` on, that can have code or a comment in it.
    fn next_line(&mut self) -> usize {
        let at = self.at;
        if self.fence.is_some() {
            return at;
        }
        let is_mark = |text: &str| memchr::memchr3(b'`', b'~', b'!', text.as_bytes());
        let mark = self.mark.from(self.text, at, is_mark).unwrap_or(self.text.len());
        memchr::memrchr(b'\n', &self.text.as_bytes()[at..mark]).map_or(at, |newline| at + newline + 1)
    }

    fn end_fence(&mut self, end: usize) {
        if let Some((_, from)) = self.fence.take() {
            self.masked.code.push(from..end);
            self.last = from..end;
        }
    }

    /// Finds the next code span or comment of a line. A comment may run on; the rest of its last
    /// line is read with it.
    fn step_within(&mut self, line: Line) {
        let span = line.span_from(self.at).cloned();
        let before = span.as_ref().map_or(line.end, |span| span.start);
        if let Some(comment) = self.comment(before) {
            self.at = comment.end;
            self.masked.comments.push(comment.clone());
            self.line = Some(if comment.end <= line.end { line } else { Line::new(self.text, comment.end) });
            self.last = comment;
        } else if let Some(span) = span {
            self.at = span.end;
            self.last = span;
            self.line = Some(line);
        } else {
            self.at = line.end;
            self.line = Some(line);
        }
    }

    /// The first comment that starts between `at` and `before`. One that never ends is text, so that
    /// nothing below is lost.
    fn comment(&mut self, before: usize) -> Option<Range<usize>> {
        let start = self.comment_start.from(self.text, self.at, |text| text.find("<!--"));
        let start = start.filter(|start| *start < before)?;
        // In `<!-->` the dashes of the start are those of the end.
        let end = self.comment_end.from(self.text, start + "<!".len(), |text| text.find("-->"))?;
        Some(start..end + "-->".len())
    }
}

/// The next place of some text, which is not looked for again until it is passed.
///
/// Every table found takes the scanner back to its end: to look again each time would take longer than
/// the page is long.
#[derive(Default)]
struct Next {
    /// From where on it was looked for, and what was found.
    found: Option<(usize, Option<usize>)>,
}

impl Next {
    fn from(&mut self, text: &str, from: usize, find: impl FnOnce(&str) -> Option<usize>) -> Option<usize> {
        match self.found {
            Some((since, found)) if since <= from && found.is_none_or(|found| found >= from) => found,
            _ => {
                let found = find(&text[from..]).map(|found| from + found);
                self.found = Some((from, found));
                found
            }
        }
    }
}

/// A line, or the rest of one.
struct Line {
    start: usize,
    end: usize,
    /// What is a code span, if it does not start in another one.
    spans: Vec<Range<usize>>,
}

impl Line {
    fn new(text: &str, start: usize) -> Self {
        let end = lines::end(text, start);
        Self { start, end, spans: spans(text, start..end) }
    }

    /// The first code span from `at` on.
    fn span_from(&self, at: usize) -> Option<&Range<usize>> {
        self.spans.get(self.spans.partition_point(|span| span.start < at))
    }
}

/// From each run of back-ticks in a line that is not escaped to the next one that is as long.
fn spans(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'`', &text.as_bytes()[line.clone()]).map(|at| line.start + at) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end += 1,
            None => runs.push(at..at + 1),
        }
    }
    let mut next = HashMap::new();
    let mut spans = Vec::new();
    for run in runs.into_iter().rev() {
        let end = next.insert(run.len(), run.end).filter(|_| !is_escaped(text, run.start));
        spans.extend(end.map(|end| run.start..end));
    }
    spans.reverse();
    spans
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
    use proptest::prelude::*;

    use super::*;
    use crate::read::html;

    /// What hides tags.
    fn hidden(text: &str) -> Vec<&str> {
        let (mut scanner, mut found) = (Scanner::new(text), Vec::<Range<usize>>::new());
        for (at, _) in text.char_indices() {
            match (scanner.hides(at), found.last_mut()) {
                (None, _) => {}
                // The end of a fence comes to be known line by line.
                (Some(end), Some(last)) if last.end > at || last.start == scanner.last.start => {
                    last.end = last.end.max(end);
                }
                (Some(end), _) => found.push(at..end),
            }
        }
        found.into_iter().map(|range| &text[range]).collect()
    }

    fn mask(text: &str) -> Masked {
        Scanner::new(text).finish()
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
        assert_eq!(hidden("~~~\n```\n~~~\na\n"), ["~~~\n```\n~~~\n"]);
        assert_eq!(hidden("````\n```\n````\n"), ["````\n```\n````\n"]);
        assert_eq!(hidden("> ```\n> x\n> ```\ny"), ["> ```\n> x\n> ```\n"]);
        assert_eq!(hidden("```\nopen"), ["```\nopen"]);
    }

    #[test]
    fn code_spans_hide_tags() {
        assert_eq!(hidden("use `<table>` or ``<td>`</td>``, `open"), ["`<table>`", "``<td>`</td>``"]);
    }

    #[test]
    fn a_run_without_a_partner_hides_nothing() {
        assert_eq!(hidden("a `` b `<table>` c"), ["`<table>`"]);
        assert_eq!(hidden("a \\`<table>` c"), [""; 0]);
    }

    #[test]
    fn comments_hide_tags_and_fences_but_not_inside_code() {
        assert_eq!(hidden("a <!-- <table>\n```\n--> `<b>`\n<i>"), ["<!-- <table>\n```\n-->", "`<b>`"]);
        assert_eq!(hidden("`<!--` <table> `-->`"), ["`<!--`", "`-->`"]);
        assert_eq!(hidden("<!-- open <table>"), [""; 0]);
        assert_eq!(hidden("<!--><table><!-- -->"), ["<!-->", "<!-- -->"]);
    }

    #[test]
    fn fences_end_with_the_quote_or_list_item_they_are_in() {
        assert_eq!(hidden("> ```\n> x\n\n<table>"), ["> ```\n> x\n"]);
        assert_eq!(hidden("- ```\n  x\n  ```\n<table>"), ["- ```\n  x\n  ```\n"]);
        assert_eq!(hidden("1. ```json\n   x\n\n<table>"), ["1. ```json\n   x\n\n"]);
        assert_eq!(hidden("```\n> ```\n```\n<table>"), ["```\n> ```\n```\n"]);
    }

    #[test]
    fn blanking_keeps_offsets() {
        let text = "a群\nb";
        assert_eq!(blank(text, std::slice::from_ref(&(1..5))), "a   \nb");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// As if there were words in the place of each table.
        #[test]
        fn what_is_in_a_table_hides_nothing(pieces in prop::collection::vec(prop::sample::select(vec![
            "<table><tr><td>1", "<table>", "</table>", "</table>\n", "`", "``", "```\n", "\n```js\n", "~~~", "\n", "\n\n",
            "<!--", "-->", "x", " ", "> ", "- ", "\\", "|", "<td>", "# 题", "群",
        ]), 0..24)) {
            let text = pieces.concat();
            let mut scanner = Scanner::new(&text);
            let tables = html::read_tables(&text, &mut scanner);
            // Back-ticks in the table tell that those are no fence.
            let before = |table: &html::HtmlTable| text[..table.span.start].rsplit('\n').next().unwrap_or_default();
            prop_assume!(tables.iter().all(|table| !before(table).contains("```")));
            let mut words = text.clone().into_bytes();
            for table in &tables {
                words[table.span.clone()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'x');
            }
            let words = String::from_utf8(words).unwrap();
            let (found, wanted) = (scanner.finish(), Scanner::new(&words).finish());
            prop_assert_eq!((found.code, found.comments), (wanted.code, wanted.comments), "{}", text);
        }
    }
}
