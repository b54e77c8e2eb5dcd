//! What a spec remembers while pages, catalogs and translations change.

use std::collections::BTreeSet;

use crate::support::{ALPHA, CATALOG, ENGLISH, PAGE, Workspace};

/// The `[[error]]` and `[[removed]]` of alpha's spec as `name key`.
fn names(workspace: &Workspace) -> Vec<String> {
    let file = im_errors_spec::SpecFile::parse(&workspace.spec()).unwrap();
    let errors = file.spec.errors.iter().map(|error| format!("{} {}", error.name, error.key()));
    let removed = file.spec.removed.iter().map(|removed| format!("removed {} {}", removed.name, removed.key));
    errors.chain(removed).collect()
}

/// A workspace with these rows in alpha's table and no catalog entries.
fn with_rows(rows: &[&str]) -> Workspace {
    let workspace = Workspace::alpha();
    workspace.remove(&format!("{ALPHA}/locales"));
    workspace.edit_catalog(CATALOG.split("\n[group.errors]").nth(1).unwrap(), "\n");
    set_rows(&workspace, rows);
    workspace
}

fn set_rows(workspace: &Workspace, rows: &[&str]) {
    let head = "# 错误码\n\n| HTTP 状态码 | 错误码 | 错误类型 | 错误信息 | 说明 | 可能原因 |\n|---|---|---|---|---|---|\n";
    let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
    workspace.write(&format!("{ALPHA}/sources/alpha.zh.md"), format!("{head}{rows}"));
}

#[test]
fn a_pinned_name_survives_a_reworded_message_reordered_rows_and_new_layout() {
    let workspace = with_rows(&["| | 1 | | user not found | 甲 | |", "| | 2 | | user exists | 乙 | |"]);
    workspace.build();
    assert_eq!(names(&workspace), ["UserNotFound 1", "UserExists 2"]);
    set_rows(
        &workspace,
        &["| | 2 | | the user is there already | 乙 | |", "|  |  1  | | no such user | 甲甲 | |"],
    );
    workspace.build();
    assert_eq!(names(&workspace), ["UserNotFound 1", "UserExists 2"]);
    let text = workspace.read(&format!("{ALPHA}/sources/alpha.zh.md"));
    workspace
        .write(&format!("{ALPHA}/sources/alpha.zh.md"), text.replace('|', "  |  ").replace('\n', "\r\n"));
    workspace.build();
    assert_eq!(names(&workspace), ["UserNotFound 1", "UserExists 2"]);
}

#[test]
fn a_message_that_only_looks_different_is_the_same_error() {
    let workspace = with_rows(&["| 404 | | not_found | User 'a' not found. | 甲 | |"]);
    workspace.build();
    set_rows(&workspace, &["| 404 | | not_found | user ‘a’  not found | 甲 | |"]);
    workspace.build();
    assert_eq!(names(&workspace), ["UserANotFound 404/not_found/user ‘a’ not found"]);
}

#[test]
fn proposed_names_are_unique_and_stay_when_rows_come_before_them() {
    let row = |code: u32| format!("| | {code} | | user exists | 甲 | |");
    let workspace = with_rows(&[&row(5), &row(7)]);
    workspace.build();
    assert_eq!(names(&workspace), ["UserExists 5", "UserExists2 7"]);
    set_rows(&workspace, &[&row(3), &row(5), &row(7)]);
    workspace.build();
    assert_eq!(names(&workspace), ["UserExists3 3", "UserExists 5", "UserExists2 7"]);
}

#[test]
fn what_nothing_names_is_named_after_its_code_or_status() {
    let workspace = with_rows(&["| | -5 | | | 甲 | |", "| | 12 | | 用户不存在 | 甲 | |"]);
    workspace.build();
    assert_eq!(names(&workspace), ["ErrorMinus5 -5", "Error12 12"]);
    let workspace = with_rows(&["| 4xx | | | | 甲 | |", "| 429 | | | | 甲 | |", "| 299 | | | | 甲 | |"]);
    workspace.build();
    // Where there is not even a reason phrase, the line of the row tells it.
    assert_eq!(names(&workspace), ["Error7 299", "TooManyRequests 429", "ClientError 4xx"]);
}

/// What errors with nothing but a status are named, by the status.
const STATUS_NAMES: [(&str, &str); 40] = [
    ("1xx", "Informational"),
    ("2xx", "Success"),
    ("3xx", "Redirection"),
    ("4xx", "ClientError"),
    ("5xx", "ServerError"),
    ("200", "Ok"),
    ("201", "Created"),
    ("202", "Accepted"),
    ("204", "NoContent"),
    ("301", "MovedPermanently"),
    ("302", "Found"),
    ("304", "NotModified"),
    ("400", "BadRequest"),
    ("401", "Unauthorized"),
    ("402", "PaymentRequired"),
    ("403", "Forbidden"),
    ("404", "NotFound"),
    ("405", "MethodNotAllowed"),
    ("406", "NotAcceptable"),
    ("408", "RequestTimeout"),
    ("409", "Conflict"),
    ("410", "Gone"),
    ("411", "LengthRequired"),
    ("412", "PreconditionFailed"),
    ("413", "ContentTooLarge"),
    ("414", "UriTooLong"),
    ("415", "UnsupportedMediaType"),
    ("416", "RangeNotSatisfiable"),
    ("422", "UnprocessableContent"),
    ("423", "Locked"),
    ("426", "UpgradeRequired"),
    ("428", "PreconditionRequired"),
    ("429", "TooManyRequests"),
    ("431", "RequestHeaderFieldsTooLarge"),
    ("500", "InternalServerError"),
    ("501", "NotImplemented"),
    ("502", "BadGateway"),
    ("503", "ServiceUnavailable"),
    ("504", "GatewayTimeout"),
    ("505", "HttpVersionNotSupported"),
];

