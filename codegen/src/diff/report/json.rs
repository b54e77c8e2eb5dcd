//! The report for programs.

use serde_json::{Map, Value, json as value};

use super::Report;
use crate::diff::{Change, Changes, kinds};

/// `{"added": […], "removed": […], "changed": […], "moved": […], "verdict": …}` with the keys as
/// vendors write them; of catalogs against a revision, a list of these.
#[must_use]
pub fn json(report: &Report) -> Value {
    if !report.by_catalog {
        let changes = report.comparisons.first().map(|one| one.changes.clone()).unwrap_or_default();
        return Value::Object(fields(&changes));
    }
    let one = |one: &super::Comparison| {
        let mut all = Map::new();
        all.insert("catalog".into(), one.catalog.as_deref().into());
        all.extend(fields(&one.changes));
        Value::Object(all)
    };
    let catalogs: Vec<_> = report.comparisons.iter().map(one).collect();
    value!({ "catalogs": catalogs, "verdict": report.verdict().as_str() })
}

fn fields(changes: &Changes) -> Map<String, Value> {
    let is = |change: &&Change, code: &str| change.kind.code == code;
    let whole = [&kinds::ADDED, &kinds::REMOVED, &kinds::MOVED];
    let keys = |code: &str| -> Value {
        changes.list.iter().filter(|change| is(change, code)).map(|change| change.key.clone()).collect()
    };
    let changed = changes.list.iter().filter(|change| whole.iter().all(|kind| *change.kind != **kind));
    let moved = changes.list.iter().filter(|change| is(change, kinds::MOVED.code));
    let mut fields = Map::new();
    fields.insert("added".into(), keys(kinds::ADDED.code));
    fields.insert("removed".into(), keys(kinds::REMOVED.code));
    fields.insert("changed".into(), changed.map(one).collect());
    fields.insert("moved".into(), moved.map(one).collect());
    fields.insert("verdict".into(), changes.verdict().as_str().into());
    // With kind, verdict, place and waiver of those that are keys alone above.
    fields.insert("changes".into(), changes.list.iter().map(one).collect());
    if let Some((old, new)) = &changes.apart {
        fields.insert("texts_not_compared".into(), value!([old.as_str(), new.as_str()]));
    }
    fields
}

fn one(change: &Change) -> Value {
    let mut fields = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        fields.extend(value.map(|value| (key.to_owned(), value)));
    };
    let is_whole = change.field.is_none();
    put("key", Some(change.key.as_str().into()));
    put("new_key", change.new_key.as_deref().map(Into::into));
    put("name", change.name.as_deref().map(Into::into));
    put("group", Some(change.group.as_str()).filter(|group| !group.is_empty()).map(Into::into));
    put("field", change.field.as_deref().map(Into::into));
    put("locale", change.locale.as_ref().map(|locale| locale.as_str().into()));
    // A field that was not there, or is not there now, is null.
    put("old", change.old.as_deref().map(Into::into).or((!is_whole).then_some(Value::Null)));
    put("new", change.new.as_deref().map(Into::into).or((!is_whole).then_some(Value::Null)));
    put("kind", Some(change.kind.code.into()));
    put("verdict", Some(change.kind.verdict.as_str().into()));
    put("file", Some(change.place.file.as_str().into()));
    put("line", Some(change.place.line.into()));
    let waived = change.waived.as_ref();
    put("waived", waived.map(|w| value!({ "reason": w.reason, "expires": w.expires.to_string() })));
    Value::Object(fields)
}
