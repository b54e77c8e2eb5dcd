//! Errors followed through the editions that a spec records.

use std::collections::HashMap;
use std::hash::Hash;

use crate::{EditionRecord, ErrorDef, Fact, Spec, VariantName};

/// The editions of a spec by the names in them. It is built once, in one pass over the record, so
/// that telling thousands of changes does not search the record for each of them.
#[derive(Debug)]
pub struct History<'s> {
    errors: HashMap<&'s VariantName, &'s ErrorDef>,
    /// What an error that has a name up to an edition is called now.
    names: Timeline<&'s VariantName, &'s VariantName>,
    /// What an error that has a name up to an edition said.
    facts: Timeline<(&'s VariantName, Fact), Said<'s>>,
}

/// For each key, what holds before an edition that ended it: the latest edition first.
type Timeline<K, V> = HashMap<K, Vec<(usize, V)>>;

/// What an error said of a fact.
#[derive(Debug, Clone, Copy)]
enum Said<'s> {
    /// As an edition remembers it, if it does.
    Was(Option<&'s str>),
    /// As the error of this name says it now.
    As(&'s VariantName),
}

impl<'s> History<'s> {
    pub(crate) fn of(spec: &'s Spec) -> Self {
        let errors = spec.errors.iter().map(|error| (&error.name, error)).collect();
        let mut history = Self { errors, names: HashMap::new(), facts: HashMap::new() };
        for (index, record) in spec.editions.iter().enumerate().rev() {
            history.add(index, record);
        }
        history
    }

    /// Adds the edition before all that were added.
    fn add(&mut self, index: usize, record: &'s EditionRecord) {
        let mut facts = HashMap::new();
        for fact in Fact::ALL {
            facts.extend(record.removed.iter().map(|name| ((name, fact), Said::Was(None))));
        }
        for changed in &record.changed {
            let was = |fact: &Fact| changed.was.get(fact).map(String::as_str);
            facts.extend(changed.facts.iter().map(|fact| ((&changed.name, *fact), Said::Was(was(fact)))));
        }
        // What an edition says of an error it says under the new name.
        let mut names = HashMap::new();
        let mut inherited = HashMap::new();
        for renamed in &record.renamed {
            let (from, to) = (&renamed.from, &renamed.to);
            names.entry(from).or_insert_with(|| self.name_now(index, to));
            for fact in Fact::ALL {
                let said = facts.get(&(to, fact)).copied();
                inherited.entry((from, fact)).or_insert_with(|| said.unwrap_or(self.after(index, to, fact)));
            }
        }
        facts.extend(inherited);
        names.into_iter().for_each(|(from, now)| self.names.entry(from).or_default().push((index, now)));
        facts.into_iter().for_each(|(of, said)| self.facts.entry(of).or_default().push((index, said)));
    }

    /// The name that the error has now which the edition at `index` calls `name`.
    #[must_use]
    pub fn name_now(&self, index: usize, name: &'s VariantName) -> &'s VariantName {
        next(&self.names, &name, index).unwrap_or(name)
    }

    /// What the error that the edition at `index` calls `name` said of `fact` in that edition, as
    /// far as it is known.
    #[must_use]
    pub fn said(&self, index: usize, name: &'s VariantName, fact: Fact) -> Option<String> {
        match self.after(index, name, fact) {
            Said::Was(was) => was.map(str::to_owned),
            Said::As(name) => fact.sent(self.errors.get(name)?),
        }
    }

    fn after(&self, index: usize, name: &'s VariantName, fact: Fact) -> Said<'s> {
        next(&self.facts, &(name, fact), index).unwrap_or(Said::As(name))
    }
}

/// What held before the first edition after that at `index` which ended it.
fn next<K: Eq + Hash, V: Copy>(timeline: &Timeline<K, V>, key: &K, index: usize) -> Option<V> {
    let editions = timeline.get(key)?;
    let later = editions.partition_point(|(at, _)| *at > index);
    Some(editions.get(later.checked_sub(1)?)?.1)
}
