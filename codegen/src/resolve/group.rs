//! The rows of a group → its errors.

use std::collections::{HashMap, HashSet};

use im_errors_spec::tree::{At, closest};
use im_errors_spec::{Case, ErrorDef, Localized, Pattern, Place, error_key, quoted};

use super::catalog::{GroupFile, Override};
use super::identity::{self, Identity, fold};
use super::names::{self, Draft};
use super::{CATALOG_FILE, Field, Inputs, RowRef, patterns};
use crate::diagnostic::{Finding, rules};
use crate::{Diagnostic, message};

/// Joins the rows of `group` into errors, in their order.
pub(super) fn errors(
    inputs: &Inputs<'_>,
    group: &GroupFile,
    rows: &[RowRef<'_>],
    findings: &mut Vec<Finding>,
) -> Vec<Draft> {
    let said = Said::new(group);
    let mut joiner = Joiner {
        inputs,
        group,
        said: &said,
        drafts: Vec::new(),
        by_identity: HashMap::new(),
        used: HashSet::new(),
        findings,
    };
    for row in rows {
        joiner.add(row);
    }
    let Joiner { mut drafts, used, .. } = joiner;
    findings.extend(same_key(&drafts));
    let unused: Vec<_> = group.errors.iter().filter(|said| !used.contains(said.key.as_str())).collect();
    if !unused.is_empty() {
        let there = previous_keys(inputs, &group.id);
        findings.extend(unused.into_iter().map(|said| unknown(group, said, &drafts, &there)));
    }
    for draft in &mut drafts {
        apply_texts(inputs, draft, findings);
    }
    drafts.sort_by(|a, b| identity::order(&a.def, &b.def));
    drafts
}

/// The keys that the rows of a group had in the previous spec.
fn previous_keys(inputs: &Inputs<'_>, group: &str) -> HashSet<String> {
    let errors = inputs.previous.iter().flat_map(|spec| &spec.errors).filter(|error| error.group == group);
    let keys = |error: &ErrorDef| {
        let ErrorDef { code, http_status, .. } = *error;
        let key = |message: Option<String>| {
            error_key(code, http_status, error.error.as_deref(), message.as_deref())
        };
        error.documented_messages().map(key).collect::<Vec<_>>()
    };
    errors.flat_map(keys).collect()
}

/// What is said of an error that the page does not have, or has no more.
fn unknown(group: &GroupFile, said: &Override, drafts: &[Draft], there: &HashSet<String>) -> Finding {
    let message =
        message!("the page has no error `{key}` in the group `{group}`", key = said.key, group = group.id);
    let was_there = there.contains(&said.key);
    // What was there beside it is another one.
    let others = drafts.iter().map(|draft| draft.key.as_str());
    let near = closest(&said.key, others.filter(|key| !was_there || !there.contains(*key)));
    let help = match (was_there, near) {
        (true, Some(near)) => Some(message!(
            "did you mean `{near}`? If the vendor has removed it, delete this; its name is kept in spec.toml",
            near
        )),
        (true, None) => {
            Some(message!("if the vendor has removed it, delete this; its name is kept in spec.toml"))
        }
        (false, near) => near.map(|near| message!("did you mean `{near}`?", near)),
    };
    let diagnostic = Diagnostic::at(&rules::UNKNOWN_ERROR, said.key_span.clone(), message);
    Finding::new(CATALOG_FILE, help.into_iter().fold(diagnostic, Diagnostic::with_help))
}

/// Different errors with one key, which nothing could tell apart: a code and a status, as it may be.
fn same_key(drafts: &[Draft]) -> Vec<Finding> {
    let mut keys = HashSet::new();
    let again = drafts.iter().filter(|draft| !keys.insert(&draft.key));
    again
        .map(|draft| {
            let message = message!("`{key}` is another error of this group already", key = draft.key);
            let diagnostic = Diagnostic::at(&rules::SAME_IDENTITY, draft.span.clone(), message);
            Finding::new(
                &draft.file,
                diagnostic.with_help(message!("put their tables into different groups")),
            )
        })
        .collect()
}

/// What the catalog says of each key; a final period and the like make no difference.
struct Said<'g> {
    exact: HashMap<&'g str, &'g Override>,
    folded: HashMap<String, &'g Override>,
}

