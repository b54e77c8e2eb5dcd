//! How long the compiler takes for derived enums, beside enums written by hand with the same
//! methods, and for all that a crate with a derived enum depends on, beside the crates that such
//! enums are made with otherwise. `cargo bench --bench compile_time`; the ratios matter, machines
//! differ. The second part may have to fetch those crates.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

const SIZES: [usize; 3] = [250, 1_000, 10_000];
const RUNS: usize = 3;

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile-time");
    println!("cargo check of the user's crate alone, best of {RUNS}");
    println!("{:>8} {:>12} {:>12} {:>7}", "errors", "derived", "by hand", "ratio");
    for size in SIZES {
        let derived =
            measure(&package(&folder, "derived", size, &derived(size), &[("spec.toml", spec(size))]));
        let by_hand = measure(&package(&folder, "by-hand", size, &by_hand(size), &[]));
        let ratio = derived.as_secs_f64() / by_hand.as_secs_f64();
        println!("{size:>8} {:>9.0} ms {:>9.0} ms {ratio:>7.2}", millis(derived), millis(by_hand));
    }
    println!("\ncargo build from nothing, debug, best of {RUNS}");
    let ours = cold(&cold_package(&folder, "im-errors", OURS, USES_OURS));
    let theirs = cold(&cold_package(&folder, "others", THEIRS, USES_THEIRS));
    println!("{:>28} {:>9.0} ms", "im-errors", millis(ours));
    println!("{:>28} {:>9.0} ms", "thiserror + strum + phf", millis(theirs));
    println!("{:>28} {:>9.2}", "ratio", ours.as_secs_f64() / theirs.as_secs_f64());
}

const OURS: &str = "im-errors = { path = PATH }";
const USES_OURS: &str = "#[derive(im_errors::ImErrors)]\n#[im_errors(vendor = \"agora-im-legacy\", partial)]\npub enum Demo { #[im_error(other)] Other(im_errors::Unrecognized) }\n";
const THEIRS: &str = "thiserror = \"2\"\nstrum = { version = \"0.27\", features = [\"derive\"] }\nphf = { version = \"0.13\", features = [\"macros\"] }";
const USES_THEIRS: &str = "#[derive(Debug, thiserror::Error, strum::EnumString)]\npub enum Demo { #[error(\"other\")] Other }\npub static CODES: phf::Map<u32, &str> = phf::phf_map! { 1_u32 => \"other\" };\n";

/// A package with its dependencies fetched.
fn cold_package(folder: &Path, kind: &str, dependencies: &str, source: &str) -> PathBuf {
    let package = folder.join(format!("cold-{kind}"));
    fs::create_dir_all(package.join("src")).unwrap();
    let dependencies = dependencies.replace("PATH", &format!("{:?}", env!("CARGO_MANIFEST_DIR")));
    let manifest = format!(
        "[package]\nname = \"cold-{kind}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\n[workspace]\n"
    );
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    fs::write(package.join("src/lib.rs"), source).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    assert!(cargo.args(["fetch", "--quiet"]).current_dir(&package).status().unwrap().success());
    package
}

