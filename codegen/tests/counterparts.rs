//! A vendor's page in a second language: paired by identity, compared, and shown as the vendor's.

use std::fs;
use std::path::Path;

use crate::support::Workspace;
use im_errors_codegen::diagnostic::Finding;
use im_errors_codegen::interpret::interpret;
use im_errors_codegen::read::read_text;
use im_errors_codegen::resolve::{self, Catalog, Inputs, Page, Resolved};
use im_errors_codegen::review::Glossary;
use im_errors_spec::{ErrorDef, Locale, Localized, SpecFile};

const DEMO: &str = "specs/vendors/demo";

const CATALOG: &str = r#"title = { zh = "示例", en = "Example" }
vendor = { zh = "示例公司", en = "Example" }
locale = "zh"

[[source]]
file = "sources/page.zh.md"
url = "https://example.com/zh/errors"
edition = "2019-04"

[[source]]
file = "sources/page.en.md"
locale = "en"
url = "https://example.com/en/errors"
edition = "2018-05"

[[group]]
id = "users"
tables = [1]
title = { zh = "用户", en = "Users" }

[group.errors]
"1001" = { name = "UserNotFound" }
"1002" = { name = "UserExists", remedy = "换一个名字。" }
"1003" = { name = "UserBlocked" }

[[group]]
id = "rest"
tables = [2]
title = { zh = "接口", en = "API" }

[group.errors]
"400/bad_name/name tom is not valid" = { name = "BadName", message = "name {name} is not valid" }
"400/denied/no access" = { name = "Denied" }
"503" = { name = "Unavailable" }
"#;

/// Two rows of `denied` are one error with two causes.
const CHINESE: &str = "\
# 错误码

| 错误码 | 错误信息 | 说明 | 处理建议 |
|---|---|---|---|
| 1001 | user not found | 用户不存在 | 先[注册](./reg) |
| 1002 | user exists | 用户已存在 | |
| 1003 | user blocked | 用户被封禁 | 联系客服 |

| HTTP 状态码 | 错误类型 | 错误信息 | 可能原因 |
|---|---|---|---|
| 400 | bad_name | name tom is not valid | 名字不合规则 |
| 400 | denied | no access | 没有权限 |
| 400 | denied | no access | 已被移出群组 |
| 503 | | | 服务不可用 |
";

/// The same errors but one, with the columns and the rows in another order.
const ENGLISH: &str = "\
# Error codes

| Description | Solution | Code | Error message |
|---|---|---|---|
| The user exists | Choose another name | 1002 | User exists. |
| There is no such user | [Register](./reg) | 1001 | user not found |

| Error type | HTTP status code | Possible cause | Error message |
|---|---|---|---|
| | 503 | The service is down | |
| denied | 400 | You have no access | no access |
| denied | 400 | You were removed from the group | no access |
| bad_name | 400 | The name breaks the rules | name joe is not valid |
";

const OURS: &str =
    "[UserNotFound]\nsummary = \"No such user\"\n[UserBlocked]\nsummary = \"The user is blocked\"\n";

fn demo() -> Workspace {
    with(CATALOG, CHINESE, ENGLISH)
}

fn with(catalog: &str, chinese: &str, english: &str) -> Workspace {
    let workspace = Workspace::new();
    workspace.write(&format!("{DEMO}/catalog.toml"), catalog);
    workspace.write(&format!("{DEMO}/sources/page.zh.md"), chinese);
    workspace.write(&format!("{DEMO}/sources/page.en.md"), english);
    workspace
}

fn spec(workspace: &Workspace) -> SpecFile {
    SpecFile::parse(&workspace.read(&format!("{DEMO}/spec.toml"))).unwrap()
}

fn locale(tag: &str) -> Locale {
    Locale::new(tag).unwrap()
}

/// A text and whose it is.
fn text(texts: &Localized, tag: &str) -> Option<(String, bool)> {
    texts.get(&locale(tag)).map(|text| (text.text.clone(), text.vendor))
}

fn vendors(text: &str) -> Option<(String, bool)> {
    Some((text.to_owned(), true))
}

fn error<'a>(file: &'a SpecFile, name: &str) -> &'a ErrorDef {
    file.spec.error(name).unwrap_or_else(|| panic!("{name} is not there"))
}

#[test]
fn texts_are_paired_by_identity_whatever_the_order_of_columns_and_rows() {
    let workspace = demo();
    let run = workspace.build();
    assert_eq!(run.err, "", "{}", run.err);
    let file = spec(&workspace);
    assert_eq!(text(&error(&file, "UserNotFound").summary, "en"), vendors("There is no such user"));
    let remedy = |name| text(&error(&file, name).cases[0].remedy, "en");
    assert_eq!(remedy("UserNotFound"), vendors("[Register](./reg)"));
    // The catalog's own text in Chinese has the vendor's beside it.
    assert_eq!(remedy("UserExists"), vendors("Choose another name"));
    assert_eq!(text(&error(&file, "UserBlocked").summary, "en"), None);
    let causes =
        |name| error(&file, name).cases.iter().map(|case| text(&case.cause, "en")).collect::<Vec<_>>();
    assert_eq!(causes("BadName"), [vendors("The name breaks the rules")]);
    assert_eq!(causes("Denied"), [vendors("You have no access"), vendors("You were removed from the group")]);
    assert_eq!(causes("Unavailable"), [vendors("The service is down")]);
    assert!(file.spec.errors.iter().all(|error| error.summary.0.iter().all(|(locale, text)| {
        // What the page in the catalog's language says is not marked.
        (locale.as_str() == "en") == text.vendor
    })));
}

