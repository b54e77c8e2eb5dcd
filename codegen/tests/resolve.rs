//! What a spec remembers while pages, catalogs and translations change.

mod support;

use support::{ALPHA, CATALOG, ENGLISH, PAGE, Workspace};

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
    set_rows(&workspace, &["| | 1 | | now reworded | 甲 | |", rows[1]]);
    workspace.build();
    assert_eq!(names(&workspace), ["UserNotFound 1", "UserExists 2"]);
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
    workspace.edit_catalog("[group.errors]\n", "[group.errors]\n\"1\" = { name = \"NoUser\" }\n");
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
        let is_replaced = name.ends_with("README.md") || name.starts_with("mine");
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
