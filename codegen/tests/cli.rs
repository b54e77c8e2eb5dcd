//! The command line as its users see it.

use std::io::Read;
use std::process::Stdio;

use crate::support::{ALPHA, Workspace};
use serde_json::json;

/// A pipe table, an HTML table with a span, a table with a cell too many, one that lists no errors.
const PAGE: &str = "\
# 错误码

## 用户

| 错误码 | 说明 | 错误消息 |
|---|---|---|
| 1001 | 用户&amp;群组<br>`不存在`，见[文档](https://a.b/c) | “no \\| user” |

<table><tr><td rowspan=\"2\">400</td><td>a</td></tr><tr><td>b</td></tr></table>

## 状态

| HTTP 状态码 | 错误类型 | 错误提示 | 可能原因 | 处理建议 |
|---|---|---|---|---|
| 404 | `not_found` | \"no such user\" | **未注册** | 先注册 |
| 5xx | | | 服务器错误 | | 多余 |

## 作者

| 姓名 | 电话 |
|---|---|
| 张三 | 电话 |
";

fn with_page() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("page.md", PAGE);
    workspace
}

#[test]
fn tables_as_json_have_every_field_of_the_contract() {
    let run = with_page().run(&["tables", "page.md", "--format", "json"]);
    assert_eq!(run.status, 0);
    assert_eq!(run.err, "");
    let expected = json!({
        "tables": [
            {
                "format": "markdown",
                "headings": ["错误码", "用户"],
                "line": 5,
                "header": ["错误码", "说明", "错误消息"],
                "rows": [{ "line": 7, "cells": ["1001", "用户&群组\n不存在，见文档", "“no | user”"] }],
            },
            {
                "format": "html",
                "headings": ["错误码", "用户"],
                "line": 9,
                "header": [],
                "rows": [
                    { "line": 9, "cells": ["400", "a"] },
                    { "line": 9, "cells": ["400", "b"] },
                ],
            },
            {
                "format": "markdown",
                "headings": ["错误码", "状态"],
                "line": 13,
                "header": ["HTTP 状态码", "错误类型", "错误提示", "可能原因", "处理建议"],
                "rows": [
                    { "line": 15, "cells": ["404", "not_found", "\"no such user\"", "未注册", "先注册"] },
                    { "line": 16, "cells": ["5xx", "", "", "服务器错误", "", "多余"] },
                ],
            },
            {
                "format": "markdown",
                "headings": ["错误码", "作者"],
                "line": 20,
                "header": ["姓名", "电话"],
                "rows": [{ "line": 22, "cells": ["张三", "电话"] }],
            },
        ],
        "diagnostics": [],
    });
    assert_eq!(run.json(), expected);
}

#[test]
fn parse_as_json_has_every_field_of_the_contract() {
    let run = with_page().run(&["parse", "page.md", "--format", "json"]);
    assert_eq!(run.status, 0);
    let found = run.json();
    let table = |headings: [&str; 2], line: usize, roles: serde_json::Value| json!({ "headings": headings, "line": line, "roles": roles });
    assert_eq!(found["tables"][0], table(["错误码", "用户"], 5, json!(["code", "summary", "message"])));
    let roles = json!(["http_status", "error", "message", "cause", "remedy", null]);
    assert_eq!(found["tables"][2], table(["错误码", "状态"], 13, roles));
    let skipped = &found["tables"][3];
    assert_eq!(skipped["roles"], json!(null));
    assert!(skipped["skipped"].as_str().is_some_and(|why| !why.is_empty()), "{skipped}");
    let entries = json!([
        {
            "table": 0,
            "line": 7,
            "code": 1001,
            "message": "no | user",
            "summary": "用户&群组<br>`不存在`，见[文档](https://a.b/c)",
        },
        { "table": 1, "line": 9, "http_status": 400, "error": "a" },
        { "table": 1, "line": 9, "http_status": 400, "error": "b" },
        {
            "table": 2,
            "line": 15,
            "http_status": 404,
            "error": "not_found",
            "message": "no such user",
            "cause": "未注册",
            "remedy": "先注册",
        },
        { "table": 2, "line": 16, "http_status_class": "5xx", "cause": "服务器错误" },
    ]);
    assert_eq!(found["entries"], entries);
    let diagnostics = found["diagnostics"].as_array().unwrap();
    let extra = diagnostics.iter().find(|diagnostic| diagnostic["code"] == "extra-cell").unwrap();
    assert_eq!((&extra["severity"], &extra["line"]), (&json!("warning"), &json!(16)));
    assert_eq!(extra["column"], 23, "columns count characters");
    assert!(extra["message"].as_str().unwrap().contains("多余"), "{extra}");
    for diagnostic in diagnostics {
        let severity = diagnostic["severity"].as_str().unwrap();
        assert!(["error", "warning", "note"].contains(&severity), "{diagnostic}");
    }
}

