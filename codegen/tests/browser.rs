//! The site in a browser, and its search against the command line's: `.ci/browser` installs what that
//! needs and sets `IM_ERRORS_BROWSER`; without that nothing here runs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use im_errors_codegen::explain::explain;
use im_errors_codegen::render::Templates;
use im_errors_codegen::site::Site;
use im_errors_spec::{ErrorDef, Part, Spec, SpecFile};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_site_works_in_a_browser() {
    if env::var_os("IM_ERRORS_BROWSER").is_none() {
        let text = b"SKIPPED: the site is tried in a browser by .ci/browser\n";
        let _ = std::io::Write::write_all(&mut std::io::stderr(), text);
        return;
    }
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(&work).unwrap();
    // What Node needs to know of the scripts of pages.
    fs::write(work.join("package.json"), r#"{"type": "module"}"#).unwrap();
    let vendors = root().join("specs/vendors");
    make(&vendors, &work.join("site"));
    make_hostile(&work.join("hostile"));
    crate::support::copy(&vendors.join("agora-chat"), &work.join("served/specs/vendors/agora-chat"));
    let mut folders: Vec<_> = fs::read_dir(vendors).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let specs: Vec<_> = folders.iter().map(|folder| spec(&folder.join("spec.toml"))).collect();
    let lines = serde_json::to_string(&lines(&specs)).unwrap();
    fs::write(work.join("lines.json"), lines).unwrap();

    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let mut node = Command::new("node");
    node.args(["--test", "--test-concurrency=2"]).current_dir(&tests).env("IM_ERRORS_BROWSER_WORK", &work);
    node.env("IM_ERRORS_TOOL", env!("CARGO_BIN_EXE_im-errors"));
    assert!(node.status().unwrap().success(), "the tests in {} fail", tests.display());
}

fn make(catalogs: &Path, out: &Path) {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_im-errors"));
    tool.args(["site", "--base", "https://example.com/im/", "--catalogs"]);
    let made = tool.arg(catalogs).arg("--out").arg(out).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// The site of a catalog whose texts try to break out of where they are put.
fn make_hostile(out: &Path) {
    let spec = spec(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/hostile.toml"));
    let templates = Templates::default();
    for page in Site::new(&[spec], &templates, None).unwrap().files().unwrap() {
        let path = out.join(page.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, page.text).unwrap();
    }
}

fn spec(path: &Path) -> Spec {
    SpecFile::parse(&fs::read_to_string(path).unwrap()).unwrap().spec
}

/// A line of a log for each form in which servers and clients write messages, and what the command
/// line finds in it.
fn lines(specs: &[Spec]) -> Vec<Value> {
    let mut lines = Vec::new();
    for spec in specs {
        for error in &spec.errors {
            let queries = of_message(error).into_iter().chain(of_code(error));
            for query in queries {
                let answer = explain(specs, &query);
                let id = |catalog: &str, name: &str| format!("{catalog}:{name}");
                let matches =
                    answer.matches.iter().map(|found| id(&found.spec.catalog, found.subject.name()));
                lines.push(json!({
                    "query": query,
                    "source": id(&spec.catalog, error.name.as_str()),
                    "matches": matches.collect::<Vec<_>>(),
                }));
            }
        }
    }
    lines
}

fn of_message(error: &ErrorDef) -> Vec<String> {
    let Some(pattern) = &error.message else {
        return Vec::new();
    };
    let filled = |value: &str| -> String {
        let part = |part: &Part| match part {
            Part::Literal(text) => text.clone(),
            Part::Hole(_) => value.to_owned(),
        };
        pattern.parts().iter().map(part).collect()
    };
    let (word, words) = (filled("tom_7"), filled("a b, c"));
    let kind = error.error.as_deref().unwrap_or("unknown_kind");
    let status = error.http_status.map(|status| status.to_string()).unwrap_or_default();
    let body = |message: &str| json!({ "error": kind, "error_description": message, "timestamp": 17 });
    let nested = json!({ "level": "ERROR", "body": body(&word).to_string() });
    vec![
        word.clone(),
        format!("2026-01-02 12:00:00 ERROR im: {status} {}", body(&words)),
        format!("2026-01-02T12:00:00.000Z [worker-3] WARN request failed: {word}"),
        format!("12:00:00 E/IM: {nested} took 31 ms"),
    ]
}

fn of_code(error: &ErrorDef) -> Vec<String> {
    let Some(code) = error.code else {
        return Vec::new();
    };
    vec![
        format!(r#"2026-01-02 12:00:00 ERROR im: {{"error": {{"code": {code}, "message": ""}}}}"#),
        format!("sendMessage failed, errorCode={code}, will retry"),
    ]
}
