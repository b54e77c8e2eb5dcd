//! A changed spec is always seen: the enum is expanded anew, and where a cache keeps that from
//! happening, it does not compile.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// A package of its own that derives an enum from `spec.toml` beside its Cargo.toml.
struct Package {
    folder: PathBuf,
}

const ERROR: &str = "
[[error]]
name = \"UserBusy\"
group = \"responses\"
http_status = \"409\"

[[error.case]]
at = \"sources/demo.md:30\"
";

impl Package {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(folder.join("src"));
        fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nim-errors = {{ path = {root:?} }}\n\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        fs::copy(root.join("tests/ui/specs/demo.toml"), folder.join("spec.toml")).unwrap();
        let source = "#[derive(im_errors::ImErrors)]\n#[im_errors(spec = \"spec.toml\")]\npub enum Demo {\n    InternalFailure,\n    UserExists,\n    UserNotFound,\n    TokenExpired,\n    NotGroupMember,\n}\n";
        fs::write(folder.join("src/lib.rs"), source).unwrap();
        Self { folder }
    }

    /// Checks the package; `Err` is what the compiler said.
    fn check(&self, toolchain: Option<&str>, flags: &str) -> Result<(), String> {
        let mut cargo =
            Command::new(if toolchain.is_some() { "cargo".into() } else { env!("CARGO").to_owned() });
        if let Some(toolchain) = toolchain {
            cargo
                .arg(format!("+{toolchain}"))
                .env_remove("RUSTC")
                .env_remove("RUSTUP_TOOLCHAIN")
                .env_remove("CARGO");
        }
        // Shared, so that the dependencies are built once per compiler.
        let target = self.folder.join("../fresh-target");
        cargo.args(["check", "--offline", "--quiet"]).current_dir(&self.folder);
        cargo.env("CARGO_TARGET_DIR", target).env("RUSTFLAGS", flags).env("CARGO_INCREMENTAL", "1");
        let output = cargo.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(said) }
    }

    fn add_error(&self) {
        self.replace("\n[[removed]]", &format!("{ERROR}\n[[removed]]"));
    }

    /// Edits the spec.
    fn replace(&self, old: &str, new: &str) {
        let path = self.folder.join("spec.toml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace(old, new)).unwrap();
    }
}

#[test]
fn an_edited_spec_is_expanded_anew() {
    let package = Package::new("fresh-stable");
    package.check(None, "").unwrap();
    package.add_error();
    let said = package.check(None, "").unwrap_err();
    assert!(said.contains("1 error of `demo` without a variant"), "{said}");
    assert!(said.contains("UserBusy"), "{said}");
}

#[test]
fn under_a_caching_compiler_a_stale_enum_does_not_compile() {
    let installed = Command::new("rustup").args(["run", "nightly", "rustc", "--version"]).output();
    if !installed.is_ok_and(|output| output.status.success()) {
        // Written, not printed: the harness hides what passing tests print.
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"SKIPPED: there is no nightly compiler\n");
        return;
    }
    let package = Package::new("fresh-nightly");
    let check = || package.check(Some("nightly"), "-Zcache-proc-macros");
    let is_seen = |said: &str, mistake: &str| {
        said.contains("the spec has changed since this enum was expanded") || said.contains(mistake)
    };
    check().unwrap();
    // One letter, far from the start.
    package.replace("\"TokenExpired\"", "\"TokenExpirex\"");
    let said = check().unwrap_err();
    assert!(is_seen(&said, "TokenExpirex"), "{said}");
    package.replace("\"TokenExpirex\"", "\"TokenExpired\"");
    check().unwrap();
    package.add_error();
    let said = check().unwrap_err();
    assert!(is_seen(&said, "UserBusy"), "{said}");
}

/// Whether the compiler tells the derive which file an enum is in, as it does from 1.88 on.
fn tells_files() -> bool {
    let version = Command::new(env!("CARGO")).arg("--version").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    let minor = version.split('.').nth(1).and_then(|minor| minor.parse::<u32>().ok());
    minor.unwrap_or_else(|| panic!("{version}")) >= 88
}

#[test]
fn a_path_with_a_dot_starts_at_the_source_file() {
    let package = Package::new("fresh-beside");
    let module = package.folder.join("src/errors");
    fs::create_dir_all(&module).unwrap();
    fs::rename(package.folder.join("spec.toml"), module.join("spec.toml")).unwrap();
    let source = fs::read_to_string(package.folder.join("src/lib.rs")).unwrap();
    fs::write(module.join("mod.rs"), source.replace("\"spec.toml\"", "\"./spec.toml\"")).unwrap();
    fs::write(package.folder.join("src/lib.rs"), "pub mod errors;\n").unwrap();
    match package.check(None, "") {
        Ok(()) => {}
        Err(said) => {
            assert!(!tells_files(), "{said}");
            assert!(
                said.contains("this compiler or editor does not say which file the enum is in"),
                "{said}"
            );
        }
    }
}
