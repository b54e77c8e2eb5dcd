//! What [`crate::review`] finds in the texts of a catalog, with its places.

use std::collections::HashMap;

use im_errors_spec::ErrorDef;

use super::names::Draft;
use super::{CATALOG_FILE, Field, Inputs, stamp};
use crate::diagnostic::Finding;
use crate::read::Lines;
use crate::review::{Breach, review as compare, review_source};
use crate::{Diagnostic, Message, message};

/// Reviews all texts: translations against their sources, and every text for what the glossary avoids.
pub(super) fn review(inputs: &Inputs<'_>, drafts: &[Draft]) -> Vec<Finding> {
    let mut findings = translations(inputs, drafts);
    findings.extend(titles(inputs));
    if !inputs.glossary.is_empty() {
        findings.extend(sources(inputs, drafts));
    }
    findings
}

/// A breach of the text that `name` names.
fn diagnostic(name: &Message, span: std::ops::Range<usize>, breach: Breach) -> Diagnostic {
    let diagnostic =
        Diagnostic::at(breach.rule, span, message!("{name} {breach}", name, breach = breach.message));
    match breach.help {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    }
}

fn of_error(field: Field, error: &ErrorDef) -> Message {
    message!("the {field} of `{error}`", field, error = error.name)
}

fn translations(inputs: &Inputs<'_>, drafts: &[Draft]) -> Vec<Finding> {
    let by_name: HashMap<&str, &ErrorDef> =
        drafts.iter().map(|draft| (draft.def.name.as_str(), &draft.def)).collect();
    let from = &inputs.catalog.locale;
    let mut findings = Vec::new();
    for file in inputs.translations {
        for item in &file.items {
            let error = by_name.get(item.error.as_str());
            let source = error.and_then(|error| item.field.get(error)?.get(from));
            let (Some(error), Some(source)) = (error, source) else {
                continue;
            };
            // What is stale translates another text.
            let stale = item.of.as_ref().is_some_and(|of| *of != stamp(&source.text));
            let breaches = if stale {
                review_source(&item.text, &file.locale, inputs.glossary)
            } else {
                compare(&source.text, from, &item.text, &file.locale, inputs.glossary)
            };
            let found = |breach| {
                let name = of_error(item.field, error);
                Finding::new(&file.file, diagnostic(&name, item.text_span.clone(), breach))
            };
            findings.extend(breaches.into_iter().map(found));
        }
    }
    findings
}

/// The titles of the catalog and of its groups.
fn titles(inputs: &Inputs<'_>) -> Vec<Finding> {
    let catalog = inputs.catalog;
    let groups = catalog.groups.iter().map(|group| {
        (message!("the title of the group `{group}`", group = group.id), &group.title, &group.title_spans)
    });
    let own = (message!("the title of the catalog"), &catalog.title, &catalog.title_spans);
    let mut findings = Vec::new();
    for (name, title, spans) in std::iter::once(own).chain(groups) {
        let Some(source) = title.get(&catalog.locale) else {
            continue;
        };
        let placed = spans.iter().filter_map(|(locale, span)| Some((locale, title.get(locale)?, span)));
        for (locale, text, span) in placed {
            let breaches = if *locale == catalog.locale {
                review_source(&text.text, locale, inputs.glossary)
            } else {
                compare(&source.text, &catalog.locale, &text.text, locale, inputs.glossary)
            };
            let found = |breach| Finding::new(CATALOG_FILE, diagnostic(&name, span.clone(), breach));
            findings.extend(breaches.into_iter().map(found));
        }
    }
    findings
}

/// The texts that are translated: where the catalog gives them, or in the rows of the page.
fn sources(inputs: &Inputs<'_>, drafts: &[Draft]) -> Vec<Finding> {
    let locale = &inputs.catalog.locale;
    let lines: HashMap<&str, Lines<'_>> =
        inputs.pages.iter().map(|page| (page.file.as_str(), Lines::new(&page.document.text))).collect();
    let mut findings = Vec::new();
    for draft in drafts {
        for field in Field::of(&draft.def) {
            let Some(text) = field.get(&draft.def).and_then(|texts| texts.get(locale)) else {
                continue;
            };
            for breach in review_source(&text.text, locale, inputs.glossary) {
                let said = draft.said.as_ref().and_then(|said| said.texts.get(&field));
                let (file, span) = match said {
                    Some(said) => (CATALOG_FILE, said.span.clone()),
                    None => row(draft, field, &lines),
                };
                let name = of_error(field, &draft.def);
                findings.push(Finding::new(file, diagnostic(&name, span, breach)));
            }
        }
    }
    findings
}

/// The row of the page that gives a text.
fn row<'d>(
    draft: &'d Draft,
    field: Field,
    lines: &HashMap<&str, Lines<'_>>,
) -> (&'d str, std::ops::Range<usize>) {
    let case = match field {
        Field::Summary => 0,
        Field::Cause(case) | Field::Remedy(case) => case,
    };
    let at = draft.def.cases.get(case).map(|case| &case.at);
    let line =
        at.and_then(|at| Some((at.file.as_str(), lines.get(at.file.as_str())?.span(at.line as usize))));
    line.unwrap_or((&draft.file, draft.span.clone()))
}
