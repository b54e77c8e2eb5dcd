//! Two records of one day → one.

use std::collections::HashMap;

use im_errors_spec::{Changed, EditionRecord, Fact, Renamed, Spec, VariantName};

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
    let old = then.renamed.iter().filter(|renamed| !added.contains(&renamed.from));
    let fresh: Vec<Renamed> =
        old.filter(|new| !renamed.iter().any(|before| before.to == new.from)).cloned().collect();
    added.iter_mut().for_each(follow);
    renamed.iter_mut().for_each(|renamed| follow(&mut renamed.to));
    changed.iter_mut().for_each(|changed| follow(&mut changed.name));
    renamed.extend(fresh);
    renamed.retain(|renamed| renamed.from != renamed.to);
    let (gone, lost): (Vec<_>, Vec<_>) = then.removed.into_iter().partition(|name| added.contains(name));
    added.retain(|name| !gone.contains(name));
    changed.retain(|changed| !gone.contains(&changed.name) && !lost.contains(&changed.name));
    removed.extend(lost);
    let (back, come): (Vec<_>, Vec<_>) = then.added.into_iter().partition(|name| removed.contains(name));
    removed.retain(|name| !back.contains(name));
    added.extend(come);
    for new in then.changed.into_iter().filter(|new| !added.contains(&new.name)) {
        match changed.iter_mut().find(|changed| changed.name == new.name) {
            Some(changed) => join(changed, new),
            None => changed.push(new),
        }
    }
    changed.iter_mut().for_each(|changed| forget_undone(changed, spec));
    changed.retain(|changed| !changed.facts.is_empty());
    let mut merged =
        EditionRecord { date, name: then.name, digests: then.digests, added, removed, renamed, changed };
    sort(&mut merged, spec);
    merged
}

/// Of what changed twice, the oldest text is what it was.
fn join(changed: &mut Changed, then: Changed) {
    let known = changed.facts.clone();
    changed.was.extend(then.was.into_iter().filter(|(fact, _)| !known.contains(fact)));
    changed.facts.extend(then.facts);
}

/// Facts that are again what they were before the day; of texts it is not known.
fn forget_undone(changed: &mut Changed, spec: &Spec) {
    let Some(error) = spec.error(changed.name.as_str()) else {
        return;
    };
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
