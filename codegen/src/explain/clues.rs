//! What a line of a log or a response body says of the error in it.

use std::collections::BTreeSet;

use im_errors_match::fold;
use im_errors_spec::{ErrorDef, HttpStatus, Spec};
use serde_json::{Deserializer, Map, Value};

use super::whole::{self, Holes};
use super::{By, Match, Subject, inside};

/// All that a text says, of whatever error.
#[derive(Debug, Default)]
pub(super) struct Clues<'q> {
    codes: BTreeSet<i64>,
    statuses: BTreeSet<HttpStatus>,
    /// As they compare.
    types: BTreeSet<String>,
    /// What is a message as a whole.
    messages: Vec<String>,
    names: BTreeSet<&'q str>,
    /// What has messages somewhere in it.
    text: &'q str,
    has_body: bool,
}

/// What `text` says, with the JSON bodies in it.
pub(super) fn of(text: &str) -> Clues<'_> {
    let mut clues = Clues { text, ..Clues::default() };
    clues.read_bodies(text, 0);
    // Logged as a string of another body, or by a shell.
    if text.contains("{\\\"") {
        clues.read_bodies(&text.replace("\\\"", "\""), 0);
    }
    clues.read_words();
    clues
}

impl Clues<'_> {
    /// Whether there is a JSON body in the text.
    pub(super) fn has_body(&self) -> bool {
        self.has_body
    }

    fn read_bodies(&mut self, text: &str, depth: usize) {
        /// Bodies in bodies, as loggers nest them.
        const DEEPEST: usize = 4;
        /// More are no log line.
        const MOST: usize = 64;
        let mut at = 0;
        for _ in 0..MOST {
            let Some(found) = text[at..].find('{') else {
                return;
            };
            let start = at + found;
            let mut values = Deserializer::from_str(&text[start..]).into_iter::<Value>();
            match values.next() {
                Some(Ok(Value::Object(fields))) => {
                    if depth < DEEPEST {
                        self.read_fields(&fields, depth);
                    }
                    at = start + values.byte_offset();
                }
                _ => at = start + 1,
            }
        }
    }

    /// Reads `{"error": …, "error_description": …}`, `{"error": {"code": …, "message": …}}` and the
    /// like.
    fn read_fields(&mut self, fields: &Map<String, Value>, depth: usize) {
        self.has_body = true;
        for (name, value) in fields {
            let name = whole::joined(name);
            match value {
                Value::Object(inner) => self.read_fields(inner, depth + 1),
                Value::Array(items) => {
                    for inner in items.iter().filter_map(Value::as_object) {
                        self.read_fields(inner, depth + 1);
                    }
                }
                Value::Number(number) => {
                    if let Some(number) = number.as_i64() {
                        self.read_number(&name, number);
                    }
                }
                Value::String(text) => self.read_string(&name, text, depth),
                Value::Null | Value::Bool(_) => {}
            }
        }
    }

    fn read_string(&mut self, name: &str, text: &str, depth: usize) {
        if text.trim().is_empty() {
            return;
        }
        if let Some(number) = whole::integer(text) {
            return self.read_number(name, number);
        }
        if TYPE_KEYS.contains(&name) {
            self.types.insert(folded(text));
        }
        if TYPE_KEYS.contains(&name) || MESSAGE_KEYS.contains(&name) {
            self.messages.push(text.to_owned());
        }
        if text.contains('{') {
            self.read_bodies(text, depth + 1);
        }
    }

    fn read_number(&mut self, name: &str, number: i64) {
        let status = HttpStatus::parse(&number.to_string());
        if STATUS_KEYS.contains(&name) {
            self.statuses.extend(status);
        } else if CODE_KEYS.contains(&name) {
            self.codes.insert(number);
            // Many servers repeat the status there.
            self.statuses.extend(status);
        }
    }

    /// Reads codes, statuses, types and names that stand in the text by themselves.
    fn read_words(&mut self) {
        /// So many digits are hardly anything else than a code.
        const PLAIN_CODE: usize = 5;
        let text = self.text;
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || ('０'..='９').contains(&c);
        let mut at = 0;
        while let Some(found) = text[at..].find(is_word) {
            let start = at + found;
            let length = text[start..].find(|c| !is_word(c)).unwrap_or(text.len() - start);
            let word = &text[start..start + length];
            at = start + length;
            match whole::integer(word) {
                Some(number) => {
                    let (before, number) = signed(&text[..start], number);
                    let name = key_before(before);
                    if ends_in(&name, &STATUS_KEYS) || ends_in(&name, &["http", "http1", "http11", "http2"]) {
                        self.statuses.extend(HttpStatus::parse(word));
                    } else if ends_in(&name, &CODE_KEYS) || word.chars().count() >= PLAIN_CODE {
                        self.codes.insert(number);
                        self.statuses.extend(HttpStatus::parse(word));
                    }
                }
                None if word.contains('_') || ends_in(&key_before(&text[..start]), &TYPE_KEYS) => {
                    self.types.insert(folded(word));
                }
                // One capital alone is the start of a sentence.
                None if word.bytes().filter(u8::is_ascii_uppercase).count() > 1 => {
                    self.names.insert(word);
                }
                None => {}
            }
        }
    }

    fn has_type(&self, documented: Option<&str>) -> bool {
        documented.is_some_and(|documented| self.types.contains(&folded(documented)))
    }

    fn has_status(&self, documented: Option<HttpStatus>) -> bool {
        documented.is_some_and(|documented| {
            self.statuses.iter().any(|found| match (documented, *found) {
                (HttpStatus::Class(class), HttpStatus::Exact(status)) => status / 100 == u16::from(class),
                (documented, found) => documented == found,
            })
        })
    }
}