impl<'g> Said<'g> {
    fn new(group: &'g GroupFile) -> Self {
        let exact = group.errors.iter().map(|said| (said.key.as_str(), said)).collect();
        let folded = group.errors.iter().map(|said| (fold(&said.key), said)).collect();
        Self { exact, folded }
    }

    fn of(&self, key: &str) -> Option<&'g Override> {
        self.exact.get(key).or_else(|| self.folded.get(&fold(key))).copied()
    }
}

struct Joiner<'a, 'f> {
    inputs: &'a Inputs<'a>,
    group: &'a GroupFile,
    said: &'a Said<'a>,
    drafts: Vec<Draft>,
    by_identity: HashMap<Identity, usize>,
    /// The keys of what was used of the catalog.
    used: HashSet<&'a str>,
    findings: &'f mut Vec<Finding>,
}

impl Joiner<'_, '_> {
    fn add(&mut self, row: &RowRef<'_>) {
        let entry = row.entry;
        let key = error_key(entry.code, entry.http_status, entry.error(), entry.message());
        let said = self.said.of(&key);
        self.used.extend(said.map(|said| said.key.as_str()));
        let literal = entry.message();
        let message = match said.and_then(|said| said.message.clone()) {
            Some(pattern) => {
                self.check_pattern(&pattern, literal);
                Some(pattern.value)
            }
            None => literal.and_then(|literal| self.plain_pattern(row, literal)),
        };
        let pattern = message.as_ref().map(Pattern::to_string);
        let identity = Identity::new(entry.code, entry.http_status, entry.error(), pattern.as_deref());
        if let Some(&at) = self.by_identity.get(&identity) {
            self.join(at, row);
            self.check_joined(at, said);
            return;
        }
        self.by_identity.insert(identity, self.drafts.len());
        let said = said.cloned();
        let def = ErrorDef {
            // Settled when all errors are known.
            name: names::propose(entry, row.line),
            aliases: Vec::new(),
            group: self.group.id.clone(),
            code: entry.code,
            http_status: entry.http_status,
            error: entry.error().map(str::to_owned),
            message,
            retry: said.as_ref().and_then(|said| said.retry),
            summary: self.text(entry.summary()),
            cases: vec![self.case(row)],
        };
        let (file, span) = (row.page.file.clone(), entry.span.clone());
        self.drafts.push(Draft { def, pin: None, said, key, file, span });
    }

    fn plain_pattern(&mut self, row: &RowRef<'_>, literal: &str) -> Option<Pattern> {
        if let Some(proposed) = patterns::propose(literal) {
            let message = message!("the message `{literal}` seems to hold an example", literal);
            let diagnostic = Diagnostic::at(&rules::UNSETTLED_PATTERN, row.entry.span.clone(), message);
            let diagnostic = match Pattern::parse(&proposed) {
                Ok(_) => {
                    let example = in_toml(&proposed);
                    diagnostic.with_help(message!(
                        "set `message` in catalog.toml, for example to {example}",
                        example
                    ))
                }
                // Holes side by side: only a person knows what stands between them.
                Err(_) => diagnostic,
            };
            self.findings.push(Finding::new(&row.page.file, diagnostic));
        }
        Pattern::literal(literal)
    }

    fn check_pattern(&mut self, pattern: &At<Pattern>, literal: Option<&str>) {
        let Some(literal) = literal else {
            return;
        };
        if !patterns::fits(&pattern.value, literal) {
            let message = message!("the pattern does not fit the page's message `{literal}`", literal);
            let diagnostic = Diagnostic::at(&rules::PATTERN_MISFIT, pattern.span.clone(), message);
            self.findings.push(Finding::new(CATALOG_FILE, diagnostic));
        }
    }

