//! Builds of whole catalogs: what is written, what drift is, what mends it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{ALPHA, PAGE, Run, Workspace, copy};
use im_errors_codegen::build::{self, Drift, Layout, Plan};
use im_errors_spec::Date;

const OUTPUTS: [&str; 12] = [
    "docs/en/README.md",
    "docs/en/alpha.changes.md",
    "docs/en/alpha.md",
    "docs/en/beta.changes.md",
    "docs/en/beta.md",
    "docs/zh/README.md",
    "docs/zh/alpha.changes.md",
    "docs/zh/alpha.md",
    "docs/zh/beta.changes.md",
    "docs/zh/beta.md",
    "specs/vendors/alpha/spec.toml",
    "specs/vendors/beta/spec.toml",
];

/// Builds the outputs alone: there is no site for the flips of each byte to look through.
fn build_outputs(workspace: &Workspace) {
    let run = workspace.run(&["build", "--no-site"]);
    assert_eq!(run.status, 0, "{}", run.err);
}

/// Two built catalogs; `alpha` has an error that only its spec remembers.
fn built() -> Workspace {
    let workspace = Workspace::two();
    workspace.edit_page("| 1002 |", "| 1009 | gone | 不再有。 | |\n| 1002 |");
    build_outputs(&workspace);
    workspace.write(&format!("{ALPHA}/sources/alpha.zh.md"), PAGE);
    build_outputs(&workspace);
    assert!(workspace.spec().contains("[[removed]]\nname = \"Gone\"\ngroup = \"users\"\nkey = \"1009\"\n"));
    workspace
}

fn layout(workspace: &Workspace) -> Layout {
    Layout { catalogs: workspace.path("specs/vendors"), docs: workspace.path("docs"), templates: None }
}