#[test]
fn a_page_that_cannot_be_read_is_json_all_the_same() {
    let run = Workspace::new().run(&["parse", "page.md", "--format", "json"]);
    assert_eq!(run.status, 1);
    let found = run.json();
    assert_eq!((&found["tables"], &found["entries"]), (&json!([]), &json!([])));
    let diagnostic = &found["diagnostics"][0];
    assert_eq!(diagnostic["code"], "unreadable-file");
    assert_eq!(diagnostic["severity"], "error");
    assert_eq!((diagnostic.get("line"), diagnostic.get("column")), (None, None), "it has no place");
    let run = Workspace::new().run(&["tables", "page.md", "--format", "json"]);
    assert_eq!((run.status, &run.json()["tables"]), (1, &json!([])));
    assert_eq!(run.json().get("entries"), None);
}

#[test]
fn text_shows_tables_as_markdown_and_errors_with_their_evidence() {
    let workspace = with_page();
    let tables = workspace.run(&["tables", "page.md"]);
    assert!(tables.out.starts_with(
        "table 1 (markdown, line 5) 错误码 / 用户\n| 错误码 | 说明 | 错误消息 |\n|---|---|---|\n\
         | 1001 | 用户&群组<br>不存在，见文档 | “no \\| user” |\n"
    ));
    let parsed = workspace.run(&["parse", "page.md"]);
    assert!(
        parsed.out.contains("  column 1 `错误码`: code (header word `错误码` +60, mostly"),
        "{}",
        parsed.out
    );
    assert!(parsed.out.contains("  line 7: 1001\n    message: no | user\n"), "{}", parsed.out);
    assert!(
        parsed.out.contains("  line 15: 404/not_found/no such user\n    cause: 未注册\n"),
        "{}",
        parsed.out
    );
    assert!(parsed.out.contains("  lists no errors: "), "{}", parsed.out);
}

#[test]
fn standard_input_is_a_page_like_any_other() {
    let workspace = with_page();
    for command in ["tables", "parse"] {
        for format in ["text", "json"] {
            let of_file = workspace.run(&[command, "page.md", "--format", format]);
            let of_input = workspace.run_with(PAGE, &[command, "-", "--format", format]);
            assert_eq!(of_file.status, of_input.status);
            assert_eq!(of_file.out, of_input.out);
            assert_eq!(of_file.err.replace("page.md", "standard input"), of_input.err);
        }
    }
    let empty = workspace.run_with("", &["parse", "-"]);
    assert_eq!(empty.status, 1);
    assert!(empty.err.contains("error[no-tables]"), "{}", empty.err);
}

#[test]
fn exit_statuses_are_as_documented() {
    let workspace = Workspace::alpha();
    let page = format!("{ALPHA}/sources/alpha.zh.md");
    assert_eq!(workspace.run(&["tables", &page]).status, 0);
    assert_eq!(workspace.run(&["parse", &page]).status, 0);
    assert_eq!(workspace.run(&["parse", "nowhere.md"]).status, 1);
    for usage in
        [&["parse"][..], &["build", "--chek"], &["pars", &page], &["tables", &page, "--format", "xml"]]
    {
        let run = workspace.run(usage);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{usage:?}");
        assert!(run.err.contains("Usage: im-errors") || run.err.contains("--help"), "{}", run.err);
    }
    assert_eq!(workspace.run(&["build", "--check"]).status, 3);
    assert_eq!(workspace.run(&["build"]).status, 0);
    assert_eq!(workspace.run(&["build", "--check"]).status, 0);
    workspace.edit_catalog("locale", "lokale");
    assert_eq!(workspace.run(&["build", "--check"]).status, 1);
}

#[test]
fn diagnostics_show_the_source_line_with_carets_below_chinese() {
    let workspace = Workspace::new();
    workspace.write("page.md", "| 错误码 | 说明 |\n|---|---|\n| 1001 | 用户不存在 | 多余的 |\n");
    let run = workspace.run(&["parse", "page.md"]);
    // A Chinese character is two columns wide on a terminal and one character for editors.
    let expected = "\
warning[extra-cell]: a cell beyond the header's 2 columns: `多余的`
 --> page.md:3:18
  |
3 | | 1001 | 用户不存在 | 多余的 |
  |                       ^^^^^^
  |
  = help: give the column a name in the header, or its role under `roles` in catalog.toml

";
    assert_eq!(run.err, expected);
    assert!(!run.err.contains('\u{1b}'), "no colours where there is no terminal");
    let json = workspace.run(&["parse", "page.md", "--format", "json"]).json();
    assert_eq!((&json["diagnostics"][0]["line"], &json["diagnostics"][0]["column"]), (&json!(3), &json!(18)));
}

