//! The action and the workflows: each step's command is run here, or is one that `.ci/run` runs.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;

use crate::runner::{Job, Runner, root, yaml};
use crate::serve::{Server, ok};
use crate::support::{PAGE, Workspace};
use serde_json::Value;

/// In place of GitHub: notes what it is asked, and keeps the one pull request.
const GH: &str = r#"#!/usr/bin/env bash
set -euo pipefail
[ "$GH_TOKEN" = secret ] && [ "$GH_REPO" = someone/docs ]
printf '%s\n' "$*" >>"$HUB/asked"
body() { while [ "$1" != --body-file ]; do shift; done; cat "$2" >"$HUB/body"; }
case "$1 $2" in
"api --method") [ ! -e "$HUB/open" ] || cat "$HUB/open" ;;
"label create") ;;
"pr create") [ ! -e "$HUB/forbids" ] || { echo "not permitted" >&2; exit 1; }; body "$@"; echo 7 >"$HUB/open" ;;
"pr edit") [ "$3" = 7 ]; body "$@" ;;
*) echo "unknown: $*" >&2; exit 1 ;;
esac
"#;

/// The source that is fetched, relative to the checkout.
const SOURCE: &str = "specs/vendors/alpha/sources/alpha.zh.md";
const BRANCH: &str = "im-errors/update";

/// A repository with the catalog `alpha` on the server `remote`, and its checkout.
struct Repository {
    workspace: Workspace,
    outside: Workspace,
}

impl Repository {
    /// Alpha's page is at this address.
    fn new(url: &str) -> Self {
        let workspace = Workspace::alpha();
        let source = "file = \"sources/alpha.zh.md\"\n";
        workspace.edit_catalog(source, &format!("{source}url = \"{url}\"\n"));
        Self::of(workspace)
    }

    fn of(workspace: Workspace) -> Self {
        workspace.build();
        let outside = Workspace::new();
        outside.write("temp/im-errors-tool/bin/.keep", "");
        // As if it came from the cache.
        symlink(env!("CARGO_BIN_EXE_im-errors"), outside.path("temp/im-errors-tool/bin/im-errors")).unwrap();
        outside.write("bin/gh", GH.replace("$HUB", &outside.path("hub").display().to_string()));
        fs::set_permissions(outside.path("bin/gh"), fs::Permissions::from_mode(0o755)).unwrap();
        outside.write("hub/asked", "");
        let repository = Self { workspace, outside };
        repository.git(&["init", "--quiet", "--bare", "-b", "main", &repository.remote()]);
        repository.git(&["init", "--quiet", "-b", "main"]);
        repository.commit("Start");
        repository.git(&["remote", "add", "origin", &repository.remote()]);
        repository.git(&["push", "--quiet", "origin", "main"]);
        repository
    }

    fn remote(&self) -> String {
        self.outside.path("remote.git").display().to_string()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let done = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@b.c"])
            .args(arguments)
            .current_dir(self.workspace.path(""))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .unwrap();
        assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim_end().to_owned()
    }

    fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn run(&self, inputs: &[(&str, &str)]) -> Job {
        self.run_after("", inputs)
    }

    /// Runs the action where `before` is what was pushed last.
    fn run_after(&self, before: &str, inputs: &[(&str, &str)]) -> Job {
        let github = [
            ("github.repository", "someone/docs"),
            ("github.ref_name", "main"),
            ("github.token", "secret"),
            ("github.event.before", before),
        ];
        let runner = Runner {
            workspace: &self.workspace.path(""),
            temp: &self.outside.path("temp"),
            path: vec![self.outside.path("bin")],
            github: github.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        };
        runner.run(inputs)
    }

    fn update(&self) -> Job {
        self.run(&[("command", "update")])
    }

    /// What `gh` was asked for that begins so.
    fn asked(&self, start: &str) -> Vec<String> {
        let asked = self.outside.read("hub/asked");
        asked.lines().filter(|line| line.starts_with(start)).map(str::to_owned).collect()
    }

    fn branches(&self) -> String {
        self.git(&["ls-remote", "--heads", &self.remote()])
    }

    /// A file of the branch of the pull request.
    fn pushed(&self, file: &str) -> String {
        self.git(&["--git-dir", &self.remote(), "show", &format!("{BRANCH}:{file}")])
    }

