//! The README's example is real: its inputs give its outputs, to the letter.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md")).unwrap()
}

/// The fenced block whose opening line ends in `name`.
fn block(readme: &str, name: &str) -> String {
    let after = readme.split(&format!(" {name}\n")).nth(1).unwrap_or_else(|| panic!("no block `{name}`"));
    after.split("```\n").next().unwrap().to_owned()
}

fn im_errors(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_im-errors"))
        .args(arguments)
        .current_dir(folder)
        .env("IM_ERRORS_LANG", "en")
        .output()
        .unwrap()
}

#[test]
fn the_worked_example_is_what_the_tool_says() {
    let readme = readme();
    let folder: PathBuf = std::env::temp_dir().join(format!("im-errors-readme-{}", std::process::id()));
    let catalog = folder.join("specs/vendors/demo-chat");
    fs::create_dir_all(catalog.join("sources")).unwrap();
    fs::write(folder.join("page.md"), block(&readme, "page")).unwrap();
    fs::write(catalog.join("sources/page.md"), block(&readme, "page")).unwrap();
    fs::write(catalog.join("catalog.toml"), block(&readme, "catalog.toml")).unwrap();

    let parsed = im_errors(&folder, &["parse", "page.md"]);
    assert_eq!(String::from_utf8_lossy(&parsed.stdout), block(&readme, "parse"));
    assert_eq!(String::from_utf8_lossy(&parsed.stderr).trim_end(), block(&readme, "diagnostics").trim_end());

    assert!(im_errors(&folder, &["build"]).status.success());
    let spec = fs::read_to_string(catalog.join("spec.toml")).unwrap();
    assert!(spec.contains(&block(&readme, "spec.toml")), "{spec}");
    let page = fs::read_to_string(folder.join("docs/zh/demo-chat.md")).unwrap();
    assert!(page.contains(&block(&readme, "docs/zh/demo-chat.md")), "{page}");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_catalogs_have_as_many_errors_as_the_readme_says() {
    let readme = readme();
    let rows: Vec<_> = readme
        .lines()
        .filter(|line| {
            line.starts_with("| `") && line.contains("声网 |")
                || line.contains("环信 |")
                || line.contains("极光 |")
        })
        .collect();
    assert_eq!(rows.len(), 5);
    for row in rows {
        let cells: Vec<_> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let spec =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/vendors").join(cells[1]).join("spec.toml");
        let spec = fs::read_to_string(spec).unwrap();
        assert_eq!(spec.matches("[[error]]").count().to_string(), cells[3], "{row}");
    }
}
