//! `im-errors diff` as its users see it.
//!
//! `tests/diff` has a folder per kind of change: `old`, `new`, and in `report` what is said of them
//! to the letter. `UPDATE_EXPECT=1` writes what is said now; read it before keeping it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{ALPHA, Run, Workspace};
use im_errors_codegen::diff::report::{self, Comparison, Report, Words};
use im_errors_codegen::diff::waivers::Waivers;
use im_errors_codegen::diff::{Verdict, diff, kinds};
use im_errors_codegen::editions::Edition;
use im_errors_codegen::limits;
use im_errors_spec::Date;
use im_errors_spec::Locale;
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff")
}

/// A page of codes, messages and summaries.
fn page(rows: &[(&str, &str, &str)]) -> String {
    let rows: String = rows.iter().map(|(a, b, c)| format!("| {a} | {b} | {c} |\n")).collect();
    format!("# 错误码\n\n| 错误码 | 错误信息 | 说明 |\n|---|---|---|\n{rows}")
}

fn of_pages(old: &[(&str, &str, &str)], new: &[(&str, &str, &str)]) -> Workspace {
    let workspace = Workspace::new();
    workspace.write("old.md", page(old));
    workspace.write("new.md", page(new));
    workspace
}

fn edition(text: &str) -> Edition {
    Edition::of("page.md", text.as_bytes(), None).unwrap().edition
}

#[test]
fn every_kind_of_change_has_a_folder() {
    let folders: BTreeSet<_> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let codes: BTreeSet<_> = kinds::ALL.iter().map(|kind| kind.code.to_owned()).collect();
    assert_eq!(folders, codes);
}

#[test]
fn each_kind_is_told_as_agreed_and_weighed_by_the_table() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for kind in kinds::ALL {
        let folder = root().join(kind.code);
        let workspace = Workspace::new();
        let ending = if folder.join("old.md").exists() { "md" } else { "toml" };
        let [old, new] = ["old", "new"].map(|name| format!("{name}.{ending}"));
        for name in [&old, &new] {
            workspace.write(name, fs::read(folder.join(name)).unwrap());
        }
        let found = workspace.run(&["diff", &old, &new, "--format", "json"]).json();
        let changes = found["changes"].as_array().unwrap();
        assert!(!changes.is_empty(), "{} is not seen", kind.code);
        for change in changes {
            assert_eq!(
                (&change["kind"], &change["verdict"]),
                (&json!(kind.code), &json!(kind.verdict.as_str()))
            );
        }
        assert_eq!(found["verdict"], kind.verdict.as_str(), "{}", kind.code);
        let said = workspace.run(&["diff", &old, &new]).out;
        let agreed = folder.join("report");
        if update {
            fs::write(agreed, said).unwrap();
        } else if fs::read_to_string(agreed).unwrap_or_default() != said {
            let _ = writeln!(wrong, "--- {} says now:\n{said}", kind.code);
        }
        let same = workspace.run(&["diff", &new, &new, "--format", "json"]).json();
        assert_eq!((&same["changes"], &same["verdict"]), (&json!([]), &json!("none")));
    }
    assert!(wrong.is_empty(), "UPDATE_EXPECT=1 accepts this:\n{wrong}");
}

/// The fenced block of `docs/updates.md` whose opening line ends in `name`.
fn documented(name: &str) -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/updates.md");
    let page = fs::read_to_string(page).unwrap();
    let after = page.split(&format!(" {name}\n")).nth(1).unwrap_or_else(|| panic!("no block `{name}`"));
    after.split("```\n").next().unwrap().to_owned()
}

#[test]
fn the_documented_example_is_what_the_tool_says() {
    let workspace = Workspace::new();
    for name in ["old.md", "new.md", "waivers.toml"] {
        workspace.write(name, documented(name));
    }
    assert_eq!(workspace.run(&["diff", "old.md", "new.md"]).out, documented("diff"));
    assert!(Waivers::parse(&documented("waivers.toml")).is_ok());
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/updates.md")).unwrap();
    for kind in kinds::ALL {
        let row = page.lines().find(|line| line.starts_with(&format!("| {} |", kind.verdict)));
        assert!(row.is_some_and(|row| row.contains(&format!("`{}`", kind.code))), "{}", kind.code);
    }
}