    #[track_caller]
    fn pushed_nothing(&self) {
        assert_eq!(self.branches().lines().count(), 1, "{}", self.branches());
        assert!(self.asked("pr ").is_empty() && self.asked("label ").is_empty());
    }
}

fn page(text: &str) -> Vec<u8> {
    ok("Content-Type: text/markdown; charset=utf-8\r\n", text.as_bytes())
}

fn longer() -> String {
    format!("{PAGE}| 1003 | too many requests | 请求过于频繁。 | 稍后重试。 |\n")
}

/// The repository whose vendor publishes these pages one after the other.
fn published(pages: &[&str]) -> (Repository, Server) {
    let server = Server::of(pages.iter().map(|text| page(text)).collect());
    (Repository::new(&format!("{}/errors", server.url)), server)
}

#[track_caller]
fn is_fine(job: &Job) {
    assert_eq!(job.status(), 0, "{job:?}\n{}", job.log);
}

/// The lines of the log that the runner takes for commands.
fn commands(log: &str) -> Vec<&str> {
    let mut stopped: Option<String> = None;
    let mut commands = Vec::new();
    for line in log.lines() {
        if let Some(token) = &stopped {
            if line == format!("::{token}::") {
                stopped = None;
            }
        } else if let Some(token) = line.strip_prefix("::stop-commands::") {
            stopped = Some(token.to_owned());
        } else if line.trim_start().starts_with("::") || line.contains("##[") {
            commands.push(line);
        }
    }
    assert_eq!(stopped, None, "commands were left stopped in:\n{log}");
    commands
}

#[test]
fn what_is_up_to_date_passes() {
    let repository = Repository::of(Workspace::alpha());
    let before = repository.workspace.tree();
    let job = repository.run_after("0000000000000000000000000000000000000000", &[]);
    is_fine(&job);
    assert_eq!(job.summary, "");
    // What is not translated is said and fails nothing.
    assert!(commands(&job.log).iter().all(|line| line.starts_with("::warning file=specs/")), "{}", job.log);
    assert!(job.log.contains("missing translation"), "{}", job.log);
    repository.workspace.is_as(&before);
}

#[test]
fn drift_fails_the_check_and_is_shown() {
    let repository = Repository::of(Workspace::alpha());
    repository.workspace.edit("docs/zh/alpha.md", "\n# ", "\n\n# ");
    let job = repository.run(&[]);
    assert_eq!(job.steps["Check"], 3, "{}", job.log);
    let said = "::error title=Generated files are not up to date::error: docs/zh/alpha.md is not up to date";
    assert!(commands(&job.log).iter().any(|line| line.starts_with(said)), "{}", job.log);
    assert!(job.summary.contains("    error: docs/zh/alpha.md is not up to date"), "{}", job.summary);
    let chinese = repository.run(&[("locale", "zh")]);
    assert!(chinese.log.contains("::error title=生成的文件不是最新的::"), "{}", chinese.log);
}

#[test]
fn a_catalog_that_cannot_be_built_fails_the_check() {
    let repository = Repository::of(Workspace::alpha());
    repository.workspace.edit_catalog("tables = [1]", "tables = [2]");
    let job = repository.run(&[]);
    assert_eq!(job.steps["Check"], 1, "{}", job.log);
    assert!(job.log.contains("::error title=The catalogs cannot be built::"), "{}", job.log);
    assert!(job.summary.contains("    error["), "{}", job.summary);
}

#[test]
fn what_changed_is_annotated_and_fails_as_asked() {
    let repository = Repository::of(Workspace::alpha());
    let before = repository.git(&["rev-parse", "HEAD"]);
    repository.workspace.edit_page("user not found", "no such user");
    repository.workspace.build();
    repository.commit("Follow the vendor");
    let job = repository.run_after(&before, &[]);
    is_fine(&job);
    assert!(job.log.contains("::error file=specs/vendors/alpha/spec.toml,line="), "{}", job.log);
    assert!(job.summary.contains("**breaking**"), "{}", job.summary);
    let strict = [("fail-on", "breaking")];
    assert_eq!(repository.run_after(&before, &strict).status(), 4);
    repository
        .outside
        .write("waivers.toml", "[[waiver]]\nkey = \"1001\"\nreason = \"known\"\nexpires = \"2999-01-01\"\n");
    let waivers = repository.outside.path("waivers.toml").display().to_string();
    is_fine(&repository.run_after(&before, &[("fail-on", "breaking"), ("waivers", &waivers)]));
}