#[test]
fn both_pages_are_sources_in_the_spec_and_in_the_docs() {
    let workspace = demo();
    workspace.build();
    let file = spec(&workspace);
    let sources = file.spec.sources.iter().map(|source| (source.file.as_str(), source.locale.as_str()));
    assert_eq!(sources.collect::<Vec<_>>(), [("sources/page.zh.md", "zh"), ("sources/page.en.md", "en")]);
    assert_ne!(file.spec.sources[0].digest, file.spec.sources[1].digest);
    let english = workspace.read("docs/en/demo.md");
    assert!(
        english.contains("page.zh.md) (edition 2019-04), [published at](https://example.com/zh/errors), [sources/page.en.md](")
            && english.contains("page.en.md) (English, edition 2018-05), [published at](https://example.com/en/errors)"),
        "{english}"
    );
    let chinese = workspace.read("docs/zh/demo.md");
    assert!(chinese.contains("page.en.md)（English、2018-05 版）"), "{chinese}");
    // Each row is found on both pages.
    let denied = &error(&file, "Denied").cases;
    assert_eq!(denied[1].at.to_string(), "sources/page.zh.md:13");
    assert_eq!(denied[1].also.iter().map(ToString::to_string).collect::<Vec<_>>(), ["sources/page.en.md:12"]);
    let places = "page.zh.md?plain=1#L12), [line 11](../../specs/vendors/demo/sources/page.en.md?plain=1#L11) (English), [line 13](";
    assert!(english.contains(places), "{english}");
    // A relative link starts where its text was published.
    assert!(english.contains("[Register](https://example.com/en/reg)"), "{english}");
    assert!(chinese.contains("[注册](https://example.com/zh/reg)"), "{chinese}");
}

#[test]
fn a_changed_second_page_is_drift_and_the_seal_holds() {
    let workspace = demo();
    workspace.build();
    assert_eq!(workspace.run(&["build", "--check"]).status, 0);
    let tree = workspace.tree();
    workspace.build();
    workspace.is_as(&tree);
    workspace.edit(&format!("{DEMO}/sources/page.en.md"), "The user exists", "The user is there");
    let check = workspace.run(&["build", "--check"]);
    assert_eq!(check.status, 3);
    for file in ["spec.toml is not up to date", "docs/en/demo.md is not up to date"] {
        assert!(check.err.contains(file), "{}", check.err);
    }
    assert!(!check.err.contains("docs/zh/demo.md"), "{}", check.err);
    workspace.build();
    assert_eq!(text(&error(&spec(&workspace), "UserExists").summary, "en"), vendors("The user is there"));
    workspace.edit(
        &format!("{DEMO}/spec.toml"),
        "The user is there\", vendor = true",
        "Mine\", vendor = true",
    );
    let edited = workspace.build();
    assert!(edited.err.contains("[spec-edited]"), "{}", edited.err);
    assert_eq!(text(&error(&spec(&workspace), "UserExists").summary, "en"), vendors("The user is there"));
}

#[test]
fn the_vendors_text_stands_above_ours_and_ours_where_there_is_none() {
    let workspace = demo();
    workspace.write(&format!("{DEMO}/locales/en.toml"), OURS);
    assert_eq!(workspace.run(&["i18n", "stamp"]).status, 0);
    let run = workspace.run(&["build", "--verbose"]);
    assert_eq!(run.err.matches("[needless-translation]").count(), 1, "{}", run.err);
    assert!(run.err.contains("the vendor gives the summary of `UserNotFound` in `en`"), "{}", run.err);
    let file = spec(&workspace);
    assert_eq!(text(&error(&file, "UserNotFound").summary, "en"), vendors("There is no such user"));
    let blocked = Some(("The user is blocked".to_owned(), false));
    assert_eq!(text(&error(&file, "UserBlocked").summary, "en"), blocked);
    let english = workspace.read("docs/en/demo.md");
    assert!(english.contains("The user is blocked <sup>our translation</sup>"), "{english}");
    assert!(!english.contains("There is no such user <sup>"), "{english}");
    assert!(!workspace.read("docs/zh/demo.md").contains("<sup>"));
    // Its state is what it would be without the vendor's page: stale once its source changed.
    workspace.edit(&format!("{DEMO}/sources/page.zh.md"), "用户被封禁", "用户已被封禁");
    // The vendor's own text stays the vendor's, whatever the other page says now.
    workspace.edit(&format!("{DEMO}/sources/page.zh.md"), "用户不存在", "查无此人");
    let run = workspace.build();
    assert_eq!(run.err.matches("[stale-translation]").count(), 1, "{}", run.err);
    let file = spec(&workspace);
    assert!(error(&file, "UserBlocked").summary.get(&locale("en")).unwrap().stale);
    assert_eq!(text(&error(&file, "UserNotFound").summary, "en"), vendors("There is no such user"));
}

