//! The writing of languages: what is left of the one that was translated.

use std::collections::HashSet;

use im_errors_spec::Locale;

use super::scan::{Scan, folded, quotes};
use super::words::{Shape, is_kept, shape};
use super::{Glossary, Side};
use crate::{Message, message};

/// How a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Han,
    /// Any other, with the blocks of Unicode that hold its letters.
    Other(&'static [(char, char)]),
}

const HAN: &[(char, char)] = &[
    ('々', '〇'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{20000}', '\u{3ffff}'),
];
const KANA: (char, char) = ('\u{3041}', '\u{30ff}');
const HANGUL: &[(char, char)] =
    &[('\u{1100}', '\u{11ff}'), ('\u{3130}', '\u{318f}'), ('\u{ac00}', '\u{d7af}')];
const CYRILLIC: &[(char, char)] = &[('\u{400}', '\u{52f}')];
const ARABIC: &[(char, char)] = &[('\u{600}', '\u{6ff}'), ('\u{750}', '\u{77f}'), ('\u{fb50}', '\u{fdff}')];
const HEBREW: &[(char, char)] = &[('\u{590}', '\u{5ff}')];
const GREEK: &[(char, char)] = &[('\u{370}', '\u{3ff}')];
const DEVANAGARI: &[(char, char)] = &[('\u{900}', '\u{97f}')];
const THAI: &[(char, char)] = &[('\u{e00}', '\u{e7f}')];

/// Languages, or scripts named in their tags, that are not written in Latin letters.
const SCRIPTS: [(&str, Script); 29] = [
    ("Hans", Script::Han),
    ("Hant", Script::Han),
    ("Hani", Script::Han),
    ("Jpan", Script::Han),
    ("Cyrl", Script::Other(CYRILLIC)),
    ("Arab", Script::Other(ARABIC)),
    ("Hang", Script::Other(HANGUL)),
    ("Kore", Script::Other(HANGUL)),
    ("zh", Script::Han),
    ("ja", Script::Han),
    ("yue", Script::Han),
    ("cmn", Script::Han),
    ("lzh", Script::Han),
    ("wuu", Script::Han),
    ("ko", Script::Other(HANGUL)),
    ("ru", Script::Other(CYRILLIC)),
    ("uk", Script::Other(CYRILLIC)),
    ("be", Script::Other(CYRILLIC)),
    ("bg", Script::Other(CYRILLIC)),
    ("mk", Script::Other(CYRILLIC)),
    ("kk", Script::Other(CYRILLIC)),
    ("mn", Script::Other(CYRILLIC)),
    ("ar", Script::Other(ARABIC)),
    ("fa", Script::Other(ARABIC)),
    ("ur", Script::Other(ARABIC)),
    ("he", Script::Other(HEBREW)),
    ("el", Script::Other(GREEK)),
    ("hi", Script::Other(DEVANAGARI)),
    ("th", Script::Other(THAI)),
];

/// English words that tell a sentence from a name of several words.
const FUNCTION_WORDS: &str = "a an and are as at be been by can cannot does for from has have if in into is \
    it its may must not of on or that the their this to was were when which will with you your";

/// More left-over runs than these are not shown.
const MOST_SHOWN: usize = 3;

fn language(locale: &Locale) -> &str {
    locale.as_str().split('-').next().unwrap_or_default()
}

/// A script named in the tag counts before the language's own.
fn script(locale: &Locale) -> Script {
    let of = |tag: &str| SCRIPTS.iter().find(|(known, _)| *known == tag).map(|(_, script)| *script);
    let named = locale
        .as_str()
        .split('-')
        .skip(1)
        .find(|subtag| subtag.len() == 4 && !subtag.starts_with(|c: char| c.is_ascii_digit()));
    match named {
        Some("Latn") => Script::Latin,
        Some(named) => of(named).or_else(|| of(language(locale))).unwrap_or(Script::Latin),
        None => of(language(locale)).unwrap_or(Script::Latin),
    }
}

pub(super) fn writes_han(locale: &Locale) -> bool {
    script(locale) == Script::Han
}

pub(super) fn is_english(locale: &Locale) -> bool {
    language(locale) == "en"
}

fn is_in(blocks: &[(char, char)], c: char) -> bool {
    blocks.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

pub(super) fn is_han(c: char) -> bool {
    is_in(HAN, c)
}

/// Punctuation that only Chinese and Japanese use.
fn is_han_punctuation(c: char) -> bool {
    matches!(c, '、' | '。' | '《'..='】' | '！' | '（' | '）' | '，' | '：' | '；' | '？' | '～')
}

/// What of `target` is left in the language of `source`, or in none at all.
pub(super) fn untranslated(source: &Side<'_>, target: &Side<'_>, glossary: &Glossary) -> Option<Message> {
    let texts = (&source.scan, &target.scan);
    match (script(source.locale), script(target.locale)) {
        (_, Script::Latin | Script::Other(_))
            if texts.1.texts.iter().any(|text| text.contains(is_foreign)) =>
        {
            if let Some(left) = left_over(texts.0, texts.1) {
                return Some(left);
            }
        }
        (_, Script::Han) => {
            if let Some(english) = english_run(texts.1) {
                return Some(message!("is half translated: {english}", english));
            }
        }
        _ => {}
    }
    if language(source.locale) == language(target.locale) {
        return None;
    }
    let own = match script(target.locale) {
        Script::Latin => None,
        Script::Han => {
            Some(texts.1.texts.iter().any(|text| text.contains(|c| is_han(c) || is_in(&[KANA], c))))
        }
        Script::Other(blocks) => Some(texts.1.texts.iter().any(|text| text.contains(|c| is_in(blocks, c)))),
    };
    let is_prose =
        || has_prose(texts.1) && has_prose(texts.0) && !glossary.is_term(target.locale, &texts.1.texts);
    match own {
        Some(false) if is_prose() => {
            Some(message!("is not translated: nothing of it is in `{locale}`", locale = target.locale))
        }
        _ if same(source, target) => Some(message!("is the source text, not translated")),
        _ => None,
    }
}

fn is_foreign(c: char) -> bool {
    is_han(c) || is_han_punctuation(c)
}

/// Han text, or else Chinese punctuation, outside of what the source has between quotation marks.
fn left_over(source: &Scan, target: &Scan) -> Option<Message> {
    let kept: HashSet<String> = source
        .texts
        .iter()
        .flat_map(|text| quotes(text).into_iter().map(|span| folded(&text[span])))
        .collect();
    let mut han = Vec::new();
    let mut punctuation = Vec::new();
    for text in &target.texts {
        let mut at = 0;
        let quoted = quotes(text).into_iter().filter(|span| kept.contains(&folded(&text[span.clone()])));
        for span in quoted.chain(std::iter::once(text.len()..text.len())) {
            let part = &text[at..span.start];
            han.extend(runs(part, is_han));
            punctuation.extend(runs(part, is_han_punctuation));
            at = span.end;
        }
    }
    let shown = |mut runs: Vec<&str>| {
        let mut seen = HashSet::new();
        runs.retain(|run| seen.insert(*run));
        let all: Vec<_> = runs.iter().take(MOST_SHOWN).map(|run| message!("`{run}`", run)).collect();
        if runs.len() > MOST_SHOWN { message!("{all} and more", all) } else { message!("{all}", all) }
    };
    if !han.is_empty() {
        return Some(message!("still has Chinese text: {text}", text = shown(han)));
    }
    (!punctuation.is_empty())
        .then(|| message!("still has Chinese punctuation: {marks}", marks = shown(punctuation)))
}

fn runs(text: &str, fits: fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !fits(c)).filter(|run| !run.is_empty())
}

/// A run of English prose.
fn english_run(scan: &Scan) -> Option<String> {
    const SHORTEST: usize = 3;
    let mut run: Vec<&str> = Vec::new();
    for word in &scan.prose.words {
        if !word.follows || word.quoted {
            if is_sentence(&run, SHORTEST) {
                break;
            }
            run.clear();
        }
        if !word.quoted {
            run.push(&word.text);
        }
    }
    is_sentence(&run, SHORTEST).then(|| format!("`{}`", run.join(" ")))
}

fn is_sentence(run: &[&str], shortest: usize) -> bool {
    run.len() >= shortest
        && run.iter().any(|word| FUNCTION_WORDS.split(' ').any(|function| function == *word))
}

/// Whether there are letters other than names.
fn has_prose(scan: &Scan) -> bool {
    let mut words = scan.prose.words.iter().filter(|word| !word.quoted);
    scan.has_han
        || words
            .any(|word| matches!(shape(&word.text), Shape::Lower | Shape::Capital) && !is_name(&word.text))
}

/// Words that stay as they are, and abbreviations.
fn is_name(word: &str) -> bool {
    is_kept(word) || !word.contains(|c: char| c.is_ascii_lowercase())
}

/// Whether both say the same to the letter, in more than one word.
fn same(source: &Side<'_>, target: &Side<'_>) -> bool {
    const MANY: usize = 5;
    if source.pieces != target.pieces {
        return false;
    }
    let words = source.scan.prose.words.iter().filter(|word| !word.quoted && !is_name(&word.text));
    let han = source.scan.texts.iter().flat_map(|text| text.chars()).filter(|c| is_han(*c)).count();
    words.count() > 1 || (han >= MANY && writes_han(target.locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_that_of_the_tag() {
        let of = |tag| Locale::new(tag).map(|locale| script(&locale));
        assert_eq!(of("zh-Hant-TW"), Some(Script::Han));
        assert_eq!(of("zh-Latn"), Some(Script::Latin));
        assert_eq!(of("sr-Cyrl"), Some(Script::Other(CYRILLIC)));
        assert_eq!(of("ko"), Some(Script::Other(HANGUL)));
        assert_eq!(of("pt-BR"), Some(Script::Latin));
        assert_eq!(of("de-1996"), Some(Script::Latin));
    }
}
