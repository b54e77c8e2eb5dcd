//! The translators' loop end to end: what `i18n` tells, sends out, takes back and starts.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{ALPHA, Workspace};
use im_errors_codegen::resolve::stamp;
use serde_json::Value;

const ENGLISH: &str = "specs/vendors/alpha/locales/en.toml";

const PAGE: &str = "\
# 错误码

## 用户

| 错误码 | 错误信息 | 说明 | 可能原因 | 处理建议 |
|---|---|---|---|---|
| 1001 | user not found | 用户不存在。 | 用户名有误，或该用户已被删除。 | 先注册该用户。 |
| 1002 | user exists | 用户已存在。 | 用户名已被占用。 | 换一个用户名。 |
| 1003 | group is full | 群组已满。 | 群组成员数达到上限。 | 创建新的群组。 |
";

const CATALOG: &str = r#"title = { zh = "示例错误码", en = "Example error codes" }
vendor = { zh = "示例公司", en = "Example" }
locale = "zh"

[[source]]
file = "sources/alpha.zh.md"

[[group]]
id = "users"
tables = [1]
title = { zh = "用户", en = "Users" }
"#;

/// `alpha`, built, with all nine texts translated.
fn translated() -> Workspace {
    let workspace = Workspace::new();
    workspace.write(&format!("{ALPHA}/catalog.toml"), CATALOG);
    workspace.write(&format!("{ALPHA}/sources/alpha.zh.md"), PAGE);
    workspace.write(
        ENGLISH,
        "# Ours.\n\
         [UserNotFound]\nsummary = \"The user does not exist\"\ncause = \"The name is wrong, or the user was deleted.\"\n\
         remedy = \"Register the user first.\"\n\n\
         [UserExists]\nsummary = \"The user exists\"\ncause = \"The name is taken.\"\nremedy = \"Choose another name.\"\n\n\
         [GroupIsFull] # as large as it may be\nsummary = \"The group is full\"\n\
         cause = \"The group has as many members as it may have.\"\nremedy = \"Create another group.\"\n",
    );
    let run = workspace.run(&["i18n", "stamp"]);
    assert_eq!(run.out, "stamped 9 translations in specs/vendors/alpha/locales/en.toml\n", "{}", run.err);
    workspace.build();
    workspace
}

/// What `status` says of English: current, stale, missing, unstamped, orphaned.
fn counts(workspace: &Workspace) -> [u64; 5] {
    let run = workspace.run(&["i18n", "status", "--locale", "en", "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let english = run.json()["catalogs"][0]["locales"][0].clone();
    assert_eq!(english["locale"], "en");
    ["current", "stale", "missing", "unstamped", "orphaned"].map(|state| english[state].as_u64().unwrap())
}

/// The entries that `status` lists for English.
fn entries(workspace: &Workspace) -> Vec<Value> {
    let run = workspace.run(&["i18n", "status", "--locale", "en", "--format", "json"]);
    run.json()["catalogs"][0]["locales"][0]["entries"].as_array().unwrap().clone()
}

fn export(workspace: &Workspace, form: &str) -> String {
    let run = workspace.run(&["i18n", "export", "--locale", "en", "--format", form]);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.err);
    run.out
}

fn warnings(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with("warning") || line.starts_with("error")).collect()
}

fn reword(workspace: &Workspace) {
    workspace.edit_page("用户名已被占用。", "该用户名已有人使用。");
}

fn delete(workspace: &Workspace) {
    workspace.edit_page(
        "| 1001 | user not found | 用户不存在。 | 用户名有误，或该用户已被删除。 | 先注册该用户。 |\n",
        "",
    );
}

/// All but the last word of it is 1003.
fn add_similar(workspace: &Workspace) {
    workspace.edit_page("\n| 1003 |", "\n| 1004 | group is frozen | 群组已满！！ | | |\n| 1003 |");
}

fn swap_columns_without_header(workspace: &Workspace) {
    let page = workspace.read(&format!("{ALPHA}/sources/alpha.zh.md"));
    let swapped = page.lines().map(|line| {
        let cells: Vec<_> = line.split('|').collect();
        match cells.as_slice() {
            [a, b, c, d, e, f, g] if b.contains("100") => [*a, *b, *c, *e, *d, *f, *g].join("|") + "\n",
            _ => format!("{line}\n"),
        }
    });
    workspace.write(&format!("{ALPHA}/sources/alpha.zh.md"), swapped.collect::<String>());
}

fn reindent(workspace: &Workspace) {
    workspace.edit_page(
        "| 1003 | group is full | 群组已满。 | 群组成员数达到上限。 |",
        "  |   1003 | group is full |群组已满.|   群组成员数达到上限。   |",
    );
}

