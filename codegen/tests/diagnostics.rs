//! One folder per rule in `tests/diagnostics`: an input, and what is said of it to the letter.
//!
//! A `page.md` is parsed. Else the folder is the catalog `demo` and is built, where folders with a
//! number hold the files of builds before it, `workspace/` what lies outside of the catalog and
//! `command` other arguments. `UPDATE_EXPECT=1` writes what is said now; read it before keeping it.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use im_errors_codegen::diagnostic::rules;
use im_errors_codegen::limits;
use support::prose::english;
use support::{ALPHA, Workspace};

/// Rules that no small input reaches.
const UNREACHABLE: [(&str, &str); 8] = [
    ("cell-too-long", "takes a cell of more than 1 MiB, see below"),
    ("file-too-large", "takes a file of more than 64 MiB, see below"),
    ("more-diagnostics", "takes a page of which a hundred thousand cells are wrong, see below"),
    ("not-fetched", "takes a server, see tests/fetch.rs"),
    ("span-too-large", "takes more than a million spanned cells, see below"),
    ("suspicious-page", "takes a page that has changed, see tests/update.rs"),
    ("too-large", "takes a page of more than 256 MiB, see below"),
    ("unread-cell", "is there for mistakes of the tool: every cell is accounted for"),
];

/// What can be wrong in a TOML file of a catalog beyond its rules.
const PROBLEMS: [&str; 20] = [
    "bad-date",
    "bad-group",
    "bad-locale",
    "bad-name",
    "bad-pattern",
    "bad-retry",
    "bad-role",
    "bad-term",
    "bad-threshold",
    "bad-url",
    "duplicate-source",
    "empty-text",
    "missing-key",
    "missing-title",
    "toml-syntax",
    "unknown-change",
    "unknown-field",
    "unknown-key",
    "unknown-source",
    "wrong-kind",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn folders(folder: &Path) -> BTreeSet<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[test]
fn every_rule_has_a_folder_or_a_reason_to_have_none() {
    let reasons = || UNREACHABLE.iter().map(|(code, _)| *code);
    let expected: BTreeSet<String> = rules::ALL
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !reasons().any(|unreachable| unreachable == *code))
        .chain(PROBLEMS)
        .map(str::to_owned)
        .collect();
    assert_eq!(expected, folders(&root()));
    for unreachable in reasons() {
        assert!(rules::ALL.iter().any(|rule| rule.code == unreachable), "{unreachable} is no rule");
    }
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

/// Writes a file with a hole in it, which takes no room on the disk.
fn write_sparse(workspace: &Workspace, name: &str, bytes: usize) {
    workspace.write(name, "");
    let file = fs::File::options().write(true).open(workspace.path(name)).unwrap();
    file.set_len(bytes as u64).unwrap();
}

#[test]
fn files_beyond_their_limits_are_refused_unread() {
    let alpha = |file: &str| format!("{ALPHA}/{file}");
    let build: &[&str] = &["build"];
    let import: &[&str] = &["i18n", "import", "big.po"];
    for (file, most, rule, command) in [
        (alpha("catalog.toml"), limits::FILE_BYTES, "file-too-large", build),
        (alpha("locales/en.toml"), limits::FILE_BYTES, "file-too-large", build),
        ("specs/glossary.toml".to_owned(), limits::FILE_BYTES, "file-too-large", build),
        (alpha("spec.toml"), limits::SPEC_BYTES, "file-too-large", build),
        (alpha("spec.toml"), limits::SPEC_BYTES, "file-too-large", &["site"]),
        (alpha("sources/alpha.zh.md"), limits::PAGE_BYTES, "too-large", build),
        ("big.po".to_owned(), limits::FILE_BYTES, "file-too-large", import),
    ] {
        let workspace = Workspace::alpha();
        write_sparse(&workspace, &file, most + 1);
        for language in ["en", "zh"] {
            let run = workspace.run(&[command, &["--lang", language]].concat());
            assert_eq!(run.status, 1, "{}", run.err);
            let said = format!("[{rule}]: ");
            assert!(run.err.contains(&said) && run.err.contains(&most.to_string()), "{file}: {}", run.err);
        }
        assert!(!workspace.path("docs").exists());
    }
}

#[test]
fn rules_are_told_apart_and_say_what_to_do() {
    let mut codes = BTreeSet::new();
    for rule in rules::ALL {
        assert!(codes.insert(rule.code), "{} is there twice", rule.code);
        let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(rule.code.chars().all(kebab), "{}", rule.code);
        assert!(!rule.help.is_empty() && !rule.help.ends_with('.'), "{}", rule.code);
        assert!(!rule.help.starts_with(char::is_uppercase), "{}", rule.code);
    }
}

#[test]
fn what_is_said_is_what_was_agreed() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for code in folders(&root()) {
        let folder = root().join(&code);
        let said = said(&folder, "en");
        let agreed = folder.join("stderr");
        assert!(said.contains(&format!("[{code}]: ")), "{code} is not said:\n{said}");
        if update {
            fs::write(agreed, said).unwrap();
        } else if fs::read_to_string(agreed).unwrap_or_default() != said {
            wrong.push(format!("--- {code} says now:\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "UPDATE_EXPECT=1 accepts this:\n{}", wrong.join("\n"));
}

/// Where the words of a parser are shown, which has no others.
const OTHERS_WORDS: [&str; 2] = ["toml-syntax", "broken-template"];

#[test]
fn all_of_it_is_said_in_chinese() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    let mut agreed = 0;
    for code in folders(&root()) {
        let folder = root().join(&code);
        let said = said(&folder, "zh");
        assert!(said.contains(&format!("[{code}]: ")), "{code} is not said:\n{said}");
        let english = english(&said).filter(|_| !OTHERS_WORDS.contains(&code.as_str()));
        wrong.extend(english.map(|english| format!("--- {code} says in English {english}")));
        let file = folder.join("stderr.zh");
        if file.exists() {
            agreed += 1;
            if update {
                fs::write(file, said).unwrap();
            } else if fs::read_to_string(file).unwrap() != said {
                wrong.push(format!("--- {code} says now:\n{said}"));
            }
        }
    }
    assert!(agreed > 0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the command says of the input in `folder`.
fn said(folder: &Path, language: &str) -> String {
    let workspace = Workspace::new();
    let page = folder.join("page.md");
    if page.exists() {
        workspace.write("page.md", fs::read(page).unwrap());
        return workspace.run(&["parse", "page.md", "--lang", language]).err;
    }
    for number in 1.. {
        let step = folder.join(number.to_string());
        if !step.exists() {
            break;
        }
        copy(&step, &workspace, "specs/vendors/demo");
        assert_eq!(workspace.run(&["build"]).status, 0, "{}", step.display());
    }
    copy(folder, &workspace, "specs/vendors/demo");
    copy(&folder.join("workspace"), &workspace, ".");
    let command = fs::read_to_string(folder.join("command")).unwrap_or("build --verbose".to_owned());
    workspace.run(&command.split_whitespace().chain(["--lang", language]).collect::<Vec<_>>()).err
}

/// Copies the files of a catalog: not what is there for the test alone.
fn copy(from: &Path, workspace: &Workspace, to: &str) {
    for entry in fs::read_dir(from).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_number = name.parse::<u32>().is_ok();
        if is_number || matches!(name, "workspace" | "stderr" | "stderr.zh" | "command") {
            continue;
        }
        let target = format!("{to}/{name}");
        if path.is_dir() {
            copy(&path, workspace, &target);
        } else {
            workspace.write(&target, fs::read(&path).unwrap());
        }
    }
}
