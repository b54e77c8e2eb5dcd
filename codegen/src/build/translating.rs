//! The translators' loop over catalogs on disk.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use im_errors_spec::{Locale, Spec};

use super::catalogs::Catalogs;
use super::change;
use super::output::Output;
use super::{Report, is_selected, shown, untrusted};
use crate::diagnostic::{Diagnostic, Finding, Severity, rules};
use crate::files::{self, Kind};
use crate::i18n::import::{self, Refused};
use crate::i18n::status::{CatalogStatus, Source};
use crate::i18n::{Exchange, Key, Survey, Unit, add};
use crate::read::decode;
use crate::resolve::{self, SourceTexts, Translations};
use crate::{Message, message};

/// A catalog as far as translators are concerned.
struct Sheet {
    folder: String,
    spec: Spec,
    previous: Option<Spec>,
    translations: Vec<(Translations, String)>,
}

impl Sheet {
    /// The language's file of translations.
    fn file(&self, locale: &Locale) -> Option<&(Translations, String)> {
        self.translations.iter().find(|(translations, _)| translations.locale == *locale)
    }

    fn survey(&self, locale: &Locale) -> Survey {
        let known = self.previous.as_ref().map(SourceTexts::of).unwrap_or_default();
        let translations = self.file(locale).map(|(translations, _)| translations);
        Survey::new(&self.spec, &self.folder, locale, translations, &known)
    }

    /// The languages of the title and of the files, without that of the page.
    fn locales(&self) -> Vec<Locale> {
        let titles = self.spec.title.0.keys().cloned();
        let files = self.translations.iter().map(|(translations, _)| translations.locale.clone());
        let mut locales: Vec<_> = titles.chain(files).filter(|l| *l != self.spec.locale).collect();
        locales.sort();
        locales.dedup();
        locales
    }
}

/// Whether the diagnostic is of what translators work on, and so no reason to keep them from it.
fn concerns_translations(diagnostic: &Diagnostic) -> bool {
    let rules = [
        &rules::TRANSLATION_THRESHOLD,
        &rules::UNKNOWN_TRANSLATION,
        &rules::NOTHING_TO_TRANSLATE,
        &rules::BAD_LOCALE_FILE,
    ];
    rules.iter().any(|rule| rule.code == diagnostic.code)
}

fn blocks(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error && !concerns_translations(diagnostic)
}

/// Reads a catalog; what stands in the way of it is reported, and then the spec is as it was built
/// last, if there is one.
fn open(catalogs: &Catalogs, id: &str) -> (Option<Sheet>, Vec<Report>) {
    let mut loaded = catalogs.load(id);
    let folder = shown(&loaded.folder);
    let resolved = loaded.resolve();
    let previous = loaded.previous.take();
    let translations = std::mem::take(&mut loaded.translations);
    let sheet = |spec, previous| Sheet { folder, spec, previous, translations };
    if let Some(resolved) = resolved {
        let loses = loaded.would_lose(&resolved);
        if !loses && !resolved.findings.iter().any(|finding| blocks(&finding.diagnostic)) {
            return (Some(sheet(resolved.spec, previous)), Vec::new());
        }
        let mut reports = only_errors(super::making::reports(loaded, resolved.findings, false));
        if loses {
            let finding = *untrusted(&catalogs.folder(id).join(resolve::SPEC_FILE));
            reports.push(Report {
                file: finding.file,
                text: String::new(),
                diagnostics: vec![finding.diagnostic],
            });
        }
        let sheet = previous.clone().map(|spec| sheet(spec, previous));
        return (sheet, reports);
    }
    let sheet = previous.clone().map(|spec| sheet(spec, previous));
    (sheet, only_errors(loaded.reports))
}

fn only_errors(reports: Vec<Report>) -> Vec<Report> {
    let errors = reports.into_iter().map(|mut report| {
        report.diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
        report
    });
    errors.filter(|report| !report.diagnostics.is_empty()).collect()
}

/// The state of translations.
#[derive(Debug, Default)]
pub struct Surveyed {
    /// By catalog.
    pub catalogs: Vec<CatalogStatus>,
    /// Errors that keep a catalog from being read as it is now.
    pub reports: Vec<Report>,
}

/// Surveys the catalogs named in `selected` or all, in one language or in each.
#[must_use]
pub fn survey(catalogs: &Catalogs, selected: &[String], locale: Option<&Locale>) -> Surveyed {
    let mut surveyed = Surveyed::default();
    for id in catalogs.ids().filter(|id| is_selected(selected, id)) {
        let (sheet, reports) = open(catalogs, id);
        surveyed.reports.extend(reports);
        let Some(sheet) = sheet else {
            continue;
        };
        let locales = match locale {
            Some(locale) if *locale == sheet.spec.locale => Vec::new(),
            Some(locale) => vec![locale.clone()],
            None => sheet.locales(),
        };
        let shows_source = locale.is_none_or(|locale| *locale == sheet.spec.locale);
        let text = |locale: &Locale| sheet.file(locale).map(|(_, text)| text.clone()).unwrap_or_default();
        surveyed.catalogs.push(CatalogStatus {
            catalog: id.to_owned(),
            surveys: locales.iter().map(|locale| (sheet.survey(locale), text(locale))).collect(),
            source: shows_source.then(|| Source::of(&sheet.spec, &sheet.folder)),
        });
    }
    surveyed
}