#[test]
fn the_vendors_own_update_is_told_as_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vendor-docs");
    let (old, new) =
        (folder.join("jmessage-server.zh.md"), folder.join("updates/jmessage-server.2019-04.zh.md"));
    if !new.exists() {
        // Written, not printed: the harness hides what passing tests print.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"SKIPPED: the vendors' real pages are not beside this checkout\n",
        );
        return;
    }
    let workspace = Workspace::new();
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    let mut codes: Vec<u32> =
        vec![786_001, 787_001, 808_006, 810_001, 819_003, 819_004, 851_007, 7_131_001, 7_131_002];
    codes.extend(818_004..=818_006);
    codes.extend((7_130_001..=7_130_007).chain(7_132_001..=7_132_007).chain([7_133_001]));
    codes.sort_unstable();
    let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
    let run = workspace.run(&["diff", old, new, "--format", "json"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let found = run.json();
    assert_eq!(found["added"], json!(codes));
    assert_eq!((&found["removed"], &found["moved"]), (&json!([]), &json!([])));
    let reworded = |found: &Value| {
        let changed = found["changed"].as_array().unwrap().clone();
        changed
            .iter()
            .map(|c| (c["key"].as_str().unwrap().to_owned(), c["field"].clone()))
            .collect::<Vec<_>>()
    };
    let both = vec![("818001".to_owned(), json!("message")), ("898002".to_owned(), json!("summary"))];
    assert_eq!(reworded(&found), both);
    assert_eq!(found["verdict"], "breaking");
    let back = workspace.run(&["diff", new, old, "--format", "json", "--fail-on", "breaking"]);
    assert_eq!(back.status, 4);
    let back = back.json();
    assert_eq!(back["removed"], json!(codes));
    assert_eq!((&back["added"], &back["verdict"]), (&json!([]), &json!("breaking")));
    assert_eq!(reworded(&back), both);
    let english = folder.join("updates/jmessage-server.2018-05.en.md");
    let found = workspace.run(&["diff", english.to_str().unwrap(), new, "--format", "json"]).json();
    assert_eq!(found["added"].as_array().unwrap().len(), 31);
    assert_eq!(reworded(&found), both[..1], "texts of two languages are not compared");
    assert_eq!(found["texts_not_compared"], json!(["en", "zh"]));
}

#[test]
fn the_catalogs_say_what_their_pages_say() {
    let vendors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/vendors");
    let workspace = Workspace::new();
    // Its catalog.toml names the role of a column and puts one text right.
    let overridden = ["agora-im-legacy", "agora-chat-revised"];
    for catalog in ["agora-chat", "easemob-rest", "jmessage-server", overridden[0], overridden[1]] {
        let folder = vendors.join(catalog);
        let page = fs::read_dir(folder.join("sources")).unwrap().next().unwrap().unwrap().path();
        let (page, spec) = (page.to_str().unwrap().to_owned(), folder.join("spec.toml"));
        for pair in [[page.as_str(), spec.to_str().unwrap()], [spec.to_str().unwrap(), page.as_str()]] {
            let found = workspace.run(&["diff", pair[0], pair[1], "--format", "json"]).json();
            let expected = usize::from(overridden.contains(&catalog));
            assert_eq!(found["changes"].as_array().unwrap().len(), expected, "{catalog}: {found}");
        }
    }
}

#[test]
fn json_has_every_field_of_the_contract() {
    let workspace = of_pages(
        &[("1", "user not found", "甲"), ("2", "user exists", "乙")],
        &[("1", "user not found", "甲乙"), ("3", "group is full", "丙")],
    );
    let found = workspace.run(&["diff", "old.md", "new.md", "--format", "json"]).json();
    assert_eq!((&found["added"], &found["removed"]), (&json!(["3"]), &json!(["2"])));
    let changed = &found["changed"][0];
    let field = |name: &str| changed[name].as_str().unwrap().to_owned();
    assert_eq!([field("key"), field("field"), field("old"), field("new")], ["1", "summary", "甲", "甲乙"]);
    assert_eq!(
        (field("locale"), field("kind"), changed["line"].as_i64()),
        ("zh".into(), "summary-changed".into(), Some(5))
    );
    assert_eq!(found["verdict"], "breaking");
}

#[test]
fn layout_order_and_width_are_no_changes() {
    let old = page(&[("1", "User not found.", "用户不存在，请注册"), ("2", "user exists", "乙")]);
    let new = "<h1>错误码</h1>\n<table>\n<tr><th>错误码</th><th>错误信息</th><th>说明</th></tr>\n\
        <tr><td> 2</td><td>user  exists</td><td>乙 </td></tr>\n\n\
        <tr><td>1</td><td>“user not found”</td><td>用户不存在, 请注册</td></tr></table>";
    let changes = diff(&edition(&old), &edition(new));
    assert_eq!(changes.list, []);
    assert_eq!(changes.verdict(), Verdict::None);
}

#[test]
fn rows_of_one_error_are_compared_whatever_their_order() {
    let head = "| HTTP 状态码 | 错误类型 | 错误提示 | 可能原因 | 处理建议 |\n|---|---|---|---|---|\n";
    let row =
        |cause: &str, remedy: &str| format!("| 401 | unauthorized | no access | {cause} | {remedy} |\n");
    let old = format!("{head}{}{}", row("令牌过期。", "换令牌。"), row("令牌错误。", "检查令牌。"));
    let new = format!(
        "{head}{}{}{}",
        row("令牌错误。", "检查令牌。"),
        row("未登录。", "先登录。"),
        row("令牌过期。", "重新获取令牌。")
    );
    let found: Vec<_> = diff(&edition(&old), &edition(&new))
        .list
        .into_iter()
        .map(|c| (c.kind.code, c.field.unwrap(), c.old, c.new.unwrap()))
        .collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        found,
        [
            ("cause-changed", "cause_2".into(), None, "未登录。".to_owned()),
            ("remedy-changed", "remedy_2".into(), None, "先登录。".to_owned()),
            ("remedy-changed", "remedy_3".into(), text("换令牌。"), "重新获取令牌。".to_owned()),
        ]
    );
}