#[test]
fn every_status_and_class_is_named_and_no_name_is_given_twice() {
    let statuses =
        || (100..=599).map(|status| status.to_string()).chain((1..=5).map(|class| format!("{class}xx")));
    let rows: Vec<_> = statuses().map(|status| format!("| {status} | | | | 甲 | |")).collect();
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    let workspace = with_rows(&rows);
    // All of them once more, in another group.
    let page = format!("{ALPHA}/sources/alpha.zh.md");
    let text = workspace.read(&page);
    workspace.write(&page, format!("{text}\n{text}"));
    let catalog = workspace.read(&format!("{ALPHA}/catalog.toml"));
    let group = "[[group]]\nid = \"more\"\ntables = [2]\ntitle.zh = \"更多\"\n";
    workspace.write(&format!("{ALPHA}/catalog.toml"), format!("{catalog}\n{group}"));
    workspace.build();
    let errors = im_errors_spec::SpecFile::parse(&workspace.spec()).unwrap().spec.errors;
    let mut unique = BTreeSet::new();
    for error in &errors {
        let name = error.name.as_str();
        assert!(im_errors_spec::VariantName::new(name).is_ok(), "{name}");
        assert!(unique.insert(name), "{name} is given twice");
    }
    assert_eq!(unique.len(), 2 * rows.len());
    for (at, status) in statuses().enumerate() {
        let known = STATUS_NAMES.iter().find(|(known, _)| *known == status);
        // Without a reason phrase it is the line of the row, the first of which is the fifth.
        let expected = known.map_or(format!("Error{}", at + 5), |(_, name)| (*name).to_owned());
        let error = errors.iter().find(|error| error.group == "users" && error.key() == status);
        assert_eq!(error.map(|error| error.name.as_str()), Some(expected.as_str()), "{status}");
    }
}

#[test]
fn a_removed_error_leaves_its_name_behind_and_takes_it_up_again() {
    let rows = ["| | 1 | | user not found | 甲 | |", "| | 2 | | user exists | 乙 | |"];
    let workspace = with_rows(&rows);
    workspace.edit_catalog("file = ", "edition = \"2024-05\"\nfile = ");
    workspace.build();
    let before = workspace.spec();
    set_rows(&workspace, &rows[1..]);
    workspace.build();
    assert_eq!(names(&workspace), ["UserExists 2", "removed UserNotFound 1"]);
    assert!(workspace.spec().contains("key = \"1\"\nedition = \"2024-05\"\n"));
    assert!(workspace.read("docs/zh/alpha.md").contains("UserNotFound — `1`：厂商已在 2024-05 版中移除"));
    // It is remembered for good.
    workspace.build();
    assert_eq!(names(&workspace), ["UserExists 2", "removed UserNotFound 1"]);
    // Whether it is that error again, only a person can tell.
    set_rows(&workspace, &["| | 1 | | now reworded | 甲 | |", rows[1]]);
    let words = [
        "error[reused-code]: the code 1 was `UserNotFound`, which the vendor has removed in the edition of 2024-05 (spec.toml:31)",
        "alpha/sources/alpha.zh.md:5:1\n",
        "another error, `\"1\" = { name = \"…\", reuses = \"UserNotFound\" }`; or the same one, `\"1\" = { reuses = false }`",
    ];
    workspace.refuses(&["build"], &words);
    workspace.edit_catalog("[group.errors]\n", "[group.errors]\n\"1\" = { reuses = false }\n");
    workspace.build();
    assert_eq!(names(&workspace), ["UserNotFound 1", "UserExists 2"]);
    workspace.edit_catalog("\"1\" = { reuses = false }\n", "");
    set_rows(&workspace, &rows);
    workspace.build();
    assert_eq!(workspace.spec(), before);
}

#[test]
fn a_removed_error_comes_back_with_its_message_in_other_layout() {
    let workspace = with_rows(&["| 404 | | not_found | User not found. | 甲 | |", "| 400 | | | | 乙 | |"]);
    workspace.build();
    set_rows(&workspace, &["| 400 | | | | 乙 | |"]);
    workspace.build();
    assert_eq!(names(&workspace), ["BadRequest 400", "removed UserNotFound 404/not_found/User not found."]);
    set_rows(&workspace, &["| 404 | | not_found | user not found | 甲 | |", "| 400 | | | | 乙 | |"]);
    workspace.build();
    assert_eq!(names(&workspace), ["BadRequest 400", "UserNotFound 404/not_found/user not found"]);
}

#[test]
fn an_error_that_comes_back_under_a_new_name_is_not_listed_as_removed() {
    let rows = ["| | 1 | | user not found | 甲 | |", "| | 2 | | user exists | 乙 | |"];
    let workspace = with_rows(&rows);
    workspace.build();
    set_rows(&workspace, &rows[1..]);
    workspace.build();
    set_rows(&workspace, &rows);
    let said = "[group.errors]\n\"1\" = { name = \"NoUser\", reuses = false }\n";
    workspace.edit_catalog("[group.errors]\n", said);
    let run = workspace.build();
    assert!(run.err.contains("warning[renamed]: `UserNotFound` is renamed to `NoUser`"), "{}", run.err);
    assert_eq!(names(&workspace), ["NoUser 1", "UserExists 2"]);
}