/// Opens catalogs that must be readable as they are now.
fn open_all<'c>(
    catalogs: &'c Catalogs,
    ids: impl Iterator<Item = &'c str>,
) -> Result<Vec<(&'c str, Sheet)>, Vec<Report>> {
    let mut sheets = Vec::new();
    let mut failed = Vec::new();
    for id in ids {
        match open(catalogs, id) {
            (Some(sheet), reports) if reports.is_empty() => sheets.push((id, sheet)),
            (_, reports) => failed.extend(reports),
        }
    }
    if failed.is_empty() { Ok(sheets) } else { Err(failed) }
}

/// What translators are to get: the catalogs named in `selected` or all, in one language.
///
/// # Errors
/// What keeps a catalog from being read.
pub fn export(
    catalogs: &Catalogs,
    selected: &[String],
    locale: &Locale,
    form: Exchange,
) -> Result<String, Vec<Report>> {
    let sheets = open_all(catalogs, catalogs.ids().filter(|id| is_selected(selected, id)))?;
    let translated = sheets.iter().filter(|(_, sheet)| sheet.spec.locale != *locale);
    let surveys: Vec<_> = translated.map(|(_, sheet)| sheet.survey(locale)).collect();
    if surveys.is_empty() {
        let message =
            message!("`{locale}` is the language of the page, there is nothing to translate", locale);
        return Err(vec![refused(&shown(catalogs.root()), message)]);
    }
    Ok(form.print(&surveys))
}

fn refused(file: &str, message: Message) -> Report {
    let diagnostics = vec![Diagnostic::of_file(&rules::WRONG_LOCALE, message)];
    Report { file: file.to_owned(), text: String::new(), diagnostics }
}

/// What an import did.
#[derive(Debug, Default)]
pub struct ImportDone {
    /// The files written, with how many translations in each are new, and how many changed.
    pub written: Vec<(PathBuf, usize, usize)>,
    /// How many translations need work and stay as they were.
    pub unfinished: usize,
    /// What is to be said of the imported files.
    pub reports: Vec<Report>,
}

/// Takes over what translators send, all files or none. Without `locale` each file names its own.
///
/// # Errors
/// What keeps it from being taken over; then nothing is written.
pub fn import(
    catalogs: &Catalogs,
    files: &[PathBuf],
    locale: Option<&Locale>,
) -> Result<ImportDone, Vec<Report>> {
    let (mut reports, units) = read_all(files)?;
    let known: Vec<_> = catalogs.ids().collect();
    let mut sent: BTreeMap<(String, Locale), Vec<import::Sent<'_>>> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate().flat_map(|(i, units)| units.iter().map(move |u| (i, u))) {
        let key = Key::parse(&unit.key).filter(|key| known.contains(&key.catalog.as_str()));
        let Some(key) = key else {
            if !unit.text.trim().is_empty() {
                reports[index].diagnostics.push(import::keyless(unit, &known));
            }
            continue;
        };
        let named = || Locale::new(unit.locale.as_deref()?);
        let Some(locale) = locale.cloned().or_else(named) else {
            let message = message!("the file does not say in which language it is");
            let help = message!("name it with `--locale`");
            let diagnostic = Diagnostic::at(&rules::BAD_IMPORT, unit.span.clone(), message).with_help(help);
            reports[index].diagnostics = vec![diagnostic];
            return Err(reports);
        };
        sent.entry((key.catalog.clone(), locale)).or_default().push((index, unit, key));
    }
    let mut ids: Vec<_> = sent.keys().map(|(id, _)| id.as_str()).collect();
    ids.dedup();
    let sheets = open_all(catalogs, catalogs.ids().filter(|id| ids.contains(id)))?;
    let mut done = ImportDone::default();
    let mut outputs = Vec::new();
    for ((id, locale), sent) in &mut sent {
        let Some((_, sheet)) = sheets.iter().find(|(known, _)| known == id) else {
            continue;
        };
        let path = catalogs.folder(id).join(format!("locales/{locale}.toml"));
        let Some((file, text)) = sheet.file(locale) else {
            let message = message!("there are no translations of `{id}` to `{locale}` yet", id, locale);
            let mut report = refused(&shown(&path), message);
            let help = message!(
                "start with `im-errors i18n add {locale} {id}`, or name another language with `--locale`",
                locale,
                id
            );
            report.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.help.clone_from(&help));
            return Err(vec![report]);
        };
        follow_names(&sheet.spec, sent);
        let errors: Vec<_> = sheet.spec.errors.iter().map(|error| error.name.as_str()).collect();
        let imported = match import::import(&sheet.survey(locale), file, text, &errors, sent) {
            Ok(imported) => imported,
            Err(Refused::Twice(index, span, key)) => {
                let message = message!("`{key}` is here a second time, with another text", key);
                reports[index].diagnostics = vec![Diagnostic::at(&rules::BAD_IMPORT, span, message)];
                return Err(reports);
            }
            Err(Refused::NoPlace) => {
                let message = message!("new translations cannot be placed in the file as it is written");
                let diagnostic = Diagnostic::of_file(&rules::NO_PLACE, message);
                let (file, text) = (shown(&path), String::new());
                return Err(vec![Report { file, text, diagnostics: vec![diagnostic] }]);
            }
        };
        for (index, diagnostic) in imported.diagnostics {
            reports[index].diagnostics.push(diagnostic);
        }
        done.unfinished += imported.unfinished;
        if let Some(text) = imported.text {
            done.written.push((path.clone(), imported.added, imported.changed));
            outputs.push(Output { path, text: Some(text), mend: String::new() });
        }
    }
    write(catalogs, &outputs)?;
    for report in &mut reports {
        report.diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| span.start));
    }
    done.reports = reports;
    Ok(done)
}

