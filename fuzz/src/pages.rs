//! Pages of vendors.

use arbitrary::{Arbitrary, Result, Unstructured};
use im_errors_codegen::read::{Grid, read};

use crate::oracle::{conserved, html, pipes};

/// Any bytes are read with all that is in them, or refused.
///
/// # Panics
/// Where something gets lost, or there is more than the page can hold.
pub fn is_conserved(bytes: &[u8]) {
    let Ok(document) = read(bytes) else {
        return;
    };
    conserved::check(&document);
    for table in &document.tables {
        let grid = Grid::new(table);
        // Spans and padding may add what they are bounded by, and no more.
        let slots: usize = grid.rows().chain(grid.header_rows()).map(|row| row.len()).sum();
        assert!(slots <= document.text.len() + (8 << 20), "{slots} slots");
    }
}

/// A page with one pipe table.
#[derive(Debug, Arbitrary)]
pub struct PipePage {
    columns: [(u8, u8); 4],
    width: u8,
    rows: Vec<Vec<PipeText>>,
    edges: (bool, bool),
    place: u8,
    crlf: bool,
}

/// Inline Markdown on one line. What could be the start of an HTML table is left out, for those are
/// found first.
#[derive(Debug)]
struct PipeText(String);

/// Besides those of the tests.
const PIPE_PIECES: [&str; 15] = [
    "``", "&#124;", "---", ":--", "# ", "1. ", "- ", "> ", "|", "\\|", "\u{a0}", "\u{3000}", "[x]: y", "```",
    "    ",
];

impl<'a> Arbitrary<'a> for PipeText {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut text = String::new();
        while !u.is_empty() {
            match u.arbitrary::<u8>()? {
                0 => break,
                b'<' => {}
                byte if byte == b'\t' || (b' '..0x7f).contains(&byte) => text.push(char::from(byte)),
                byte => text.push_str(one_of_both(&pipes::PIECES, &PIPE_PIECES, byte)),
            }
        }
        Ok(Self(text.trim().to_owned()))
    }
}

impl PipePage {
    /// We split it as pulldown-cmark does.
    ///
    /// # Panics
    /// Where we do not.
    pub fn reads_as_theirs(&self) {
        let width = 1 + usize::from(self.width) % self.columns.len();
        let columns = &self.columns[..width];
        let header: Vec<_> = columns.iter().map(|(name, _)| format!("n{name}")).collect();
        let delimiters: Vec<_> = columns
            .iter()
            .map(|(_, form)| pipes::DELIMITERS[usize::from(*form) % pipes::DELIMITERS.len()])
            .collect();
        // A row without a pipe between its cells can be one that was torn, and one of dashes the start
        // of the next table.
        let least = width.min(2);
        let row = |row: &Vec<PipeText>| {
            let mut cells: Vec<_> = row.iter().map(|cell| cell.0.clone()).collect();
            cells.resize(cells.len().max(least), String::new());
            let is_word = |c: char| !c.is_whitespace() && !matches!(c, '-' | ':' | '|');
            if !cells.iter().any(|cell| cell.contains(is_word)) {
                cells[0].insert(0, 'x');
            }
            cells
        };
        let rows: Vec<_> = self.rows.iter().map(row).collect();
        let place = pipes::PLACES[usize::from(self.place) % pipes::PLACES.len()];
        let page = pipes::Page::new(&header, &delimiters, &rows, self.edges, place, self.crlf);
        page.reads_as_theirs();
        page.keeps_what_is_beyond();
    }
}

/// HTML with tables, which is not always well-formed.
#[derive(Debug, Arbitrary)]
pub struct HtmlPage {
    tables: Vec<HtmlTable>,
}

#[derive(Debug, Arbitrary)]
struct HtmlTable {
    attributes: Attributes,
    caption: u8,
    parts: Vec<Part>,
}

#[derive(Debug, Arbitrary)]
struct Part {
    name: u8,
    rows: Vec<Row>,
    ends: bool,
}

