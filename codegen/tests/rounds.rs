//! The whole loop: the vendor changes his page, the maintainer updates the catalog and has it
//! translated, the user's crate does not compile, and the tool mends it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Run, Workspace, copy};
use im_errors_spec::SpecFile;
use serde_json::Value;

const ID: &str = "jmessage-server";
const FOLDER: &str = "specs/vendors/jmessage-server";
const SOURCE: &str = "sources/jmessage-server.zh.md";
const ENUM: &str = "src/errors.rs";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// A crate with a copy of the shipped catalog and an enum for all of its errors.
struct User {
    workspace: Workspace,
    /// What of the crate does not change is kept between runs.
    name: &'static str,
}

impl User {
    fn new(name: &'static str) -> Self {
        let workspace = Workspace::new();
        copy(&root().join(FOLDER), &workspace.path(FOLDER));
        fs::copy(root().join("specs/glossary.toml"), workspace.path("specs/glossary.toml")).unwrap();
        fs::copy(root().join("Cargo.lock"), workspace.path("Cargo.lock")).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nim-errors = {{ path = {:?} }}\n\n[workspace]\n",
            root()
        );
        workspace.write("Cargo.toml", manifest);
        workspace.write("src/lib.rs", "#![deny(warnings)]\n//! Errors.\n\npub mod errors;\n");
        workspace.build();
        workspace.write(ENUM, is_fine(workspace.run(&["enum", ID])).out);
        let user = Self { workspace, name };
        // The lock file loses what the crate does not depend on, and from then on stays.
        assert_eq!(user.check(&[]), Vec::<String>::new());
        user
    }

    /// What the compiler says is wrong, error by error.
    fn check(&self, arguments: &[&str]) -> Vec<String> {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["check", "--offline", "--quiet", "--message-format", "json"]).args(arguments);
        cargo.current_dir(self.workspace.path("")).env("RUSTFLAGS", "").env("CARGO_INCREMENTAL", "0");
        // Shared, so that the dependencies are built once.
        cargo.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh-target"));
        let output = cargo.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let messages = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let is_of_user = |line: &Value| {
            line["reason"] == "compiler-message"
                && line["target"]["name"].as_str() == Some(&self.name.replace('-', "_"))
        };
        let errors: Vec<_> = messages
            .filter(is_of_user)
            .filter(|line| {
                line["message"]["level"] == "error" && line["message"]["spans"] != Value::Array(vec![])
            })
            .map(|line| line["message"]["message"].as_str().unwrap().to_owned())
            .collect();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.success(), errors.is_empty(), "{errors:?}\n{told}");
        errors
    }

    /// The codes of errors, by name.
    fn codes(&self) -> BTreeMap<String, String> {
        let spec = SpecFile::parse(&self.workspace.read(&format!("{FOLDER}/spec.toml"))).unwrap().spec;
        spec.errors.iter().map(|error| (error.name.to_string(), error.key())).collect()
    }

    fn update(&self, page: &[u8]) -> Run {
        self.workspace.write("saved.md", page);
        is_fine(self.workspace.run(&["update", ID, "--from", "saved.md", "--source", SOURCE]))
    }

    /// Translates what is missing and what is stale, with a translators' tool.
    fn translate(&self) {
        let sheet =
            is_fine(self.workspace.run(&["i18n", "export", ID, "--locale", "en", "--format", "csv"])).out;
        let mut reader = csv::Reader::from_reader(sheet.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().unwrap().clone();
        let column = |name: &str| header.iter().position(|title| title == name).unwrap();
        let (state, translation) = (column("state"), column("translation"));
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&header).unwrap();
        for (number, row) in reader.records().enumerate() {
            let mut row: Vec<_> = row.unwrap().iter().map(str::to_owned).collect();
            if row[state] != "current" {
                row[state] = "current".to_owned();
                row[translation] = format!("What text {number} says");
            }
            writer.write_record(&row).unwrap();
        }
        self.workspace.write("en.csv", writer.into_inner().unwrap());
        is_fine(self.workspace.run(&["i18n", "import", "en.csv", "--locale", "en"]));
    }

    #[track_caller]
    fn is_up_to_date(&self) {
        is_fine(self.workspace.run(&["build", "--check"]));
        assert_eq!(self.check(&["--locked"]), Vec::<String>::new());
    }
}

#[track_caller]
fn is_fine(run: Run) -> Run {
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    run
}

/// The keys in `(KEY, PLACE)`, as a compile error tells of the errors without a variant.
fn told(message: &str) -> BTreeSet<String> {
    let comments = message.lines().filter(|line| line.trim_start().starts_with("///"));
    let key = |line: &str| Some(line.rsplit_once('(')?.1.split_once(',')?.0.to_owned());
    comments.filter_map(key).collect()
}