#[test]
fn a_line_as_long_as_the_page_is_shown_in_part() {
    let workspace = Workspace::new();
    let row = "<tr><td>1</td><td>好</td></tr>".repeat(5000);
    let page =
        format!("<table><tr><th>错误码</th><th>说明</th></tr>{row}<tr><td>一</td><td>坏</td></tr></table>");
    workspace.write("page.html", page);
    let run = workspace.run(&["parse", "page.html"]);
    assert!(run.err.contains("`一` is no code"), "{}", run.err);
    assert!(run.err.len() < 4000, "{} bytes", run.err.len());
}

#[test]
fn files_with_windows_line_ends_are_shown_without_marks() {
    let workspace = Workspace::alpha();
    workspace.edit_catalog("retry", "rety");
    let text = workspace.read(&format!("{ALPHA}/catalog.toml"));
    workspace.write(&format!("{ALPHA}/catalog.toml"), text.replace('\n', "\r\n"));
    let run = workspace.run(&["build"]);
    assert!(run.err.contains("catalog.toml:14:35\n"), "{}", run.err);
    assert!(
        run.err.contains("\n14 | \"1001\" = { name = \"UserNotFound\", rety = \"after-fix\" }\n"),
        "{}",
        run.err
    );
}

#[test]
fn a_build_that_goes_well_says_nothing_on_standard_error() {
    let workspace = Workspace::alpha();
    workspace.remove(&format!("{ALPHA}/locales"));
    let run = workspace.build();
    assert_eq!(run.err, "", "progress is for terminals");
    let expected = format!(
        "wrote {ALPHA}/spec.toml\nwrote docs/en/README.md\nwrote docs/en/alpha.md\n\
         wrote docs/en/alpha.changes.md\nwrote docs/zh/README.md\nwrote docs/zh/alpha.md\n\
         wrote docs/zh/alpha.changes.md\n1 catalog, 2 errors, 7 files changed; 1 note, shown by --verbose\n"
    );
    let (out, site) = run.out.split_once("site in target/site: ").unwrap();
    assert_eq!(out, expected);
    assert!(site.ends_with(" written\n") && site.lines().count() == 1, "{site}");
    let again = workspace.build();
    let (out, site) = again.out.split_once("site in target/site: ").unwrap();
    assert_eq!((out, again.err.as_str()), ("1 catalog, 2 errors, all files up to date\n", ""));
    assert!(site.ends_with(" files, all up to date\n"), "{site}");
    workspace.remove(&format!("{ALPHA}/spec.toml"));
    let verbose = workspace.run(&["build", "--verbose"]);
    assert!(verbose.err.contains("note[proposed-name]: `1002` is named `UserExists`"), "{}", verbose.err);
    assert!(verbose.out.contains("\n1 catalog, 2 errors, 1 file changed\nsite in "), "{}", verbose.out);
}

#[test]
fn who_reads_no_further_ends_the_command_quietly() {
    let workspace = Workspace::new();
    let rows = "| 1 | 好 |\n".repeat(20_000);
    workspace.write("page.md", format!("| 错误码 | 说明 |\n|---|---|\n{rows}"));
    for arguments in
        [&["tables", "page.md"][..], &["parse", "page.md"], &["parse", "page.md", "--format", "json"]]
    {
        let mut command = workspace.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut [0; 8]).unwrap();
        drop(out);
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert!(child.wait().unwrap().success(), "{arguments:?}: {err}");
        assert_eq!(err, "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_below_standard_output_is_told() {
    let workspace = with_page();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = workspace.command(&["tables", "page.md"]);
    let run = crate::support::Run::new(command.stdout(full).output().unwrap());
    assert_eq!(run.status, 1);
    assert!(run.err.starts_with("error: cannot write the output: "), "{}", run.err);
}

#[test]
fn help_says_what_there_is_and_what_statuses_mean() {
    let workspace = Workspace::new();
    let help = |arguments: &[&str], words: &[&str]| {
        let run = workspace.run(arguments);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}");
        for word in words {
            assert!(run.out.contains(word), "no `{word}` in:\n{}", run.out);
        }
    };
    help(
        &["--help"],
        &["tables", "parse", "build", "i18n", "Exit status: 0 fine, 1 ", "2 usage", "3 drift", "4 changes"],
    );
    help(&["parse", "--help"], &["`-` reads standard input", "--format", "text", "json", "Examples:"]);
    help(&["tables", "--help"], &["`-` reads standard input", "--format"]);
    let build = ["--check", "status 3", "--catalogs", "specs/vendors", "--docs", "--templates", "--verbose"];
    help(&["build", "--help"], &build);
    help(
        &["diff", "--help"],
        &["OLD NEW", "--since", "--fail-on", "--waivers", "markdown", "github", "sarif"],
    );
    help(&["i18n", "stamp", "--help"], &["CATALOG", "--catalogs", "of = "]);
    help(&["--version"], &[concat!("im-errors ", env!("CARGO_PKG_VERSION"))]);
}
