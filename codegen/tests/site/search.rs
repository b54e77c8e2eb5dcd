//! What the search looks in has all that pages say.

use im_errors_codegen::explain::shipped;
use im_errors_spec::{Localized, Part, Spec, plain_text};
use serde_json::Value;

use super::page::{error, files, spec};
use super::{half_translated, hostile};

/// What search.json says of the errors of one language, in the order of the specs.
fn rows(specs: &[Spec], locale: &str) -> (Vec<Value>, Vec<Value>) {
    let files = files(specs, None);
    let index: Value = serde_json::from_str(&files[&format!("{locale}/search.json")]).unwrap();
    let list = |name: &str| index[name].as_array().unwrap().clone();
    let (catalogs, errors) = (list("catalogs"), list("errors"));
    for row in &errors {
        let catalog = &catalogs[usize::try_from(row[0].as_u64().unwrap()).unwrap()];
        let path = format!("{locale}/{}/{}/index.html", text(&catalog[0]), text(&row[1]));
        assert!(files[&path].contains("<main"), "{path}");
    }
    (catalogs, errors)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Message, meaning and texts of a row.
fn said(row: &Value) -> Vec<String> {
    let messages = row[7].as_array().unwrap().iter().map(|message| &message[0]);
    let texts = messages.chain(row[9].as_array().unwrap()).chain([&row[8]]);
    texts.map(|value| text(value).to_owned()).collect()
}

#[test]
fn nothing_is_lost_in_what_is_searched() {
    for (specs, locales) in [(shipped(), ["en", "zh"]), (vec![hostile()], ["en", "zh"])] {
        for locale in locales {
            let (catalogs, rows) = rows(&specs, locale);
            let mut at = rows.iter();
            for (i, spec) in specs.iter().enumerate() {
                assert_eq!(catalogs[i][2], spec.catalog);
                for error in &spec.errors {
                    let row = at.next().unwrap();
                    assert_eq!((row[0].as_u64(), text(&row[2])), (Some(i as u64), error.name.as_str()));
                    assert_eq!(row[3], error.code.map(|code| code.to_string()).unwrap_or_default());
                    assert_eq!(row[4], error.http_status.map(|one| one.to_string()).unwrap_or_default());
                    assert_eq!(row[5], error.error.clone().unwrap_or_default());
                    let said = said(row);
                    let literals = error.message.iter().flat_map(|message| message.parts());
                    for part in literals {
                        let (Part::Literal(piece) | Part::Hole(piece)) = part;
                        assert!(said[0].contains(piece.as_str()), "{piece} of {}", error.name.as_str());
                    }
                    let printed = error.cases.iter().filter_map(|case| case.message.clone());
                    let cases = error.cases.iter().flat_map(|case| [&case.cause, &case.remedy]);
                    let texts = cases.chain([&error.summary]).filter_map(|texts| shown(spec, texts, locale));
                    for text in printed.chain(texts) {
                        assert!(said.contains(&text), "{text:?} of {}", error.name.as_str());
                    }
                }
                for removed in &spec.removed {
                    let row = at.next().unwrap();
                    assert_eq!(text(&row[2]), removed.name.as_str());
                    assert!(row[3] == removed.key || said(row).contains(&removed.key));
                }
            }
            assert!(at.next().is_none());
        }
    }
}

/// The text of a language, else the vendor's.
fn shown(spec: &Spec, texts: &Localized, locale: &str) -> Option<String> {
    let of = |tag: &str| texts.0.iter().find(|(locale, _)| locale.as_str() == tag).map(|(_, text)| text);
    let text = of(locale).or_else(|| of(spec.locale.as_str())).or_else(|| texts.0.values().next())?;
    Some(plain_text(&text.text))
}

#[test]
fn a_language_has_what_it_falls_back_to_and_what_others_mean() {
    let demo = half_translated();
    let of =
        |locale: &str| -> Vec<_> { rows(std::slice::from_ref(&demo), locale).1.iter().map(said).collect() };
    assert_eq!(of("en"), [vec!["甲", "A"], vec!["乙"], vec!["Old words", "丙"], vec![""]]);
    assert_eq!(of("zh"), [vec!["A", "甲"], vec!["乙"], vec!["丙"], vec![""]]);
}

#[test]
fn messages_come_with_what_finds_them_and_printed_ones_after_the_pattern() {
    let rest = "code = 1\nmessage = \"{a} is no {{b}} of {c}.\"";
    let row = &rows(&[spec(&error("Holes", rest))], "en").1[0];
    let pattern = [
        "{a} is no {b} of {c}.",
        " is no {b} of ",
        r#"(?<=[^ "'<\\] *) is no \{b\} of (?= *[^ "'<\\]*[^ "'<\\.,;)}\]])"#,
    ];
    assert_eq!(row[7], serde_json::json!([pattern]));
    let printed = error("Printed", rest) + "message = \"tom is no {b} of 7.\"\n";
    let row = &rows(&[spec(&printed)], "en").1[0];
    let printed = ["tom is no {b} of 7.", "tom is no {b} of 7", r"\btom is no \{b\} of 7\b"];
    assert_eq!(row[7], serde_json::json!([pattern, printed]));
}

#[test]
fn what_finds_a_message_is_folded_and_free_of_escapes() {
    let of = |message: &str| {
        let rest = format!("code = 1\nmessage = '{message}'");
        let row = rows(&[spec(&error("One", &rest))], "en").1.remove(0);
        row[7][0].as_array().unwrap()[1..].iter().map(|value| text(value).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of("Ｕser： “É”  gone。"), ["user:\"é\" gone", r#"\buser:"é" gone\b"#]);
    assert_eq!(of(r#"a\n\\"b\u4f60\x\\c"#), [r#"a "b你\x\c"#, r#"\ba "b你\\x\\c\b"#]);
    assert_eq!(
        of("{a}: no {b} or {c} there"),
        [" there", r#"(?<=[^ "'<\\] *):no .{1,400}? or .{1,400}? there\b"#]
    );
    // All of a string, be it with a period.
    assert_eq!(of("ok."), ["ok", r#"(?<=["'])ok(?=\.?["'])"#]);
}

#[test]
fn names_and_types_are_found_by_their_words() {
    let row = &rows(&[spec(&error("HTTPUserV2NotFound", "code = 1\nerror = \"no_suchUser\""))], "en").1[0];
    assert_eq!(row[6], "http user v2 not found no such user");
}
