//! A spec as source code: what its template sees, and what a template may write.

use std::path::Path;

use im_errors_spec::{ErrorDef, Locale, Spec, plain_text};
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State};
use serde_json::{Value as Json, json};

use super::data;
use super::language::{self, Language};
use crate::diagnostic::Finding;
use crate::render::{BuiltIn, Templates, label};

const BUILT_IN: BuiltIn = &[
    ("typescript.ts", include_str!("../../templates/export/typescript.ts")),
    ("kotlin.kt", include_str!("../../templates/export/kotlin.kt")),
    ("swift.swift", include_str!("../../templates/export/swift.swift")),
    ("go.go", include_str!("../../templates/export/go.go")),
];

/// The templates that source code comes from.
#[derive(Debug, Clone)]
pub struct Sources(Templates);

impl Default for Sources {
    fn default() -> Self {
        Self(Templates::built_in(BUILT_IN))
    }
}

impl Sources {
    /// The built-in templates, with those in `folder` in place of the ones of the same name.
    ///
    /// # Errors
    /// When the folder or a template in it cannot be read, or a file in it replaces none.
    pub fn with_folder(folder: &Path) -> Result<Self, Box<Finding>> {
        Templates::replacing(BUILT_IN, folder).map(Self)
    }

    pub(super) fn render(
        &self,
        spec: &Spec,
        language: Language,
        locale: &Locale,
    ) -> Result<String, Box<Finding>> {
        // Nothing is escaped by itself, but what comes out of filters and macros is known to be safe.
        let escape = AutoEscape::Custom("code".into());
        let mut environment = self.0.environment_in(locale, escape)?;
        fit(&mut environment, language);
        let context = context(spec, language, locale);
        self.0.render(&environment, language.template(), Value::from(Serde(&context)))
    }
}

/// Adds the filters of a language, without which no text can be written.
fn fit(environment: &mut Environment<'_>, language: Language) {
    environment.set_formatter(write_safely);
    environment.add_filter("literal", move |value: Value| literal(language, &value));
    environment.add_filter("comment", move |text: &str, prefix: &str| {
        Value::from_safe_string(language.comment(text, prefix))
    });
    environment.add_filter("name", name);
}

fn write_safely(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_safe() || value.kind() == ValueKind::Number {
        return write!(out, "{value}").map_err(Error::from);
    }
    let message = format!("`{value}` must pass through `literal`, `comment` or `name` to be written");
    Err(Error::new(ErrorKind::InvalidOperation, message))
}

fn literal(language: Language, value: &Value) -> Result<Value, Error> {
    let text = match value.kind() {
        ValueKind::None => language.nothing().to_owned(),
        // As all the languages write them, and templates do not.
        ValueKind::Bool => if value.is_true() { "true" } else { "false" }.to_owned(),
        ValueKind::Number => match i64::try_from(value.clone()) {
            Ok(number) => language.integer(number),
            Err(_) => value.to_string(),
        },
        ValueKind::String => language.string(value.as_str().unwrap_or_default()),
        kind => {
            let message = format!("what is {kind} is no literal");
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
    };
    Ok(Value::from_safe_string(text))
}

/// An identifier, in back-ticks where it has them.
fn name(text: &str) -> Result<Value, Error> {
    let bare = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).unwrap_or(text);
    let starts = bare.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if starts && bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Ok(Value::from_safe_string(text.to_owned()));
    }
    Err(Error::new(ErrorKind::InvalidOperation, "it is no name"))
}

/// The catalog as JSON has it, every field there, with what code needs beside it.
fn context(spec: &Spec, language: Language, locale: &Locale) -> Json {
    let mut context = data::catalog(spec);
    for source in items(&mut context["sources"]) {
        complete(source, &["url", "edition"]);
    }
    for removed in items(&mut context["removed"]) {
        complete(removed, &["edition"]);
    }
    for (value, error) in items(&mut context["errors"]).iter_mut().zip(&spec.errors) {
        complete(value, &["code", "http_status", "http_status_class", "error", "message", "retry"]);
        for part in items(&mut value["message"]) {
            complete(part, &["text", "hole"]);
        }
        for case in items(&mut value["cases"]) {
            complete(case, &["message"]);
        }
        // Every language has a number for a class.
        value["http_status_class"] =
            value["http_status_class"].as_str().and_then(|class| class[..1].parse::<u8>().ok()).into();
        value["ident"] = language.name(&error.name).into();
        value["doc"] = doc(spec, error, locale);
    }
    let command = format!("im-errors export {} --format {}", spec.catalog, language.as_str());
    context["generated"] = "Code generated by im-errors; DO NOT EDIT.".into();
    context["regenerate"] = label(locale, "export_regenerate", &[("command", &command)]).into();
    context["title"] = folded(data::title(&spec.title, spec, locale)).into();
    context["type_name"] = format!("{}Error", language::camel(&spec.catalog)).into();
    context["package"] = language::package(&spec.catalog).into();
    context["codes"] = sorted(spec.errors.iter().filter_map(|error| error.code));
    context["types"] = sorted(spec.errors.iter().filter_map(|error| error.error.as_deref()));
    context
}

fn items(value: &mut Json) -> &mut [Json] {
    value.as_array_mut().map_or(&mut [], Vec::as_mut_slice)
}

/// Templates are strict: what is not there must be there as nothing.
fn complete(value: &mut Json, names: &[&str]) {
    if let Some(fields) = value.as_object_mut() {
        for name in names {
            fields.entry(*name).or_insert(Json::Null);
        }
    }
}

fn sorted<T: Ord + Into<Json>>(values: impl Iterator<Item = T>) -> Json {
    values.collect::<std::collections::BTreeSet<_>>().into_iter().map(Into::into).collect()
}

/// What the comment of an error says: what happened; then per case why, and what to do.
fn doc(spec: &Spec, error: &ErrorDef, locale: &Locale) -> Json {
    let text = |texts| data::said(texts, spec, locale).map(|(text, _)| one_line(text));
    let labelled = |key: &str, number: &str, value: &str| {
        let name = label(locale, key, &[]) + number;
        label(locale, "labelled", &[("label", &name), ("value", value)])
    };
    let mut lines = vec![text(&error.summary).unwrap_or_else(|| one_line(&error.key()))];
    for (case, number) in error.cases.iter().zip(1_usize..) {
        let number = if error.cases.len() > 1 { format!(" {number}") } else { String::new() };
        for (key, texts) in [("cause", &case.cause), ("remedy", &case.remedy)] {
            lines.extend(text(texts).map(|text| labelled(key, &number, &text)));
        }
    }
    json!(lines)
}

/// As one paragraph of plain text.
fn one_line(text: &str) -> String {
    folded(&plain_text(text))
}

pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        // After Chinese punctuation there is space enough.
        let is_wide = out.ends_with(['。', '，', '；', '：', '！', '？', '）']);
        if !out.is_empty() && !is_wide {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
