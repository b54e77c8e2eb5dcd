//! `im-errors explain` as its users see it, over every error of the shipped catalogs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{ALPHA, Run, Workspace};
use im_errors_codegen::explain::{Answer, By, Subject, View, explain, json, shipped, text};
use im_errors_match::same;
use im_errors_spec::{ErrorDef, HttpStatus, Locale, Part, Spec, SpecFile};
use serde_json::{Value, json};

const CATALOGS: [&str; 5] =
    ["agora-chat", "agora-chat-revised", "agora-im-legacy", "easemob-rest", "jmessage-server"];

fn vendors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/vendors")
}

/// The catalogs as they are committed, read by other means than the tool's.
fn specs() -> Vec<Spec> {
    let spec = |id: &&str| {
        let text = fs::read_to_string(vendors().join(id).join("spec.toml")).unwrap();
        SpecFile::parse(&text).unwrap().spec
    };
    CATALOGS.iter().map(spec).collect()
}

/// What a server sends for an error: each hole holds a value of its own.
fn sent(error: &ErrorDef) -> Option<(String, BTreeMap<String, String>)> {
    let mut holes = BTreeMap::new();
    let mut message = String::new();
    for part in error.message.as_ref()?.parts() {
        match part {
            Part::Literal(text) => message.push_str(text),
            Part::Hole(name) => {
                let value = format!("v{}x", holes.len());
                message.push_str(&value);
                holes.insert(name.clone(), value);
            }
        }
    }
    Some((message, holes))
}

fn is<'s>(answer: &Answer<'s>, spec: &Spec, error: &ErrorDef) -> bool {
    let is = |subject: &Subject<'s>| matches!(subject, Subject::Error(found) if found.name == error.name);
    matches!(answer.matches.as_slice(), [found] if found.spec.catalog == spec.catalog && is(&found.subject))
}

fn is_first(answer: &Answer<'_>, spec: &Spec, error: &ErrorDef) -> bool {
    let first = answer.matches.first();
    first.is_some_and(|found| {
        found.spec.catalog == spec.catalog && found.subject.name() == error.name.as_str()
    })
}

fn has<'a, 's>(
    answer: &'a Answer<'s>,
    spec: &Spec,
    error: &ErrorDef,
) -> Option<&'a im_errors_codegen::explain::Match<'s>> {
    answer
        .matches
        .iter()
        .find(|found| found.spec.catalog == spec.catalog && found.subject.name() == error.name.as_str())
}

/// In a folder without any catalog.
fn run(arguments: &[&str]) -> Run {
    let mut all = vec!["explain"];
    all.extend(arguments);
    Workspace::new().run(&all)
}

fn run_with(stdin: impl AsRef<[u8]>, arguments: &[&str]) -> Run {
    let mut all = vec!["explain", "-"];
    all.extend(arguments);
    Workspace::new().run_with(stdin, &all)
}

/// The matches of a query as `catalog:Name`.
fn names(run: &Run) -> Vec<String> {
    let json = run.json();
    let matches = json["matches"].as_array().unwrap();
    let name =
        |value: &Value| format!("{}:{}", value["catalog"].as_str().unwrap(), value["name"].as_str().unwrap());
    matches.iter().map(name).collect()
}

#[test]
fn every_error_is_found_by_its_key() {
    let specs = specs();
    assert_eq!(specs.iter().map(|spec| spec.errors.len()).sum::<usize>(), 312);
    for spec in &specs {
        for error in &spec.errors {
            let answer = explain(&specs, &format!("{}:{}", spec.catalog, error.key()));
            let first = answer.matches.first();
            let first = first.unwrap_or_else(|| panic!("{}:{} finds nothing", spec.catalog, error.key()));
            let alike = spec.errors.iter().filter(|other| other.key() == error.key()).count();
            if alike == 1 {
                assert_eq!(first.subject.name(), error.name.as_str(), "{}", error.key());
            } else {
                assert!(has(&answer, spec, error).is_some(), "{}", error.key());
            }
        }
    }
}

#[test]
fn every_error_is_found_by_its_name_in_any_spelling() {
    let specs = specs();
    for spec in &specs {
        for error in &spec.errors {
            let name = error.name.as_str();
            let kebab = error.name.to_kebab();
            for spelling in [name.to_owned(), name.to_lowercase(), kebab.replace('-', "_"), kebab] {
                let answer = explain(&specs, &format!("{}:{spelling}", spec.catalog));
                let found = has(&answer, spec, error);
                assert!(found.is_some_and(|found| found.by <= By::Name), "{}:{spelling}", spec.catalog);
                if spelling == name {
                    assert!(is(&answer, spec, error), "{}:{spelling}", spec.catalog);
                }
            }
            assert!(has(&explain(&specs, name), spec, error).is_some(), "{name}");
        }
    }
}