#[test]
fn a_commit_that_a_shallow_checkout_lacks_is_fetched_and_one_that_is_nowhere_is_said() {
    let repository = Repository::of(Workspace::alpha());
    let before = repository.git(&["rev-parse", "HEAD"]);
    repository.workspace.edit_page("user not found", "no such user");
    repository.workspace.build();
    repository.commit("Follow the vendor");
    repository.git(&["push", "--quiet", "origin", "main"]);
    let remote = format!("file://{}", repository.remote());
    repository.workspace.remove(".git");
    repository.git(&["init", "--quiet", "-b", "main"]);
    repository.git(&["remote", "add", "origin", &remote]);
    repository.git(&["fetch", "--quiet", "--depth=1", "origin", "main"]);
    repository.git(&["reset", "--quiet", "FETCH_HEAD"]);
    let job = repository.run_after(&before, &[("fail-on", "breaking")]);
    assert_eq!(job.steps["Check"], 4, "{}", job.log);
    let job = repository.run_after("1234567890123456789012345678901234567890", &[]);
    assert_eq!(job.steps["Check"], 1, "{}", job.log);
    assert!(job.log.contains("::error title=No such commit to compare with::1234567890"), "{}", job.log);
}

#[test]
fn nothing_changed_opens_nothing() {
    let (repository, _server) = published(&[PAGE]);
    let before = repository.workspace.tree();
    let job = repository.update();
    is_fine(&job);
    assert_eq!(job.outputs["changed"], "false");
    assert_eq!(job.summary, "");
    repository.pushed_nothing();
    repository.workspace.is_as(&before);
}

#[test]
fn a_change_opens_one_pull_request_with_the_report() {
    let (repository, _server) = published(&[&longer()]);
    let before = repository.workspace.tree();
    let job = repository.update();
    is_fine(&job);
    assert_eq!((job.outputs["changed"].as_str(), job.outputs["verdict"].as_str()), ("true", "compatible"));
    // What is checked out stays as it is.
    repository.workspace.is_as(&before);
    assert_eq!(repository.pushed(SOURCE), longer().trim_end());
    assert!(repository.pushed("docs/zh/alpha.md").contains("请求过于频繁。"));
    let remote = repository.remote();
    let log = ["--git-dir", &remote, "log", "--format=%an: %s", &format!("main..{BRANCH}")];
    assert_eq!(repository.git(&log), "github-actions[bot]: Follow the vendors' pages");

    let created = repository.asked("pr create");
    assert_eq!(created.len(), 1);
    assert!(created[0].starts_with("pr create --head im-errors/update --base main --title "), "{created:?}");
    assert!(created[0].ends_with("--label im-errors: compatible"), "{created:?}");
    // What is pushed gives the same report.
    repository.git(&["fetch", "--quiet", "origin", BRANCH]);
    repository.git(&["checkout", "--quiet", "FETCH_HEAD"]);
    let report = repository
        .workspace
        .run(&["diff", "--since", &repository.git(&["rev-parse", "main"]), "--format", "markdown"])
        .out;
    assert!(report.contains("too many requests"), "{report}");
    for shown in [
        repository.outside.read("hub/body"),
        job.summary,
        fs::read_to_string(&job.outputs["report"]).unwrap(),
    ] {
        assert_eq!(shown, report);
    }
    assert_eq!(repository.workspace.run(&["build", "--check"]).status, 0);
}

