//! Inline text → the things in it that a translation keeps.

use std::ops::Range;

use super::numbers::{self, Number};
use super::script::is_han;
use crate::inline::{Inline, is_placeholder};

/// All that one text holds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Code spans.
    pub(super) codes: Vec<Code>,
    /// Targets of links, addresses in the text among them.
    pub(super) links: Vec<String>,
    /// The holes, words and numbers of prose.
    pub(super) prose: Atoms,
    /// What is quoted to the letter: several Latin words, folded.
    pub(super) quotes: Vec<String>,
    /// The prose itself, by piece.
    pub(super) texts: Vec<String>,
    /// Whether its prose has Chinese characters.
    pub(super) has_han: bool,
}

/// A code span with what is in it.
#[derive(Debug)]
pub(super) struct Code {
    pub(super) text: String,
    pub(super) atoms: Atoms,
}

/// What stands in a run of text.
#[derive(Debug, Default)]
pub(super) struct Atoms {
    /// `{username}`, `<username>`, `%s`.
    pub(super) placeholders: Vec<String>,
    pub(super) numbers: Vec<Number>,
    pub(super) words: Vec<Word>,
    /// What its Chinese numerals may stand for.
    pub(super) numerals: Vec<String>,
}

/// A word in Latin letters.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) text: String,
    /// It is part of a quoted message.
    pub(super) quoted: bool,
    /// Nothing but a space is between it and the word before.
    pub(super) follows: bool,
}

/// Names in braces and tags are short; what is longer is something else.
const LONGEST_PLACEHOLDER: usize = 64;

impl Scan {
    pub(super) fn new(pieces: &[Inline]) -> Self {
        let mut scan = Self::default();
        scan.add(pieces);
        scan
    }

    /// All its prose and code as quotations are compared.
    pub(super) fn folded(&self) -> String {
        let codes = self.codes.iter().map(|code| &code.text);
        let all: Vec<_> = self.texts.iter().chain(codes).map(|text| folded(text)).collect();
        all.join("\n")
    }

    fn add(&mut self, pieces: &[Inline]) {
        for piece in pieces {
            match piece {
                Inline::Text(text) => {
                    let text: String = text.chars().map(narrow).collect();
                    self.text(&text);
                    self.has_han |= text.contains(is_han);
                    self.texts.push(text);
                }
                Inline::Code(code) => {
                    let mut atoms = Atoms::default();
                    atoms.read(code, &[]);
                    self.codes.push(Code { text: code.clone(), atoms });
                }
                Inline::Link { text, href } => {
                    self.links.push(address(href));
                    self.add(text);
                }
                Inline::Break => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        let links = links(text);
        self.links.extend(links.iter().map(|span| address(&text[span.clone()])));
        let quoted = literals(text);
        self.quotes.extend(quoted.iter().map(|span| folded(&text[span.clone()])));
        let mut at = 0;
        for span in links {
            self.prose.read(&text[at..span.start], &within(&quoted, at, span.start));
            at = span.end;
        }
        self.prose.read(&text[at..], &within(&quoted, at, text.len()));
    }
}

/// The parts of `spans` in a part of the text, counted from its start.
fn within(spans: &[Range<usize>], start: usize, end: usize) -> Vec<Range<usize>> {
    let first = spans.partition_point(|span| span.end <= start);
    let inside = spans[first..].iter().take_while(|span| span.start < end);
    inside.map(|span| span.start.saturating_sub(start)..span.end.min(end) - start).collect()
}

/// Letters and digits as wide as a Chinese character, and signs that numbers and holes are made of.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '％' | '｛' | '｝' | '＿' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        '\u{2212}' => '-',
        c => c,
    }
}

/// A link's target, told from others whether it is written out or percent-encoded, an address of
/// mail with `mailto:` or without.
fn address(href: &str) -> String {
    let href = href.strip_prefix("mailto:").unwrap_or(href);
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (byte, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| href.to_owned())
}

/// Addresses of the web and of mail in `text`, in order.
fn links(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find([':', '@']) {
        let sign = at + next;
        let span = if text.as_bytes()[sign] == b'@' { mail(text, at, sign) } else { web(text, at, sign) };
        at = span.as_ref().map_or(sign + 1, |span| span.end);
        found.extend(span);
    }
    found
}

