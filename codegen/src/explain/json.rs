//! An answer for programs.

use im_errors_spec::HttpStatus;
use serde_json::{Map, Value, json};

use super::view::{View, dense};
use super::{Answer, Match, Subject};
use crate::render::is_hidden;

/// One line of JSON: `{"query", "matches", "suggestions"}`. Fields without a value are left out.
///
/// A match has `catalog`, `name`, `aliases` (its former names), `key`, `code`, `http_status` or `http_status_class`, `error`,
/// `message`, `holes` (by name), `group`, `by`, `summary` and `cases` (texts as in the
/// documentation, each with its `state` and `locale`), `retry`, `also`, `docs`, and `removed` for an
/// error that is no longer documented. Characters that a terminal would obey are escaped.
#[must_use]
pub fn json(answer: &Answer<'_>, query: &str, view: &View<'_>) -> String {
    let matches: Vec<_> = answer.matches.iter().map(|found| one(found, view)).collect();
    let value = json!({ "query": query, "matches": matches, "suggestions": answer.suggestions });
    let mut text = String::new();
    for c in value.to_string().chars() {
        // They stand in strings only, where both forms are the same.
        if is_hidden(c) {
            text.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            text.push(c);
        }
    }
    text
}

fn one(found: &Match<'_>, view: &View<'_>) -> Value {
    let mut said = view.of(found);
    let mut fields = Map::new();
    let mut set = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    set("catalog", found.spec.catalog.as_str().into());
    set("name", found.subject.name().into());
    let aliases: Vec<_> = found.subject.aliases().iter().map(|alias| alias.as_str()).collect();
    set("aliases", if aliases.is_empty() { Value::Null } else { aliases.into() });
    set("key", found.subject.key().into());
    set("by", found.by.as_str().into());
    set("catalog_title", said["title"].take());
    set("vendor", said["vendor"].take());
    match found.subject {
        Subject::Error(error) => {
            set("code", error.code.into());
            match error.http_status {
                Some(HttpStatus::Exact(status)) => set("http_status", status.into()),
                Some(class) => set("http_status_class", class.to_string().into()),
                None => None,
            };
            let mut facts = said["error"].take();
            set("error", error.error.as_deref().into());
            set("message", facts["message"].take());
            set(
                "holes",
                found
                    .holes
                    .iter()
                    .map(|(name, text)| ((*name).to_owned(), text.as_str().into()))
                    .collect::<Map<_, _>>()
                    .into(),
            );
            set("group", error.group.as_str().into());
            set("group_title", said["group_title"].take());
            set("summary", facts["summary"].take());
            set("cases", facts["cases"].take());
            let by = if facts["retry_by_vendor"] == true { "vendor" } else { "ours" };
            let retry = facts["retry"].take();
            set("retry", if retry.is_null() { retry } else { json!({ "advice": retry, "by": by }) });
            set("places", said["places"].take());
            set("also", said["also"].take());
        }
        Subject::Removed(removed) => {
            set("group", removed.group.as_str().into());
            set("removed", json!({ "edition": removed.edition }));
        }
    }
    set("docs", said["docs"].take());
    dense(Value::Object(fields))
}
