//! The terms of the glossary in texts.

use std::borrow::Cow;
use std::collections::HashSet;

use im_errors_spec::Locale;

use super::glossary::{Glossary, Node, Trie};
use super::scan::{Scan, literals};
use super::script::writes_han;
use super::words::stems;
use super::{Breach, Side};
use crate::diagnostic::rules;
use crate::message;

/// What is matched as one: a word of languages that set words apart, a character of others, a sign.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// In small letters.
    pub(super) text: Cow<'t, str>,
    is_word: bool,
}

/// No form holds it.
const GAP: &str = "\0";

/// Letters that words are made of; from Thai on, languages do not set words apart, or add endings
/// to them.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{e00}'
}

/// The tokens of a text. Spaces and hyphens only set words apart: `block list` is `block-list`.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        if length > 0 {
            tokens.push(Token { text: in_small_letters(&rest[..length]), is_word: true });
            rest = &rest[length..];
            // The 's of a genitive.
            let ending = rest.strip_prefix(['\'', '’']).and_then(|rest| rest.strip_prefix('s'));
            rest = ending.filter(|after| !after.starts_with(in_word)).unwrap_or(rest);
            continue;
        }
        if !c.is_whitespace() && c != '-' {
            tokens.push(Token { text: Cow::Borrowed(&rest[..c.len_utf8()]), is_word: false });
        }
        rest = &rest[c.len_utf8()..];
    }
    tokens
}

fn in_small_letters(text: &str) -> Cow<'_, str> {
    let is_small = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if is_small { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// The longest form that starts at one place of a text.
struct Found<'g> {
    start: usize,
    end: usize,
    node: &'g Node,
}

/// A word of a text.
pub(super) struct Word<'t> {
    pub(super) text: Cow<'t, str>,
    /// What it may be an inflected form of.
    pub(super) stems: Vec<String>,
}

/// The words of texts, with a gap after each text.
fn words<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<Word<'t>> {
    let mut all = Vec::new();
    for text in texts {
        all.extend(tokens(text).into_iter().map(|token| {
            let stems = if token.is_word && token.text.is_ascii() { stems(&token.text) } else { Vec::new() };
            Word { text: token.text, stems }
        }));
        all.push(Word { text: Cow::Borrowed(GAP), stems: Vec::new() });
    }
    all
}

/// Walks the forms that start at `start`, each with its end.
fn walk<'g>(trie: &'g Trie, words: &[Word<'_>], start: usize, mut each: impl FnMut(usize, &'g Node)) {
    let mut nodes: Vec<usize> = trie.next(Trie::ROOT, &words[start]).collect();
    for end in start + 1.. {
        nodes.sort_unstable();
        nodes.dedup();
        nodes.iter().for_each(|node| each(end, trie.get(*node)));
        let Some(word) = words.get(end).filter(|_| !nodes.is_empty()) else {
            return;
        };
        nodes = nodes.iter().flat_map(|node| trie.next(*node, word)).collect();
    }
}