#[test]
fn the_name_of_a_removed_error_is_refused_for_another_and_never_proposed() {
    let rows = ["| | 1 | | user not found | 甲 | |", "| | 2 | | user exists | 乙 | |"];
    let workspace = with_rows(&rows);
    workspace.build();
    set_rows(&workspace, &rows[1..]);
    workspace.build();
    let name = "[group.errors]\n\"2\" = { name = \"UserNotFound\" }\n";
    workspace.edit_catalog("[group.errors]\n", name);
    let words = [
        "error[name-of-removed]: `UserNotFound` is the name of `1`, which the vendor has removed",
        "alpha/catalog.toml:14:16\n",
    ];
    workspace.refuses(&["build"], &words);
    workspace.edit_catalog(name, "[group.errors]\n");
    set_rows(&workspace, &[rows[1], "| | 3 | | user not found | 丙 | |"]);
    workspace.build();
    assert_eq!(names(&workspace), ["UserExists 2", "UserNotFound2 3", "removed UserNotFound 1"]);
}

#[test]
fn a_name_does_not_pass_to_another_error_in_the_build_that_removes_its_own() {
    let workspace = with_rows(&["| | 1 | | user not found | 甲 | |"]);
    workspace.build();
    set_rows(&workspace, &["| | 9 | | user not found | 甲 | |"]);
    workspace.build();
    assert_eq!(names(&workspace), ["UserNotFound2 9", "removed UserNotFound 1"]);
}

#[test]
fn a_name_set_by_hand_follows_a_reworded_message_but_not_to_another_code() {
    let workspace = with_rows(&["| 404 | | not_found | user not found | 甲 | |"]);
    let name = "[group.errors]\n\"404/not_found/user not found\" = { name = \"NoUser\" }\n";
    workspace.edit_catalog("[group.errors]\n", name);
    workspace.build();
    set_rows(&workspace, &["| 404 | | not_found | no such user | 甲 | |"]);
    workspace.edit_catalog("/user not found", "/no such user");
    workspace.build();
    assert_eq!(names(&workspace), ["NoUser 404/not_found/no such user"]);

    let workspace = with_rows(&["| | 1 | | | 甲 | |"]);
    workspace.edit_catalog("[group.errors]\n", "[group.errors]\n\"1\" = { name = \"NoUser\" }\n");
    workspace.build();
    set_rows(&workspace, &["| | 2 | | | 甲 | |"]);
    workspace.edit_catalog("\"1\"", "\"2\"");
    workspace.refuses(
        &["build"],
        &["`NoUser` is the name of `1`, which the vendor has removed", "catalog.toml:14:16\n"],
    );
}

/// What is said of errors by key in alpha's catalog.
fn say(workspace: &Workspace, said: &[&str]) {
    let head = CATALOG.split("[group.errors]").next().unwrap();
    let said: String = said.iter().map(|line| format!("{line}\n")).collect();
    workspace.write(&format!("{ALPHA}/catalog.toml"), format!("{head}[group.errors]\n{said}"));
}

/// The names of alpha's errors, each with its aliases.
fn aliases(workspace: &Workspace) -> Vec<String> {
    let spec = im_errors_spec::SpecFile::parse(&workspace.spec()).unwrap().spec;
    let errors = spec.errors.iter().map(|error| (&error.name, &error.aliases));
    let removed = spec.removed.iter().map(|removed| (&removed.name, &removed.aliases));
    let shown = errors
        .chain(removed)
        .map(|(name, aliases)| aliases.iter().fold(name.to_string(), |all, alias| format!("{all} {alias}")));
    shown.collect()
}

#[test]
fn a_former_name_stays_an_alias_through_any_renaming() {
    let rows = ["| | 1 | | user not found | 甲 | |", "| | 2 | | user exists | 乙 | |"];
    let workspace = with_rows(&rows);
    workspace.build();
    let named = |name: &str| {
        say(&workspace, &[&format!("\"1\" = {{ name = \"{name}\" }}")]);
        workspace.build();
        assert_eq!(workspace.run(&["build", "--check"]).status, 0);
        aliases(&workspace)
    };
    assert_eq!(named("NoUser"), ["NoUser UserNotFound", "UserExists"]);
    assert_eq!(named("Unknown"), ["Unknown UserNotFound NoUser", "UserExists"]);
    assert_eq!(named("UserNotFound"), ["UserNotFound NoUser Unknown", "UserExists"]);
    // They go where the error goes: to the removed ones, back, and to another group.
    say(&workspace, &[]);
    set_rows(&workspace, &rows[1..]);
    workspace.build();
    assert_eq!(aliases(&workspace), ["UserExists", "UserNotFound NoUser Unknown"]);
    set_rows(&workspace, &rows);
    say(&workspace, &["\"1\" = { name = \"UserNotFound\" }"]);
    workspace.build();
    assert_eq!(aliases(&workspace), ["UserNotFound NoUser Unknown", "UserExists"]);
    workspace.edit_catalog("id = \"users\"", "id = \"accounts\"");
    workspace.edit_catalog("name = \"UserNotFound\"", "name = \"Fourth\"");
    workspace.build();
    assert_eq!(aliases(&workspace), ["Fourth NoUser Unknown UserNotFound", "UserExists"]);
    // Nobody else is named so, unless the alias is given up.
    say(&workspace, &["\"1\" = { name = \"Fourth\", forget_aliases = [\"NoUser\"] }"]);
    workspace.edit_catalog("id = \"users\"", "id = \"accounts\"");
    workspace.build();
    assert_eq!(aliases(&workspace), ["Fourth Unknown UserNotFound", "UserExists"]);
    assert_eq!(workspace.run(&["build", "--check"]).status, 0);
}