fn web(text: &str, from: usize, colon: usize) -> Option<Range<usize>> {
    let before = &text[from..colon];
    let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
    let rest = text[colon..].strip_prefix("://")?;
    let inside = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>' | '(' | ')');
    let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
    let target = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    (!target.is_empty()).then(|| colon - scheme.len()..colon + "://".len() + target.len())
}

fn mail(text: &str, from: usize, sign: usize) -> Option<Range<usize>> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    let name = &text[from..sign];
    let start =
        name.rfind(|c| !inside(c)).map_or(0, |i| i + name[i..].chars().next().map_or(1, char::len_utf8));
    let rest = &text[sign + 1..];
    let host =
        rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(rest.len());
    let host = rest[..host].trim_end_matches(['.', '-']);
    (start < name.len() && host.contains('.')).then(|| from + start..sign + 1 + host.len())
}

/// What stands between quotation marks, in order, not what is quoted within it.
pub(super) fn quotes(text: &str) -> Vec<Range<usize>> {
    const MARKS: [(char, char); 7] =
        [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('"', '"'), ('«', '»'), ('„', '“')];
    let mut found = Vec::new();
    // Closing marks that are not in the rest of the text are looked for once only.
    let mut gone = [false; MARKS.len()];
    let mut at = 0;
    while let Some((next, mark)) = text[at..].char_indices().find(|(_, c)| MARKS.iter().any(|(o, _)| o == c))
    {
        let start = at + next + mark.len_utf8();
        at = start;
        let Some(kind) = MARKS.iter().position(|(open, _)| *open == mark).filter(|kind| !gone[*kind]) else {
            continue;
        };
        match text[start..].find(MARKS[kind].1) {
            Some(length) => {
                found.push(start..start + length);
                at = start + length + MARKS[kind].1.len_utf8();
            }
            None => gone[kind] = true,
        }
    }
    found
}

/// The quotations in `text` that are to be kept to the letter.
pub(super) fn literals(text: &str) -> Vec<Range<usize>> {
    let mut spans = quotes(text);
    spans.retain(|span| is_literal(&text[span.clone()]));
    spans
}

/// Whether a quotation is a message in English, to be kept to the letter.
fn is_literal(quoted: &str) -> bool {
    let words = quoted.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.bytes().any(|b| b.is_ascii_alphabetic())).take(2).count() == 2
        && quoted.contains(' ')
        && !quoted.contains(is_han)
}

/// A quotation as it is compared.
pub(super) fn folded(text: &str) -> String {
    let plain = |c| match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        c => c,
    };
    let words: Vec<String> = text.split_whitespace().map(|word| word.chars().map(plain).collect()).collect();
    words.join(" ").trim_end_matches(['.', ',']).to_owned()
}

impl Atoms {
    /// Reads a run of text; `quoted` are the parts of it that are quoted.
    fn read(&mut self, text: &str, quoted: &[Range<usize>]) {
        let mut quoted = quoted.iter().peekable();
        let mut at = 0;
        let mut before = ' ';
        // Where the last word ended.
        let mut word_end = None;
        while let Some(c) = text[at..].chars().next() {
            while quoted.next_if(|span| span.end <= at).is_some() {}
            let in_quote = quoted.peek().is_some_and(|span| span.contains(&at));
            let rest = &text[at..];
            if let Some(placeholder) = placeholder(rest, before) {
                self.placeholders.push(placeholder.to_owned());
                at += placeholder.len();
                before = '}';
                continue;
            }
            // The number of a version.
            let figures = rest.strip_prefix(['v', 'V']).unwrap_or(rest);
            if figures.starts_with(|c: char| c.is_ascii_digit()) {
                let negative = text[..at].ends_with('-') && !text[..at - 1].ends_with(joins);
                if let Some((number, length)) = numbers::read(figures, negative) {
                    self.numbers.push(number);
                    at += rest.len() - figures.len() + length;
                    before = '0';
                    continue;
                }
            }
            if c.is_ascii_alphanumeric() || c == '_' {
                let length = word(rest);
                let follows =
                    word_end.is_some_and(|end: usize| text[end..at].chars().all(|c| c == ' ') && end < at);
                self.word(&rest[..length], in_quote, follows);
                at += length;
                word_end = Some(at);
                before = 'a';
                continue;
            }
            let numeral = numbers::of_han(rest);
            at += numeral.as_ref().map_or(c.len_utf8(), |(_, length)| *length);
            self.numerals.extend(numeral.into_iter().flat_map(|(values, _)| values));
            before = c;
        }
    }

