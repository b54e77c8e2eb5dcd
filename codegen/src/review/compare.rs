//! What a text holds that its translation lacks, and the other way round.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::Side;
use super::numbers::{Number, of_word};
use super::scan::{Atoms, Code, Scan, Word};
use super::script::{is_english, writes_han};
use super::words::{Shape, is_ordinary, parts, shape, stems};
use crate::{Message, message};

/// Something that a reader may copy.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Fact<'s> {
    Code(&'s str),
    Link(&'s str),
    Number(&'s str),
    Placeholder(&'s str),
    Quote(&'s str),
    Name(&'s str),
}

impl Fact<'_> {
    fn message(&self) -> Message {
        match *self {
            Self::Code(text) => message!("the code `{text}`", text),
            Self::Link(target) => message!("the link to {target}", target),
            Self::Number(number) => message!("the number {number}", number),
            Self::Placeholder(hole) => message!("the placeholder {hole}", hole),
            Self::Quote(text) => message!("the quotation \"{text}\"", text),
            Self::Name(name) => message!("the name `{name}`", name),
        }
    }
}

/// As many quotations are looked for between other marks or none.
const MOST_SEARCHED: usize = 32;

/// Which of two texts is asked what it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Source,
    Target,
}

/// Says what `target` lacks and adds; `None` where they hold the same.
pub(super) fn compare(source: &Side<'_>, target: &Side<'_>) -> Option<Message> {
    let has = (Held::new(&source.scan), Held::new(&target.scan));
    let lacks = beyond(source, Role::Source, target, &has.1);
    let adds = beyond(target, Role::Target, source, &has.0);
    match (list(&lacks), list(&adds)) {
        (Some(lacks), Some(adds)) => Some(message!("lacks {lacks}, and adds {adds}", lacks, adds)),
        (Some(lacks), None) => Some(message!("lacks {lacks}", lacks)),
        (None, Some(adds)) => Some(message!("adds {adds}", adds)),
        (None, None) => None,
    }
}

fn list(facts: &[Fact<'_>]) -> Option<Message> {
    let facts: Vec<_> = facts.iter().map(Fact::message).collect();
    match facts.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [one, other] => Some(message!("{one} and {other}", one, other)),
        [most @ .., last] => Some(message!("{most}, and {last}", most, last)),
    }
}

/// What `side` holds and the other does not.
fn beyond<'s>(side: &'s Side<'_>, role: Role, other: &Side<'_>, has: &Held<'_>) -> Vec<Fact<'s>> {
    let scan = &side.scan;
    let mut facts = Vec::new();
    // To mark as code what the source has without marks is no breach.
    let codes =
        scan.codes.iter().filter(|code| !(has.code(code) || role == Role::Target && has.all(&code.atoms)));
    facts.extend(codes.map(|code| Fact::Code(&code.text)));
    let links = scan.links.iter().filter(|link| !has.links.contains(link.as_str()));
    facts.extend(links.map(|link| Fact::Link(link)));
    let holes = scan.prose.placeholders.iter().filter(|hole| !has.placeholders.contains(hole.as_str()));
    facts.extend(holes.map(|hole| Fact::Placeholder(hole)));
    let numbers = scan.prose.numbers.iter().filter(|number| !has.number(number));
    facts.extend(numbers.map(|number| Fact::Number(&number.shown)));
    if writes_han(side.locale) {
        let quotes: Vec<_> = scan
            .quotes
            .iter()
            .filter(|quote| !has.quotes.contains(quote.as_str()))
            .take(MOST_SEARCHED)
            .collect();
        let text = if quotes.is_empty() { String::new() } else { other.scan.folded() };
        let quotes = quotes.into_iter().filter(|quote| !text.contains(quote.as_str()));
        facts.extend(quotes.map(|quote| Fact::Quote(quote)));
    }
    let words = &scan.prose.words;
    let names =
        (0..words.len()).filter(|i| is_lost(&words[*i], side, role, other, has) && !has.joined(words, *i));
    facts.extend(names.map(|i| Fact::Name(&words[i].text)));
    let mut seen = HashSet::new();
    facts.retain(|fact| seen.insert(fact.message().to_string()));
    facts
}

/// Whether a word should be in the other text and is not.
fn is_lost(word: &Word, side: &Side<'_>, role: Role, other: &Side<'_>, has: &Held<'_>) -> bool {
    let text = word.text.as_str();
    // In Chinese text, Latin letters are names; in English text only what looks like one is.
    let among_han = writes_han(side.locale) && side.scan.has_han;
    if word.quoted || is_ordinary(text) {
        return false;
    }
    match shape(text) {
        Shape::Identifier => !has.exact.contains(text),
        Shape::Lower => among_han && !has.word(text),
        Shape::Pascal => among_han && !has.word(text),
        // Chinese takes these from English; other languages translate them.
        Shape::Capital => among_han && role == Role::Source && is_english(other.locale) && !has.word(text),
        Shape::Letter => false,
    }
}

/// What a text holds, to look things up in.
struct Held<'s> {
    codes: HashSet<&'s str>,
    links: HashSet<&'s str>,
    placeholders: HashSet<&'s str>,
    quotes: HashSet<&'s str>,
    /// Words as they stand, also those in code.
    exact: HashSet<&'s str>,
    /// Words in whatever form, as far as they were asked for.
    loose: OnceCell<HashSet<String>>,
    scan: &'s Scan,
    /// Every number with the units it has.
    numbers: HashMap<&'s str, HashSet<Option<&'static str>>>,
    /// Numbers that are spelled out.
    numerals: HashSet<&'s str>,
}

impl<'s> Held<'s> {
    fn new(scan: &'s Scan) -> Self {
        let mut held = Self {
            codes: scan.codes.iter().map(|code| code.text.as_str()).collect(),
            links: scan.links.iter().map(String::as_str).collect(),
            placeholders: HashSet::new(),
            quotes: scan.quotes.iter().map(String::as_str).collect(),
            exact: HashSet::new(),
            loose: OnceCell::new(),
            scan,
            numbers: HashMap::new(),
            numerals: HashSet::new(),
        };
        held.add(&scan.prose);
        scan.codes.iter().for_each(|code| held.add(&code.atoms));
        held
    }

    fn add(&mut self, atoms: &'s Atoms) {
        self.placeholders.extend(atoms.placeholders.iter().map(String::as_str));
        self.numerals.extend(atoms.numerals.iter().map(String::as_str));
        for number in &atoms.numbers {
            for reading in number.readings.iter().chain(&number.parts) {
                self.numbers.entry(reading).or_default().insert(number.unit);
            }
        }
        for word in words(atoms) {
            self.exact.insert(word);
            self.numerals.extend(of_word(word));
        }
    }

    /// Words in small letters, their stems, the parts of names, and neighbours joined.
    fn loose(&self) -> &HashSet<String> {
        self.loose.get_or_init(|| {
            let codes = self.scan.codes.iter().map(|code| &code.atoms);
            let mut loose = HashSet::new();
            for atoms in codes.chain([&self.scan.prose]) {
                for word in words(atoms) {
                    let small = word.to_ascii_lowercase();
                    loose.extend(stems(&small));
                    loose.insert(small);
                    loose.extend(parts(word));
                }
                let pairs = atoms.words.windows(2);
                loose.extend(pairs.map(|pair| joined(&pair[0], &pair[1])));
            }
            loose
        })
    }

    fn code(&self, code: &Code) -> bool {
        self.codes.contains(code.text.as_str())
    }

    /// Whether every word and number of these is there.
    fn all(&self, atoms: &Atoms) -> bool {
        let something = atoms.words.len() + atoms.numbers.len() + atoms.placeholders.len() > 0;
        something
            && atoms.words.iter().all(|word| self.exact.contains(word.text.as_str()))
            && atoms.numbers.iter().all(|number| self.number(number))
            && atoms.placeholders.iter().all(|hole| self.placeholders.contains(hole.as_str()))
    }

    fn number(&self, number: &Number) -> bool {
        let same = number.readings.iter().filter_map(|reading| self.numbers.get(reading.as_str()));
        let mut units = same.flatten().peekable();
        if units.peek().is_some() {
            // A unit may be written out: only two different ones disagree.
            return number.unit.is_none() || units.any(|unit| unit.is_none() || *unit == number.unit);
        }
        let has = |part: &String| self.numbers.contains_key(part.as_str());
        (!number.parts.is_empty() && number.parts.iter().all(has))
            || number.readings.iter().any(|reading| self.numerals.contains(reading.as_str()))
    }

    /// Whether `App Key` is there as `AppKey`; identifiers are never joined.
    fn joined(&self, words: &[Word], at: usize) -> bool {
        let pair = |first: usize| {
            let pair = words.get(first..first + 2)?;
            let plain = pair.iter().all(|word| shape(&word.text) != Shape::Identifier);
            plain.then(|| joined(&pair[0], &pair[1]))
        };
        let pairs = [at.checked_sub(1).and_then(pair), pair(at)];
        pairs.into_iter().flatten().any(|pair| self.loose().contains(&pair))
    }

    /// Whether a word is there in whatever case and form.
    fn word(&self, word: &str) -> bool {
        let lower = word.to_ascii_lowercase();
        self.loose().contains(&lower) || parts(word).iter().all(|part| self.loose().contains(part))
    }
}

/// The words of a run of text, those in its holes too.
fn words(atoms: &Atoms) -> impl Iterator<Item = &str> {
    let holes = atoms.placeholders.iter().map(|hole| hole.trim_matches(['{', '}', '<', '>']));
    atoms.words.iter().map(|word| word.text.as_str()).chain(holes)
}

fn joined(word: &Word, next: &Word) -> String {
    format!("{}{}", word.text, next.text).to_ascii_lowercase()
}