/// Gives what was sent under a former name of an error its present one: errors may have been renamed
/// since it was exported.
fn follow_names(spec: &Spec, sent: &mut [import::Sent<'_>]) {
    let names = spec.errors.iter().flat_map(|error| error.aliases.iter().map(move |alias| (alias, error)));
    let names: HashMap<_, _> = names.map(|(alias, error)| (alias.as_str(), error.name.as_str())).collect();
    for (_, _, key) in sent {
        if let Some(name) = names.get(key.error.as_str()) {
            key.error = (*name).to_owned();
        }
    }
}

fn write(catalogs: &Catalogs, outputs: &[Output]) -> Result<(), Vec<Report>> {
    let files = outputs.iter().map(Output::file).collect();
    change::write_all(catalogs.root(), catalogs.seen(), &files).map_err(|finding| {
        let Finding { file, diagnostic } = *finding;
        vec![Report { file, text: String::new(), diagnostics: vec![diagnostic] }]
    })
}

/// The imported files with their texts, and what is in each.
type Read = (Vec<Report>, Vec<Vec<Unit>>);

fn read_all(files: &[PathBuf]) -> Result<Read, Vec<Report>> {
    let mut reports = Vec::new();
    let mut units = Vec::new();
    for path in files {
        let mut report = Report { file: shown(path), text: String::new(), diagnostics: Vec::new() };
        match read_one(path, &mut report.text) {
            Ok(found) => units.push(found),
            Err(diagnostic) => {
                report.diagnostics.push(diagnostic);
                return Err(vec![report]);
            }
        }
        reports.push(report);
    }
    Ok((reports, units))
}

fn read_one(path: &Path, text: &mut String) -> Result<Vec<Unit>, Diagnostic> {
    let bytes = files::read(path, Kind::Own)?;
    *text = decode(bytes)?.into_owned();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unknown = || {
        let message = message!("this is no PO, XLIFF or CSV file");
        Diagnostic::of_file(&rules::BAD_IMPORT, message)
            .with_help(message!("import what `im-errors i18n export` wrote"))
    };
    Exchange::of(&name, text).ok_or_else(unknown)?.parse(text)
}

/// A language that was started in a catalog.
#[derive(Debug)]
pub struct Added {
    /// Its file.
    pub path: PathBuf,
    /// The catalog's file, where its title is not given in the language yet.
    pub untitled: Option<String>,
}

/// Starts a language in the catalogs named in `selected` or in all.
///
/// # Errors
/// A catalog that has it already or cannot be read; then nothing is written.
pub fn add(catalogs: &Catalogs, selected: &[String], locale: &Locale) -> Result<Vec<Added>, Vec<Report>> {
    let sheets = open_all(catalogs, catalogs.ids().filter(|id| is_selected(selected, id)))?;
    let mut added = Vec::new();
    let mut outputs = Vec::new();
    let mut wrong = Vec::new();
    for (id, sheet) in &sheets {
        let folder = catalogs.folder(id);
        let path = folder.join(format!("locales/{locale}.toml"));
        if *locale == sheet.spec.locale {
            wrong.push(refused(&shown(&folder), message!("`{locale}` is the language of the page", locale)));
        } else if path.symlink_metadata().is_ok() {
            wrong.push(refused(
                &shown(&path),
                message!("`{id}` has translations to `{locale}` already", id, locale),
            ));
        }
        let untitled = sheet.spec.title.get(locale).is_none();
        let untitled = untitled.then(|| shown(&folder.join(resolve::CATALOG_FILE)));
        let text = Some(add::skeleton(&sheet.survey(locale)));
        outputs.push(Output { path: path.clone(), text, mend: String::new() });
        added.push(Added { path, untitled });
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    write(catalogs, &outputs)?;
    Ok(added)
}