#[test]
fn each_message_of_a_code_counts() {
    let rows =
        |second: &str| page(&[("1", "user not found", "甲"), ("1", second, "甲"), ("2", "ok then", "乙")]);
    let changes = diff(&edition(&rows("no such user")), &edition(&rows("user unknown")));
    let found: Vec<_> =
        changes.list.iter().map(|c| (c.kind.code, c.old.as_deref(), c.new.as_deref())).collect();
    assert_eq!(found, [("message-changed", Some("no such user"), Some("user unknown"))]);
}

#[test]
fn an_error_without_a_code_is_known_again_by_what_it_keeps() {
    let head = "| HTTP 状态码 | 错误类型 | 错误提示 | 可能原因 |\n|---|---|---|---|\n";
    let one = |row: &str| edition(&format!("{head}| 200 | | ok then | 好 |\n| {row} |\n"));
    let old = one("404 | not_found | user tom not found | 用户不存在。");
    let kinds = |new: &str| -> Vec<_> { diff(&old, &one(new)).list.iter().map(|c| c.kind.code).collect() };
    assert_eq!(kinds("404 | not_found | there is no such account | 用户不存在。"), ["message-changed"]);
    assert_eq!(
        kinds("404 | not_found | user tom was not found | 该用户不存在。"),
        ["message-changed", "cause-changed"]
    );
    assert_eq!(kinds("410 | not_found | user tom not found | 用户不存在。"), ["status-changed"]);
    assert_eq!(kinds("404 | no_user | user tom not found | 已删除。"), ["type-changed", "cause-changed"]);
    assert_eq!(kinds("404 | full | group is full | 群组已满。"), ["removed", "added"]);
}

#[test]
fn of_several_that_could_be_renumbered_none_is_guessed() {
    let workspace = of_pages(
        &[("1", "busy", "忙"), ("2", "busy", "忙"), ("9", "ok", "好")],
        &[("3", "busy", "忙"), ("9", "ok", "好")],
    );
    let found = workspace.run(&["diff", "old.md", "new.md", "--format", "json"]).json();
    assert_eq!((&found["removed"], &found["added"]), (&json!(["1", "2"]), &json!(["3"])));
}

#[test]
fn a_table_put_before_the_others_moves_nothing() {
    let table =
        |title: &str, rows: &str| format!("## {title}\n\n| HTTP 状态码 | 说明 |\n|---|---|\n{rows}\n");
    let (users, groups) = (
        table("用户", "| 404 | 无此用户 |\n| 403 | 禁止 |\n"),
        table("群组", "| 404 | 无此群组 |\n| 429 | 太快 |\n"),
    );
    let new = table("消息", "| 404 | 无此消息 |\n");
    let changes = diff(&edition(&format!("{users}{groups}")), &edition(&format!("{new}{users}{groups}")));
    let found: Vec<_> =
        changes.list.iter().map(|c| (c.kind.code, c.group.as_str(), c.new.as_deref())).collect();
    assert_eq!(found, [("added", "消息", Some("无此消息"))]);
}

#[test]
fn a_table_whose_errors_are_all_renumbered_is_still_that_table() {
    let workspace =
        of_pages(&[("1", "a b", "甲"), ("2", "c d", "乙")], &[("11", "a b", "甲"), ("12", "c d", "乙")]);
    let found = workspace.run(&["diff", "old.md", "new.md", "--format", "json"]).json();
    assert_eq!((&found["moved"], found["changed"].as_array().unwrap().len()), (&json!([]), 2));
}

