//! Two records of one day → one.

use std::collections::{HashMap, HashSet};

use im_errors_spec::{Changed, EditionRecord, ErrorDef, Fact, Renamed, Spec, VariantName};

/// The record of what happened in `first` and then in `then`, after which the errors are as in
/// `spec`. What came and went again, or is again as it was, is not in it.
pub(super) fn merge(first: EditionRecord, then: EditionRecord, spec: &Spec) -> EditionRecord {
    let EditionRecord { mut added, mut removed, mut renamed, mut changed, date, .. } = first;
    let new_names: HashMap<_, _> = then.renamed.iter().map(|renamed| (&renamed.from, &renamed.to)).collect();
    let follow = |name: &mut VariantName| {
        if let Some(new) = new_names.get(name) {
            *name = (*new).clone();
        }
    };
    // An error that came this day never had another name.
    let came: HashSet<_> = added.iter().collect();
    let known: HashSet<_> = renamed.iter().map(|before| &before.to).collect();
    let is_fresh = |new: &&Renamed| !came.contains(&new.from) && !known.contains(&new.from);
    let fresh: Vec<Renamed> = then.renamed.iter().filter(is_fresh).cloned().collect();
    added.iter_mut().for_each(follow);
    renamed.iter_mut().for_each(|renamed| follow(&mut renamed.to));
    changed.iter_mut().for_each(|changed| follow(&mut changed.name));
    renamed.extend(fresh);
    renamed.retain(|renamed| renamed.from != renamed.to);
    let went: HashSet<_> = then.removed.iter().collect();
    changed.retain(|changed| !went.contains(&changed.name));
    let lost = without(&then.removed, &added);
    added.retain(|name| !went.contains(name));
    removed.extend(lost);
    let back: HashSet<_> = then.added.iter().collect();
    let come = without(&then.added, &removed);
    removed.retain(|name| !back.contains(name));
    added.extend(come);
    let came: HashSet<_> = added.iter().collect();
    let mut places: HashMap<_, _> =
        changed.iter().enumerate().map(|(at, changed)| (changed.name.clone(), at)).collect();
    for new in then.changed.into_iter().filter(|new| !came.contains(&new.name)) {
        match places.get(&new.name) {
            Some(at) => join(&mut changed[*at], new),
            None => {
                places.insert(new.name.clone(), changed.len());
                changed.push(new);
            }
        }
    }
    let errors: HashMap<_, _> = spec.errors.iter().map(|error| (&error.name, error)).collect();
    for changed in &mut changed {
        if let Some(error) = errors.get(&changed.name) {
            forget_undone(changed, error);
        }
    }
    changed.retain(|changed| !changed.facts.is_empty());
    let mut merged =
        EditionRecord { date, name: then.name, digests: then.digests, added, removed, renamed, changed };
    sort(&mut merged, spec);
    merged
}

/// Those of `names` that are not among `others`.
fn without(names: &[VariantName], others: &[VariantName]) -> Vec<VariantName> {
    let others: HashSet<_> = others.iter().collect();
    names.iter().filter(|name| !others.contains(name)).cloned().collect()
}

/// Of what changed twice, the oldest text is what it was.
fn join(changed: &mut Changed, then: Changed) {
    let known = changed.facts.clone();
    changed.was.extend(then.was.into_iter().filter(|(fact, _)| !known.contains(fact)));
    changed.facts.extend(then.facts);
}

/// Facts that are again what they were before the day; of texts it is not known.
fn forget_undone(changed: &mut Changed, error: &ErrorDef) {
    let Changed { facts, was, .. } = changed;
    facts.retain(|fact| !fact.is_sent() || fact.sent(error) != was.get(fact).cloned());
    was.retain(|fact, _| facts.contains(fact));
    // Neither stands without the texts that say it.
    let says = |fact: &Fact| !matches!(fact, Fact::Meaning | Fact::Deprecated);
    if !facts.iter().any(says) {
        facts.clear();
    }
}

/// Puts the lists into the order of the spec, those of removed errors by name.
pub(super) fn sort(record: &mut EditionRecord, spec: &Spec) {
    let places: HashMap<_, _> = spec.errors.iter().enumerate().map(|(at, error)| (&error.name, at)).collect();
    let place = |name: &VariantName| places.get(name).copied();
    record.added.sort_by_key(place);
    record.removed.sort();
    record.renamed.sort_by_key(|renamed| place(&renamed.to));
    record.changed.sort_by_key(|changed| place(&changed.name));
}
