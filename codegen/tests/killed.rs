//! The command killed while it runs, at moments swept across its run, and two commands at once. Every
//! single point is gone through in the library; this is the real process and the real disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{Run, Workspace, copy};

const ID: &str = "jmessage-server";
const PAGE: &str = "specs/vendors/jmessage-server/sources/jmessage-server.zh.md";
/// Where journals lie: in the folder of catalogs, and in a site that pages are put into.
const JOURNALS: [&str; 2] = [".im-errors-journal", ".im-errors-done"];
const JOURNAL_FOLDERS: [&str; 2] = ["specs/vendors", "web"];
/// Any command that reads catalogs recovers what was left.
const READS: [&str; 2] = ["enum", "agora-chat"];
const RUNS: u32 = 12;

type Tree = BTreeMap<String, Vec<u8>>;

/// The shipped catalogs, built, and a page with more errors in `saved.md`.
fn five() -> Workspace {
    let workspace = Workspace::new();
    copy(
        &PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../specs/vendors"),
        &workspace.path("specs/vendors"),
    );
    let catalog = format!("specs/vendors/{ID}/catalog.toml");
    workspace.edit(&catalog, "translations.en = { missing = 0, stale = 0 }\n", "");
    workspace.build();
    let (start, end) =
        { workspace.read(PAGE) }.rsplit_once("</table>").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let row = "<tr><td>990001</td><td>refused for now</td><td>暂时被拒绝</td></tr>";
    workspace.write("saved.md", format!("{start}{row}</table>{end}"));
    workspace
}

/// Makes all files as they were, before there was a site.
fn restore(workspace: &Workspace, tree: &Tree) {
    let site = workspace.path("target/site");
    if site.exists() {
        fs::remove_dir_all(site).unwrap();
    }
    let now = workspace.tree();
    for name in now.keys().filter(|name| !name.ends_with('/') && !tree.contains_key(*name)) {
        workspace.remove(name);
    }
    for (name, bytes) in
        tree.iter().filter(|(name, bytes)| !name.ends_with('/') && now.get(*name) != Some(bytes))
    {
        workspace.write(name, bytes);
    }
}

/// What is written all or none: the site is made after that, file by file.
fn files(workspace: &Workspace) -> Tree {
    let mut tree = workspace.tree();
    tree.retain(|name, _| !name.ends_with('/') && !name.starts_with("target/site/"));
    tree
}

fn start(workspace: &Workspace, arguments: &[&str]) -> Child {
    let mut command = workspace.command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn end(child: Child) -> Run {
    Run::new(child.wait_with_output().unwrap())
}

fn is_writing(workspace: &Workspace) -> bool {
    let is_there = |folder| JOURNALS.iter().any(|name| workspace.path(folder).join(name).exists());
    JOURNAL_FOLDERS.into_iter().any(is_there)
}

/// Kills the command again and again, each time from the same state; returns how often it was caught
/// with some files in place and some not. What it left `next` recovers.
fn kill_again_and_again(workspace: &Workspace, arguments: &[&str], next: &[&str]) -> usize {
    let old = files(workspace);
    let begun = Instant::now();
    let run = end(start(workspace, arguments));
    assert_eq!(run.status, 0, "{}", run.err);
    let whole = begun.elapsed();
    let new = files(workspace);
    assert!(old != new);
    let mut caught = 0;
    for number in 0..RUNS {
        restore(workspace, &old);
        // Nobody reads what it says, and it must not wait for that.
        let mut command = workspace.command(arguments);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        if number % 3 == 0 {
            sleep(whole * number / RUNS);
        } else {
            // Most moments pass with reading: wait for the writing.
            while !is_writing(workspace) && child.try_wait().unwrap().is_none() {}
            sleep(Duration::from_micros(u64::from(number) * 1000));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        caught += usize::from(is_writing(workspace));
        let recovered = workspace.run(next);
        assert!([0, 3].contains(&recovered.status), "{}", recovered.err);
        let mut now = files(workspace);
        now.retain(|name, _| !name.ends_with("..im-errors-journal.im-errors-new"));
        assert!(now == old || now == new, "a mixture in run {number}: {:?}", now.keys());
        if number % 4 != 0 {
            continue;
        }
        // The next run finds nothing in its way and leaves nothing behind.
        let run = workspace.run(arguments);
        assert_eq!(run.status, 0, "{}", run.err);
        let mut now = files(workspace);
        if now == new {
            continue;
        }
        now.retain(|name, _| !name.ends_with("..im-errors-journal.im-errors-new"));
        assert!(now == new, "left in run {number}: {:?}", now.keys());
    }
    caught
}

#[test]
fn a_killed_update_leaves_the_old_or_the_new() {
    let workspace = five();
    let caught = kill_again_and_again(&workspace, &["update", ID, "--from", "saved.md"], &READS);
    eprintln!("caught {caught} of {RUNS} half done");
}

#[test]
fn a_killed_build_leaves_the_old_or_the_new() {
    let workspace = five();
    // Every catalog has something to write.
    let folders = fs::read_dir(workspace.path("specs/vendors")).unwrap();
    for folder in folders {
        let catalog = folder.unwrap().path().join("catalog.toml");
        let text = fs::read_to_string(&catalog).unwrap();
        fs::write(&catalog, text.replacen("vendor = { zh = \"", "vendor = { zh = \"新", 1)).unwrap();
    }
    let caught = kill_again_and_again(&workspace, &["build"], &READS);
    eprintln!("caught {caught} of {RUNS} half done");
}

#[test]
fn a_killed_embedding_leaves_the_old_or_the_new() {
    let workspace = five();
    workspace.write("web/guide.md", "# Guide\n");
    let site = ["site", "--format", "vitepress", "--out", "web", "--below"];
    assert_eq!(workspace.run(&[&site[..], &["codes"]].concat()).status, 0);
    let moved = [&site[..], &["errors"]].concat();
    let caught = kill_again_and_again(&workspace, &moved, &[&moved[..], &["--check"]].concat());
    eprintln!("caught {caught} of {RUNS} half done");
}

#[test]
fn two_at_once_do_what_one_after_the_other_would_or_say_so() {
    let workspace = five();
    let page = workspace.read(PAGE);
    let built = files(&workspace);
    let saved = workspace.read("saved.md");
    assert_eq!(workspace.run(&["update", ID, "--from", "saved.md"]).status, 0);
    let updated = files(&workspace);
    for number in 0..4 {
        restore(&workspace, &built);
        workspace.remove("docs/zh/agora-chat.md");
        let commands: [&[&str]; 2] = match number % 2 {
            0 => [&["build"], &["build"]],
            _ => [&["build"], &["update", ID, "--from", "saved.md"]],
        };
        let children = commands.map(|arguments| start(&workspace, arguments));
        let runs = children.map(end);
        for run in &runs {
            let says_so =
                run.err.contains("it has changed while this ran") && run.err.contains("run this again");
            assert!(run.status == 0 || run.status == 1 && says_so, "{}", run.err);
        }
        assert!(runs.iter().any(|run| run.status == 0));
        assert!(number % 2 == 1 || runs.iter().all(|run| run.status == 0), "two that do the same agree");
        let page_now = workspace.read(PAGE);
        assert!(page_now == page || page_now == saved);
        let mut now = files(&workspace);
        // The update alone does not write the pages of other catalogs.
        now.retain(|name, _| name != "docs/zh/agora-chat.md");
        let expected = if page_now == page { &built } else { &updated };
        let mut expected = expected.clone();
        expected.remove("docs/zh/agora-chat.md");
        assert!(now == expected, "run {number}: {:?}", now.keys());
    }
}