#[test]
fn tables_without_titles_of_their_own_go_by_their_number() {
    let table = |rows: &[u32]| -> String {
        let rows: String = rows.iter().map(|code| format!("| {code} | error number {code} |\n")).collect();
        format!("| 错误码 | 错误信息 |\n|---|---|\n{rows}\n和\n\n")
    };
    let moved = |heading: &str| {
        let page = |a: &[u32], b: &[u32]| edition(&format!("{heading}{}{}", table(a), table(b)));
        let changes = diff(&page(&[1, 2, 3], &[11, 12]), &page(&[1, 2], &[11, 12, 3]));
        let found = changes.list.into_iter().map(|c| (c.kind.code, c.old.unwrap(), c.new.unwrap()));
        found.collect::<Vec<_>>()
    };
    let expected = [("moved", "table-1".to_owned(), "table-2".to_owned())];
    assert_eq!(moved(""), expected);
    assert_eq!(moved("## 错误\n\n"), expected);
}

#[test]
fn a_group_with_a_new_id_moves_nothing() {
    let spec = fs::read_to_string(root().join("renamed/old.toml")).unwrap();
    let open = |text: String| Edition::of_spec("spec.toml", text).unwrap().edition;
    let other = spec.replace("\"users\"", "\"accounts\"");
    assert_eq!(diff(&open(spec), &open(other)).list, []);
}

#[test]
fn exit_statuses_are_as_documented() {
    let workspace = of_pages(&[("1", "a b", "甲")], &[("1", "a b", "乙丙丁戊"), ("2", "c d", "己")]);
    let status = |arguments: &[&str]| workspace.run(&[&["diff"][..], arguments].concat()).status;
    assert_eq!(status(&["old.md", "new.md"]), 0);
    assert_eq!(status(&["old.md", "new.md", "--fail-on", "breaking"]), 0);
    assert_eq!(status(&["old.md", "new.md", "--fail-on", "any"]), 4);
    assert_eq!(status(&["new.md", "old.md", "--fail-on", "breaking"]), 4);
    assert_eq!(status(&["old.md", "old.md", "--fail-on", "any"]), 0);
    assert_eq!(status(&["old.md", "nowhere.md"]), 1);
    for usage in
        [&["old.md"][..], &[], &["a", "b", "c"], &["-", "-"], &["old.md", "new.md", "--fail-on", "x"]]
    {
        let run = workspace.run(&[&["diff"][..], usage].concat());
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{usage:?}");
        assert!(run.err.contains("Usage: im-errors diff") || run.err.contains("--help"), "{}", run.err);
    }
    let piped = workspace.run_with(page(&[("1", "a b", "甲")]), &["diff", "-", "new.md", "--format", "json"]);
    assert_eq!((piped.status, &piped.json()["added"]), (0, &json!(["2"])));
}

#[test]
fn a_page_that_lists_no_errors_is_refused() {
    let workspace = of_pages(&[("1", "a b", "甲")], &[]);
    workspace.write("people.md", "| 姓名 | 电话 |\n|---|---|\n| 张三 | 电话 |\n");
    workspace.write("broken.toml", "format = 1\ncatalog = 7\n");
    workspace.refuses(
        &["diff", "old.md", "people.md"],
        &["people.md", "error[no-tables]: no table of the page lists errors"],
    );
    workspace.refuses(&["diff", "old.md", "new.md"], &["new.md", "error"]);
    workspace.refuses(
        &["diff", "nowhere.md", "broken.toml"],
        &["nowhere.md", "broken.toml:2:11", "there is no such file"],
    );
    workspace.refuses(&["diff", "old.md", "."], &["it is a folder"]);
}

const WAIVER: &str = "[[waiver]]\nkey = \"2\"\nkind = \"removed\"\nreason = \"nobody used it\"\n";

#[test]
fn what_is_waived_is_shown_and_does_not_fail() {
    let workspace = of_pages(&[("1", "a b", "甲"), ("2", "c d", "乙")], &[("1", "a b", "甲")]);
    workspace.write("waivers.toml", format!("{WAIVER}expires = \"9999-12-31\"\n"));
    let arguments = ["diff", "old.md", "new.md", "--fail-on", "any", "--waivers", "waivers.toml"];
    let run = workspace.run(&arguments);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.contains("\nWaived\n  - 2  removed"), "{}", run.out);
    assert!(run.out.contains("waived until 9999-12-31: nobody used it\n"), "{}", run.out);
    let found = workspace.run(&[&arguments[..], &["--format", "json"]].concat()).json();
    assert_eq!((&found["removed"], &found["verdict"]), (&json!(["2"]), &json!("none")));
    assert_eq!(found["changes"][0]["waived"], json!({ "reason": "nobody used it", "expires": "9999-12-31" }));
    workspace.write("waivers.toml", format!("{WAIVER}expires = \"2020-12-31\"\n"));
    let run = workspace.run(&arguments);
    assert_eq!(run.status, 4);
    assert!(
        run.err.contains("warning[expired-waiver]: the waiver for `2` expired on 2020-12-31"),
        "{}",
        run.err
    );
    workspace.write("waivers.toml", WAIVER);
    workspace.refuses(&arguments, &["waivers.toml:1:1", "`expires`"]);
    workspace
        .write("waivers.toml", WAIVER.replace("reason = \"nobody used it\"", "expires = \"9999-12-31\""));
    workspace.refuses(&arguments, &["waivers.toml:1:1", "`reason`"]);
}

