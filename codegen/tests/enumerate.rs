//! `im-errors enum` writes what the derive takes: the enums in `tests/enums` are its output, and the
//! root package's tests compile them.

use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

const CATALOGS: [&str; 5] =
    ["agora-chat", "agora-chat-revised", "agora-im-legacy", "easemob-rest", "jmessage-server"];

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn print(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_im-errors"))
        .arg("enum")
        .args(arguments)
        .current_dir(root())
        .env("IM_ERRORS_LANG", "en")
        .output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_committed_enums_are_up_to_date() {
    for catalog in CATALOGS {
        let path = root().join("tests/enums").join(format!("{}.rs", catalog.replace('-', "_")));
        let mark = "// Generated; do not edit. To regenerate: UPDATE_EXPECT=1 cargo test -p im-errors-codegen enumerate\n";
        let text = mark.to_owned() + &print(&[catalog]);
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{}", path.display());
    }
}

#[test]
fn the_output_is_as_rustfmt_leaves_it() {
    for catalog in CATALOGS {
        let text = print(&[catalog]);
        let mut rustfmt = Command::new("rustfmt");
        // The user's style, not this repository's.
        rustfmt.args(["--edition", "2024", "--emit", "stdout"]).current_dir(env::temp_dir());
        let Ok(mut child) = rustfmt.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
            // Written, not printed: the harness hides what passing tests print.
            let _ = std::io::Write::write_all(&mut std::io::stderr(), b"SKIPPED: there is no rustfmt\n");
            return;
        };
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
        let formatted = child.wait_with_output().unwrap();
        assert!(formatted.status.success());
        assert_eq!(String::from_utf8(formatted.stdout).unwrap(), text, "{catalog}");
    }
}

#[test]
fn name_and_language_can_be_chosen() {
    let text = print(&["jmessage-server", "--name", "ImError", "--locale", "zh"]);
    assert!(text.contains("\npub enum ImError {\n"));
    assert!(text.starts_with("/// 极光 IM 服务端错误码.\n"), "{text}");
}
