//! Whatever texts hold, they go out to translators and come back as they were.

use im_errors_codegen::i18n::import::{self, Imported};
use im_errors_codegen::i18n::{Done, Exchange, Key, State, Survey, Unit};
use im_errors_codegen::inline::{from_markdown, to_markdown};
use im_errors_codegen::read::decode;
use im_errors_codegen::resolve::{Field, SourceTexts, Translations, stamp};
use im_errors_spec::{Case, ErrorDef, Locale, Localized, Place, Spec, VariantName, quoted};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The same cases on every run.
fn cases(cases: u32) -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(0x1111_2222);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

const FORMS: [Exchange; 3] = [Exchange::Po, Exchange::Xliff, Exchange::Csv];

fn locale(tag: &str) -> Locale {
    Locale::new(tag).unwrap()
}

/// Texts with what PO, XML, CSV, TOML and spreadsheets take for something else, in the form in
/// which specs hold them.
fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "\"",
        "\\",
        "\\n",
        "'",
        "''=",
        "=1+1",
        "+",
        "-",
        "@SUM(A1)",
        "＝",
        "\n",
        "\r\n",
        "\t",
        "#~",
        "#, fuzzy",
        "msgid \"x\"",
        "]]>",
        "<![CDATA[",
        "&amp;",
        "&#10;",
        "<x id=\"u0041\"/>",
        "<b>",
        "</target>",
        "--",
        ",",
        ";",
        "[Name]",
        "\"\"\"",
        "群组，",
        "🙂",
        "\u{202e}",
        "\u{2028}",
        "\u{fffe}",
        "`a\"b`",
        "[l](./x?a=1&b=2)",
        "<br>",
        " ",
        "%s",
        "{name}",
    ]);
    let piece = prop_oneof![3 => nasty.prop_map(str::to_owned), 1 => any::<String>()];
    vec(piece, 1..5)
        .prop_map(|pieces| to_markdown(&from_markdown(&pieces.concat(), &|_| None).pieces))
        .prop_filter("no text", |text| !text.trim().is_empty())
}

/// How the translation of a text is written, if there is one.
#[derive(Debug, Clone)]
struct Written {
    text: String,
    /// `None` without stamp, else whether it is of the present text.
    of: Option<bool>,
}

/// A text, the one before it, and its translation.
type Line = (String, String, Option<Written>);

fn line() -> impl Strategy<Value = Line> {
    let written = (text(), option::of(any::<bool>())).prop_map(|(text, of)| Written { text, of });
    (text(), text(), option::of(written))
}

/// A catalog as the loop sees it.
#[derive(Debug, Clone)]
struct Sheet {
    spec: Spec,
    /// The spec before the texts changed.
    previous: Spec,
    file: String,
}

