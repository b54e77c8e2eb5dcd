//! `im-errors parse`.

use std::io;

use im_errors_codegen::interpret::{Column, Entry, Evidence, Kind, Overrides, Reading, interpret};
use im_errors_codegen::read::{Document, Grid, Lines};
use im_errors_codegen::{Diagnostic, Dictionary, Message, Severity, message};
use im_errors_spec::{HttpStatus, error_key};
use serde_json::{Map, Value, json};

use super::{Console, Format, PageArguments, Status, json, page};

pub(crate) fn run(arguments: &PageArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let (name, document) = match page::read(&arguments.file, console) {
        Ok(page) => page,
        Err(diagnostic) => {
            if arguments.format == Format::Json {
                json::print(
                    console.out,
                    &json::failed(console.programs, &["tables", "entries"], &diagnostic),
                )?;
            }
            return Ok(Status::Failed);
        }
    };
    let reading = interpret(&document, &Overrides::default());
    let mut diagnostics: Vec<Diagnostic> =
        document.diagnostics.iter().chain(&reading.diagnostics).cloned().collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| (span.start, span.end)));
    match arguments.format {
        Format::Json => {
            json::print(console.out, &value(&document, &reading, &diagnostics, console.programs))?
        }
        Format::Text => text(&document, &reading, console)?,
    }
    console.diagnostics(&name, &document.text, &diagnostics, Severity::Note);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if failed { Status::Failed } else { Status::Fine })
}

fn value(
    document: &Document<'_>,
    reading: &Reading,
    diagnostics: &[Diagnostic],
    language: &Dictionary,
) -> Value {
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
                json!({ "headings": table.headings, "line": line, "roles": null, "skipped": language.render(why) })
            }
        }
    });
    let tables: Vec<_> = tables.collect();
    let entries: Vec<_> = reading.entries.iter().map(|entry| entry_value(entry, &lines)).collect();
    json!({ "tables": tables, "entries": entries, "diagnostics": json::diagnostics(language, diagnostics, &lines) })
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

fn text(document: &Document<'_>, reading: &Reading, console: &mut Console<'_>) -> io::Result<()> {
    let lines = Lines::new(&document.text);
    // Both are in the order of the page.
    let mut entries = reading.entries.iter().peekable();
    for (i, (table, kind)) in document.tables.iter().zip(&reading.tables).enumerate() {
        let place = table.headings.join(" / ");
        let line = lines.line(table.span.start);
        console.print(&message!("table {n} (line {line}) {place}", n = i + 1, line, place))?;
        match kind {
            Kind::Errors(columns) => columns_text(&Grid::new(table).header(), columns, console)?,
            Kind::Other(why) => console.print(&message!("  lists no errors: {why}", why))?,
        }
        while let Some(entry) = entries.next_if(|entry| entry.table == i) {
            entry_text(entry, &lines, console)?;
        }
        writeln!(console.out)?;
    }
    let (errors, tables) = (reading.entries.len(), document.tables.len());
    console.print(&message!(
        "{errors} {errors:error|errors} in {tables} {tables:table|tables}",
        errors,
        tables
    ))
}

/// The role of each column and the evidence for it.
pub(crate) fn columns_text(
    names: &[String],
    columns: &[Column],
    console: &mut Console<'_>,
) -> io::Result<()> {
    for (i, column) in columns.iter().enumerate() {
        let name = names.get(i).map_or("", String::as_str);
        let role = column.role.map_or(message!("no role"), |role| message!("{role}", role = role.as_str()));
        let evidence: Vec<_> = column.evidence.iter().map(evidence_text).collect();
        console.print(&message!(
            "  column {n} `{name}`: {role} ({evidence})",
            n = i + 1,
            name,
            role,
            evidence
        ))?;
    }
    Ok(())
}

fn evidence_text(evidence: &Evidence) -> Message {
    match evidence {
        Evidence::Header(word, weight) => {
            message!("header word `{word}` {weight}", word, weight = format!("{weight:+}"))
        }
        Evidence::Cells(shape, weight) => {
            message!("mostly {shape} {weight}", shape, weight = format!("{weight:+}"))
        }
        Evidence::Sibling(table) => message!("as in table {table}", table = table + 1),
        Evidence::Override => message!("set in catalog.toml"),
    }
}

fn entry_text(entry: &Entry, lines: &Lines<'_>, console: &mut Console<'_>) -> io::Result<()> {
    let key = error_key(entry.code, entry.http_status, entry.error(), entry.message());
    console.print(&message!("  line {line}: {key}", line = lines.line(entry.span.start), key))?;
    // What the key does not say already.
    let coded = entry.code.is_some();
    let facts = [
        (message!("status"), entry.http_status.map(|status| status.to_string()).filter(|_| coded)),
        (message!("error type"), entry.error().map(str::to_owned).filter(|_| coded)),
        (message!("message"), entry.message().map(str::to_owned).filter(|_| coded)),
        (message!("summary"), entry.summary().map(str::to_owned)),
        (message!("cause"), entry.cause().map(str::to_owned)),
        (message!("remedy"), entry.remedy().map(str::to_owned)),
    ];
    for (name, fact) in facts {
        if let Some(fact) = fact {
            console.print(&message!("    {name}: {fact}", name, fact))?;
        }
    }
    Ok(())
}
