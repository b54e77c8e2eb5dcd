//! Which error of the one edition is which of the other.
//!
//! Each stage pairs what the ones before left over, from the surest sign to the weakest. A sign
//! that is no identity counts only where it leaves no choice.

use std::collections::HashMap;
use std::hash::Hash;

use im_errors_spec::{ErrorDef, HttpStatus};

use super::groups::Together;
use super::items::{Identity, Item};
use crate::resolve::likeness::likeness;
use crate::resolve::patterns;

/// For each error its partner on the other side.
pub(super) struct Pairs {
    pub(super) of_old: Vec<Option<usize>>,
    pub(super) of_new: Vec<Option<usize>>,
}

/// Pairs the errors of two editions.
pub(super) fn pairs(old: &[Item<'_>], new: &[Item<'_>], tables: &Together, facts_only: bool) -> Pairs {
    let mut matcher =
        Matcher { old, new, pairs: Pairs { of_old: vec![None; old.len()], of_new: vec![None; new.len()] } };
    matcher.same_place(tables);
    if !facts_only {
        matcher.by(|item| vec![item.error.name.as_str()], Choice::First);
    }
    matcher.by(|item| with_texts(item.identities(), item), Choice::First);
    matcher.by(Item::identities, Choice::First);
    matcher.by(|item| says_something(item, |e| (e.http_status, e.error.as_deref())), Choice::None);
    matcher.by(|item| says_something(item, |e| e.error.as_deref()), Choice::None);
    matcher.by(|item| by_message(item, |e| e.error.as_deref()), Choice::None);
    matcher.by(|item| by_message(item, |e| e.http_status), Choice::None);
    matcher.by(by_texts, Choice::None);
    matcher.by(by_proposal, Choice::None);
    matcher.by_likeness();
    matcher.pairs
}

/// HTTP status and error type.
type Wire<'s> = (Option<HttpStatus>, Option<&'s str>);

/// What to do where a sign fits several.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Pair them in order.
    First,
    /// Pair them only if there are as many on both sides.
    None,
}

struct Matcher<'m, 'a> {
    old: &'m [Item<'a>],
    new: &'m [Item<'a>],
    pairs: Pairs,
}

impl<'m, 'a> Matcher<'m, 'a> {
    fn free_old(&self) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.old.len()).filter(|i| self.pairs.of_old[*i].is_none())
    }

    fn free_new(&self) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.new.len()).filter(|i| self.pairs.of_new[*i].is_none())
    }

    fn pair(&mut self, old: usize, new: usize) {
        if self.pairs.of_old[old].is_none() && self.pairs.of_new[new].is_none() {
            self.pairs.of_old[old] = Some(new);
            self.pairs.of_new[new] = Some(old);
        }
    }

    /// The same identity in the same group.
    fn same_place(&mut self, tables: &Together) {
        let (old, new) = (self.old, self.new);
        let mut there: HashMap<(usize, Identity<'m>), usize> = HashMap::new();
        for (j, item) in new.iter().enumerate() {
            for identity in item.identities() {
                there.entry((item.group, identity)).or_insert(j);
            }
        }
        for (i, item) in old.iter().enumerate() {
            for identity in item.identities() {
                let groups = tables.of(item.group).iter();
                for j in groups.filter_map(|group| there.get(&(*group, identity.clone()))) {
                    self.pair(i, *j);
                }
            }
        }
    }

    /// Pairs what has a sign in common.
    fn by<K: Hash + Eq>(&mut self, signs: impl Fn(&'m Item<'a>) -> Vec<K>, choice: Choice) {
        let (old, new) = (self.old, self.new);
        let mut by_sign: HashMap<K, (Vec<usize>, Vec<usize>)> = HashMap::new();
        // In the order in which they are met, so that hashing has no say.
        let mut order = Vec::new();
        for i in self.free_old() {
            for sign in signs(&old[i]) {
                let (olds, _) = by_sign.entry(sign).or_default();
                if olds.is_empty() {
                    order.push(i);
                }
                olds.push(i);
            }
        }
        for j in self.free_new() {
            for sign in signs(&new[j]) {
                if let Some((_, news)) = by_sign.get_mut(&sign) {
                    news.push(j);
                }
            }
        }
        order.dedup();
        for i in order {
            for sign in signs(&old[i]) {
                let Some((olds, news)) = by_sign.remove(&sign) else {
                    continue;
                };
                if choice == Choice::None && olds.len() != news.len() {
                    continue;
                }
                let olds = olds.into_iter().filter(|i| self.pairs.of_old[*i].is_none()).collect::<Vec<_>>();
                let news = news.into_iter().filter(|j| self.pairs.of_new[*j].is_none()).collect::<Vec<_>>();
                olds.into_iter().zip(news).for_each(|(i, j)| self.pair(i, j));
            }
        }
    }

    /// Messages of one status and type that are nearly the same, the likest first.
    fn by_likeness(&mut self) {
        const LEAST: f64 = 0.6;
        /// With more of them, likeness would be a guess.
        const MOST: usize = 24;
        let (old, new) = (self.old, self.new);
        let mut buckets: HashMap<Wire<'_>, (Vec<_>, Vec<_>)> = HashMap::new();
        let place = |item: &'m Item<'a>| (item.error.http_status, item.error.error.as_deref());
        let message = |item: &'m Item<'a>| item.message().filter(|_| item.error.code.is_none());
        for (i, message) in self.free_old().filter_map(|i| Some((i, message(&old[i])?))) {
            buckets.entry(place(&old[i])).or_default().0.push((i, message));
        }
        for (j, message) in self.free_new().filter_map(|j| Some((j, message(&new[j])?))) {
            buckets.entry(place(&new[j])).or_default().1.push((j, message));
        }
        let mut likely = Vec::new();
        for (olds, news) in buckets.into_values().filter(|(a, b)| a.len() <= MOST && b.len() <= MOST) {
            for (i, was) in olds {
                for &(j, is) in &news {
                    let score = match is_example(old[i].error, new[j].printed())
                        || is_example(new[j].error, old[i].printed())
                    {
                        true => 1.0,
                        false => likeness(was, is),
                    };
                    if score >= LEAST {
                        likely.push((score, i, j));
                    }
                }
            }
        }
        likely.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        likely.into_iter().for_each(|(_, i, j)| self.pair(i, j));
    }
}

