//! What is too much for the tool is said, and by which limit.

use std::collections::BTreeSet;
use std::fs;

use crate::support::{ALPHA, Workspace};
use im_errors_codegen::diagnostic::rules;
use im_errors_codegen::limits;
use im_errors_codegen::read::read;

/// Each limit, the rule that speaks where it is reached, and a test that reaches it. Four have no
/// rule: `colspan` ends as in browsers, short rows lose nothing, a query is refused as such, and
/// slots by the cell are a part of those of the table.
const LIMITS: [(&str, Option<&str>, &str, &str); 13] = [
    ("PAGE_BYTES", Some("too-large"), "limits.rs", "files_beyond_their_limits_are_refused_unread"),
    ("FETCHED_BYTES", Some("not-fetched"), "fetch.rs", "a_page_without_end_is_left"),
    ("FILE_BYTES", Some("file-too-large"), "limits.rs", "files_beyond_their_limits_are_refused_unread"),
    ("SPEC_BYTES", Some("file-too-large"), "limits.rs", "files_beyond_their_limits_are_refused_unread"),
    ("QUERY_BYTES", None, "explain.rs", "a_megabyte_of_anything_is_answered_or_refused"),
    ("TABLE_DEPTH", Some("table-too-deep"), "diagnostics.rs", "what_is_said_is_what_was_agreed"),
    (
        "CELL_BYTES",
        Some("cell-too-long"),
        "limits.rs",
        "a_cell_as_long_as_many_pages_is_an_error_at_its_place",
    ),
    ("COLSPAN", None, "regressions.rs", "spans_are_read_as_browsers_do"),
    ("SPANNED_SLOTS", Some("span-too-large"), "limits.rs", "a_table_of_a_million_spanned_cells_is_cut"),
    ("SLOTS_OF_A_CELL", None, "limits.rs", "a_long_table_with_many_small_spans_is_whole"),
    ("PADDED_SLOTS", None, "limits.rs", "short_rows_below_a_wide_one_are_all_read"),
    ("WEIGHED_COLUMNS", Some("extra-cell"), "limits.rs", "cells_beyond_the_columns_that_count_are_told"),
    (
        "DIAGNOSTICS",
        Some("more-diagnostics"),
        "limits.rs",
        "what_is_wrong_with_more_cells_than_anybody_reads_is_counted",
    ),
];

#[test]
fn every_limit_has_its_rule_and_a_test() {
    let source = include_str!("../src/limits.rs");
    let mut docs = String::new();
    let mut found = BTreeSet::new();
    for line in source.lines() {
        if let Some(doc) = line.strip_prefix("/// ") {
            docs.push_str(doc);
        } else if let Some(constant) = line.strip_prefix("pub const ") {
            let name = constant.split(':').next().unwrap();
            let row = LIMITS.iter().find(|(limit, ..)| *limit == name);
            let (_, rule, file, test) = row.unwrap_or_else(|| panic!("{name} has no test"));
            assert!(crate::support::has_test(file, test), "no test {test} of {name} in {file}");
            if let Some(code) = rule {
                assert!(rules::ALL.iter().any(|rule| rule.code == *code), "{code} is no rule");
                assert!(docs.contains(&format!("`{code}`")), "{name} does not name `{code}`");
            }
            found.insert(name);
            docs.clear();
        } else {
            docs.clear();
        }
    }
    assert_eq!(found, LIMITS.iter().map(|(name, ..)| *name).collect());
}

#[test]
fn a_table_of_a_million_spanned_cells_is_cut() {
    let workspace = Workspace::new();
    let rows = "<tr><td colspan=1000>1</td></tr>".repeat(1100);
    workspace.write("page.html", format!("<table><tr><th>错误码</th></tr>{rows}</table>"));
    let run = workspace.run(&["parse", "page.html", "--format", "json"]);
    let found = run.json();
    let codes = found["diagnostics"].as_array().unwrap().iter().map(|diagnostic| &diagnostic["code"]);
    assert_eq!(codes.filter(|code| *code == "span-too-large").count(), 1);
}