/// The fields of bodies and the words of logs before which a code stands, joined and small.
const CODE_KEYS: [&str; 6] = ["code", "errorcode", "errcode", "errno", "错误码", "错误代码"];
const STATUS_KEYS: [&str; 5] = ["status", "statuscode", "httpstatus", "httpcode", "状态码"];
const TYPE_KEYS: [&str; 3] = ["error", "type", "errortype"];
const MESSAGE_KEYS: [&str; 9] = [
    "errordescription",
    "errormessage",
    "errormsg",
    "errmsg",
    "message",
    "msg",
    "exception",
    "description",
    "reason",
];

fn folded(text: &str) -> String {
    fold(text).map(|one| one.char).collect()
}

fn ends_in(name: &str, keys: &[&str]) -> bool {
    keys.iter().any(|key| name.ends_with(key))
}

/// The number with the sign before it, and what is before that.
fn signed(before: &str, number: i64) -> (&str, i64) {
    match before.strip_suffix('-') {
        Some(rest) if !rest.ends_with(|c: char| c.is_alphanumeric()) => (rest, -number),
        _ => (before, number),
    }
}

/// The word before a value, as in `code=`, `"code": "` and `错误码：`, joined and small.
fn key_before(before: &str) -> String {
    /// Longer than any key and what stands between.
    const MOST_CHARS: usize = 24;
    let is_joint = |c: char| c.is_whitespace() || "\"'\\=:：([#".contains(c);
    let mut name: Vec<char> = before.trim_end_matches(is_joint).chars().rev().take(MOST_CHARS).collect();
    // `status code` and `HTTP/1.1` are of two pieces.
    let is_inside = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '/' | '.');
    let length = name.iter().take_while(|c| is_inside(c)).count();
    name.truncate(length);
    name.reverse();
    name.into_iter().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The errors of which the clues speak most surely: by code, else by message, else by name, else by
/// type, else by status; of those the ones that the other clues speak of too.
pub(super) fn find<'s>(specs: &[&'s Spec], clues: &Clues<'_>) -> Vec<Match<'s>> {
    let mut inside = inside::messages(specs, clues.text);
    let mut found: Vec<(usize, Match<'s>)> = Vec::new();
    let is_named = |error: &ErrorDef| {
        error.aliases.iter().chain([&error.name]).any(|name| clues.names.contains(name.as_str()))
    };
    for spec in specs {
        for error in &spec.errors {
            let holes = whole_message(error, &clues.messages).or_else(|| inside.take(spec, error));
            let has_code = error.code.is_some_and(|code| clues.codes.contains(&code));
            let has_type = clues.has_type(error.error.as_deref());
            let has_status = clues.has_status(error.http_status);
            let facts = [
                (has_code, By::Code),
                (holes.is_some(), By::Message),
                (is_named(error), By::Name),
                (has_type, By::Type),
                (has_status, By::Status),
            ];
            let Some((_, by)) = facts.iter().find(|(is, _)| *is) else {
                continue;
            };
            // What says only its status is likelier than what says more and other things.
            let is_bare = error.error.is_none() && error.message.is_none();
            let bonus = usize::from(*by == By::Status && is_bare);
            let agreeing = facts.iter().filter(|(is, _)| *is).count() + bonus;
            let holes = holes.unwrap_or_default();
            found.push((agreeing, Match { spec, subject: Subject::Error(error), by: *by, holes }));
        }
        for removed in &spec.removed {
            let code = removed.key.parse().ok();
            if code.is_some_and(|code: i64| clues.codes.contains(&code)) {
                let subject = Subject::Removed(removed);
                found.push((1, Match { spec, subject, by: By::Code, holes: Vec::new() }));
            }
        }
    }
    let surest = found.iter().map(|(_, found)| found.by).min();
    found.retain(|(_, found)| Some(found.by) == surest);
    let most = found.iter().map(|(agreeing, _)| *agreeing).max().unwrap_or(0);
    found.into_iter().filter(|(agreeing, _)| *agreeing == most).map(|(_, found)| found).collect()
}

fn whole_message<'s>(error: &'s ErrorDef, messages: &[String]) -> Option<Holes<'s>> {
    messages.iter().find_map(|message| whole::holes(error, message))
}