fn added_and_removed_again(user: &User, page: &[u8], codes: &BTreeSet<String>) {
    let before = fs::read(user.workspace.path(FOLDER).join(SOURCE)).unwrap();
    let n = codes.len();
    let run = user.update(page);
    assert!(run.out.contains(&format!("\n{n} added, ")), "{}", run.out);
    // What there is to translate is told, and until then asked for by every build.
    assert!(run.err.contains("warning[translation-threshold]: "), "{}", run.err);
    assert!(run.err.contains(" texts are not translated to `en`, and at most 0 may be"), "{}", run.err);
    assert!(run.err.contains("`im-errors i18n status jmessage-server --locale en`"), "{}", run.err);
    user.workspace.refuses(&["build"], &["error[translation-threshold]: "]);
    user.translate();
    user.workspace.build();

    // The enum does not compile, and says which errors it lacks; the first ten at length.
    let errors = user.check(&["--locked"]);
    let [error] = errors.as_slice() else { panic!("{errors:#?}") };
    assert!(error.starts_with(&format!("{n} errors of `{ID}` without a variant")), "{error}");
    let shown = told(error);
    assert_eq!(shown.len(), 10, "{error}");
    assert!(shown.is_subset(codes), "{shown:?}");
    // The command that it names adds and lists all of them.
    let (_, rest) = error.split_once(&format!("and {} more; `im-errors ", n - 10)).unwrap();
    let command = rest.split_once('`').unwrap().0.replace("FILE", ENUM);
    let synced = is_fine(user.workspace.run(&command.split(' ').collect::<Vec<_>>()));
    let (_, names) = synced.out.trim_end().split_once(&format!("added {n} variants to {ENUM}: ")).unwrap();
    let known = user.codes();
    let learnt: BTreeSet<_> = names.split(", ").map(|name| known[name].clone()).collect();
    assert_eq!(learnt, *codes);
    user.is_up_to_date();
    for locale in ["zh", "en"] {
        let page = user.workspace.read(&format!("docs/{locale}/{ID}.md"));
        let missing: Vec<_> = codes.iter().filter(|code| !page.contains(&format!("`{code}`"))).collect();
        assert!(missing.is_empty(), "{locale}: {missing:?}");
    }

    // And back: the vendor takes them out again.
    let catalog = format!("{FOLDER}/catalog.toml");
    let source = format!("file = \"{SOURCE}\"\n");
    user.workspace.edit(&catalog, &source, &format!("{source}edition = \"2026-05\"\n"));
    let run = user.update(&before);
    assert!(
        run.out.contains(&format!("{n} removed, ")) && run.out.contains("verdict: breaking"),
        "{}",
        run.out
    );
    user.translate();
    user.workspace.build();
    let gone: BTreeMap<_, _> = known.into_iter().filter(|(_, code)| codes.contains(code)).collect();
    let expected: BTreeSet<_> = gone
        .iter()
        .map(|(name, code)| {
            format!("`{ID}` has no error `{name}`: the vendor has removed `{code}` in the edition of 2026-05")
        })
        .collect();
    let errors = user.check(&["--locked"]);
    assert_eq!(errors.len(), n);
    assert_eq!(errors.into_iter().collect::<BTreeSet<_>>(), expected);
    // What people may have written code for is for people to take out: the tool says where it is.
    let before = user.workspace.read(ENUM);
    let run = user.workspace.run(&["enum", ID, "--sync", ENUM]);
    assert_eq!((run.status, user.workspace.read(ENUM)), (1, before));
    for said in expected {
        assert!(run.err.contains(&said), "no {said} in {}", run.err);
    }
    take_out(user, &run.err);
    is_fine(user.workspace.run(&["enum", ID, "--sync", ENUM]));
    user.is_up_to_date();
}

/// Takes out the variants whose places were told, with the comments above them.
fn take_out(user: &User, told: &str) {
    let places = told.lines().filter_map(|line| line.trim_start().strip_prefix("--> src/errors.rs:"));
    let lines: Vec<usize> = places.map(|place| place.split(':').next().unwrap().parse().unwrap()).collect();
    let text = user.workspace.read(ENUM);
    let mut kept: Vec<_> = text.lines().collect();
    for line in lines.iter().rev() {
        let mut at = line - 1;
        kept.remove(at);
        while kept[at - 1].trim_start().starts_with("///") {
            at -= 1;
            kept.remove(at);
        }
    }
    user.workspace.write(ENUM, kept.join("\n") + "\n");
}

#[test]
fn errors_that_a_vendor_adds_reach_the_users_enum_and_go_again() {
    let user = User::new("loop-own");
    let page = user.workspace.read(&format!("{FOLDER}/{SOURCE}"));
    let codes: BTreeSet<_> = (1..=27).map(|number| (990_000 + number).to_string()).collect();
    let row = |code: &String| {
        format!(
            "\t\t<tr >\n\t\t\t<td>{code}</td>\n\t\t\t<td>refused for reason {code}</td>\n\t\t\t<td>因原因 {code} 被拒绝</td>\n\t\t</tr>\n"
        )
    };
    let (start, end) = page.rsplit_once("</table>").unwrap();
    let longer = format!("{start}{}</table>{end}", codes.iter().map(row).collect::<String>());
    added_and_removed_again(&user, longer.as_bytes(), &codes);
}

#[test]
fn the_vendors_own_update_reaches_the_users_enum() {
    let path = root().join("../shared/vendor-docs/updates/jmessage-server.2019-04.zh.md");
    let Ok(page) = fs::read(path) else {
        // Written, not printed: the harness hides what passing tests print.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"SKIPPED: the vendors' real pages are not beside this checkout\n",
        );
        return;
    };
    let ranges = [7_130_001..=7_130_007, 7_131_001..=7_131_002, 7_132_001..=7_132_007, 7_133_001..=7_133_001];
    let more = [786_001, 787_001, 808_006, 810_001, 818_004, 818_005, 818_006, 819_003, 819_004, 851_007];
    let codes: BTreeSet<_> =
        ranges.into_iter().flatten().chain(more).map(|code: u32| code.to_string()).collect();
    assert_eq!(codes.len(), 27);
    added_and_removed_again(&User::new("loop-vendor"), &page, &codes);
}
