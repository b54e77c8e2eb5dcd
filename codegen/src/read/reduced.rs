//! What the Markdown parser is given: a page without what costs it time and memory and tells it
//! nothing.
//!
//! Of blank lines in a row one is enough. And below the delimiter row of a pipe table every line
//! that starts with a pipe is a row, which is split here anyway. Whether the parser takes the lines
//! above for a table is for it to say: where it does not, the page is read with all of its lines.

use std::borrow::Cow;
use std::iter::Peekable;
use std::ops::Range;

use super::{lines, pipes};

/// A page with some of its lines left out.
pub(super) struct Reduced<'t> {
    pub(super) text: Cow<'t, str>,
    cuts: Vec<Cut>,
}

/// Lines that are left out.
struct Cut {
    /// Where they would stand in the reduced text.
    at: usize,
    /// How many bytes of the page are left out up to the end of them.
    total: usize,
}

/// The rows of a pipe table that are left out, with the place of its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) header: usize,
    pub(super) rows: Range<usize>,
}

impl<'t> Reduced<'t> {
    /// The page as it is.
    pub(super) fn whole(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), cuts: Vec::new() }
    }

    /// The page with `blank` blanked out and without `rows`.
    pub(super) fn new(text: &'t str, blank: &[Range<usize>], rows: &[LeftOut]) -> Self {
        if blank.is_empty() && rows.is_empty() {
            return Self::whole(text);
        }
        let middles = blank.iter().filter_map(|range| middle_lines(&text[range.clone()], range.start));
        let mut left_out: Vec<_> = middles.chain(rows.iter().map(|left_out| left_out.rows.clone())).collect();
        left_out.sort_by_key(|lines| lines.start);
        let total: usize = left_out.iter().map(Range::len).sum();
        let mut reduced = String::with_capacity(text.len() - total);
        let mut cuts: Vec<Cut> = Vec::with_capacity(left_out.len());
        let mut blank = blank.iter().peekable();
        let (mut at, mut total) = (0, 0);
        for lines in left_out {
            push_kept(&mut reduced, text, at..lines.start, &mut blank);
            at = lines.end;
            total += lines.len();
            cuts.push(Cut { at: reduced.len(), total });
        }
        push_kept(&mut reduced, text, at..text.len(), &mut blank);
        Self { text: Cow::Owned(reduced), cuts }
    }

    /// Where in the page it is that something starts.
    pub(super) fn start(&self, offset: usize) -> usize {
        offset + self.total(self.cuts.partition_point(|cut| cut.at <= offset))
    }

    /// Where in the page something stands.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.start(range.start);
        let end = range.end + self.total(self.cuts.partition_point(|cut| cut.at < range.end));
        start..end.max(start)
    }

    fn total(&self, cuts: usize) -> usize {
        cuts.checked_sub(1).map_or(0, |last| self.cuts[last].total)
    }
}

/// Of a text at `base` the whole lines in the middle but for the first of them.
fn middle_lines(text: &str, base: usize) -> Option<Range<usize>> {
    let newline = |from: usize| memchr::memchr(b'\n', &text.as_bytes()[from..]).map(|at| from + at + 1);
    let first = newline(0).and_then(newline)?;
    let last = memchr::memrchr(b'\n', text.as_bytes())? + 1;
    (first < last).then(|| base + first..base + last)
}

