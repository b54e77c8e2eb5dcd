//! The `components` of an OpenAPI 3.1 document: schemas of the bodies, a response per status and an
//! example per error, for `$ref`s from the user's own document.
//!
//! Vendors' pages tell errors, not bodies; the bodies are those that `from_response_body` of the
//! `im-errors` crate reads: `{"error": type, "error_description": message}`, and
//! `{"error": {"code": …, "message": …}}` where there are codes.

use std::collections::BTreeMap;

use im_errors_spec::{ErrorDef, HttpStatus, Locale, Part, Spec, plain_text};
use serde_json::{Map, Value, json};

use super::code::folded;
use super::data::{self, object};

/// The document.
pub(super) fn document(spec: &Spec, locale: &Locale) -> Value {
    let source = spec.main_source();
    let edition = source.and_then(|source| source.edition.as_deref());
    let version = edition.or_else(|| source.and_then(|source| source.digest.get(..12))).unwrap_or("1");
    let shown: Vec<_> = spec.errors.iter().filter(|error| has_body(error)).collect();
    let examples: Map<_, _> =
        shown.iter().map(|error| (error.name.to_string(), example(spec, error, locale))).collect();
    json!({
        "openapi": "3.1.0",
        "info": { "title": data::title(&spec.title, spec, locale), "version": version },
        "components": {
            "schemas": schemas(spec, &shown, locale),
            "responses": responses(spec, locale),
            "examples": examples,
        },
    })
}

/// Whether anything of the body is known.
fn has_body(error: &ErrorDef) -> bool {
    error.code.is_some() || error.error.is_some() || error.message.is_some()
}

fn schemas(spec: &Spec, shown: &[&ErrorDef], locale: &Locale) -> Value {
    let mut schemas = Map::new();
    let mut bodies = Vec::new();
    if shown.iter().any(|error| error.code.is_none()) || shown.is_empty() {
        let types = described(spec, locale, shown.iter().filter(|error| error.code.is_none()), |error| {
            error.error.clone()
        });
        let error = open("ErrorType", "string", !types.is_empty());
        if !types.is_empty() {
            schemas.insert("ErrorType".to_owned(), enumeration("string", types));
        }
        let body = json!({
            "type": "object",
            "properties": {
                "error": error,
                "error_description": { "type": "string" },
                "exception": { "type": "string" },
            },
            "anyOf": [{ "required": ["error"] }, { "required": ["error_description"] }],
        });
        schemas.insert("TypedErrorBody".to_owned(), body);
        bodies.push(json!({ "$ref": "#/components/schemas/TypedErrorBody" }));
    }
    let codes = described(spec, locale, shown.iter(), |error| error.code);
    if !codes.is_empty() {
        let mut schema = enumeration("integer", codes);
        schema["format"] = "int64".into();
        schemas.insert("ErrorCode".to_owned(), schema);
        let error = json!({
            "type": "object",
            "properties": { "code": open("ErrorCode", "integer", true), "message": { "type": "string" } },
            "required": ["code"],
        });
        let body = json!({ "type": "object", "properties": { "error": error }, "required": ["error"] });
        schemas.insert("CodedErrorBody".to_owned(), body);
        bodies.push(json!({ "$ref": "#/components/schemas/CodedErrorBody" }));
    }
    schemas.insert("ErrorBody".to_owned(), json!({ "anyOf": bodies }));
    schemas.sort_keys();
    schemas.into()
}

/// The values that errors are known by, each once, with the name and meaning of the first.
fn described<'e, T: Ord + Into<Value>>(
    spec: &Spec,
    locale: &Locale,
    errors: impl Iterator<Item = &'e &'e ErrorDef>,
    of: impl Fn(&ErrorDef) -> Option<T>,
) -> Vec<(Value, String, String)> {
    let mut values = BTreeMap::new();
    for error in errors {
        if let Some(value) = of(error) {
            values.entry(value).or_insert_with(|| (error.name.to_string(), meaning(spec, error, locale)));
        }
    }
    values.into_iter().map(|(value, (name, meaning))| (value.into(), name, meaning)).collect()
}