fn plan(layout: &Layout, names: &[String]) -> Plan {
    let plan = build::plan(layout, names, Date::from_days(20_777), &|_| ()).unwrap();
    assert!(!plan.has_errors(), "{:?}", plan.reports);
    plan
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn every_output_is_there_and_a_second_build_changes_nothing() {
    let workspace = Workspace::two();
    workspace.build();
    let first = workspace.tree();
    for output in OUTPUTS {
        assert!(first.contains_key(output), "{output}");
    }
    assert_eq!(workspace.run(&["build", "--check"]).status, 0);
    workspace.build();
    workspace.is_as(&first);
    for output in OUTPUTS {
        workspace.remove(output);
    }
    workspace.build();
    workspace.is_as(&first);
}

#[test]
fn a_check_writes_nothing() {
    let workspace = Workspace::two();
    let before = workspace.tree();
    let run = workspace.run(&["build", "--check"]);
    assert_eq!(run.status, 3);
    for output in OUTPUTS {
        assert!(
            run.err.contains(&format!("error: {output} is missing; run `im-errors build")),
            "{}",
            run.err
        );
    }
    workspace.is_as(&before);
}

/// Mends as the commands say; restoring from version control is done by hand.
fn mend(workspace: &Workspace, layout: &Layout, drift: &[Drift], original: &[u8], spec: &str) {
    // One command mends many files.
    let mut commands: Vec<_> = drift.iter().map(|file| file.mend.as_str()).collect();
    commands.dedup();
    for command in commands {
        let words: Vec<_> = command.split(' ').collect();
        match words.as_slice() {
            ["git", "checkout", "--", path] => {
                assert_eq!(Path::new(path), workspace.path(spec));
                workspace.write(spec, original);
            }
            ["im-errors", "build", rest @ ..] => {
                let names = rest.iter().take_while(|word| !word.starts_with("--"));
                let names: Vec<_> = names.map(|name| (*name).to_owned()).collect();
                plan(layout, &names).write().unwrap();
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn every_flipped_byte_of_a_page_is_drift() {
    let workspace = built();
    let plan = plan(&layout(&workspace), &[]);
    for output in OUTPUTS.iter().filter(|output| output.starts_with("docs/")) {
        let path = workspace.path(output);
        let original = fs::read(&path).unwrap();
        for at in 0..original.len() {
            let mut bytes = original.clone();
            bytes[at] ^= [0x01, 0x20, 0x80][at % 3];
            fs::write(&path, bytes).unwrap();
            let drift = plan.drift();
            assert_eq!(drift.len(), 1, "{output}, byte {at}");
            assert_eq!(drift[0].path, path);
            assert!(drift[0].mend.starts_with("im-errors build "), "{}", drift[0].mend);
        }
        fs::write(&path, original).unwrap();
    }
    assert_eq!(plan.drift(), []);
}

/// Flips every byte of alpha's spec and mends it; returns how often version control was needed.
fn flip_and_mend(workspace: &Workspace) -> usize {
    let layout = layout(workspace);
    let before = workspace.tree();
    let spec = format!("{ALPHA}/spec.toml");
    let original = &before[&spec];
    let mut restored = 0;
    for at in 0..original.len() {
        let mut bytes = original.clone();
        bytes[at] ^= [0x01, 0x20, 0x80][at % 3];
        workspace.write(&spec, bytes);
        let drift = plan(&layout, &[]).drift();
        let file = drift.iter().find(|file| file.path == workspace.path(&spec));
        let file = file.unwrap_or_else(|| panic!("byte {at} is no drift"));
        restored += usize::from(file.mend.starts_with("git "));
        mend(workspace, &layout, &drift, original, &spec);
        let mended = workspace.tree();
        assert!(mended[&spec] == *original, "byte {at}: {}", String::from_utf8_lossy(&mended[&spec]));
    }
    workspace.is_as(&before);
    restored
}

#[test]
fn every_flipped_byte_of_a_spec_is_drift_that_the_command_mends() {
    let workspace = Workspace::alpha();
    workspace.edit_catalog("\"1001\" =", "\"1002\" = { name = \"UserExists\" }\n\"1001\" =");
    build_outputs(&workspace);
    // Nothing is lost by writing it anew; but without the line ends around the seal that is not known.
    assert!(flip_and_mend(&workspace) <= 2);
}

#[test]
fn every_flipped_byte_of_a_spec_that_remembers_is_drift_that_version_control_mends() {
    let workspace = built();
    workspace.remove("specs/vendors/beta");
    build_outputs(&workspace);
    let spec = workspace.spec();
    let (_, sealed) = spec.split_once('\n').unwrap();
    let restored = flip_and_mend(&workspace);
    assert!((sealed.len()..=sealed.len() + 1).contains(&restored), "{restored} of {}", spec.len());
}

#[test]
fn flipped_bytes_of_the_shipped_outputs_are_drift() {
    const SAMPLES: usize = 12;
    let workspace = Workspace::new();
    copy(&repository().join("specs/vendors"), &workspace.path("specs/vendors"));
    let layout = layout(&workspace);
    plan(&layout, &[]).write().unwrap();
    let whole = plan(&layout, &[]);
    assert_eq!(whole.drift(), []);
    let outputs: Vec<_> = workspace.tree().into_iter().filter(|(name, _)| is_output(name)).collect();
    assert_eq!(outputs.len(), 5 + 2 * (1 + 5 * 2));
    for (name, original) in outputs {
        for sample in 0..SAMPLES {
            let at = (original.len() - 1) * sample / (SAMPLES - 1);
            let mut bytes = original.clone();
            bytes[at] ^= 1;
            workspace.write(&name, bytes);
            let drift = whole.drift();
            assert_eq!(drift.iter().map(|file| &file.path).collect::<Vec<_>>(), [&workspace.path(&name)]);
        }
        workspace.write(&name, &original);
    }
}

fn is_output(name: &str) -> bool {
    (name.starts_with("docs/") && name.ends_with(".md")) || name.ends_with("spec.toml")
}

#[test]
fn the_shipped_specs_and_pages_are_what_build_makes() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_im-errors"));
    let run = Run::new(
        command
            .args(["build", "--check"])
            .current_dir(repository())
            .env("IM_ERRORS_LANG", "en")
            .output()
            .unwrap(),
    );
    assert_eq!(run.status, 0, "run `cargo run -- build`, then look at what it changed:\n{}", run.err);
}

/// Runs the commands that a check names, in a shell.
fn run_commands(workspace: &Workspace, check: &Run) -> usize {
    let commands = check.err.lines().filter_map(|line| {
        let line = line.strip_prefix("error: ")?;
        line.split_once("run `")?.1.strip_suffix('`')
    });
    let commands: Vec<_> = commands.collect();
    for command in &commands {
        let shell =
            command.replacen("im-errors", "\"$IM_ERRORS\"", usize::from(command.starts_with("im-errors")));
        let done = Command::new("sh")
            .args(["-c", &shell])
            .env("IM_ERRORS_LANG", "en")
            .env("IM_ERRORS", env!("CARGO_BIN_EXE_im-errors"))
            .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir())
            .current_dir(workspace.path(""))
            .output()
            .unwrap();
        assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    }
    commands.len()
}

/// Makes the workspace a repository; `false` where there is no git.
fn commit(workspace: &Workspace) -> bool {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(variable);
        }
        command.args(["-c", "user.name=test", "-c", "user.email=test@example.com"]);
        command.args(["-c", "core.autocrlf=false", "-c", "commit.gpgsign=false"]);
        let output = command.args(arguments).current_dir(workspace.path("")).output();
        output.is_ok_and(|output| output.status.success())
    };
    git(&["init", "-q"]) && git(&["add", "."]) && git(&["commit", "-q", "-m", "all"])
}

#[test]
fn the_command_that_a_check_names_mends_the_file() {
    let workspace = built();
    // The commands make the site as well.
    workspace.build();
    if !commit(&workspace) {
        // Written, not printed: the harness hides what passing tests print.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"SKIPPED: there is no git to restore files with\n",
        );
        return;
    }
    let before = workspace.tree();
    for output in OUTPUTS {
        let original = before[output].clone();
        for at in [0, original.len() / 3, original.len() / 2, original.len() - 1] {
            let mut bytes = original.clone();
            bytes[at] ^= 0x01;
            workspace.write(output, bytes);
            let check = workspace.run(&["build", "--check"]);
            assert_eq!(check.status, 3, "{output}, byte {at}: {}", check.err);
            assert!(check.err.contains(&format!("error: {output} is ")), "{}", check.err);
            assert!(run_commands(&workspace, &check) > 0);
            workspace.is_as(&before);
        }
    }
}

