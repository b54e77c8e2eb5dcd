//! `im-errors tables`.

use std::io::{self, Write};

use im_errors_codegen::limits::PADDED_SLOTS;
use im_errors_codegen::read::{Document, Grid, Lines, Table};
use im_errors_codegen::{Dictionary, Severity, message};
use serde_json::{Value, json};

use super::{Console, Format, PageArguments, Status, json, page};

pub(crate) fn run(arguments: &PageArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let (name, document) = match page::read(&arguments.file, console) {
        Ok(page) => page,
        Err(diagnostic) => {
            if arguments.format == Format::Json {
                json::print(console.out, &json::failed(console.programs, &["tables"], &diagnostic))?;
            }
            return Ok(Status::Failed);
        }
    };
    match arguments.format {
        Format::Json => json::print(console.out, &value(&document, console.programs))?,
        Format::Text => text(&document, console)?,
    }
    console.diagnostics(&name, &document.text, &document.diagnostics, Severity::Note);
    let failed = document.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if failed { Status::Failed } else { Status::Fine })
}

fn value(document: &Document<'_>, language: &Dictionary) -> Value {
    let lines = Lines::new(&document.text);
    let tables: Vec<_> = document.tables.iter().map(|table| table_value(table, &lines)).collect();
    json!({ "tables": tables, "diagnostics": json::diagnostics(language, &document.diagnostics, &lines) })
}

fn table_value(table: &Table, lines: &Lines<'_>) -> Value {
    let grid = Grid::new(table);
    let rows = table.rows().zip(grid.rows());
    let rows: Vec<_> = rows
        .map(|(row, slots)| json!({ "line": lines.line(row.span.start), "cells": grid.plain_row(slots) }))
        .collect();
    json!({
        "format": table.format.as_str(),
        "headings": table.headings,
        "line": lines.line(table.span.start),
        "header": grid.header(),
        "rows": rows,
    })
}

/// As pipe tables, which any editor shows.
fn text(document: &Document<'_>, console: &mut Console<'_>) -> io::Result<()> {
    let lines = Lines::new(&document.text);
    for (i, table) in document.tables.iter().enumerate() {
        let grid = Grid::new(table);
        let header = grid.header();
        let width = grid.width().max(header.len());
        let place = table.headings.join(" / ");
        let line = lines.line(table.span.start);
        let format = table.format.as_str();
        console.print(&message!(
            "table {n} ({format}, line {line}) {place}",
            n = i + 1,
            format,
            line,
            place
        ))?;
        row(console.out, &header, width)?;
        // Rows of a pipe table may be short: many below a wide one would cost their product.
        let padded = if width.saturating_mul(table.rows().len()) > PADDED_SLOTS { 0 } else { width };
        writeln!(console.out, "|{}", "---|".repeat(width))?;
        for slots in grid.rows() {
            row(console.out, &grid.plain_row(slots), padded)?;
        }
        writeln!(console.out)?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, cells: &[String], width: usize) -> io::Result<()> {
    let padding = std::iter::repeat_n("", width.saturating_sub(cells.len()));
    write!(out, "|")?;
    for cell in cells.iter().map(String::as_str).chain(padding) {
        write!(out, " {} |", cell.replace('|', "\\|").replace('\n', "<br>"))?;
    }
    writeln!(out)
}