#[test]
fn a_second_run_brings_the_same_pull_request_up_to_date_and_keeps_what_people_added() {
    let again = longer().replace("user not found", "no such user");
    let (repository, _server) = published(&[&longer(), &longer(), &again]);
    is_fine(&repository.update());
    // A translator adds to it, and the main branch goes on.
    repository.git(&["fetch", "--quiet", "origin", BRANCH]);
    repository.git(&["checkout", "--quiet", "FETCH_HEAD"]);
    let translations = "specs/vendors/alpha/locales/en.toml";
    let translated =
        format!("{}\n[UserExists]\nsummary = \"The user exists\"\n", repository.workspace.read(translations));
    repository.workspace.write(translations, &translated);
    repository.workspace.build();
    repository.commit("Translate");
    repository.git(&["push", "--quiet", "origin", &format!("HEAD:refs/heads/{BRANCH}")]);
    repository.git(&["checkout", "--quiet", "main"]);
    repository.workspace.write("unrelated", "");
    repository.commit("Go on");
    repository.git(&["push", "--quiet", "origin", "main"]);

    let head = || repository.git(&["ls-remote", &repository.remote(), BRANCH]);
    let pushed = head();
    is_fine(&repository.update());
    assert_eq!(head(), pushed, "the page is the same, so nothing is committed");
    let job = repository.update();
    is_fine(&job);
    assert_eq!(job.outputs["verdict"], "breaking");
    assert_eq!(repository.pushed(SOURCE), again.trim_end());
    assert_eq!(repository.pushed(translations), translated.trim_end());
    let remote = repository.remote();
    let subjects = repository.git(&["--git-dir", &remote, "log", "--format=%s", &format!("main..{BRANCH}")]);
    assert_eq!(subjects, "Follow the vendors' pages\nTranslate\nFollow the vendors' pages");
    assert_eq!(repository.asked("pr create").len(), 1);
    let edits = repository.asked("pr edit 7 ");
    let labels =
        "--add-label im-errors: breaking --remove-label im-errors: compatible --remove-label im-errors: none";
    assert!(edits.len() == 2 && edits[1].ends_with(labels), "{edits:?}");
    let body = repository.outside.read("hub/body");
    assert!(body.contains("too many requests") && body.contains("<ins>"), "{body}");
    // Only requests from this repository's own branch are looked for.
    let ours = "-f state=open -f head=someone:im-errors/update -f base=main";
    assert!(repository.asked("api ").iter().all(|line| line.contains(ours)));
}

#[test]
fn after_the_pull_request_is_closed_a_leftover_branch_starts_anew() {
    let again = longer().replace("user not found", "no such user");
    let (repository, _server) = published(&[&longer(), &again]);
    is_fine(&repository.update());
    repository.outside.remove("hub/open");
    is_fine(&repository.update());
    assert_eq!(repository.pushed(SOURCE), again.trim_end());
    assert_eq!(repository.asked("pr create").len(), 2);
}

#[test]
fn a_page_that_is_refused_fails_and_pushes_nothing() {
    let (repository, _server) = published(&["<p>Are you a robot?</p>\n"]);
    let before = repository.workspace.tree();
    let job = repository.update();
    assert_eq!(job.steps["Fetch the vendors' pages"], 1, "{}", job.log);
    assert_eq!(job.outputs["changed"], "false");
    let said = "::error title=Pages were not taken over::error[suspicious-page]: no table of the page lists errors%0A";
    assert!(matches!(commands(&job.log)[..], [one] if one.starts_with(said)), "{}", job.log);
    assert!(
        job.summary.starts_with("### Pages were not taken over\n\n    error[suspicious-page]"),
        "{}",
        job.summary
    );
    repository.pushed_nothing();
    repository.workspace.is_as(&before);
}

#[test]
fn of_two_catalogs_the_one_that_came_is_proposed_and_the_job_fails() {
    let (alpha, beta) = (
        Server::of(vec![page("<p>Are you a robot?</p>\n")]),
        Server::of(vec![page("| 错误码 | 说明 |\n|---|---|\n| 7 | 失败 |\n| 8 | 超时 |\n")]),
    );
    let workspace = Workspace::two();
    let source = "file = \"sources/alpha.zh.md\"\n";
    workspace.edit_catalog(source, &format!("{source}url = \"{}\"\n", alpha.url));
    let source = "file = \"sources/beta.md\"\n";
    workspace.edit("specs/vendors/beta/catalog.toml", source, &format!("{source}url = \"{}\"\n", beta.url));
    let repository = Repository::of(workspace);
    let job = repository.update();
    assert_eq!(job.steps["Fetch the vendors' pages"], 1, "{}", job.log);
    assert_eq!(job.steps["Open the pull request"], 0, "{}", job.log);
    assert!(repository.pushed("specs/vendors/beta/spec.toml").contains("超时"));
    assert_eq!(repository.pushed(SOURCE), PAGE.trim_end());
}

