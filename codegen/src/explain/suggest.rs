//! What a query that means nothing may have been meant to be.

use im_errors_spec::Spec;
use im_errors_spec::tree::closest;

use super::{find, whole};

/// Queries near `query` that find something, the nearest first.
pub(super) fn suggest(specs: &[Spec], query: &str) -> Vec<String> {
    /// More are a list, no answer.
    const MOST: usize = 3;
    /// Longer ones are no slip of the hand.
    const LONGEST: usize = 200;
    if query.len() > LONGEST {
        return Vec::new();
    }
    let (scope, word) = scope(specs, query);
    if let Some(scope) = scope {
        // Right but for its catalog.
        let elsewhere = specs.iter().filter(|spec| !find(&[spec], word).is_empty());
        let mut elsewhere: Vec<_> = elsewhere.map(|spec| spec.catalog.as_str()).collect();
        if let Some(near) = closest(scope, elsewhere.iter().copied()) {
            elsewhere.sort_by_key(|id| *id != near);
        }
        if !elsewhere.is_empty() {
            return elsewhere.into_iter().take(MOST).map(|id| format!("{id}:{word}")).collect();
        }
    }
    let spec = scope.and_then(|scope| specs.iter().find(|spec| spec.catalog.eq_ignore_ascii_case(scope)));
    let among = specs.iter().filter(|candidate| spec.is_none_or(|spec| spec.catalog == candidate.catalog));
    let mut candidates = Vec::new();
    for candidate in among {
        candidates.extend(words(candidate, whole::integer(word).is_some()));
    }
    candidates.sort();
    candidates.dedup();
    let word = folded(word);
    let mut near = Vec::new();
    while near.len() < MOST {
        let Some(found) = closest(&word, candidates.iter().map(|(folded, _)| folded.as_str())) else {
            break;
        };
        let Some(at) = candidates.iter().position(|(folded, _)| folded == found) else {
            break;
        };
        let (_, shown) = candidates.remove(at);
        let prefix = spec.map(|spec| format!("{}:", spec.catalog)).unwrap_or_default();
        let shown = prefix + &shown;
        if !near.contains(&shown) {
            near.push(shown);
        }
    }
    near
}

/// What stands before a colon, if it is near the id of a catalog, and what stands behind it.
fn scope<'q>(specs: &[Spec], query: &'q str) -> (Option<&'q str>, &'q str) {
    let Some((scope, rest)) = query.split_once([':', '：']) else {
        return (None, query);
    };
    let near = closest(scope, specs.iter().map(|spec| spec.catalog.as_str()));
    match rest.trim() {
        rest if near.is_some() && !rest.is_empty() => (Some(scope), rest),
        _ => (None, query),
    }
}

/// All that errors of a catalog are found by: as it compares, and as it is shown.
fn words(spec: &Spec, numbers: bool) -> Vec<(String, String)> {
    let mut words = Vec::new();
    if !numbers {
        words.push((folded(&spec.catalog), spec.catalog.clone()));
    }
    for error in &spec.errors {
        if numbers {
            let number = error.code.map(|code| code.to_string());
            let status = error.http_status.map(|status| status.to_string());
            words.extend(number.into_iter().chain(status).map(|number| (number.clone(), number)));
            continue;
        }
        words.push((folded(error.name.as_str()), error.name.as_str().to_owned()));
        words.extend(error.error.as_ref().map(|error| (folded(error), error.clone())));
        words.extend(
            error.message.as_ref().map(|message| (folded(&message.to_string()), message.to_string())),
        );
    }
    words
}

/// Names, types and messages compare without case and joints.
fn folded(text: &str) -> String {
    let small = whole::joined(text);
    if small.is_empty() { text.to_lowercase() } else { small }
}