#[test]
fn every_error_is_found_by_its_message_and_the_holes_are_told() {
    let specs = specs();
    let (mut messages, mut filled) = (0, 0);
    for spec in &specs {
        for error in &spec.errors {
            let Some((message, holes)) = sent(error) else {
                continue;
            };
            messages += 1;
            filled += usize::from(!holes.is_empty());
            let logged =
                format!("2026-11-20 12:00:01,123 ERROR [http-7] c.a.Chat - request failed: {message}");
            let body = json!({ "error_description": message, "timestamp": 1_700_000_000_000_i64 });
            for query in [
                message.clone(),
                format!("“{}。”", message.trim_end_matches('.').to_uppercase()),
                logged,
                format!("{{\"level\":\"error\"}} {body} (retrying)"),
                format!("body={}", body.to_string().replace('"', "\\\"")),
            ] {
                let answer = explain(&specs, &query);
                let found = has(&answer, spec, error)
                    .unwrap_or_else(|| panic!("{query}: {} matches", answer.matches.len()));
                assert_eq!(found.by, By::Message, "{query}");
                let told: BTreeMap<_, _> = found
                    .holes
                    .iter()
                    .map(|(name, text)| ((*name).to_owned(), text.to_lowercase()))
                    .collect();
                assert_eq!(told, holes, "{query}");
            }
            let others = specs.iter().flat_map(|spec| &spec.errors);
            let alike = others.filter(|other| sent(other).is_some_and(|(other, _)| same(&other, &message)));
            if alike.count() == 1 {
                assert!(is_first(&explain(&specs, &message), spec, error), "{message}");
            }
        }
    }
    assert!(messages > 200 && filled > 15, "{messages} {filled}");
}

#[test]
fn every_code_is_found_by_itself() {
    let specs = specs();
    for spec in &specs {
        for error in spec.errors.iter().filter(|error| error.code.is_some()) {
            let code = error.code.unwrap();
            let wide: String = code
                .to_string()
                .chars()
                .map(|c| c.to_digit(10).map_or('－', |d| char::from_u32(0xff10 + d).unwrap()))
                .collect();
            for query in [code.to_string(), format!("  {code}\n"), wide, format!("code={code} msg=?")] {
                let answer = explain(&specs, &query);
                let found = has(&answer, spec, error)
                    .unwrap_or_else(|| panic!("{query}: {} matches", answer.matches.len()));
                assert_eq!(found.by, By::Code, "{query}");
            }
            let with_code = specs.iter().flat_map(|spec| &spec.errors);
            let with_code = with_code.filter(|other| other.code == Some(code)).count();
            let answer = explain(&specs, &format!("{}:{code}", spec.catalog));
            assert_eq!(with_code == 1, is(&explain(&specs, &code.to_string()), spec, error) || code < 600);
            assert_eq!(answer.matches[0].by, By::Code);
        }
    }
}

#[test]
fn removed_errors_explain_themselves() {
    let mut specs = shipped();
    let spec = specs.iter_mut().find(|spec| spec.catalog == "jmessage-server").unwrap();
    let error = spec.errors.remove(0);
    spec.removed.push(im_errors_spec::Removed {
        name: error.name.clone(),
        aliases: Vec::new(),
        group: error.group.clone(),
        key: error.key(),
        edition: Some("2026-05".to_owned()),
    });
    let locale = Locale::new("zh").unwrap();
    let view = View { specs: &specs, locale: &locale, folder: None };
    for query in [error.key(), error.name.as_str().to_owned(), format!("code={}", error.key())] {
        let answer = explain(&specs, &format!("jmessage-server:{query}"));
        let shown = text(&answer, &view, None).unwrap();
        assert!(shown.contains(&format!("{}：厂商已在 2026-05 版中移除", error.key())), "{query}: {shown}");
        let value: Value = serde_json::from_str(&json(&answer, &query, &view)).unwrap();
        assert_eq!(value["matches"][0]["removed"], json!({ "edition": "2026-05" }));
    }
}

#[test]
fn what_is_in_the_tool_is_what_is_committed() {
    let (shipped, committed) = (shipped(), specs());
    for spec in &committed {
        assert!(shipped.contains(spec), "{} is not in the tool", spec.catalog);
    }
}