#[test]
fn a_breaking_change_fails_the_job_if_asked_after_the_pull_request() {
    let (repository, _server) = published(&[&PAGE.replace("user not found", "no such user")]);
    let job = repository.run(&[("command", "update"), ("fail-on", "breaking"), ("locale", "zh")]);
    assert_eq!(job.steps["Fetch the vendors' pages"], 4, "{}", job.log);
    assert_eq!(job.steps["Open the pull request"], 0, "{}", job.log);
    assert!(job.log.contains("::error title=厂商修改了错误码::厂商的改动不兼容"), "{}", job.log);
    assert!(repository.outside.read("hub/body").contains("不兼容"));
}

#[test]
fn where_pull_requests_are_forbidden_it_is_said_what_to_allow() {
    let (repository, _server) = published(&[&longer()]);
    repository.outside.write("hub/forbids", "");
    let job = repository.update();
    assert_eq!(job.steps["Open the pull request"], 1, "{}", job.log);
    assert!(
        job.log.contains("::error title=The pull request could not be opened::Does the repository"),
        "{}",
        job.log
    );
}

#[test]
fn a_vendor_can_neither_command_the_runner_nor_break_out_of_the_report() {
    let words = "::error::x ##[error]y `$(touch hacked)` ${{ github.token }} </details><script> @someone #1 %0A::warning::z";
    let hostile = format!("{PAGE}| 1003 | {words} | ::error::x<br>::add-mask::secret | {words} |\n");
    // A refused page is quoted as well.
    let torn = format!("::error::x ##[error]y\n\n{words}\n");
    let (repository, _server) = published(&[&hostile, &torn]);
    let job = repository.update();
    is_fine(&job);
    assert_eq!(commands(&job.log), Vec::<&str>::new());
    let body = repository.outside.read("hub/body");
    assert!(body.contains("touch hacked"), "{body}");
    for live in ["`$(touch", "</details>", "<script>", " @someone", " #1", "\n::"] {
        assert!(!body.contains(live), "{live} in {body}");
    }
    for folder in [&repository.workspace, &repository.outside] {
        assert!(folder.tree().keys().all(|name| !name.contains("hacked")));
    }
    let job = repository.update();
    assert_eq!(job.status(), 1, "{}", job.log);
    assert_eq!(commands(&job.log).len(), 1, "{}", job.log);
}

#[test]
fn the_site_is_made_with_its_address_and_what_is_in_the_way_is_not_published() {
    let repository = Repository::of(Workspace::alpha());
    let inputs = [("command", "site"), ("address", "https://someone.example/docs")];
    let job = repository.run(&inputs);
    is_fine(&job);
    let sitemap = repository.workspace.read("site/sitemap.xml");
    assert!(sitemap.contains("https://someone.example/docs/"), "{sitemap}");
    assert!(repository.workspace.read("site/index.html").contains("<html"));
    // A deployment is of a fresh checkout.
    let job = repository.run(&inputs);
    assert_eq!(job.steps["Make the site"], 1, "{}", job.log);
    assert!(job.log.contains("::error title=The folder of the site is not empty::site: "), "{}", job.log);
    let job = repository.run(&[("command", "site"), ("out", "other"), ("address", "no address")]);
    assert_eq!(job.steps["Make the site"], 2, "{}", job.log);
    assert!(job.log.contains("::error title=The site could not be made::"), "{}", job.log);
    is_fine(&repository.run(&[("command", "site"), ("out", "other")]));
}

#[test]
fn hostile_inputs_are_values() {
    let repository = Repository::of(Workspace::alpha());
    let job = repository.run(&[("catalogs", "$(touch hacked); \"`touch hacked`"), ("docs", "--help")]);
    assert_eq!(job.status(), 1, "{}", job.log);
    assert!(repository.workspace.tree().keys().all(|name| !name.contains("hacked")));
}

#[test]
fn a_report_that_is_too_long_is_cut_between_lines_and_says_so() {
    let many: String =
        (2000..3500).map(|code| format!("| {code} | 第 {code} 种错误，很长的说明 | 说明 | |\n")).collect();
    let (repository, _server) = published(&[&format!("{PAGE}{many}")]);
    let job = repository.update();
    is_fine(&job);
    let report = fs::read_to_string(&job.outputs["report"]).unwrap();
    assert!(report.len() > 65_536);
    assert_eq!(job.summary, report);
    let body = repository.outside.read("hub/body");
    assert!((60_000..=65_536).contains(&body.len()), "{}", body.len());
    let (kept, note) = body.split_once("\n**").unwrap();
    assert!(report.starts_with(kept) && kept.ends_with('\n'));
    assert!(note.starts_with("The report is longer than what fits here"), "{note}");
}