#[test]
fn an_alias_is_proposed_to_no_other_error_and_refused_to_it() {
    let rows = ["| | 1 | | user not found | 甲 | |", "| | 3 | | user not found | 丙 | |"];
    let workspace = with_rows(&rows[..1]);
    workspace.build();
    say(&workspace, &["\"1\" = { name = \"NoUser\" }"]);
    workspace.build();
    set_rows(&workspace, &rows);
    say(&workspace, &["\"1\" = { name = \"NoUser\" }", "\"3\" = { name = \"UserNotFound\" }"]);
    let words = [
        "error[name-of-alias]: `UserNotFound` is a former name of `NoUser`",
        "alpha/catalog.toml:15:16\n",
        "`forget_aliases = [\"UserNotFound\"]` at `1`",
    ];
    workspace.refuses(&["build"], &words);
    say(&workspace, &["\"1\" = { name = \"NoUser\" }"]);
    workspace.build();
    assert_eq!(aliases(&workspace), ["NoUser UserNotFound", "UserNotFound2"]);
}

#[test]
fn a_former_name_leads_readers_to_the_present_one() {
    let workspace = Workspace::alpha();
    workspace.build();
    workspace.edit_catalog("name = \"UserNotFound\"", "name = \"NoUser\"");
    let translated = ["there is no error `UserNotFound` to translate", "it was renamed: write `[NoUser]`"];
    workspace.refuses(&["build"], &translated);
    workspace.write(&format!("{ALPHA}/locales/en.toml"), ENGLISH.replace("UserNotFound", "NoUser"));
    workspace.write("old.toml", workspace.spec());
    workspace.build();
    for (locale, line) in [("zh", "- 曾用名：`UserNotFound`\n"), ("en", "- Formerly: `UserNotFound`\n")] {
        let page = workspace.read(&format!("docs/{locale}/alpha.md"));
        let heading = "### <a id=\"no-user\"></a><a id=\"user-not-found\"></a>NoUser · 1001\n";
        assert!(page.contains(heading) && page.contains(line), "{page}");
    }
    for name in ["user-not-found", "no-user"] {
        let page = workspace.read(&format!("target/site/zh/alpha/{name}/index.html"));
        assert!(page.contains("content=\"0; url=../1001/\""), "{page}");
    }
    for query in ["UserNotFound", "user-not-found", "alpha:UserNotFound", "at UserNotFound: failed"] {
        let run = workspace.run(&["explain", "--catalogs", "specs/vendors", query]);
        assert!(run.out.starts_with("NoUser · "), "{query}: {}{}", run.out, run.err);
        assert!(run.out.contains("\nFormerly: UserNotFound\n"), "{}", run.out);
    }
    let json = workspace.run(&["explain", "--catalogs", "specs/vendors", "UserNotFound", "--format", "json"]);
    assert_eq!(json.json()["matches"][0]["aliases"], serde_json::json!(["UserNotFound"]));
    let spec = format!("{ALPHA}/spec.toml");
    let diff = workspace.run(&["diff", "old.toml", &spec, "--format", "json"]).json();
    let kinds: Vec<_> = diff["changes"].as_array().unwrap().iter().map(|change| &change["kind"]).collect();
    assert_eq!(kinds, ["renamed"]);
    assert_eq!(diff["verdict"], "breaking");
    // Of a removed error the old heading leads to the list.
    workspace.edit_catalog("\"1001\" = { name = \"NoUser\", retry = \"after-fix\" }\n", "");
    workspace.edit_page("| 1001 | user not found | 用户不存在。 | 先注册该用户。 |\n", "");
    workspace.build();
    let page = workspace.read("docs/en/alpha.md");
    assert!(page.contains("- <a id=\"no-user\"></a><a id=\"user-not-found\"></a>NoUser — "), "{page}");
    let run = workspace.run(&["explain", "--catalogs", "specs/vendors", "UserNotFound"]);
    assert!(
        run.out.starts_with("NoUser\n\n1001: removed by the vendor\nFormerly: UserNotFound\n"),
        "{}",
        run.out
    );
}

#[test]
fn names_that_change_places_are_refused() {
    let workspace = with_rows(&["| | 1 | | one | 甲 | |", "| | 2 | | two | 乙 | |"]);
    workspace.build();
    say(&workspace, &["\"1\" = { name = \"Two\" }", "\"2\" = { name = \"One\" }"]);
    let words = ["`Two` is a former name of `One`", "`One` is a former name of `Two`"];
    workspace.refuses(&["build"], &words);
}

#[test]
fn errors_that_a_pattern_joins_leave_their_names() {
    let rows = ["| 400 | | bad | user a exists | 甲 | |", "| 400 | | bad | user b exists | 甲 | |"];
    let workspace = with_rows(&rows);
    workspace.build();
    assert_eq!(aliases(&workspace), ["UserAExists", "UserBExists"]);
    let pattern = "message = \"user {name} exists\"";
    let said = |key| format!("\"400/bad/user {key} exists\" = {{ {pattern} }}");
    say(&workspace, &[&said("a"), &said("b")]);
    workspace.build();
    assert_eq!(aliases(&workspace), ["UserAExists UserBExists"]);
    // The other way round both have the one name that is theirs, until somebody settles it.
    say(&workspace, &[]);
    let words = [
        "error[duplicate-name]: two errors are named `UserAExists`: `400/bad/user a exists` and `400/bad/user b exists`\n",
        " --> specs/vendors/alpha/sources/alpha.zh.md:6:1\n",
    ];
    assert_eq!(workspace.refuses(&["build"], &words).errors(), 1);
    let apart = |key, name| format!("\"400/bad/user {key} exists\" = {{ name = \"{name}\" }}");
    say(&workspace, &[&apart("a", "UserAExists"), &apart("b", "OtherExists")]);
    workspace.build();
    assert_eq!(aliases(&workspace), ["UserAExists UserBExists", "OtherExists"]);
}