/// The forms in a text, the longest first; what overlaps with a longer one is none.
fn forms<'g>(trie: &'g Trie, words: &[Word<'_>]) -> Vec<Found<'g>> {
    let mut found: Vec<Found<'g>> = Vec::new();
    for start in 0..words.len() {
        let mut longest: Option<Found<'g>> = None;
        walk(trie, words, start, |end, node| {
            let is_form = !node.accepted.is_empty() || !node.avoided.is_empty();
            // Of an inflected and a plain form of one length, the one that is accepted.
            let better = longest.as_ref().is_none_or(|best| end > best.end || best.node.accepted.is_empty());
            if is_form && better {
                longest = Some(Found { start, end, node });
            }
        });
        found.extend(longest);
    }
    found.sort_by_key(|form| (std::cmp::Reverse(form.end - form.start), form.start));
    let mut taken = vec![false; words.len()];
    found.retain(|form| {
        let free = !taken[form.start..form.end].contains(&true);
        if free {
            taken[form.start..form.end].fill(true);
        }
        free
    });
    found.sort_by_key(|form| form.start);
    found
}

/// Prose without what is quoted to the letter.
fn prose(scan: &Scan) -> impl Iterator<Item = &str> {
    scan.texts.iter().flat_map(|text| {
        let mut at = 0;
        let ends = literals(text).into_iter().chain(std::iter::once(text.len()..text.len()));
        ends.map(move |span| &text[std::mem::replace(&mut at, span.end)..span.start])
    })
}

/// The terms of the source for which the translation has another word.
pub(super) fn missing(source: &Side<'_>, target: &Side<'_>, glossary: &Glossary) -> Vec<Breach> {
    let (Some(from), Some(to)) = (glossary.trie(source.locale), glossary.trie(target.locale)) else {
        return Vec::new();
    };
    let in_source = words(prose(&source.scan));
    let said = said(to, &target.scan);
    let mut told = HashSet::new();
    let mut breaches = Vec::new();
    for form in forms(from, &in_source) {
        let mut preferred = form.node.accepted.iter().filter_map(|(term, form)| {
            glossary.preferred(*term, target.locale).map(|preferred| (*term, form, preferred))
        });
        let is_said = preferred.clone().any(|(term, ..)| said.contains(&term));
        let Some((term, form, preferred)) = preferred.next().filter(|_| !is_said) else {
            continue;
        };
        if told.insert(term) {
            let place = glossary.place(term);
            let message = message!(
                "does not say `{preferred}`, the glossary's word for `{form}` ({place})",
                preferred,
                form,
                place
            );
            breaches.push(Breach::new(&rules::MISSING_TERM, message));
        }
    }
    breaches
}

/// The terms of which a text has an accepted form, in code too.
fn said(trie: &Trie, scan: &Scan) -> HashSet<usize> {
    let codes = scan.codes.iter().map(|code| &code.text);
    let words = words(scan.texts.iter().chain(codes).map(String::as_str));
    let mut said = HashSet::new();
    for start in 0..words.len() {
        walk(trie, &words, start, |_, node| said.extend(node.accepted.iter().map(|(term, _)| *term)));
    }
    said
}

/// The words in a text that the glossary avoids. A Latin word that a Chinese `source` has too is a
/// name and no word of the translator's.
pub(super) fn avoided(side: &Side<'_>, source: Option<&Side<'_>>, glossary: &Glossary) -> Vec<Breach> {
    let names: HashSet<String> = source
        .filter(|source| writes_han(source.locale) && !writes_han(side.locale))
        .into_iter()
        .flat_map(|source| &source.scan.prose.words)
        .map(|word| word.text.to_lowercase())
        .collect();
    let Some(trie) = glossary.trie(side.locale) else {
        return Vec::new();
    };
    let words = words(prose(&side.scan));
    let mut told = HashSet::new();
    let mut breaches = Vec::new();
    // What is accepted for another term is no word to avoid.
    for found in forms(trie, &words).iter().filter(|form| form.node.accepted.is_empty()) {
        if words[found.start..found.end].iter().all(|word| names.contains(&*word.text)) {
            continue;
        }
        for (term, form) in &found.node.avoided {
            if told.insert((*term, form)) {
                breaches.push(avoid(*term, form, side.locale, glossary));
            }
        }
    }
    breaches
}

fn avoid(term: usize, form: &str, locale: &Locale, glossary: &Glossary) -> Breach {
    let place = glossary.place(term);
    let message = message!("says `{form}`, which the glossary avoids ({place})", form, place);
    let help = glossary.preferred(term, locale).map(|preferred| message!("write `{preferred}`", preferred));
    Breach { help, ..Breach::new(&rules::AVOIDED_TERM, message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_set_apart_by_spaces_hyphens_and_the_genitive() {
        let texts = |text| tokens(text).into_iter().map(|token| token.text).collect::<Vec<_>>();
        assert_eq!(
            texts("The user's block-list，群组ID"),
            ["the", "user", "block", "list", "，", "群", "组", "id"]
        );
        assert_eq!(texts("don't"), ["don", "'", "t"]);
    }
}
