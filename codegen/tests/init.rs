//! From a page never seen before to a catalog: every page there is, and what people do wrong.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::process::Command;

use crate::common::{Page, fixtures, sources, vendor_pages};
use crate::serve::{Server, ok, status};
use crate::support::{Run, Workspace};
use im_errors_codegen::Dictionary;
use im_errors_codegen::init::{self, About, Survey, Wishes};
use im_errors_codegen::interpret::Role;
use im_errors_codegen::resolve::Catalog;
use im_errors_spec::{ErrorDef, Spec, SpecFile};
use proptest::prelude::*;

const PAGE: &str = "# 示例错误码\n\n## User API\n\n| 错误码 | 说明 |\n|---|---|\n| 1001 | 用户不存在 |\n| 1002 | 用户已存在 |\n";

/// A nameless column of statuses and codes, and one that nothing names.
const GUESSES: &str = "\
# Errors of the example

| code | Description | Platform |
|---|---|---|
| 400 | The request is not valid. | iOS |
| 404 | The user is not in the group. | Android |
";

fn init_page(page: &Page) -> (Workspace, Run) {
    let workspace = Workspace::new();
    workspace.write(&page.name, &page.bytes);
    let run = workspace.run(&["init", &page.name, "--catalog", "new"]);
    (workspace, run)
}

fn spec(workspace: &Workspace, id: &str) -> Spec {
    let text = workspace.read(&format!("specs/vendors/{id}/spec.toml"));
    SpecFile::parse(&text).unwrap_or_else(|problems| panic!("{problems:?}")).spec
}

fn catalog(workspace: &Workspace, id: &str) -> String {
    workspace.read(&format!("specs/vendors/{id}/catalog.toml"))
}

#[track_caller]
fn is_built(workspace: &Workspace, run: &Run) {
    assert_eq!(run.status, 0, "{}", run.err);
    let check = workspace.run(&["build", "--check"]);
    assert_eq!(check.status, 0, "{}", check.err);
}

#[test]
fn every_fixture_gives_a_catalog_that_builds_or_a_clean_refusal() {
    let mut refused = BTreeSet::new();
    for page in fixtures() {
        let (workspace, run) = init_page(&page);
        if run.status == 0 {
            is_built(&workspace, &run);
            assert!(!spec(&workspace, "new").errors.is_empty(), "{}", page.name);
            continue;
        }
        assert_eq!(run.status, 1, "{}: {}", page.name, run.err);
        assert_eq!(run.errors(), 1, "{}: {}", page.name, run.err);
        assert!(run.err.contains("  = help: ") && run.err.ends_with("nothing was written\n"), "{}", run.err);
        let left: Vec<_> = workspace.tree().into_keys().collect();
        assert!(left.iter().eq([&page.name]), "{left:?}");
        refused.insert(page.name);
    }
    let none = ["no-table.md", "spans-copy.html", "table-no-delimiter.md", "table-no-errors.md"];
    assert_eq!(refused.into_iter().collect::<Vec<_>>(), none);
}

/// What the vendor says, without what people say of it.
fn facts(spec: &Spec) -> Vec<String> {
    let of = |error: &ErrorDef| {
        let rows = error.documented_messages().map(Option::unwrap_or_default).collect::<Vec<_>>();
        let status = error.http_status.map(|status| status.to_string());
        format!("{:?} {status:?} {:?} {rows:?}", error.code, error.error)
    };
    let mut facts: Vec<_> = spec.errors.iter().map(of).collect();
    facts.sort();
    facts
}

#[test]
fn the_shipped_pages_give_the_errors_of_the_shipped_specs() {
    for page in sources() {
        let (workspace, run) = init_page(&page);
        is_built(&workspace, &run);
        let shipped = page.path.parent().unwrap().with_file_name("spec.toml");
        let shipped = SpecFile::parse(&fs::read_to_string(shipped).unwrap()).unwrap().spec;
        assert_eq!(facts(&spec(&workspace, "new")), facts(&shipped), "{}", page.name);
    }
}

