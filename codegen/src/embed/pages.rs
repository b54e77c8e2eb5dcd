//! The pages of a language, the same for every tool.

use std::collections::BTreeMap;

use im_errors_spec::{ErrorDef, Locale, Spec};
use minijinja::value::Value;

use super::Embedding;
use super::dialect::{Contents, Head};
use super::inert::fit;
use crate::diagnostic::Finding;
use crate::render::values::{self, Fields, list, object, plain};
use crate::render::{Catalog, Page, Strings, Templates};
use crate::site::{Related, folder_beside};

const INDEX: &str = "index.md";
const CHANGES: &str = "changes.md";

pub(super) fn of(
    specs: &[Spec],
    templates: &Templates,
    embedding: &Embedding,
    locale: &Locale,
) -> Result<Vec<Page>, Box<Finding>> {
    let dialect = embedding.tool.dialect();
    let strings = Strings::of(locale);
    let mut environment = templates.environment(&strings)?;
    fit(&mut environment, dialect);
    let say = |key: &str, values: &[(&str, &str)]| {
        let values: Vec<_> = values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        strings.get(key, &values).unwrap_or_default()
    };
    let page = |template: &str, head: &Head, mut fields: Fields| {
        fields.insert("generated", dialect.head(embedding, head).into());
        let text = templates.render(&environment, template, fields.into())?;
        let path = dialect.path(embedding, locale, &head.file);
        Ok::<_, Box<Finding>>(Page { path, text: text + dialect.tail() })
    };
    let folders: Vec<_> =
        specs.iter().map(|spec| folder_beside(&spec.catalog, dialect.own_files())).collect();
    let catalogs: Vec<_> = specs.iter().map(|spec| Catalog { spec, folder: None }).collect();
    // The tool lets readers choose a language itself.
    let languages = || list(std::iter::empty());

    let title = say("catalogs", &[]);
    let head = Head {
        label: title.clone(),
        description: say("index_intro", &[]),
        file: INDEX.to_owned(),
        title: title.clone(),
    };
    let index = values::index(&catalogs, locale, languages(), |spec| {
        let folder = folder_beside(&spec.catalog, dialect.own_files());
        values::Hrefs { page: format!("{folder}/{INDEX}"), changes: Some(format!("{folder}/{CHANGES}")) }
    });
    let mut files = vec![page("index.md", &head, index)?];

    let related = Related::of(specs);
    for (s, catalog) in catalogs.iter().enumerate() {
        let spec = catalog.spec;
        let title = plain(&spec.title, spec, locale).to_owned();
        let count =
            say("labelled", &[("label", &say("errors", &[])), ("value", &spec.errors.len().to_string())]);
        let head = Head {
            label: title.clone(),
            description: format!("{} · {count}", plain(&spec.vendor, spec, locale)),
            file: format!("{}/{INDEX}", folders[s]),
            title: title.clone(),
        };
        let errors = values::errors(catalog, locale);
        let mut fields = values::catalog(catalog, &errors, locale, languages(), "../index.md", Some(CHANGES));
        fields.insert("related", related_to(&related, specs, &folders, s));
        files.push(page("catalog.md", &head, fields)?);

        let title = say("changelog_title", &[("title", &title)]);
        let head = Head {
            label: say("changelog", &[]),
            description: title.clone(),
            file: format!("{}/{CHANGES}", folders[s]),
            title,
        };
        let fields = values::changes(catalog, locale, languages(), "../index.md", INDEX);
        files.push(page("changes.md", &head, fields)?);
    }

    let titles = specs.iter().map(|spec| plain(&spec.title, spec, locale).to_owned());
    let contents = Contents {
        title,
        changes: say("changelog", &[]),
        catalogs: titles.zip(folders.iter().cloned()).collect(),
    };
    files.extend(dialect.files(embedding, locale, &contents));
    Ok(files)
}

/// What each error of a catalog has in common with others, by its anchor.
fn related_to(related: &Related, specs: &[Spec], folders: &[String], s: usize) -> Value {
    let others = |e: usize| {
        list(related.to(specs, (s, e)).into_iter().map(|(same, ids, count)| {
            let other = |(other, e): (usize, usize)| {
                let error: &ErrorDef = &specs[other].errors[e];
                let page = if other == s { String::new() } else { format!("../{}/{INDEX}", folders[other]) };
                object([
                    ("name", error.name.as_str().into()),
                    ("href", format!("{page}#{}", error.name.to_kebab()).into()),
                ])
            };
            object([
                ("same", same.key().into()),
                ("more", (count - ids.len()).into()),
                ("errors", list(ids.into_iter().map(other))),
            ])
        }))
    };
    let errors = specs[s].errors.iter().enumerate();
    let by_anchor: BTreeMap<_, _> = errors.map(|(e, error)| (error.name.to_kebab(), others(e))).collect();
    Value::from(by_anchor)
}
