//! A vendor's own page of the same errors in another language.
//!
//! Its entries are paired with the errors of the catalog by identity, never by guess: code; else
//! status, type and message; else status. What it says in words becomes the text of its language,
//! above any translation of ours. What it says of facts is compared and not taken over. All else
//! that is on it is told: nothing of the page is lost in silence.

mod compare;
mod pairing;
mod texts;
pub(super) mod written;

use std::collections::{BTreeMap, HashSet};

use im_errors_spec::tree::{closest, list};
use im_errors_spec::{Place, error_key};

use super::names::Draft;
use super::{CATALOG_FILE, Inputs, Page, catalog};
use crate::diagnostic::{Finding, Rule, rules};
use crate::interpret::{Entry, Kind};
use crate::read::Lines;
use crate::{Diagnostic, Message, message};
use pairing::{Errors, Found};
use texts::Texts;

pub use written::{Counterpart, CounterpartTable};

/// What catalog.toml says of tables, columns and groups that are not there.
pub(super) fn misplaced(inputs: &Inputs<'_>, groups: &[catalog::GroupFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (page, counterpart) in counterparts(inputs) {
        for table in &counterpart.tables {
            let wrong = misplaced_table(inputs, page, counterpart, table, groups);
            findings.extend(wrong.into_iter().map(|diagnostic| Finding::new(CATALOG_FILE, diagnostic)));
        }
    }
    findings
}

fn counterparts<'a>(inputs: &Inputs<'a>) -> impl Iterator<Item = (&'a Page, &'a Counterpart)> {
    let pages = inputs.pages.iter().zip(&inputs.catalog.sources);
    pages.filter_map(|(page, source)| Some((page, source.counterpart.as_ref()?)))
}

fn misplaced_table(
    inputs: &Inputs<'_>,
    page: &Page,
    counterpart: &Counterpart,
    table: &CounterpartTable,
    groups: &[catalog::GroupFile],
) -> Vec<Diagnostic> {
    let number = table.number.value;
    let Some(kind) = page.reading.tables.get(number - 1) else {
        return vec![super::no_such_table(page, &table.number)];
    };
    let mut wrong = super::roles_beyond(page, std::iter::once(number), &table.roles);
    let Some(group) = &table.group else {
        return wrong;
    };
    if let Kind::Other(why) = kind {
        let message = message!("table {number} lists no errors: {why}", number, why);
        wrong.push(Diagnostic::at(&rules::EMPTY_GROUP, group.span.clone(), message));
    }
    let translates = |file: &str| counterpart.translates.as_ref().is_none_or(|said| said.value == file);
    let mut known = groups
        .iter()
        .filter(|group| translates(&inputs.catalog.sources[group.source].file))
        .map(|group| group.id.as_str());
    if !known.clone().any(|id| id == group.value) {
        let message = message!("there is no group `{group}` to pair with", group = group.value);
        let diagnostic = Diagnostic::at(&rules::UNKNOWN_GROUP, group.span.clone(), message);
        wrong.push(match closest(&group.value, known.by_ref()) {
            Some(near) => diagnostic.with_help(message!("did you mean `{near}`?", near)),
            None => diagnostic,
        });
    }
    wrong
}

/// Puts the texts of all such pages into the drafts.
pub(super) fn apply(inputs: &Inputs<'_>, drafts: &mut [Draft]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (page, counterpart) in counterparts(inputs) {
        let texts = Texts::new(&counterpart.locale, &inputs.catalog.locale);
        let lines = Lines::new(&page.document.text);
        let found = Applied { page, counterpart, lines, texts, findings: Vec::new() }.apply(drafts);
        findings.extend(found.into_iter().map(|diagnostic| Finding::new(&page.file, diagnostic)));
    }
    findings
}

/// One page on its way into the drafts.
struct Applied<'a> {
    page: &'a Page,
    counterpart: &'a Counterpart,
    lines: Lines<'a>,
    texts: Texts<'a>,
    findings: Vec<Diagnostic>,
}

impl<'a> Applied<'a> {
    fn apply(mut self, drafts: &mut [Draft]) -> Vec<Diagnostic> {
        let translates = self.counterpart.translates.as_ref().map(|said| said.value.as_str());
        let errors = Errors::new(drafts, translates);
        let mut rows: BTreeMap<usize, Vec<&Entry>> = BTreeMap::new();
        let mut mentioned = Vec::new();
        for entry in &self.page.reading.entries {
            match errors.find(entry, self.group(entry)) {
                Found::One(at) => rows.entry(at).or_default().push(entry),
                Found::Several(all) => {
                    self.ambiguous(entry, &all, drafts);
                    mentioned.extend(all);
                }
                Found::None => self.only_here(entry, &errors, drafts),
            }
        }
        mentioned.extend(rows.keys().copied());
        if mentioned.is_empty() {
            return vec![none(self.page, &errors.pages())];
        }
        self.lacks(&errors, &mentioned, drafts);
        for (at, rows) in rows {
            self.rows(&mut drafts[at], &rows);
        }
        self.findings.extend(self.texts.alone());
        self.findings
    }