#[test]
fn a_waiver_counts_through_its_last_day_and_for_its_catalog_and_field() {
    let old = edition(&page(&[("1", "a b", "甲"), ("2", "c d", "乙")]));
    let new = edition(&page(&[("1", "a b c", "甲甲"), ("2", "c d", "乙")]));
    let waived = |waiver: &str, catalog: Option<&str>, today: &str| -> Vec<String> {
        let text =
            format!("[[waiver]]\nkey = \"1\"\nreason = \"known\"\nexpires = \"2027-01-31\"\n{waiver}\n");
        let mut waivers = Waivers::parse(&text).unwrap();
        let mut changes = diff(&old, &new);
        waivers.apply(catalog, Date::parse(today).unwrap(), &mut changes.list);
        let waived = changes.list.into_iter().filter(|change| change.waived.is_some());
        waived.filter_map(|change| change.field).collect()
    };
    assert_eq!(waived("", None, "2027-01-31"), ["message", "summary"]);
    assert_eq!(waived("", None, "2027-02-01"), [""; 0]);
    assert_eq!(waived("field = \"summary\"", Some("demo"), "2026-01-01"), ["summary"]);
    assert_eq!(waived("kind = \"message-changed\"", None, "2026-01-01"), ["message"]);
    assert_eq!(waived("catalog = \"demo\"", Some("demo"), "2026-01-01").len(), 2);
    assert_eq!(waived("catalog = \"other\"", Some("demo"), "2026-01-01"), [""; 0]);
}

#[test]
fn days_are_counted_as_calendars_count_them() {
    let day = |days| Date::from_days(days).to_string();
    assert_eq!(
        [day(0), day(58), day(59), day(365)],
        ["1970-01-01", "1970-02-28", "1970-03-01", "1971-01-01"]
    );
    assert_eq!([day(11_016), day(11_017), day(19_782)], ["2000-02-29", "2000-03-01", "2024-02-29"]);
    assert_eq!(day(u64::MAX).len(), 11, "no panic beyond the calendar");
    for wrong in [
        "2027-1-31",
        "2027-13-01",
        "2027-00-01",
        "2027-04-31",
        "2027-04-00",
        "+027-04-01",
        "",
        "２０２７-01-01",
    ] {
        assert_eq!(Date::parse(wrong), None, "{wrong}");
    }
}

/// Texts that want to be more than text.
const HOSTILE: [&str; 9] = [
    "::error file=x::pwned",
    "##[error]pwned",
    "100%0A::warning::pwned",
    "`code` ``two`` <script>alert(1)</script> <img src=x>",
    "[click](https://evil.example) ![x](y) **bold** ~~gone~~ @everyone #1 https://evil.example",
    "a | b \\| c \\",
    "\u{202e}gnp.exe\u{202c} \u{200f}x",
    "line\nbreak\r::error::x",
    "\u{1b}[31mred\u{7}",
];

/// A spec whose second error has this message and summary.
fn hostile_spec(text: &str) -> Edition {
    let folder = root().join("renamed");
    let plain = fs::read_to_string(folder.join("old.toml")).unwrap();
    let mut edition = Edition::of_spec("a,b:c%\nspec.toml", plain).unwrap().edition;
    let error = &mut edition.spec.errors[0];
    error.message = im_errors_spec::Pattern::literal(text);
    error.cases[0].message = None;
    error.summary.insert(Locale::chinese(), text, false);
    let mut other = error.clone();
    other.code = None;
    other.error = Some(text.to_owned());
    edition.spec.errors.push(other);
    edition.lines.push(3);
    edition
}

fn hostile_report(old: &str, new: &str) -> Report {
    let (old, new) = (hostile_spec(old), hostile_spec(new));
    let mut changes = diff(&old, &new);
    let waiver = format!(
        "[[waiver]]\nkey = \"1001\"\nkind = \"message-changed\"\nreason = {:?}\nexpires = \"9999-12-31\"\n",
        "::error::why"
    );
    Waivers::parse(&waiver).unwrap().apply(None, Date::from_days(0), &mut changes.list);
    Report {
        comparisons: vec![Comparison { catalog: None, old: old.file, new: new.file, changes }],
        by_catalog: false,
    }
}

