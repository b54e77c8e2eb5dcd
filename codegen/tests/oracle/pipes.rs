//! Pipe tables against pulldown-cmark.

use im_errors_codegen::read::{Format, read};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::squash;

/// Where a table stands: what is before it, before its first line, and before each other line.
pub(crate) const PLACES: [(&str, &str, &str); 6] = [
    ("", "", ""),
    ("", "", ""),
    ("段落\n", "", ""),
    ("> 引\n>\n", "> ", "> "),
    ("- 项\n\n", "  ", "  "),
    ("1. 项\n   > 引\n   >\n", "   > ", "   > "),
];

/// What a cell can hold.
pub(crate) const PIECES: [&str; 33] = [
    "a\\|b",
    "a\\\\|b",
    "\\\\",
    "`c\\|d`",
    "``e ` f``",
    "`",
    "**粗**",
    "*斜*_体_",
    "a_b_c",
    "[链](./x?a=1)",
    "[引用][ref]",
    "[引用]",
    "![图](a.png)",
    "&lt;",
    "&amp;amp;",
    "&#x4e00;",
    "<b>",
    "</b>",
    "<br/>",
    "~~删~~",
    "群组。",
    "“引”",
    "-",
    ":",
    "#",
    "1.",
    "\\*",
    "<https://a.example>",
    "*",
    "_",
    "[",
    "](",
    "http://a.b",
];

/// How a column can be delimited.
pub(crate) const DELIMITERS: [&str; 5] = ["---", ":--", "--:", ":-:", ":----------:"];

/// A page with one pipe table.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) text: String,
    width: usize,
}

impl Page {
    /// `edges` tells whether rows start and end with a pipe, where they can do without.
    pub(crate) fn new(
        header: &[String],
        delimiters: &[&str],
        rows: &[Vec<String>],
        edges: (bool, bool),
        (before, first, other): (&str, &str, &str),
        crlf: bool,
    ) -> Self {
        // A row of one column needs its pipes, or it is no table.
        let width = header.len();
        let (lead, trail) = if width == 1 { (true, true) } else { edges };
        let line = |cells: &[String]| {
            let empty = cells.iter().all(String::is_empty);
            let lead = if lead || empty || cells[0].is_empty() { "| " } else { "" };
            let trail = if trail || empty || cells.last().is_some_and(String::is_empty) { " |" } else { "" };
            format!("{lead}{}{trail}\n", cells.join(" | "))
        };
        let delimiters: Vec<_> = delimiters.iter().map(|delimiter| (*delimiter).to_owned()).collect();
        let mut text = format!("{before}{first}{}{other}{}", line(header), line(&delimiters));
        for row in rows {
            text += &format!("{other}{}", line(row));
        }
        text += "\n[ref]: https://example.com/ref\n[引用]: ./other\n";
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        Self { text, width }
    }

    /// Within the width of the header we read what they read.
    pub(crate) fn reads_as_theirs(&self) {
        let theirs = theirs(&self.text.replace("\r\n", "\n"));
        let document = read(self.text.as_bytes()).unwrap();
        // What is no table for them may be put together for us, but not the other way round.
        let ours: Vec<_> = document.tables.iter().filter(|table| table.format == Format::Markdown).collect();
        assert_eq!(ours.len(), theirs.len(), "{}", self.text);
        for (table, theirs) in ours.into_iter().zip(theirs) {
            let rows: Vec<_> = table.all_rows().collect();
            // A header that is all empty gives way to the first row; there is none here.
            assert_eq!(rows.len(), theirs.len(), "{}", self.text);
            for (row, theirs) in rows.into_iter().zip(theirs) {
                let source = &document.text[row.span.clone()];
                let mut ours: Vec<_> = row.cells().map(|cell| squash(&cell.plain())).collect();
                ours.resize(self.width.max(ours.len()), String::new());
                let theirs: Vec<_> = theirs.iter().map(|cell| squash(cell)).collect();
                // A pipe in a code span ends the cell for them. In a row that is too wide for its
                // header it does not for us.
                let joined = row.cells().any(|cell| {
                    let cell = &document.text[cell.span.clone()];
                    cell.replace("\\|", "").contains('|')
                });
                assert!(joined || ours[..self.width] == theirs[..], "{source:?}: {ours:?} {theirs:?}");
            }
        }
    }

    /// Every pipe that is not escaped ends a cell or is in one.
    pub(crate) fn keeps_what_is_beyond(&self) {
        let document = read(self.text.as_bytes()).unwrap();
        let tables = document.tables.iter().filter(|table| table.format == Format::Markdown);
        for row in tables.flat_map(|table| table.rows()) {
            let source = document.text[row.span.clone()].trim();
            let pipes = source.replace("\\|", "").matches('|').count();
            let ends = source.ends_with('|') && !source.ends_with("\\|");
            let edges = usize::from(source.starts_with('|')) + usize::from(ends);
            let joined: usize = row
                .cells()
                .map(|cell| document.text[cell.span.clone()].replace("\\|", "").matches('|').count())
                .sum();
            assert_eq!(row.cells().len() + joined, pipes + 1 - edges.min(pipes), "{source}");
        }
    }
}

/// Header and rows of each table, as plain text.
fn theirs(text: &str) -> Vec<Vec<Vec<String>>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut in_cell = false;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => tables.last_mut().unwrap().push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                tables.last_mut().unwrap().last_mut().unwrap().push(String::new());
                in_cell = true;
            }
            Event::End(TagEnd::TableCell) => in_cell = false,
            Event::Text(text) | Event::Code(text) if in_cell => {
                tables.last_mut().unwrap().last_mut().unwrap().last_mut().unwrap().push_str(&text);
            }
            _ => {}
        }
    }
    tables
}
