//! The state of translations, for people, programs and pull requests.

use im_errors_spec::{ErrorDef, Spec};
use serde_json::{Map, Value, json};
use textwrap::core::display_width;

use super::{Entry, State, Survey};
use crate::read::Lines;
use crate::resolve::Field;
use crate::{Dictionary, Message, message};

/// What there is to say about one catalog.
#[derive(Debug)]
pub struct CatalogStatus {
    /// The catalog's id.
    pub catalog: String,
    /// Each language with the text of its file of translations; that of the page is not surveyed.
    pub surveys: Vec<(Survey, String)>,
    /// The language of the page.
    pub source: Option<Source>,
}

/// The texts in the language of the page.
#[derive(Debug)]
pub struct Source {
    /// The language.
    pub locale: String,
    /// How many there are.
    pub texts: usize,
    /// The errors of which neither page nor catalog says what they mean, with the file and line of
    /// their row.
    pub silent: Vec<(String, String, u32)>,
}

impl Source {
    /// Those of a spec whose files lie in `folder`.
    #[must_use]
    pub fn of(spec: &Spec, folder: &str) -> Self {
        let has = |error: &ErrorDef, field: Field| {
            field.get(error).is_some_and(|texts| texts.get(&spec.locale).is_some())
        };
        let fields = |error| Field::of(error).filter(|field| has(error, *field)).count();
        let says = |error: &&ErrorDef| {
            Field::of(error).any(|field| !matches!(field, Field::Remedy(_)) && has(error, field))
        };
        let silent = spec.errors.iter().filter(|error| !says(error)).filter_map(|error| {
            let row = &error.cases.first()?.at;
            Some((error.name.to_string(), format!("{folder}/{}", row.file), row.line))
        });
        Self {
            locale: spec.locale.to_string(),
            texts: spec.errors.iter().map(fields).sum(),
            silent: silent.collect(),
        }
    }

    fn per_cent(&self) -> usize {
        (self.texts * 100).checked_div(self.texts + self.silent.len()).unwrap_or(100)
    }

    fn message(&self, error: &str) -> Message {
        message!(
            "`{error}` has neither summary nor cause in `{locale}`, the language of the page",
            error,
            locale = self.locale
        )
    }
}

/// One text that is not current, with its place.
struct Found<'a> {
    entry: &'a Entry,
    survey: &'a Survey,
    file: String,
    line: usize,
    column: Option<usize>,
}

impl Found<'_> {
    fn message(&self) -> Message {
        let Entry { key, state, source, was, vendor_key, removed, .. } = self.entry;
        let (field, error, locale) = (key.field, &key.error, &self.survey.locale);
        let now = source.as_deref().unwrap_or_default();
        match state {
            State::Missing => message!(
                "the {field} of `{error}` is not translated to `{locale}`: {now}",
                field,
                error,
                locale,
                now
            ),
            State::Stale => match was {
                Some(was) => message!(
                    "the {field} of `{error}` translates an older text: {was}; it is now: {now}",
                    field,
                    error,
                    was,
                    now
                ),
                None => message!(
                    "the {field} of `{error}` translates an older text; it is now: {source}",
                    field,
                    error,
                    source = now
                ),
            },
            State::Unstamped => {
                message!("the {field} of `{error}` does not say which text it translates", field, error)
            }
            State::Orphaned if *removed => {
                message!(
                    "the vendor has removed `{error}` ({vendor_key}), so its {field} translates nothing",
                    error,
                    vendor_key,
                    field
                )
            }
            State::Orphaned if vendor_key.is_empty() => {
                message!("there is no error `{error}`, so its {field} translates nothing", error, field)
            }
            State::Orphaned => message!(
                "`{error}` ({vendor_key}) has no {field} to translate any more",
                error,
                vendor_key,
                field
            ),
            State::Current => message!("the {field} of `{error}` is translated", field, error),
        }
    }
}