#[test]
fn a_spec_cut_off_behind_its_former_names_is_not_taken() {
    let workspace = with_rows(&["| | 1 | | one | 甲 | |"]);
    workspace.build();
    say(&workspace, &["\"1\" = { name = \"First\" }"]);
    workspace.build();
    let spec = workspace.spec();
    assert!(spec.lines().nth(1).unwrap().ends_with(", 1 aliases"), "{spec}");
    for damaged in [spec.replace("aliases = [\"One\"]\n", ""), spec.replace("\"甲\"", "\"乙\"")] {
        workspace.write(&format!("{ALPHA}/spec.toml"), &damaged);
        workspace.refuses(&["build"], &["error[spec-untrusted]"]);
    }
}

#[test]
fn a_code_for_another_error_is_settled_by_hand() {
    let rows = ["| | 1 | | user not found | 用户不存在 | |", "| | 2 | | user exists | 乙 | |"];
    let workspace = with_rows(&rows);
    workspace.build();
    say(&workspace, &["\"1\" = { name = \"NoUser\" }"]);
    workspace.build();
    assert_eq!(workspace.spec().lines().nth(19), Some("[[error]]"));
    let other = "| | 1 | | quota exhausted | 本月额度已耗尽 | |";
    set_rows(&workspace, &[other, rows[1]]);
    let words = [
        "error[reused-code]: the code 1 was `NoUser`, `user not found` (spec.toml:20), and now has nothing in common with it",
        "alpha/sources/alpha.zh.md:5:1\n",
        "\"1\" = { reuses = false }",
    ];
    workspace.refuses(&["build"], &words);
    // Its own name is no other one, and what never had the code is not reused.
    say(&workspace, &["\"1\" = { name = \"NoUser\", reuses = \"NoUser\" }"]);
    workspace.refuses(&["build"], &["`NoUser` cannot take over its own code", "alpha/catalog.toml:14:35\n"]);
    say(&workspace, &["\"1\" = { name = \"QuotaExhausted\", reuses = \"UserExists\" }"]);
    workspace.refuses(&["build"], &["no removed error `UserExists` had the code 1"]);
    say(&workspace, &["\"1\" = { name = \"QuotaExhausted\", reuses = \"NoUser\" }"]);
    workspace.build();
    let settled = ["QuotaExhausted 1", "UserExists 2", "removed NoUser 1"];
    assert_eq!(names(&workspace), settled);
    assert_eq!(aliases(&workspace), ["QuotaExhausted", "UserExists", "NoUser UserNotFound"]);
    // For good, and with or without the words that settled it.
    workspace.build();
    assert_eq!(names(&workspace), settled);
    say(&workspace, &["\"1\" = { name = \"OutOfQuota\", reuses = \"NoUser\" }"]);
    workspace.build();
    assert_eq!(aliases(&workspace), ["OutOfQuota QuotaExhausted", "UserExists", "NoUser UserNotFound"]);
    say(&workspace, &[]);
    workspace.build();
    assert_eq!(names(&workspace), ["OutOfQuota 1", "UserExists 2", "removed NoUser 1"]);
    // Once more: two removed errors have the code now.
    set_rows(&workspace, &rows[1..]);
    workspace.build();
    set_rows(&workspace, &rows);
    say(&workspace, &["\"1\" = { name = \"NoUser\" }"]);
    workspace.build();
    assert_eq!(names(&workspace), ["NoUser 1", "UserExists 2", "removed OutOfQuota 1"]);
}

#[test]
fn a_code_whose_meaning_is_said_to_be_the_same_keeps_its_name() {
    let workspace = with_rows(&["| | 1 | | user not found | 用户不存在 | |"]);
    workspace.build();
    set_rows(&workspace, &["| | 1 | | quota exhausted | 本月额度已耗尽 | |"]);
    workspace.refuses(&["build"], &["error[reused-code]"]);
    say(&workspace, &["\"1\" = { reuses = false }"]);
    workspace.build();
    assert_eq!(names(&workspace), ["UserNotFound 1"]);
    say(&workspace, &[]);
    assert!(!workspace.build().err.contains("reused-code"));
    for wrong in ["true", "1"] {
        say(&workspace, &[&format!("\"1\" = {{ reuses = {wrong} }}")]);
        workspace.refuses(&["build"], &["expected the name of the error that had the code, or `false`"]);
    }
}

#[test]
fn a_reworded_error_is_no_other_one() {
    let before = "| | 1 | | user not found | 用户不存在 | |";
    for after in [
        // Another message with the same summary, another summary with the same message, words in common.
        "| | 1 | | quota exhausted | 用户不存在 | |",
        "| | 1 | | user not found | 本月额度已耗尽 | |",
        "| | 1 | | no such user | 没有这个用户 | |",
        "| | 1 | | | 本月额度已耗尽 | |",
        "| | 1 | | quota exhausted | | 甲 |",
    ] {
        let workspace = with_rows(&[before]);
        workspace.build();
        set_rows(&workspace, &[after]);
        workspace.build();
        assert_eq!(names(&workspace), ["UserNotFound 1"]);
    }
}