    fn word(&mut self, text: &str, quoted: bool, follows: bool) {
        let is_one = |text: &str| !text.contains('.') || is_path(text);
        let whole = text.trim_end_matches('.');
        if is_one(whole) {
            self.words.push(Word { text: whole.to_owned(), quoted, follows });
            return;
        }
        for (i, part) in whole.split('.').filter(|part| !part.is_empty()).enumerate() {
            self.words.push(Word { text: part.to_owned(), quoted, follows: follows && i == 0 });
        }
    }
}

fn joins(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | ')' | '}')
}

/// Whether words with periods between them are one name, `javax.ws.rs.Response` or `config.json`,
/// and not the end of one sentence and the start of the next, or `e.g`.
fn is_path(text: &str) -> bool {
    let mut parts = text.split('.');
    let long = parts.clone().all(|part| part.len() > 1);
    let small = parts.next_back().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_lowercase()));
    long && (small || parts.count() > 1)
}

/// The length of the word at the start, with periods inside of names.
fn word(text: &str) -> usize {
    let letters =
        |text: &str| text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    let mut length = letters(text);
    while let Some(rest) = text[length..].strip_prefix('.') {
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            break;
        }
        length += 1 + letters(rest);
    }
    length
}

/// The placeholder at the start of `text`.
fn placeholder(text: &str, before: char) -> Option<&str> {
    let cut = |close: char| {
        let mut chars = text.char_indices().take(LONGEST_PLACEHOLDER);
        chars.find(|(_, c)| *c == close).map(|(end, _)| &text[..end + 1])
    };
    match text.as_bytes()[0] {
        b'{' => cut('}').filter(|found| {
            let name = &found[1..found.len() - 1];
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        }),
        b'<' => cut('>').filter(|found| is_placeholder(found)),
        b'%' if !before.is_ascii_digit() => {
            let rest = &text[1..];
            let position = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
            let position = if rest[position..].starts_with('$') { position + 1 } else { 0 };
            let kind = &rest[position..];
            let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
            (kind.starts_with(['s', 'd', '@']) && ends(&kind[1..])).then(|| &text[..position + 2])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inline::from_markdown;

    fn scan(text: &str) -> Scan {
        Scan::new(&from_markdown(text, &|_| None).pieces)
    }

    fn words(text: &str) -> Vec<String> {
        scan(text).prose.words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_names_with_their_periods_and_underscores() {
        assert_eq!(
            words("javax.ws.rs.Response 和 app_key，e.g. done.See a.b"),
            ["javax.ws.rs.Response", "app_key", "e", "g", "done", "See", "a", "b"]
        );
        assert_eq!(words("IPv4 与 3DES、UTF-8"), ["IPv4", "3DES", "UTF"]);
    }

    #[test]
    fn addresses_are_one_thing_however_they_are_written() {
        let links = |text| scan(text).links;
        assert_eq!(links("[a](mailto:a%40b.io)"), ["a@b.io"]);
        assert_eq!(
            links("联系 a@b.io。见https://x.io/a?b=1，或 (http://y.io)."),
            ["a@b.io", "https://x.io/a?b=1", "http://y.io"]
        );
        assert_eq!(links("12:00 a @ b :// https://"), [""; 0]);
        assert_eq!(scan("[x](./a#%E7%BE%A4)").links, ["./a#群"]);
    }

    #[test]
    fn placeholders_are_found_where_they_are_none_of_the_prose() {
        let holes = |text| scan(text).prose.placeholders;
        assert_eq!(
            holes("{username} 在 {群组} 中，<groupId>、%s、%1$d"),
            ["{username}", "{群组}", "<groupId>", "%s", "%1$d"]
        );
        assert_eq!(holes("{ a: 1 } 50%d {} 100%"), [""; 0]);
    }

    #[test]
    fn signs_belong_to_numbers_only_where_nothing_stands_before() {
        let numbers = |text| scan(text).prose.numbers.into_iter().map(|n| n.shown).collect::<Vec<_>>();
        assert_eq!(numbers("返回 -1，1-5、2018-02-09"), ["-1", "1", "5", "2018", "02", "09"]);
        assert_eq!(numbers("５００ 条、１．５ 秒"), ["500", "1.5"]);
    }

    #[test]
    fn messages_are_quoted_to_the_letter() {
        assert_eq!(
            scan("“client_id does not match” 与“Token”和「群组 full」").quotes,
            ["client_id does not match"]
        );
        assert_eq!(scan("““““ \" “").quotes, [""; 0]);
    }
}
