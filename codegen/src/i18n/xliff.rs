//! XLIFF 1.2, the version that translators' tools read best.
//!
//! One `file` per catalog and one `trans-unit` per text. A stale translation needs review and has
//! the text it translates in an `alt-trans`; what is orphaned has no place here.

use std::fmt::Write;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Done, Entry, State, Survey, Unit, malformed};
use crate::xml::is_xml;
use crate::{Diagnostic, Message, message};

/// The file, with all catalogs in the order given.
#[must_use]
pub fn print(surveys: &[Survey]) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n"
        .to_owned();
    for survey in surveys {
        let (original, source, target) = (attribute(&survey.catalog), &survey.source_locale, &survey.locale);
        push(
            &mut out,
            format_args!(
                "  <file original=\"{original}\" source-language=\"{source}\" target-language=\"{target}\" datatype=\"plaintext\">\n    <body>\n"
            ),
        );
        let there = survey.translated().filter(|entry| entry.state != State::Orphaned);
        there.for_each(|entry| unit(&mut out, survey, entry));
        out.push_str("    </body>\n  </file>\n");
    }
    out.push_str("</xliff>\n");
    out
}

fn unit(out: &mut String, survey: &Survey, entry: &Entry) {
    let id = attribute(&entry.key.to_string());
    let (approved, state) = match entry.state {
        State::Current => (" approved=\"yes\"", "translated"),
        _ => ("", NEEDS_REVIEW),
    };
    push(
        out,
        format_args!("      <trans-unit id=\"{id}\" resname=\"{id}\"{approved} xml:space=\"preserve\">\n"),
    );
    let source = content(entry.source.as_deref().unwrap_or_default());
    push(out, format_args!("        <source>{source}</source>\n"));
    if let Some(text) = &entry.text {
        push(out, format_args!("        <target state=\"{state}\">{}</target>\n", content(text)));
    }
    if let Some(row) = &entry.row {
        let file = content(&format!("{}/{}", survey.folder, row.file));
        push(
            out,
            format_args!(
                "        <context-group purpose=\"location\">\n          \
             <context context-type=\"sourcefile\">{file}</context>\n          \
             <context context-type=\"linenumber\">{}</context>\n        </context-group>\n",
                row.line
            ),
        );
    }
    for note in std::iter::once(&entry.vendor_key).chain(&entry.message) {
        push(out, format_args!("        <note from=\"developer\">{}</note>\n", content(note)));
    }
    if let (Some(was), Some(text)) = (&entry.was, &entry.text) {
        push(
            out,
            format_args!(
                "        <alt-trans alttranstype=\"previous-version\">\n          \
             <source>{}</source>\n          <target>{}</target>\n        </alt-trans>\n",
                content(was),
                content(text)
            ),
        );
    }
    out.push_str("      </trans-unit>\n");
}

const NEEDS_REVIEW: &str = "needs-review-translation";

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // `String`'s `Write` never returns an error.
    let _ = out.write_fmt(text);
}

/// The value of an attribute; what XML cannot hold is left out.
fn attribute(text: &str) -> String {
    escape(text.replace(|c| !is_xml(c), "")).into_owned()
}

/// The text of an element. What XML cannot hold is an empty element, named after the character.
fn content(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Written out, they would be folded.
            '\n' | '\r' | '\t' => push(&mut out, format_args!("&#{};", u32::from(c))),
            c if is_xml(c) => out.push(c),
            c => push(&mut out, format_args!("<x id=\"u{:04X}\"/>", u32::from(c))),
        }
    }
    out
}

/// Reads an XLIFF 1.2 file.
///
/// # Errors
/// The first mistake in its form.
pub fn parse(text: &str) -> Result<Vec<Unit>, Diagnostic> {
    let mut xml = Reader::from_str(text);
    let mut state = Parse::default();
    loop {
        let start = position(xml.buffer_position(), text);
        let event = xml.read_event();
        let span = start..position(xml.buffer_position(), text).max(start);
        match event {
            Err(error) => {
                let at = position(xml.error_position(), text);
                return Err(malformed(at..at, no_xml(&error)));
            }
            Ok(Event::Eof) => break,
            Ok(event) => state.event(event, span)?,
        }
    }
    if let Some((name, span)) = state.open.pop() {
        return Err(malformed(span, message!("`{name}` is not closed", name)));
    }
    if !state.is_xliff {
        return Err(malformed(0..0, message!("this is no XLIFF file")));
    }
    Ok(state.units)
}