#[test]
fn translators_are_not_asked_for_what_the_vendor_says() {
    let workspace = demo();
    workspace.write(&format!("{DEMO}/locales/en.toml"), OURS);
    assert_eq!(workspace.run(&["i18n", "stamp"]).status, 0);
    workspace.build();
    // Ours below the vendor's is of an older text by now, which nobody sees.
    workspace.edit(&format!("{DEMO}/sources/page.zh.md"), "用户不存在", "查无此人");
    workspace.build();
    let status = workspace.run(&["i18n", "status", "--locale", "en", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&status.out).unwrap();
    let en = &status["catalogs"][0]["locales"][0];
    // `UserBlocked` is not in the second page: its summary is ours, its remedy is missing.
    assert_eq!(
        (&en["texts"], &en["current"], &en["missing"], &en["stale"]),
        (&10.into(), &9.into(), &1.into(), &0.into())
    );
    for form in ["po", "xliff", "csv"] {
        let run = workspace.run(&["i18n", "export", "--locale", "en", "--format", form]);
        let asked = run.out.matches("UserBlocked").count();
        assert!(asked > 0 && !run.out.contains("UserNotFound"), "{form}: {}", run.out);
        let file = format!("en.{form}");
        workspace.write(&file, &run.out);
        assert_eq!(workspace.run(&["i18n", "import", &file]).out, "nothing to change\n");
    }
    let late = "msgid \"\"\nmsgstr \"Language: en\\n\"\n\nmsgctxt \"demo/UserNotFound/summary\"\nmsgid \"查无此人\"\nmsgstr \"Nobody\"\n";
    workspace.write("late.po", late);
    let run = workspace.run(&["i18n", "import", "late.po"]);
    let said = "the vendor's own page says the summary of `UserNotFound` in this language";
    assert!(run.err.contains(said), "{}", run.err);
    assert_eq!(run.out, "nothing to change\n");
}

#[test]
fn build_and_status_agree_on_a_translation_of_what_only_the_second_page_still_says() {
    let workspace = demo();
    workspace.write(&format!("{DEMO}/locales/en.toml"), OURS);
    assert_eq!(workspace.run(&["i18n", "stamp"]).status, 0);
    workspace.edit(&format!("{DEMO}/sources/page.zh.md"), "用户不存在", "");
    let run = workspace.run(&["build", "--verbose"]);
    assert!(
        run.err.contains(
            "warning[orphaned-translation]: `UserNotFound` has no summary in `zh` any more\n --> specs/vendors/demo/locales/en.toml:2:1"
        ),
        "{}",
        run.err
    );
    assert!(!run.err.contains("[needless-translation]"), "{}", run.err);
    assert_eq!(
        text(&error(&spec(&workspace), "UserNotFound").summary, "en"),
        vendors("There is no such user")
    );
    let status = workspace.run(&["i18n", "status", "--locale", "en"]);
    let said = "orphaned: `UserNotFound` (1001) has no summary to translate any more";
    assert!(status.out.contains(said), "{}", status.out);
}

#[test]
fn a_vendors_page_that_goes_leaves_ours() {
    let workspace = demo();
    workspace.write(&format!("{DEMO}/locales/en.toml"), OURS);
    workspace.build();
    let source = "\n[[source]]\nfile = \"sources/page.en.md\"\nlocale = \"en\"\nurl = \"https://example.com/en/errors\"\nedition = \"2018-05\"\n";
    workspace.edit(&format!("{DEMO}/catalog.toml"), source, "");
    workspace.build();
    let file = spec(&workspace);
    assert_eq!(text(&error(&file, "UserNotFound").summary, "en"), Some(("No such user".to_owned(), false)));
    assert!(!workspace.read(&format!("{DEMO}/spec.toml")).contains("vendor = true"));
    assert!(!workspace.read("docs/en/demo.md").contains("our translation"));
}

#[test]
fn the_errors_can_be_from_the_english_page_and_a_third_language_beside_it() {
    let english_first = CATALOG
        .replace("locale = \"zh\"", "locale = \"en\"")
        .replace("title = { zh = \"示例\",", "title = { zh = \"示例\", ja = \"例\",")
        .replace("file = \"sources/page.zh.md\"", "file = \"sources/page.zh.md\"\nlocale = \"zh\"")
        .replace("file = \"sources/page.en.md\"\nlocale = \"en\"", "file = \"sources/page.en.md\"")
        .replace("换一个名字。", "Choose another name.")
        .replace("tom", "joe")
        .replace("\"1003\" = { name = \"UserBlocked\" }\n", "")
        .replace(
            "\n[[group]]\nid = \"users\"",
            "\n[[source]]\nfile = \"sources/page.ja.md\"\nlocale = \"ja\"\n\n[[group]]\nid = \"users\"",
        );
    let workspace = with(&english_first, CHINESE, ENGLISH);
    let japanese = "| Code | 説明 |\n|---|---|\n| 1001 | ユーザーが存在しません |\n";
    workspace.write(&format!("{DEMO}/sources/page.ja.md"), japanese);
    workspace.edit(
        &format!("{DEMO}/catalog.toml"),
        "locale = \"ja\"",
        "locale = \"ja\"\ntables = { 1 = { roles = { 2 = \"summary\" } } }",
    );
    let run = workspace.build();
    assert_eq!(run.err.matches("warning").count(), 1, "{}", run.err);
    assert!(run.err.contains("[counterpart-only]: `1003` is not on sources/page.en.md"), "{}", run.err);
    let file = spec(&workspace);
    let summary = &error(&file, "UserNotFound").summary;
    assert_eq!(text(summary, "en"), Some(("There is no such user".to_owned(), false)));
    assert_eq!(text(summary, "zh"), vendors("用户不存在"));
    assert_eq!(text(summary, "ja"), vendors("ユーザーが存在しません"));
    assert_eq!(text(&error(&file, "Denied").cases[1].cause, "zh"), vendors("已被移出群组"));
    // Places and relative links are those of the page that the errors are from, though it comes second.
    assert_eq!(error(&file, "UserNotFound").cases[0].at.file, "sources/page.en.md");
    assert!(workspace.read("docs/en/demo.md").contains("https://example.com/en/reg"));
    assert!(workspace.read("docs/zh/demo.md").contains("https://example.com/zh/reg"));
    assert!(workspace.read("docs/ja/demo.md").contains("ユーザーが存在しません"));
    assert_eq!(workspace.run(&["build", "--check"]).status, 0);
}

#[test]
fn what_a_removed_error_was_dropped_by_is_the_page_that_errors_are_from() {
    let catalog = "title = { zh = \"示例\", en = \"Example\" }\nvendor.zh = \"示例公司\"\nlocale = \"zh\"\n\n\
        [[source]]\nfile = \"sources/page.en.md\"\nlocale = \"en\"\nedition = \"2018-05\"\n\n\
        [[source]]\nfile = \"sources/page.zh.md\"\nedition = \"2019-04\"\n";
    let chinese = "| 错误码 | 说明 |\n|---|---|\n| 1 | 甲 |\n| 2 | 乙 |\n";
    let english = "| Code | Description |\n|---|---|\n| 1 | one |\n| 2 | two |\n";
    let workspace = with(catalog, chinese, english);
    assert_eq!(workspace.build().err, "");
    workspace.edit(&format!("{DEMO}/sources/page.zh.md"), "| 2 | 乙 |\n", "");
    let run = workspace.build();
    assert!(run.err.contains("[counterpart-only]: `2` is not on sources/page.zh.md"), "{}", run.err);
    let file = spec(&workspace);
    assert_eq!((file.spec.groups.len(), file.spec.errors.len()), (1, 1));
    assert_eq!(file.spec.removed[0].edition.as_deref(), Some("2019-04"));
}

#[test]
fn rows_of_one_error_are_paired_by_message_before_order() {
    let catalog = "title = { zh = \"示例\", en = \"Example\" }\nvendor.zh = \"示例公司\"\nlocale = \"zh\"\n\n\
        [[source]]\nfile = \"sources/page.zh.md\"\n\n[[source]]\nfile = \"sources/page.en.md\"\nlocale = \"en\"\n";
    let chinese = "| 错误码 | 错误信息 | 可能原因 |\n|---|---|---|\n\
        | 1 | too long | 太长 |\n| 1 | too short | 太短 |\n| 1 | too short | 没有内容 |\n";
    let english = "| Code | Error message | Possible cause |\n|---|---|---|\n\
        | 1 | too short | Short |\n| 1 | too big | Long |\n| 1 | too short | Empty |\n";
    let workspace = with(catalog, chinese, english);
    let run = workspace.build();
    let file = spec(&workspace);
    let causes: Vec<_> = file.spec.errors[0].cases.iter().map(|case| text(&case.cause, "en")).collect();
    assert_eq!(causes, [vendors("Long"), vendors("Short"), vendors("Empty")]);
    assert_eq!(run.err.matches("[counterpart-differs]").count(), 1, "{}", run.err);
    assert!(run.err.contains("`1` has another message at sources/page.zh.md:3: `too long`"), "{}", run.err);
}

#[test]
fn facts_that_differ_are_told_with_the_row_they_are_from() {
    let catalog = "title = { zh = \"示例\", en = \"Example\" }\nvendor.zh = \"示例公司\"\nlocale = \"zh\"\n\n\
        [[source]]\nfile = \"sources/page.zh.md\"\n\n[[source]]\nfile = \"sources/page.en.md\"\nlocale = \"en\"\n";
    let chinese = "| 错误码 | HTTP 状态码 | 错误类型 | 错误信息 | 可能原因 |\n|---|---|---|---|---|\n\
        | 1 | 400 | bad | no | 甲 |\n| 1 | 403 | bad | no | 乙 |\n| 2 | | | | 丙 |\n| 3 | 500 | oops | broken | 丁 |\n";
    let english = "| Code | HTTP status | Error type | Error message | Possible cause |\n|---|---|---|---|---|\n\
        | 1 | 400 | bad | no | one |\n| 1 | 403 | worse | nope | two |\n| 2 | 404 | gone | missing | three |\n| 3 | | | | four |\n";
    let workspace = with(catalog, chinese, english);
    let run = workspace.build();
    let said = run.err.lines().filter_map(|line| line.strip_prefix("warning[counterpart-differs]: "));
    let expected = [
        "`1` has another HTTP status at sources/page.zh.md:3: `400`",
        "`1` has another error type at sources/page.zh.md:3: `bad`",
        "`1` has another message at sources/page.zh.md:4: `no`",
        "`2` has another HTTP status at sources/page.zh.md:5: none",
        "`2` has another error type at sources/page.zh.md:5: none",
        "`2` has another message at sources/page.zh.md:5: none",
    ];
    assert_eq!(said.collect::<Vec<_>>(), expected, "{}", run.err);
    for place in [":4:7", ":4:13", ":4:21", ":5:7", ":5:13", ":5:20"] {
        assert!(run.err.contains(&format!("sources/page.en.md{place}\n")), "{place}: {}", run.err);
    }
}

#[test]
fn a_text_that_the_vendor_gives_in_the_second_language_alone_is_shown_there_and_marked_here() {
    let workspace = demo();
    workspace.edit(&format!("{DEMO}/sources/page.zh.md"), "先[注册](./reg)", "");
    let run = workspace.build();
    assert_eq!(run.err.matches("[counterpart-alone]").count(), 1, "{}", run.err);
    let chinese = workspace.read("docs/zh/demo.md");
    assert!(
        chinese.contains("<span lang=\"en\">[Register](https://example.com/en/reg)</span> <sup>未翻译</sup>"),
        "{chinese}"
    );
}

#[test]
fn a_text_that_the_vendor_has_not_translated_is_not_taken_for_one() {
    let workspace = demo();
    workspace.write(&format!("{DEMO}/locales/en.toml"), OURS);
    workspace.edit(&format!("{DEMO}/sources/page.zh.md"), "用户已存在", "OK");
    workspace.edit(&format!("{DEMO}/sources/page.en.md"), "The user exists", "OK");
    workspace.edit(&format!("{DEMO}/sources/page.en.md"), "There is no such user", "用户不存在。");
    workspace.edit(&format!("{DEMO}/sources/page.zh.md"), "用户不存在", "用户不存在.");
    let run = workspace.build();
    assert_eq!(run.err.matches("[counterpart-").count(), 1, "{}", run.err);
    assert!(
        run.err.contains("[counterpart-text]: `1001` has its summary in `zh` here as well"),
        "{}",
        run.err
    );
    let file = spec(&workspace);
    assert_eq!(text(&error(&file, "UserNotFound").summary, "en"), Some(("No such user".to_owned(), false)));
    assert_eq!(text(&error(&file, "UserExists").summary, "en"), vendors("OK"));
}

/// With one more group that has the code 1001.
fn with_rooms() -> Workspace {
    let workspace = demo();
    let rooms = "\n[[group]]\nid = \"rooms\"\ntables = [3]\ntitle.zh = \"聊天室\"\n\n[group.errors]\n\"1001\" = { name = \"RoomNotFound\" }\n";
    workspace.write(&format!("{DEMO}/catalog.toml"), format!("{CATALOG}{rooms}"));
    let chinese = format!("{CHINESE}\n| 错误码 | 说明 |\n|---|---|\n| 1001 | 聊天室不存在 |\n");
    workspace.write(&format!("{DEMO}/sources/page.zh.md"), chinese);
    let english = format!("{ENGLISH}\n| Code | Description |\n|---|---|\n| 1001 | There is no such room |\n");
    workspace.write(&format!("{DEMO}/sources/page.en.md"), english);
    workspace
}

#[test]
fn a_code_in_several_groups_is_not_guessed_and_settled_by_naming_the_groups() {
    let workspace = with_rooms();
    let run = workspace.build();
    assert_eq!(run.err.matches("[counterpart-ambiguous]").count(), 2, "{}", run.err);
    let english = |name: &str| text(&error(&spec(&workspace), name).summary, "en");
    assert_eq!((english("UserNotFound"), english("RoomNotFound")), (None, None));
    let tables = "locale = \"en\"\ntables = { 1 = { group = \"users\" }, 3 = { group = \"rooms\" } }";
    workspace.edit(&format!("{DEMO}/catalog.toml"), "locale = \"en\"", tables);
    assert_eq!(workspace.build().err, "");
    assert_eq!(english("UserNotFound"), vendors("There is no such user"));
    assert_eq!(english("RoomNotFound"), vendors("There is no such room"));
}

#[test]
fn an_error_of_the_second_page_that_is_not_in_the_group_of_its_table_is_left_out() {
    let workspace = with_rooms();
    let tables = "locale = \"en\"\ntables = { 1 = { group = \"rooms\" }, 3 = { group = \"users\" } }";
    workspace.edit(&format!("{DEMO}/catalog.toml"), "locale = \"en\"", tables);
    let run = workspace.build();
    let said = "warning[counterpart-only]: `1002` is not in the group `rooms`\n --> specs/vendors/demo/sources/page.en.md:5:1\n";
    assert!(run.err.contains(said), "{}", run.err);
    assert_eq!(run.err.matches("[counterpart-only]").count(), 1, "{}", run.err);
    assert_eq!(text(&error(&spec(&workspace), "UserExists").summary, "en"), None);
}

#[test]
fn an_error_of_the_second_page_that_fits_several_patterns_is_not_guessed() {
    let workspace = demo();
    let page = format!("{DEMO}/sources/page.zh.md");
    let row = "| 400 | bad_name | name tom is not valid | 名字不合规则 |\n";
    let other = "| 400 | bad_name | name tom of bob is not valid | 他人的名字不合规则 |\n";
    workspace.edit(&page, row, &format!("{row}{other}"));
    let said = "\"400/bad_name/name tom of bob is not valid\" = { name = \"BadNameOf\", message = \"name {name} of {owner} is not valid\" }\n\"503\"";
    workspace.edit(&format!("{DEMO}/catalog.toml"), "\"503\"", said);
    workspace.edit(&format!("{DEMO}/sources/page.en.md"), "name joe is", "name joe of ann is");
    let run = workspace.run(&["build", "--verbose"]);
    for said in [
        "warning[counterpart-ambiguous]: `400/bad_name/name joe of ann is not valid` fits several errors of the group `rest`\n",
        " --> specs/vendors/demo/sources/page.en.md:13:1\n",
        "= help: its texts are left out: it may be any of `400/bad_name/name tom is not valid`, `400/bad_name/name tom of bob is not valid`\n",
    ] {
        assert!(run.err.contains(said), "{}", run.err);
    }
    let lacking = "1 of the 7 errors of sources/page.zh.md is not on this page: `1003`\n";
    assert!(run.err.contains(lacking), "neither is told to be missing there: {}", run.err);
    let file = spec(&workspace);
    for name in ["BadName", "BadNameOf"] {
        assert_eq!(text(&error(&file, name).cases[0].cause, "en"), None, "{name}");
    }
}

#[test]
fn what_further_rows_of_the_second_page_are_about_is_not_lost_in_silence() {
    let catalog = "title = { zh = \"示例\", en = \"Example\" }\nvendor.zh = \"示例公司\"\nlocale = \"zh\"\n\n\
        [[source]]\nfile = \"sources/page.zh.md\"\n\n[[source]]\nfile = \"sources/page.en.md\"\nlocale = \"en\"\n";
    let chinese = "| 错误码 | 说明 | 可能原因 |\n|---|---|---|\n| 1 | 繁忙 | 甲 |\n| 1 | 繁忙 | 乙 |\n";
    let english =
        "| Code | Description | Possible cause |\n|---|---|---|\n| 1 | Busy | one |\n| 1 | Down | two |\n";
    let workspace = with(catalog, chinese, english);
    let run = workspace.build();
    let said = "warning[counterpart-text]: `1` has another summary in its first row\n --> specs/vendors/demo/sources/page.en.md:4:7\n";
    assert!(run.err.contains(said), "{}", run.err);
    assert_eq!(run.err.matches("[counterpart-").count(), 1, "{}", run.err);
    let file = spec(&workspace);
    let [first, second] = file.spec.errors[0].cases.as_slice() else { panic!("{:?}", file.spec.errors[0]) };
    assert_eq!(text(&file.spec.errors[0].summary, "en"), vendors("Busy"));
    assert_eq!((text(&first.cause, "en"), text(&second.cause, "en")), (vendors("one"), vendors("two")));
}

#[test]
fn each_page_can_have_its_own_counterpart() {
    let catalog = "title = { zh = \"示例\", en = \"Example\" }\nvendor.zh = \"示例公司\"\nlocale = \"zh\"\n\n\
        [[source]]\nfile = \"sources/page.zh.md\"\n\n[[source]]\nfile = \"sources/two.zh.md\"\n\n\
        [[source]]\nfile = \"sources/page.en.md\"\nlocale = \"en\"\ntranslates = \"sources/page.zh.md\"\n\n\
        [[source]]\nfile = \"sources/two.en.md\"\nlocale = \"en\"\ntranslates = \"sources/two.zh.md\"\n";
    let page = |name: &str, text: &str| {
        format!(
            "| {name} | {} |\n|---|---|\n| 7 | {text} |\n",
            if name == "Code" { "Description" } else { "说明" }
        )
    };
    let workspace = with(catalog, &page("错误码", "甲"), &page("Code", "one"));
    workspace.write(&format!("{DEMO}/sources/two.zh.md"), page("错误码", "乙"));
    workspace.write(&format!("{DEMO}/sources/two.en.md"), page("Code", "two"));
    assert_eq!(workspace.build().err, "");
    let file = spec(&workspace);
    let english: Vec<_> = file.spec.errors.iter().map(|error| text(&error.summary, "en")).collect();
    assert_eq!(english, [vendors("one"), vendors("two")]);
}

#[test]
fn what_is_wrong_about_the_second_page_is_refused_where_it_is_said() {
    let catalog = format!("{DEMO}/catalog.toml");
    let page = format!("{DEMO}/sources/page.en.md");
    let cases: [(&str, &str, &[&str]); 15] = [
        (
            "locale = \"en\"",
            "locale = \"zh\"\ntranslates = \"sources/page.zh.md\"",
            &["[unknown-key]", ":13:1", "`translates` is for a page in another language"],
        ),
        ("locale = \"en\"", "locale = \"e!\"", &["[bad-locale]", ":12:10"]),
        (
            "locale = \"en\"",
            "locale = \"fr\"",
            &["[missing-title]", "the title is not given in `fr`, the language of `sources/page.en.md`"],
        ),
        ("locale = \"zh\"", "locale = \"en\"", &["[unknown-key]"]),
        (
            "locale = \"en\"",
            "locale = \"en\"\ntranslates = \"page.zh.md\"",
            &["[unknown-source]", "there is no source `page.zh.md`", "sources/page.zh.md"],
        ),
        (
            "locale = \"en\"",
            "locale = \"en\"\ntranslates = \"sources/page.en.md\"",
            &["[unknown-source]", "`sources/page.en.md` is not in `zh`"],
        ),
        (
            "locale = \"en\"",
            "locale = \"en\"\ntables = { 9 = { group = \"users\" } }",
            &["[no-such-table]", "sources/page.en.md has no table 9, only 2"],
        ),
        (
            "locale = \"en\"",
            "locale = \"en\"\ntables = { one = { group = \"users\" } }",
            &["[no-such-table]", "`one` is no table"],
        ),
        (
            "locale = \"en\"",
            "locale = \"en\"\ntables = { 1 = { roles = { 9 = \"cause\" } } }",
            &["[no-such-column]", "there is no column 9, only 4"],
        ),
        (
            "locale = \"en\"",
            "locale = \"en\"\ntables = { 1 = { roles = { 1 = \"case\" } } }",
            &["[bad-role]", "did you mean `cause`?"],
        ),
        (
            "locale = \"en\"",
            "locale = \"en\"\ntables = { 1 = { group = \"user\" } }",
            &["[unknown-group]: there is no group `user` to pair with", ":13:26\n", "did you mean `users`?"],
        ),
        (
            "locale = \"en\"",
            "locale = \"en\"\ntables = { 1 = { group = \"zzz\" } }",
            &["[unknown-group]: there is no group `zzz` to pair with", ":13:26\n"],
        ),
        (
            "locale = \"en\"",
            "locale = \"en\"\ntables = { 2 = { group = \"rest\", roles = { 1 = \"ignore\", 2 = \"ignore\", 4 = \"ignore\" } } }",
            &["[empty-group]: table 2 lists no errors: ", ":13:26\n"],
        ),
        ("sources/page.en.md", "sources/page.zh.md", &["[duplicate-source]"]),
        (
            "id = \"rest\"\n",
            "id = \"rest\"\nsource = \"sources/page.en.md\"\n",
            &["[unknown-source]", "`sources/page.en.md` is in `en`"],
        ),
    ];
    for (from, to, words) in cases {
        let workspace = demo();
        if from == "locale = \"zh\"" {
            workspace.edit(&catalog, "locale = \"en\"\n", "locale = \"en\"\ntables = {}\n");
        }
        workspace.edit(&catalog, from, to);
        workspace.refuses(&["build"], words);
    }
    let pages: [(&str, &[&str]); 5] = [
        ("", &["[no-tables]", "page.en.md"]),
        ("# Moved\n\nSee elsewhere.\n", &["[no-tables]", "page.en.md"]),
        (
            "| Method | Path |\n|---|---|\n| GET | /users |\n",
            &["[counterpart-none]", "this page lists no errors"],
        ),
        (
            "| Return code | Meaning |\n|---|---|\n| 9001 | Timeout |\n",
            &[
                "[counterpart-none]",
                "the one error of this page is not on sources/page.zh.md",
                "page.en.md:3:1",
            ],
        ),
        (
            "| Return code | Meaning |\n|---|---|\n| 9001 | Timeout |\n| 9002 | Busy |\n",
            &[
                "[counterpart-none]",
                "none of the 2 errors of this page is on sources/page.zh.md",
                "page.en.md:3:1",
            ],
        ),
    ];
    for (text, words) in pages {
        let workspace = demo();
        workspace.write(&page, text);
        let run = workspace.refuses(&["build"], words);
        assert_eq!(run.errors(), 1, "{}", run.err);
    }
    let workspace = demo();
    workspace.remove(&page);
    workspace
        .refuses(&["build"], &["[unreadable-file]", "sources/page.en.md: there is no such file", ":11:8"]);
}

#[test]
fn no_page_in_the_catalogs_language_is_an_error() {
    let only = "title = { zh = \"示例\", en = \"Example\" }\nvendor.zh = \"示例公司\"\nlocale = \"zh\"\n\n\
        [[source]]\nfile = \"sources/page.en.md\"\nlocale = \"en\"\n";
    let workspace = with(only, CHINESE, ENGLISH);
    let run = workspace.refuses(&["build"], &["[unknown-source]", "no source is in `zh`"]);
    assert_eq!(run.errors(), 1, "{}", run.err);
}

#[test]
fn a_second_page_in_the_catalogs_own_language_has_errors_of_its_own() {
    let workspace = demo();
    workspace.edit(&format!("{DEMO}/catalog.toml"), "locale = \"en\"", "locale = \"zh\"");
    workspace
        .refuses(&["build"], &["[unknown-source]", "the group does not say which of the sources it is in"]);
}

#[test]
fn other_encodings_and_html_pair_as_well() {
    let workspace = demo();
    let html =
        "<table><tr><th>Code<th>Description<tr><td>1001<td>Café <b>missing</b><tr><td>1002<td>There</table>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(html);
    workspace.write(&format!("{DEMO}/sources/page.en.md"), bytes);
    workspace.build();
    let file = spec(&workspace);
    assert_eq!(text(&error(&file, "UserNotFound").summary, "en"), vendors("Café missing"));
}

/// Resolves in memory.
fn resolved(catalog: &str, pages: &[(&str, &str)]) -> Resolved {
    let catalog = Catalog::parse(catalog).unwrap();
    let page = |(index, (file, text)): (usize, &(&str, &str))| {
        let document = read_text((*text).to_owned());
        let reading = interpret(&document, &resolve::overrides(&catalog, index));
        Page { file: (*file).to_owned(), digest: String::new(), document, reading }
    };
    let pages: Vec<_> = pages.iter().enumerate().map(page).collect();
    let glossary = Glossary::default();
    let inputs = Inputs {
        id: "demo",
        catalog: &catalog,
        pages: &pages,
        translations: &[],
        glossary: &glossary,
        previous: None,
    };
    let mut resolved = resolve::resolve(&inputs);
    // What reading the pages says is said as well.
    for page in &pages {
        let said = page.reading.diagnostics.iter().chain(&page.document.diagnostics);
        resolved.findings.extend(said.map(|diagnostic| Finding::new(&page.file, diagnostic.clone())));
    }
    resolved
}

/// The cells of the second page below its headers that can say something else unnoticed: neither
/// the outcome is another then, nor is there a finding that points at them.
fn unnoticed(catalog: &str, chinese: &str, english: &str) -> (usize, Vec<String>) {
    let outcome = |english: &str| {
        let Resolved { spec, findings } =
            resolved(catalog, &[("sources/page.zh.md", chinese), ("sources/page.en.md", english)]);
        // Where things stand moves with the cell.
        let said = findings
            .iter()
            .map(|Finding { file, diagnostic }| (file.clone(), diagnostic.code, diagnostic.message.clone()))
            .collect::<Vec<_>>();
        ((spec, said), findings)
    };
    let (as_is, findings) = outcome(english);
    let pointed_at = |span: &std::ops::Range<usize>| {
        let here = findings.iter().filter(|finding| finding.file == "sources/page.en.md");
        let mut spans = here.filter_map(|finding| finding.diagnostic.span.clone());
        spans.any(|at| at.start <= span.start && span.end <= at.end)
    };
    let document = read_text(english.to_owned());
    let rows = document.tables.iter().flat_map(|table| table.rows());
    let cells: Vec<_> = rows.flat_map(|row| row.cells()).filter(|cell| !cell.is_empty()).collect();
    let changed = |span: &std::ops::Range<usize>| {
        format!("{}9{}", &document.text[..span.start], &document.text[span.start..])
    };
    let silent =
        cells.iter().filter(|cell| !pointed_at(&cell.span) && outcome(&changed(&cell.span)).0 == as_is);
    (cells.len(), silent.map(|cell| cell.plain()).collect())
}

#[test]
fn every_cell_of_the_second_page_reaches_the_spec_or_a_diagnostic() {
    let more = "| Extra | Ask | 1002 | user exists |\n| Unknown | Ask | 4711 | never heard |\n";
    let with_more = ENGLISH.replace("\n\n| Error type", &format!("\n{more}\n| Error type"));
    assert_ne!(with_more, ENGLISH);
    for english in [ENGLISH, &with_more] {
        let (cells, silent) = unnoticed(CATALOG, CHINESE, english);
        assert!(cells >= 22, "{cells}");
        assert_eq!(silent, [""; 0]);
    }
}

const JMESSAGE: &str = "title = { zh = \"极光 IM\", en = \"JMessage\" }\nvendor.zh = \"极光\"\nlocale = \"zh\"\n\n\
    [[source]]\nfile = \"sources/page.zh.md\"\n\n[[source]]\nfile = \"sources/page.en.md\"\nlocale = \"en\"\n";

/// The vendor's two pages, where they lie beside the checkout. Where not, it is said aloud.
fn jmessage() -> Option<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vendor-docs/updates");
    if !folder.exists() {
        // Written, not printed: the harness hides what passing tests print.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"SKIPPED: the vendors' real pages are not beside this checkout\n",
        );
        return None;
    }
    let page = |name| fs::read_to_string(folder.join(name)).unwrap();
    Some((page("jmessage-server.2019-04.zh.md"), page("jmessage-server.2018-05.en.md")))
}