/// An `enum`, with names and descriptions as generators of clients take them.
fn enumeration(kind: &str, values: Vec<(Value, String, String)>) -> Value {
    let (mut all, mut names, mut descriptions) = (Vec::new(), Vec::new(), Vec::new());
    for (value, name, description) in values {
        all.push(value);
        names.push(name);
        descriptions.push(description);
    }
    // Several errors share a type, so that none of their names is the type's.
    let is_code = kind == "integer";
    let mut schema = json!({ "type": kind, "enum": all });
    if is_code {
        schema["x-enum-varnames"] = json!(names);
        schema["x-enum-descriptions"] = json!(descriptions);
    }
    schema
}

/// A known value or any other: servers say more than their pages.
fn open(known: &str, kind: &str, is_known: bool) -> Value {
    let any = json!({ "type": kind });
    if !is_known {
        return any;
    }
    json!({ "anyOf": [{ "$ref": format!("#/components/schemas/{known}") }, any] })
}

/// A response per status or class, and `default` for errors that come with any.
fn responses(spec: &Spec, locale: &Locale) -> Value {
    let mut responses: BTreeMap<String, Vec<&ErrorDef>> = BTreeMap::new();
    for error in &spec.errors {
        let key = error
            .http_status
            .map_or_else(|| "default".to_owned(), |status| status.to_string().to_uppercase());
        responses.entry(key).or_default().push(error);
    }
    let response = |(key, errors): (String, Vec<&ErrorDef>)| {
        let is_success = errors.iter().all(|error| !has_body(error) && is_success(error));
        let meanings =
            errors.iter().map(|error| format!("- `{}`: {}", error.name, meaning(spec, error, locale)));
        let examples: Map<_, _> = errors
            .iter()
            .filter(|error| has_body(error))
            .map(|error| {
                (error.name.to_string(), json!({ "$ref": format!("#/components/examples/{}", error.name) }))
            })
            .collect();
        let media = object([
            ("schema", json!({ "$ref": "#/components/schemas/ErrorBody" })),
            ("examples", if examples.is_empty() { Value::Null } else { examples.into() }),
        ]);
        let content = if is_success { Value::Null } else { json!({ "application/json": media }) };
        let description = meanings.collect::<Vec<_>>().join("\n");
        (key, object([("description", description.into()), ("content", content)]))
    };
    responses.into_iter().map(response).collect::<Map<_, _>>().into()
}

fn is_success(error: &ErrorDef) -> bool {
    match error.http_status {
        Some(HttpStatus::Exact(status)) => status / 100 == 2,
        Some(HttpStatus::Class(class)) => class == 2,
        None => false,
    }
}

fn example(spec: &Spec, error: &ErrorDef, locale: &Locale) -> Value {
    let message = message(error);
    let value = match error.code {
        Some(code) => {
            json!({ "error": object([("code", code.into()), ("message", message.into())]) })
        }
        None => object([("error", error.error.as_deref().into()), ("error_description", message.into())]),
    };
    json!({ "summary": meaning(spec, error, locale), "value": value })
}

/// What the server says: as the page prints it, else with the names of its holes.
fn message(error: &ErrorDef) -> Option<String> {
    let pattern = error.message.as_ref()?;
    let printed = error.cases.iter().find_map(|case| case.message.clone());
    let part = |part: &Part| match part {
        Part::Literal(text) => text.clone(),
        Part::Hole(name) => format!("{{{name}}}"),
    };
    Some(printed.unwrap_or_else(|| pattern.parts().iter().map(part).collect()))
}

/// What an error means, in one line.
fn meaning(spec: &Spec, error: &ErrorDef, locale: &Locale) -> String {
    let text = data::said(crate::render::meaning(error), spec, locale).map(|(text, _)| plain_text(text));
    folded(&text.unwrap_or_else(|| error.key()))
}
