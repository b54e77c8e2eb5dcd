//! Whatever texts hold, they go out to translators and come back as they were.

use crate::sheet::{FORMS, Form, Line, Sheet, Written, is_read_or_refused, spec, units};
use im_errors_codegen::i18n::{Done, Exchange, Key, State};
use im_errors_codegen::inline::{from_markdown, to_markdown};
use im_errors_codegen::resolve::{Field, stamp};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The same cases on every run.
fn cases(cases: u32) -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(0x1111_2222);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
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

fn line() -> impl Strategy<Value = Line> {
    let written = (text(), option::of(any::<bool>())).prop_map(|(text, of)| Written { text, of });
    (text(), text(), option::of(written))
}

fn sheet() -> impl Strategy<Value = Sheet> {
    let form = prop::sample::select(vec![Form::Header, Form::Sparse, Form::Dotted, Form::Inline]);
    (vec((line(), line(), option::of(line())), 0..5), form, any::<bool>())
        .prop_map(|(errors, form, crlf)| Sheet::new(&errors, form, crlf))
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn what_nobody_edited_changes_nothing(sheet in sheet()) {
        sheet.comes_back_unchanged();
    }

    #[test]
    fn every_text_comes_out_of_the_file_as_it_went_in(sheet in sheet()) {
        sheet.comes_out_as_it_went_in();
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
        let imported = sheet.import(&units).unwrap();
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
        let again = after.import(&units).unwrap();
        prop_assert_eq!(again.text, None);
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in vec(any::<u8>(), 0..200), text in ".{0,80}") {
        is_read_or_refused(&text);
        is_read_or_refused(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(sheet in sheet(), at in any::<prop::sample::Index>(), with in any::<char>()) {
        for form in FORMS {
            let exported = sheet.export(form);
            let places: Vec<_> = exported.char_indices().map(|(at, _)| at).collect();
            let at = places[at.index(places.len())];
            is_read_or_refused(&format!("{}{with}{}", &exported[..at], &exported[at..]));
        }
    }
}

#[test]
fn what_shows_nothing_in_code_does_not_make_an_export_unreadable() {
    let text = to_markdown(&from_markdown("set `a\u{1}b\u{85}`", &|_| None).pieces);
    let line = (text.clone(), text.clone(), Some(Written { text, of: Some(true) }));
    let sheet = Sheet::new(&[(line.clone(), line, None)], Form::Header, false);
    sheet.comes_out_as_it_went_in();
    sheet.comes_back_unchanged();
}

#[test]
fn a_placeholder_that_was_left_for_a_text_gives_way_to_it() {
    let spec = spec([[Some(&"一".to_owned()), Some(&"二".to_owned()), None]].into_iter());
    let empty = Sheet { spec: spec.clone(), previous: spec, file: String::new() };
    let file = im_errors_codegen::i18n::add::skeleton(&empty.survey());
    let started = Sheet { file: file.clone(), ..empty };
    let mut units = units(Exchange::Po, &started.export(Exchange::Po));
    units[1].text = "two".to_owned();
    let imported = started.import(&units).unwrap().text.unwrap();
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