#[test]
fn the_tool_is_built_anew_where_its_sources_changed() {
    let copy = Workspace::new();
    for script in ["lib.sh", "key.sh"] {
        let script = format!(".github/scripts/{script}");
        copy.write(&script, fs::read(root().join(&script)).unwrap());
    }
    for file in ["Cargo.toml", "Cargo.lock", "src/a.rs", "macros/a.rs", "specs/a.toml", "codegen/a.rs"] {
        copy.write(file, "");
    }
    let key = || {
        let output = copy.path("output");
        let _ = fs::remove_file(&output);
        let mut command = Command::new("bash");
        command.arg(copy.path(".github/scripts/key.sh")).env("RUNNER_TEMP", copy.path(""));
        command.env("RUNNER_OS", "Linux").env("RUNNER_ARCH", "X64").env("GITHUB_OUTPUT", &output);
        assert!(command.status().unwrap().success());
        copy.read("output").lines().next().unwrap().to_owned()
    };
    let first = key();
    copy.write("codegen/tests/a.rs", "");
    copy.write("docs/a.md", "");
    assert_eq!(key(), first);
    copy.write("codegen/b.rs", "");
    let second = key();
    copy.write("Cargo.lock", "version = 4");
    let third = key();
    assert!(first != second && second != third && third.starts_with("key=im-errors-Linux-X64-"), "{third}");
}

/// The files of workflows, relative to the root.
fn workflows() -> Vec<String> {
    let mut files: Vec<_> = fs::read_dir(root().join(".github/workflows"))
        .unwrap()
        .map(|entry| format!(".github/workflows/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    files.sort();
    files
}

/// The steps of all jobs of a workflow.
fn steps(workflow: &Value) -> Vec<Value> {
    let jobs = workflow["jobs"].as_object().unwrap().values();
    jobs.flat_map(|job| job["steps"].as_array().unwrap().clone()).collect()
}

#[test]
fn every_command_of_a_workflow_is_one_of_ci_and_every_input_is_the_action_s() {
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    let action = yaml("action.yml");
    for file in workflows() {
        let workflow = yaml(&file);
        assert!(workflow["permissions"].is_object(), "{file} takes the permissions that there happen to be");
        for step in steps(&workflow) {
            if let Some(run) = step["run"].as_str() {
                assert!(ci.lines().any(|line| line == format!("step {run}")), "{file}: {run}");
            }
            is_known(&step, &action);
        }
    }
}

/// Where a step uses the action, the action has all that it is given.
#[track_caller]
fn is_known(step: &Value, action: &Value) {
    if step["uses"].as_str().is_some_and(|uses| uses == "./" || uses.contains("/im-errors@")) {
        for name in step["with"].as_object().unwrap().keys() {
            assert!(action["inputs"].get(name).is_some(), "{name}");
        }
    }
}

#[test]
fn the_documentation_tells_all_of_the_action_and_nothing_else() {
    let action = yaml("action.yml");
    let page = fs::read_to_string(root().join("docs/ci.md")).unwrap();
    for part in ["Inputs", "Outputs"] {
        let section = page.split(&format!("\n## {part}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
        let mut told: Vec<_> = rows.map(|row| row.split('`').next().unwrap()).collect();
        told.sort_unstable();
        let mut has: Vec<_> = action[part.to_lowercase()].as_object().unwrap().keys().collect();
        has.sort_unstable();
        assert_eq!(told, has);
    }
    let examples: Vec<_> =
        page.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(examples.len() >= 2);
    for example in examples {
        let workflow: Value = serde_saphyr::from_str(example).unwrap();
        steps(&workflow).iter().for_each(|step| is_known(step, &action));
    }
}

#[test]
fn every_script_is_run_by_the_action() {
    let action = fs::read_to_string(root().join("action.yml")).unwrap();
    for entry in fs::read_dir(root().join(".github/scripts")).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name != "lib.sh" && path.is_file() {
            assert!(action.contains(&format!(".github/scripts/{name}\"\n")), "{name}");
        }
    }
}

#[test]
fn both_languages_have_the_same_words() {
    let keys = |language: &str| {
        let words = fs::read_to_string(root().join(".github/scripts/words").join(language)).unwrap();
        words.lines().map(|line| line.split_once('=').unwrap().0.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(keys("en"), keys("zh"));
}
