//! gettext PO files.
//!
//! One entry per text, known by its `msgctxt`; the reference is the row of the vendor's page. A
//! stale translation is fuzzy and has the text it translates as its previous msgid. An orphaned
//! one is obsolete.

use std::fmt::Write;
use std::ops::Range;

use super::{Done, Entry, State, Survey, Unit, malformed};
use crate::{Diagnostic, message};

/// The file, with all catalogs in the order given.
#[must_use]
pub fn print(surveys: &[Survey]) -> String {
    let language = surveys.first().map(|survey| survey.locale.as_str().replace('-', "_"));
    let mut out = format!(
        "msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: im-errors\\n\"\n\"Language: {}\\n\"\n\
         \"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\
         \"Content-Transfer-Encoding: 8bit\\n\"\n",
        language.unwrap_or_default()
    );
    let entries = || surveys.iter().flat_map(|s| s.translated().map(move |entry| (s, entry)));
    for (survey, entry) in entries().filter(|(_, entry)| entry.state != State::Orphaned) {
        print_entry(&mut out, survey, entry);
    }
    // Obsolete entries stand at the end of a PO file.
    for (_, entry) in entries().filter(|(_, entry)| entry.state == State::Orphaned) {
        let key = entry.key.to_string();
        let source = entry.source.as_ref().unwrap_or(&key);
        let text = entry.text.as_deref().unwrap_or_default();
        line(&mut out, "\n#~ msgctxt ", &key);
        line(&mut out, "#~ msgid ", source);
        line(&mut out, "#~ msgstr ", text);
    }
    out
}

fn print_entry(out: &mut String, survey: &Survey, entry: &Entry) {
    out.push('\n');
    comment(out, &entry.vendor_key);
    if let Some(message) = &entry.message {
        comment(out, message);
    }
    if let Some(row) = survey.row(entry) {
        // The marks keep a path with spaces in one piece.
        let spaced = row.contains(char::is_whitespace);
        let (open, close) = if spaced { ("\u{2068}", "\u{2069}") } else { ("", "") };
        push(out, format_args!("#: {open}{row}{close}\n"));
    }
    if matches!(entry.state, State::Stale | State::Unstamped) {
        out.push_str("#, fuzzy\n");
    }
    let key = entry.key.to_string();
    if let Some(was) = &entry.was {
        line(out, "#| msgctxt ", &key);
        line(out, "#| msgid ", was);
    }
    line(out, "msgctxt ", &key);
    line(out, "msgid ", entry.source.as_deref().unwrap_or_default());
    line(out, "msgstr ", entry.text.as_deref().unwrap_or_default());
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // `String`'s `Write` never returns an error.
    let _ = out.write_fmt(text);
}

fn comment(out: &mut String, text: &str) {
    let text = text.replace(char::is_control, " ");
    push(out, format_args!("#. {}\n", text.trim()));
}

fn line(out: &mut String, keyword: &str, text: &str) {
    push(out, format_args!("{keyword}\""));
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_ascii_control() => push(out, format_args!("\\{:03o}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push_str("\"\n");
}

/// Reads a PO file. Obsolete entries are left out: what is not there cannot be translated.
///
/// # Errors
/// The first line that is no PO.
pub fn parse(text: &str) -> Result<Vec<Unit>, Diagnostic> {
    let mut reader = Reader::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.trim_end().len();
        at += line.len();
        reader.line(line.trim(), span)?;
    }
    reader.flush()?;
    let Reader { units, language, .. } = reader;
    Ok(units.into_iter().map(|unit| Unit { locale: language.clone(), ..unit }).collect())
}

/// A string of an entry, with where it starts.
type Part = Option<(String, Range<usize>)>;