/// Adds a part of `text`, with a blank for every byte of it that is in `blank`. Newlines stay.
fn push_kept<'r>(
    out: &mut String,
    text: &str,
    part: Range<usize>,
    blank: &mut Peekable<impl Iterator<Item = &'r Range<usize>>>,
) {
    let mut at = part.start;
    while let Some(range) = blank.peek().filter(|range| range.start < part.end) {
        let (start, end) = (range.start.max(at), range.end.min(part.end));
        if start < end {
            out.push_str(&text[at..start]);
            out.extend(text[start..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
            at = end;
        }
        if range.end > part.end {
            break;
        }
        blank.next();
    }
    out.push_str(&text[at..part.end]);
}

/// The rows that need not be given to the parser: those below a delimiter row, as long as each
/// starts with a pipe and has text. The line above the header is blank or a heading, so that the
/// header stands in no other block, and nothing of the table is in `code`.
pub(super) fn rows_to_leave_out(text: &str, code: &[Range<usize>]) -> Vec<LeftOut> {
    let mut found = Vec::new();
    let mut code = code.iter().peekable();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(delimiter) = memchr::memmem::find(&bytes[at..], b"\n|").map(|found| at + found + 1) {
        let end = lines::end(text, delimiter);
        at = end - 1;
        let Some(header) = header_above(text, delimiter, &text[delimiter..end]) else {
            continue;
        };
        while code.next_if(|range| range.end <= header).is_some() {}
        let rows = end..rows_end(text, end);
        if !rows.is_empty() && code.peek().is_none_or(|code| rows.end <= code.start) {
            at = rows.end - 1;
            found.push(LeftOut { header, rows });
        }
    }
    found
}

/// Where the header starts of the table that has the delimiter row `line` at `delimiter`.
fn header_above(text: &str, delimiter: usize, line: &str) -> Option<usize> {
    // Most lines are rows, which have something else behind the pipe.
    if !line.as_bytes().get(1).is_some_and(|byte| matches!(byte, b'-' | b':' | b' ')) {
        return None;
    }
    let columns = pipes::delimiter_columns(line)?;
    let above = &text[..delimiter - 1];
    let header = above.rfind('\n').map_or(0, |at| at + 1);
    let is_header = above[header..].starts_with('|') && pipes::split(&above[header..], 0).len() == columns;
    let before = text[..header].strip_suffix('\n').unwrap_or_default();
    let line_before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let is_apart = line_before.trim_matches([' ', '\t']).is_empty() || line_before.starts_with('#');
    (is_header && is_apart).then_some(header)
}

/// Where the rows end that start at `at`.
fn rows_end(text: &str, mut at: usize) -> usize {
    while text.as_bytes().get(at) == Some(&b'|') {
        let end = lines::end(text, at);
        let has_text = text[at..end].bytes().any(|byte| !matches!(byte, b'|' | b' ' | b'\t' | b'\n' | b'\\'));
        if !has_text {
            break;
        }
        at = end;
    }
    at
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::{fs, slice};

    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;
    use crate::read::{html, markdown, mask, no_markdown};

    /// The pages that come with the tool, as far as they are text and no whole HTML pages.
    fn pages() -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut folders = vec![root.join("tests/fixtures"), root.join("../specs/vendors")];
        let mut pages = Vec::new();
        while let Some(folder) = folders.pop() {
            let mut paths: Vec<_> =
                fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
            paths.sort();
            for path in paths {
                let is_page =
                    path.extension().is_some_and(|extension| extension == "md" || extension == "txt");
                if path.is_dir() {
                    folders.push(path);
                } else if is_page {
                    pages.extend(fs::read_to_string(path).ok());
                }
            }
        }
        pages
    }

    /// Whether the parser was given less and read the same; nothing if it had to be given all.
    fn reads_the_same(text: &str) -> Option<bool> {
        let mut scanner = mask::Scanner::new(text);
        let tables = html::read_tables(text, &mut scanner);
        let masked = scanner.finish();
        let blank = no_markdown(&masked, &tables);
        let rest = mask::blank(text, &blank);
        let rows = rows_to_leave_out(&rest, &masked.code);
        let reduced = markdown::read_without(&rest, &Reduced::new(&rest, &blank, &rows), &rows)?;
        let whole = markdown::read(&rest, &Reduced::whole(&rest));
        Some(reduced == whole)
    }

    #[test]
    fn the_pages_that_come_with_the_tool_read_the_same_with_less() {
        let pages = pages();
        assert!(pages.len() > 20, "{} pages", pages.len());
        let mut left_out = 0;
        for page in pages {
            let same = reads_the_same(&page);
            assert_ne!(same, Some(false), "{page}");
            left_out += usize::from(same.is_some() && !rows_to_leave_out(&page, &[]).is_empty());
        }
        assert!(left_out > 10, "{left_out} pages");
    }

    /// What changes how the lines around it are read.
    const PIECES: [&str; 40] = [
        "|",
        "||\n",
        "|\n",
        "| 1 | x |\n",
        "| a | b |\n|---|---|\n",
        "|---|---|\n",
        "---|---\n",
        "|-|\n",
        "\n",
        "\n\n",
        "# ",
        "## 标题\n",
        "> ",
        "- ",
        "1. ",
        "  ",
        "    ",
        "\t",
        "```\n",
        "~~~\n",
        "`",
        "<div>\n",
        "</div>\n",
        "<pre>\n",
        "</pre>\n",
        "<script>\n",
        "<?\n",
        "<!--",
        "-->",
        "<table><tr><td>1",
        "</table>",
        "<br>",
        "\\|",
        "\\",
        "[x]: ./y\n",
        "---\n",
        "===\n",
        "* * *\n",
        "\u{3000}",
        "错误码",
    ];

    proptest! {
        #[test]
        fn pages_read_the_same_with_less_whatever_is_put_into_them(
            page in any::<Index>(),
            changes in proptest::collection::vec((any::<Index>(), select(PIECES.to_vec()), 0..3), 1..5),
        ) {
            let pages = pages();
            let mut lines: Vec<String> =
                page.get(&pages).split_inclusive('\n').take(80).map(str::to_owned).collect();
            lines.push(String::new());
            for (at, piece, way) in changes {
                let count = lines.len();
                let line = &mut lines[at.index(count)];
                match way {
                    0 => line.insert_str(0, piece),
                    1 => line.push_str(piece),
                    _ => piece.clone_into(line),
                }
            }
            let text = lines.concat();
            prop_assert_ne!(reads_the_same(&text), Some(false), "{}", text);
        }

        #[test]
        fn any_pieces_read_the_same_with_less(pieces in proptest::collection::vec(select(PIECES.to_vec()), 0..30)) {
            let text = pieces.concat();
            prop_assert_ne!(reads_the_same(&text), Some(false), "{}", text);
        }
    }

    #[test]
    fn rows_are_left_out_below_tables_that_stand_alone() {
        let left_out = |text: &str| {
            let rows = rows_to_leave_out(text, &[]);
            rows.into_iter().map(|left_out| text[left_out.rows].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(left_out("| a |\n|---|\n| 1 |\n| 2 |\nb"), ["| 1 |\n| 2 |\n"]);
        assert_eq!(left_out("# a\n| a |\n|---|\n| 1 |\n\n| b |\n|-|\n| 2 |"), ["| 1 |\n", "| 2 |"]);
        assert_eq!(left_out("| a |\n|---|\n| 1 |\n||\n| 2 |\n"), ["| 1 |\n"]);
        for text in
            ["x\n| a |\n|---|\n| 1 |\n", "| a |\n|---|---|\n| 1 |\n", "a |\n|---|\n| 1 |\n", "| a |\n|---|\n"]
        {
            assert_eq!(left_out(text), [""; 0], "{text}");
        }
        let text = "```\n\n| a |\n|---|\n| 1 |\n```\n";
        assert_eq!(rows_to_leave_out(text, slice::from_ref(&(0..text.len()))), []);
    }

    #[test]
    fn places_are_those_of_the_page() {
        let text = "a<t>\n1\n2\n3\n</t>b\n\n| a |\n|---|\n| 1 |\nc";
        let rows = rows_to_leave_out(text, &[]);
        let reduced = Reduced::new(text, slice::from_ref(&(1..15)), &rows);
        assert_eq!(reduced.text, "a   \n \n    b\n\n| a |\n|---|\nc");
        for (at, c) in reduced.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let range = reduced.range(at..at + 1);
            assert_eq!(text[range.clone()], c.to_string(), "{at}");
            assert_eq!(reduced.start(at), range.start);
        }
    }
}
