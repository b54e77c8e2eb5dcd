//! One small page per trap, with what is to be read in it beside it.
//!
//! `UPDATE_EXPECT=1 cargo test -p im-errors-codegen pages::` writes the expectations anew;
//! read every changed row before committing it.

use std::fs;

use crate::common::{Page, expected_path, fixtures, understand};
use im_errors_codegen::Diagnostic;
use im_errors_codegen::interpret::{Entry, Kind, Reading};
use im_errors_codegen::read::{Document, Grid, Lines, decode};
use serde_json::{Map, Value, json};

#[test]
fn every_fixture_reads_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for page in fixtures() {
        let ours = format!("{:#}\n", read(&page));
        let path = expected_path(&page);
        if update {
            fs::write(&path, &ours).unwrap();
        } else if fs::read_to_string(&path).ok().as_deref() != Some(&ours) {
            wrong.push(format!("{} reads as\n{ours}", page.name));
        }
    }
    assert!(wrong.is_empty(), "{}\nif that is right, run again with UPDATE_EXPECT=1", wrong.join("\n"));
}

#[test]
fn no_expectation_is_left_without_its_fixture() {
    let pages = fixtures();
    let folder = pages[0].path.parent().unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let page = name.strip_suffix(".expect.json");
        assert!(page.is_none_or(|page| pages.iter().any(|p| p.name == page)), "{name} has no page");
    }
}

fn read(page: &Page) -> Value {
    let text = match decode(&page.bytes) {
        Ok(text) => text,
        Err(diagnostic) => return json!({ "refused": diagnostic.code }),
    };
    let (document, reading) = understand(text);
    let lines = Lines::new(&document.text);
    let tables: Vec<_> = (0..document.tables.len()).map(|i| table(&document, &reading, i, &lines)).collect();
    let entries: Vec<_> = reading.entries.iter().map(|entry| entry_value(entry, &lines)).collect();
    let mut diagnostics: Vec<_> = document.diagnostics.iter().chain(&reading.diagnostics).collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| (span.start, span.end)));
    let diagnostics: Vec<_> = diagnostics.into_iter().map(|d| diagnostic_value(d, &lines)).collect();
    json!({ "tables": tables, "entries": entries, "diagnostics": diagnostics })
}

fn table(document: &Document, reading: &Reading, index: usize, lines: &Lines<'_>) -> Value {
    let table = &document.tables[index];
    let grid = Grid::new(table);
    let rows = table.rows().zip(grid.rows());
    // A row on a line of the file.
    let rows: Vec<_> = rows
        .map(|(row, slots)| format!("{}: {}", lines.line(row.span.start), grid.plain_row(slots).join(" | ")))
        .collect();
    let roles = match &reading.tables[index] {
        Kind::Errors(columns) => {
            let roles: Vec<_> =
                columns.iter().map(|column| column.role.map_or("-", |role| role.as_str())).collect();
            roles.join(" | ")
        }
        Kind::Other(_) => "lists no errors".to_owned(),
    };
    json!({
        "format": table.format.as_str(),
        "line": lines.line(table.span.start),
        "headings": table.headings,
        "header": grid.header().join(" | "),
        "roles": roles,
        "rows": rows,
    })
}

fn entry_value(entry: &Entry, lines: &Lines<'_>) -> Value {
    let mut fields = Map::new();
    fields.insert("line".into(), lines.line(entry.span.start).into());
    let optional: [(&str, Option<Value>); 7] = [
        ("code", entry.code.map(Into::into)),
        ("http_status", entry.http_status.map(|status| status.to_string().into())),
        ("error", entry.error().map(Into::into)),
        ("message", entry.message().map(Into::into)),
        ("summary", entry.summary().map(Into::into)),
        ("cause", entry.cause().map(Into::into)),
        ("remedy", entry.remedy().map(Into::into)),
    ];
    for (key, value) in optional {
        fields.extend(value.map(|value| (key.to_owned(), value)));
    }
    Value::Object(fields)
}

fn diagnostic_value(diagnostic: &Diagnostic, lines: &Lines<'_>) -> Value {
    let line = diagnostic.span.as_ref().map_or(0, |span| lines.line(span.start));
    format!("{line}: {}: {}", diagnostic.code, diagnostic.message).into()
}
