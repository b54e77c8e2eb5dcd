//! The README's example is real: its inputs give its outputs, to the letter, in both languages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The languages of the README, with its file.
const READMES: [(&str, &str); 2] = [("en", "README.md"), ("zh", "README.zh.md")];

fn readme(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).unwrap()
}

/// The fenced block whose opening line ends in `name`.
fn block(readme: &str, name: &str) -> String {
    let ending = format!(" {name}");
    let mut lines = readme.lines();
    let opens = lines.any(|line| line.starts_with("```") && line.ends_with(&ending));
    assert!(opens, "no block `{name}`");
    lines.take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect()
}

fn im_errors(folder: &Path, language: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_im-errors"))
        .args(arguments)
        .current_dir(folder)
        .env("IM_ERRORS_LANG", language)
        .output()
        .unwrap()
}

#[test]
fn the_worked_example_is_what_the_tool_says() {
    for (language, file) in READMES {
        let readme = readme(file);
        let folder: PathBuf =
            std::env::temp_dir().join(format!("im-errors-readme-{}-{language}", std::process::id()));
        let catalog = folder.join("specs/vendors/demo-chat");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("page.md"), block(&readme, "page")).unwrap();

        let made = im_errors(&folder, language, &["init", "page.md", "--catalog", "demo-chat"]);
        assert!(String::from_utf8_lossy(&made.stdout).contains(&block(&readme, "init")), "{made:?}");

        fs::write(catalog.join("catalog.toml"), block(&readme, "catalog.toml")).unwrap();
        // Names that nobody had set start anew.
        fs::remove_file(catalog.join("spec.toml")).unwrap();
        let parsed = im_errors(&folder, language, &["parse", "page.md"]);
        assert_eq!(String::from_utf8_lossy(&parsed.stdout), block(&readme, "parse"));
        let said = String::from_utf8_lossy(&parsed.stderr);
        assert_eq!(said.trim_end(), block(&readme, "diagnostics").trim_end());

        assert!(im_errors(&folder, language, &["build"]).status.success());
        let spec = fs::read_to_string(catalog.join("spec.toml")).unwrap();
        assert!(spec.contains(&block(&readme, "spec.toml")), "{spec}");
        let page = fs::read_to_string(folder.join("docs/zh/demo-chat.md")).unwrap();
        assert!(page.contains(&block(&readme, "docs/zh/demo-chat.md")), "{page}");
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn the_catalogs_have_as_many_errors_as_the_readme_says() {
    for (_, file) in READMES {
        let readme = readme(file);
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
            let spec = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../specs/vendors")
                .join(cells[1])
                .join("spec.toml");
            let spec = fs::read_to_string(spec).unwrap();
            assert_eq!(spec.matches("[[error]]").count().to_string(), cells[3], "{row}");
        }
    }
}

#[test]
fn both_readmes_show_the_same_code_commands_and_links() {
    let [english, chinese] = READMES.map(|(_, file)| readme(file));
    assert_eq!(blocks(&english), blocks(&chinese));
    // Code spans and links stand where the sentence wants them.
    let sorted = |readme: &str| {
        let prose = readme.split("```").step_by(2).collect::<String>();
        let mut found: Vec<String> = prose.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let targets = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        found.extend(
            targets.filter(|target| !target.starts_with("README")).map(|target| format!("({target})")),
        );
        found.sort();
        found.dedup();
        found
    };
    assert_eq!(sorted(&english), sorted(&chinese));
    assert_eq!(english.matches("\n## ").count(), chinese.matches("\n## ").count());
}

/// The fenced blocks with the lines that open them, without comments; what the tool says is left
/// out, which is compared with the tool itself.
fn blocks(readme: &str) -> Vec<String> {
    let blocks = readme.split("```").skip(1).step_by(2);
    let spoken = |block: &&str| block.starts_with("text ");
    let code = |block: &str| {
        let comment = if block.starts_with("rust") { " //" } else { " # " };
        let line = |line: &str| line.split(comment).next().unwrap_or_default().trim_end().to_owned();
        block.lines().map(line).collect::<Vec<_>>().join("\n")
    };
    blocks.filter(|block| !spoken(block)).map(code).collect()
}
