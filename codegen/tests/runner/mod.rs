//! Runs the steps of the action as GitHub's runner would, in a folder of a test: inputs and their
//! defaults, conditions, variables, outputs and the path. What it does not know it refuses, so that
//! the action stays within what is tested.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

pub(crate) type Strings = BTreeMap<String, String>;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// A file of the repository, read as YAML.
pub(crate) fn yaml(file: &str) -> Value {
    let text = fs::read_to_string(root().join(file)).unwrap();
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// What happened in a job.
#[derive(Debug)]
pub(crate) struct Job {
    /// The status of each step that ran a command, by its name.
    pub(crate) steps: BTreeMap<String, i32>,
    pub(crate) log: String,
    pub(crate) summary: String,
    pub(crate) outputs: Strings,
}

impl Job {
    /// The status of a step that failed; 0 if none did.
    pub(crate) fn status(&self) -> i32 {
        self.steps.values().copied().find(|status| *status != 0).unwrap_or(0)
    }
}

/// Where a job runs.
pub(crate) struct Runner<'a> {
    /// What is checked out.
    pub(crate) workspace: &'a Path,
    /// A folder for all else.
    pub(crate) temp: &'a Path,
    /// Folders with commands, before all others.
    pub(crate) path: Vec<PathBuf>,
    /// `github.…`
    pub(crate) github: Strings,
}

impl Runner<'_> {
    /// Runs the steps of the action with these inputs.
    pub(crate) fn run(&self, inputs: &[(&str, &str)]) -> Job {
        let action = yaml("action.yml");
        let mut known: Strings = self.github.clone();
        for (name, input) in action["inputs"].as_object().unwrap() {
            let value = fill(input["default"].as_str().unwrap(), &known);
            known.insert(format!("inputs.{name}"), value);
        }
        for (name, value) in inputs {
            assert!(known.insert(format!("inputs.{name}"), (*value).to_owned()).is_some(), "{name}");
        }
        let files = ["output", "summary", "path"].map(|name| self.temp.join(format!("github-{name}")));
        let [output, summary, path] = &files;
        for file in &files {
            fs::write(file, "").unwrap();
        }
        let mut job = Job {
            steps: BTreeMap::new(),
            log: String::new(),
            summary: String::new(),
            outputs: Strings::new(),
        };
        for step in action["runs"]["steps"].as_array().unwrap() {
            let condition = step["if"].as_str();
            let goes_on =
                condition.is_some_and(|condition| condition.contains("!cancelled()")) || job.status() == 0;
            if !goes_on || !condition.is_none_or(|condition| holds(condition, &known)) {
                continue;
            }
            let Some(run) = step["run"].as_str() else {
                // The cache has nothing.
                assert_eq!(step["uses"], "actions/cache@v4");
                continue;
            };
            assert!(!run.contains("${{"), "text in a script is run: {run}");
            assert_eq!(step["shell"], "bash");
            let found = fs::read_to_string(path).unwrap();
            let added = found.lines().map(PathBuf::from).chain(self.path.iter().cloned());
            let before = std::env::var_os("PATH").unwrap();
            let all = std::env::join_paths(added.chain(std::env::split_paths(&before))).unwrap();
            let mut command = Command::new("bash");
            command
                .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", &format!("exec 2>&1; {run}")])
                .current_dir(self.workspace)
                .env_clear()
                .env("PATH", all)
                .env("HOME", self.temp)
                .env("GIT_CONFIG_NOSYSTEM", "1")
                .env("LANG", "C.UTF-8")
                .env("RUNNER_TEMP", self.temp)
                .env("RUNNER_OS", "Linux")
                .env("RUNNER_ARCH", "X64")
                .env("GITHUB_ACTIONS", "true")
                .env("GITHUB_ACTION_PATH", root())
                .env("GITHUB_OUTPUT", output)
                .env("GITHUB_STEP_SUMMARY", summary)
                .env("GITHUB_PATH", path)
                // Where what is measured goes, when the tests' coverage is.
                .envs(std::env::var_os("LLVM_PROFILE_FILE").map(|file| ("LLVM_PROFILE_FILE", file)));
            for (name, value) in step["env"].as_object().into_iter().flatten() {
                command.env(name, fill(value.as_str().unwrap(), &known));
            }
            let done = command.output().unwrap();
            job.log.push_str(&String::from_utf8(done.stdout).unwrap());
            job.steps.insert(step["name"].as_str().unwrap().to_owned(), done.status.code().unwrap());
            for line in fs::read_to_string(output).unwrap().lines() {
                let (name, value) = line.split_once('=').unwrap();
                let id = step["id"].as_str().expect("only a step with an id has outputs");
                known.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
            }
            fs::write(output, "").unwrap();
        }
        job.summary = fs::read_to_string(summary).unwrap();
        for (name, output) in action["outputs"].as_object().unwrap() {
            job.outputs.insert(name.clone(), fill(output["value"].as_str().unwrap(), &known));
        }
        job
    }
}

/// The text with each `${{ … }}` replaced.
fn fill(text: &str, known: &Strings) -> String {
    let Some((before, rest)) = text.split_once("${{") else {
        return text.to_owned();
    };
    let (expression, after) = rest.split_once("}}").unwrap();
    let value = expression.split("||").map(|name| value(name.trim(), known)).find(|value| !value.is_empty());
    format!("{before}{}{}", value.unwrap_or_default(), fill(after, known))
}

/// What GitHub takes for a name; of what is not set, nothing.
fn value(name: &str, known: &Strings) -> String {
    let is_name = name.split('.').all(|part| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    });
    assert!(is_name && name.contains('.'), "an expression that no test evaluates: {name}");
    known.get(name).cloned().unwrap_or_default()
}

fn holds(condition: &str, known: &Strings) -> bool {
    condition.split(" && ").all(|part| {
        part == "!cancelled()" || {
            let (name, literal) = part.split_once(" == ").expect("a comparison");
            value(name, known) == literal.trim_matches('\'')
        }
    })
}
