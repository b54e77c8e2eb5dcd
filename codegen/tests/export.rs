//! `im-errors export` as its users see it. What compilers and validators say of it is checked by
//! `.ci/export`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{ALPHA, Workspace};
use im_errors_codegen::export::{Form, Language, SCHEMA, Sources, export};
use im_errors_codegen::resolve::previous;
use im_errors_spec::{Advice, Localized, Spec, SpecFile, plain_text};
use proptest::prelude::*;
use serde_json::Value;

const CATALOGS: [&str; 5] =
    ["agora-chat", "agora-chat-revised", "agora-im-legacy", "easemob-rest", "jmessage-server"];

const FORMS: [(&str, Form); 7] = [
    ("json", Form::Json),
    ("csv", Form::Csv),
    ("openapi", Form::OpenApi),
    ("typescript", Form::Code(Language::TypeScript)),
    ("kotlin", Form::Code(Language::Kotlin)),
    ("swift", Form::Code(Language::Swift)),
    ("go", Form::Code(Language::Go)),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export")
}

fn vendors() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/vendors").display().to_string()
}

fn spec(path: &Path) -> Spec {
    SpecFile::parse(&fs::read_to_string(path).unwrap()).unwrap().spec
}

fn fixture(name: &str) -> Spec {
    spec(&folder().join(format!("{name}.toml")))
}

fn locale(tag: &str) -> im_errors_spec::Locale {
    im_errors_spec::Locale::new(tag).unwrap()
}

fn exported(spec: &Spec, form: Form) -> String {
    export(spec, form, &locale("en"), &Sources::default()).unwrap()
}

/// A workspace with the fixture as a catalog that was built.
fn with(name: &str) -> Workspace {
    let workspace = Workspace::new();
    workspace.write(&format!("specs/vendors/{name}/catalog.toml"), "");
    workspace.write(&format!("specs/vendors/{name}/spec.toml"), previous::seal(&fixture(name)));
    workspace
}

#[test]
fn the_small_catalog_is_exported_as_kept() {
    let workspace = with("small");
    for (format, _) in FORMS {
        for language in ["en", "zh"] {
            let has_language = !matches!(format, "json");
            if !has_language && language == "zh" {
                continue;
            }
            let run = workspace.run(&["export", "small", "--format", format, "--locale", language]);
            assert_eq!((run.status, run.err.as_str()), (0, ""), "{format}");
            let path = folder().join(format!("expect/small.{language}.{format}"));
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, &run.out).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                run.out == expected,
                "{} differs; UPDATE_EXPECT=1 writes it:\n{}",
                path.display(),
                run.out
            );
        }
    }
}

#[test]
fn every_shipped_catalog_is_exported_in_every_format() {
    let workspace = Workspace::new();
    let catalogs = vendors();
    for id in CATALOGS {
        let spec = spec(&Path::new(&catalogs).join(id).join("spec.toml"));
        for (format, form) in FORMS {
            let run = workspace.run(&["export", id, "--format", format, "--catalogs", &catalogs]);
            assert_eq!((run.status, run.err.as_str()), (0, ""), "{id} {format}");
            assert_eq!(run.out, exported(&spec, form), "{id} {format}");
            for error in &spec.errors {
                assert!(
                    run.out.contains(error.name.as_str()) || format == "openapi",
                    "{id} {format} {}",
                    error.name
                );
            }
            // The ones in the tool itself are the same.
            let shipped = workspace.run(&["export", id, "--format", format]);
            assert!(shipped.out == run.out, "{id} {format}");
        }
    }
}

