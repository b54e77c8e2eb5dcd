//! A catalog with its file of translations, as the loop with translators sees it.

use im_errors_codegen::i18n::import::{self, Imported, Refused};
use im_errors_codegen::i18n::{Done, Exchange, Key, State, Survey, Unit};
use im_errors_codegen::read::decode;
use im_errors_codegen::resolve::{SourceTexts, Translations, stamp};
use im_errors_spec::{Case, ErrorDef, Locale, Localized, Place, Spec, VariantName, quoted};

pub(crate) const FORMS: [Exchange; 3] = [Exchange::Po, Exchange::Xliff, Exchange::Csv];

fn locale(tag: &str) -> Locale {
    Locale::new(tag).unwrap()
}

/// How the translation of a text is written, if there is one.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) text: String,
    /// `None` without stamp, else whether it is of the present text.
    pub(crate) of: Option<bool>,
}

/// A text, the one before it, and its translation.
pub(crate) type Line = (String, String, Option<Written>);

/// How the file of translations is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    /// A header per error.
    Header,
    /// A header per error that is translated.
    Sparse,
    /// `E0.summary = …`
    Dotted,
    /// `E0 = { summary = … }`
    Inline,
}

/// A catalog as the loop sees it.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) spec: Spec,
    /// The spec before the texts changed.
    pub(crate) previous: Spec,
    pub(crate) file: String,
}

/// The value in the file of translations.
fn value((source, before, written): &Line) -> Option<String> {
    let Written { text, of } = written.as_ref()?;
    let text = quoted(text);
    Some(match of {
        None => text,
        Some(present) => {
            let of = stamp(if *present { source } else { before });
            format!("{{ text = {text}, of = \"{of}\" }}")
        }
    })
}