/// What `parse` says of a page, in both languages.
#[track_caller]
fn page_says(page: impl AsRef<[u8]>, status: i32, words: [&str; 2]) {
    let workspace = Workspace::new();
    workspace.write("page.md", page);
    for (language, words) in ["en", "zh"].into_iter().zip(words) {
        let run = workspace.run(&["parse", "page.md", "--lang", language]);
        assert!(run.err.contains(words), "{}", run.err);
        assert_eq!(run.status, status, "{}", run.err);
    }
}

#[test]
fn a_cell_as_long_as_many_pages_is_an_error_at_its_place() {
    let text = "长".repeat(limits::CELL_BYTES / 3) + "x";
    let words = [
        "error[cell-too-long]: this cell has 1048577 bytes, more than 1048576\n --> page.md:3:7\n",
        "错误[cell-too-long]: 此单元格有 1048577 字节，超过上限 1048576",
    ];
    page_says(format!("| 错误码 | 说明 |\n|---|---|\n| 1 | {text}x |\n"), 1, words);
    // Around a table of errors a page may be laid out with a table.
    let page = format!("<table><tr><td>{text}x<table><tr><th>错误码<tr><td>1</table></table>");
    page_says(page, 0, ["note[no-errors]", "[no-errors]"]);
    // Nor are tags text.
    page_says(format!("<table><tr><th>错误码<th>说明<tr><td>1<td><b>{text}</b></table>"), 0, ["", ""]);
    let image = format!("<img src='data:{text}x'>");
    page_says(format!("<table><tr><th>错误码<th>说明<tr><td>1<td>{image}</table>"), 0, ["", ""]);
}

#[test]
fn what_is_wrong_with_more_cells_than_anybody_reads_is_counted() {
    let cells = "x|".repeat(limits::DIAGNOSTICS + 20);
    let page = format!("| 错误码 | 说明 |\n|---|---|\n| 1 | a |{cells}\n");
    let workspace = Workspace::new();
    workspace.write("page.md", page);
    let run = workspace.run(&["parse", "page.md", "--format", "json"]);
    let found = run.json();
    let found = found["diagnostics"].as_array().unwrap();
    assert_eq!(found.len(), limits::DIAGNOSTICS + 1);
    let last = found.last().unwrap();
    assert_eq!(last["code"], "more-diagnostics");
    assert_eq!(last["severity"], "warning");
    assert_eq!(last["message"], "and 20 more from here on");
    assert_eq!(last["column"], "| 1 | a |".len() + 2 * limits::DIAGNOSTICS + 1);
}

#[test]
fn a_page_that_is_given_as_bytes_is_refused_as_a_file_is() {
    let refused = read(vec![0; limits::PAGE_BYTES + 1]).unwrap_err();
    assert_eq!(refused.code, "too-large");
    let zeros = read(vec![0; 3]).unwrap_err();
    assert_eq!(zeros.code, "binary-file");
}

/// Writes a file with a hole in it, which takes no room on the disk.
fn write_sparse(workspace: &Workspace, name: &str, bytes: usize) {
    workspace.write(name, "");
    let file = fs::File::options().write(true).open(workspace.path(name)).unwrap();
    file.set_len(bytes as u64).unwrap();
}

/// The command is refused because of `file`, which has a byte more than it may.
#[track_caller]
fn is_refused_unread(workspace: &Workspace, file: &str, most: usize, rule: &str, command: &[&str]) {
    write_sparse(workspace, file, most + 1);
    for language in ["en", "zh"] {
        let run = workspace.run(&[command, &["--lang", language]].concat());
        assert_eq!(run.status, 1, "{}", run.err);
        let said = format!("[{rule}]: ");
        let names_it = run.err.contains(file.rsplit('/').next().unwrap_or(file));
        assert!(run.err.contains(&said) && names_it && run.err.contains(&most.to_string()), "{}", run.err);
    }
}