#[derive(Default)]
struct Reader {
    units: Vec<Unit>,
    language: Option<String>,
    fuzzy: bool,
    context: Part,
    id: Part,
    text: Part,
    /// The part that a line with nothing but a string belongs to.
    open: Open,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Open {
    #[default]
    Nothing,
    Context,
    Id,
    Text,
}

impl Reader {
    fn line(&mut self, line: &str, span: Range<usize>) -> Result<(), Diagnostic> {
        if line.is_empty() {
            return Ok(());
        }
        if let Some(comment) = line.strip_prefix('#') {
            if self.text.is_some() {
                self.flush()?;
            }
            if let Some(flags) = comment.strip_prefix(',') {
                self.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
            }
            return Ok(());
        }
        if line.starts_with('"') {
            let more = string(line, &span)?;
            let part = match self.open {
                Open::Context => &mut self.context,
                Open::Id => &mut self.id,
                Open::Text => &mut self.text,
                Open::Nothing => return Err(malformed(span, message!("this string belongs to no entry"))),
            };
            if let Some((text, _)) = part {
                text.push_str(&more);
            }
            return Ok(());
        }
        let (keyword, quoted) = line.split_at(line.find([' ', '\t', '"']).unwrap_or(line.len()));
        if matches!(keyword, "msgctxt" | "msgid") && self.text.is_some() {
            self.flush()?;
        }
        let (part, open) = match keyword {
            "msgctxt" => (&mut self.context, Open::Context),
            "msgid" => (&mut self.id, Open::Id),
            "msgstr" => (&mut self.text, Open::Text),
            "msgid_plural" | "msgstr[0]" | "msgstr[1]" => {
                return Err(malformed(span, message!("no text of an error has a plural")));
            }
            _ => return Err(malformed(span, message!("this is no line of a PO file"))),
        };
        if part.is_some() {
            return Err(malformed(span, message!("the entry has a second {keyword}", keyword)));
        }
        *part = Some((string(quoted.trim_start(), &span)?, span));
        self.open = open;
        Ok(())
    }

    /// Ends the entry.
    fn flush(&mut self) -> Result<(), Diagnostic> {
        let needs_work = std::mem::take(&mut self.fuzzy);
        self.open = Open::Nothing;
        let (context, id, text) = (self.context.take(), self.id.take(), self.text.take());
        match (context, id, text) {
            (None, None, None) => Ok(()),
            (None, Some((id, _)), Some((text, _))) if id.is_empty() => {
                let fields = text.lines().filter_map(|line| line.split_once(':'));
                let language = fields.filter(|(name, _)| name.trim() == "Language").map(|(_, value)| value);
                let mut language = language.map(|value| value.trim().replace('_', "-"));
                self.language = language.find(|value| !value.is_empty());
                Ok(())
            }
            (context, Some((source, span)), Some((text, _))) => {
                let (key, span) = context.unwrap_or((String::new(), span));
                let done = if needs_work { Done::No } else { Done::Yes };
                self.units.push(Unit { key, span, locale: None, source, text, done });
                Ok(())
            }
            (Some((_, span)), None, _) | (None, None, Some((_, span))) => {
                Err(malformed(span, message!("the entry has no msgid")))
            }
            (_, Some((_, span)), None) => Err(malformed(span, message!("the entry has no msgstr"))),
        }
    }
}

/// The text of a quoted string that is all of `line`.
fn string(line: &str, span: &Range<usize>) -> Result<String, Diagnostic> {
    let fail = || malformed(span.clone(), message!("the string is not closed, or something follows it"));
    let inner = line.strip_prefix('"').ok_or_else(fail)?;
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if chars.peek().is_none() => return Ok(out),
            '"' => break,
            '\\' => {
                let Some(c) = chars.next() else {
                    break;
                };
                let escaped = match c {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'a' => '\u{7}',
                    'b' => '\u{8}',
                    'v' => '\u{b}',
                    'f' => '\u{c}',
                    '0'..='7' => {
                        let mut code = c.to_digit(8).unwrap_or(0);
                        for _ in 0..2 {
                            let Some(digit) = chars.peek().and_then(|c| c.to_digit(8)) else {
                                break;
                            };
                            code = code * 8 + digit;
                            chars.next();
                        }
                        // Beyond ASCII it would be a byte of a character.
                        char::from_u32(code).filter(char::is_ascii).ok_or_else(fail)?
                    }
                    '"' | '\\' | '\'' | '?' => c,
                    _ => {
                        return Err(malformed(
                            span.clone(),
                            message!("`{escape}` is no escape of PO", escape = format!("\\{c}")),
                        ));
                    }
                };
                out.push(escaped);
            }
            c => out.push(c),
        }
    }
    Err(fail())
}
