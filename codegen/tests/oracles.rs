//! What other readers read in pages that nobody wrote.

use std::collections::{BTreeMap, BTreeSet};

use crate::oracle::{conserved, html, pipes};
use im_errors_codegen::inline::{Builder, from_markdown, plain};
use im_errors_codegen::interpret::{Kind, Reading};
use im_errors_codegen::read::{Document, Format, Grid, Marks, Row, Slot, Table, read, read_text};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// The same cases on every run.
fn cases(cases: u32) -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(0x1111_2222);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

// Pipe tables against pulldown-cmark.

fn pipe_piece() -> impl Strategy<Value = String> {
    let fixed = select(pipes::PIECES.to_vec());
    prop_oneof![4 => fixed.prop_map(str::to_owned), 3 => "[a-z0-9]{1,4}", 1 => "[ \t]{1,2}"]
}

fn pipe_cell() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(pipe_piece(), 0..4);
    (pieces, select(vec!["", " "])).prop_map(|(pieces, join)| pieces.join(join).trim().to_owned())
}

fn pipe_page() -> impl Strategy<Value = pipes::Page> {
    let cells = |width: usize| proptest::collection::vec(pipe_cell(), 2.min(width)..width + 3);
    (1usize..5).prop_flat_map(move |width| {
        let header = proptest::collection::vec("[a-z错误码]{1,4}", width);
        let delimiters = proptest::collection::vec(select(pipes::DELIMITERS.to_vec()), width);
        let rows = proptest::collection::vec(cells(width), 0..5);
        let edges = (any::<bool>(), any::<bool>());
        let place = (select(pipes::PLACES.to_vec()), any::<bool>());
        (header, delimiters, rows, edges, place).prop_map(
            |(header, delimiters, rows, edges, (place, crlf))| {
                pipes::Page::new(&header, &delimiters, &rows, edges, place, crlf)
            },
        )
    })
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn pipe_tables_read_as_pulldown_reads_them(page in pipe_page()) {
        page.reads_as_theirs();
    }

    #[test]
    fn what_a_row_has_beyond_its_header_is_kept(page in pipe_page()) {
        page.keeps_what_is_beyond();
    }
}

// HTML tables against scraper.

fn attributes() -> impl Strategy<Value = String> {
    let one = select(html::ATTRIBUTES.to_vec());
    proptest::collection::vec(one, 0..3).prop_map(|all| all.concat())
}

fn text_piece() -> impl Strategy<Value = String> {
    let fixed = select(html::PIECES.to_vec());
    prop_oneof![2 => fixed.prop_map(str::to_owned), 1 => "[a-z0-9]{1,3}"]
}

fn html_table(nesting: u32) -> BoxedStrategy<String> {
    let piece = if nesting == 0 {
        text_piece().boxed()
    } else {
        prop_oneof![12 => text_piece(), 1 => html_table(nesting - 1)].boxed()
    };
    let content = proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat());
    let name = select(vec!["td", "td", "TD", "th", "Th"]);
    let cell = (name, attributes(), content, any::<bool>()).prop_map(|(name, attributes, content, ends)| {
        let end = if ends { format!("</{name}>") } else { String::new() };
        format!("<{name}{attributes}>{content}{end}")
    });
    let row = (
        attributes(),
        proptest::collection::vec(cell, 0..4),
        any::<bool>(),
        select(vec!["", "\n", "\n\n\t"]),
    )
        .prop_map(|(attributes, cells, ends, space)| {
            let end = if ends { "</tr>" } else { "" };
            format!("{space}<tr{attributes}>{space}{}{end}", cells.join(space))
        });
    let rows = proptest::collection::vec(row, 0..4).prop_map(|rows| rows.concat());
    let part = (select(vec!["", "", "thead", "tbody", "TBody", "tfoot"]), rows, any::<bool>()).prop_map(
        |(name, rows, ends)| match name {
            "" => rows,
            name if ends => format!("<{name}>{rows}</{name}>"),
            name => format!("<{name}>{rows}"),
        },
    );
    let caption = select(vec!["", "", "<caption>题</caption>", "<colgroup><col><col/></colgroup>"]);
    (attributes(), caption, proptest::collection::vec(part, 0..3))
        .prop_map(|(attributes, caption, parts)| {
            format!("<table{attributes}>{caption}{}</table>", parts.concat())
        })
        .boxed()
}

proptest! {
    #![proptest_config(cases(700))]

    #[test]
    fn html_tables_read_as_scraper_reads_them(tables in proptest::collection::vec(html_table(2), 1..3)) {
        prop_assert!(html::reads_as_theirs(&tables.join("\n\n正文\n\n")), "both must be compared");
    }
}

// Grids against the table model of the HTML standard.