#[test]
fn the_vendors_real_pages_give_catalogs_with_every_row() {
    const ROWS: [(&str, usize); 5] = [
        ("agora-chat-extracted.zh.txt", 48),
        ("agora-chat.zh.md", 64),
        ("agora-im-legacy.zh.md", 24),
        ("easemob-rest.zh.md", 27),
        ("jmessage-server.zh.md", 152),
    ];
    let pages = vendor_pages();
    for (page, (name, rows)) in pages.iter().zip(ROWS) {
        assert_eq!(page.name, name);
        let (workspace, run) = init_page(page);
        is_built(&workspace, &run);
        let errors = spec(&workspace, "new").errors;
        assert_eq!(errors.iter().map(|error| error.cases.len()).sum::<usize>(), rows, "{name}");
    }
}

#[test]
fn what_is_written_is_for_people() {
    let workspace = Workspace::new();
    workspace.write("pages/demo-chat.2026-05.zh.md", PAGE);
    let run = workspace.run(&["init", "pages/demo-chat.2026-05.zh.md"]);
    is_built(&workspace, &run);
    let expected = "\
# What people know of this vendor's errors and the page does not say. `im-errors init` wrote this file once;
# it is yours now, and no command changes it. After a change run `im-errors build`.

# The languages of the title are those of the documentation; to add one, add it here.
title = { zh = \"示例错误码\" }
# A guess: confirm or correct it, then remove this line.
vendor = { zh = \"Demo\" }
locale = \"zh\"

[[source]]
file = \"sources/demo-chat.2026-05.zh.md\"
# url = \"https://…\"      # where the vendor publishes it: links of the page start there
edition = \"2026-05\"

[[group]]
id = \"user-api\"
tables = [1]    # at line 5
title = { zh = \"User API\" }

# Below a group, what is said of its errors, each by the key that `im-errors parse` shows:
#
# [group.errors.\"1001\"]
# name = \"…\"                 # the Rust variant; without it, one is proposed
# retry = \"after-fix\"        # never, after-fix, after-delay, with-new-token
";
    assert_eq!(catalog(&workspace, "demo-chat"), expected);
    // The example at its end is one that works.
    workspace.edit(
        "specs/vendors/demo-chat/catalog.toml",
        "# [group.errors.\"1001\"]\n# name = \"…\"  ",
        "[group.errors.\"1001\"]\nname = \"UserNotFound\"  ",
    );
    workspace.build();
    assert!(spec(&workspace, "demo-chat").errors.iter().any(|error| error.name.as_str() == "UserNotFound"));
}

#[test]
fn what_is_said_shows_the_evidence_and_what_comes_next() {
    let workspace = Workspace::new();
    workspace.write("demo.md", format!("{PAGE}\n## 联系\n\n| 姓名 | 电话 |\n|---|---|\n| 张三 | 无 |\n"));
    let run = workspace.run(&["init", "demo.md"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let expected = "\
demo.md: 2 tables, 2 errors, in zh

table 1 (line 5) 示例错误码 / User API
  column 1 `错误码`: code (header word `错误码` +60, mostly integers +30)
  column 2 `说明`: summary (header word `说明` +60, mostly chinese text +20)
  2 errors: 1001, 1002

table 2 (line 12) 示例错误码 / 联系
  left out, as it lists no errors: no column holds codes, statuses, error types or messages

made specs/vendors/demo/ with catalog.toml, spec.toml and sources/
wrote docs/zh/README.md
wrote docs/zh/demo.md
wrote docs/zh/demo.changes.md

Next:
  1. look at docs/zh/demo.md, which people will read
  2. edit specs/vendors/demo/catalog.toml: a guess is marked there, to be confirmed
  3. run `im-errors build demo` after each change; add `--check` in CI
  4. translate: `im-errors i18n add en demo`
  5. in Rust: #[derive(im_errors::ImErrors)] #[im_errors(spec = \"specs/vendors/demo/spec.toml\")]
     `im-errors enum demo` prints the whole enum
  6. commit the folder of the catalog and the documentation
";
    assert_eq!(run.out, expected);
    assert_eq!(run.err, "");
}

fn survey(page: &str) -> Survey {
    let page = init::Page { name: "demo.md".into(), url: None, bytes: page.into() };
    Survey::new(vec![page], &Wishes::default()).unwrap()
}

/// The dialogue with somebody who types `input`, and catalog.toml after it.
fn dialogue(page: &str, input: &str) -> (String, String) {
    dialogue_in(&Dictionary::english(), page, input)
}

fn dialogue_in(language: &Dictionary, page: &str, input: &str) -> (String, String) {
    let mut survey = survey(page);
    let mut out = Vec::new();
    init::ask(&mut survey, language, &mut input.as_bytes(), &mut out).unwrap();
    let (file, bytes) = survey.scaffold().files.swap_remove(0);
    assert_eq!(file, "catalog.toml");
    (String::from_utf8(out).unwrap(), String::from_utf8(bytes).unwrap())
}

#[test]
fn only_what_is_guessed_is_asked() {
    let (said, catalog) = dialogue(PAGE, "示例公司\n");
    assert_eq!(said, "? name of the vendor [Demo] ");
    assert!(
        catalog.contains("\nvendor = { zh = \"示例公司\" }\n") && !catalog.contains("guess"),
        "{catalog}"
    );
    let wishes = Wishes { vendor: vec![(None, "示例公司".into())], ..Wishes::default() };
    let page = init::Page { name: "demo.md".into(), url: None, bytes: PAGE.into() };
    assert_eq!(Survey::new(vec![page], &wishes).unwrap().question(), None);
}

#[test]
fn answers_are_overrides() {
    let (said, catalog) = dialogue(GUESSES, "Example\ncode\n\n");
    let expected = "? name of the vendor [Demo] \
        ? table 1, column 1 `code` (`400`, `404`) looks like the http_status; it is [http_status] \
        ? table 1, column 3 `Platform` (`iOS`, `Android`) is not read; it is [ignore] ";
    assert_eq!(said, expected);
    assert!(catalog.contains("\nroles = { 1 = \"code\", 3 = \"ignore\" }\n"), "{catalog}");
    assert!(!catalog.contains("guess"), "{catalog}");
}

#[test]
fn wrong_answers_are_asked_again() {
    let (said, catalog) = dialogue(GUESSES, "\nstatus\nignore\nhttp_status\nhttp_status\ncause\n");
    for why in [
        "  write one of code, http_status, error, message, summary, cause, remedy, ignore\n",
        "  then no column would tell the errors of the table apart\n",
        "  column 1 is the http_status\n",
    ] {
        assert_eq!(said.matches(why).count(), 1, "{said}");
    }
    assert!(catalog.contains("\nroles = { 1 = \"http_status\", 3 = \"cause\" }\n"), "{catalog}");
}

#[test]
fn questions_are_asked_in_chinese_and_the_file_stays_as_it_is() {
    let input = "Example\nstatus\ncode\n\n";
    let (said, catalog) = dialogue_in(&Dictionary::chinese(), GUESSES, input);
    let question = "? 表格 1，第 1 列 `code`（`400`、`404`）看起来是 http_status；其角色是 [http_status] ";
    let why = "  请写以下之一：code、http_status、error、message、summary、cause、remedy、ignore\n";
    let last = "? 表格 1，第 3 列 `Platform`（`iOS`、`Android`）未解读；其角色是 [ignore] ";
    assert_eq!(said, format!("? 厂商的名称 [Demo] {question}{why}{question}{last}"));
    assert_eq!(catalog, dialogue(GUESSES, input).1);
}

#[test]
fn where_the_answers_end_guesses_are_taken_and_marked() {
    let (_, catalog) = dialogue(GUESSES, "Example\n");
    assert!(catalog.contains("\nvendor = { en = \"Example\" }\nlocale = \"en\"\n"), "{catalog}");
    // The column that nothing names is not guessed at: the build goes on to warn of it.
    let expected = "\
# What column 1 holds is a guess: confirm or correct, then remove these two lines. The roles are
# code, http_status, error, message, summary, cause, remedy, ignore.
roles = { 1 = \"http_status\" }\n";
    assert!(catalog.contains(expected), "{catalog}");
    let mut guessed = survey(GUESSES);
    guessed.guess_all();
    assert_eq!((guessed.guesses(), guessed.question()), (2, None));
}

#[test]
fn an_uncertain_language_and_a_missing_title_are_asked() {
    let mut survey = survey("| Code | Bedeutung |\n|---|---|\n| 1001 | Nutzer fehlt |\n");
    let mut asked = Vec::new();
    let mut answers = ["xx-", "de", "Fehler \"1\"", ""].into_iter();
    while let Some(question) = survey.question() {
        let Some(answer) = answers.next() else {
            break;
        };
        asked.push(question.about);
        assert_eq!(survey.answer(&question, answer).is_err(), answer == "xx-");
    }
    assert_eq!(asked, [About::Locale, About::Locale, About::Title, About::Vendor]);
    let (_, catalog) = survey.scaffold().files.swap_remove(0);
    let catalog = Catalog::parse(std::str::from_utf8(&catalog).unwrap()).unwrap();
    let german = &catalog.locale;
    assert_eq!(german.as_str(), "de");
    assert_eq!(catalog.title.get(german).unwrap().text, "Fehler \"1\"");
}

#[test]
fn somebody_at_a_terminal_is_asked() {
    let workspace = Workspace::new();
    workspace.write("demo.md", GUESSES);
    let line = format!("{} init demo.md", env!("CARGO_BIN_EXE_im-errors"));
    let mut script = Command::new("script");
    script.args(["-qec", &line, "typescript"]).current_dir(workspace.path("."));
    script.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null());
    // That of BSD, which is another, does not know its version.
    let is_known =
        Command::new("script").arg("--version").output().is_ok_and(|output| output.status.success());
    if !is_known {
        let _ = std::io::stderr().write_all(b"SKIPPED: there is no `script` to make a terminal with\n");
        return;
    }
    let mut child = script.spawn().unwrap();
    // Dropped, it would end the input of the command as well.
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"Example\ncode\ncause\n\n\n\n").unwrap();
    assert!(child.wait().unwrap().success(), "{}", workspace.read("typescript"));
    let catalog = catalog(&workspace, "demo");
    assert!(catalog.contains("\nvendor = { en = \"Example\" }\n"), "{catalog}");
    assert!(catalog.contains("\nroles = { 1 = \"code\", 3 = \"cause\" }\n"), "{catalog}");
    assert!(workspace.read("typescript").contains("? name of the vendor [Demo] "));
}

#[test]
fn a_catalog_that_is_there_is_never_touched() {
    let workspace = Workspace::alpha();
    workspace.build();
    workspace.write("alpha.md", PAGE);
    workspace.refuses(&["init", "alpha.md"], &["catalog-exists", "specs/vendors/alpha", "--catalog"]);
    workspace.refuses(&["init", "alpha.md", "--catalog", "ALPHA"], &["there is `alpha` already"]);
    // A folder without a catalog.toml is somebody's too.
    workspace.write("specs/vendors/notes/todo.txt", "");
    workspace.refuses(&["init", "alpha.md", "--catalog", "notes"], &["catalog-exists"]);
    let run = workspace.run(&["init", "alpha.md", "--catalog", "beta"]);
    is_built(&workspace, &run);
    assert!(run.out.contains("\nupdated docs/zh/README.md\n"), "{}", run.out);
    workspace.refuses(&["init", "alpha.md", "--catalog", "beta"], &["catalog-exists"]);
}

#[test]
fn ids_that_cannot_name_a_folder_everywhere_are_refused() {
    let workspace = Workspace::new();
    workspace.write("page.md", PAGE);
    for id in [
        "../x", "", ".", "..", "a/b", "/tmp/x", "CON", "nul.txt", "com1", "x.", "示例", "a b", "-x",
        "README", "a\nb",
    ] {
        workspace.refuses(&["init", "page.md", &format!("--catalog={id}")], &["bad-catalog-name"]);
    }
    workspace.refuses(&["init", "page.md", "--catalog", &"x".repeat(300)], &["bad-catalog-name"]);
}

#[test]
fn pages_of_any_name_find_a_place() {
    for (name, id, file) in [
        ("错误码.md", "errors", "page.md"),
        ("a b'c\"$(x).html", "a-bc-x", "a-b-c-x.html"),
        ("nul.txt", "errors", "page.txt"),
        ("-.md", "errors", "page.md"),
        ("noextension", "noextension", "noextension.md"),
        ("x\u{202e}y.md", "x-y", "x-y.md"),
    ] {
        let workspace = Workspace::new();
        workspace.write(name, PAGE);
        let run = workspace.run(&["init", &format!("./{name}")]);
        is_built(&workspace, &run);
        assert_eq!(workspace.read(&format!("specs/vendors/{id}/sources/{file}")), PAGE, "{name}");
        assert!(!run.out.contains('\u{202e}'), "{}", run.out);
    }
}

#[test]
fn what_is_no_page_is_refused() {
    let workspace = Workspace::new();
    workspace.write("empty.md", "");
    workspace.write("binary.md", b"\x7fELF\0\0");
    workspace.write("folder/x", "");
    workspace.write("good.md", PAGE);
    workspace.refuses(&["init", "empty.md"], &["no-tables"]);
    workspace.refuses(&["init", "binary.md"], &["binary-file"]);
    workspace.refuses(&["init", "folder"], &["it is a folder"]);
    workspace.refuses(&["init", "missing.md"], &["there is no such file"]);
    workspace.refuses(&["init", "good.md", "binary.md"], &["binary-file"]);
    // Of what a file of any size has, no more is read than a page may have.
    let huge = fs::File::create(workspace.path("huge.md")).unwrap();
    huge.set_len(300 << 20).unwrap();
    let run = workspace.run(&["init", "huge.md"]);
    assert!(run.status == 1 && run.err.contains("too-large"), "{}", run.err);
    assert!(!workspace.path("specs").exists());
    assert_eq!(workspace.run(&["init"]).status, 2);
}

#[test]
fn a_page_is_kept_as_it_came() {
    let workspace = Workspace::new();
    let (gbk, _, _) = encoding_rs::GBK.encode(PAGE);
    workspace.write("gbk.html.md", &gbk);
    let run = workspace.run(&["init", "gbk.html.md", "--catalog", "gbk"]);
    is_built(&workspace, &run);
    assert_eq!(fs::read(workspace.path("specs/vendors/gbk/sources/gbk.html.md")).unwrap(), *gbk);
    assert!(catalog(&workspace, "gbk").contains("示例错误码"));
    let run = workspace.run_with(PAGE, &["init", "-", "--catalog", "piped"]);
    is_built(&workspace, &run);
}

#[test]
fn pages_that_people_wrote_are_not_replaced() {
    let workspace = Workspace::new();
    workspace.write("demo.md", PAGE);
    workspace.write("docs/zh/demo.md", "# Ours\n");
    workspace.refuses(&["init", "demo.md"], &["unwritable-file", "docs/zh/demo.md", "did not generate"]);
    workspace.remove("docs");
    workspace.write("docs", "a file");
    workspace.refuses(&["init", "demo.md"], &["unwritable-file", "docs"]);
}

#[test]
fn a_catalog_beside_that_is_broken_stops_it_whole() {
    let workspace = Workspace::alpha();
    workspace.build();
    workspace.edit("specs/vendors/alpha/spec.toml", "code = 1001", "code = 1003");
    workspace.write("demo.md", PAGE);
    workspace.refuses(&["init", "demo.md"], &["spec-untrusted", "specs/vendors/alpha/spec.toml"]);
}

#[test]
fn what_is_said_on_the_command_line_is_not_asked_or_guessed() {
    let workspace = Workspace::new();
    workspace.write("demo.md", GUESSES);
    let run = workspace.run(&[
        "init",
        "demo.md",
        "--title",
        "Errors of ours",
        "--title",
        "zh=错误码",
        "--vendor=en=Us = we",
        "--role",
        "1.1=code",
        "--role",
        "1.1.3=ignore",
        "--docs",
        "site",
        "--catalogs",
        "catalogs",
    ]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let catalog = workspace.read("catalogs/demo/catalog.toml");
    for line in [
        "title = { en = \"Errors of ours\", zh = \"错误码\" }",
        "vendor = { en = \"Us = we\" }",
        "roles = { 1 = \"code\", 3 = \"ignore\" }",
    ] {
        assert!(catalog.lines().any(|found| found == line), "{line} in {catalog}");
    }
    assert!(!catalog.contains("guess"), "{catalog}");
    for command in
        ["im-errors build demo --catalogs catalogs --docs site", "im-errors enum demo --catalogs catalogs"]
    {
        assert!(run.out.contains(&format!("`{command}`")), "{}", run.out);
    }
    let check = workspace.run(&["build", "--check", "--catalogs", "catalogs", "--docs", "site"]);
    assert_eq!(check.status, 0, "{}", check.err);
}

#[test]
fn roles_make_a_table_that_nothing_names_list_errors() {
    let workspace = Workspace::new();
    workspace.write("demo.md", "| 甲 | 乙 |\n|---|---|\n| E1 | 用户不存在 |\n\n| 丙 |\n|---|\n| x |\n");
    workspace.refuses(&["init", "demo.md"], &["no-error-table", "2 tables", "`甲`", "--role"]);
    for (role, said) in [
        ("3.1=code", "there is no table 3"),
        ("1.3=code", "has no column 3"),
        ("2.1=cause", "table 2 lists no errors"),
        ("2.1.1=code", "there is no page 2"),
    ] {
        workspace.refuses(&["init", "demo.md", "--role", "1.1=error", "--role", role], &[said]);
    }
    for role in ["1.1", "1=code", "0.1=code", "1.1=codes", "1.1.1.1=code"] {
        assert_eq!(workspace.run(&["init", "demo.md", "--role", role]).status, 2, "{role}");
    }
    let run = workspace.run(&["init", "demo.md", "--role", "1.1=error", "--role", "1.2=summary"]);
    is_built(&workspace, &run);
    assert_eq!(spec(&workspace, "demo").errors[0].error.as_deref(), Some("E1"));
}

#[test]
fn several_pages_are_sources_of_one_catalog() {
    let workspace = Workspace::new();
    workspace.write("a/errors.md", PAGE);
    workspace.write("b/errors.md", PAGE.replace("100", "200"));
    let run = workspace.run(&["init", "a/errors.md", "b/errors.md", "--catalog", "both"]);
    is_built(&workspace, &run);
    let catalog = catalog(&workspace, "both");
    for part in
        ["\nfile = \"sources/errors-2.md\"\n", "\nid = \"user-api-2\"\nsource = \"sources/errors-2.md\"\n"]
    {
        assert!(catalog.contains(part), "{part} in {catalog}");
    }
    let codes: Vec<_> = spec(&workspace, "both").errors.iter().filter_map(|error| error.code).collect();
    assert_eq!(codes, [1001, 1002, 2001, 2002]);
}

#[test]
fn a_page_in_another_language_says_the_same_errors_again() {
    let workspace = Workspace::new();
    workspace.write("errors.zh.md", PAGE.replace("| 1001 |", "| 404 |").replace("| 1002 |", "| 400 |"));
    workspace.write("errors.en.md", GUESSES);
    let roles = ["--role", "1.1.1=code", "--role", "2.1.1=code", "--role", "2.1.3=ignore"];
    let arguments = [&["init", "errors.zh.md", "errors.en.md"], roles.as_slice()].concat();
    let run = workspace.run(&arguments);
    is_built(&workspace, &run);
    let catalog = catalog(&workspace, "errors");
    for part in [
        "title = { en = \"Errors of the example\", zh = \"示例错误码\" }",
        "locale = \"en\"    # the same errors in another language",
        "tables = { 1 = { roles = { 1 = \"code\", 3 = \"ignore\" } } }",
    ] {
        assert!(catalog.lines().any(|line| line == part), "{part} in {catalog}");
    }
    assert_eq!(catalog.matches("[[group]]").count(), 1);
    assert!(workspace.read("docs/en/errors.md").contains("The user is not in the group."));
    // In the other order, Chinese is the second language.
    let run = workspace.run(&["init", "errors.en.md", "errors.zh.md", "--catalog", "other"]);
    is_built(&workspace, &run);
    assert_eq!(spec(&workspace, "other").locale.as_str(), "en");
}

#[test]
fn a_page_from_the_web_says_where_it_is_from() {
    let (gbk, _, _) = encoding_rs::GBK.encode(PAGE);
    let server = Server::of(vec![
        status("302 Found", "Location: /im/errors?lang=zh\r\n"),
        ok("Content-Type: text/markdown; charset=gbk\r\n", &gbk),
    ]);
    let workspace = Workspace::new();
    let run = workspace.run(&["init", &format!("{}/im/errors#users", server.url), "--vendor", "示例"]);
    is_built(&workspace, &run);
    let catalog = catalog(&workspace, "errors");
    assert!(catalog.contains(&format!("\nurl = \"{}/im/errors?lang=zh\"\n", server.url)), "{catalog}");
    assert_eq!(workspace.read("specs/vendors/errors/sources/errors.md"), PAGE);
    assert!(server.request().starts_with("get /im/errors http"));
}

#[test]
fn a_page_that_the_web_does_not_give_leaves_nothing() {
    let server = Server::of(vec![status("404 Not Found", "")]);
    let workspace = Workspace::new();
    workspace.refuses(
        &["init", &format!("{}/x", server.url)],
        &["not-fetched", "status 404", "check the address"],
    );
    workspace.refuses(&["init", "file:///etc/passwd"], &["bad-address"]);
}

#[test]
fn a_saved_page_says_itself_where_it_is_from() {
    let workspace = Workspace::new();
    let html = "<!DOCTYPE html><html lang=zh-CN><head><title>错误码 | 示例文档</title>\
        <link rel=canonical href=\"https://docs.example.com/errors\"></head>\
        <body><h2>错误码#</h2><table><tr><th>code</th><th>x</th></tr><tr><td>1001</td><td>a</td></tr></table>";
    workspace.write("saved.html", html);
    let run = workspace.run(&["init", "saved.html"]);
    is_built(&workspace, &run);
    let catalog = catalog(&workspace, "saved");
    for part in [
        "title = { zh = \"错误码\" }",
        "vendor = { zh = \"Example\" }",
        "locale = \"zh\"",
        "file = \"sources/saved.html\"",
        "url = \"https://docs.example.com/errors\"",
    ] {
        assert!(catalog.lines().any(|line| line == part), "{part} in {catalog}");
    }
}

#[test]
fn nothing_on_a_page_reaches_the_terminal_or_the_catalog_unescaped() {
    let workspace = Workspace::new();
    let page = "---\ntitle: a\" }\u{1b}[2J\\\n---\n# x\u{1b}]0;y\u{7} \"\"\" ''' \\\n\n\
        | code | \u{1b}[31mz |\n|---|---|\n| 404 | \u{1b}[1mno | \n";
    workspace.write("demo.md", page);
    let run = workspace.run(&["init", "demo.md"]);
    is_built(&workspace, &run);
    assert!(!run.out.contains('\u{1b}'), "{}", run.out);
    let catalog = catalog(&workspace, "demo");
    assert!(!catalog.contains('\u{1b}'), "{catalog}");
    assert!(catalog.contains("title = { en = \"a\\\" } [2J\\\\\" }"), "{catalog}");
    let mut survey = survey(page);
    let mut out = Vec::new();
    init::ask(&mut survey, &Dictionary::english(), &mut b"\n\n\n\n".as_slice(), &mut out).unwrap();
    assert!(!out.contains(&0x1b));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_a_page_says_its_catalog_can_be_read(
        title in "\\PC{0,12}",
        headings in prop::collection::vec("[\\PC\t\"\\\\]{0,12}", 1..4),
        cell in "[^|\\\\\n]{0,12}",
        name in ".{0,20}",
        answers in "[\\PC\n]{0,40}",
    ) {
        let tables = headings.iter().enumerate().map(|(i, heading)| {
            format!("## {heading}\n\n| code | {cell} |\n|---|---|\n| 10{i} | {cell} |\n\n")
        });
        let text = format!("---\ntitle: {title}\n---\n{}", tables.collect::<String>());
        let page = init::Page { name, url: None, bytes: text.into_bytes() };
        if let Ok(mut survey) = Survey::new(vec![page], &Wishes::default()) {
            let groups = survey.pages[0].document.tables.len();
            let mut out = Vec::new();
            init::ask(&mut survey, &Dictionary::english(), &mut answers.as_bytes(), &mut out).unwrap();
            let files = survey.scaffold().files;
            let catalog = Catalog::parse(std::str::from_utf8(&files[0].1).unwrap());
            let catalog = catalog.unwrap_or_else(|problems| panic!("{problems:?}"));
            prop_assert_eq!(catalog.groups.len(), groups);
            prop_assert_eq!(&catalog.sources[0].file, &files[1].0);
        }
    }
}

#[test]
fn roles_are_written_with_their_place() {
    let at = init::RoleAt::parse("2.3.4=remedy").unwrap();
    assert_eq!((at.page, at.table, at.column, at.role), (1, 2, 3, Some(Role::Remedy)));
}