#[test]
fn the_shipped_catalogs_have_nothing_missing_and_nothing_stale() {
    let workspace = Workspace::new();
    let vendors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/vendors");
    let vendors = vendors.to_str().unwrap();
    let run = workspace.run(&["i18n", "status", "--catalogs", vendors, "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let status = run.json();
    let catalogs = status["catalogs"].as_array().unwrap();
    assert_eq!(catalogs.len(), 5);
    for catalog in catalogs {
        let locales = catalog["locales"].as_array().unwrap();
        for tag in ["zh", "en"] {
            let locale = locales.iter().find(|locale| locale["locale"] == tag).unwrap();
            for state in ["missing", "stale", "unstamped", "orphaned"] {
                assert_eq!(locale[state], 0, "{}: {tag}: {state}", catalog["catalog"]);
            }
            assert!(locale["texts"].as_u64().unwrap() > 50 && locale["percent"] == 100);
        }
    }
    // And it stays so, or the build fails.
    for catalog in catalogs {
        let file = format!("{vendors}/{}/catalog.toml", catalog["catalog"].as_str().unwrap());
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.contains("translations.en = { missing = 0, stale = 0 }"));
    }
}

#[test]
fn a_reworded_cause_makes_exactly_one_text_stale() {
    let workspace = translated();
    assert_eq!(counts(&workspace), [9, 0, 0, 0, 0]);
    reword(&workspace);
    assert_eq!(counts(&workspace), [8, 1, 0, 0, 0]);
    let run = workspace.build();
    assert_eq!(warnings(&run.err).len(), 1, "{}", run.err);
    // Before and after the build, the text that was translated is known.
    assert_eq!(counts(&workspace), [8, 1, 0, 0, 0]);
    let stale = entries(&workspace);
    assert_eq!(stale.len(), 1);
    let stale = &stale[0];
    assert_eq!((&stale["error"], &stale["field"]), (&"UserExists".into(), &"cause".into()));
    assert_eq!((&stale["file"], &stale["line"]), (&ENGLISH.into(), &9.into()));
    assert_eq!(stale["previous_source"], "用户名已被占用。");
    assert_eq!(stale["source"], "该用户名已有人使用。");
    // Again, from the spec alone.
    let built = workspace.tree();
    workspace.build();
    workspace.is_as(&built);
    // However often it changes, it is the text that was translated.
    workspace.edit_page("该用户名已有人使用。", "用户名重复。");
    workspace.build();
    assert_eq!(entries(&workspace)[0]["previous_source"], "用户名已被占用。");
    // And once it is what it was, nothing is stale.
    workspace.edit_page("用户名重复。", "用户名已被占用。");
    workspace.build();
    assert_eq!(counts(&workspace), [9, 0, 0, 0, 0]);
    assert!(!workspace.spec().contains("was = "));
}

#[test]
fn a_stale_text_is_shown_anew_with_its_old_translation_marked() {
    let workspace = translated();
    reword(&workspace);
    workspace.edit_page("换一个用户名。", "请换一个用户名。");
    workspace.build();
    let page = workspace.read("docs/en/alpha.md");
    for (new, old) in
        [("该用户名已有人使用。", "The name is taken."), ("请换一个用户名。", "Choose another name.")]
    {
        let shown = page.find(&format!("<span lang=\"zh\">{new}</span>")).unwrap();
        let marked = page.find(&format!(
            "> The source text has changed since it was translated. Outdated translation: {old}"
        ));
        assert!(shown < marked.unwrap(), "{page}");
        assert_eq!(page.matches(old).count(), 1);
    }
    assert!(!workspace.read("docs/zh/alpha.md").contains("The name is taken."));
}

#[test]
fn a_deleted_error_is_one_tombstone_and_its_translations_are_kept() {
    let workspace = translated();
    delete(&workspace);
    let run = workspace.build();
    assert!(
        warnings(&run.err).iter().all(|line| line.starts_with("warning[orphaned-translation]")),
        "{}",
        run.err
    );
    let spec = workspace.spec();
    assert_eq!(spec.matches("[[removed]]").count(), 1);
    assert!(spec.contains("[[removed]]\nname = \"UserNotFound\"\n"));
    assert_eq!(counts(&workspace), [6, 0, 0, 0, 3]);
    // A second build says the same: nothing hangs on the first.
    assert_eq!(workspace.build().err, run.err);
    let exported = export(&workspace, "po");
    assert!(exported.contains("#~ msgctxt \"alpha/UserNotFound/cause\"\n"), "{exported}");
    assert!(exported.contains("#~ msgstr \"The name is wrong, or the user was deleted.\"\n"));
}

#[test]
fn a_text_that_the_vendor_drops_leaves_its_translation_orphaned() {
    let workspace = translated();
    workspace.edit_page("| 换一个用户名。 |", "| |");
    let run = workspace.build();
    assert_eq!(
        warnings(&run.err),
        ["warning[orphaned-translation]: `UserExists` has no remedy in `zh` any more"]
    );
    assert_eq!(counts(&workspace), [8, 0, 0, 0, 1]);
    // What was never stamped is a mistake.
    workspace.write(ENGLISH, "[UserExists]\nremedy = \"x\"\n");
    workspace.refuses(&["build"], &["error[nothing-to-translate]"]);
    assert_eq!(counts(&workspace), [0, 0, 8, 0, 1]);
}

#[test]
fn a_text_that_is_nearly_another_is_missing_and_never_guessed() {
    let workspace = translated();
    add_similar(&workspace);
    assert_eq!(counts(&workspace), [9, 0, 1, 0, 0]);
    let run = workspace.build();
    assert_eq!(warnings(&run.err), Vec::<&str>::new());
    let missing = &entries(&workspace)[0];
    assert_eq!((&missing["error"], &missing["field"]), (&"GroupIsFrozen".into(), &"summary".into()));
    assert_eq!(missing["file"], format!("{ALPHA}/sources/alpha.zh.md"));
    assert_eq!(missing["line"], 9);
    let page = workspace.read("docs/en/alpha.md");
    assert_eq!(page.matches("The group is full").count(), 2, "{page}");
}

#[test]
fn columns_that_change_places_are_told_at_their_first_row() {
    let workspace = translated();
    swap_columns_without_header(&workspace);
    let run = workspace.run(&["build"]);
    let swapped: Vec<_> =
        warnings(&run.err).into_iter().filter(|line| !line.contains("stale-translation")).collect();
    assert_eq!(
        swapped,
        [
            "warning[swapped-texts]: summary and cause of `UserNotFound` and of 2 more rows have changed places"
        ],
        "{}",
        run.err
    );
    assert!(run.err.contains("alpha.zh.md:7:1\n"), "{}", run.err);
}

#[test]
fn columns_that_change_places_with_their_header_change_nothing() {
    let workspace = translated();
    let (spec, page) = (workspace.spec(), workspace.read("docs/en/alpha.md"));
    let swapped = PAGE.lines().map(|line| {
        let cells: Vec<_> = line.split('|').collect();
        match cells.as_slice() {
            [a, b, c, d, e, f, g] => [*a, *b, *f, *d, *e, *c, *g].join("|") + "\n",
            _ => format!("{line}\n"),
        }
    });
    workspace.write(&format!("{ALPHA}/sources/alpha.zh.md"), swapped.collect::<String>());
    let run = workspace.build();
    assert_eq!(warnings(&run.err), Vec::<&str>::new());
    assert_eq!(counts(&workspace), [9, 0, 0, 0, 0]);
    let without = |spec: &str| {
        spec.lines().filter(|l| !l.contains("digest") && !l.starts_with('#')).collect::<String>()
    };
    assert_eq!(without(&workspace.spec()), without(&spec));
    assert_eq!(workspace.read("docs/en/alpha.md"), page);
}

#[test]
fn layout_and_the_width_of_punctuation_change_nothing() {
    let workspace = translated();
    reindent(&workspace);
    let run = workspace.build();
    assert_eq!(warnings(&run.err), Vec::<&str>::new());
    assert_eq!(counts(&workspace), [9, 0, 0, 0, 0]);
}

/// All at once: one stale, one tombstone, one missing, one diagnostic of the swap, nothing of layout.
#[test]
fn each_change_of_a_page_shows_as_what_it_is() {
    let workspace = translated();
    reword(&workspace);
    delete(&workspace);
    add_similar(&workspace);
    reindent(&workspace);
    // In one row, whose code and message nobody translates.
    workspace.edit_page(
        "\n| 1004 | group is frozen |",
        "\n| 1005 | busy | 忙。 | | |\n| 1004 | group is frozen |",
    );
    workspace.edit_page("| 1005 | busy |", "| busy | 1005 |");
    let run = workspace.build();
    let told: Vec<_> = warnings(&run.err).into_iter().filter(|l| !l.contains("orphaned")).collect();
    assert_eq!(told.len(), 2, "{}", run.err);
    assert!(told[0].starts_with("warning[bad-code]: `busy` is no code"), "{}", run.err);
    assert!(run.err.contains("alpha.zh.md:8:3\n"), "{}", run.err);
    assert!(told[1].starts_with("warning[stale-translation]: the cause of `UserExists`"), "{}", run.err);
    assert_eq!(workspace.spec().matches("[[removed]]").count(), 1);
    let states = entries(&workspace);
    let of = |state: &str| {
        states.iter().filter(|e| e["state"] == state).map(|e| e["error"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("stale"), ["UserExists"]);
    // The row that was swapped is an error without translation, too.
    assert_eq!(of("missing").iter().filter(|name| *name == "GroupIsFrozen").count(), 1);
    assert_eq!(of("orphaned"), ["UserNotFound"; 3]);
}

#[test]
fn what_comes_back_unedited_changes_no_byte() {
    let workspace = copy_of_the_shipped_catalogs();
    let before = workspace.tree();
    for form in ["po", "xliff", "csv"] {
        let exported = export(&workspace, form);
        for sent in [
            exported.clone(),
            exported.replace('\n', "\r\n").replace("\r\r", "\r"),
            format!("\u{feff}{exported}"),
        ] {
            let file = format!("sent.{form}");
            workspace.write(&file, sent);
            let run = workspace.run(&["i18n", "import", &file]);
            assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "nothing to change\n", ""));
            workspace.remove(&file);
            workspace.is_as(&before);
        }
        assert_eq!(export(&workspace, form), exported);
    }
}

fn copy_of_the_shipped_catalogs() -> Workspace {
    let workspace = Workspace::new();
    let vendors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/vendors");
    copy(&vendors, "specs/vendors", &workspace);
    workspace
}

fn copy(from: &Path, to: &str, workspace: &Workspace) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = format!("{to}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            copy(&entry.path(), &target, workspace);
        } else {
            workspace.write(&target, std::fs::read(entry.path()).unwrap());
        }
    }
}