    /// The only group that an entry's table is in, where that is said.
    fn group(&self, entry: &Entry) -> Option<&'a str> {
        let group = self.counterpart.table(entry.table)?.group.as_ref()?;
        Some(&group.value)
    }

    fn report(&mut self, rule: &Rule, entry: &Entry, message: Message) {
        self.findings.push(Diagnostic::at(rule, entry.span.clone(), message));
    }

    fn ambiguous(&mut self, entry: &Entry, all: &[usize], drafts: &[Draft]) {
        let mut groups: Vec<_> = all.iter().map(|at| drafts[*at].def.group.as_str()).collect();
        groups.dedup();
        let key = key(entry);
        if let [group] = groups.as_slice() {
            let message = message!("`{key}` fits several errors of the group `{group}`", key, group);
            let diagnostic = Diagnostic::at(&rules::COUNTERPART_AMBIGUOUS, entry.span.clone(), message);
            let keys: Vec<_> = all.iter().map(|at| drafts[*at].key.as_str()).collect();
            let help = message!("its texts are left out: it may be any of {known}", known = list(&keys));
            return self.findings.push(diagnostic.with_help(help));
        }
        let message = message!("`{key}` is in several groups: {known}", key, known = list(&groups));
        self.report(&rules::COUNTERPART_AMBIGUOUS, entry, message);
    }

    fn only_here(&mut self, entry: &Entry, errors: &Errors<'_>, drafts: &[Draft]) {
        let key = key(entry);
        let message = match self.group(entry) {
            Some(group) => message!("`{key}` is not in the group `{group}`", key, group),
            None => message!("`{key}` is not on {pages}", key, pages = errors.pages()),
        };
        let diagnostic = Diagnostic::at(&rules::COUNTERPART_ONLY, entry.span.clone(), message);
        let diagnostic = match errors.near(entry, self.group(entry)) {
            Some((at, what)) => {
                let other = &drafts[at];
                let help = message!(
                    "it is left out; `{key}` at {place} has the same {what}, but is another error by its key",
                    key = other.key,
                    place = other.def.cases[0].at.to_string(),
                    what
                );
                diagnostic.with_help(help)
            }
            None => diagnostic,
        };
        self.findings.push(diagnostic);
    }

    fn lacks(&mut self, errors: &Errors<'_>, mentioned: &[usize], drafts: &[Draft]) {
        const SHOWN: usize = 5;
        let mentioned: HashSet<_> = mentioned.iter().collect();
        let lacking: Vec<_> = errors.all().iter().filter(|at| !mentioned.contains(at)).collect();
        if lacking.is_empty() {
            return;
        }
        let key = |at: &&usize| message!("`{key}`", key = drafts[**at].key);
        let mut keys: Vec<_> = lacking.iter().take(SHOWN).map(key).collect();
        if lacking.len() > SHOWN {
            keys.push(message!("and {n} more", n = lacking.len() - SHOWN));
        }
        let message = message!(
            "{n} of the {all} errors of {pages} {n:is|are} not on this page: {keys}",
            n = lacking.len(),
            all = errors.all().len(),
            pages = errors.pages(),
            keys
        );
        self.findings.push(Diagnostic::of_file(&rules::COUNTERPART_LACKS, message));
    }

    /// The rows of one error.
    fn rows(&mut self, draft: &mut Draft, rows: &[&Entry]) {
        let Some(cases) = pairing::cases(&draft.def, rows) else {
            let (here, there) = (count_rows(rows.len()), count_rows(draft.def.cases.len()));
            let place = &draft.def.cases[0].at;
            for row in rows {
                let message = message!(
                    "`{key}` has {here} here, and {there} from {place} on",
                    key = draft.key,
                    here,
                    there,
                    place = place.to_string()
                );
                self.report(&rules::COUNTERPART_ROWS, row, message);
            }
            return;
        };
        let mut pairs: Vec<_> = cases.into_iter().zip(rows).collect();
        pairs.sort_by_key(|(case, _)| *case);
        for (case, row) in pairs {
            self.findings.extend(compare::facts(draft, case, row));
            let line = u32::try_from(self.lines.line(row.span.start)).unwrap_or(u32::MAX);
            draft.def.cases[case].also.push(Place { file: self.page.file.clone(), line });
            self.texts.put(draft, case, row, &mut self.findings);
        }
    }
}

fn key(entry: &Entry) -> String {
    error_key(entry.code, entry.http_status, entry.error(), entry.message())
}

fn count_rows(n: usize) -> Message {
    if n == 1 { message!("one row") } else { message!("{n} rows", n) }
}

/// The page has nothing to do with the errors.
fn none(page: &Page, place: &str) -> Diagnostic {
    let message = match page.reading.entries.len() {
        0 => message!("this page lists no errors"),
        1 => message!("the one error of this page is not on {place}", place),
        n => message!("none of the {n} errors of this page is on {place}", n, place),
    };
    let diagnostic = Diagnostic::of_file(&rules::COUNTERPART_NONE, message);
    match page.reading.entries.first() {
        Some(entry) => Diagnostic { span: Some(entry.span.clone()), ..diagnostic },
        None => diagnostic,
    }
}
