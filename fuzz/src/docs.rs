//! Documentation of specs that try to break out of it.

use im_errors_codegen::inline::{from_markdown, to_markdown};
use im_errors_spec::{Locale, Localized, Spec};

use crate::oracle::docs;
use crate::spec::AnySpec;

/// What a build can make of it: texts are inline Markdown, addresses those of the web, ids are ids.
fn as_built(spec: AnySpec) -> Spec {
    let mut spec = spec.build();
    spec.catalog = "demo".to_owned();
    // A page per language: two are enough to have texts that are there, and some that are not.
    spec.locale = Locale::chinese();
    spec.title.0.retain(|locale, _| is_shown(locale));
    let ids: Vec<String> = spec.groups.iter().map(|group| group.id.clone()).collect();
    let known = |id: &str| ids.iter().position(|known| known == id).unwrap_or_default();
    spec.errors.iter_mut().for_each(|error| error.group = format!("group-{}", known(&error.group)));
    spec.groups.iter_mut().enumerate().for_each(|(i, group)| group.id = format!("group-{i}"));
    // What is kept of how an error was is what servers sent, of the facts that changed.
    for changed in spec.editions.iter_mut().flat_map(|record| &mut record.changed) {
        changed.was.retain(|fact, _| fact.is_sent());
        changed.facts.extend(changed.was.keys());
    }
    for source in &mut spec.sources {
        source.url = source.url.take().map(|url| format!("https://{url}"));
    }
    for error in &mut spec.errors {
        written(&mut error.summary);
        error.cases.iter_mut().for_each(|case| {
            written(&mut case.cause);
            written(&mut case.remedy);
        });
    }
    spec
}

fn is_shown(locale: &Locale) -> bool {
    [Locale::chinese(), Locale::english()].contains(locale)
}

fn written(texts: &mut Localized) {
    for text in texts.0.values_mut() {
        text.text = to_markdown(&from_markdown(&text.text, &|_| None).pieces);
    }
    texts.0.retain(|locale, text| is_shown(locale) && !text.text.is_empty());
}

/// Each page says what the spec says, and is nothing but that.
///
/// # Panics
/// Where a page does not, or is.
pub fn say_what_the_spec_says(spec: AnySpec, folder: bool) {
    docs::say_what_the_spec_says(&as_built(spec), folder);
}