/// All texts that are not current, in order.
fn found<'a>(survey: &'a Survey, text: &'a str) -> impl Iterator<Item = Found<'a>> {
    let lines = Lines::new(text);
    survey.entries.iter().filter(|entry| entry.state != State::Current).map(move |entry| {
        let (file, line, column) = match (&entry.span, &entry.row) {
            (Some(span), _) => {
                let (line, column) = lines.locate(span.start);
                (survey.file.as_str(), line, Some(column))
            }
            (None, Some(row)) => (row.file.as_str(), usize::try_from(row.line).unwrap_or(usize::MAX), None),
            (None, None) => (survey.file.as_str(), 1, None),
        };
        Found { entry, survey, file: format!("{}/{file}", survey.folder), line, column }
    })
}

/// A table of all catalogs and languages, then where each text is that is not current.
#[must_use]
pub fn text(catalogs: &[CatalogStatus], language: &Dictionary) -> String {
    let head = [
        message!("catalog"),
        message!("locale"),
        message!("texts"),
        State::Current.message(),
        Message::default(),
        State::Stale.message(),
        State::Missing.message(),
        State::Unstamped.message(),
        State::Orphaned.message(),
    ];
    let mut rows = vec![head.map(|heading| language.render(&heading))];
    for catalog in catalogs {
        if let Some(source) = &catalog.source {
            let (id, none) = (catalog.catalog.clone(), "0".to_owned());
            let texts = source.texts.to_string();
            rows.push([
                id,
                language.render(&message!("{locale} (source)", locale = source.locale)),
                texts.clone(),
                texts,
                format!("{}%", source.per_cent()),
                none.clone(),
                source.silent.len().to_string(),
                none.clone(),
                none,
            ]);
        }
        for (survey, _) in &catalog.surveys {
            let of = |state| survey.count(state).to_string();
            rows.push([
                catalog.catalog.clone(),
                survey.locale.to_string(),
                survey.texts().to_string(),
                of(State::Current),
                format!("{}%", survey.per_cent()),
                of(State::Stale),
                of(State::Missing),
                of(State::Unstamped),
                of(State::Orphaned),
            ]);
        }
    }
    let width = |column: usize| rows.iter().map(|row| display_width(&row[column])).max().unwrap_or(0);
    let widths: Vec<_> = (0..rows[0].len()).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            // Words to the left, numbers to the right.
            let pad = " ".repeat(width.saturating_sub(display_width(cell)));
            if column < 2 { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
        });
        out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        out.push('\n');
    }
    let places: Vec<_> = catalogs.iter().flat_map(|catalog| places(catalog, language)).collect();
    if !places.is_empty() {
        out.push('\n');
        out.push_str(&places.concat());
    }
    out
}

/// Where each text of a catalog is that is not current.
fn places(catalog: &CatalogStatus, language: &Dictionary) -> Vec<String> {
    let silent = catalog.source.iter().flat_map(|source| source.silent.iter().map(move |one| (source, one)));
    let line = |place: String, state: State, message: Message| {
        let message = message!("{place}: {state}: {message}", place, state = state.message(), message);
        language.render(&message) + "\n"
    };
    let silent = silent.map(|(source, (error, file, at))| {
        line(format!("{file}:{at}"), State::Missing, source.message(error))
    });
    let found = catalog.surveys.iter().flat_map(|(survey, text)| found(survey, text)).map(|found| {
        let column = found.column.map(|column| format!(":{column}")).unwrap_or_default();
        line(format!("{}:{}{column}", found.file, found.line), found.entry.state, found.message())
    });
    silent.chain(found).collect()
}