#[derive(Debug, Arbitrary)]
struct Row {
    space: u8,
    attributes: Attributes,
    cells: Vec<Cell>,
    ends: bool,
}

#[derive(Debug, Arbitrary)]
struct Cell {
    name: u8,
    attributes: Attributes,
    content: Vec<Content>,
    ends: bool,
}

#[derive(Debug, Arbitrary)]
enum Content {
    Piece(u8),
    Letters(u16),
    Table(Box<HtmlTable>),
}

#[derive(Debug, Arbitrary)]
struct Attributes(Vec<u8>);

fn one_of<'t>(all: &[&'t str], at: u8) -> &'t str {
    all[usize::from(at) % all.len()]
}

fn one_of_both<'t>(some: &[&'t str], others: &[&'t str], at: u8) -> &'t str {
    let at = usize::from(at) % (some.len() + others.len());
    some.get(at).unwrap_or_else(|| &others[at - some.len()])
}

impl Attributes {
    fn write(&self, out: &mut String) {
        // A tag of a kilobyte has lost its end.
        const MOST: usize = 16;
        let attributes = self.0.iter().take(MOST);
        attributes.for_each(|at| out.push_str(one_of_both(&html::ATTRIBUTES, &[" /"], *at)));
    }
}

impl HtmlTable {
    fn write(&self, out: &mut String) {
        out.push_str("<table");
        self.attributes.write(out);
        out.push('>');
        let captions = ["", "", "<caption>题</caption>", "<colgroup><col><col/></colgroup>"];
        out.push_str(one_of(&captions, self.caption));
        for part in &self.parts {
            let name = one_of(&["", "", "thead", "tbody", "TBody", "tfoot"], part.name);
            if !name.is_empty() {
                out.push_str(&format!("<{name}>"));
            }
            part.rows.iter().for_each(|row| row.write(out));
            if !name.is_empty() && part.ends {
                out.push_str(&format!("</{name}>"));
            }
        }
        out.push_str("</table>");
    }
}

impl Row {
    fn write(&self, out: &mut String) {
        let space = one_of(&["", "\n", "\n\n\t"], self.space);
        out.push_str(&format!("{space}<tr"));
        self.attributes.write(out);
        out.push_str(&format!(">{space}"));
        for cell in &self.cells {
            let name = one_of(&["td", "TD", "th", "Th"], cell.name);
            out.push_str(&format!("<{name}"));
            cell.attributes.write(out);
            out.push('>');
            cell.content.iter().for_each(|content| content.write(out));
            if cell.ends {
                out.push_str(&format!("</{name}>"));
            }
            out.push_str(space);
        }
        if self.ends {
            out.push_str("</tr>");
        }
    }
}

impl Content {
    fn write(&self, out: &mut String) {
        /// Besides those of the tests.
        const MORE: [&str; 18] = [
            "<ul><li>项<li>项</ul>",
            "</b>",
            "</div>",
            "</p>",
            "<h2>题</h2>",
            "<!---->",
            "<!-->",
            "&#0;",
            "&#x80;",
            "&notit;",
            "&#x110000;",
            "<em>",
            "</td >",
            "# 题\n",
            "```\n",
            "</th>",
            "</tbody>",
            "</thead>",
        ];
        match self {
            Self::Piece(at) => out.push_str(one_of_both(&html::PIECES, &MORE, *at)),
            Self::Letters(number) => out.push_str(&format!("{number:x}")),
            Self::Table(table) => table.write(out),
        }
    }
}

impl HtmlPage {
    /// We read it as scraper does.
    ///
    /// # Panics
    /// Where we do not.
    pub fn reads_as_theirs(&self) {
        let tables = self.tables.iter().map(|table| {
            let mut text = String::new();
            table.write(&mut text);
            text
        });
        html::reads_as_theirs(&tables.collect::<Vec<_>>().join("\n\n正文\n\n"));
    }
}