fn sheet() -> impl Strategy<Value = Sheet> {
    let form = prop::sample::select(vec!["header", "sparse", "dotted", "inline"]);
    (vec((line(), line(), option::of(line())), 0..5), form, any::<bool>()).prop_map(|(errors, form, crlf)| {
        let spec = spec(errors.iter().map(|(a, b, c)| [Some(&a.0), Some(&b.0), c.as_ref().map(|c| &c.0)]));
        let previous =
            self::spec(errors.iter().map(|(a, b, c)| [Some(&a.1), Some(&b.1), c.as_ref().map(|c| &c.1)]));
        let mut file = "# Kept as it is.\n".to_owned();
        for (i, (summary, cause, remedy)) in errors.iter().enumerate() {
            let fields = [("summary", Some(summary)), ("cause", Some(cause)), ("remedy", remedy.as_ref())];
            let values: Vec<_> =
                fields.iter().filter_map(|(name, line)| Some((*name, value((*line)?)?))).collect();
            file.push_str(&match form {
                "sparse" if values.is_empty() => String::new(),
                "header" | "sparse" => format!(
                    "\n[E{i}] # Error {i}\n{}",
                    values.iter().map(|(n, v)| format!("  {n} = {v} # {n}\n")).collect::<String>()
                ),
                "dotted" => values.iter().map(|(n, v)| format!("E{i}.{n} = {v}\n")).collect(),
                _ if values.is_empty() => String::new(),
                _ => {
                    let values: Vec<_> = values.iter().map(|(n, v)| format!("{n} = {v}")).collect();
                    format!("E{i} = {{ {} }}\n", values.join(", "))
                }
            });
        }
        let file = if crlf { file.replace('\n', "\r\n") } else { file };
        Sheet { spec, previous, file }
    })
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

fn spec<'a>(errors: impl Iterator<Item = [Option<&'a String>; 3]>) -> Spec {
    let localized = |text: Option<&String>| {
        let mut texts = Localized::default();
        text.into_iter().for_each(|text| texts.insert(locale("zh"), text, false));
        texts
    };
    let error = |(i, [summary, cause, remedy]): (usize, [Option<&'a String>; 3])| ErrorDef {
        name: VariantName::new(&format!("E{i}")).unwrap(),
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
    }
}

impl Sheet {
    fn translations(&self) -> Translations {
        Translations::parse(locale("en"), "locales/en.toml", &self.file).unwrap()
    }

    fn survey(&self) -> Survey {
        let known = SourceTexts::of(&self.previous);
        Survey::new(&self.spec, "specs/demo", &locale("en"), Some(&self.translations()), &known)
    }

    fn export(&self, form: Exchange) -> String {
        form.print(&[self.survey()])
    }

    fn import(&self, units: &[Unit]) -> Imported {
        let errors: Vec<_> = self.spec.errors.iter().map(|error| error.name.as_str()).collect();
        let sent: Vec<_> = units.iter().map(|unit| (0, unit, Key::parse(&unit.key).unwrap())).collect();
        import::import(&self.survey(), &self.translations(), &self.file, &errors, &sent).unwrap()
    }
}

fn units(form: Exchange, text: &str) -> Vec<Unit> {
    form.parse(&decode(text.as_bytes()).unwrap()).unwrap_or_else(|found| panic!("{found:?}\n{text}"))
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn what_nobody_edited_changes_nothing(sheet in sheet()) {
        for form in FORMS {
            let exported = sheet.export(form);
            let with_crlf = exported.replace("\r\n", "\n").replace('\n', "\r\n");
            for sent in [exported.clone(), with_crlf, format!("\u{feff}{exported}")] {
                let imported = sheet.import(&units(form, &sent));
                prop_assert_eq!(&imported.text, &None, "{:?}\n{}", form, sent);
                prop_assert_eq!(&imported.diagnostics, &vec![]);
                prop_assert_eq!(imported.unfinished, 0);
            }
            prop_assert_eq!(sheet.export(form), exported);
        }
    }

    #[test]
    fn every_text_comes_out_of_the_file_as_it_went_in(sheet in sheet()) {
        let survey = sheet.survey();
        for form in FORMS {
            let units = units(form, &sheet.export(form));
            let entries: Vec<_> = survey.entries.iter().filter(|entry| entry.state != State::Orphaned).collect();
            prop_assert_eq!(units.len(), entries.len());
            for (unit, entry) in units.iter().zip(entries) {
                prop_assert_eq!(&unit.key, &entry.key.to_string());
                prop_assert_eq!(&unit.source, entry.source.as_ref().unwrap());
                prop_assert_eq!(&unit.text, entry.text.as_deref().unwrap_or_default());
                prop_assert_eq!(unit.locale.as_deref(), Some("en"));
                let sure = matches!(entry.state, State::Current | State::Missing);
                prop_assert_eq!(unit.done == Done::Yes, sure, "{:?}", form);
            }
        }
    }

    /// A translator works on some of the texts: these are current then, and nothing else changes.
    #[test]
    fn what_was_translated_is_current_and_the_rest_stays(
        sheet in sheet(),
        work in vec(option::of(text()), 15),
        form in prop::sample::select(FORMS.to_vec()),
    ) {
        let mut units = units(form, &sheet.export(form));
        for (unit, text) in units.iter_mut().zip(&work) {
            if let Some(text) = text {
                unit.text = text.clone();
                unit.done = Done::Yes;
            }
        }
        let imported = sheet.import(&units);
        let after = Sheet { file: imported.text.unwrap_or(sheet.file.clone()), ..sheet.clone() };
        let entries = sheet.survey().entries;
        for ((before, now), text) in entries.iter().zip(after.survey().entries).zip(&work) {
            match text {
                Some(text) => {
                    prop_assert_eq!(now.state, State::Current);
                    prop_assert_eq!(now.text.as_ref(), Some(text));
                }
                None => prop_assert_eq!((&now.text, now.state), (&before.text, before.state)),
            }
        }
        // What people wrote around the translations is there still, line ends included.
        for comment in sheet.file.lines().filter(|line| line.starts_with("# Kept") || line.starts_with("[E")) {
            prop_assert!(after.file.lines().any(|line| line == comment), "{}", comment);
        }
        if sheet.survey().entries.iter().zip(&work).all(|(_, text)| text.is_none()) {
            prop_assert_eq!(&after.file, &sheet.file);
        }
        prop_assert_eq!(after.file.contains("\r\n"), sheet.file.contains("\r\n"));
        prop_assert!(!after.file.replace("\r\n", "").contains('\n') || !sheet.file.contains("\r\n"));
        // And a second import has nothing to do.
        let again = after.import(&units);
        prop_assert_eq!(again.text, None);
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in vec(any::<u8>(), 0..200), text in ".{0,80}") {
        for form in FORMS {
            let _ = form.parse(&text);
            let _ = form.parse(&String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(sheet in sheet(), at in any::<prop::sample::Index>(), with in any::<char>()) {
        for form in FORMS {
            let exported = sheet.export(form);
            let places: Vec<_> = exported.char_indices().map(|(at, _)| at).collect();
            let at = places[at.index(places.len())];
            let damaged = format!("{}{with}{}", &exported[..at], &exported[at..]);
            match form.parse(&damaged) {
                Ok(units) => prop_assert!(units.iter().all(|unit| damaged.get(unit.span.clone()).is_some())),
                Err(found) => prop_assert!(found.span.is_none_or(|span| damaged.get(span).is_some())),
            }
        }
    }
}

#[test]
fn a_placeholder_that_was_left_for_a_text_gives_way_to_it() {
    let spec = spec([[Some(&"一".to_owned()), Some(&"二".to_owned()), None]].into_iter());
    let empty = Sheet { spec: spec.clone(), previous: spec, file: String::new() };
    let file = im_errors_codegen::i18n::add::skeleton(&empty.survey());
    let started = Sheet { file: file.clone(), ..empty };
    let mut units = units(Exchange::Po, &started.export(Exchange::Po));
    units[1].text = "two".to_owned();
    let imported = started.import(&units).text.unwrap();
    let value = format!("cause = {{ text = \"two\", of = \"{}\" }}", stamp("二"));
    assert_eq!(imported, file.replace("# cause = \"\"", &value));
    assert!(imported.contains("# summary = \"\""));
}

#[test]
fn fields_of_further_rows_are_known_by_their_number() {
    assert_eq!(Key::parse("a/B/cause_3").map(|key| key.field), Some(Field::Cause(2)));
    for wrong in ["a/B/cause_1", "a/B", "/B/cause", "a//cause", "a/B/cause/x", ""] {
        assert_eq!(Key::parse(wrong), None, "{wrong}");
    }
}