#[test]
fn json_says_all_that_the_spec_says_to_the_letter() {
    for spec in CATALOGS
        .map(|id| spec(&Path::new(&vendors()).join(id).join("spec.toml")))
        .iter()
        .chain([&fixture("small"), &fixture("hostile")])
    {
        let json: Value = serde_json::from_str(&exported(spec, Form::Json)).unwrap();
        let same_texts = |said: &Value, texts: &Localized| {
            assert_eq!(said.as_object().unwrap().len(), texts.0.len());
            for (locale, text) in &texts.0 {
                let said = &said[locale.as_str()];
                assert_eq!(said["plain"], plain_text(&text.text));
                assert_eq!(said["state"] == "stale", text.stale);
                assert_eq!(said["vendor"] == true, text.vendor);
                assert_eq!(said["was"].is_string(), text.was.is_some());
            }
        };
        assert_eq!(json["errors"].as_array().unwrap().len(), spec.errors.len());
        for (said, error) in json["errors"].as_array().unwrap().iter().zip(&spec.errors) {
            assert_eq!(
                (said["name"].as_str(), said["key"].as_str()),
                (Some(error.name.as_str()), Some(error.key().as_str()))
            );
            assert_eq!((said["code"].as_i64(), said["error"].as_str()), (error.code, error.error.as_deref()));
            let parts = said["message"].as_array();
            assert_eq!(parts.is_some(), error.message.is_some());
            let text = parts.into_iter().flatten().map(|part| {
                let hole = part["hole"].as_str().map(|hole| format!("{{{hole}}}"));
                hole.unwrap_or_else(|| part["text"].as_str().unwrap().replace('{', "{{").replace('}', "}}"))
            });
            assert_eq!(
                text.collect::<String>(),
                error.message.as_ref().map(ToString::to_string).unwrap_or_default()
            );
            same_texts(&said["summary"], &error.summary);
            assert_eq!(said["cases"].as_array().unwrap().len(), error.cases.len());
            for (said, case) in said["cases"].as_array().unwrap().iter().zip(&error.cases) {
                assert_eq!(
                    (said["file"].as_str(), said["line"].as_u64()),
                    (Some(case.at.file.as_str()), Some(case.at.line.into()))
                );
                let place = |place: &Value| format!("{}:{}", place["file"].as_str().unwrap(), place["line"]);
                let also: Vec<_> = said["also"].as_array().into_iter().flatten().map(place).collect();
                assert_eq!(also, case.also.iter().map(ToString::to_string).collect::<Vec<_>>());
                assert_eq!(said["message"].as_str(), case.message.as_deref());
                same_texts(&said["cause"], &case.cause);
                same_texts(&said["remedy"], &case.remedy);
            }
        }
        let languages = json["sources"].as_array().unwrap().iter().map(|source| &source["locale"]);
        assert!(languages.eq(spec.sources.iter().map(|source| source.locale.as_str())));
        assert_eq!(json["removed"].as_array().unwrap().len(), spec.removed.len());
    }
}

#[test]
fn the_schema_needs_no_catalog_and_knows_all_words() {
    let run = Workspace::new().run(&["export", "--format", "json-schema"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, SCHEMA, ""));
    let schema = run.json();
    assert_eq!(schema["properties"]["format"]["const"], im_errors_codegen::export::FORMAT);
    let advice = Advice::ALL.map(Advice::as_str);
    assert_eq!(schema["$defs"]["retry"]["properties"]["advice"]["enum"], serde_json::json!(advice));
    closed(&schema, "");
    fits(
        &schema,
        &schema,
        &serde_json::from_str(&exported(&fixture("hostile"), Form::Json)).unwrap(),
        "hostile",
    );
}

/// Every object of the schema is closed, and describes each of its fields here or where it refers to.
fn closed(value: &Value, at: &str) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        if name == "properties" {
            assert!(value.get("additionalProperties").is_some(), "{at}");
            for (field, property) in inner.as_object().unwrap() {
                assert!(property.get("description").or(property.get("$ref")).is_some(), "{at}/{field}");
            }
        }
        closed(inner, &at);
    }
    for inner in value.as_array().into_iter().flatten() {
        closed(inner, at);
    }
}

/// The names of fields, which is what a change of the export forgets to tell the schema; all the
/// rest is for a validator, in `.ci/export`.
fn fits(root: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        return fits(root, root.pointer(&reference[1..]).unwrap(), value, at);
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        fits(root, &schema["items"], item, &format!("{at}/{index}"));
    }
    if let Some(fields) = value.as_object() {
        let choices =
            schema["oneOf"].as_array().map_or_else(|| vec![schema], |choices| choices.iter().collect());
        let takes = |schema: &&&Value| {
            let is_known = |name: &String| {
                schema["properties"].get(name).is_some() || schema["additionalProperties"].is_object()
            };
            let required = schema["required"].as_array();
            fields.keys().all(is_known)
                && required.into_iter().flatten().all(|name| fields.contains_key(name.as_str().unwrap()))
        };
        let schema = choices.iter().find(takes).unwrap_or_else(|| panic!("{at} does not fit: {value}"));
        for (name, field) in fields {
            let known = schema["properties"].get(name).unwrap_or(&schema["additionalProperties"]);
            fits(root, known, field, &format!("{at}/{name}"));
        }
    }
}