fn grid_table() -> impl Strategy<Value = Table> {
    let span = || prop_oneof![4 => Just(1u32), 2 => 2u32..5, 1 => Just(u32::MAX)];
    let row =
        (proptest::collection::vec((1u32..5, span()), 0..5), prop_oneof![6 => Just(0u32), 1 => Just(1u32)]);
    (proptest::collection::vec(row, 1..8), 0usize..2).prop_map(|(rows, header)| {
        let mut section = 0;
        let mut table = Table::new(Format::Html, 0..1);
        let mut text = Builder::default();
        text.text("x");
        for (cells, step) in rows {
            section += step;
            for (colspan, rowspan) in cells {
                table.push_cell(0..1, text.flat().0, Marks { colspan, rowspan, ..Marks::default() });
            }
            table.end_row(0..1, section);
        }
        table.with_header(header)
    })
}

/// The cells that the algorithm for forming a table assigns to each slot, by row and column.
fn whatwg(rows: &[Row<'_>]) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut slots: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (y, row) in rows.iter().enumerate() {
        let group_end = (y..rows.len()).find(|i| rows[*i].section != row.section).unwrap_or(rows.len());
        let mut x = 0;
        for cell in row.cells() {
            let Marks { colspan, rowspan, .. } = cell.marks();
            while slots.contains_key(&(y, x)) {
                x += 1;
            }
            let bottom = (y + (rowspan as usize).min(rows.len())).min(group_end);
            for slot in (y..bottom).flat_map(|y| (x..x + colspan as usize).map(move |x| (y, x))) {
                slots.entry(slot).or_default().push(cell.index());
            }
            x += colspan as usize;
        }
    }
    slots
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn spans_expand_as_the_html_standard_says(table in grid_table()) {
        let rows: Vec<_> = table.all_rows().collect();
        let theirs = whatwg(&rows);
        let grid = Grid::new(&table);
        let ours: Vec<_> = grid.header_rows().chain(grid.rows()).collect();
        for (y, row) in ours.iter().copied().enumerate() {
            for (x, slot) in row.enumerate() {
                let slot = slot.map(Slot::cell);
                match theirs.get(&(y, x)) {
                    // Where cells overlap, the standard gives the slot to both.
                    Some(cells) => prop_assert!(slot.is_some_and(|slot| cells.contains(&slot)), "{y} {x}: {slot:?} {cells:?}"),
                    None => prop_assert_eq!(slot, None, "{} {}", y, x),
                }
            }
        }
        for (y, x) in theirs.keys() {
            prop_assert!(*x < ours[*y].len(), "{y} {x} is not there");
        }
    }
}

// Nothing is lost.

/// A page whose cells each hold a word of their own.
#[derive(Debug, Clone)]
struct WordPage {
    text: String,
    words: usize,
}

fn header_name() -> impl Strategy<Value = &'static str> {
    select(vec![
        "错误码",
        "HTTP 状态码",
        "错误类型",
        "错误提示",
        "描述",
        "可能的原因",
        "处理建议",
        "平台",
        "备注",
        "",
        "Code",
        "说明（Description）",
    ])
}

/// `W` stands for the next word.
fn word_cell() -> impl Strategy<Value = &'static str> {
    select(vec![
        "9W",
        "W",
        "W",
        "40W",
        "`W`",
        "“W x”",
        "群组 W",
        "**W**",
        "W y z, and more.",
        "",
        "",
        "[W](./a)",
        "-9W",
        "W<br>x",
    ])
}

fn word_rows() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    proptest::collection::vec(proptest::collection::vec(word_cell(), 1..6), 0..6)
}

fn word_table() -> impl Strategy<Value = String> {
    let names = proptest::collection::vec(header_name(), 1..5);
    let style = select(vec!["pipes", "html", "torn", "bare", "spans", "noheader"]);
    (names, word_rows(), style, select(vec!["\n", "\n\n", "\n# 题\n\n", "\n正文。\n"])).prop_map(
        |(names, rows, style, between)| {
            let mut text = String::new();
            match style {
                "pipes" | "bare" => {
                    let edge = if style == "pipes" { "|" } else { "" };
                    text += &format!("{edge}{} |\n|{}\n", names.join(" | "), "---|".repeat(names.len()));
                    rows.iter().for_each(|row| text += &format!("| {} |\n", row.join(" | ")));
                }
                "torn" => {
                    text += &format!("{} |\n{}\n", names.join(" | "), "---|".repeat(names.len()));
                    rows.iter()
                        .flatten()
                        .for_each(|cell| text += &format!("{} |\n", cell.replace("<br>", " ")));
                }
                _ => {
                    let span = if style == "spans" { " rowspan=2 colspan=2" } else { "" };
                    text += "<table>\n";
                    if style != "noheader" {
                        text += &format!("<tr><th>{}</th></tr>\n", names.join("</th><th>"));
                    }
                    for row in &rows {
                        text += &format!("<tr><td{span}>{}</td></tr>\n", row.join("</td>\n\n<td>"));
                    }
                    text += "</table>\n";
                }
            }
            text + between
        },
    )
}

