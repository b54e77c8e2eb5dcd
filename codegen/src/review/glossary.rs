//! `glossary.toml`: the words that texts use for the terms of the trade, per language.

use std::collections::{BTreeMap, HashMap, HashSet};

use im_errors_spec::tree::{self, At, Entry, Problems, Table, closest};
use im_errors_spec::{Locale, Problem, message};

use super::terms::{Word, tokens};
use crate::read::Lines;

/// A glossary; the default one has no terms.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    file: String,
    pub(super) terms: Vec<Term>,
    tries: BTreeMap<Locale, Trie>,
}

/// A term.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) id: String,
    /// Its line in the file.
    line: usize,
    /// Accepted forms by locale, the preferred one first.
    forms: BTreeMap<Locale, Vec<String>>,
    avoided: BTreeMap<Locale, Vec<String>>,
}

/// The forms of one language by their tokens.
#[derive(Debug, Clone)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

/// What the tokens up to here are.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    next: HashMap<String, usize>,
    /// Terms of which they are an accepted form, with the form.
    pub(super) accepted: Vec<(usize, String)>,
    /// Terms of which they are a form to avoid.
    pub(super) avoided: Vec<(usize, String)>,
}

impl Glossary {
    /// Reads the text of a glossary.toml; `file` is its name for people.
    ///
    /// # Errors
    /// Every problem found, each with its place.
    ///
    /// ```
    /// use im_errors_codegen::review::Glossary;
    /// let text = "[group]\nzh = [\"群组\"]\nen = \"group\"\navoid.zh = [\"群聊\"]";
    /// assert!(Glossary::parse("glossary.toml", text).is_ok());
    /// assert_eq!(Glossary::parse("glossary.toml", "[group]\nzh = 1").unwrap_err()[0].code, "wrong-kind");
    /// ```
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let document = tree::parse(text, &problems);
        let mut glossary = Self { file: file.to_owned(), ..Self::default() };
        if problems.is_empty() {
            let lines = Lines::new(text);
            for entry in document.root(&problems).entries() {
                let line = lines.line(entry.key_span().start);
                glossary.terms.extend(entry.table().and_then(|table| term(&entry, &table, line, &problems)));
            }
        }
        if !problems.is_empty() {
            return Err(problems.into_vec());
        }
        glossary.index();
        Ok(glossary)
    }

    fn index(&mut self) {
        for (i, term) in self.terms.iter().enumerate() {
            for (locale, forms) in &term.forms {
                let trie = self.tries.entry(locale.clone()).or_default();
                forms.iter().for_each(|form| trie.node(form).accepted.push((i, form.clone())));
            }
            for (locale, forms) in &term.avoided {
                let trie = self.tries.entry(locale.clone()).or_default();
                forms.iter().for_each(|form| trie.node(form).avoided.push((i, form.clone())));
            }
        }
    }

    /// Whether it has no terms.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The forms of a language; those of `en` serve `en-GB` too, but not those of one script another.
    pub(super) fn trie(&self, locale: &Locale) -> Option<&Trie> {
        most_special(&self.tries, locale)
    }

    /// The form of a term that is preferred in a language.
    pub(super) fn preferred(&self, term: usize, locale: &Locale) -> Option<&str> {
        most_special(&self.terms.get(term)?.forms, locale)?.first().map(String::as_str)
    }

    /// The term and where it stands, for people.
    pub(super) fn place(&self, term: usize) -> String {
        let term = &self.terms[term];
        format!("`{}`, {}:{}", term.id, self.file, term.line)
    }

    /// Whether `texts` are an accepted form and nothing else.
    pub(super) fn is_term(&self, locale: &Locale, texts: &[String]) -> bool {
        let ([text], Some(trie)) = (texts, self.trie(locale)) else {
            return false;
        };
        let mut node = Some(Trie::ROOT);
        for token in tokens(text) {
            node = node.and_then(|node| trie.nodes[node].next.get(&*token.text).copied());
        }
        node.is_some_and(|node| !trie.nodes[node].accepted.is_empty())
    }
}

/// The value of the locale or of the nearest one that it is a kind of.
fn most_special<'m, T>(map: &'m BTreeMap<Locale, T>, locale: &Locale) -> Option<&'m T> {
    let mut tag = locale.as_str();
    loop {
        if let Some(found) = Locale::new(tag).and_then(|locale| map.get(&locale)) {
            return Some(found);
        }
        let (rest, subtag) = tag.rsplit_once('-')?;
        let is_script = subtag.len() == 4 && subtag.starts_with(|c: char| c.is_ascii_alphabetic());
        tag = (!is_script).then_some(rest)?;
    }
}

impl Default for Trie {
    fn default() -> Self {
        Self { nodes: vec![Node::default()] }
    }
}

