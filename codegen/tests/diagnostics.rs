//! One folder per rule in `tests/diagnostics`: an input, and what is said of it to the letter.
//!
//! A `page.md` is parsed. Else the folder is the catalog `demo` and is built, where folders with a
//! number hold the files of builds before it, `workspace/` what lies outside of the catalog and
//! `command` other arguments. `UPDATE_EXPECT=1` writes what is said now; read it before keeping it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Workspace;
use crate::support::prose::english;
use im_errors_codegen::diagnostic::rules;

/// Rules that no small input reaches, and the test that does.
const ELSEWHERE: [(&str, &str, &str); 7] = [
    ("cell-too-long", "limits.rs", "a_cell_as_long_as_many_pages_is_an_error_at_its_place"),
    ("file-too-large", "limits.rs", "files_beyond_their_limits_are_refused_unread"),
    ("more-diagnostics", "limits.rs", "what_is_wrong_with_more_cells_than_anybody_reads_is_counted"),
    ("not-fetched", "fetch.rs", "a_page_without_end_is_left"),
    ("span-too-large", "limits.rs", "a_table_of_a_million_spanned_cells_is_cut"),
    ("suspicious-page", "update.rs", "a_captcha_is_refused_and_everything_stays"),
    ("too-large", "limits.rs", "files_beyond_their_limits_are_refused_unread"),
];

/// What is there for mistakes of the tool: no input reaches it.
const UNREACHABLE: [&str; 1] = ["unread-cell"];

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
fn every_rule_has_a_folder_or_a_test() {
    let without = || ELSEWHERE.iter().map(|(code, ..)| *code).chain(UNREACHABLE);
    let expected: BTreeSet<String> = rules::ALL
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !without().any(|other| other == *code))
        .chain(PROBLEMS)
        .map(str::to_owned)
        .collect();
    assert_eq!(expected, folders(&root()));
    for code in without() {
        assert!(rules::ALL.iter().any(|rule| rule.code == code), "{code} is no rule");
    }
    for (code, file, test) in ELSEWHERE {
        assert!(crate::support::has_test(file, test), "no test {test} of {code} in {file}");
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