/// The rows of a table, by column.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn tables_read_back_to_the_letter_and_hold_no_formula() {
    for spec in [fixture("small"), fixture("hostile")] {
        let table = exported(&spec, Form::Csv);
        let rows = rows(table.strip_prefix('\u{feff}').unwrap());
        let cases: usize = spec.errors.iter().map(|error| error.cases.len()).sum();
        assert_eq!(rows.len(), 1 + cases + spec.removed.len());
        let at = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
        let unguarded = |cell: &String| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
        let errors = spec.errors.iter().flat_map(|error| error.cases.iter().map(move |case| (error, case)));
        for (row, (error, case)) in rows[1..].iter().zip(errors) {
            assert_eq!(row[at("name")], error.name.as_str());
            assert_eq!(row[at("code")], error.code.map(|code| code.to_string()).unwrap_or_default());
            assert_eq!(unguarded(&row[at("error")]), error.error.clone().unwrap_or_default());
            assert_eq!(
                unguarded(&row[at("message")]),
                error.message.as_ref().map(ToString::to_string).unwrap_or_default()
            );
            assert_eq!(unguarded(&row[at("case_message")]), case.message.clone().unwrap_or_default());
            let summary = error.summary.get(&locale("en")).filter(|text| !text.stale);
            let summary = summary.or_else(|| error.summary.get(&locale("zh")));
            assert_eq!(
                unguarded(&row[at("summary")]),
                summary.map(|text| plain_text(&text.text)).unwrap_or_default()
            );
        }
        for cell in rows.iter().flatten() {
            let is_number = cell.parse::<i64>().is_ok();
            assert!(is_number || !cell.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{cell:?}");
        }
        // Line ends inside of cells are their own.
        let plain = fixture("small");
        assert!(exported(&plain, Form::Csv).lines().count() > 5);
    }
}

#[test]
fn openapi_has_a_response_per_status_and_an_example_per_body() {
    let document: Value = serde_json::from_str(&exported(&fixture("small"), Form::OpenApi)).unwrap();
    let components = &document["components"];
    let keys = |name: &str| components[name].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["version"], "2026-05");
    assert_eq!(keys("responses"), ["400", "403", "5XX"]);
    assert_eq!(keys("examples"), ["UserExists", "AlreadyMember"]);
    assert_eq!(keys("schemas"), ["CodedErrorBody", "ErrorBody", "ErrorCode", "ErrorType", "TypedErrorBody"]);
    let value = |name: &str| components["examples"][name]["value"].clone();
    assert_eq!(value("UserExists"), serde_json::json!({ "error": { "code": -5, "message": "user exists" } }));
    let body =
        serde_json::json!({ "error": "forbidden_op", "error_description": "user: tom already in group: 42" });
    assert_eq!(value("AlreadyMember"), body);
    let server: Value = serde_json::from_str(&exported(
        &spec(&Path::new(&vendors()).join("jmessage-server/spec.toml")),
        Form::OpenApi,
    ))
    .unwrap();
    assert_eq!(
        server["components"]["responses"].as_object().unwrap().keys().collect::<Vec<_>>(),
        ["default"]
    );
    assert_eq!(server["components"]["schemas"]["ErrorCode"]["enum"].as_array().unwrap().len(), 152);
}

#[test]
fn nothing_that_editors_or_terminals_obey_is_written_raw() {
    let hidden = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    for (name, form) in FORMS.into_iter().filter(|(name, _)| *name != "csv") {
        let text = exported(&fixture("hostile"), form);
        assert!(!text.contains(hidden), "{name}");
        // A page that shows it would end the script here; comments are no strings.
        let code = text.lines().filter(|line| !line.trim_start().starts_with(['*', '/']));
        if matches!(name, "json" | "openapi" | "typescript") {
            assert!(code.into_iter().all(|line| !line.contains("</script>")), "{name}");
        }
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let workspace = with("small");
    let arguments = ["export", "small", "--format", "go", "--output", "out/errors.go"];
    let run = workspace.run(&arguments);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "wrote out/errors.go\n", ""));
    assert_eq!(workspace.read("out/errors.go"), exported(&fixture("small"), Form::Code(Language::Go)));
    let before = workspace.tree();
    assert_eq!(workspace.run(&arguments).status, 0);
    workspace.is_as(&before);
    workspace.refuses(
        &["export", "small", "--format", "go", "--output", "out"],
        &["unwritable-file", "a folder is in its place"],
    );
    workspace.refuses(
        &["export", "none", "--format", "go", "--output", "out/errors.go"],
        &["there is no catalog `none`"],
    );
}

#[test]
fn templates_are_replaced_one_by_one_and_write_nothing_raw() {
    let workspace = with("small");
    let export = |format: &'static str| ["export", "small", "--format", format, "--templates", "own"];
    workspace.write("own/go.go", "package p\n{% for error in errors %}\n// {{ error.name | comment(\"\") }} {{ error.code | literal }}\n{% endfor %}\n");
    assert_eq!(
        workspace.run(&export("go")).out,
        "package p\n// ServerError nil\n// UserExists -5\n// AlreadyMember nil\n"
    );
    let swift = workspace.run(&export("swift"));
    assert_eq!(swift.out, exported(&fixture("small"), Form::Code(Language::Swift)));
    workspace.write("own/go.go", "package p\nvar title = \"{{ title }}\"\n");
    workspace.refuses(
        &export("go"),
        &["broken-template", "own/go.go:2:", "must pass through `literal`, `comment` or `name`"],
    );
    workspace.write("own/go.go", "package {{ title | name }}\n");
    workspace.refuses(&export("go"), &["broken-template", "own/go.go:1:", "is no name"]);
    workspace.write("own/go.go", "{{ titel | literal }}\n");
    workspace.refuses(&export("go"), &["broken-template", "own/go.go:1:12", "undefined"]);
    workspace.remove("own/go.go");
    workspace.write("own/golang.go", "");
    workspace.refuses(&export("go"), &["unknown-template", "own/golang.go"]);
    workspace
        .refuses(&["export", "small", "--format", "go", "--templates", "nowhere"], &["unreadable-templates"]);
}