/// `alpha` with something in every state.
fn in_every_state() -> Workspace {
    let workspace = translated();
    reword(&workspace);
    delete(&workspace);
    add_similar(&workspace);
    workspace.edit(
        ENGLISH,
        "remedy = { text = \"Create another group.\", of = \"",
        "remedy = { text = \"Create another group.\" } # \"",
    );
    workspace.build();
    assert_eq!(counts(&workspace), [4, 1, 1, 1, 3]);
    workspace
}

#[test]
fn a_po_file_tells_translators_what_there_is_to_do() {
    let workspace = in_every_state();
    let exported = export(&workspace, "po");
    let expected = r##"
#. 1002
#. user exists
#: specs/vendors/alpha/sources/alpha.zh.md:7
#, fuzzy
#| msgctxt "alpha/UserExists/cause"
#| msgid "用户名已被占用。"
msgctxt "alpha/UserExists/cause"
msgid "该用户名已有人使用。"
msgstr "The name is taken."
"##;
    assert!(exported.contains(expected), "{exported}");
    assert!(
        exported.contains("msgctxt \"alpha/GroupIsFrozen/summary\"\nmsgid \"群组已满！！\"\nmsgstr \"\"\n")
    );
    assert!(exported.ends_with("#~ msgctxt \"alpha/UserNotFound/remedy\"\n#~ msgid \"alpha/UserNotFound/remedy\"\n#~ msgstr \"Register the user first.\"\n"), "{exported}");
    let before = workspace.tree();
    workspace.write("en.po", &exported);
    workspace.run(&["i18n", "import", "en.po"]);
    workspace.remove("en.po");
    workspace.is_as(&before);
}