#[test]
fn the_vendors_two_real_pages_are_paired() {
    let Some((chinese, english)) = jmessage() else {
        return;
    };
    let workspace = with(JMESSAGE, &chinese, &english);
    let run = workspace.run(&["build", "--verbose"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let file = spec(&workspace);
    let paired =
        file.spec.errors.iter().filter(|error| text(&error.summary, "en").is_some_and(|(_, vendor)| vendor));
    assert_eq!((file.spec.errors.len(), paired.count()), (179, 148));
    let found: Vec<_> = run.err.split("\n\n").filter(|said| said.contains("[counterpart-")).collect();
    let [lacks, differs] = found.as_slice() else {
        panic!("{}", run.err);
    };
    assert!(lacks.starts_with("note[counterpart-lacks]: 31 of the 179 errors of sources/page.zh.md are not on this page: `786001`, `787001`"), "{lacks}");
    let first = "warning[counterpart-differs]: `818001` has another message at sources/page.zh.md:527: `target list is null`\n";
    assert!(differs.starts_with(first) && differs.contains("sources/page.en.md:403:8\n"), "{differs}");
    let line = |text: &str, number: usize| text.lines().nth(number - 1).unwrap().to_owned();
    assert!(line(&chinese, 528).contains("818001"), "the row starts a line above its first cell");
    assert!(line(&english, 403).contains("zero member"));
}

#[test]
fn every_cell_of_the_vendors_second_page_reaches_the_spec_or_a_diagnostic() {
    let Some((chinese, english)) = jmessage() else {
        return;
    };
    // A part of it, as the whole takes long: the first rows, and the one that differs.
    let rows = |page: &str, count: usize| {
        let end = page.match_indices("</tr>").nth(count).unwrap().0;
        format!("{}</tr></table>", &page[..end])
    };
    let (cells, silent) = unnoticed(JMESSAGE, &rows(&chinese, 40), &rows(&english, 40));
    assert!(cells >= 110, "{cells}");
    assert_eq!(silent, [""; 0]);
}