/// The same for programs. Texts that are current are counted only.
#[must_use]
pub fn json(catalogs: &[CatalogStatus]) -> Vec<Value> {
    let one = |catalog: &CatalogStatus| {
        let mut locales = Vec::new();
        if let Some(source) = &catalog.source {
            let mut counts = counts(source.texts, source.per_cent(), |state| match state {
                State::Current => source.texts,
                State::Missing => source.silent.len(),
                _ => 0,
            });
            let silent = source.silent.iter().map(|(error, file, line)| {
                json!({ "error": error, "field": "summary", "state": "missing", "file": file, "line": line })
            });
            counts.insert("entries".into(), silent.collect());
            locales.push(of_locale(&source.locale, true, counts));
        }
        for (survey, text) in &catalog.surveys {
            let mut counts = counts(survey.texts(), survey.per_cent(), |state| survey.count(state));
            counts.insert("entries".into(), found(survey, text).map(|found| entry(&found)).collect());
            locales.push(of_locale(survey.locale.as_str(), false, counts));
        }
        json!({ "catalog": catalog.catalog, "locales": locales })
    };
    catalogs.iter().map(one).collect()
}

fn of_locale(locale: &str, source: bool, counts: Map<String, Value>) -> Value {
    let mut fields = Map::new();
    fields.insert("locale".into(), locale.into());
    fields.insert("source".into(), source.into());
    fields.extend(counts);
    Value::Object(fields)
}

fn counts(texts: usize, per_cent: usize, of: impl Fn(State) -> usize) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("texts".into(), texts.into());
    fields.insert("percent".into(), per_cent.into());
    fields.extend(State::ALL.map(|state| (state.as_str().to_owned(), of(state).into())));
    fields
}

fn entry(found: &Found<'_>) -> Value {
    let Entry { key, state, source, was, text, .. } = found.entry;
    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        fields.extend(value.map(|value| (name.to_owned(), value)));
    };
    put("error", Some(key.error.as_str().into()));
    put("field", Some(key.field.to_string().into()));
    put("state", Some(state.as_str().into()));
    put("file", Some(found.file.as_str().into()));
    put("line", Some(found.line.into()));
    put("column", found.column.map(Value::from));
    put("source", source.as_deref().map(Value::from));
    put("previous_source", was.as_deref().map(Value::from));
    put("translation", text.as_deref().map(Value::from));
    Value::Object(fields)
}

/// Workflow commands that GitHub shows as annotations beside the lines of a pull request.
#[must_use]
pub fn github(catalogs: &[CatalogStatus], language: &Dictionary) -> String {
    catalogs.iter().flat_map(|catalog| commands(catalog, language)).collect()
}

fn commands(catalog: &CatalogStatus, language: &Dictionary) -> Vec<String> {
    let said = |message: &Message| language.render(message);
    let silent = catalog.source.iter().flat_map(|source| {
        source.silent.iter().map(move |(error, file, line)| {
            let line = usize::try_from(*line).unwrap_or(usize::MAX);
            annotation(
                "warning",
                file,
                Some((line, None)),
                &said(&message!("missing text")),
                &said(&source.message(error)),
            )
        })
    });
    let found = catalog.surveys.iter().flat_map(|(survey, text)| found(survey, text)).map(|found| {
        let title = said(&message!("{state} translation", state = found.entry.state.message()));
        annotation("warning", &found.file, Some((found.line, found.column)), &title, &said(&found.message()))
    });
    silent.chain(found).collect()
}

/// One workflow command, escaped by GitHub's rules.
#[must_use]
pub fn annotation(
    level: &str,
    file: &str,
    at: Option<(usize, Option<usize>)>,
    title: &str,
    message: &str,
) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let line = at.map(|(line, _)| format!(",line={line}")).unwrap_or_default();
    let column = at.and_then(|(_, column)| column).map(|column| format!(",col={column}")).unwrap_or_default();
    format!("::{level} file={}{line}{column},title={}::{}\n", property(file), property(title), data(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_are_escaped_as_github_reads_them() {
        let said = annotation("warning", "a,b:c%.toml", Some((3, None)), "x\ny", "50 % of a::b,\r\nc");
        let agreed = "::warning file=a%2Cb%3Ac%25.toml,line=3,title=x%0Ay::50 %25 of a::b,%0D%0Ac\n";
        assert_eq!(said, agreed);
    }
}
