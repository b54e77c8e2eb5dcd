//! What the commands print as JSON.

use std::io::{self, Write};

use im_errors_codegen::read::Lines;
use im_errors_codegen::{Diagnostic, Dictionary};
use serde_json::{Map, Value};

/// Prints a value on one line.
pub(crate) fn print(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    writeln!(out, "{value}")
}

/// Diagnostics with line and column; those of a whole file have neither.
pub(crate) fn diagnostics(language: &Dictionary, diagnostics: &[Diagnostic], lines: &Lines<'_>) -> Value {
    let one = |diagnostic: &Diagnostic| {
        let mut fields = Map::new();
        fields.insert("code".into(), diagnostic.code.into());
        fields.insert("severity".into(), diagnostic.severity.as_str().into());
        if let Some(span) = &diagnostic.span {
            let (line, column) = lines.locate(span.start);
            fields.insert("line".into(), line.into());
            fields.insert("column".into(), column.into());
        }
        fields.insert("message".into(), language.render(&diagnostic.message).into());
        fields.insert("help".into(), language.render(&diagnostic.help).into());
        Value::Object(fields)
    };
    diagnostics.iter().map(one).collect()
}

/// The document that says only that the input could not be used.
pub(crate) fn failed(language: &Dictionary, keys: &[&str], diagnostic: &Diagnostic) -> Value {
    let mut fields: Map<String, Value> =
        keys.iter().map(|key| ((*key).to_owned(), Value::Array(Vec::new()))).collect();
    let diagnostics = diagnostics(language, std::slice::from_ref(diagnostic), &Lines::new(""));
    fields.insert("diagnostics".into(), diagnostics);
    Value::Object(fields)
}