#[test]
fn what_cannot_be_exported_is_told() {
    let workspace = Workspace::alpha();
    workspace.refuses(
        &["export", "alpha", "--format", "json"],
        &["spec.toml", "run `im-errors build alpha` first"],
    );
    workspace.build();
    assert_eq!(workspace.run(&["export", "alpha", "--format", "json"]).json()["catalog"], "alpha");
    workspace.edit(&format!("{ALPHA}/spec.toml"), "\"UserNotFound\"", "\"Edited\"");
    workspace.refuses(&["export", "alpha", "--format", "json"], &["spec-untrusted"]);
    let empty = Workspace::new();
    empty.refuses(
        &["export", "alpha", "--format", "csv"],
        &["there is no catalog `alpha`", "agora-chat, agora-chat-revised"],
    );
    empty.refuses(
        &["export", "agora-chat", "--format", "csv", "--catalogs", "nowhere"],
        &["there is no such folder"],
    );
    for usage in [
        &["export"][..],
        &["export", "agora-chat"],
        &["export", "--format", "csv"],
        &["export", "a", "--format", "cobol"],
    ] {
        let run = empty.run(usage);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{usage:?}");
    }
    let help = empty.run(&["export", "--help"]);
    for word in ["json-schema", "typescript", "--output", "--locale", "--templates", "docs/export.md"] {
        assert!(help.out.contains(word), "{word}");
    }
}

/// What a string literal stands for, read by rules of its own.
fn read(literal: &str) -> String {
    let inner = literal.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap();
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        assert!(c != '"' && c != '\n' && c != '\r', "{literal}");
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next().unwrap() {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'u' => {
                let rest = chars.as_str();
                let digits = match rest.strip_prefix('{') {
                    Some(rest) => rest.split('}').next().unwrap(),
                    None => &rest[..4],
                };
                let length = if rest.starts_with('{') { digits.len() + 2 } else { 4 };
                chars = rest[length..].chars();
                out.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap());
            }
            escaped @ ('"' | '\\' | '$') => out.push(escaped),
            other => panic!("\\{other} in {literal}"),
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_is_itself_in_every_string_and_inert_in_every_comment(
        text in "([*/\"'`$({}\\\\<!@=+-]|\\PC|\\p{Cc}|\u{2028}|\u{202e}|\u{feff}| |a){1,24}",
    ) {
        let mut spec = fixture("small");
        let error = &mut spec.errors[0];
        error.error = Some(text.clone());
        for title in spec.title.0.values_mut() {
            title.text.clone_from(&text);
        }
        for (format, form) in FORMS {
            let out = export(&spec, form, &locale("en"), &Sources::default()).unwrap();
            let before = match format {
                "typescript" | "swift" => "error: ",
                "go" => "Type: ",
                "kotlin" => "        ",
                "json" | "openapi" => {
                    let json: Value = serde_json::from_str(&out).unwrap();
                    let said = if format == "json" { &json["errors"][0]["error"] } else { &json["components"]["examples"]["ServerError"]["value"]["error"] };
                    prop_assert_eq!(said, &Value::from(text.as_str()));
                    continue;
                }
                _ => {
                    let rows = rows(out.strip_prefix('\u{feff}').unwrap());
                    prop_assert_eq!(rows[1][6].strip_prefix('\'').unwrap_or(&rows[1][6]), &text);
                    continue;
                }
            };
            let literals: Vec<_> = out.match_indices(&format!("{before}\"")).map(|(at, start)| {
                let rest = &out[at + start.len() - 1..];
                let mut escaped = false;
                let end = rest[1..].find(|c| {
                    let is_end = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    is_end
                });
                &rest[..end.unwrap() + 2]
            }).collect();
            prop_assert!(literals.iter().any(|literal| read(literal) == text), "{}: {:?}", format, literals);
            // The same number of comments, whatever is in them.
            if matches!(format, "typescript" | "kotlin") {
                let plain = exported(&fixture("small"), form);
                let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with("/**")).count();
                prop_assert_eq!(comments(&out), comments(&plain));
            }
        }
    }
}
