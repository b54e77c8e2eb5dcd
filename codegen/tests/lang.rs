//! The tool speaks the user's language, and only to people: files, JSON and statuses stay the same.

use crate::support::prose::english;
use crate::support::{ALPHA, Run, Workspace};

/// Runs a command with these variables set.
fn run_in(workspace: &Workspace, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
    let mut command = workspace.command(arguments);
    Run::new(command.envs(variables.iter().copied()).output().unwrap())
}

#[track_caller]
fn is_chinese(run: &Run) {
    let printed = format!("{}{}", run.out, run.err);
    assert!(printed.contains(|c| matches!(c, '\u{4e00}'..='\u{9fff}')), "{printed}");
    assert_eq!(english(&printed), None, "{printed}");
}

#[test]
fn english_is_told_from_what_is_the_same_everywhere() {
    let run = Workspace::alpha().run(&["build"]);
    assert!(english(&run.out).is_some() || english(&run.err).is_some(), "{}{}", run.out, run.err);
    assert!(english("错误：the name is empty").is_some());
    for neutral in
        ["用法：im-errors build [OPTIONS]", "请运行 `im-errors build --docs a b c`", "5 | if it was so"]
    {
        assert_eq!(english(neutral), None);
    }
}

#[test]
fn the_environment_chooses_in_the_order_of_posix_and_the_option_is_above_it() {
    let workspace = Workspace::alpha();
    type Variables = &'static [(&'static str, &'static str)];
    let cases: [(Variables, &[&str], bool); 9] = [
        (&[], &[], false),
        (&[("LANG", "zh_CN.UTF-8")], &[], true),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_US.UTF-8")], &[], false),
        (&[("LC_ALL", "zh_CN.UTF-8"), ("LC_MESSAGES", "C"), ("LANG", "C")], &[], true),
        (&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")], &[], false),
        (&[("LC_ALL", ""), ("LANG", "zh_CN.UTF-8")], &[], true),
        (&[("IM_ERRORS_LANG", "zh"), ("LC_ALL", "C")], &[], true),
        (&[("LC_ALL", "zh_CN.UTF-8")], &["--lang", "en"], false),
        (&[("LC_ALL", "C"), ("IM_ERRORS_LANG", "en")], &["--lang=zh"], true),
    ];
    for (variables, option, chinese) in cases {
        let run = run_in(&workspace, variables, &[&["i18n", "stamp", "nope"], option].concat());
        assert_eq!(run.status, 1);
        let expected = if chinese { "没有目录 `nope`" } else { "there is no catalog `nope`" };
        assert!(run.err.contains(expected), "{variables:?} {option:?}: {}", run.err);
    }
}

#[test]
fn a_language_that_is_none_is_refused_with_those_there_are() {
    let workspace = Workspace::new();
    for variables in [[("LANG", "C")], [("LANG", "zh_CN.UTF-8")]] {
        let run = run_in(&workspace, &variables, &["tables", "page.md", "--lang", "ja"]);
        assert_eq!(run.status, 2);
        assert!(run.err.contains("ja") && run.err.contains("en") && run.err.contains("zh"), "{}", run.err);
    }
}

#[test]
fn json_does_not_depend_on_the_environment_but_on_the_option() {
    let workspace = Workspace::new();
    workspace.write(
        "page.md",
        "| 错误码 | 文字 | 版本 |\n|---|---|---|\n| 1 | “a b” | 2 |\n\n| x |\n|---|\n| y |\n",
    );
    for command in ["tables", "parse"] {
        for file in ["page.md", "missing.md"] {
            let arguments = [command, file, "--format", "json"];
            let usual = workspace.run(&arguments);
            let chinese = run_in(&workspace, &[("LC_ALL", "zh_CN.UTF-8")], &arguments);
            assert_eq!(usual.out, chinese.out);
            assert_eq!(usual.status, chinese.status);
        }
    }
    let asked = workspace.run(&["parse", "page.md", "--format", "json", "--lang", "zh"]);
    let (english, chinese) = (workspace.run(&["parse", "page.md", "--format", "json"]).json(), asked.json());
    let said =
        |value: &serde_json::Value, key: &str| value["diagnostics"][0][key].as_str().unwrap().to_owned();
    assert_eq!(said(&english, "code"), said(&chinese, "code"));
    assert_eq!(said(&english, "severity"), said(&chinese, "severity"));
    assert!(said(&chinese, "message").contains("读作"), "{}", asked.out);
    assert_eq!(chinese["tables"][1]["skipped"], "没有错误码、状态码、错误类型或错误消息列");
}

#[test]
fn what_is_written_is_the_same_in_every_language() {
    let (english, chinese) = (Workspace::two(), Workspace::two());
    assert_eq!(run_in(&english, &[("LC_ALL", "C")], &["build"]).status, 0);
    let variables = [("LC_ALL", "zh_CN.UTF-8"), ("LANG", "zh_CN.UTF-8")];
    assert_eq!(run_in(&chinese, &variables, &["build", "--lang", "zh"]).status, 0);
    chinese.is_as(&english.tree());
    assert!(english.spec().contains("[[error]]"));
    for (workspace, language) in [(&english, "en"), (&chinese, "zh")] {
        assert_eq!(workspace.run(&["i18n", "stamp", "--lang", language]).status, 0);
        assert_eq!(workspace.run(&["build", "--lang", language]).status, 0);
    }
    chinese.is_as(&english.tree());
    let printed = |language| english.run(&["enum", "alpha", "--lang", language]).out;
    assert_eq!(printed("en"), printed("zh"));
}

#[test]
fn every_command_speaks_chinese() {
    let workspace = Workspace::alpha();
    workspace.write(
        "page.md",
        "# 页\n\n| 错误码 | 文字 | 处理 | |\n|---|---|---|---|\n| 1001 | 失败 | 重试 | 无 |\n",
    );
    workspace.write("broken", b"\x7fELF\0\0");
    workspace.write("no-errors.md", "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n");
    workspace.write(
        "waivers.toml",
        "[[waiver]]\nkey = \"1\"\nkind = \"x\"\nfield = \"y\"\nreason = \"\"\nexpires = \"z\"\n",
    );
    workspace.write("errors.rs", "#[im_errors(spec = \"specs/vendors/alpha/spec.toml\")]\nenum E {}\n");
    let commands: [(&[&str], i32); 32] = [
        (&["tables", "page.md"], 0),
        (&["parse", "page.md"], 0),
        (&["parse", "nothing.md"], 1),
        (&["tables", "specs"], 1),
        (&["parse", "broken"], 1),
        (&["enum", "alpha"], 1),
        (&["build", "--check"], 3),
        (&["build"], 0),
        (&["build"], 0),
        (&["build", "alpha", "--verbose"], 0),
        (&["build", "alpho"], 1),
        (&["build", "--templates", "nowhere"], 1),
        (&["build", "--catalogs", "nowhere"], 1),
        (&["build", "--docs", "page.md"], 1),
        (&["enum", "alpha", "--sync", "errors.rs"], 0),
        (&["enum", "alpha", "--sync", "errors.rs"], 0),
        (&["enum", "alpha", "--sync", "page.md"], 1),
        (&["i18n", "stamp"], 0),
        (&["i18n", "stamp"], 0),
        (&["build", "--check"], 0),
        (&["build", "--nothing"], 2),
        (&["biuld"], 2),
        (&["parse"], 2),
        (&["enum", "alpha", "--name", "x"], 2),
        (&["diff", "page.md", "page.md"], 0),
        (&["diff", "page.md", "broken"], 1),
        (&["diff", "page.md", "no-errors.md"], 1),
        (&["diff", "page.md", "page.md", "--waivers", "waivers.toml"], 1),
        (&["diff", "--since", "HEAD", "--catalogs", "nowhere"], 1),
        (&["diff", "--since", "HEAD"], 1),
        (&["diff", "page.md"], 2),
        (&["diff", "-", "-"], 2),
    ];
    for (arguments, status) in commands {
        let run = workspace.run(&[arguments, &["--lang", "zh"]].concat());
        assert_eq!(run.status, status, "{arguments:?}: {}{}", run.out, run.err);
        // Rust's own words are not ours.
        if arguments != ["enum", "alpha", "--sync", "page.md"] {
            is_chinese(&run);
        }
    }
    workspace.edit_catalog("locale = \"zh\"", "locale = \"zh_\"\nlocal = 1");
    workspace.write(&format!("{ALPHA}/locales/en.toml"), "[UserNotFound]\nsummery = 1\n");
    let run = workspace.run(&["build", "--lang", "zh"]);
    assert_eq!(run.status, 1);
    is_chinese(&run);
}

#[test]
fn reports_of_changes_are_in_the_language_of_who_reads_them() {
    let workspace = Workspace::new();
    let page = |text| format!("| 错误码 | 错误信息 |\n|---|---|\n| 1 | {text} |\n");
    workspace.write("old.md", page("user not found"));
    workspace.write("new.md", page("user not there"));
    let chinese = [("LC_ALL", "zh_CN.UTF-8")];
    for format in ["text", "markdown", "github"] {
        let arguments = ["diff", "old.md", "new.md", "--format", format];
        let told = run_in(&workspace, &chinese, &arguments);
        assert!(told.out.contains("错误消息有改动"), "{}", told.out);
        assert!(workspace.run(&arguments).out.contains("the message changed"));
        assert_eq!(told.out, workspace.run(&[&arguments[..], &["--lang", "zh"]].concat()).out);
    }
    for (format, translated) in [("json", false), ("sarif", true)] {
        let arguments = ["diff", "old.md", "new.md", "--format", format];
        let usual = workspace.run(&arguments).out;
        assert_eq!(run_in(&workspace, &chinese, &arguments).out, usual);
        let asked = workspace.run(&[&arguments[..], &["--lang", "zh"]].concat()).out;
        assert_eq!(asked != usual, translated, "{asked}");
        assert_eq!(asked.contains("错误消息有改动"), translated, "{asked}");
    }
}

#[test]
fn help_is_chinese_down_to_every_command() {
    let workspace = Workspace::new();
    let commands: [&[&str]; 9] = [
        &[],
        &["tables"],
        &["parse"],
        &["build"],
        &["enum"],
        &["diff"],
        &["i18n"],
        &["i18n", "stamp"],
        &["help"],
    ];
    for command in commands {
        for option in ["-h", "--help"] {
            let run = workspace.run(&[command, &[option, "--lang", "zh"]].concat());
            if command == ["help"] {
                assert_eq!(run.status, 2);
            } else {
                assert_eq!(run.status, 0, "{command:?} {option}: {}", run.err);
            }
            is_chinese(&run);
        }
        let english = workspace.run(&[command, &["--help"]].concat());
        assert!(!english.out.contains(|c| matches!(c, '\u{4e00}'..='\u{9fff}')), "{}", english.out);
    }
    is_chinese(&workspace.run(&["help", "build", "--lang", "zh"]));
    is_chinese(&run_in(&workspace, &[("IM_ERRORS_LANG", "zh")], &[]));
}