#[test]
fn hostile_texts_are_inert_in_every_format() {
    let steers = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
    };
    for locale in [Locale::english(), Locale::chinese()] {
        let words = Words::of(&locale);
        for text in HOSTILE {
            let report = hostile_report("quite harmless", text);
            assert!(report.changes().count() > 2, "{text}");
            let shown = report::text(&report, &words, false);
            let markdown = report::markdown(&report, &words);
            let annotations = report::annotations(&report, &words);
            let json = report::print(&report::json(&report));
            let sarif = report::print(&report::sarif(&report, &words));
            for shown in [&shown, &markdown, &annotations, &json, &sarif] {
                assert!(!shown.chars().any(steers), "{text:?}: {shown:?}");
            }
            for line in shown.lines().chain(markdown.lines()).chain(json.lines()).chain(sarif.lines()) {
                assert!(!line.trim_start().starts_with("::"), "{line}");
            }
            assert!(!shown.contains("##["), "{shown}");
            // One command per line, and what it says holds no other.
            for line in annotations.lines() {
                let rest = line.strip_prefix("::error ").or_else(|| line.strip_prefix("::warning "));
                let rest =
                    rest.or_else(|| line.strip_prefix("::notice ")).unwrap_or_else(|| panic!("{line}"));
                let (properties, _) = rest.split_once("::").unwrap();
                assert_eq!(properties.split(',').count(), 3, "{line}");
                assert!(properties.contains("file=a%2Cb%3Ac%25"), "{line}");
            }
            // Data stays what it is.
            let found: Value = serde_json::from_str(&json).unwrap();
            let news =
                found["changes"].as_array().unwrap().iter().filter_map(|change| change["new"].as_str());
            assert!(news.into_iter().any(|new| new == text), "{json}");
        }
    }
}

#[test]
fn markdown_of_hostile_texts_is_text() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let words = Words::of(&Locale::english());
    for text in HOSTILE {
        let markdown = report::markdown(&hostile_report("quite harmless", text), &words);
        for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::InlineHtml(tag) => {
                    assert!(
                        ["<br>", "<del>", "</del>", "<ins>", "</ins>", "<!-- -->"].contains(&&*tag),
                        "{tag} in {markdown}"
                    );
                }
                Event::Html(html) => panic!("{html} in {markdown}"),
                Event::Start(tag) => {
                    let known = matches!(
                        tag,
                        Tag::Heading { .. } | Tag::List(None) | Tag::Item | Tag::Paragraph | Tag::Strong
                    );
                    assert!(known, "{tag:?} in {markdown}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn sarif_is_accepted_by_its_schema() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sarif/sarif-schema-2.1.0.json");
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    // An expression with a bracket too many, which is refused as no regular expression.
    for place in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][place]["properties"]["language"]["pattern"];
        assert_eq!(language.take(), "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
        *language = json!("^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let words = Words::of(&Locale::english());
    let mut reports: Vec<_> = HOSTILE.iter().map(|text| hostile_report("quite harmless", text)).collect();
    for kind in kinds::ALL {
        let read = |name: &str| {
            let path = ["md", "toml"].map(|ending| root().join(kind.code).join(format!("{name}.{ending}")));
            let path = path.into_iter().find(|path| path.exists()).unwrap();
            Edition::of(path.to_str().unwrap(), &fs::read(&path).unwrap(), None).unwrap().edition
        };
        let (old, new) = (read("old"), read("new"));
        let changes = diff(&old, &new);
        reports.push(Report {
            comparisons: vec![Comparison { catalog: None, old: old.file, new: new.file, changes }],
            by_catalog: false,
        });
    }
    for report in reports {
        let sarif: Value = serde_json::from_str(&report::print(&report::sarif(&report, &words))).unwrap();
        let errors: Vec<_> = validator.iter_errors(&sarif).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{sarif}");
        assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), report.changes().count());
    }
    let wrong = json!({ "version": "2.1.0", "runs": [{ "results": [] }] });
    assert!(!validator.is_valid(&wrong), "the schema refuses what lacks its tool");
}

#[test]
fn a_workflow_gets_annotations_and_the_report_in_its_summary() {
    let workspace =
        of_pages(&[("1", "a b", "甲"), ("2", "c d", "乙")], &[("1", "a b", "甲乙丙"), ("3", "e f", "丁")]);
    workspace.write("summary.md", "before\n");
    let mut command = workspace.command(&["diff", "old.md", "new.md", "--format", "github"]);
    let run = Run::new(command.env("GITHUB_STEP_SUMMARY", workspace.path("summary.md")).output().unwrap());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let expected = "::error file=new.md,line=1,title=2%3A removed::c d\n\
        ::warning file=new.md,line=5,title=1%3A the summary is reworded (zh)::甲 → 甲乙丙\n\
        ::warning file=new.md,line=6,title=3%3A added::e f\n";
    assert_eq!(run.out, expected);
    let markdown = workspace.run(&["diff", "old.md", "new.md", "--format", "markdown"]).out;
    assert!(
        markdown.contains("- `1`: the summary is reworded (zh)\n  <br>甲<ins>乙丙</ins>\n"),
        "{markdown}"
    );
    assert_eq!(workspace.read("summary.md"), format!("before\n{markdown}"));
    let mut command = workspace.command(&["diff", "old.md", "new.md", "--format", "github"]);
    let run =
        Run::new(command.env("GITHUB_STEP_SUMMARY", workspace.path("no/such/folder")).output().unwrap());
    assert_eq!(run.status, 1);
    assert!(run.err.contains("error[unwritable-file]"), "{}", run.err);
}