#[test]
fn a_group_with_a_new_id_keeps_the_names_of_its_errors() {
    let rows = ["| | 5 | | user exists | 甲 | |", "| | 7 | | user exists | 乙 | |", "| 400 | | | | 丙 | |"];
    let workspace = with_rows(&rows);
    workspace.build();
    let before = names(&workspace);
    set_rows(&workspace, &[rows[1], rows[0], rows[2]]);
    workspace.edit_catalog("id = \"users\"", "id = \"accounts\"");
    workspace.build();
    assert_eq!(names(&workspace), before);
    assert!(!workspace.spec().contains("[[removed]]"));
}

#[test]
fn an_error_that_goes_to_two_groups_at_once_is_taken_for_neither() {
    let row = "| | 5 | | user exists | 甲 | |";
    let workspace = with_rows(&[row]);
    workspace.build();
    let page = format!("{ALPHA}/sources/alpha.zh.md");
    let text = workspace.read(&page);
    workspace.write(&page, format!("{text}\n{text}"));
    let groups = "id = \"one\"\ntables = [1]\ntitle.zh = \"一\"\n\n[[group]]\nid = \"two\"\ntables = [2]";
    workspace.edit_catalog("id = \"users\"\ntables = [1]", groups);
    workspace.build();
    assert_eq!(names(&workspace), ["UserExists2 5", "UserExists3 5", "removed UserExists 5"]);
}

#[test]
fn what_the_rows_of_one_error_disagree_about_is_named() {
    let first = "| 400 | 1 | bad | busy | 繁忙 | 甲 |";
    for (second, differs) in [
        ("| 403 | 1 | bad | busy | 繁忙 | 乙 |", "status"),
        ("| 400 | 1 | worse | busy | 繁忙 | 乙 |", "error type"),
        ("| 400 | 1 | bad | down | 繁忙 | 乙 |", "message"),
        ("| 400 | 1 | bad | busy | 限流 | 乙 |", "summary"),
        ("| 403 | 1 | worse | down | 限流 | 乙 |", "status, error type, message, summary"),
    ] {
        let workspace = with_rows(&[first, second]);
        let err = workspace.build().err;
        let said = format!(
            "warning[rows-disagree]: this row is `1` again, with another {differs}\n --> {ALPHA}/sources/alpha.zh.md:6:1\n"
        );
        assert!(err.contains(&said), "{err}");
        assert_eq!(err.matches("[rows-disagree]").count(), 1, "{err}");
        // The first row counts.
        let error = &im_errors_spec::SpecFile::parse(&workspace.spec()).unwrap().spec.errors[0];
        assert_eq!(
            (error.key().as_str(), error.http_status.map(|status| status.to_string())),
            ("1", Some("400".to_owned()))
        );
        assert_eq!(error.error.as_deref(), Some("bad"));
        assert!(workspace.spec().contains("\nsummary.zh = \"繁忙\"\n"), "{}", workspace.spec());
    }
}

#[test]
fn a_message_that_the_page_does_not_print_can_be_given() {
    let workspace = with_rows(&["| | 1 | | | 用户不存在 | |"]);
    say(&workspace, &["\"1\" = { message = \"user {name} is gone\" }"]);
    assert_eq!(workspace.build().err, "", "there is nothing that it would not fit");
    assert!(workspace.spec().contains("\nmessage = \"user {name} is gone\"\n"), "{}", workspace.spec());
}

#[test]
fn rows_of_one_error_become_its_causes() {
    let rows = [
        "| | 1 | | busy | 繁忙 | 甲 |",
        "| | 1 | | busy | 繁忙 | 乙 |",
        "| | 1 | | busy | 限流 | |",
        "| | 1 | | other | 繁忙 | 丁 |",
    ];
    let workspace = with_rows(&rows);
    let run = workspace.build();
    assert_eq!(names(&workspace), ["Busy 1"]);
    assert!(
        run.err.contains("warning[rows-disagree]: this row is `1` again, with another message"),
        "{}",
        run.err
    );
    assert_eq!(run.err.matches("rows-disagree").count(), 1, "{}", run.err);
    let spec = workspace.spec();
    assert_eq!(spec.matches("[[error.case]]").count(), 4);
    for cause in ["甲", "乙", "限流", "丁"] {
        assert_eq!(spec.matches(&format!("cause.zh = \"{cause}\"")).count(), 1, "{spec}");
    }
    let page = workspace.read("docs/zh/alpha.md");
    assert!(page.contains("**原因 1：** 甲") && page.contains("**原因 4：** 丁"), "{page}");
}

#[test]
fn a_pattern_makes_rows_one_error() {
    let rows = ["| 400 | | bad | user a exists | 甲 | |", "| 400 | | bad | user b exists | 甲 | 乙 |"];
    let workspace = with_rows(&rows);
    let both = "[group.errors]\n\
        \"400/bad/user a exists\" = { message = \"user {name} exists\", name = \"UserExists\" }\n\
        \"400/bad/user b exists\" = { message = \"user {name} exists\" }\n";
    workspace.edit_catalog("[group.errors]\n", both);
    workspace.build();
    assert_eq!(names(&workspace), ["UserExists 400/bad/user a exists"]);
    assert!(workspace.spec().contains("message = \"user b exists\""), "each row's own text stays");
    workspace.edit_catalog("exists\" }", "exists\", retry = \"never\" }");
    let words = [
        "error[same-identity]: by its message pattern `400/bad/user b exists` is the error `400/bad/user a exists`",
        "leave only `message` here",
        "catalog.toml:15:1\n",
    ];
    workspace.refuses(&["build"], &words);
}

