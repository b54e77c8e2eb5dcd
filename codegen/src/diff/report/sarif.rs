//! The report as SARIF 2.1.0.

use serde_json::{Map, Value, json};

use super::{Report, Words, headline, keys, read, steers};
use crate::diff::{Change, Verdict, kinds};

/// The report for tools that collect findings.
#[must_use]
pub fn sarif(report: &Report, words: &Words) -> Value {
    let rules: Vec<_> = kinds::ALL
        .iter()
        .map(|kind| {
            let text = words.get(&format!("kind_{}", kind.code));
            json!({
                "id": kind.code,
                "shortDescription": { "text": text },
                "defaultConfiguration": { "level": level(kind.verdict) },
                "properties": { "verdict": kind.verdict.as_str() },
            })
        })
        .collect();
    let results = report.comparisons.iter().flat_map(|one| {
        let changes = one.changes.list.iter();
        changes.map(|change| result(change, one.anchor(change), words))
    });
    let results: Vec<_> = results.collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "im-errors",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn level(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Breaking => "error",
        Verdict::Compatible => "warning",
        Verdict::None => "note",
    }
}

fn result(change: &Change, (file, line): (&str, usize), words: &Words) -> Value {
    let rule = kinds::ALL.iter().position(|kind| *kind == change.kind);
    let label = words.with("labelled", &[("label", keys(change)), ("value", headline(change, words, None))]);
    let (old, new) = read(change);
    let is_whole = *change.kind == kinds::ADDED || *change.kind == kinds::REMOVED;
    let more = match (old, new) {
        (Some(text), None) | (None, Some(text)) if is_whole => Some(text),
        (None, None) => None,
        (old, new) => {
            let or_none = |text: Option<String>| text.unwrap_or_else(|| words.get("nobody"));
            Some(words.with("from_to", &[("old", or_none(old)), ("new", or_none(new))]))
        }
    };
    let text = more.into_iter().fold(label, |label, more| format!("{label}\n{more}"));
    let mut fields = Map::new();
    fields.insert("ruleId".into(), change.kind.code.into());
    fields.insert("ruleIndex".into(), rule.into());
    fields.insert("level".into(), level(change.kind.verdict).into());
    fields.insert("message".into(), json!({ "text": plain(&text) }));
    let location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(file) },
            "region": { "startLine": line },
        },
    });
    fields.insert("locations".into(), json!([location]));
    let field = change.field.as_deref().unwrap_or_default();
    let identity = format!("{}/{field}/{}", change.kind.code, change.key);
    fields.insert("partialFingerprints".into(), json!({ "change/v1": identity }));
    if let Some(waived) = &change.waived {
        let until = words
            .with("waived_until", &[("date", waived.expires.to_string()), ("reason", waived.reason.clone())]);
        fields.insert("suppressions".into(), json!([{ "kind": "external", "justification": plain(&until) }]));
    }
    Value::Object(fields)
}

/// A message of SARIF in which nothing is a link.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '[' | ']' => out.extend(['\\', c]),
            '\n' => out.push('\n'),
            c if steers(c) => out.push_str(&format!("\\\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// A path as a reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            b if b.is_ascii_alphanumeric() => out.push(b as char),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}