/// Runs git in the workspace, whatever its user has set up.
fn git(workspace: &Workspace, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(workspace.path("")).env("GIT_CONFIG_GLOBAL", "").env("GIT_CONFIG_NOSYSTEM", "1");
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    for (role, name) in [("AUTHOR", "a"), ("COMMITTER", "c")] {
        command.env(format!("GIT_{role}_NAME"), name).env(format!("GIT_{role}_EMAIL"), "x@example.com");
        command.env(format!("GIT_{role}_DATE"), "2026-01-01T00:00:00Z");
    }
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn committed(workspace: &Workspace) {
    git(workspace, &["init", "-q"]);
    git(workspace, &["add", "-A"]);
    git(workspace, &["commit", "-q", "-m", "x"]);
}

#[test]
fn a_spec_larger_than_any_is_not_read_now_or_at_a_revision() {
    let workspace = Workspace::alpha();
    workspace.build();
    committed(&workspace);
    let command = ["diff", "--since", "HEAD"];
    let file = format!("{ALPHA}/spec.toml");
    let large = limits::SPEC_BYTES as u64 + 1;
    let said = |path: &str| {
        let words = format!("the file has {large} bytes, more than {}\n --> {path}\n", limits::SPEC_BYTES);
        format!("error[file-too-large]: {words}")
    };
    // A repository with such a file would take minutes to make.
    let git = "#!/bin/sh\ncase \"$*\" in *'cat-file -s'*) echo SIZE ;; *) PATH=${PATH#*:} exec git \"$@\" ;; esac\n";
    workspace.write("bin/git", git.replace("SIZE", &large.to_string()));
    let made = Command::new("chmod").arg("+x").arg(workspace.path("bin/git")).status();
    if made.is_ok_and(|status| status.success()) {
        let path = format!("{}:{}", workspace.path("bin").display(), std::env::var("PATH").unwrap());
        let run = Run::new(workspace.command(&command).env("PATH", path).output().unwrap());
        assert_eq!(run.status, 1, "{}", run.err);
        assert!(run.err.contains(&said(&format!("HEAD:{file}"))), "{}", run.err);
    } else {
        eprintln!("SKIPPED: this system has no scripts");
    }
    let spec = fs::File::options().write(true).open(workspace.path(&file)).unwrap();
    spec.set_len(large).unwrap();
    let run = workspace.run(&command);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains(&said(&file)), "{}", run.err);
}

#[test]
fn catalogs_are_compared_with_a_revision() {
    let workspace = Workspace::two();
    workspace.build();
    committed(&workspace);
    let none = workspace.run(&["diff", "--since", "HEAD", "--format", "json", "--fail-on", "any"]);
    assert_eq!((none.status, none.err.as_str()), (0, ""));
    assert_eq!(none.json()["catalogs"][0]["changes"], json!([]));
    workspace.edit_catalog("name = \"UserNotFound\"", "name = \"NoSuchUser\"");
    workspace.edit_page("用户已存在。", "该用户已存在。");
    workspace.edit(&format!("{ALPHA}/locales/en.toml"), "[UserNotFound]", "[NoSuchUser]");
    workspace.build();
    let run = workspace.run(&["diff", "--since", "HEAD", "--fail-on", "breaking"]);
    assert_eq!(run.status, 4, "{}", run.err);
    for said in [
        "HEAD:specs/vendors/alpha/spec.toml → specs/vendors/alpha/spec.toml\n",
        "~ 1001  the name changed (line ",
        "[-UserNotFound-]{+NoSuchUser+}",
        "| {+该+}用户已存在。\n",
        "HEAD:specs/vendors/beta/spec.toml → specs/vendors/beta/spec.toml\nNo changes.\n",
    ] {
        assert!(run.out.contains(said), "no {said:?} in:\n{}", run.out);
    }
    let line = workspace.spec().lines().position(|line| line == "name = \"NoSuchUser\"").unwrap();
    let json = workspace.run(&["diff", "--since", "HEAD", "alpha", "--format", "json"]).json();
    let change = &json["catalogs"][0]["changed"][0];
    assert_eq!(
        (json["catalogs"].as_array().unwrap().len(), &json["catalogs"][0]["catalog"]),
        (1, &json!("alpha"))
    );
    assert_eq!((&change["kind"], &change["line"]), (&json!("renamed"), &json!(line)), "at its [[error]]");
    assert_eq!(change["file"], "specs/vendors/alpha/spec.toml");
}

