//! Following errors through editions by the index says what searching the record for each would.

use std::collections::{BTreeMap, BTreeSet};

use im_errors_spec::{Changed, EditionRecord, Fact, Renamed, Spec, SpecFile, VariantName};
use proptest::prelude::*;
use proptest::sample::select;

const SPEC: &str = r#"
format = 1
catalog = "demo"
locale = "en"
title.en = "t"
vendor.en = "v"

[[source]]
file = "a.md"
digest = "00"

[[group]]
id = "g"
title.en = "g"

[[error]]
name = "A"
group = "g"
code = 1

[[error.case]]
at = "a.md:1"

[[error]]
name = "B"
group = "g"
code = 2

[[error.case]]
at = "a.md:2"
"#;

const NAMES: [&str; 4] = ["A", "B", "C", "D"];

fn name() -> impl Strategy<Value = VariantName> {
    select(&NAMES).prop_map(|name| VariantName::new(name).unwrap())
}

/// Any record, also one that no build would write; each name is renamed and changed once.
fn record() -> impl Strategy<Value = EditionRecord> {
    let names = || proptest::collection::vec(name(), 0..2);
    let facts = proptest::collection::btree_set(select(&[Fact::Code, Fact::Error, Fact::Cause]), 1..3);
    let was = proptest::collection::btree_map(select(&[Fact::Code, Fact::Error]), "[xyz]", 0..2);
    let renamed = proptest::collection::btree_map(name(), name(), 0..3);
    let changed = proptest::collection::btree_map(name(), (facts, was), 0..3);
    (names(), names(), renamed, changed).prop_map(|(added, removed, renamed, changed)| EditionRecord {
        date: im_errors_spec::Date::from_days(1),
        name: None,
        digests: Vec::new(),
        added,
        removed,
        renamed: renamed.into_iter().map(|(from, to)| Renamed { from, to }).collect(),
        changed: changed.into_iter().map(as_changed).collect(),
    })
}

fn as_changed((name, (facts, was)): (VariantName, (BTreeSet<Fact>, BTreeMap<Fact, String>))) -> Changed {
    Changed { name, facts, was }
}

fn name_now<'s>(spec: &'s Spec, index: usize, name: &'s VariantName) -> &'s VariantName {
    spec.editions[index + 1..].iter().fold(name, |name, record| {
        let renamed = record.renamed.iter().find(|renamed| renamed.from == *name);
        renamed.map_or(name, |renamed| &renamed.to)
    })
}

fn said(spec: &Spec, index: usize, name: &VariantName, fact: Fact) -> Option<String> {
    let mut name = name;
    for record in &spec.editions[index + 1..] {
        if let Some(renamed) = record.renamed.iter().find(|renamed| renamed.from == *name) {
            name = &renamed.to;
        }
        let changed = record.changed.iter().find(|changed| changed.name == *name);
        if let Some(changed) = changed.filter(|changed| changed.facts.contains(&fact)) {
            return changed.was.get(&fact).cloned();
        }
        if record.removed.contains(name) {
            return None;
        }
    }
    fact.sent(spec.error(name.as_str())?)
}

proptest! {
    #[test]
    fn the_index_follows_errors_as_a_search_would(editions in proptest::collection::vec(record(), 1..6)) {
        let mut spec = SpecFile::parse(SPEC).unwrap().spec;
        spec.editions = editions;
        let history = spec.history();
        let names: Vec<_> = NAMES.iter().map(|name| VariantName::new(name).unwrap()).collect();
        for index in 0..spec.editions.len() {
            for name in &names {
                prop_assert_eq!(history.name_now(index, name), name_now(&spec, index, name));
                for fact in Fact::ALL {
                    prop_assert_eq!(history.said(index, name, fact), said(&spec, index, name, fact));
                }
            }
        }
    }
}
