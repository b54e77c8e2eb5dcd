//! `im-errors tables`.

use std::io::{self, Write};

use im_errors_codegen::Severity;
use im_errors_codegen::read::{Document, Grid, Lines, Table};
use serde_json::{Value, json};

use super::{Format, PageArguments, Status, json, page, show};

pub(crate) fn run(arguments: &PageArguments, out: &mut dyn Write) -> io::Result<Status> {
    let (name, document) = match page::read(&arguments.file) {
        Ok(page) => page,
        Err(diagnostic) => {
            if arguments.format == Format::Json {
                json::print(out, &json::failed(&["tables"], &diagnostic))?;
            }
            return Ok(Status::Failed);
        }
    };
    match arguments.format {
        Format::Json => json::print(out, &value(&document))?,
        Format::Text => text(&document, out)?,
    }
    show::diagnostics(&name, &document.text, &document.diagnostics, Severity::Note);
    let failed = document.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if failed { Status::Failed } else { Status::Fine })
}

fn value(document: &Document) -> Value {
    let lines = Lines::new(&document.text);
    let tables: Vec<_> = document.tables.iter().map(|table| table_value(table, &lines)).collect();
    json!({ "tables": tables, "diagnostics": json::diagnostics(&document.diagnostics, &lines) })
}

fn table_value(table: &Table, lines: &Lines<'_>) -> Value {
    let grid = Grid::new(table);
    let rows = table.rows.iter().zip(grid.rows());
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
fn text(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let lines = Lines::new(&document.text);
    for (i, table) in document.tables.iter().enumerate() {
        let grid = Grid::new(table);
        let header = grid.header();
        let width = grid.rows().iter().map(Vec::len).max().unwrap_or(0).max(header.len());
        let place = table.headings.join(" / ");
        let line = lines.line(table.span.start);
        writeln!(out, "table {} ({}, line {line}) {place}", i + 1, table.format.as_str())?;
        row(out, &header, width)?;
        writeln!(out, "|{}", "---|".repeat(width))?;
        for slots in grid.rows() {
            row(out, &grid.plain_row(slots), width)?;
        }
        writeln!(out)?;
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