#[test]
fn catalogs_that_are_new_or_gone_since_a_revision_are_told() {
    let workspace = Workspace::two();
    workspace.build();
    workspace.write("aside/spec.toml", workspace.read("specs/vendors/beta/spec.toml"));
    workspace.write("aside/catalog.toml", workspace.read("specs/vendors/beta/catalog.toml"));
    workspace.remove("specs/vendors/beta");
    committed(&workspace);
    for file in ["spec.toml", "catalog.toml"] {
        workspace.write(&format!("specs/vendors/beta/{file}"), workspace.read(&format!("aside/{file}")));
    }
    workspace.remove("specs/vendors/alpha");
    let run = workspace.run(&["diff", "--since", "HEAD", "--format", "json"]);
    let found = run.json();
    let of = |i: usize| {
        (
            found["catalogs"][i]["catalog"].clone(),
            found["catalogs"][i]["removed"].clone(),
            found["catalogs"][i]["added"].clone(),
        )
    };
    assert_eq!(of(0), (json!("alpha"), json!(["1001", "1002"]), json!([])));
    assert_eq!(of(1), (json!("beta"), json!([]), json!(["7"])));
    assert_eq!(found["verdict"], "breaking");
}

#[test]
fn a_revision_that_cannot_be_read_is_told() {
    let workspace = Workspace::alpha();
    workspace.build();
    workspace.refuses(
        &["diff", "--since", "HEAD"],
        &["error[unreadable-revision]: the catalogs are in no git repository"],
    );
    workspace.refuses(&["diff", "--since", "HEAD", "--catalogs", "nowhere"], &["no such folder"]);
    committed(&workspace);
    workspace.refuses(&["diff", "--since", "v9"], &["there is no revision `v9`"]);
    workspace.refuses(&["diff", "--since=--output=x"], &["there is no revision `--output=x`"]);
    workspace.refuses(&["diff", "--since", "HEAD:specs"], &["there is no revision"]);
    workspace.refuses(
        &["diff", "--since", "HEAD", "alpa"],
        &["there is no catalog `alpa`", "did you mean `alpha`?"],
    );
    workspace.remove(&format!("{ALPHA}/spec.toml"));
    workspace.refuses(
        &["diff", "--since", "HEAD"],
        &["there is no such file", "run `im-errors build alpha` first"],
    );
    workspace.write(&format!("{ALPHA}/spec.toml"), "format = 1\n");
    committed_again(&workspace);
    workspace.refuses(&["diff", "--since", "HEAD"], &["HEAD:specs/vendors/alpha/spec.toml"]);
}

fn committed_again(workspace: &Workspace) {
    git(workspace, &["commit", "-q", "-a", "-m", "y"]);
}

#[test]
fn ten_thousand_errors_of_which_none_stays_are_compared() {
    let rows = |of: &str, shift: usize| -> String {
        let row = |i: usize| format!("| {} | message number {i} of {of} | 第 {i} 条{of} |\n", i + shift);
        (0..10_000).map(row).collect()
    };
    let page = |rows: &str| edition(&format!("| 错误码 | 错误信息 | 说明 |\n|---|---|---|\n{rows}"));
    let old = page(&rows("old", 0));
    let count =
        |new: &Edition, code: &str| diff(&old, new).list.iter().filter(|c| c.kind.code == code).count();
    assert_eq!(count(&page(&rows("new", 0)), "message-changed"), 10_000);
    assert_eq!(count(&page(&rows("old", 50_000)), "renumbered"), 10_000);
    assert_eq!(count(&page(&rows("new", 50_000)), "removed"), 10_000);
}

/// The tables of a page are many groups, and their errors propose one name: work for each that grows
/// with the page would take minutes.
#[test]
fn a_page_of_ten_thousand_tables_is_compared() {
    const TABLES: usize = 10_000;
    let page = |last: &str| {
        let table = |i: usize| {
            let message = if i + 1 == TABLES { last } else { "user not found" };
            format!("## {i}\n\n| 错误码 | 错误信息 |\n|---|---|\n| {} | {message} |\n\n", 100_000 + i)
        };
        edition(&(0..TABLES).map(table).collect::<String>())
    };
    let (old, new) = (page("user not found"), page("user unknown"));
    assert_eq!((new.spec.groups.len(), new.spec.errors.len()), (TABLES, TABLES));
    let changes = diff(&old, &new).list;
    let told: Vec<_> = changes.iter().map(|change| (change.kind.code, change.place.line)).collect();
    assert_eq!(told, [("message-changed", 6 * TABLES - 1)]);
}