#[test]
fn a_proposed_pattern_can_be_pasted() {
    let workspace = with_rows(&[
        "| 400 | | bad | say \"hi\" to [user] | 甲 | |",
        "| 400 | | bad | find XXXX | 乙 | |",
        "| 400 | | bad | find %s%d | 丙 | |",
    ]);
    let run = workspace.build();
    assert!(run.err.contains("for example to 'say \"hi\" to [{user}]'"), "{}", run.err);
    assert!(run.err.contains("for example to \"find {value}\""), "{}", run.err);
    assert!(!run.err.contains("{value}{value_2}"), "it is no pattern: {}", run.err);
    for message in [
        "say \"hi\" to [user]",
        "find XXXX",
        r"in C:\dir of [user]",
        "it's \"[user]\"",
        r"it's \in [user]",
        "\"hi\"<br>[user]",
    ] {
        let workspace = with_rows(&[&format!("| | 1 | | {message} | 甲 | |")]);
        let err = workspace.build().err;
        let example = err.split_once("for example to ").and_then(|(_, rest)| rest.lines().next());
        say(&workspace, &[&format!("\"1\" = {{ message = {} }}", example.unwrap_or_default())]);
        let err = workspace.build().err;
        assert!(!err.contains("unsettled-pattern") && !err.contains("pattern-misfit"), "{message}: {err}");
    }
}

#[test]
fn a_translation_is_stale_once_its_text_says_something_else() {
    let workspace = Workspace::alpha();
    let english = format!("{ALPHA}/locales/en.toml");
    assert_eq!(workspace.run(&["i18n", "stamp"]).status, 0);
    assert!(workspace.build().err.is_empty());
    // Layout and the width of punctuation say nothing else.
    workspace.edit_page("用户不存在。", "用户 不存在 .");
    assert!(workspace.build().err.is_empty());
    assert!(workspace.read("docs/en/alpha.md").contains("\nThe user does not exist\n"));
    workspace.edit_page("用户 不存在 .", "没有这个用户。");
    let run = workspace.build();
    assert!(
        run.err.contains("warning[stale-translation]: the summary of `UserNotFound` translates an older text; it is now: 没有这个用户。"),
        "{}",
        run.err
    );
    assert!(run.err.contains(&format!("{english}:2:11\n")), "{}", run.err);
    let stale = "summary.en = { text = \"The user does not exist\", stale = true, was = \"用户 不存在 .\" }";
    assert!(workspace.spec().contains(stale), "{}", workspace.spec());
    let page = workspace.read("docs/en/alpha.md");
    assert!(page.contains("<span lang=\"zh\">没有这个用户。</span> <sup>not translated</sup>"), "{page}");
    assert!(page.contains("> ") && page.contains("The user does not exist"), "{page}");
    // The old translation is not stamped as one of the new text.
    let before = workspace.read(&english);
    assert_eq!(workspace.run(&["i18n", "stamp"]).out, "no translation without a stamp\n");
    assert_eq!(workspace.read(&english), before);
}

#[test]
fn documentation_marks_what_is_not_translated() {
    let workspace = Workspace::alpha();
    workspace.build();
    let page = workspace.read("docs/en/alpha.md");
    assert!(page.contains("<span lang=\"zh\">用户已存在。</span> <sup>not translated</sup>"), "{page}");
    assert!(page.contains("not translated yet, shown in the original language: 2"), "{page}");
    assert!(page.contains("\n\nTexts that are not translated yet"), "a paragraph of its own: {page}");
    assert!(!workspace.read("docs/zh/alpha.md").contains("<span"));
}

#[test]
fn stamping_writes_what_has_no_stamp_and_keeps_every_other_byte() {
    let workspace = Workspace::alpha();
    let english = format!("{ALPHA}/locales/en.toml");
    let text = "# 译文\r\n[UserNotFound] # one\r\nsummary='The user does not exist'   # literal\r\n\
        remedy = { text = \"\"\"Register\n  first\"\"\", } # a comma\n\n\
        [ 'UserExists' ]\nsummary = { text = \"It is there\" # why\n}\n";
    workspace.write(&english, text);
    let run = workspace.run(&["i18n", "stamp"]);
    assert_eq!(
        (run.status, run.out.as_str()),
        (0, format!("stamped 3 translations in {english}\n").as_str())
    );
    let stamped = workspace.read(&english);
    let of = |text: &str| im_errors_codegen::resolve::stamp(text);
    let expected = text
        .replace(
            "'The user does not exist'",
            &format!("{{ text = 'The user does not exist', of = \"{}\" }}", of("用户不存在。")),
        )
        .replace("first\"\"\"", &format!("first\"\"\", of = \"{}\"", of("先注册该用户。")))
        .replace("\"It is there\"", &format!("\"It is there\", of = \"{}\"", of("用户已存在。")));
    assert_eq!(stamped, expected);
    assert_eq!(workspace.build().err, "");
    let again = workspace.run(&["i18n", "stamp"]);
    assert_eq!((again.status, again.out.as_str()), (0, "no translation without a stamp\n"));
    assert_eq!(workspace.read(&english), stamped);
}