/// The best time of a build of everything.
fn cold(package: &Path) -> Duration {
    let time = |_| {
        let target = package.join("target");
        if target.exists() {
            fs::remove_dir_all(&target).unwrap();
        }
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--offline", "--quiet"]).current_dir(package).env("CARGO_TARGET_DIR", &target);
        let start = Instant::now();
        assert!(cargo.status().unwrap().success());
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn package(folder: &Path, kind: &str, size: usize, source: &str, files: &[(&str, String)]) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = folder.join(format!("{kind}-{size}"));
    fs::create_dir_all(package.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{kind}-{size}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nim-errors = {{ path = {root:?} }}\n\n[workspace]\n"
    );
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    fs::write(package.join("src/lib.rs"), source).unwrap();
    for (name, text) in files {
        fs::write(package.join(name), text).unwrap();
    }
    package
}

/// The best time of a check after the dependencies are built.
fn measure(package: &Path) -> Duration {
    let check = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["check", "--offline", "--quiet"]).current_dir(package);
        // Shared, so that the dependencies are built once.
        cargo.env("CARGO_TARGET_DIR", package.join("../target")).env("CARGO_INCREMENTAL", "0");
        assert!(cargo.status().unwrap().success());
    };
    check();
    let time = |_| {
        let source = package.join("src/lib.rs");
        let text = fs::read(&source).unwrap();
        fs::write(&source, text).unwrap();
        let start = Instant::now();
        check();
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

fn spec(size: usize) -> String {
    let mut text = String::from(
        "# Generated, as the tool does it.\n# sha256 00\nformat = 1\ncatalog = \"demo\"\nlocale = \"zh\"\ntitle.en = \"Demo\"\ntitle.zh = \"示例\"\nvendor.zh = \"示例\"\n\n[[group]]\nid = \"all\"\ntitle.zh = \"全部\"\n",
    );
    for i in 0..size {
        let _ = write!(
            text,
            "\n[[error]]\nname = \"Error{i}\"\ngroup = \"all\"\ncode = {}\nhttp_status = \"{}\"\nerror = \"type_{}\"\nmessage = \"something went wrong in place {i}\"\nretry = \"after-fix\"\nsummary.en = \"Something went wrong in place {i}\"\nsummary.zh = \"第 {i} 处出错\"\n\n[[error.case]]\nat = \"sources/demo.md:{}\"\ncause.en = \"The request was wrong in place {i}.\"\ncause.zh = \"请求的第 {i} 处有误。\"\n",
            100_000 + i * 7,
            400 + i % 100,
            i % 50,
            i + 1
        );
    }
    text
}

fn derived(size: usize) -> String {
    let mut text =
        String::from("#[derive(im_errors::ImErrors)]\n#[im_errors(spec = \"spec.toml\")]\npub enum Demo {\n");
    for i in 0..size {
        let _ = writeln!(text, "    Error{i},");
    }
    text + "}\n"
}

/// The same enum with the same methods, as one writes them: a `match` each.
fn by_hand(size: usize) -> String {
    let mut text = String::from("pub enum Demo {\n");
    for i in 0..size {
        let _ = writeln!(text, "    Error{i},");
    }
    text.push_str("}\n\nimpl Demo {\n");
    let mut arms = |head: &str, arm: &dyn Fn(usize) -> String, tail: &str| {
        text.push_str(head);
        for i in 0..size {
            text.push_str(&arm(i));
        }
        text.push_str(tail);
    };
    let end = "        }\n    }\n";
    let none = "            _ => return None,\n        })\n    }\n";
    arms(
        "    pub fn from_code(code: i64) -> Option<Self> {\n        Some(match code {\n",
        &|i| format!("            {} => Self::Error{i},\n", 100_000 + i * 7),
        none,
    );
    arms(
        "    pub fn from_message(message: &str) -> Option<Self> {\n        Some(match message {\n",
        &|i| format!("            \"something went wrong in place {i}\" => Self::Error{i},\n"),
        none,
    );
    arms(
        "    pub fn code(&self) -> i64 {\n        match self {\n",
        &|i| format!("            Self::Error{i} => {},\n", 100_000 + i * 7),
        end,
    );
    arms(
        "    pub fn http_status(&self) -> u16 {\n        match self {\n",
        &|i| format!("            Self::Error{i} => {},\n", 400 + i % 100),
        end,
    );
    for (method, word) in [
        ("name", "Error"),
        ("summary_en", "Something went wrong in place "),
        ("summary_zh", "出错："),
        ("cause_en", "The request was wrong in place "),
        ("cause_zh", "请求有误："),
    ] {
        arms(
            &format!("    pub fn {method}(&self) -> &'static str {{\n        match self {{\n"),
            &|i| format!("            Self::Error{i} => \"{word}{i}\",\n"),
            end,
        );
    }
    text + "}\n"
}