#[test]
fn the_command_that_mends_names_the_folders_given() {
    let workspace = Workspace::two();
    fs::rename(workspace.path("specs/vendors"), workspace.path("our catalogs")).unwrap();
    workspace.write("our templates/index.md", "# {{ t(\"catalogs\") }}\n");
    let folders = ["--catalogs", "our catalogs", "--docs", "out/it's", "--templates", "our templates"];
    let with = |words: &[&'static str]| [words, &folders].concat();
    assert_eq!(workspace.run(&with(&["build"])).status, 0);
    let before = workspace.tree();
    workspace.edit("out/it's/zh/README.md", "错误码目录", "目录");
    workspace.edit("our catalogs/beta/spec.toml", "失败", "成功");
    let check = workspace.run(&with(&["build", "beta", "--check"]));
    assert_eq!(check.status, 3);
    let command = "run `im-errors build beta --catalogs 'our catalogs' --docs 'out/it'\\''s' --templates 'our templates'`";
    assert!(check.err.contains(command), "{}", check.err);
    // Nobody named beta's error, so its spec comes from version control.
    assert!(check.err.contains("run `git checkout -- 'our catalogs/beta/spec.toml'`"), "{}", check.err);
    workspace.write("our catalogs/beta/spec.toml", &before["our catalogs/beta/spec.toml"]);
    let check = workspace.run(&with(&["build", "beta", "--check"]));
    assert_eq!(run_commands(&workspace, &check), 1);
    workspace.is_as(&before);
}

#[test]
fn a_generated_page_without_a_catalog_goes_and_others_stay() {
    let workspace = Workspace::two();
    workspace.build();
    let by_hand = [
        ("docs/zh/guide.md", "# 指南\n\n<!-- Generated from spec.toml; do not edit. -->\n"),
        ("docs/notes.md", "# notes\n"),
        (
            "docs/zh/beta.txt",
            "<!-- Generated from spec.toml; do not edit. To regenerate: im-errors build beta -->\n",
        ),
        ("docs/zh/empty.md", ""),
    ];
    for (name, text) in by_hand {
        workspace.write(name, text);
    }
    workspace.remove("specs/vendors/beta");
    let check = workspace.run(&["build", "--check"]);
    assert_eq!(check.status, 3);
    assert!(
        check.err.contains("error: docs/en/beta.md is no longer generated; run `im-errors build`"),
        "{}",
        check.err
    );
    let run = workspace.build();
    assert!(run.out.contains("removed docs/en/beta.md\n"), "{}", run.out);
    assert!(run.out.contains("removed docs/zh/beta.md\n"), "{}", run.out);
    assert!(!run.out.contains("wrote docs/zh/beta.md"), "{}", run.out);
    let tree = workspace.tree();
    assert!(!tree.contains_key("docs/zh/beta.md") && !tree.contains_key("docs/en/beta.md"));
    for (name, text) in by_hand {
        assert_eq!(workspace.read(name), text);
    }
    assert_eq!(workspace.run(&["build", "--check"]).status, 0);
}

#[test]
fn building_one_catalog_leaves_the_others_alone_and_in_the_index() {
    let workspace = Workspace::two();
    workspace.build();
    let before = workspace.tree();
    workspace.edit("specs/vendors/beta/sources/beta.md", "失败", "成功");
    workspace.edit_page("用户已存在。", "已有该用户。");
    let run = workspace.run(&["build", "alpha"]);
    assert_eq!(run.status, 0);
    for (name, bytes) in workspace.tree() {
        // The site is of all; its pages of another catalog stay as well.
        let is_alphas = name.contains("alpha") || name.starts_with("target/site/") && !name.contains("beta");
        assert!(is_alphas || name.ends_with("sources/beta.md") || before[&name] == bytes, "{name}");
    }
    assert!(workspace.spec().contains("已有该用户。"));
    assert!(workspace.read("docs/zh/README.md").contains("[乙](beta.md)"));
    // The orphans of others are theirs too.
    workspace.write("docs/zh/gone.md", workspace.read("docs/zh/beta.md"));
    assert_eq!(workspace.run(&["build", "alpha"]).status, 0);
    assert!(workspace.tree().contains_key("docs/zh/gone.md"));
    // What was never built is not there to be named.
    workspace.remove("specs/vendors/beta/spec.toml");
    assert_eq!(workspace.run(&["build", "alpha"]).status, 0);
    assert!(!workspace.read("docs/zh/README.md").contains("beta.md"));
}

#[test]
fn a_catalog_does_not_leave_the_index_because_its_spec_was_edited() {
    let workspace = Workspace::two();
    workspace.build();
    workspace.edit("specs/vendors/beta/spec.toml", "失败", "成功");
    let words = [
        "spec-untrusted",
        "beta/spec.toml",
        "the spec of `beta` is not as im-errors wrote it",
        "im-errors build beta",
    ];
    workspace.refuses(&["build", "alpha"], &words);
}

#[test]
fn an_unknown_catalog_is_answered_with_the_nearest() {
    let workspace = Workspace::two();
    let words = ["there is no catalog `alhpa`", "specs/vendors", "did you mean `alpha`?"];
    workspace.refuses(&["build", "alhpa"], &words);
    workspace.refuses(&["build", "alpha", "zzz"], &["there is no catalog `zzz`", "there are: alpha, beta"]);
    workspace.refuses(&["i18n", "stamp", "alhpa"], &["there is no catalog `alhpa`", "did you mean `alpha`?"]);
    workspace.refuses(
        &["build", "--catalogs", "nowhere"],
        &["nowhere", "no such folder of catalogs", "--catalogs"],
    );
    workspace.refuses(&["build", "--catalogs", "specs"], &["there is no catalog here", "catalog.toml"]);
    let file = format!("{ALPHA}/catalog.toml");
    workspace.refuses(&["build", "--catalogs", &file], &["it is a file, not the folder of catalogs"]);
}

#[test]
fn nothing_around_a_build_shows_in_its_output() {
    let workspace = Workspace::two();
    workspace.build();
    let expected = workspace.tree();
    let other = Workspace::new();
    // Another folder name, the files made in another order, another environment.
    for (name, bytes) in expected.iter().rev().filter(|(name, _)| !name.ends_with('/') && !is_output(name)) {
        other.write(&format!("群组 dir/{name}"), bytes);
    }
    let run = other
        .command(&["build"])
        .current_dir(other.path("群组 dir"))
        .envs([
            ("LANG", "tr_TR.UTF-8"),
            ("LC_ALL", "zh_CN.GB18030"),
            ("TZ", "Asia/Shanghai"),
            ("COLUMNS", "20"),
        ])
        .env_remove("HOME")
        .output()
        .unwrap();
    assert!(run.status.success());
    for (name, bytes) in expected {
        let other = other.tree();
        assert!(other[&format!("群组 dir/{name}")] == bytes, "{name}");
    }
}

#[test]
fn a_cut_off_spec_does_not_lose_its_removed_errors() {
    let workspace = built();
    workspace.edit_catalog("\"1001\" =", "\"1002\" = { name = \"UserExists\" }\n\"1001\" =");
    workspace.build();
    let spec = workspace.spec();
    let whole_but_the_end = &spec[..spec.find("\n[[removed]]").unwrap()];
    let cuts = [whole_but_the_end, "", &spec[..spec.len() / 2], &spec.replace("[[removed]]", "[[remoued]]")];
    for cut in cuts {
        workspace.write(&format!("{ALPHA}/spec.toml"), cut);
        let check = workspace.run(&["build", "--check"]);
        assert_eq!(check.status, 3);
        assert!(check.err.contains("run `git checkout -- specs/vendors/alpha/spec.toml`"), "{}", check.err);
        let words = ["error[spec-untrusted]", "alpha/spec.toml", "git checkout -- ", "nothing was written"];
        workspace.refuses(&["build"], &words);
    }
}

#[test]
fn an_edited_spec_that_holds_nothing_of_its_own_is_written_anew() {
    let workspace = Workspace::alpha();
    workspace.edit_catalog("\"1001\" =", "\"1002\" = { name = \"UserExists\" }\n\"1001\" =");
    workspace.build();
    let before = workspace.tree();
    workspace.edit(&format!("{ALPHA}/spec.toml"), "用户已存在。", "别的。");
    let run = workspace.build();
    assert!(run.err.contains("warning[spec-edited]"), "{}", run.err);
    workspace.is_as(&before);
}

#[test]
fn a_spec_that_cannot_be_read_is_not_taken_for_none() {
    let workspace = Workspace::alpha();
    fs::create_dir(workspace.path(ALPHA).join("spec.toml")).unwrap();
    workspace.refuses(&["build"], &["alpha/spec.toml", "it is a folder, not a file"]);
    workspace.refuses(&["build", "--check"], &["alpha/spec.toml", "it is a folder, not a file"]);
}

#[test]
fn a_folder_whose_name_would_clash_or_break_links_is_no_catalog() {
    for name in ["README", "readme", "a b", "群组", ".x", "a(b)"] {
        let workspace = Workspace::two();
        fs::rename(workspace.path("specs/vendors/beta"), workspace.path("specs/vendors").join(name)).unwrap();
        let message = format!("`{name}` cannot name a catalog");
        workspace
            .refuses(&["build"], &["error[bad-catalog-name]", &message, &format!("specs/vendors/{name}")]);
    }
}

#[test]
fn a_language_without_strings_of_its_own_can_be_documented() {
    let workspace = Workspace::alpha();
    workspace.edit_catalog("en = \"Example error codes\"", "en = \"Example error codes\", pt-BR = \"Erros\"");
    workspace.write(&format!("{ALPHA}/locales/pt-BR.toml"), "[UserNotFound]\nsummary = \"Sem usuário\"\n");
    workspace.build();
    let page = workspace.read("docs/pt-BR/alpha.md");
    assert!(page.contains("# Erros\n"), "{page}");
    assert!(page.contains("Sem usuário"), "{page}");
    assert!(page.contains("[English](../en/alpha.md) · **pt-BR** · [中文](../zh/alpha.md)"), "{page}");
    assert_eq!(workspace.run(&["build", "--check"]).status, 0, "its spec reads back");
}

#[test]
fn links_to_sources_with_spaces_and_brackets_work() {
    let workspace = Workspace::alpha();
    workspace.edit_catalog("sources/alpha.zh.md", "sources/错误 码(1)#.md");
    let page = workspace.path(ALPHA).join("sources");
    fs::rename(page.join("alpha.zh.md"), page.join("错误 码(1)#.md")).unwrap();
    workspace.build();
    let page = workspace.read("docs/zh/alpha.md");
    let target = "(../../specs/vendors/alpha/sources/错误%20码%281%29%23.md";
    assert!(page.contains(&format!("{target})")), "{page}");
    assert!(page.contains(&format!("{target}?plain=1#L7)")), "{page}");
}