#[test]
fn stamping_passes_over_translations_of_what_is_gone() {
    let workspace = Workspace::alpha();
    workspace.build();
    let english = format!("{ALPHA}/locales/en.toml");
    workspace.write(
        &english,
        "[UserExists]\nsummary = \"The user exists\"\n\n[UserNotFound]\nsummary = \"No such user\"\n",
    );
    workspace.edit_page("| 1002 | user exists | 用户已存在。 | |\n", "");
    let run = workspace.run(&["i18n", "stamp"]);
    assert_eq!((run.status, run.out), (0, format!("stamped 1 translation in {english}\n")), "{}", run.err);
    let of = im_errors_codegen::resolve::stamp("用户不存在。");
    let expected = format!(
        "[UserExists]\nsummary = \"The user exists\"\n\n[UserNotFound]\nsummary = {{ text = \"No such user\", of = \"{of}\" }}\n"
    );
    assert_eq!(workspace.read(&english), expected);
}

#[test]
fn stamping_refuses_what_a_build_would_refuse() {
    let workspace = Workspace::two();
    workspace.build();
    let english = format!("{ALPHA}/locales/en.toml");
    workspace.write(&english, format!("{ENGLISH}\n[Nobody]\nsummary = \"x\"\n"));
    let words =
        ["error[unknown-translation]: there is no error `Nobody` to translate", "locales/en.toml:4:2\n"];
    let run = workspace.refuses(&["i18n", "stamp"], &words);
    assert_eq!(run.out, "");
    workspace.write(&english, ENGLISH);
    // With its spec damaged, nobody knows which error a proposed name stands for.
    workspace.edit(&format!("{ALPHA}/spec.toml"), "用户已存在。", "别的。");
    workspace.refuses(&["i18n", "stamp"], &["error[spec-untrusted]", "alpha/spec.toml\n"]);
}

#[test]
fn a_text_of_ones_own_is_noted_and_goes_over_the_pages() {
    let workspace = Workspace::alpha();
    workspace.edit_catalog("{ name =", "{ summary = \"查无此人\", cause = \"未注册\", name =");
    let run = workspace.run(&["build", "--verbose"]);
    assert!(
        run.err.contains("note[overridden-text]: this replaces the summary that the page gives for `1001`")
    );
    assert_eq!(run.err.matches("overridden-text").count(), 1, "the page gives no cause");
    assert!(workspace.spec().contains("summary.zh = \"查无此人\""));
    assert!(workspace.spec().contains("cause.zh = \"未注册\""));
}

#[test]
fn the_page_can_be_split_into_groups_later() {
    let workspace = Workspace::new();
    workspace.write(&format!("{ALPHA}/catalog.toml"), CATALOG.split("[[group]]").next().unwrap());
    workspace.write(&format!("{ALPHA}/sources/alpha.zh.md"), PAGE);
    workspace.build();
    assert_eq!(names(&workspace), ["UserNotFound 1001", "UserExists 1002"]);
    assert!(workspace.spec().contains("[[group]]\nid = \"table-1\"\ntitle.zh = \"用户\"\n"));
    workspace.write(&format!("{ALPHA}/catalog.toml"), CATALOG.split("[group.errors]").next().unwrap());
    workspace.build();
    assert_eq!(names(&workspace), ["UserNotFound 1001", "UserExists 1002"]);
}

#[test]
fn one_template_is_replaced_and_the_others_stay() {
    let workspace = Workspace::alpha();
    workspace.build();
    let built_in = workspace.tree();
    let own = "{{ generated }}\n\n# {{ t(\"catalogs\") }}!\n\n{% for catalog in catalogs %}\n* {{ catalog.id }}: {{ catalog.errors }}\n{% endfor %}\n";
    workspace.write("mine/index.md", own);
    workspace.write("mine/.hidden", "not a template");
    let run = workspace.run(&["build", "--templates", "mine"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let mark = "<!-- Generated from spec.toml; do not edit. To regenerate: im-errors build -->";
    assert_eq!(workspace.read("docs/en/README.md"), format!("{mark}\n\n# Error catalogs!\n\n* alpha: 2\n"));
    for (name, bytes) in workspace.tree() {
        // The site is made anew with the templates.
        let is_replaced =
            name.ends_with("README.md") || name.starts_with("mine") || name.starts_with("target/site/");
        assert!(is_replaced || built_in[&name] == bytes, "{name}");
    }
    assert_eq!(workspace.run(&["build", "--check", "--templates", "mine"]).status, 0);
    let without = workspace.run(&["build", "--check"]);
    assert_eq!(without.status, 3);
    // A part that others include is replaced in all of them.
    workspace.write("mine/languages.md", "L: {{ locale }}\n");
    assert_eq!(workspace.run(&["build", "--templates", "mine"]).status, 0);
    let page = workspace.read("docs/en/alpha.md");
    assert!(
        page.contains("\nL: en\n") && page.contains("### <a id=\"user-not-found\"></a>UserNotFound"),
        "{page}"
    );
}

#[test]
fn errors_stand_in_the_order_of_the_page_whatever_the_order_of_a_groups_tables() {
    let workspace = with_rows(&[]);
    let table =
        |code: u32, message: &str| format!("| 错误码 | 错误信息 |\n|---|---|\n| {code} | {message} |\n\n");
    workspace.write(
        &format!("{ALPHA}/sources/alpha.zh.md"),
        format!("{}{}", table(1, "user not found"), table(2, "user exists")),
    );
    workspace.edit_catalog("tables = [1]", "tables = [2, 1]");
    workspace.build();
    assert_eq!(names(&workspace), ["UserNotFound 1", "UserExists 2"]);
}
