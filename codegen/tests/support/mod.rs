//! A folder of its own per test, and the `im-errors` command run in it.

pub(crate) mod prose;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) const CATALOG: &str = r#"title = { zh = "示例错误码", en = "Example error codes" }
vendor = { zh = "示例公司", en = "Example" }
locale = "zh"

[[source]]
file = "sources/alpha.zh.md"

[[group]]
id = "users"
tables = [1]
title = { zh = "用户", en = "Users" }

[group.errors]
"1001" = { name = "UserNotFound", retry = "after-fix" }
"#;

pub(crate) const PAGE: &str = "\
# 错误码

## 用户

| 错误码 | 错误信息 | 说明 | 处理建议 |
|---|---|---|---|
| 1001 | user not found | 用户不存在。 | 先注册该用户。 |
| 1002 | user exists | 用户已存在。 | |
";

pub(crate) const ENGLISH: &str = "[UserNotFound]\nsummary = \"The user does not exist\"\n";

/// What in the environment changes how the tool speaks: tests do not depend on who runs them.
pub(crate) const SETTINGS: [&str; 9] = [
    "CLICOLOR_FORCE",
    "FORCE_COLOR",
    "NO_COLOR",
    "RUST_BACKTRACE",
    "COLUMNS",
    "IM_ERRORS_LANG",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
];

/// The seconds since 1970 of a day for what is recorded: 2026-11-20.
pub(crate) const TODAY: &str = "1795203868";

/// The folder of the catalog `alpha`.
pub(crate) const ALPHA: &str = "specs/vendors/alpha";

/// A folder that is gone when the test is over.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("im-errors-test-{}-{count}", std::process::id()));
        // Left there by another process of the same id.
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        Self { root }
    }

    /// With the catalog `alpha`, whose second error nobody has named.
    pub(crate) fn alpha() -> Self {
        let workspace = Self::new();
        workspace.write(&format!("{ALPHA}/catalog.toml"), CATALOG);
        workspace.write(&format!("{ALPHA}/sources/alpha.zh.md"), PAGE);
        workspace.write(&format!("{ALPHA}/locales/en.toml"), ENGLISH);
        workspace
    }

    /// With `alpha`, and `beta` that says no more than it must.
    pub(crate) fn two() -> Self {
        let workspace = Self::alpha();
        let beta = "title = { zh = \"乙\" }\nvendor = { zh = \"乙公司\" }\nlocale = \"zh\"\n\n\
            [[source]]\nfile = \"sources/beta.md\"\n";
        workspace.write("specs/vendors/beta/catalog.toml", beta);
        workspace.write("specs/vendors/beta/sources/beta.md", "| 错误码 | 说明 |\n|---|---|\n| 7 | 失败 |\n");
        workspace
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Replaces `from`, which must be there once.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {name}");
        self.write(name, text.replace(from, to));
    }

    /// Replaces a part of alpha's catalog.toml.
    pub(crate) fn edit_catalog(&self, from: &str, to: &str) {
        self.edit(&format!("{ALPHA}/catalog.toml"), from, to);
    }

    /// Replaces a part of alpha's page.
    pub(crate) fn edit_page(&self, from: &str, to: &str) {
        self.edit(&format!("{ALPHA}/sources/alpha.zh.md"), from, to);
    }

    pub(crate) fn spec(&self) -> String {
        self.read(&format!("{ALPHA}/spec.toml"))
    }

    pub(crate) fn remove(&self, name: &str) {
        let path = self.path(name);
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }

    /// Every file below the folder with its bytes, and every folder.
    pub(crate) fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        let mut tree = BTreeMap::new();
        collect(&self.root, "", &mut tree);
        tree
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_im-errors"));
        command.args(arguments).current_dir(&self.root);
        // Set where tests run in a workflow or in a hook of git.
        command.env("SOURCE_DATE_EPOCH", TODAY);
        let surroundings = ["GITHUB_STEP_SUMMARY", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];
        for variable in SETTINGS.into_iter().chain(surroundings) {
            command.env_remove(variable);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::new(self.command(arguments).output().unwrap())
    }

    pub(crate) fn run_with(&self, stdin: impl AsRef<[u8]>, arguments: &[&str]) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_ref()).unwrap();
        Run::new(child.wait_with_output().unwrap())
    }

    /// Builds, which must go well.
    pub(crate) fn build(&self) -> Run {
        let run = self.run(&["build"]);
        assert_eq!(run.status, 0, "{}", run.err);
        run
    }

    /// Runs a command that must be refused with these words on standard error, and must leave
    /// everything as it was.
    #[track_caller]
    pub(crate) fn refuses(&self, arguments: &[&str], words: &[&str]) -> Run {
        let before = self.tree();
        let run = self.run(arguments);
        assert_eq!(run.status, 1, "{}{}", run.out, run.err);
        for word in words {
            assert!(run.err.contains(word), "no `{word}` in:\n{}", run.err);
        }
        assert!(!run.err.contains("panicked"), "{}", run.err);
        self.is_as(&before);
        run
    }

    #[track_caller]
    pub(crate) fn is_as(&self, before: &BTreeMap<String, Vec<u8>>) {
        let after = self.tree();
        let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(before), names(&after));
        for (name, bytes) in before {
            assert!(after[name] == *bytes, "{name} changed:\n{}", String::from_utf8_lossy(&after[name]));
        }
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn collect(folder: &Path, prefix: &str, tree: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if name == ".git" {
            continue;
        }
        let kind = entry.file_type().unwrap();
        if kind.is_symlink() {
            let target = fs::read_link(entry.path()).unwrap();
            tree.insert(format!("{name}@"), target.to_string_lossy().into_owned().into_bytes());
        } else if kind.is_dir() {
            tree.insert(format!("{name}/"), Vec::new());
            collect(&entry.path(), &format!("{name}/"), tree);
        } else {
            tree.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Whether a file of these tests has a test of that name.
pub(crate) fn has_test(file: &str, name: &str) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    fs::read_to_string(path).is_ok_and(|text| text.contains(&format!("#[test]\nfn {name}() {{\n")))
}

/// How a command ended and what it said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn new(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// How many errors were told.
    pub(crate) fn errors(&self) -> usize {
        self.err.lines().filter(|line| line.starts_with("error")).count()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}