#[test]
fn translations_that_come_back_are_current_where_they_were_made_of_the_present_text() {
    for form in ["po", "xliff", "csv"] {
        let workspace = in_every_state();
        let mut sent = export(&workspace, form);
        let (stale, frozen) = ("该用户名已有人使用。", "群组已满！！");
        match form {
            "po" => {
                let fuzzy = sent.find("#, fuzzy\n#| msgctxt \"alpha/UserExists/cause\"").unwrap();
                sent.replace_range(fuzzy..fuzzy + "#, fuzzy\n".len(), "");
                sent = sent.replace(
                    &format!("{frozen}\"\nmsgstr \"\""),
                    &format!("{frozen}\"\nmsgstr \"\"\n\"The group \"\n\"is frozen\""),
                );
            }
            "xliff" => {
                let at = sent.find(&format!("<source>{stale}")).unwrap();
                let rest = sent.split_off(at);
                sent.push_str(&rest.replacen("needs-review-translation", "translated", 1));
                sent = sent.replace(
                    &format!("<source>{frozen}</source>"),
                    &format!("<source>{frozen}</source>\n<target><![CDATA[The group]]> is <g id=\"1\">frozen</g></target>"),
                );
            }
            _ => {
                sent = sent
                    .replace(&format!("missing,{frozen},"), &format!("missing,{frozen},The group is frozen"))
            }
        }
        sent = sent.replace("The name is taken.", "Somebody has this name.");
        let file = format!("en.{form}");
        workspace.write(&file, &sent);
        let run = workspace.run(&["i18n", "import", &file]);
        assert_eq!(run.err, "", "{form}");
        assert_eq!(run.out, format!("wrote {ENGLISH}: 1 new translation, 1 changed\n"), "{form}\n{sent}");
        assert_eq!(counts(&workspace), [6, 0, 0, 1, 3], "{form}");
        let english = workspace.read(ENGLISH);
        assert!(english.starts_with("# Ours.\n[UserNotFound]\n"), "{english}");
        assert!(english.contains("[GroupIsFull] # as large as it may be\n"), "{english}");
        let frozen = format!(
            "\n\n[GroupIsFrozen]\nsummary = {{ text = \"The group is frozen\", of = \"{}\" }}\n",
            stamp(frozen)
        );
        assert!(english.contains(&frozen), "{english}");
        // The orphan is left where it was.
        assert!(english.contains("Register the user first."));
    }
}