/// An offset that is safe to cut the text at.
fn position(at: u64, text: &str) -> usize {
    let mut at = usize::try_from(at).map_or(text.len(), |at| at.min(text.len()));
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[derive(Default)]
struct Parse {
    units: Vec<Unit>,
    is_xliff: bool,
    /// The elements that are open.
    open: Vec<(String, Range<usize>)>,
    target_language: Option<String>,
    unit: Option<Unit>,
    /// How many elements are open where the text of the unit is read, and whether it is the target.
    reading: Option<(usize, bool)>,
}

impl Parse {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Diagnostic> {
        match event {
            Event::Start(element) => {
                self.start(&element, &span)?;
                self.open.push((name(&element), span));
                Ok(())
            }
            Event::Empty(element) => {
                let depth = self.open.len();
                self.start(&element, &span)?;
                if self.reading == Some((depth, true)) || self.reading == Some((depth, false)) {
                    self.reading = None;
                }
                if name(&element) == UNIT {
                    self.end_unit(&span)?;
                }
                Ok(())
            }
            Event::End(_) => {
                self.open.pop();
                self.reading = self.reading.filter(|(depth, _)| *depth < self.open.len());
                if self.unit.is_some() && !self.open.iter().any(|(name, _)| name == UNIT) {
                    self.end_unit(&span)?;
                }
                Ok(())
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|error| malformed(span.clone(), no_xml(&error)))?;
                self.add(&text);
                Ok(())
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|error| malformed(span.clone(), no_xml(&error)))?;
                self.add(&text);
                Ok(())
            }
            Event::GeneralRef(reference) => {
                let c = referred(&reference)
                    .ok_or_else(|| malformed(span, message!("this entity is not known in XLIFF")))?;
                self.add(c.encode_utf8(&mut [0; 4]));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, span: &Range<usize>) -> Result<(), Diagnostic> {
        let attribute = |name: &str| attribute_of(element, name, span);
        let inside = self.open.last().map(|(name, _)| name.as_str());
        match (name(element).as_str(), inside) {
            ("xliff", None) => {
                let version = attribute("version")?.unwrap_or_default();
                if !version.starts_with("1.") {
                    let message = message!("this is XLIFF {version}", version);
                    return Err(
                        malformed(span.clone(), message).with_help(message!("export it as XLIFF 1.2"))
                    );
                }
                self.is_xliff = true;
            }
            ("file", _) => self.target_language = attribute("target-language")?,
            (UNIT, _) => {
                if self.unit.is_some() {
                    return Err(malformed(span.clone(), message!("a `trans-unit` lies in another one")));
                }
                let id = attribute("id")?.unwrap_or_default();
                let key = attribute("resname")?.filter(|_| super::Key::parse(&id).is_none());
                self.unit = Some(Unit {
                    key: key.unwrap_or(id),
                    span: span.clone(),
                    locale: self.target_language.clone(),
                    source: String::new(),
                    text: String::new(),
                    done: Done::Yes,
                });
            }
            ("source", Some(UNIT)) => self.reading = Some((self.open.len(), false)),
            ("target", Some(UNIT)) => {
                let state = attribute("state")?;
                let open = state.is_some_and(|state| state.starts_with("needs-") || state == "new");
                if let Some(unit) = self.unit.as_mut().filter(|_| open) {
                    unit.done = Done::No;
                }
                self.reading = Some((self.open.len(), true));
            }
            ("x", _) => {
                let id = attribute("id")?.unwrap_or_default();
                let code = id.strip_prefix('u').and_then(|code| u32::from_str_radix(code, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.add(c.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, text: &str) {
        if let (Some((_, target)), Some(unit)) = (self.reading, &mut self.unit) {
            if target { &mut unit.text } else { &mut unit.source }.push_str(text);
        }
    }

    fn end_unit(&mut self, span: &Range<usize>) -> Result<(), Diagnostic> {
        self.reading = None;
        let unit =
            self.unit.take().ok_or_else(|| malformed(span.clone(), message!("no `trans-unit` ends here")))?;
        self.units.push(unit);
        Ok(())
    }
}

const UNIT: &str = "trans-unit";

fn name(element: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(element.local_name().as_ref()).into_owned()
}

fn attribute_of(
    element: &BytesStart<'_>,
    name: &str,
    span: &Range<usize>,
) -> Result<Option<String>, Diagnostic> {
    let fail = |error: &dyn std::fmt::Display| malformed(span.clone(), no_xml(error));
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| fail(&error))?;
        if attribute.key.as_ref() == name.as_bytes() {
            let value = std::str::from_utf8(&attribute.value).map_err(|error| fail(&error))?;
            let value = quick_xml::escape::unescape(value).map_err(|error| fail(&error))?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

/// The character that a reference stands for.
fn referred(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match &**reference {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        _ => None,
    }
}

fn no_xml(error: &dyn std::fmt::Display) -> Message {
    message!("this is no XML: {error}", error = error.to_string())
}