    fn text(&self, text: Option<&str>) -> Localized {
        let mut texts = Localized::default();
        if let Some(text) = text {
            texts.insert(self.inputs.catalog.locale.clone(), text, false);
        }
        texts
    }

    fn case(&self, row: &RowRef<'_>) -> Case {
        Case {
            at: Place { file: row.page.file.clone(), line: row.line },
            also: Vec::new(),
            message: row.entry.message().map(str::to_owned),
            cause: self.text(row.entry.cause()),
            remedy: self.text(row.entry.remedy()),
        }
    }

    /// What is said about a row that its message pattern makes one with another is the pattern
    /// alone; the rest would be lost.
    fn check_joined(&mut self, at: usize, said: Option<&Override>) {
        let first = &self.drafts[at];
        let Some(said) = said.filter(|said| first.said.as_ref().is_none_or(|other| other.key != said.key))
        else {
            return;
        };
        if said.name.is_some() || said.retry.is_some() || !said.texts.is_empty() {
            let message = message!(
                "by its message pattern `{key}` is the error `{first}`",
                key = said.key,
                first = first.key
            );
            let help = message!("leave only `message` here, and say the rest under `{key}`", key = first.key);
            let diagnostic = Diagnostic::at(&rules::SAME_IDENTITY, said.key_span.clone(), message);
            self.findings.push(Finding::new(CATALOG_FILE, diagnostic.with_help(help)));
        }
    }

    /// Adds a further row of an error that is there.
    fn join(&mut self, at: usize, row: &RowRef<'_>) {
        let mut case = self.case(row);
        let summary = self.text(row.entry.summary());
        let first = &self.drafts[at].def;
        let mut differs = Vec::new();
        if first.http_status != row.entry.http_status {
            differs.push(message!("status"));
        }
        if first.error.as_deref() != row.entry.error() {
            differs.push(message!("error type"));
        }
        if first.code.is_some() && first.cases[0].message.as_deref() != row.entry.message() {
            differs.push(message!("message"));
        }
        if !summary.is_empty() && first.summary != summary {
            if case.cause.is_empty() {
                case.cause = summary;
            } else {
                differs.push(message!("summary"));
            }
        }
        if !differs.is_empty() {
            let message = message!(
                "this row is `{key}` again, with another {differs}",
                key = self.drafts[at].key,
                differs
            );
            let diagnostic = Diagnostic::at(&rules::ROWS_DISAGREE, row.entry.span.clone(), message);
            self.findings.push(Finding::new(&row.page.file, diagnostic));
        }
        self.drafts[at].def.cases.push(case);
    }
}

/// As a TOML string that can be pasted.
fn in_toml(text: &str) -> String {
    let escapes = text.contains(['"', '\\']);
    let fits_literally = !text.contains(|c: char| c == '\'' || c.is_control());
    if escapes && fits_literally { format!("'{text}'") } else { quoted(text) }
}

/// Puts the catalog's own texts where the page has none, or over the page's.
fn apply_texts(inputs: &Inputs<'_>, draft: &mut Draft, findings: &mut Vec<Finding>) {
    let Some(said) = &draft.said else {
        return;
    };
    for (field, text) in &said.texts {
        let locale = &inputs.catalog.locale;
        let Some(texts) = Field::get_mut(*field, &mut draft.def) else {
            let message = message!("`{key}` has no row for `{field}`", key = said.key, field);
            findings.push(Finding::new(
                CATALOG_FILE,
                Diagnostic::at(&rules::UNKNOWN_ERROR, text.span.clone(), message),
            ));
            continue;
        };
        if texts.get(locale).is_some() {
            let message =
                message!("this replaces the {field} that the page gives for `{key}`", field, key = said.key);
            findings.push(Finding::new(
                CATALOG_FILE,
                Diagnostic::at(&rules::OVERRIDDEN_TEXT, text.span.clone(), message),
            ));
        }
        texts.insert(locale.clone(), &text.value, false);
    }
}
