//! Where each page of a catalog lies.
//!
//! A page once published stays reachable, whatever the vendor does: every name an error ever had
//! leads to it, and so does every code. The names and keys of removed errors, aliases and the record of
//! editions stay in spec.toml, so the set of paths only grows. Which of them is the page and which lead
//! there can change; all are always there.

use std::collections::{BTreeMap, HashMap};

use im_errors_spec::{Changed, Fact, Spec, VariantName};

use super::digest::short;

/// An error that is documented, or was, by its place in the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// One of `spec.errors`.
    Error(usize),
    /// One of `spec.removed`.
    Removed(usize),
}

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum At {
    /// The page of an error.
    Page(Subject),
    /// A page that leads to that of an error.
    Redirect(Subject),
    /// A code that several errors share.
    Shared(i64, Vec<Subject>),
}

/// The folders of a catalog's pages.
#[derive(Debug, Clone)]
pub(super) struct Paths {
    /// The folder of the catalog, below that of the locale.
    pub(super) catalog: String,
    /// What is in each folder below it.
    pub(super) folders: BTreeMap<String, At>,
    errors: Vec<String>,
    removed: Vec<String>,
}

impl Paths {
    pub(super) fn of(spec: &Spec) -> Self {
        let errors = (0..spec.errors.len()).map(Subject::Error);
        let removed = (0..spec.removed.len()).map(Subject::Removed);
        let mut codes: BTreeMap<i64, Vec<Subject>> = BTreeMap::new();
        for subject in errors.clone().chain(removed.clone()) {
            if let Some(code) = code(spec, subject) {
                codes.entry(code).or_default().push(subject);
            }
        }
        let mut paths = Self {
            catalog: catalog_folder(&spec.catalog),
            folders: BTreeMap::new(),
            errors: errors.clone().map(|subject| name_folder(name(spec, subject))).collect(),
            removed: removed.clone().map(|subject| name_folder(name(spec, subject))).collect(),
        };
        for (code, subjects) in codes {
            let folder = code_folder(code);
            match owner(&subjects) {
                Some(owner) => {
                    let by_name = std::mem::replace(paths.folder_mut(owner), folder.clone());
                    paths.folders.insert(by_name, At::Redirect(owner));
                }
                None => drop(paths.folders.insert(folder, At::Shared(code, subjects))),
            }
        }
        for subject in errors.chain(removed) {
            paths.folders.insert(paths.folder(subject).to_owned(), At::Page(subject));
        }
        paths.add_former(spec);
        paths
    }

    /// Former names lead to the error, and so do the codes that it had in earlier editions. The record
    /// has names that a catalog gave up as aliases, and aliases have those that no edition came with.
    fn add_former(&mut self, spec: &Spec) {
        let history = spec.history();
        let errors = spec.errors.iter().enumerate();
        let errors = errors.map(|(i, error)| (Subject::Error(i), &error.name, &error.aliases));
        let removed = spec.removed.iter().enumerate();
        let removed = removed.map(|(i, one)| (Subject::Removed(i), &one.name, &one.aliases));
        let mut subjects = HashMap::new();
        let mut lead = |folder, subject| {
            self.folders.entry(folder).or_insert(At::Redirect(subject));
        };
        for (subject, name, aliases) in errors.chain(removed) {
            subjects.entry(name).or_insert(subject);
            aliases.iter().for_each(|alias| lead(name_folder(alias), subject));
        }
        for (index, record) in spec.editions.iter().enumerate() {
            let names = record.renamed.iter().map(|renamed| (name_folder(&renamed.from), &renamed.to));
            let code = |changed: &Changed| changed.was.get(&Fact::Code)?.parse().ok().map(code_folder);
            let codes = record.changed.iter().filter_map(|changed| Some((code(changed)?, &changed.name)));
            for (folder, name) in names.chain(codes) {
                if let Some(subject) = subjects.get(history.name_now(index, name)) {
                    lead(folder, *subject);
                }
            }
        }
    }

    /// The folder of an error's page.
    pub(super) fn folder(&self, subject: Subject) -> &str {
        match subject {
            Subject::Error(i) => &self.errors[i],
            Subject::Removed(i) => &self.removed[i],
        }
    }

    fn folder_mut(&mut self, subject: Subject) -> &mut String {
        match subject {
            Subject::Error(i) => &mut self.errors[i],
            Subject::Removed(i) => &mut self.removed[i],
        }
    }
}

/// Whose page the code leads to: the one error that has it now, else the one that had it.
fn owner(subjects: &[Subject]) -> Option<Subject> {
    let now: Vec<_> = subjects.iter().filter(|subject| matches!(subject, Subject::Error(_))).collect();
    match (now.as_slice(), subjects) {
        ([one], _) => Some(**one),
        ([], [one]) => Some(*one),
        _ => None,
    }
}

/// The pinned name.
pub(super) fn name(spec: &Spec, subject: Subject) -> &VariantName {
    match subject {
        Subject::Error(i) => &spec.errors[i].name,
        Subject::Removed(i) => &spec.removed[i].name,
    }
}

/// The vendor's code; the key of a removed error with a code is that.
pub(super) fn code(spec: &Spec, subject: Subject) -> Option<i64> {
    match subject {
        Subject::Error(i) => spec.errors[i].code,
        Subject::Removed(i) => spec.removed[i].key.parse().ok(),
    }
}

/// A code as the name of a folder. No name in kebab-case starts with a digit, and none has a part
/// that does.
pub(super) fn code_folder(code: i64) -> String {
    if code < 0 { format!("minus-{}", code.unsigned_abs()) } else { code.to_string() }
}

/// A name as the name of a folder, safe on any disk. Names in kebab-case differ in more than capitals,
/// and none has two hyphens in a row or one at its end.
pub(super) fn name_folder(name: &VariantName) -> String {
    const LONGEST: usize = 120;
    let kebab = name.to_kebab();
    if is_reserved(&kebab) {
        return format!("{kebab}-");
    }
    match kebab.get(..LONGEST) {
        Some(start) if kebab.len() > LONGEST => format!("{}--{}", start.trim_end_matches('-'), short(&kebab)),
        _ => kebab,
    }
}

/// The folder of a catalog.
pub(crate) fn catalog_folder(id: &str) -> String {
    folder_beside(id, &OWN_FILES)
}

/// The folder of a catalog that lies beside `own_files` of a site; no id has a tilde.
pub(crate) fn folder_beside(id: &str, own_files: &[&str]) -> String {
    let lower = id.to_ascii_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    let is_taken = own_files.contains(&lower.as_str()) || is_reserved(stem);
    if is_taken || lower.ends_with('.') { format!("{id}~") } else { id.to_owned() }
}

/// What lies in the folder of a locale beside the catalogs.
const OWN_FILES: [&str; 5] = ["index.html", "index.md", "by-code.html", "by-name.html", "search.json"];

/// Devices on Windows, which cannot be folders.
fn is_reserved(name: &str) -> bool {
    let numbered = |device: &str| {
        name.strip_prefix(device).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(name, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}
