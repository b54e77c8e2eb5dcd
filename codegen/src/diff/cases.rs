//! Which rows of two states of an error are one.

use std::collections::HashMap;

use im_errors_spec::{Case, Locale, Localized};

use crate::resolve::stamp;

/// What a row says, of the old side or of the new one.
type Sign<'s> = &'s dyn Fn(&Case, bool) -> String;

/// Pairs the rows by all that they say, then by the cause, by the remedy, and at last by their
/// order; the indices of both, where one has a partner. In the order of the new ones, then what is gone.
pub(super) fn paired(
    old: &[&Case],
    new: &[&Case],
    locales: &[(Locale, Locale)],
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut of_old: Vec<Option<usize>> = vec![None; old.len()];
    let mut of_new: Vec<Option<usize>> = vec![None; new.len()];
    let told = |texts: &Localized, is_old: bool| {
        let text = |(a, b): &(Locale, Locale)| {
            let text = texts.get(if is_old { a } else { b });
            text.map(|text| stamp(&text.text)).unwrap_or_default()
        };
        locales.iter().map(text).collect::<Vec<_>>().concat()
    };
    let signs: [Sign<'_>; 3] = [
        &|case, is_old| format!("{} {}", told(&case.cause, is_old), told(&case.remedy, is_old)),
        &|case, is_old| told(&case.cause, is_old),
        &|case, is_old| told(&case.remedy, is_old),
    ];
    // One row on either side is one row.
    let choice = old.len() > 1 || new.len() > 1;
    for sign in signs.iter().filter(|_| choice) {
        let mut free: HashMap<String, Vec<usize>> = HashMap::new();
        for j in (0..new.len()).rev().filter(|j| of_new[*j].is_none()) {
            free.entry(sign(new[j], false)).or_default().push(j);
        }
        for i in 0..old.len() {
            let said = sign(old[i], true);
            if of_old[i].is_some() || said.is_empty() {
                continue;
            }
            if let Some(j) = free.get_mut(&said).and_then(Vec::pop) {
                of_old[i] = Some(j);
                of_new[j] = Some(i);
            }
        }
    }
    let mut rest = (0..old.len()).filter(|i| of_old[*i].is_none()).collect::<Vec<_>>().into_iter();
    for partner in of_new.iter_mut().filter(|partner| partner.is_none()) {
        *partner = rest.next();
    }
    let there = of_new.into_iter().enumerate().map(|(j, i)| (i, Some(j)));
    there.chain(rest.map(|i| (Some(i), None))).collect()
}