#[test]
fn what_was_exported_before_a_renaming_goes_to_the_present_name() {
    for form in ["po", "xliff", "csv"] {
        let workspace = translated();
        let english = workspace.read(ENGLISH);
        workspace.write(
            ENGLISH,
            english.replace("\nsummary = { text = \"The user exists\"", "\n# = { text = \"\""),
        );
        let sent = export(&workspace, form);
        let said = match form {
            "po" => sent.replacen("用户已存在。\"\nmsgstr \"\"", "用户已存在。\"\nmsgstr \"It exists\"", 1),
            "xliff" => sent.replacen(
                "<source>用户已存在。</source>",
                "<source>用户已存在。</source>\n<target state=\"translated\">It exists</target>",
                1,
            ),
            _ => sent.replacen("missing,用户已存在。,", "current,用户已存在。,It exists", 1),
        };
        assert_ne!(said, sent, "{sent}");
        workspace.edit_catalog(
            "title = { zh = \"用户\", en = \"Users\" }\n",
            "title = { zh = \"用户\", en = \"Users\" }\n\n[group.errors]\n\"1002\" = { name = \"NameTaken\" }\n",
        );
        workspace.write(ENGLISH, workspace.read(ENGLISH).replace("[UserExists]", "[NameTaken]"));
        workspace.build();
        workspace.write("sent", said);
        let run = workspace.run(&["i18n", "import", "sent"]);
        assert_eq!((run.status, warnings(&run.err)), (0, vec![]), "{form}: {}", run.err);
        let after = workspace.read(ENGLISH);
        assert!(after.contains("summary = { text = \"It exists\""), "{form}: {after}");
    }
}

#[test]
fn fuzzy_entries_are_not_made_current() {
    let workspace = in_every_state();
    let sent = export(&workspace, "po").replace("The name is taken.", "A draft.");
    workspace.write("en.po", sent);
    let before = workspace.tree();
    let run = workspace.run(&["i18n", "import", "en.po"]);
    assert_eq!(run.out, "nothing to change\nleft out 1 translation that the file marks as needing work\n");
    workspace.is_as(&before);
}

#[test]
fn a_translation_of_an_older_text_arrives_stale_and_never_replaces_a_current_one() {
    let workspace = translated();
    let exported = export(&workspace, "po");
    workspace.write(
        "old.po",
        exported.replace("The name is taken.", "Taken.").replace("The user exists", "It exists"),
    );
    reword(&workspace);
    let run = workspace.run(&["i18n", "import", "old.po"]);
    assert_eq!(run.status, 0);
    assert_eq!(warnings(&run.err).len(), 1, "{}", run.err);
    assert!(
        run.err.contains("warning[outdated-entry]: the cause of `UserExists` has changed"),
        "{}",
        run.err
    );
    assert_eq!(counts(&workspace), [8, 1, 0, 0, 0]);
    assert!(
        workspace
            .read(ENGLISH)
            .contains(&format!("text = \"Taken.\", of = \"{}\"", stamp("用户名已被占用。")))
    );
    // Now it is translated anew, and the old file comes once more.
    workspace.edit(ENGLISH, &format!("\"Taken.\", of = \"{}\"", stamp("用户名已被占用。")), "\"In use.\"");
    workspace.run(&["i18n", "stamp"]);
    assert_eq!(counts(&workspace), [9, 0, 0, 0, 0]);
    let before = workspace.tree();
    let run = workspace.run(&["i18n", "import", "old.po"]);
    assert!(run.err.contains("is translated anew already"), "{}", run.err);
    workspace.is_as(&before);
}

#[test]
fn nothing_is_taken_from_a_file_that_cannot_be_read() {
    let workspace = translated();
    let po = export(&workspace, "po");
    let entry = &po[po.find("#. 1002").unwrap()..];
    let xliff = export(&workspace, "xliff");
    let cases = [
        ("a.po", po.replace("msgstr \"The user exists\"", "msgstr \"x\" y"), "a.po:"),
        ("a.po", format!("{po}\nmsgid_plural \"x\"\n"), "no text of an error has a plural"),
        ("a.po", format!("{po}\n{}", entry.replace("The user exists", "Another")), "is here a second time"),
        ("a.po", po.replace("\"Language: en\\n\"\n", ""), "name it with `--locale`"),
        ("a.xliff", xliff.replace("</body>", ""), "this is no XML"),
        ("a.xliff", xliff.replace("version=\"1.2\"", "version=\"2.0\""), "export it as XLIFF 1.2"),
        ("a.xliff", xliff.replace("<target", "&evil;<target"), "this entity is not known"),
        ("a.xliff", xliff.replace("The user exists", "&evil;"), "this entity is not known"),
        ("a.xliff", "<html/>".to_owned(), "this is no XLIFF file"),
        ("a.csv", "a,b\n1,2\n".to_owned(), "there is no column `catalog`"),
        ("a.doc", "x".to_owned(), "this is no PO, XLIFF or CSV file"),
        ("a.po", "\0".to_owned(), "NUL"),
    ];
    for (file, sent, words) in cases {
        workspace.write(file, &sent);
        workspace.refuses(&["i18n", "import", file], &[words, "nothing was written"]);
    }
    workspace.refuses(&["i18n", "import", "none.po"], &["there is no such file"]);
    workspace.write("ja.po", po.replace("Language: en", "Language: ja"));
    workspace.refuses(&["i18n", "import", "ja.po"], &["i18n add ja alpha"]);
}

