//! What is said of an answer, whoever it is said to.

use im_errors_spec::{ErrorDef, Locale, Part, Spec};
use serde_json::{Map, Value, json};

use super::{Match, Subject, also};
use crate::build::DOCS;
use crate::render::{self, Catalog};

/// In which language answers are given, and from what.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The catalogs that were searched.
    pub specs: &'a [Spec],
    /// The language of the texts.
    pub locale: &'a Locale,
    /// The folder of the catalogs; `None` for those that come with the tool.
    pub folder: Option<&'a str>,
}

impl View<'_> {
    /// Everything there is to say of a match, before it is put into any form.
    pub(super) fn of(&self, found: &Match<'_>) -> Value {
        let spec = found.spec;
        let catalog = Catalog { spec, folder: None };
        let mut value = match found.subject {
            Subject::Error(error) => {
                let mut facts = render::facts(&catalog, self.locale, error);
                facts["places"] = error.cases.iter().map(|case| self.place(spec, &case.at)).collect();
                facts["message"] = parts(error);
                facts["also"] = self.also(spec, error);
                facts["removed"] = Value::Null;
                facts
            }
            Subject::Removed(removed) => render::removed_facts(&catalog, self.locale, removed),
        };
        let key = match found.subject {
            // A code or a status alone is in the title already.
            Subject::Error(error) if error.code.is_some() => None,
            Subject::Error(error) if error.error.is_none() && error.message.is_none() => None,
            Subject::Error(error) => Some(error.key()),
            Subject::Removed(_) => None,
        };
        value["key"] = key.into();
        value["catalog"] = spec.catalog.as_str().into();
        let hole = |(name, text): &(&str, String)| json!({ "name": name, "value": text });
        value["holes"] = found.holes.iter().map(hole).collect();
        value["docs"] = self.docs(found).into();
        value
    }

    /// The place in the documentation.
    pub(super) fn docs(&self, found: &Match<'_>) -> String {
        let spec = found.spec;
        let is_there = |locale: &&Locale| spec.title.get(locale).is_some();
        let locale = Some(self.locale).filter(is_there).unwrap_or(&spec.locale);
        let anchor = match found.subject {
            Subject::Error(error) => error.name.to_kebab(),
            Subject::Removed(removed) => removed.name.to_kebab(),
        };
        format!("{DOCS}/{locale}/{}.md#{anchor}", spec.catalog)
    }

    fn place(&self, spec: &Spec, at: &im_errors_spec::Place) -> Value {
        match self.folder {
            Some(folder) => format!("{folder}/{}/{at}", spec.catalog).into(),
            None => format!("{}/{at}", spec.catalog).into(),
        }
    }

    fn also(&self, spec: &Spec, error: &ErrorDef) -> Value {
        let item = |(spec, error, by): (&Spec, &ErrorDef, super::By)| {
            json!({
                "query": format!("{}:{}", spec.catalog, error.name.as_str()),
                "catalog": spec.catalog,
                "name": error.name.as_str(),
                "same": by.as_str(),
            })
        };
        also(self.specs, spec, error).into_iter().map(item).collect()
    }
}

/// The message in pieces, so that its holes can be told from its text.
fn parts(error: &ErrorDef) -> Value {
    let part = |part: &Part| match part {
        Part::Literal(text) => json!({ "text": text, "hole": null }),
        Part::Hole(name) => json!({ "text": null, "hole": name }),
    };
    error.message.iter().flat_map(|message| message.parts()).map(part).collect()
}

/// Without the fields that hold nothing.
pub(super) fn dense(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(fields.map(|(name, value)| (name, dense(value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(dense).collect(),
        value => value,
    }
}