fn word_page() -> impl Strategy<Value = WordPage> {
    proptest::collection::vec(word_table(), 1..4).prop_map(|tables| {
        let mut words = 0;
        let mut text = String::new();
        for piece in tables.concat().split_inclusive('W') {
            match piece.strip_suffix('W') {
                Some(before) => {
                    text += &format!("{before}{}", word(words));
                    words += 1;
                }
                None => text += piece,
            }
        }
        WordPage { text, words }
    })
}

/// Digits, so that it may be a code as well as a word.
fn word(index: usize) -> String {
    format!("7{index:03}7")
}

/// All that is read or pointed at, as one text.
fn accounted_for(document: &Document, reading: &Reading) -> String {
    let mut all = String::new();
    let mut add = |text: &str| {
        all.push_str(text);
        all.push('\n');
    };
    for entry in &reading.entries {
        entry.code.iter().for_each(|code| add(&code.to_string()));
        let plain = |text: &str| plain(&from_markdown(text, &|_| None).pieces);
        entry.error().into_iter().chain(entry.message()).for_each(&mut add);
        [entry.summary(), entry.cause(), entry.remedy()]
            .into_iter()
            .flatten()
            .for_each(|text| add(&plain(text)));
    }
    for diagnostic in document.diagnostics.iter().chain(&reading.diagnostics) {
        add(&diagnostic.message.to_string());
        diagnostic.span.iter().for_each(|span| add(&document.text[span.clone()]));
    }
    for (table, kind) in document.tables.iter().zip(&reading.tables) {
        let said = |code: &str, span: &std::ops::Range<usize>| {
            reading.diagnostics.iter().any(|diagnostic| {
                let at = diagnostic.span.as_ref();
                diagnostic.code == code && at.is_some_and(|at| span.start <= at.start && at.end <= span.end)
            })
        };
        table.headings.iter().for_each(|heading| add(heading));
        table.header().flat_map(|row| row.cells()).for_each(|cell| add(&cell.plain()));
        let grid = Grid::new(table);
        match kind {
            Kind::Other(_) => {
                assert!(said("no-errors", &table.span));
                grid.rows().for_each(|row| add(&grid.plain_row(row).join("\n")));
            }
            Kind::Errors(columns) => {
                for (at, _) in columns.iter().enumerate().filter(|(_, column)| column.role.is_none()) {
                    if said("unknown-column", &table.span) {
                        grid.rows()
                            .for_each(|row| add(grid.plain_row(row).get(at).map_or("", String::as_str)));
                    }
                }
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn every_cell_reaches_an_entry_or_a_diagnostic(page in word_page()) {
        let document = read_text(page.text.clone());
        let reading = conserved::check(&document);
        let all = accounted_for(&document, &reading);
        let lost: BTreeSet<String> = (0..page.words).map(word).filter(|word| !all.contains(word.as_str())).collect();
        prop_assert!(lost.is_empty(), "lost: {:?}\n{}", lost, page.text);
    }

    #[test]
    fn any_text_can_be_read(text in "(?s).{0,200}") {
        conserved::check(&read_text(text));
    }

    #[test]
    fn any_text_of_markup_can_be_read(pieces in proptest::collection::vec(select(vec![
        "<table>", "<table ", "</table>", "<tr>", "<td rowspan=0>", "<td colspan=\"9999999999\">", "<th>", "</td>", "<caption>", "<!--",
        "-->", "|", "---|---\n", "|---|---|\n", "\n", "\n\n", "`", "```\n", "> ", "- ", "# ", "400 |\n", "错误码 | 描述 |\n", "| a |",
        "<script>", "<plaintext>", "<title>", "&lt", "[x](https:/ |\n", "/y)", "\\", "---\n", "a: b\n", "**", "\t", "<h2>", "群",
        "<tbody>", "\"", "<textarea>", "<template>", "\u{0}", "１００１",
    ]), 0..60), whole in any::<bool>()) {
        let text = format!("{}{}", if whole { "<html>" } else { "" }, pieces.concat());
        let document = read_text(text);
        for table in &document.tables {
            let grid = Grid::new(table);
            grid.rows().for_each(|row| drop(grid.plain_row(row)));
        }
        conserved::check(&document);
    }

    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(document) = read(&bytes) {
            conserved::check(&document);
        }
    }
}