#[test]
fn files_beyond_their_limits_are_refused_unread() {
    let alpha = |file: &str| format!("{ALPHA}/{file}");
    let page = alpha("sources/alpha.zh.md");
    let build: &[&str] = &["build"];
    let own = |file: &str, command| (file.to_owned(), limits::FILE_BYTES, "file-too-large", command);
    let spec = |command| (alpha("spec.toml"), limits::SPEC_BYTES, "file-too-large", command);
    for (file, most, rule, command) in [
        own(&alpha("catalog.toml"), build),
        own(&alpha("locales/en.toml"), build),
        own("specs/glossary.toml", build),
        own("mine/index.md", &["build", "--templates", "mine"]),
        own("mine/kotlin.kt", &["export", "alpha", "--format", "kotlin", "--templates", "mine"]),
        own("waivers.toml", &["diff", &page, &page, "--waivers", "waivers.toml"]),
        own("big.po", &["i18n", "import", "big.po"]),
        own("big.xlf", &["i18n", "import", "big.xlf"]),
        own("big.csv", &["i18n", "import", "big.csv"]),
        spec(build),
        spec(&["site"]),
        (page.clone(), limits::PAGE_BYTES, "too-large", build),
        (page.clone(), limits::PAGE_BYTES, "too-large", &["parse", &page]),
        ("big.toml".to_owned(), limits::PAGE_BYTES, "too-large", &["diff", "big.toml", &page]),
    ] {
        let workspace = Workspace::alpha();
        is_refused_unread(&workspace, &file, most, rule, command);
        assert!(!workspace.path("docs").exists());
    }
    let workspace = Workspace::alpha();
    workspace.build();
    let sync = ["enum", "alpha", "--sync", "errors.rs"];
    is_refused_unread(&workspace, "errors.rs", limits::FILE_BYTES, "file-too-large", &sync);
}

#[test]
fn what_takes_no_page_takes_no_pipe_either() {
    let workspace = Workspace::alpha();
    let made = std::process::Command::new("mkfifo").arg(workspace.path("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: this system makes no named pipes");
        return;
    }
    workspace.build();
    let page = format!("{ALPHA}/sources/alpha.zh.md");
    fs::create_dir(workspace.path("mine")).unwrap();
    fs::rename(workspace.path("pipe"), workspace.path("mine/index.md")).unwrap();
    for command in [
        &["diff", &page, &page, "--waivers", "mine/index.md"][..],
        &["enum", "alpha", "--sync", "mine/index.md"],
        &["build", "--templates", "mine"],
    ] {
        let run = workspace.run(command);
        assert_eq!(run.status, 1, "{}", run.err);
        assert!(run.err.contains("error[unreadable-file]: it is a device or a pipe"), "{}", run.err);
    }
}

#[test]
fn a_long_table_with_many_small_spans_is_whole() {
    let cell = format!("<td colspan={}>x", limits::SLOTS_OF_A_CELL);
    let rows = limits::SPANNED_SLOTS / limits::SLOTS_OF_A_CELL + 1000;
    let rows = format!("<tr><td>1{cell}{cell}").repeat(rows / 2);
    page_says(format!("<table><tr><th>错误码<th>说明{rows}</table>"), 0, ["", ""]);
}

#[test]
fn short_rows_below_a_wide_one_are_all_read() {
    let columns = 2000;
    let rows = limits::PADDED_SLOTS / columns + 1;
    let header = format!(
        "|错误码|说明|{}
|{}
",
        "a|".repeat(columns - 2),
        "-|".repeat(columns)
    );
    let rows = (0..rows).map(|code| {
        format!(
            "|{code}|x|
"
        )
    });
    let workspace = Workspace::new();
    workspace.write("page.md", std::iter::once(header).chain(rows).collect::<String>());
    let found = workspace.run(&["parse", "page.md", "--format", "json"]).json();
    let entries = found["entries"].as_array().unwrap();
    assert_eq!(entries.len(), limits::PADDED_SLOTS / columns + 1);
    assert_eq!(entries.last().unwrap()["code"], limits::PADDED_SLOTS / columns);
}

#[test]
fn cells_beyond_the_columns_that_count_are_told() {
    let more = "x|".repeat(limits::WEIGHED_COLUMNS);
    let workspace = Workspace::new();
    workspace.write("page.md", format!("|错误码|说明|\n|-|-|\n|1|a|{more}\n|2|b|\n"));
    let found = workspace.run(&["parse", "page.md", "--format", "json"]).json();
    let told = found["diagnostics"].as_array().unwrap();
    let told = told.iter().filter(|one| one["code"] == "extra-cell" || one["code"] == "unread-cell");
    assert_eq!(told.count(), limits::WEIGHED_COLUMNS);
}
