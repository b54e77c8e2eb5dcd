//! Changing translations in the text of their file, which keeps its bytes everywhere else.

use std::collections::HashMap;
use std::ops::Range;

use im_errors_spec::quoted;
use im_errors_spec::tree::{self, Problems};

use crate::resolve::translations::Translation;
use crate::resolve::{Field, Translations};

/// A translation as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// The error's name.
    pub(super) error: String,
    /// Which of its texts.
    pub(super) field: Field,
    /// The text, where it is another one.
    pub(super) text: Option<String>,
    /// The stamp of the text it translates.
    pub(super) of: String,
}

/// The text of `file` with the changes made, new translations in the order of `errors`. `None`
/// where the file is written in a way that leaves no place for them.
pub(super) fn apply(file: &Translations, text: &str, errors: &[&str], changes: &[Change]) -> Option<String> {
    // Places in another text would cut it anywhere.
    if Translations::parse(file.locale.clone(), &file.file, text).ok()? != *file {
        return None;
    }
    let mut text = text.to_owned();
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let there: HashMap<(&str, Field), &Translation> =
        file.items.iter().map(|item| ((item.error.as_str(), item.field), item)).collect();
    let (old, new): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| there.contains_key(&(change.error.as_str(), change.field)));
    if !new.is_empty() && !text.is_empty() && !text.ends_with('\n') {
        text.push_str(newline);
    }
    let mut edits: Vec<Edit> = Vec::new();
    for change in old {
        edits.extend(replaced(there[&(change.error.as_str(), change.field)], change, &text));
    }
    let sheet = Sheet::read(&text, file, newline);
    edits.extend(sheet.inserted(errors, new)?);
    // Insertions at one place stay in the order in which they were made.
    edits.sort_by_key(|edit| (edit.0.start, edit.0.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, with) in edits {
        out.push_str(text.get(at..span.start)?);
        out.push_str(&with);
        at = span.end;
    }
    out.push_str(text.get(at..)?);
    is_as_wanted(file, changes, &out).then_some(out)
}

type Edit = (Range<usize>, String);

fn replaced(item: &Translation, change: &Change, text: &str) -> Vec<Edit> {
    let old = || text.get(item.text_span.clone()).unwrap_or_default().to_owned();
    let value = change.text.as_ref().map_or_else(old, |text| quoted(text));
    let of = quoted(&change.of);
    let text_span = item.text_span.clone();
    match &item.of_span {
        Some(of_span) => vec![(text_span, value), (of_span.clone(), of)],
        None if item.value_span == item.text_span => {
            vec![(text_span, format!("{{ text = {value}, of = {of} }}"))]
        }
        None => vec![(text_span, format!("{value}, of = {of}"))],
    }
}

/// Whether the file reads as it did, but for the changes.
fn is_as_wanted(file: &Translations, changes: &[Change], out: &str) -> bool {
    let Ok(found) = Translations::parse(file.locale.clone(), &file.file, out) else {
        return false;
    };
    let all = |items: &[Translation]| -> HashMap<(String, Field), (String, Option<String>)> {
        let item =
            |item: &Translation| ((item.error.clone(), item.field), (item.text.clone(), item.of.clone()));
        items.iter().map(item).collect()
    };
    let mut wanted = all(&file.items);
    for Change { error, field, text, of } in changes {
        let entry = wanted.entry((error.clone(), *field)).or_default();
        entry.1 = Some(of.clone());
        entry.0 = text.clone().unwrap_or_else(|| std::mem::take(&mut entry.0));
    }
    all(&found.items) == wanted
}

/// How an error is written in the file.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Below a header of its own.
    Header,
    /// `Name.summary = …`
    Dotted,
    /// `Name = { summary = … }`
    Inline,
}

struct Section<'t> {
    error: String,
    form: Form,
    /// Where its first line starts.
    start: usize,
    /// Where its header ends.
    header_end: usize,
    /// Where its last text ends.
    end: usize,
    /// Where the next one starts.
    limit: usize,
    /// By field.
    items: Vec<&'t Translation>,
}

/// The file by errors.
struct Sheet<'t> {
    text: &'t str,
    newline: &'t str,
    sections: Vec<Section<'t>>,
}

impl<'t> Sheet<'t> {
    fn read(text: &'t str, file: &'t Translations, newline: &'t str) -> Self {
        let problems = Problems::default();
        let document = tree::parse(text, &problems);
        let mut items: HashMap<&str, Vec<&Translation>> = HashMap::new();
        for item in &file.items {
            items.entry(item.error.as_str()).or_default().push(item);
        }
        let mut sections: Vec<Section<'_>> = Vec::new();
        for entry in document.root(&problems).entries() {
            let key = entry.key_span();
            let start = line_start(text, key.start);
            let before = text[start..key.start].trim();
            let after = text[key.end..].trim_start();
            let form = match (before, after) {
                ("[", _) => Form::Header,
                (_, after) if after.starts_with('.') => Form::Dotted,
                _ => Form::Inline,
            };
            let mut items = items.remove(entry.key()).unwrap_or_default();
            let header_end = line_end(text, key.end);
            let end = items.iter().map(|item| line_end(text, item.value_span.end)).max();
            items.sort_by_key(|item| rank(item.field));
            if let Some(last) = sections.last_mut() {
                last.limit = start;
            }
            let (error, limit) = (entry.key().to_owned(), text.len());
            let end = end.unwrap_or(header_end);
            sections.push(Section { error, form, start, header_end, end, limit, items });
        }
        for section in &mut sections {
            section.end = comments_end(text, section.end, section.limit);
        }
        Self { text, newline, sections }
    }