/// Whether the pattern of an error stands for a message that another prints.
pub(super) fn is_example(error: &ErrorDef, printed: Option<&str>) -> bool {
    let pattern = error.message.as_ref().filter(|pattern| pattern.holes().next().is_some());
    pattern.zip(printed).is_some_and(|(pattern, printed)| patterns::fits(pattern, printed))
}

fn with_texts<'s>(identities: Vec<Identity<'s>>, item: &'s Item<'_>) -> Vec<(Identity<'s>, &'s str)> {
    identities.into_iter().map(|identity| (identity, item.texts.as_str())).collect()
}

/// The same message and texts.
fn says_something<'s, K>(
    item: &'s Item<'_>,
    more: fn(&'s ErrorDef) -> K,
) -> Vec<(K, Option<&'s str>, &'s str)> {
    if item.message().is_none() && item.texts.is_empty() {
        return Vec::new();
    }
    vec![(more(item.error), item.message(), &item.texts)]
}

/// The same message; a code would say that it is another error.
fn by_message<'s, K>(item: &'s Item<'_>, more: fn(&'s ErrorDef) -> K) -> Vec<(K, &'s str)> {
    match (item.error.code, item.message()) {
        (None, Some(message)) => vec![(more(item.error), message)],
        _ => Vec::new(),
    }
}

/// The same status, type and texts with another message.
fn by_texts<'s>(item: &'s Item<'_>) -> Vec<(Option<HttpStatus>, Option<&'s str>, &'s str)> {
    if item.error.code.is_some() || item.texts.is_empty() {
        return Vec::new();
    }
    vec![(item.error.http_status, item.error.error.as_deref(), &item.texts)]
}

/// The same status and type, and messages that are examples of one pattern.
fn by_proposal<'s>(item: &'s Item<'_>) -> Vec<(Option<HttpStatus>, Option<&'s str>, String)> {
    let proposed = item.printed().filter(|_| item.error.code.is_none()).and_then(patterns::propose);
    let pattern = proposed.or_else(|| item.error.message.as_ref().map(ToString::to_string));
    let sign = |pattern: String| (item.error.http_status, item.error.error.as_deref(), pattern);
    pattern.filter(|_| item.error.code.is_none()).map(sign).into_iter().collect()
}
