//! Which group of the one edition is which of the other.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::items::{Identity, Item};
use crate::editions::Edition;

/// Beyond these, an identity says nothing of its group: half of all tables list `404`.
const MOST_GROUPS: usize = 8;

/// Pairs of groups that are one.
pub(super) struct Together {
    /// By old group.
    partners: HashMap<usize, Vec<usize>>,
    /// Whether an error of another group than its own was moved: a catalogue's groups are not a
    /// page's tables.
    pub(super) tells_moves: bool,
}

impl Together {
    pub(super) fn are(&self, old: usize, new: usize) -> bool {
        self.of(old).contains(&new)
    }

    /// The new groups that an old one is.
    pub(super) fn of(&self, old: usize) -> &[usize] {
        self.partners.get(&old).map(Vec::as_slice).unwrap_or_default()
    }
}

/// How many errors each old group has in common with each new one.
type Shared = HashMap<(usize, usize), usize>;

/// The groups that are one, as far as it can be told before errors are paired: by id in catalogues;
/// the tables of pages, whose ids count them, by the errors that they share.
pub(super) fn together(old: &Edition, new: &Edition, a: &[Item<'_>], b: &[Item<'_>]) -> Together {
    if old.is_page || new.is_page {
        return rank(old, new, &shared(a, b), HashMap::new());
    }
    Together { partners: by_id(old, new), tells_moves: true }
}

/// The groups that are one once errors are paired: most errors of the one are in the other.
pub(super) fn settled(old: &Edition, new: &Edition, pairs: impl Iterator<Item = (usize, usize)>) -> Together {
    let mut shared = Shared::new();
    for pair in pairs {
        *shared.entry(pair).or_default() += 1;
    }
    let known = if old.is_page || new.is_page { HashMap::new() } else { by_id(old, new) };
    rank(old, new, &shared, known)
}

fn by_id(old: &Edition, new: &Edition) -> HashMap<usize, Vec<usize>> {
    let there: HashMap<_, _> = new.spec.groups.iter().enumerate().map(|(j, group)| (&group.id, j)).collect();
    let groups = old.spec.groups.iter().enumerate();
    groups.filter_map(|(i, group)| Some((i, vec![*there.get(&group.id)?]))).collect()
}

/// Pairs the groups that share most first; of those that share as much, the ones of one title.
fn rank(old: &Edition, new: &Edition, shared: &Shared, known: HashMap<usize, Vec<usize>>) -> Together {
    let mixed = old.is_page != new.is_page;
    let title = |edition: &Edition, group: usize| edition.spec.groups.get(group).map(|g| g.title.clone());
    let mut ranked: Vec<_> = shared.iter().collect();
    ranked.sort_by_cached_key(|((i, j), count)| {
        (Reverse(**count), title(old, *i) != title(new, *j), i.abs_diff(*j), *i, *j)
    });
    let mut taken: HashSet<usize> = known.values().flatten().copied().collect();
    let mut partners = known;
    for ((i, j), _) in ranked {
        let free = (!partners.contains_key(i), !taken.contains(j));
        // A group of a catalogue may be several tables of the page.
        if free == (true, true) || (mixed && (free.0 || free.1)) {
            partners.entry(*i).or_default().push(*j);
            taken.insert(*j);
        }
    }
    Together { partners, tells_moves: !mixed }
}

/// How many errors each two groups have in common.
fn shared(a: &[Item<'_>], b: &[Item<'_>]) -> Shared {
    let mut by_identity: HashMap<Identity<'_>, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for item in a {
        for identity in item.identities() {
            by_identity.entry(identity).or_default().0.push(item.group);
        }
    }
    for item in b {
        for identity in item.identities() {
            if let Some((_, groups)) = by_identity.get_mut(&identity) {
                groups.push(item.group);
            }
        }
    }
    let mut counts = Shared::new();
    for (old, new) in by_identity.values() {
        if old.len() > MOST_GROUPS || new.len() > MOST_GROUPS {
            continue;
        }
        for i in old {
            for j in new {
                *counts.entry((*i, *j)).or_default() += 1;
            }
        }
    }
    counts
}

/// What a group is called: its title in the edition's language, else its id.
pub(super) fn title(edition: &Edition, group: usize) -> String {
    let Some(group) = edition.spec.groups.get(group) else {
        return String::new();
    };
    match group.title.get(&edition.spec.locale) {
        Some(title) => title.text.clone(),
        None => group.id.clone(),
    }
}