pub(crate) fn spec<'a>(errors: impl Iterator<Item = [Option<&'a String>; 3]>) -> Spec {
    let localized = |text: Option<&String>| {
        let mut texts = Localized::default();
        text.into_iter().for_each(|text| texts.insert(locale("zh"), text, false));
        texts
    };
    let error = |(i, [summary, cause, remedy]): (usize, [Option<&'a String>; 3])| ErrorDef {
        name: VariantName::new(&format!("E{i}")).unwrap(),
        aliases: Vec::new(),
        group: "g".to_owned(),
        code: Some(i64::try_from(i).unwrap()),
        http_status: None,
        error: None,
        message: None,
        retry: None,
        summary: localized(summary),
        cases: vec![Case {
            at: Place { file: "sources/a page.md".to_owned(), line: 7 },
            message: None,
            cause: localized(cause),
            remedy: localized(remedy),
            also: Vec::new(),
        }],
    };
    Spec {
        catalog: "demo".to_owned(),
        locale: locale("zh"),
        title: Localized::default(),
        vendor: Localized::default(),
        sources: Vec::new(),
        groups: Vec::new(),
        errors: errors.enumerate().map(error).collect(),
        removed: Vec::new(),
        editions: Vec::new(),
    }
}

impl Sheet {
    /// Errors with a summary, a cause and maybe a remedy each.
    pub(crate) fn new(errors: &[(Line, Line, Option<Line>)], form: Form, crlf: bool) -> Self {
        let spec = spec(errors.iter().map(|(a, b, c)| [Some(&a.0), Some(&b.0), c.as_ref().map(|c| &c.0)]));
        let previous =
            self::spec(errors.iter().map(|(a, b, c)| [Some(&a.1), Some(&b.1), c.as_ref().map(|c| &c.1)]));
        let mut file = "# Kept as it is.\n".to_owned();
        for (i, (summary, cause, remedy)) in errors.iter().enumerate() {
            let fields = [("summary", Some(summary)), ("cause", Some(cause)), ("remedy", remedy.as_ref())];
            let values: Vec<_> =
                fields.iter().filter_map(|(name, line)| Some((*name, value((*line)?)?))).collect();
            file.push_str(&match form {
                Form::Sparse | Form::Inline if values.is_empty() => String::new(),
                Form::Header | Form::Sparse => format!(
                    "\n[E{i}] # Error {i}\n{}",
                    values.iter().map(|(n, v)| format!("  {n} = {v} # {n}\n")).collect::<String>()
                ),
                Form::Dotted => values.iter().map(|(n, v)| format!("E{i}.{n} = {v}\n")).collect(),
                Form::Inline => {
                    let values: Vec<_> = values.iter().map(|(n, v)| format!("{n} = {v}")).collect();
                    format!("E{i} = {{ {} }}\n", values.join(", "))
                }
            });
        }
        let file = if crlf { file.replace('\n', "\r\n") } else { file };
        Self { spec, previous, file }
    }

    fn translations(&self) -> Translations {
        Translations::parse(locale("en"), "locales/en.toml", &self.file).unwrap()
    }

    pub(crate) fn survey(&self) -> Survey {
        let known = SourceTexts::of(&self.previous);
        Survey::new(&self.spec, "specs/demo", &locale("en"), Some(&self.translations()), &known)
    }

    pub(crate) fn export(&self, form: Exchange) -> String {
        form.print(&[self.survey()])
    }

    /// Imports what has a key.
    pub(crate) fn import(&self, units: &[Unit]) -> Result<Imported, Refused> {
        let errors: Vec<_> = self.spec.errors.iter().map(|error| error.name.as_str()).collect();
        let sent: Vec<_> = units.iter().filter_map(|unit| Some((0, unit, Key::parse(&unit.key)?))).collect();
        import::import(&self.survey(), &self.translations(), &self.file, &errors, &sent)
    }

    /// What nobody edited changes nothing when it comes back, whatever editors do to the ends of
    /// lines.
    pub(crate) fn comes_back_unchanged(&self) {
        for form in FORMS {
            let exported = self.export(form);
            let with_crlf = exported.replace("\r\n", "\n").replace('\n', "\r\n");
            for sent in [exported.clone(), with_crlf, format!("\u{feff}{exported}")] {
                let imported = self.import(&units(form, &sent)).unwrap();
                assert_eq!(imported.text, None, "{form:?}\n{sent}");
                assert_eq!(imported.diagnostics, []);
                assert_eq!(imported.unfinished, 0);
            }
            assert_eq!(self.export(form), exported);
        }
    }

    /// Every text comes out of the file as it went in.
    pub(crate) fn comes_out_as_it_went_in(&self) {
        let survey = self.survey();
        for form in FORMS {
            let units = units(form, &self.export(form));
            let entries: Vec<_> =
                survey.entries.iter().filter(|entry| entry.state != State::Orphaned).collect();
            assert_eq!(units.len(), entries.len());
            for (unit, entry) in units.iter().zip(entries) {
                assert_eq!(unit.key, entry.key.to_string());
                assert_eq!(Some(&unit.source), entry.source.as_ref());
                assert_eq!(unit.text, entry.text.as_deref().unwrap_or_default());
                assert_eq!(unit.locale.as_deref(), Some("en"));
                let sure = matches!(entry.state, State::Current | State::Missing);
                assert_eq!(unit.done == Done::Yes, sure, "{form:?}");
            }
        }
    }
}

/// The units of a file that can be read.
pub(crate) fn units(form: Exchange, text: &str) -> Vec<Unit> {
    form.parse(&decode(text.as_bytes()).unwrap()).unwrap_or_else(|found| panic!("{found:?}\n{text}"))
}

/// Reads a text as each of the forms: it is read or refused, at places that it has.
pub(crate) fn is_read_or_refused(text: &str) -> Vec<Vec<Unit>> {
    let read = |form: Exchange| match form.parse(text) {
        Ok(units) => {
            assert!(units.iter().all(|unit| text.get(unit.span.clone()).is_some()), "{form:?}");
            units
        }
        Err(found) => {
            assert!(found.span.is_none_or(|span| text.get(span).is_some()), "{form:?}");
            Vec::new()
        }
    };
    FORMS.into_iter().map(read).collect()
}