#[test]
fn one_error_is_told_in_full_without_any_catalog_around() {
    let run = run(&["agora-chat:UsersNotInGroup"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let expected = "\
UsersNotInGroup · HTTP status 403 · forbidden_op
  Users [{usernames}] are not members of this group!
";
    assert!(run.out.starts_with(expected), "{}", run.out);
    for piece in [
        "\nKey: 403/forbidden_op/",
        "\nCatalog: Agora Chat REST API status codes (agora-chat, Agora)\n",
        "\nSource: agora-chat/sources/agora-chat.zh.md:",
        "\n  agora-chat-revised:UsersNotInGroup (same message)\n",
        "\nDocumentation: docs/en/agora-chat.md#users-not-in-group\n",
    ] {
        assert!(run.out.contains(piece), "no {piece:?} in\n{}", run.out);
    }
    assert!(!run.out.contains('\u{1b}'), "colours are for terminals");
}

#[test]
fn the_texts_are_those_of_the_documentation_in_both_languages() {
    for locale in ["zh", "en"] {
        let docs = vendors().join(format!("../../docs/{locale}/jmessage-server.md"));
        let docs = fs::read_to_string(docs).unwrap();
        let specs = specs();
        let run = run(&["jmessage-server", "--lang", locale, "--format", "json"]);
        let json = run.json();
        let matches = json["matches"].as_array().unwrap();
        assert_eq!(matches.len(), 152);
        for (found, error) in matches.iter().zip(&specs[4].errors) {
            assert_eq!(found["name"], error.name.as_str());
            let anchor = found["docs"].as_str().unwrap().split('#').nth(1).unwrap();
            let section = docs.split(&format!("<a id=\"{anchor}\"></a>")).nth(1).unwrap();
            let section = section.split("\n### ").next().unwrap();
            let cases = found["cases"].as_array().unwrap();
            let texts = cases.iter().flat_map(|case| [&case["cause"], &case["remedy"]]);
            for text in texts.chain([&found["summary"]]).filter(|text| !text.is_null()) {
                assert!(section.contains(text["text"].as_str().unwrap()), "{text}\n{section}");
                assert_eq!(text["locale"], locale);
            }
        }
    }
    let run = run(&["898001", "--lang", "zh"]);
    assert!(run.out.starts_with("UserAlreadyExists · 错误码 898001\n"), "{}", run.out);
    assert!(run.out.contains("\n重试：排除原因后重试（我们的建议）\n"), "{}", run.out);
}

#[test]
fn json_has_every_field_of_the_contract() {
    let line = r#"2026-11-20 12:00:01 ERROR {"error":"forbidden_op","error_description":"users [tom] are not members of this group!"}"#;
    let value = run_with(line, &["--format", "json"]).json();
    assert_eq!(value["query"], line);
    assert_eq!(value["suggestions"], json!([]));
    let found = &value["matches"][0];
    let keys: Vec<_> = found.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "catalog",
        "name",
        "key",
        "by",
        "catalog_title",
        "vendor",
        "http_status",
        "error",
        "message",
        "holes",
        "group",
        "group_title",
        "summary",
        "cases",
        "retry",
        "places",
        "also",
        "docs",
    ];
    assert_eq!(keys, expected);
    assert_eq!(found["holes"], json!({ "usernames": "tom" }));
    assert_eq!(found["by"], "message");
    assert_eq!(found["http_status"], 403);
    assert_eq!(found["message"], "Users [{usernames}] are not members of this group!");
    assert_eq!(
        found["also"],
        json!([{ "query": "agora-chat-revised:UsersNotInGroup", "catalog": "agora-chat-revised", "name": "UsersNotInGroup", "same": "message" }])
    );
    let class = run(&["agora-chat:4xx", "--format", "json"]).json();
    assert_eq!(class["matches"][0]["http_status_class"], "4xx");
    assert_eq!(class["matches"][0]["http_status"], Value::Null);
}

#[test]
fn log_lines_of_any_kind_are_understood() {
    let found = |line: &str| names(&run_with(line, &["--format", "json"]));
    let users = ["agora-chat:InvalidUsername", "agora-chat-revised:InvalidUsername"];
    for line in [
        r#"2026-11-20 12:00:01 ERROR {"error":"illegal_argument","error_description":"Username is not legal."}"#,
        r#"resp: "{\"error\":\"illegal_argument\",\"error_description\":\"Username is not legal\"}" took 20ms"#,
        r#"{"level":"error","response":{"status":400,"body":"{\"error\":\"illegal_argument\",\"error_description\":\"username is not legal\"}"}}"#,
        "400 illegal_argument: Username is not legal. at com.acme.Chat:898",
        "{\n  \"error\": \"illegal_argument\",\n  \"exception\": \"x\",\n  \"error_description\": \"Username is not legal.\"\n}\n",
    ] {
        assert_eq!(found(line), users, "{line}");
    }
    assert_eq!(found("code=898001 msg=User exist"), ["jmessage-server:UserAlreadyExists"]);
    assert_eq!(
        found(r#"{"error":{"code":898001,"message":"user exist"}}"#),
        ["jmessage-server:UserAlreadyExists"]
    );
    assert_eq!(found("错误码：８９８００１，用户已存在"), ["jmessage-server:UserAlreadyExists"]);
    assert!(found("HTTP/1.1 429 Too Many").iter().any(|name| name == "easemob-rest:TooManyRequests"));
    assert_eq!(found("2026-11-20 12:00:01 INFO started in 404 ms"), [""; 0]);
    let line = "12:00 WARN can not join this group, reason:user: tom already in group: 42. trace=7f";
    let value = run_with(line, &["--format", "json"]).json();
    assert_eq!(value["matches"][0]["holes"], json!({ "username": "tom", "group_id": "42" }));
}

#[test]
fn several_errors_are_a_list_the_best_first() {
    let run = run(&["agora-im-legacy:404"]);
    assert_eq!(run.status, 0);
    let mut lines = run.out.lines();
    assert_eq!(lines.next(), Some("2 errors match; name one to read all of it:"));
    assert!(lines.next().unwrap().starts_with("  agora-im-legacy:ResourceNotFound"), "{}", run.out);
    let messages = names(&self::run(&["User", "not", "found", "--format", "json"]));
    assert_eq!(messages, ["easemob-rest:UserNotFound", "jmessage-server:UserNotFound"]);
    let types = names(&self::run(&["agora-chat:illegal_argument", "--format", "json"]));
    assert_eq!(types.len(), 10);
    assert_eq!(names(&self::run(&["easemob-rest", "--format", "json"])).len(), 27);
    let key = "400/illegal_argument/Username is not legal.";
    assert_eq!(names(&self::run(&[key, "--format", "json"])).len(), 2);
}

#[test]
fn nothing_found_says_what_was_searched_and_what_may_be_meant() {
    let run = run(&["UserAlreadyExsts"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error: nothing matches `UserAlreadyExsts`\n"), "{}", run.err);
    assert!(run.err.contains("that come with im-errors: `agora-chat`, `"), "{}", run.err);
    let chinese = self::run(&["UserAlreadyExsts", "--lang", "zh"]);
    assert!(chinese.err.contains("自带的目录：`agora-chat`、`agora-chat-revised`、"), "{}", chinese.err);
    assert!(run.err.contains("did you mean one of these: `UserAlreadyExists`"), "{}", run.err);
    let suggested = |query: &str| {
        let value = self::run(&[query, "--format", "json"]).json();
        assert_eq!(value["matches"], json!([]), "{query}");
        value["suggestions"][0].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(suggested("agora-chat:898001"), "jmessage-server:898001");
    assert_eq!(suggested("jmesage-server:user already exists"), "jmessage-server:user already exists");
    assert_eq!(suggested("ilegal_argument"), "illegal_argument");
    assert_eq!(suggested("jmessage-server:UserAlreadyExsts"), "jmessage-server:UserAlreadyExists");
    assert!(!suggested("898999").is_empty());
}

#[test]
fn every_suggestion_finds_something() {
    let specs = specs();
    for query in
        ["89800", "Usr", "UserNotFond", "agora-chat:UserNotFond", "easemob-rest:898001", "jmesage", "iii"]
    {
        for suggestion in explain(&specs, query).suggestions {
            assert!(!explain(&specs, &suggestion).matches.is_empty(), "{query}: {suggestion}");
        }
    }
}

#[test]
fn hostile_queries_are_harmless() {
    let empty = run(&[""]);
    assert_eq!(empty.status, 1);
    assert!(empty.err.contains("the query is empty"), "{}", empty.err);
    assert_eq!(run_with("", &[]).status, 1);
    assert_eq!(run(&[]).status, 2);

    let query = "\u{1b}]0;owned\u{7}\u{1b}[31m\u{9b}2J\u{202e}evil\u{2066}\r\u{7f}";
    for arguments in [&[][..], &["--format", "json"]] {
        let run = run_with(query, arguments);
        assert_eq!(run.status, 1);
        let all = run.out.clone() + &run.err;
        assert!(!all.contains(|c: char| c.is_control() && c != '\n'), "{all:?}");
        assert!(!all.contains(['\u{202e}', '\u{2066}']), "{all:?}");
        if !arguments.is_empty() {
            assert_eq!(run.json()["query"], query, "escaped, but the same");
        }
    }
    let hole = run_with("agora-chat:users [\u{1b}[31mtom\u{202e}] are not members of this group!", &[]);
    assert!(hole.out.contains("{usernames} = \\u{1b}[31mtom\\u{202e}\n"), "{}", hole.out);
    let bytes = run_with(b"\xff\xfe code=898001 \x80", &["--format", "json"]);
    assert_eq!(names(&bytes), ["jmessage-server:UserAlreadyExists"]);
}

#[test]
fn a_megabyte_of_anything_is_answered_or_refused() {
    const MEGABYTE: usize = 1 << 20;
    let specs = shipped();
    for piece in [
        "a",
        "{",
        "{\"a\":",
        "{\"a\":[1,",
        "\"",
        "用户",
        "user: ",
        "404 code=",
        "Aa_B ",
        "\\\"",
        "user: x doesn't exist in group: ",
    ] {
        let query = piece.repeat(MEGABYTE / piece.len());
        let answer = explain(&specs, &query);
        assert!(answer.suggestions.is_empty(), "{piece}");
    }
    let line = "x".repeat(MEGABYTE - 100) + " User exist code=898001";
    assert_eq!(explain(&specs, &line).matches.len(), 1);
    let run = run_with("x".repeat(MEGABYTE + 1), &[]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("longer than 1 MiB"), "{}", run.err);
}

#[test]
fn the_catalogs_of_the_folder_come_first() {
    let workspace = Workspace::two();
    let run = workspace.run(&["explain", "1001"]);
    assert_eq!(run.status, 1);
    assert!(
        run.err.contains("`alpha` is not searched: it has no spec yet; run `im-errors build alpha`"),
        "{}",
        run.err
    );
    workspace.build();
    let run = workspace.run(&["explain", "1001"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let expected = "\
UserNotFound · Code 1001
  user not found

The user does not exist

What to do: 先注册该用户。 [not translated]
Retry: after fixing the cause (our advice)

Group: Users
Catalog: Example error codes (alpha, Example)
Source: specs/vendors/alpha/sources/alpha.zh.md:7
Documentation: docs/en/alpha.md#user-not-found
";
    assert_eq!(run.out, expected);
    assert_eq!(workspace.run(&["explain", "898001"]).status, 1, "the tool's own are not searched");

    // An outdated translation is told from a current one.
    workspace.run(&["i18n", "stamp"]);
    workspace.edit_page("用户不存在。", "找不到用户。");
    workspace.build();
    let run = workspace.run(&["explain", "alpha:UserNotFound"]);
    assert!(run.out.contains("\n找不到用户。 [not translated]\n"), "{}", run.out);
    assert!(run.out.contains("Outdated translation: The user does not exist\n"), "{}", run.out);

    // A removed error stays known.
    workspace.edit_page("| 1002 | user exists | 用户已存在。 | |\n", "");
    workspace.build();
    let run = workspace.run(&["explain", "1002"]);
    assert!(run.out.contains("1002: removed by the vendor\n"), "{}", run.out);

    // One broken spec does not hide the others.
    workspace.write(&format!("{ALPHA}/spec.toml"), "format = 1\n");
    let run = workspace.run(&["explain", "7"]);
    assert_eq!(run.status, 0);
    assert!(run.err.contains("spec-untrusted"), "{}", run.err);
    let run = workspace.run(&["explain", "7", "--catalogs", "nowhere"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("there is no such folder of catalogs"), "{}", run.err);
}

#[test]
fn statuses_and_types_are_complete() {
    let specs = specs();
    for spec in &specs {
        for error in &spec.errors {
            if let Some(HttpStatus::Exact(status)) = error.http_status {
                let answer = explain(&specs, &status.to_string());
                assert!(has(&answer, spec, error).is_some(), "{status} {}", error.name.as_str());
            }
            if let Some(kind) = &error.error {
                assert!(has(&explain(&specs, kind), spec, error).is_some(), "{kind}");
            }
        }
    }
}