    /// What is to be written for translations that are not there yet.
    fn inserted(&self, errors: &[&str], changes: Vec<&Change>) -> Option<Vec<Edit>> {
        let mut by_error: HashMap<&str, Vec<&Change>> = HashMap::new();
        for change in changes {
            by_error.entry(change.error.as_str()).or_default().push(change);
        }
        let sections: HashMap<&str, usize> =
            self.sections.iter().enumerate().map(|(i, section)| (section.error.as_str(), i)).collect();
        let mut edits = Vec::new();
        // The section above, in the order of the errors.
        let mut above: Option<usize> = None;
        let first = errors.iter().find_map(|error| sections.get(error)).map(|i| &self.sections[*i]);
        for error in errors {
            let here = sections.get(error).copied();
            let mut changes = by_error.remove(error).unwrap_or_default();
            changes.sort_by_key(|change| rank(change.field));
            match here {
                Some(i) => {
                    for change in &changes {
                        edits.push(self.field(&self.sections[i], change)?);
                    }
                }
                None if changes.is_empty() => {}
                None => edits.push(self.section(error, &changes, above.map(|i| &self.sections[i]), first)?),
            }
            above = here.or(above);
        }
        by_error.is_empty().then_some(edits)
    }

    /// A further text of an error that is in the file.
    fn field(&self, section: &Section<'_>, change: &Change) -> Option<Edit> {
        let Change { field, .. } = change;
        let value = value(change)?;
        if let Some(span) = self.placeholder(section, *field) {
            return Some((span, format!("{field} = {value}")));
        }
        let before = section.items.iter().rev().find(|item| rank(item.field) < rank(*field));
        let after = section.items.iter().find(|item| rank(item.field) > rank(*field));
        if section.form == Form::Inline {
            return match (before, after) {
                (Some(item), _) => Some((at(item.value_span.end), format!(", {field} = {value}"))),
                (None, Some(item)) => Some((at(item.field_span.start), format!("{field} = {value}, "))),
                (None, None) => None,
            };
        }
        let Some(model) = before.or(after) else {
            return Some((at(section.header_end), format!("{field} = {value}{}", self.newline)));
        };
        let start = line_start(self.text, model.field_span.start);
        // The indent, and in the dotted form the error's name.
        let lead = &self.text[start..model.field_span.start];
        let place = match before {
            Some(item) => line_end(self.text, item.value_span.end),
            None => start,
        };
        Some((at(place), format!("{lead}{field} = {value}{}", self.newline)))
    }

    /// The line that [`super::add`] left for a text, without its end.
    fn placeholder(&self, section: &Section<'_>, field: Field) -> Option<Range<usize>> {
        let line = super::add::placeholder(field);
        let mut start = section.start;
        for text in self.text.get(section.start..section.limit)?.split_inclusive('\n') {
            if text.trim() == line {
                let indent = text.len() - text.trim_start().len();
                return Some(start + indent..start + text.trim_end().len());
            }
            start += text.len();
        }
        None
    }

    /// An error that is not in the file: below the one before it, else above the one after it.
    fn section(
        &self,
        error: &str,
        changes: &[&Change],
        above: Option<&Section<'_>>,
        first: Option<&Section<'_>>,
    ) -> Option<Edit> {
        let newline = self.newline;
        let form = above.or(first).map_or(Form::Header, |section| section.form);
        let mut lines = String::new();
        for change in changes {
            let (field, value) = (change.field, value(change)?);
            let lead = if form == Form::Header { String::new() } else { format!("{error}.") };
            lines.push_str(&format!("{lead}{field} = {value}{newline}"));
        }
        let header = if form == Form::Header { format!("[{error}]{newline}") } else { String::new() };
        let gap = if form == Form::Header { newline } else { "" };
        match (above, first) {
            (Some(above), _) => Some((at(above.end), format!("{gap}{header}{lines}"))),
            (None, Some(first)) => Some((at(first.start), format!("{header}{lines}{gap}"))),
            (None, None) => {
                let gap = if self.text.is_empty() { "" } else { newline };
                Some((at(self.text.len()), format!("{gap}{header}{lines}")))
            }
        }
    }
}

/// The value of a new translation.
fn value(change: &Change) -> Option<String> {
    Some(format!("{{ text = {}, of = {} }}", quoted(change.text.as_ref()?), quoted(&change.of)))
}

/// The order in which an error's texts are written: row by row.
fn rank(field: Field) -> (usize, usize) {
    match field {
        Field::Summary => (0, 0),
        Field::Cause(case) => (case, 1),
        Field::Remedy(case) => (case, 2),
    }
}

fn at(place: usize) -> Range<usize> {
    place..place
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Behind the line's newline.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// Behind the comments that follow at once, where they are not those of what stands at `limit`.
fn comments_end(text: &str, start: usize, limit: usize) -> usize {
    let mut end = start;
    for line in text.get(start..limit).unwrap_or_default().split_inclusive('\n') {
        if !line.trim_start().starts_with('#') {
            return end;
        }
        end += line.len();
    }
    if limit == text.len() { end } else { start }
}
