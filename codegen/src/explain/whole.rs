//! A query that is a key, a code, a name, a type, a status or a message, and nothing more.

use im_errors_match::{Message, Part, same};
use im_errors_spec::{ErrorDef, HttpStatus, Part as SpecPart, Pattern, Spec};

use super::{By, Match, Subject};

/// Texts longer than this have a message in them, if any.
pub(super) const LONGEST: usize = 1 << 14;

/// The texts in the holes of a message, by name.
pub(super) type Holes<'s> = Vec<(&'s str, String)>;

/// Every error of one catalog.
pub(super) fn of_catalog(spec: &Spec) -> Vec<Match<'_>> {
    let found = |error| Match { spec, subject: Subject::Error(error), by: By::Catalog, holes: Vec::new() };
    spec.errors.iter().map(found).collect()
}

/// What is exactly `query`, holes aside.
pub(super) fn find<'s>(specs: &[&'s Spec], query: &str) -> Vec<Match<'s>> {
    let query = Query::new(query);
    let mut found = Vec::new();
    for spec in specs {
        for error in &spec.errors {
            if let Some((order, by)) = query.is(error) {
                let holes = holes(error, query.message()).unwrap_or_default();
                found.push((order, Match { spec, subject: Subject::Error(error), by, holes }));
            }
        }
        for removed in &spec.removed {
            let number = removed.key.parse().ok();
            let by = if number.is_some() && number == query.number {
                By::Code
            } else if same(&removed.key, query.text) {
                By::Key
            } else if removed.aliases.iter().chain([&removed.name]).any(|name| query.is_name(name.as_str())) {
                By::Name
            } else {
                continue;
            };
            // What is still documented is likelier.
            let order = (by, 9);
            found.push((order, Match { spec, subject: Subject::Removed(removed), by, holes: Vec::new() }));
        }
    }
    // What one catalog was asked for by name or code is that, whatever else is called so.
    let is_asked = |found: &Match<'_>| found.by == By::Code || found.subject.is_named(query.text);
    if specs.len() == 1 && found.iter().any(|(_, found)| is_asked(found)) {
        found.retain(|(_, found)| is_asked(found) || found.subject.key() == query.text);
    }
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, found)| found).collect()
}

/// The errors of whose message the whole of `query` is an instance.
pub(super) fn with_holes<'s>(specs: &[&'s Spec], query: &str) -> Vec<Match<'s>> {
    let (query, key) = (Query::new(query), Key::parse(query));
    let mut found: Vec<(usize, Match<'s>)> = Vec::new();
    for (spec, error) in specs.iter().flat_map(|spec| spec.errors.iter().map(move |error| (spec, error))) {
        let by_key = key.as_ref().filter(|key| key.facts_fit(error));
        let by_key = by_key.and_then(|key| Some((By::Key, holes(error, key.message?)?)));
        let by_text = || Some((By::Message, holes(error, query.text)?));
        let Some((by, holes)) = by_key.or_else(by_text) else {
            continue;
        };
        if is_tight(error, &holes) {
            let literal = error.message.as_ref().map_or(0, literal_length);
            found.push((literal, Match { spec, subject: Subject::Error(error), by, holes }));
        }
    }
    // The most literal pattern says most.
    let most = found.iter().map(|(literal, _)| *literal).max().unwrap_or(0);
    found.sort_by_key(|(literal, found)| (found.by, most - literal));
    found.into_iter().map(|(_, found)| found).collect()
}

/// Whether a hole at the start of the message did not take the start of a log line too.
fn is_tight(error: &ErrorDef, holes: &Holes<'_>) -> bool {
    let first = error.message.as_ref().and_then(|message| message.parts().first());
    let leads = matches!(first, Some(SpecPart::Hole(_)));
    let took_start = leads && holes.first().is_some_and(|(_, text)| text.contains(char::is_whitespace));
    let took_lines = holes.iter().any(|(_, text)| text.contains('\n'));
    !took_start && !took_lines
}

fn literal_length(message: &Pattern) -> usize {
    let literals = message.parts().iter().map(|part| match part {
        SpecPart::Literal(text) => text.len(),
        SpecPart::Hole(_) => 0,
    });
    literals.sum()
}

/// What stands in the holes of the message of `error`, if `text` is an instance of it.
pub(super) fn holes<'s>(error: &'s ErrorDef, text: &str) -> Option<Holes<'s>> {
    let pattern = error.message.as_ref().filter(|_| text.len() <= LONGEST)?;
    if let Some(literal) = pattern.as_literal() {
        let is_same = same(literal, text) || printed(error, text);
        return is_same.then(Vec::new);
    }
    if same(&pattern.to_string(), text) {
        return Some(Vec::new());
    }
    let part = |part: &'s SpecPart| match part {
        SpecPart::Literal(text) => Part::Literal(text),
        SpecPart::Hole(name) => Part::Hole(name),
    };
    let parts: Vec<_> = pattern.parts().iter().map(part).collect();
    let names: Vec<_> = pattern.holes().collect();
    let mut texts = vec![""; names.len()];
    if Message::new(text).capture(&parts, &mut texts) {
        return Some(names.into_iter().zip(texts.into_iter().map(str::to_owned)).collect());
    }
    printed(error, text).then(Vec::new)
}