impl Trie {
    /// The node before any token.
    pub(super) const ROOT: usize = 0;

    /// The node of a form.
    fn node(&mut self, form: &str) -> &mut Node {
        let mut at = Self::ROOT;
        for token in tokens(form) {
            let new = self.nodes.len();
            let next = *self.nodes[at].next.entry(token.text.into_owned()).or_insert(new);
            if next == new {
                self.nodes.push(Node::default());
            }
            at = next;
        }
        &mut self.nodes[at]
    }

    pub(super) fn get(&self, at: usize) -> &Node {
        &self.nodes[at]
    }

    /// Where a word leads from the node `at`.
    pub(super) fn next<'t>(&'t self, at: usize, word: &'t Word<'_>) -> impl Iterator<Item = usize> + 't {
        let next = &self.nodes[at].next;
        let forms = word.stems.iter().map(String::as_str).chain([&*word.text]);
        forms.filter_map(move |form| next.get(form).copied())
    }
}

const AVOID: &str = "avoid";

fn term(entry: &Entry<'_, '_>, table: &Table<'_, '_>, line: usize, problems: &Problems) -> Option<Term> {
    let mut forms = BTreeMap::new();
    let mut avoided = BTreeMap::new();
    for item in table.entries() {
        if item.key() == AVOID {
            for item in item.table().map(|avoid| avoid.entries()).unwrap_or_default() {
                avoided.extend(forms_of(&item, problems));
            }
        } else {
            forms.extend(forms_of(&item, problems));
        }
    }
    // A form that is wrong has been reported.
    if table.entries().iter().all(|item| item.key() == AVOID) {
        let message = message!("`{term}` says no word to use", term = entry.key());
        problems.push(
            "bad-term",
            entry.key_span(),
            message,
            message!("give the accepted forms, as in `en = [\"group\"]`"),
        );
    }
    for (locale, avoided) in &avoided {
        let accepted: HashSet<&str> =
            forms.get(locale).into_iter().flatten().map(|form: &At<String>| form.value.as_str()).collect();
        for form in avoided.iter().filter(|form| accepted.contains(form.value.as_str())) {
            let message =
                message!("`{form}` is both accepted and avoided in `{locale}`", form = form.value, locale);
            problems.push("bad-term", form.span.clone(), message, message!("keep it in one of the two"));
        }
    }
    let plain = |forms: BTreeMap<Locale, Vec<At<String>>>| {
        let values = |(locale, forms): (_, Vec<At<String>>)| {
            (locale, forms.into_iter().map(|form| form.value).collect())
        };
        forms.into_iter().map(values).collect()
    };
    Some(Term { id: entry.key().to_owned(), line, forms: plain(forms), avoided: plain(avoided) })
}

/// The forms in the language that the key names.
fn forms_of(entry: &Entry<'_, '_>, problems: &Problems) -> Option<(Locale, Vec<At<String>>)> {
    let Some(locale) = Locale::new(entry.key()) else {
        let help = match closest(entry.key(), [AVOID]) {
            Some(near) => message!("did you mean `{near}`?", near),
            None => message!("write one such as `zh`, `en` or `pt-BR`"),
        };
        let message = message!("`{tag}` is no language tag", tag = entry.key());
        problems.push("bad-locale", entry.key_span(), message, help);
        return None;
    };
    let items = if entry.is_array() {
        entry.items()
    } else if entry.is_str() {
        vec![*entry]
    } else {
        entry.wrong_kind(&message!("a string or an array of strings"));
        return None;
    };
    let mut forms = Vec::new();
    for form in items.iter().filter_map(Entry::str) {
        if tokens(form.value).is_empty() {
            let help = message!("write the word, or leave it out");
            problems.push("empty-text", form.span, message!("the form is empty"), help);
            continue;
        }
        forms.push(At { value: form.value.trim().to_owned(), span: form.span });
    }
    if entry.is_array() && items.is_empty() {
        let help = message!("write one, or leave the key out");
        problems.push("empty-text", entry.span(), message!("no form is given"), help);
    }
    Some((locale, forms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_takes_the_forms_of_the_nearest_one() -> Result<(), Vec<Problem>> {
        let glossary = Glossary::parse("g.toml", "[a]\nen = \"color\"\nen-GB = \"colour\"\nzh = \"颜色\"")?;
        let preferred = |tag| Locale::new(tag).and_then(|locale| glossary.preferred(0, &locale));
        assert_eq!(preferred("en-GB-oxendict"), Some("colour"));
        assert_eq!(preferred("en-US"), Some("color"));
        assert_eq!(preferred("zh-CN"), Some("颜色"));
        assert_eq!(preferred("zh-Hant"), None);
        Ok(())
    }
}
