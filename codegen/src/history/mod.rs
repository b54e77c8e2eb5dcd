//! Two specs of a catalog, from build to build → the record of editions that the spec keeps.
//!
//! Recorded is what concerns those who integrate the service: errors that came, went or have
//! another name, and facts and texts that changed in the spec's own language. Translations,
//! examples and the order of tables are no news. It reads no clock: the day is a value.

mod merge;

use std::collections::btree_map::Entry;
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
    // The diff goes by codes, and one can be another error's now.
    let is_replaced = |name: &VariantName| spec.removed.iter().any(|removed| removed.name == *name);
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
            match change.old.as_deref().and_then(variant) {
                Some(from) if is_replaced(&from) => {
                    record.removed.push(from);
                    record.added.push(name);
                }
                from => record.renamed.extend(from.map(|from| Renamed { from, to: name })),
            }
        } else {
            note(&change, &spec.locale, changed.entry(name));
        }
    }
    changed.retain(|name, _| !record.added.contains(name));
    record.changed = changed.into_values().collect();
    merge::sort(&mut record, spec);
    record
}

fn variant(name: &str) -> Option<VariantName> {
    VariantName::new(name).ok()
}

/// Adds a change of one error to what changed in it, if it is news.
fn note(change: &Change, locale: &Locale, of: Entry<'_, VariantName, Changed>) {
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

#[cfg(test)]
mod tests {
    use im_errors_spec::SpecFile;
    use proptest::prelude::*;

    use super::*;

    /// For each code from 1 on, the name and the message of its error, if it is there.
    type State = Vec<Option<(u8, u8)>>;

    fn spec(state: &State, editions: &[EditionRecord]) -> Spec {
        let mut toml =
            "format = 1\ncatalog = \"demo\"\nlocale = \"en\"\ntitle.en = \"t\"\nvendor.en = \"v\"\n\
            [[source]]\nfile = \"a.md\"\ndigest = \"00\"\n[[group]]\nid = \"g\"\ntitle.en = \"g\"\n"
                .to_owned();
        for (code, error) in (1..).zip(state) {
            if let Some((name, message)) = error {
                toml.push_str(&format!(
                    "[[error]]\nname = \"E{code}N{name}\"\ngroup = \"g\"\ncode = {code}\nmessage = \"error {code} says {message}\"\n\
                     [[error.case]]\nat = \"a.md:{code}\"\n"
                ));
            }
        }
        let mut spec = SpecFile::parse(&toml).unwrap().spec;
        spec.editions = editions.to_vec();
        spec
    }

    fn built(previous: Option<&Spec>, state: &State, day: u64) -> Spec {
        let editions = previous.map(|previous| previous.editions.clone()).unwrap_or_default();
        let mut spec = spec(state, &editions);
        record(previous, &mut spec, Date::from_days(day));
        spec
    }

    fn state() -> impl Strategy<Value = State> {
        proptest::collection::vec(proptest::option::weighted(0.8, (0_u8..3, 0_u8..3)), 4)
    }

    proptest! {
        #[test]
        fn builds_of_one_day_are_recorded_as_if_the_last_were_the_only_one(
            first in state(),
            tries in proptest::collection::vec(state(), 0..4),
            last in state(),
        ) {
            let first = built(None, &first, 1);
            let direct = built(Some(&first), &last, 2);
            let tried = tries.iter().fold(first.clone(), |spec, state| built(Some(&spec), state, 2));
            let tried = built(Some(&tried), &last, 2);
            // What went and came back within the day has the name that it came back with, and its
            // facts before are not known.
            let came_back = |code: usize| {
                let was_there = first.errors.iter().any(|error| error.code == i64::try_from(code + 1).ok());
                was_there && tries.iter().any(|state| state[code].is_none())
            };
            prop_assume!((0..4).all(|code| !came_back(code) || last[code].is_none()));
            // A removed error goes by the name that it had last.
            let code = |name: &VariantName| name.as_str().split('N').next().map(str::to_owned);
            let lists = |spec: &Spec| {
                let mut record = spec.editions.get(1)?.clone();
                let gone: BTreeSet<_> = record.removed.drain(..).map(|name| code(&name)).collect();
                record.renamed.retain(|renamed| !gone.contains(&code(&renamed.to)));
                Some((record, gone))
            };
            prop_assert_eq!(lists(&tried), lists(&direct));
        }

        #[test]
        fn a_second_build_of_the_same_changes_nothing(states in proptest::collection::vec(state(), 1..5), day in 0_u64..10) {
            let mut last: Option<Spec> = None;
            for (at, state) in (1..).zip(&states) {
                last = Some(built(last.as_ref(), state, at));
            }
            let last = last.unwrap();
            prop_assert_eq!(&built(Some(&last), states.last().unwrap(), day), &last);
            prop_assert!(SpecFile::parse(&last.to_toml()).is_ok());
        }
    }
}