/// Whether a row of the vendor's page prints the message like this.
fn printed(error: &ErrorDef, text: &str) -> bool {
    error.cases.iter().any(|case| case.message.as_deref().is_some_and(|message| same(message, text)))
}

/// Whether two errors come with the same message, whatever their holes are called.
pub(super) fn same_message(a: &ErrorDef, b: &ErrorDef) -> bool {
    let (Some(a), Some(b)) = (&a.message, &b.message) else {
        return false;
    };
    if a.holes().count() != b.holes().count() {
        return false;
    }
    same(&nameless(a), &nameless(b))
}

fn nameless(message: &Pattern) -> String {
    let part = |part: &SpecPart| match part {
        SpecPart::Literal(text) => text.clone(),
        SpecPart::Hole(_) => "{}".to_owned(),
    };
    message.parts().iter().map(part).collect()
}

/// An integer, in digits of any width.
pub(super) fn integer(text: &str) -> Option<i64> {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '－' | '−' => '-',
        '＋' => '+',
        c => c,
    };
    /// As many as an `i64` has, and a sign.
    const MOST: usize = 20;
    let text = text.trim();
    if text.chars().nth(MOST).is_some() {
        return None;
    }
    text.chars().map(half).collect::<String>().parse().ok()
}

/// Letters and digits alone, small: names are found in any case, with any joints.
pub(super) fn joined(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// A query with what it can be.
struct Query<'q> {
    text: &'q str,
    number: Option<i64>,
    status: Option<HttpStatus>,
    key: Option<Key<'q>>,
    /// As names compare.
    name: String,
}

impl<'q> Query<'q> {
    fn new(text: &'q str) -> Self {
        let number = integer(text);
        let status = number.map_or_else(|| HttpStatus::parse(text), |n| HttpStatus::parse(&n.to_string()));
        let is_name = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | '\''));
        let name = if is_name { joined(text) } else { String::new() };
        Self { text, number, status, key: Key::parse(text), name }
    }

    /// What of it is a message.
    fn message(&self) -> &'q str {
        self.key.as_ref().and_then(|key| key.message).unwrap_or(self.text)
    }

    fn is_name(&self, name: &str) -> bool {
        !self.name.is_empty() && name.eq_ignore_ascii_case(&self.name)
    }

    /// By what it is `error`, with a number that puts the likelier first.
    fn is(&self, error: &ErrorDef) -> Option<((By, u8), By)> {
        let found = |by: By, order: u8| Some(((by, order), by));
        if error.code.is_some() && error.code == self.number {
            return found(By::Code, 0);
        }
        let documented = error.documented_messages().flatten().any(|message| same(&message, self.text));
        if documented || holes(error, self.text).is_some_and(|holes| holes.is_empty()) {
            return found(By::Message, 0);
        }
        if self.is_name(error.name.as_str()) {
            return found(By::Name, u8::from(error.name.as_str() != self.text));
        }
        if error.aliases.iter().any(|alias| self.is_name(alias.as_str())) {
            return found(By::Name, 2);
        }
        let says_more = error.code.is_none() && (error.error.is_some() || error.message.is_some());
        if says_more && same(&error.key(), self.text) {
            return found(By::Key, 0);
        }
        if let Some(key) = self.key.as_ref().filter(|key| key.facts_fit(error)) {
            match key.message {
                Some(text) if holes(error, text).is_some() => return found(By::Key, 1),
                None => return found(By::Type, 0),
                Some(_) => {}
            }
        }
        if error.error.as_ref().is_some_and(|error| same(error, self.text)) {
            return found(By::Type, 0);
        }
        let bare = error.code.is_none() && error.error.is_none() && error.message.is_none();
        match (error.http_status?, self.status?) {
            (a, b) if a == b => found(By::Status, u8::from(!bare)),
            (HttpStatus::Class(class), HttpStatus::Exact(status)) if status / 100 == u16::from(class) => {
                found(By::Status, 2)
            }
            _ => None,
        }
    }
}

/// `400/illegal_argument/Username is not legal.`
struct Key<'q> {
    status: Option<HttpStatus>,
    error: &'q str,
    /// With none, the key is of all messages.
    message: Option<&'q str>,
}

impl<'q> Key<'q> {
    fn parse(text: &'q str) -> Option<Self> {
        let mut pieces = text.splitn(3, '/');
        let status = pieces.next()?.trim();
        let error = pieces.next()?.trim();
        let message = pieces.next().map(str::trim).filter(|message| !message.is_empty());
        let status = match status {
            "" => None,
            status => Some(HttpStatus::parse(status)?),
        };
        (!error.is_empty() || message.is_some()).then_some(Self { status, error, message })
    }

    fn facts_fit(&self, error: &ErrorDef) -> bool {
        error.http_status == self.status && same(error.error.as_deref().unwrap_or_default(), self.error)
    }
}