#[test]
fn what_spreadsheets_make_of_a_csv_file_is_read() {
    let workspace = in_every_state();
    let exported = export(&workspace, "csv");
    assert!(
        exported.starts_with(
            "\u{feff}catalog,locale,error,field,state,source,translation,location,vendor_key\r\n"
        )
    );
    // No field of it has a comma.
    let sent = exported.replace("missing,群组已满！！,", "missing,群组已满！！,'=frozen()");
    let gbk = encoding(&sent.replace('\u{feff}', ""), "gbk");
    let utf16 = encoding(&sent, "utf-16");
    for bytes in [sent.replace(',', ";").into_bytes(), sent.replace(',', "\t").into_bytes(), gbk, utf16] {
        let workspace = in_every_state();
        workspace.write("en.csv", bytes);
        let run = workspace.run(&["i18n", "import", "en.csv"]);
        assert_eq!(run.out, format!("wrote {ENGLISH}: 1 new translation, 0 changed\n"), "{}", run.err);
        assert!(workspace.read(ENGLISH).contains("text = \"=frozen()\""));
        // On its way out it is no formula again.
        assert!(export(&workspace, "csv").contains(",'=frozen(),"));
    }
}

fn encoding(text: &str, name: &str) -> Vec<u8> {
    if name == "utf-16" {
        return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    encoding_rs::GBK.encode(text).0.into_owned()
}

#[test]
fn a_new_language_is_started_translated_and_shown() {
    let workspace = translated();
    let run = workspace.run(&["i18n", "add", "ja"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("wrote specs/vendors/alpha/locales/ja.toml\n"), "{}", run.out);
    assert!(
        run.out.contains("add `ja = \"…\"` to `title` in specs/vendors/alpha/catalog.toml"),
        "{}",
        run.out
    );
    // Nothing else has changed.
    assert!(workspace.build().out.contains("all files up to date"));
    let japanese = workspace.read("specs/vendors/alpha/locales/ja.toml");
    assert!(
        japanese.contains(
            "\n[UserExists]\n# 用户已存在。\n# summary = \"\"\n# 用户名已被占用。\n# cause = \"\"\n"
        ),
        "{japanese}"
    );
    workspace.refuses(&["i18n", "add", "ja"], &["has translations to `ja` already"]);
    workspace.refuses(&["i18n", "add", "zh"], &["is the language of the page"]);
    let status = workspace.run(&["i18n", "status", "--locale", "ja"]);
    assert!(status.out.contains("alpha    ja          9        0  0%      0        9"), "{}", status.out);
    // By hand, and by a tool.
    workspace.edit(
        "specs/vendors/alpha/locales/ja.toml",
        "# 用户已存在。\n# summary = \"\"",
        "# 用户已存在。\nsummary = \"ユーザーは存在します\"",
    );
    workspace.run(&["i18n", "stamp"]);
    let po = workspace.run(&["i18n", "export", "--locale", "ja", "--format", "po"]).out;
    workspace.write(
        "ja.po",
        po.replace(
            "msgid \"群组已满。\"\nmsgstr \"\"",
            "msgid \"群组已满。\"\nmsgstr \"グループが満員です\"",
        ),
    );
    let run = workspace.run(&["i18n", "import", "ja.po"]);
    assert!(run.out.contains("1 new translation, 0 changed"), "{}{}", run.out, run.err);
    let japanese = workspace.read("specs/vendors/alpha/locales/ja.toml");
    assert!(
        japanese.contains("# 群组已满。\nsummary = { text = \"グループが満員です\", of = "),
        "{japanese}"
    );
    // The title is what says that there is documentation in it.
    workspace.refuses(&["build"], &["the catalog has no title in `ja`", "add `ja = …` to `title`"]);
    workspace.edit_catalog(
        "en = \"Example error codes\" }",
        "en = \"Example error codes\", ja = \"エラーコード\" }",
    );
    workspace.build();
    let page = workspace.read("docs/ja/alpha.md");
    assert!(page.contains("ユーザーは存在します") && page.contains("グループが満員です"), "{page}");
}

#[test]
fn a_threshold_fails_the_build_and_keeps_nobody_from_mending_it() {
    let workspace = translated();
    workspace.edit_catalog(
        "locale = \"zh\"\n",
        "locale = \"zh\"\ntranslations.en = { missing = 0, stale = 0, current = 100 }\n",
    );
    workspace.build();
    reword(&workspace);
    add_similar(&workspace);
    workspace.refuses(
        &["build"],
        &[
            "error[translation-threshold]: 1 of 10 texts is stale in `en`, and at most 0 may be",
            "catalog.toml:4:",
            "im-errors i18n status alpha --locale en",
        ],
    );
    assert_eq!(counts(&workspace), [8, 1, 1, 0, 0]);
    // The spec on disk is from before, so the text that was translated is known.
    let po = export(&workspace, "po");
    assert!(po.contains("#| msgid \"用户名已被占用。\""), "{po}");
    let fuzzy = po
        .replace("#, fuzzy\n", "")
        .replace("群组已满！！\"\nmsgstr \"\"", "群组已满！！\"\nmsgstr \"Frozen\"");
    workspace.write("en.po", fuzzy);
    assert_eq!(workspace.run(&["i18n", "import", "en.po"]).status, 0);
    workspace.build();
    // Half of the work done by hand can be stamped.
    workspace.edit_page("群组成员数达到上限。", "成员数达到上限。");
    workspace.edit_page("创建新的群组。", "请创建新的群组。");
    let stamped = format!("Create another group.\", of = \"{}\"", stamp("创建新的群组。"));
    workspace.edit(ENGLISH, &stamped, "Do create another group.\"");
    assert!(workspace.run(&["i18n", "stamp"]).out.starts_with("stamped 1 translation"));
}

#[test]
fn status_says_where_in_text_and_for_pull_requests() {
    let workspace = in_every_state();
    let run = workspace.run(&["i18n", "status"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let expected = "\
catalog  locale       texts  current        stale  missing  unstamped  orphaned
alpha    zh (source)      7        7  100%      0        0          0         0
alpha    en               7        4   57%      1        1          1         3

specs/vendors/alpha/locales/en.toml:9:9: stale: the cause of `UserExists` translates an older text: 用户名已被占用。; it is now: 该用户名已有人使用。
specs/vendors/alpha/locales/en.toml:15:10: unstamped: the remedy of `GroupIsFull` does not say which text it translates
specs/vendors/alpha/sources/alpha.zh.md:8: missing: the summary of `GroupIsFrozen` is not translated to `en`: 群组已满！！
specs/vendors/alpha/locales/en.toml:3:11: orphaned: the vendor has removed `UserNotFound` (1001), so its summary translates nothing
specs/vendors/alpha/locales/en.toml:4:9: orphaned: the vendor has removed `UserNotFound` (1001), so its cause translates nothing
specs/vendors/alpha/locales/en.toml:5:10: orphaned: the vendor has removed `UserNotFound` (1001), so its remedy translates nothing
";
    assert_eq!(run.out, expected);
    let run = workspace.run(&["i18n", "status", "--format", "github"]);
    let missing = "::warning file=specs/vendors/alpha/sources/alpha.zh.md,line=8,title=missing translation::the summary of `GroupIsFrozen` is not translated to `en`: 群组已满！！";
    assert!(run.out.lines().any(|line| line == missing), "{}", run.out);
    assert_eq!(run.out.lines().count(), 6);
    assert!(run.out.lines().all(|line| line.starts_with("::warning file=specs/vendors/alpha/")));
}

#[test]
fn status_tells_what_it_can_of_a_catalog_that_is_broken() {
    let workspace = in_every_state();
    let before = counts(&workspace);
    workspace.edit_page("| 1002 |", "| 1002x |");
    workspace.edit_catalog("tables = [1]", "tables = [9]");
    let run = workspace.run(&["i18n", "status", "--locale", "en", "--format", "json"]);
    assert_eq!(run.status, 1);
    let status = run.json();
    let english = &status["catalogs"][0]["locales"][0];
    // As it was built last.
    assert_eq!(english["current"].as_u64().unwrap(), before[0]);
    assert_eq!(status["diagnostics"][0]["code"], "no-such-table");
    assert_eq!(status["diagnostics"][0]["file"], format!("{ALPHA}/catalog.toml"));
    assert!(run.err.contains("error[no-such-table]"));
    let run = workspace.run(&["i18n", "status", "--format", "github"]);
    assert!(run.out.starts_with("::error file=specs/vendors/alpha/catalog.toml,line="), "{}", run.out);
    workspace.refuses(
        &["i18n", "export", "--locale", "en", "--format", "po"],
        &["no-such-table", "nothing was written"],
    );
    workspace.refuses(&["i18n", "status", "none"], &["there is no catalog `none`"]);
}

#[test]
fn an_export_goes_to_a_file_or_to_standard_output() {
    let workspace = translated();
    let run =
        workspace.run(&["i18n", "export", "alpha", "--locale", "en", "--format", "po", "--output", "en.po"]);
    assert_eq!(run.out, "wrote en.po\n");
    assert_eq!(workspace.read("en.po"), export(&workspace, "po"));
    workspace.refuses(&["i18n", "export", "--locale", "zh", "--format", "po"], &["the language of the page"]);
    // A language that nobody has started yet.
    let run = workspace.run(&["i18n", "export", "--locale", "pt-BR", "--format", "po"]);
    assert!(run.out.contains("\"Language: pt_BR\\n\""));
    assert_eq!(run.out.matches("msgstr \"\"").count(), 10);
}

/// The order of elements is that of the schema of XLIFF 1.2.
#[test]
fn an_xliff_file_has_the_structure_that_tools_expect() {
    use quick_xml::events::Event;
    let workspace = in_every_state();
    let exported = export(&workspace, "xliff");
    let mut reader = quick_xml::Reader::from_str(&exported);
    reader.config_mut().check_end_names = true;
    let (mut path, mut units, mut ids) = (Vec::new(), Vec::new(), std::collections::BTreeSet::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                let name = String::from_utf8(element.name().as_ref().to_vec()).unwrap();
                let attributes = element.attributes().map(|attribute| attribute.unwrap());
                let names: Vec<_> =
                    attributes.map(|a| String::from_utf8(a.key.as_ref().to_vec()).unwrap()).collect();
                let (parent, required): (&str, &[&str]) = match name.as_str() {
                    "xliff" => ("", &["version", "xmlns"]),
                    "file" => ("xliff", &["original", "source-language", "datatype"]),
                    "body" => ("file", &[]),
                    "trans-unit" => ("body", &["id"]),
                    "context" => ("context-group", &["context-type"]),
                    "context-group" | "note" | "alt-trans" => ("trans-unit", &[]),
                    "source" | "target" if path.last().is_some_and(|last| last == "alt-trans") => {
                        ("alt-trans", &[])
                    }
                    "source" | "target" => ("trans-unit", &[]),
                    other => panic!("{other}"),
                };
                assert_eq!(path.last().map_or("", String::as_str), parent, "{name}");
                assert!(required.iter().all(|needed| names.iter().any(|name| name == needed)), "{name}");
                if name == "trans-unit" {
                    units.push(Vec::new());
                    let id = element.try_get_attribute("id").unwrap().unwrap();
                    assert!(ids.insert(id.value.into_owned()), "an id is there twice");
                } else if parent == "trans-unit" {
                    units.last_mut().unwrap().push(name.clone());
                }
                path.push(name);
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Empty(element) => panic!("{element:?}"),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(units.len(), 7);
    for unit in &units {
        assert_eq!(unit[0], "source");
        let targets: Vec<_> =
            unit.iter().enumerate().filter(|(_, name)| *name == "target").map(|(i, _)| i).collect();
        assert!(targets.is_empty() || targets == [1], "{unit:?}");
    }
    assert_eq!(units.iter().filter(|unit| unit.len() > 1 && unit[1] == "target").count(), 6);
    assert_eq!(units.iter().flatten().filter(|name| *name == "alt-trans").count(), 1);
}

#[test]
fn a_po_library_that_is_not_ours_reads_the_same() {
    let workspace = in_every_state();
    let exported = export(&workspace, "po");
    let file = rspolib::pofile(exported.as_str()).unwrap();
    let entries: Vec<_> = file.entries.iter().filter(|entry| !entry.obsolete).collect();
    assert_eq!(entries.len(), 7);
    assert_eq!(file.entries.iter().filter(|entry| entry.obsolete).count(), 3);
    let stale = entries.iter().find(|entry| entry.fuzzy() && entry.previous_msgid.is_some()).unwrap();
    assert_eq!(stale.msgctxt.as_deref(), Some("alpha/UserExists/cause"));
    assert_eq!(stale.previous_msgid.as_deref(), Some("用户名已被占用。"));
    assert_eq!(stale.msgid, "该用户名已有人使用。");
    assert_eq!(entries.iter().filter(|entry| entry.fuzzy()).count(), 2);
    // As it writes the file anew, wrapped, nothing has changed.
    let before = workspace.tree();
    workspace.write("en.po", file.to_string());
    let run = workspace.run(&["i18n", "import", "en.po"]);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("nothing to change\n", ""));
    workspace.remove("en.po");
    workspace.is_as(&before);
}

/// gettext's own tools, and what Poedit and Weblate are built on.
#[test]
fn gettext_and_polib_accept_what_is_exported() {
    let shipped = copy_of_the_shipped_catalogs();
    for workspace in [&in_every_state(), &shipped] {
        let texts = texts_in_english(workspace);
        workspace.write("en.po", export(workspace, "po"));
        let path = workspace.path("en.po");
        if let Some((status, said)) = run("msgfmt", &["--check", "-o", "-"], &path) {
            assert!(status, "{said}");
        }
        if let Some((status, wrapped)) = run("msgcat", &[], &path) {
            assert!(status);
            workspace.write("wrapped.po", wrapped);
            let run = workspace.run(&["i18n", "import", "wrapped.po"]);
            assert_eq!((run.out.as_str(), run.err.as_str()), ("nothing to change\n", ""));
        }
        let script = "import polib, sys\n\
            po = polib.pofile(sys.argv[1])\n\
            print(len([e for e in po if not e.obsolete]), all(e.msgctxt for e in po))\n";
        if run("python3", &["-c", "import polib"], &path).is_none_or(|(status, _)| !status) {
            skipped("python3 with polib");
        } else {
            assert_eq!(run("python3", &["-c", script], &path), Some((true, format!("{texts} True\n"))));
        }
    }
}

/// How many texts there are to translate, as the status counts them.
fn texts_in_english(workspace: &Workspace) -> u64 {
    let run = workspace.run(&["i18n", "status", "--locale", "en", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let catalogs = status["catalogs"].as_array().unwrap().iter();
    catalogs.map(|catalog| catalog["locales"][0]["texts"].as_u64().unwrap()).sum()
}

/// Whether a program went well and what it printed; `None` if it is not installed.
fn run(program: &str, arguments: &[&str], file: &PathBuf) -> Option<(bool, String)> {
    let output = Command::new(program).args(arguments).arg(file).stderr(Stdio::null()).output();
    let Ok(output) = output else {
        skipped(program);
        return None;
    };
    Some((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// Says so past the harness, which hides what passing tests print.
fn skipped(what: &str) {
    std::io::stderr().write_all(format!("SKIPPED: {what} is not installed\n").as_bytes()).unwrap();
}
