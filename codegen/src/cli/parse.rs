//! `im-errors parse`.

use std::io::{self, Write};

use im_errors_codegen::interpret::{Column, Entry, Evidence, Kind, Overrides, Reading, interpret};
use im_errors_codegen::read::{Document, Grid, Lines};
use im_errors_codegen::{Diagnostic, Severity};
use im_errors_spec::{HttpStatus, error_key};
use serde_json::{Map, Value, json};

use super::{Format, PageArguments, Status, count, json, page, show};

pub(crate) fn run(arguments: &PageArguments, out: &mut dyn Write) -> io::Result<Status> {
    let (name, document) = match page::read(&arguments.file) {
        Ok(page) => page,
        Err(diagnostic) => {
            if arguments.format == Format::Json {
                json::print(out, &json::failed(&["tables", "entries"], &diagnostic))?;
            }
            return Ok(Status::Failed);
        }
    };
    let reading = interpret(&document, &Overrides::default());
    let mut diagnostics: Vec<Diagnostic> =
        document.diagnostics.iter().chain(&reading.diagnostics).cloned().collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| (span.start, span.end)));
    match arguments.format {
        Format::Json => json::print(out, &value(&document, &reading, &diagnostics))?,
        Format::Text => text(&document, &reading, out)?,
    }
    show::diagnostics(&name, &document.text, &diagnostics, Severity::Note);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if failed { Status::Failed } else { Status::Fine })
}

fn value(document: &Document, reading: &Reading, diagnostics: &[Diagnostic]) -> Value {
    let lines = Lines::new(&document.text);
    let tables = document.tables.iter().zip(&reading.tables).map(|(table, kind)| {
        let line = lines.line(table.span.start);
        match kind {
            Kind::Errors(columns) => {
                let roles: Vec<_> =
                    columns.iter().map(|column| column.role.map(|role| role.as_str())).collect();
                json!({ "headings": table.headings, "line": line, "roles": roles })
            }
            Kind::Other(why) => {
                json!({ "headings": table.headings, "line": line, "roles": null, "skipped": why })
            }
        }
    });
    let tables: Vec<_> = tables.collect();
    let entries: Vec<_> = reading.entries.iter().map(|entry| entry_value(entry, &lines)).collect();
    json!({ "tables": tables, "entries": entries, "diagnostics": json::diagnostics(diagnostics, &lines) })
}

fn entry_value(entry: &Entry, lines: &Lines<'_>) -> Value {
    let mut fields = Map::new();
    fields.insert("table".into(), entry.table.into());
    fields.insert("line".into(), lines.line(entry.span.start).into());
    let (status, class) = match entry.http_status {
        Some(HttpStatus::Exact(status)) => (Some(status), None),
        Some(class) => (None, Some(class.to_string())),
        None => (None, None),
    };
    let optional: [(&str, Option<Value>); 8] = [
        ("code", entry.code.map(Into::into)),
        ("http_status", status.map(Into::into)),
        ("http_status_class", class.map(Into::into)),
        ("error", entry.error.as_deref().map(Into::into)),
        ("message", entry.message.as_deref().map(Into::into)),
        ("summary", entry.summary.as_deref().map(Into::into)),
        ("cause", entry.cause.as_deref().map(Into::into)),
        ("remedy", entry.remedy.as_deref().map(Into::into)),
    ];
    for (key, value) in optional {
        fields.extend(value.map(|value| (key.to_owned(), value)));
    }
    Value::Object(fields)
}

fn text(document: &Document, reading: &Reading, out: &mut dyn Write) -> io::Result<()> {
    let lines = Lines::new(&document.text);
    for (i, (table, kind)) in document.tables.iter().zip(&reading.tables).enumerate() {
        let place = table.headings.join(" / ");
        writeln!(out, "table {} (line {}) {place}", i + 1, lines.line(table.span.start))?;
        match kind {
            Kind::Errors(columns) => columns_text(&Grid::new(table).header(), columns, out)?,
            Kind::Other(why) => writeln!(out, "  lists no errors: {why}")?,
        }
        for entry in reading.entries.iter().filter(|entry| entry.table == i) {
            entry_text(entry, &lines, out)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{} in {}", count(reading.entries.len(), "error"), count(document.tables.len(), "table"))
}

fn columns_text(names: &[String], columns: &[Column], out: &mut dyn Write) -> io::Result<()> {
    for (i, column) in columns.iter().enumerate() {
        let name = names.get(i).map_or("", String::as_str);
        let role = column.role.map_or("no role", |role| role.as_str());
        let evidence: Vec<_> = column.evidence.iter().map(evidence_text).collect();
        writeln!(out, "  column {} `{name}`: {role} ({})", i + 1, evidence.join(", "))?;
    }
    Ok(())
}

fn evidence_text(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Header(word, weight) => format!("header word `{word}` {weight:+}"),
        Evidence::Cells(shape, weight) => format!("mostly {shape} {weight:+}"),
        Evidence::Sibling(table) => format!("as in table {}", table + 1),
        Evidence::Override => "set in catalog.toml".to_owned(),
    }
}

fn entry_text(entry: &Entry, lines: &Lines<'_>, out: &mut dyn Write) -> io::Result<()> {
    let key = error_key(entry.code, entry.http_status, entry.error.as_deref(), entry.message.as_deref());
    writeln!(out, "  line {}: {key}", lines.line(entry.span.start))?;
    // What the key does not say already.
    let coded = entry.code.is_some();
    let facts = [
        ("status", entry.http_status.map(|status| status.to_string()).filter(|_| coded)),
        ("error", entry.error.clone().filter(|_| coded)),
        ("message", entry.message.clone().filter(|_| coded)),
        ("summary", entry.summary.clone()),
        ("cause", entry.cause.clone()),
        ("remedy", entry.remedy.clone()),
    ];
    for (name, fact) in facts {
        if let Some(fact) = fact {
            writeln!(out, "    {name}: {fact}")?;
        }
    }
    Ok(())
}
