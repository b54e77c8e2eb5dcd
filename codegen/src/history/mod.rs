//! Two specs of a catalog, from build to build → the record of editions that the spec keeps.
//!
//! Recorded is what concerns those who integrate the service: errors that came, went or have
//! another name, and facts and texts that changed in the spec's own language. Translations,
//! examples and the order of tables are no news. It reads no clock: the day is a value.

mod merge;

use std::collections::{BTreeMap, BTreeSet};

use im_errors_spec::{Changed, Date, EditionRecord, Fact, Locale, Renamed, Spec, VariantName};

use crate::diff::{Change, diff, kinds};
use crate::editions::Edition;

/// Brings the record of `spec`, which is as in `previous`, up to date.
///
/// A spec whose errors are as they were keeps its record. What changed makes a new edition; on the
/// day of the last one it joins that, since a day's builds are attempts at one edition until they
/// are committed. A clock that runs behind counts as that day. The first edition lists nothing.
pub fn record(previous: Option<&Spec>, spec: &mut Spec, today: Date) {
    let name = spec.main_source().and_then(|source| source.edition.clone());
    let digests: Vec<_> = spec.sources.iter().map(|source| source.digest.clone()).collect();
    let news = EditionRecord { digests, ..empty(today) };
    let (Some(previous), Some(last)) = (previous, spec.editions.pop()) else {
        spec.editions = vec![EditionRecord { name, ..news }];
        return;
    };
    let news = changes(previous, spec, news);
    let is_first = spec.editions.is_empty();
    let is_later = news.date > last.date;
    if news.is_empty() {
        spec.editions.push(last);
    } else if is_later {
        spec.editions.extend([last, news]);
    } else if is_first {
        spec.editions.push(EditionRecord { digests: news.digests, ..empty(last.date) });
    } else {
        let merged = merge::merge(last, news, spec);
        spec.editions.extend(Some(merged).filter(|merged| !merged.is_empty()));
    }
    // People give an edition its name once its page is there.
    let digests = spec.sources.iter().map(|source| &source.digest);
    if let Some(last) = spec.editions.last_mut().filter(|last| last.digests.iter().eq(digests)) {
        last.name = name;
    }
}

fn empty(date: Date) -> EditionRecord {
    EditionRecord {
        date,
        name: None,
        digests: Vec::new(),
        added: Vec::new(),
        removed: Vec::new(),
        renamed: Vec::new(),
        changed: Vec::new(),
    }
}

/// What changed between two specs, added to `record`.
fn changes(previous: &Spec, spec: &Spec, mut record: EditionRecord) -> EditionRecord {
    if previous.errors == spec.errors {
        return record;
    }
    let edition =
        |spec: &Spec| Edition { file: String::new(), spec: spec.clone(), lines: Vec::new(), is_page: false };
    let mut changed: BTreeMap<VariantName, Changed> = BTreeMap::new();
    for change in diff(&edition(previous), &edition(spec)).list {
        let Some(name) = change.name.as_deref().and_then(variant) else {
            continue;
        };
        if change.kind == &kinds::ADDED {
            record.added.push(name);
        } else if change.kind == &kinds::REMOVED {
            record.removed.push(name);
        } else if change.kind == &kinds::RENAMED {
            let from = change.old.as_deref().and_then(variant);
            record.renamed.extend(from.map(|from| Renamed { from, to: name }));
        } else {
            note(&change, &spec.locale, changed.entry(name));
        }
    }
    record.changed = changed.into_values().collect();
    merge::sort(&mut record, spec);
    record
}

fn variant(name: &str) -> Option<VariantName> {
    VariantName::new(name).ok()
}

/// Adds a change of one error to what changed in it, if it is news.
fn note(change: &Change, locale: &Locale, of: std::collections::btree_map::Entry<'_, VariantName, Changed>) {
    let field = change.field.as_deref().unwrap_or_default();
    // A row of an error has a number: `cause_2` is a cause.
    let Some(fact) = Fact::parse(field.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_')) else {
        return;
    };
    let is_translation = change.locale.as_ref().is_some_and(|said| said != locale);
    if is_translation || change.kind == &kinds::EXAMPLE_CHANGED {
        return;
    }
    let name = of.key().clone();
    let changed = of.or_insert_with(|| Changed { name, facts: BTreeSet::new(), was: BTreeMap::new() });
    changed.facts.insert(fact);
    if change.kind == &kinds::REPURPOSED {
        changed.facts.insert(Fact::Meaning);
    }
    if change.kind == &kinds::DEPRECATED {
        changed.facts.insert(Fact::Deprecated);
    }
    if let Some(was) = change.old.clone().filter(|_| fact.is_sent()) {
        changed.was.insert(fact, was);
    }
}
