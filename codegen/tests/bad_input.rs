//! Whatever is wrong with the input is told at its place, once, and nothing on disk changes.

use std::fs;

use crate::support::{ALPHA, CATALOG, PAGE, Workspace};

/// A built workspace, changed by `edit`, refuses to build with one error that holds `words`.
#[track_caller]
fn refused(edit: impl Fn(&Workspace), words: &[&str]) {
    refused_for(1, edit, words);
}

#[track_caller]
fn refused_for(errors: usize, edit: impl Fn(&Workspace), words: &[&str]) {
    let workspace = Workspace::two();
    workspace.build();
    edit(&workspace);
    for arguments in [&["build"][..], &["build", "--check"]] {
        let run = workspace.refuses(arguments, words);
        assert_eq!(run.errors(), errors, "{}", run.err);
        assert!(run.err.ends_with("nothing was written\n"), "{}", run.err);
        assert_eq!(run.out, "");
    }
}

/// The same for a part of alpha's catalog.toml.
#[track_caller]
fn refused_catalog(from: &str, to: &str, words: &[&str]) {
    refused(|workspace| workspace.edit_catalog(from, to), words);
}

/// Alpha's second line of overrides, to be put before the first.
fn with_override(line: &str) -> String {
    format!("{line}\n\"1001\" =")
}

#[test]
fn pages_that_are_none() {
    let workspace = Workspace::new();
    workspace.write("folder/x.md", "");
    workspace.write("program", b"\x7fELF\x02\0\0\0");
    workspace.write("picture.md", b"\x89PNG\r\n\x1a\n\x01\x02\xff\xfe");
    workspace.write("half.md", b"\xff\xfea");
    workspace.write("prose.md", "# 错误码\n\n没有表格。\n");
    let cases: [(&str, &[&str]); 6] = [
        ("nowhere.md", &["error[unreadable-file]: there is no such file", " --> nowhere.md\n"]),
        ("folder", &["error[unreadable-file]: it is a folder, not a page", " --> folder\n"]),
        ("program", &["error[binary-file]: the file is binary: byte 5 is NUL", " --> program\n"]),
        ("picture.md", &["error[unreadable-encoding]", "save the page as UTF-8", " --> picture.md\n"]),
        ("half.md", &["error[unreadable-encoding]", "UTF-16LE", " --> half.md\n"]),
        (
            "prose.md",
            &["error[no-tables]: the page has no table", " --> prose.md\n", "saved from the browser"],
        ),
    ];
    for (page, words) in cases {
        for command in ["tables", "parse"] {
            assert_eq!(workspace.refuses(&[command, page], words).errors(), 1);
        }
    }
}

#[test]
fn sources_that_are_no_pages() {
    let page = || format!("{ALPHA}/sources/alpha.zh.md");
    let at = format!("{ALPHA}/catalog.toml:6:8\n");
    refused(
        |w| w.remove(&page()),
        &["error[unreadable-file]: sources/alpha.zh.md: there is no such file", &at],
    );
    refused_catalog("sources/alpha.zh.md", "sources", &["sources: it is a folder, not a file", &at]);
    let file = format!(" --> {}\n", page());
    refused(|w| w.write(&page(), b"a\0b"), &["error[binary-file]", &file]);
    refused(|w| w.write(&page(), b"\xff\xfea"), &["error[unreadable-encoding]", &file]);
    refused(|w| w.write(&page(), "# 错误码\n"), &["error[no-tables]", &file]);
}

#[test]
fn sources_outside_of_the_catalog() {
    for path in [
        "../beta/sources/beta.md",
        "/etc/passwd",
        "sources/../../x.md",
        "C:/x.md",
        "a\\\\b",
        ".",
        "./a.md",
        "",
    ] {
        let words = ["error[path-outside]", "is no path below the catalog's folder", "catalog.toml:6:8\n"];
        refused_catalog("sources/alpha.zh.md", path, &words);
    }
}

#[cfg(unix)]
#[test]
fn a_source_that_is_a_link_out_of_the_catalog() {
    let words =
        ["error[path-outside]", "a link that leads out of the catalog's folder", "catalog.toml:6:8\n"];
    let link = |workspace: &Workspace, target: &str| {
        let page = workspace.path(ALPHA).join("sources/alpha.zh.md");
        fs::remove_file(&page).unwrap();
        std::os::unix::fs::symlink(target, page).unwrap();
    };
    refused(|w| link(w, "../../beta/sources/beta.md"), &words);
    refused(|w| link(w, "/etc/passwd"), &words);
    refused(|w| link(w, "nowhere.md"), &["there is no such file", "catalog.toml:6:8\n"]);
}

#[cfg(unix)]
#[test]
fn files_and_folders_of_a_catalog_that_are_links_out_of_it() {
    let outside = |workspace: &Workspace, name: &str| {
        let path = workspace.path(name);
        let target = workspace.path("outside");
        if path.exists() {
            fs::rename(&path, &target).unwrap();
        } else {
            fs::create_dir(&target).unwrap();
        }
        std::os::unix::fs::symlink(&target, path).unwrap();
    };
    let words = ["error[path-outside]", "leads out of the catalog's folder"];
    refused(|w| outside(w, &format!("{ALPHA}/locales/en.toml")), &words);
    refused(|w| outside(w, &format!("{ALPHA}/locales")), &words);
    refused(|w| outside(w, "specs/vendors/beta/locales"), &words);
    refused(|w| outside(w, &format!("{ALPHA}/sources")), &words);
    refused(|w| outside(w, &format!("{ALPHA}/spec.toml")), &words);
    refused(|w| outside(w, &format!("{ALPHA}/catalog.toml")), &words);
    let words = ["error[path-outside]", "leads out of the folder of catalogs", " --> specs/vendors/alpha\n"];
    refused(|w| outside(w, ALPHA), &words);
    for arguments in [
        &["explain", "1001", "--catalogs", "specs/vendors"][..],
        &["site"],
        &["export", "alpha", "--format", "json", "--catalogs", "specs/vendors"],
    ] {
        let workspace = Workspace::two();
        workspace.build();
        outside(&workspace, ALPHA);
        assert!(workspace.run(arguments).err.contains("error[path-outside]"), "{arguments:?}");
        let workspace = Workspace::two();
        workspace.build();
        outside(&workspace, &format!("{ALPHA}/spec.toml"));
        assert!(workspace.run(arguments).err.contains("error[path-outside]"), "{arguments:?}");
    }
    for command in ["stamp", "add"] {
        let workspace = Workspace::two();
        outside(&workspace, "specs/vendors/beta/locales");
        let arguments =
            if command == "add" { vec!["i18n", "add", "de"] } else { vec!["i18n", "stamp", "beta"] };
        workspace.refuses(&arguments, &["error[path-outside]"]);
    }
}

#[cfg(unix)]
#[test]
fn links_inside_of_a_catalog_are_followed() {
    let workspace = Workspace::alpha();
    let page = workspace.path(ALPHA).join("sources/alpha.zh.md");
    fs::rename(&page, page.with_file_name("2026.md")).unwrap();
    std::os::unix::fs::symlink("2026.md", &page).unwrap();
    workspace.build();
    assert_eq!(workspace.run(&["build", "--check"]).status, 0);
}

#[cfg(unix)]
#[test]
fn folders_of_the_output_that_are_links_elsewhere() {
    let workspace = to_change();
    fs::rename(workspace.path("docs/zh"), workspace.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", workspace.path("docs/zh")).unwrap();
    let words = ["error[unwritable-file]", "it is a link that leads elsewhere", " --> docs/zh\n"];
    workspace.refuses(&["build"], &words);
    workspace.refuses(&["build", "--check"], &words);
    // Whoever names the folder says where it leads.
    let workspace = to_change();
    fs::rename(workspace.path("docs"), workspace.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink("elsewhere", workspace.path("docs")).unwrap();
    workspace.build();
    assert!(workspace.path("docs").is_symlink());
    // The site, in place of a page and of a folder.
    let site = || {
        let workspace = Workspace::two();
        workspace.build();
        assert_eq!(workspace.run(&["site", "--out", "site"]).status, 0);
        workspace.edit_page("用户已存在。", "已有该用户。");
        workspace.build();
        workspace
    };
    let workspace = site();
    fs::rename(workspace.path("site/zh"), workspace.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", workspace.path("site/zh")).unwrap();
    let before = workspace.read("elsewhere/alpha/index.html");
    let run = workspace.run(&["site", "--out", "site"]);
    assert!(run.err.contains("it is a link that leads elsewhere"), "{}", run.err);
    assert_eq!(workspace.read("elsewhere/alpha/index.html"), before);
    let workspace = site();
    workspace.write("precious", "mine");
    workspace.remove("site/zh/alpha/index.html");
    std::os::unix::fs::symlink("../../../precious", workspace.path("site/zh/alpha/index.html")).unwrap();
    assert_eq!(workspace.run(&["site", "--out", "site"]).status, 0);
    assert_eq!(workspace.read("precious"), "mine");
}

#[cfg(unix)]
#[test]
fn files_that_never_end_are_not_read() {
    for file in ["sources/alpha.zh.md", "locales/en.toml", "spec.toml"] {
        let words: &[&str] = &["error[unreadable-file]", "it is a device or a pipe, not a file"];
        let workspace = Workspace::two();
        workspace.build();
        let file = format!("{ALPHA}/{file}");
        workspace.remove(&file);
        let made = std::process::Command::new("mkfifo").arg(workspace.path(&file)).status();
        assert!(made.is_ok_and(|status| status.success()));
        let run = workspace.run(&["build"]);
        assert!(words.iter().all(|word| run.err.contains(word)), "{file}: {}", run.err);
    }
}

#[test]
fn catalogs_with_keys_that_are_unknown_missing_or_of_the_wrong_kind() {
    let unknown = |key: &str, line: usize, near: &str| {
        [
            format!("unknown key `{key}`"),
            format!("alpha/catalog.toml:{line}:"),
            format!("did you mean `{near}`?"),
        ]
    };
    let cases = [
        ("vendor = ", "home = 1\nvendor = ", unknown("home", 2, "locale")),
        ("file = ", "edtion = \"1\"\nfile = ", unknown("edtion", 6, "edition")),
        ("id = ", "tabels = [1]\nid = ", unknown("tabels", 9, "tables")),
        ("{ name = ", "{ nmae = \"X\", name = ", unknown("nmae", 14, "name")),
        ("{ name = ", "{ caus = \"X\", name = ", unknown("caus", 14, "cause")),
    ];
    for (from, to, words) in cases {
        let words: Vec<_> =
            words.iter().map(String::as_str).filter(|word| !word.contains("`locale`?")).collect();
        refused_catalog(from, to, &words);
    }
    let missing =
        ["error[missing-key]: `locale` is missing", "alpha/catalog.toml:1:1\n", "add `locale = …` here"];
    refused_catalog("locale = \"zh\"\n", "", &missing);
    refused_catalog("id = \"users\"\n", "", &["`id` is missing", "alpha/catalog.toml:8:1\n"]);
    refused_catalog("tables = [1]", "tables = []", &["the group has no table", "alpha/catalog.toml:8:1\n"]);
    refused_catalog("file = \"sources/alpha.zh.md\"", "", &["`file` is missing", "alpha/catalog.toml:5:1\n"]);
    refused_catalog(
        "[[source]]\nfile = \"sources/alpha.zh.md\"\n",
        "",
        &[
            "error[missing-key]: the catalog has no source",
            "alpha/catalog.toml:1:1\n",
            "add `[[source]]` with `file = \"sources/…\"`",
        ],
    );
    refused_catalog(
        "zh = \"示例错误码\", ",
        "",
        &["the title is not given in the catalog's own language, `zh`"],
    );

    refused_catalog(
        "locale = \"zh\"",
        "locale = 1",
        &["expected a string, found an integer", "catalog.toml:3:10\n"],
    );
    refused_catalog(
        "locale = \"zh\"",
        "locale = \"中文\"",
        &["`中文` is no language tag", "catalog.toml:3:10\n"],
    );
    refused_catalog(
        "tables = [1]",
        "tables = \"1\"",
        &["expected an array, found a string", "catalog.toml:10:10\n"],
    );
    refused_catalog(
        "tables = [1]",
        "tables = [\"1\"]",
        &["expected a 64-bit integer, found a string", ":10:11\n"],
    );
    refused_catalog(
        "vendor = { zh = \"示例公司\", en = \"Example\" }",
        "vendor = \"x\"",
        &["expected a table", ":2:10\n"],
    );
    refused_catalog(
        "\"1001\" = {",
        "\"1002\" = 1\n\"1001\" = {",
        &["expected a table, found an integer", ":14:10\n"],
    );
    refused_catalog(
        "locale = \"zh\"",
        "locale = \"zh\"\ntranslations = { en = 1 }",
        &["error[wrong-kind]: expected a table, found an integer", "catalog.toml:4:23\n"],
    );
    refused_catalog("\"after-fix\"", "\"after-fx\"", &["unknown retry advice `after-fx`", ":14:43\n"]);
    refused_catalog(
        "[[source]]",
        "[source]",
        &["expected an array, found a table", ":5:1\n", "write `[[source]]`"],
    );
}

#[test]
fn toml_that_is_none_is_told_once() {
    let page = |text: &[u8]| {
        let text = text.to_vec();
        move |workspace: &Workspace| workspace.write(&format!("{ALPHA}/catalog.toml"), &text)
    };
    refused_catalog("tables = [1]", "tables = [1", &["error[toml-syntax]", "catalog.toml:11:1\n"]);
    refused_catalog(
        "title = { zh = \"用户\"",
        "title = { zh = \"用户",
        &["error[toml-syntax]", "catalog.toml:11:"],
    );
    refused_catalog(
        "locale = \"zh\"",
        "locale = \"zh\"\nlocale = \"en\"",
        &["duplicate key", "catalog.toml:4:1\n"],
    );
    let deep = format!("a = {}", "[".repeat(100_000));
    refused(page(deep.as_bytes()), &["error[toml-syntax]", "recursion", "catalog.toml:1:"]);
    // 「错」 in GB 18030.
    let gbk = [&CATALOG.as_bytes()[..16], b"\xb4\xed\" }\n"].concat();
    refused(
        page(&gbk),
        &["error[unreadable-encoding]: this is not UTF-8", "catalog.toml:1:17\n", "save the file as UTF-8"],
    );
}

#[test]
fn names_that_cannot_be() {
    let bad = |name: &str, why: &str| {
        refused_catalog(
            "UserNotFound",
            name,
            &["error[bad-name]", why, "catalog.toml:14:19\n", "UpperCamelCase"],
        );
    };
    bad("userNotFound", "does not start with a capital letter");
    bad("User_Not_Found", "the name holds '_'");
    bad("用户", "does not start with a capital letter");
    bad("Self", "`Self` is a keyword of Rust");
    bad("", "the name is empty");
    let twice = with_override("\"1002\" = { name = \"UserNotFound\" }");
    let words = [
        "error[duplicate-name]: two errors are named `UserNotFound`: `1001` and `1002`",
        "catalog.toml:14:19\n",
    ];
    refused_catalog("\"1001\" =", &twice, &words);
}

#[test]
fn a_name_that_another_error_has_already_is_told_where_it_is_set() {
    // 1002 is pinned as `UserExists`; the name set by hand for 1001 is the mistake.
    let edit = |workspace: &Workspace| {
        workspace.remove(&format!("{ALPHA}/locales/en.toml"));
        workspace.edit_catalog("\"UserNotFound\"", "\"UserExists\"");
    };
    refused(edit, &["two errors are named `UserExists`: `1001` and `1002`", "alpha/catalog.toml:14:19\n"]);
}

#[test]
fn overrides_that_fit_nothing() {
    let words =
        ["error[unknown-error]: the page has no error `1003` in the group `users`", "catalog.toml:14:1\n"];
    refused_catalog("\"1001\" =", "\"1003\" =", &words);
    let near = ["has no error `1001x`", "did you mean `1001`?"];
    refused_catalog("\"1001\" =", "\"1001x\" =", &near);
    let row = ["`1001` has no row for `cause_2`", "catalog.toml:14:"];
    refused_catalog("{ name =", "{ cause_2 = \"x\", name =", &row);
    refused_catalog(
        "{ name =",
        "{ message = \"user {x\", name =",
        &["error[bad-pattern]", "brace", "catalog.toml:14:22\n"],
    );
    refused_catalog(
        "{ name =",
        "{ message = \"{x}\", name =",
        &["error[bad-pattern]: nothing literal", ":14:22\n"],
    );
    refused_catalog(
        "{ name =",
        "{ message = \"{X} found\", name =",
        &["`X` is not named in snake_case", ":14:22\n"],
    );
    let misfit = ["error[pattern-misfit]", "the page's message `user not found`", "catalog.toml:14:22\n"];
    refused_catalog("{ name =", "{ message = \"user {x} lost\", name =", &misfit);
}

#[test]
fn roles_that_are_none() {
    let with = |roles: &str| format!("tables = [1]\nroles = {{ {roles} }}");
    let cases: [(&str, &[&str]); 5] = [
        ("4 = 5", &["error[wrong-kind]: expected a string, found an integer", "catalog.toml:11:15\n"]),
        ("4 = \"remedi\"", &["unknown role `remedi`", "catalog.toml:11:15\n", "did you mean `remedy`?"]),
        ("4 = \"zzz\"", &["unknown role `zzz`", "catalog.toml:11:15\n", "known: `code`, `http_status`"]),
        ("x = \"code\"", &["`x` is no column", "catalog.toml:11:11\n", "counted from 1"]),
        ("9 = \"cause\"", &["error[no-such-column]: there is no column 9, only 4", "catalog.toml:11:11\n"]),
    ];
    for (roles, words) in cases {
        refused_catalog("tables = [1]", &with(roles), words);
    }
}

#[test]
fn tables_in_no_group_or_in_two() {
    let other = "| 错误码 | 说明 |\n|---|---|\n| 2001 | 失败 |\n";
    let second = |workspace: &Workspace| {
        workspace.write(&format!("{ALPHA}/sources/alpha.zh.md"), format!("{PAGE}\n{other}"))
    };
    let words =
        ["error[table-claim]: table 2 of the page lists errors and is in no group", "alpha.zh.md:10:1\n"];
    refused(second, &words);
    refused_catalog(
        "tables = [1]",
        "tables = [1, 1]",
        &["table 1 is in a group already", "catalog.toml:10:14\n"],
    );
    refused_catalog(
        "tables = [1]",
        "tables = [1, 0]",
        &["there is no table 0", "catalog.toml:10:14\n", "counted from 1"],
    );
    let group = "[[group]]\nid = \"more\"\ntables = [1]\ntitle.zh = \"更多\"\n\n[[group]]\nid = \"users\"";
    refused_catalog(
        "[[group]]\nid = \"users\"",
        group,
        &["table 1 is in a group already", "catalog.toml:15:11\n"],
    );
    let words =
        ["error[no-such-table]: sources/alpha.zh.md has no table 2, only one", "catalog.toml:10:14\n"];
    refused_catalog("tables = [1]", "tables = [1, 2]", &words);
    let twice = "[[group]]\nid = \"users\"\ntables = [1]\ntitle.zh = \"一\"\n\n[[group]]\nid = \"users\"";
    refused_for(
        1,
        |w| w.edit_catalog("[[group]]\nid = \"users\"", twice),
        &["two groups have the id `users`", ":14:6\n"],
    );
    refused_catalog(
        "id = \"users\"",
        "id = \"Users!\"",
        &["`Users!` is not in kebab-case", "catalog.toml:9:6\n"],
    );
}

#[test]
fn a_group_whose_table_lists_no_errors_any_more_does_not_lose_them() {
    let edit = |workspace: &Workspace| workspace.edit_page("| 错误码 | 错误信息 |", "| 姓名 | 电话 |");
    refused(edit, &["error[empty-group]: table 1 lists no errors", "catalog.toml:10:11\n", "`roles`"]);
}

#[test]
fn groups_of_sources_that_are_unknown() {
    refused_catalog(
        "tables = [1]",
        "tables = [1]\nsource = \"sources/alpha.md\"",
        &[
            "error[unknown-source]: there is no source `sources/alpha.md`",
            "catalog.toml:11:10\n",
            "did you mean `sources/alpha.zh.md`?",
        ],
    );
    let second = "[[source]]\nfile = \"sources/b.md\"\n\n[[group]]\nid";
    refused_catalog(
        "[[group]]\nid",
        second,
        &["the group does not say which of the sources", "catalog.toml:11:1\n"],
    );
    let again =
        "[[source]]\nfile = \"sources/alpha.zh.md\"\n\n[[group]]\nsource = \"sources/alpha.zh.md\"\nid";
    refused_catalog(
        "[[group]]\nid",
        again,
        &["`sources/alpha.zh.md` is a source already", "catalog.toml:9:8\n"],
    );
    let file = "file = \"sources/alpha.zh.md\"";
    refused_catalog(
        file,
        &format!("{file}\nurl = \"example.com\""),
        &["error[bad-url]", "catalog.toml:7:7\n"],
    );
}

#[test]
fn rows_that_one_key_names_twice() {
    let page = "| 错误码 | 说明 |\n|---|---|\n| 400 | 失败 |\n| 40001 | 超时 |\n\n| HTTP 状态码 | 说明 |\n|---|---|\n| 400 | 请求有误 |\n";
    let edit = |workspace: &Workspace| {
        workspace.write(&format!("{ALPHA}/sources/alpha.zh.md"), page);
        workspace.edit_catalog("tables = [1]", "tables = [1, 2]");
        workspace.edit_catalog("\"1001\" =", "\"400\" =");
    };
    let words = [
        "error[same-identity]: `400` is another error of this group already",
        "different groups",
        "alpha.zh.md:",
    ];
    refused(edit, &words);
}

#[test]
fn translations_of_what_is_not_there() {
    let english = |text: &str| {
        let text = text.to_owned();
        move |workspace: &Workspace| workspace.write(&format!("{ALPHA}/locales/en.toml"), &text)
    };
    let words = [
        "there is no error `UserNotFond` to translate",
        "locales/en.toml:1:2\n",
        "did you mean `UserNotFound`?",
    ];
    refused(english("[UserNotFond]\nsummary = \"x\"\n"), &words);
    let words =
        ["error[nothing-to-translate]: `UserNotFound` has no cause in `zh` to translate", "en.toml:2:1\n"];
    refused(english("[UserNotFound]\ncause = \"x\"\n"), &words);
    let words = [
        "error[unknown-field]: `summry` is no text of an error",
        "en.toml:2:1\n",
        "`summary`, `cause` or `remedy`",
    ];
    refused(english("[UserNotFound]\nsummry = \"x\"\n"), &words);
    refused(english("[UserNotFound]\nsummary = \" \"\n"), &["error[empty-text]", "en.toml:2:11\n"]);
    refused(
        english("[UserNotFound]\nsummary = 1\n"),
        &["expected a string or `{ text = ", "found an integer", ":2:11\n"],
    );
    refused(
        english("[UserNotFound]\nsummary.text = \"x\"\n"),
        &["expected a string or `{ text = ", "en.toml:2:1\n"],
    );
    refused(
        english("[UserNotFound.summary]\ntext = \"x\"\n"),
        &["expected a string or `{ text = ", "en.toml:1:1"],
    );
    refused(
        english("[UserNotFound]\nsummary = { text = \"x\", off = \"\" }\n"),
        &["unknown key `off`", "did you mean `of`?"],
    );
    refused(english("UserNotFound = 1\n"), &["expected a table, found an integer", "en.toml:1:16\n"]);
    refused(english("[UserNotFound\n"), &["error[toml-syntax]", "en.toml:1:14\n"]);
    let bytes =
        |w: &Workspace| w.write(&format!("{ALPHA}/locales/en.toml"), b"[UserNotFound]\nsummary = \"\xff\"\n");
    refused(bytes, &["this is not UTF-8", "locales/en.toml:2:12\n", "save the file as UTF-8"]);
    let folder = |w: &Workspace| {
        w.remove(&format!("{ALPHA}/locales/en.toml"));
        fs::create_dir(w.path(ALPHA).join("locales/en.toml")).unwrap();
    };
    refused(folder, &["it is a folder, not a file", "locales/en.toml\n"]);
    let no_folder = |w: &Workspace| {
        w.remove(&format!("{ALPHA}/locales"));
        w.write(&format!("{ALPHA}/locales"), "");
    };
    refused(no_folder, &["it is a file, not a folder", "alpha/locales\n"]);
}

#[test]
fn an_override_that_fits_nothing_is_not_told_again_for_each_translation() {
    let edit = |workspace: &Workspace| {
        workspace.edit_catalog("\"1001\" =", "\"1003\" =");
        workspace.remove(&format!("{ALPHA}/spec.toml"));
    };
    refused(edit, &["error[unknown-error]"]);
}

#[test]
fn an_override_of_an_error_that_the_vendor_removed_may_go() {
    let workspace = Workspace::alpha();
    workspace.build();
    let page = format!("{ALPHA}/sources/alpha.zh.md");
    let without =
        workspace.read(&page).replace("| 1001 | user not found | 用户不存在。 | 先注册该用户。 |\n", "");
    workspace.write(&page, &without);
    // The other code was there before, so it is not what was meant.
    let words = ["error[unknown-error]", "= help: if the vendor has removed it, delete this"];
    workspace.refuses(&["build"], &words);
    workspace.write(&page, without + "| 1003 | user not found | 用户不存在。 | 先注册该用户。 |\n");
    let words = ["error[unknown-error]", "did you mean `1003`? If the vendor has removed it, delete this"];
    workspace.refuses(&["build"], &words);
}

#[test]
fn both_sides_of_a_merge_are_told_with_the_way_to_take_one() {
    let workspace = Workspace::alpha();
    workspace.build();
    let conflict =
        |text: String| text.replacen("\n\n", "\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n\n", 1);
    let page = format!("{ALPHA}/sources/alpha.zh.md");
    let whole = workspace.read(&page);
    workspace.write(&page, conflict(whole.clone()));
    workspace.refuses(
        &["build"],
        &["error[merge-conflict]: the page has both sides of a merge", "alpha.zh.md:3:1\n"],
    );
    let without = whole.replace("| 1002 | user exists | 用户已存在。 | |\n", "");
    assert_ne!(without, whole);
    workspace.write(&page, without);
    workspace.build();
    // There is a removed error to be lost now.
    let spec = format!("{ALPHA}/spec.toml");
    workspace.write(&spec, conflict(workspace.spec()));
    // Without `--ours` git refuses.
    let command = "git checkout --ours -- specs/vendors/alpha/spec.toml";
    workspace.refuses(&["build"], &["error[spec-untrusted]", command]);
    assert!(workspace.run(&["build", "--check"]).err.contains(command));
}

#[test]
fn a_spec_that_was_checked_out_with_the_line_endings_of_windows_is_as_it_was() {
    let workspace = Workspace::alpha();
    workspace.build();
    workspace.edit_catalog("\"UserNotFound\"", "\"NoUser\"");
    let english = format!("{ALPHA}/locales/en.toml");
    workspace.write(&english, workspace.read(&english).replace("UserNotFound", "NoUser"));
    workspace.build();
    let before = workspace.spec();
    assert!(before.contains("aliases = [\"UserNotFound\"]"), "{before}");
    workspace.write(&format!("{ALPHA}/spec.toml"), before.replace('\n', "\r\n"));
    workspace.build();
    assert_eq!(workspace.spec(), before);
}

#[test]
fn locale_files_that_are_none() {
    let with = |name: &str| {
        let name = format!("{ALPHA}/locales/{name}");
        move |workspace: &Workspace| workspace.write(&name, "[UserNotFound]\nsummary = \"x\"\n")
    };
    refused(with("EN.toml"), &["error[bad-locale-file]: `EN` is no language tag", "locales/EN.toml\n"]);
    refused(with("english.toml"), &["`english` is no language tag", "locales/english.toml\n"]);
    refused(with("zh.toml"), &["`zh` is the catalog's own language", "locales/zh.toml\n"]);
    let words = [
        "error[bad-locale-file]: the catalog has no title in `fr`",
        "locales/fr.toml\n",
        "add `fr = …` to `title`",
    ];
    refused(with("fr.toml"), &words);
}

#[test]
fn what_editors_leave_beside_translations_is_no_matter() {
    let workspace = Workspace::alpha();
    for name in [".#en.toml", "en.toml~", ".en.toml.swp", "README.md"] {
        workspace.write(&format!("{ALPHA}/locales/{name}"), b"\xff");
    }
    workspace.build();
}

#[test]
fn templates_that_do_not_work() {
    let refused = |name: &str, text: &str, words: &[&str]| {
        let workspace = Workspace::two();
        workspace.build();
        workspace.write(&format!("mine/{name}"), text);
        let run = workspace.refuses(&["build", "--templates", "mine"], words);
        assert_eq!(run.errors(), 1, "{}", run.err);
        assert!(run.err.ends_with("nothing was written\n"), "{}", run.err);
    };
    refused("index.md", "a\n{% if %}\n", &["error[broken-template]: syntax error", "mine/index.md:2:7\n"]);
    refused("index.md", "a\n {{ nope }}", &["undefined value: `nope` is undefined", "mine/index.md:2:5\n"]);
    refused("error.md", "{{ error.nope }}", &["undefined value", "mine/error.md:1:4\n"]);
    refused("index.md", "{{ t(\"nope\") }}", &["there is no string `nope`", "mine/index.md:1:4\n"]);
    refused("index.md", "{{ 1 | nope }}", &["nope", "mine/index.md:1:"]);
    refused("index.md", "{% include \"nope.md\" %}", &["nope.md", "mine/index.md:1:"]);
    let words = [
        "error[unknown-template]: there is no template `catalogs.md` to replace",
        "did you mean `catalog.md`?",
    ];
    refused("catalogs.md", "", &words);
    refused("zzz", "", &["there is no template `zzz`", "there are: `index.md`, `catalog.md`, `error.md`"]);
}

#[test]
fn a_folder_of_templates_that_is_none() {
    let workspace = Workspace::two();
    workspace.write("file", "");
    workspace.write("mine/index.md", b"\xff");
    let words = ["error[unreadable-templates]: there is no such folder of templates", " --> mime\n"];
    workspace.refuses(&["build", "--templates", "mime"], &words);
    workspace.refuses(
        &["build", "--templates", "file"],
        &["it is a file, not a folder of templates", " --> file\n"],
    );
    workspace.refuses(
        &["build", "--templates", "mine"],
        &["error[unreadable-encoding]: this is not UTF-8", " --> mine/index.md:1:1\n"],
    );
}

/// A built workspace of which every output is to change.
fn to_change() -> Workspace {
    let workspace = Workspace::two();
    workspace.build();
    workspace.edit_page("用户已存在。", "已有该用户。");
    workspace.edit_catalog("zh = \"示例公司\"", "zh = \"示例集团\"");
    workspace.edit_catalog("en = \"Example\"", "en = \"Example Group\"");
    workspace
}

#[test]
fn a_folder_in_the_place_of_an_output() {
    let workspace = to_change();
    workspace.remove("docs/zh/alpha.md");
    workspace.write("docs/zh/alpha.md/x", "");
    let words = [
        "error[unwritable-file]",
        "a folder is in its place",
        " --> docs/zh/alpha.md\n",
        "nothing was written",
    ];
    workspace.refuses(&["build"], &words);
    let check = workspace.run(&["build", "--check"]);
    assert_eq!(check.status, 3);
    let words =
        "error: docs/zh/alpha.md is a folder where a file must be; move it away, then run `im-errors build`";
    assert!(check.err.contains(words), "{}", check.err);
}

#[test]
fn a_file_in_the_place_of_a_folder() {
    let workspace = to_change();
    workspace.remove("docs");
    workspace.write("docs", "not a folder");
    workspace.refuses(&["build"], &["error[unwritable-file]", "`docs` is no folder", "nothing was written"]);
    let workspace = to_change();
    workspace.remove("docs/zh");
    workspace.write("docs/zh", "not a folder");
    workspace.refuses(&["build"], &["`docs/zh` is no folder", " --> docs/zh/README.md\n"]);
    let workspace = to_change();
    workspace.refuses(
        &["build", "--docs", &format!("{ALPHA}/catalog.toml/docs")],
        &["catalog.toml` is no folder"],
    );
}

#[test]
fn a_failure_half_way_takes_everything_back() {
    let workspace = to_change();
    // The last page cannot be staged: a folder has the name that it needs on its way.
    workspace.write("docs/zh/.alpha.md.im-errors-new/x", "");
    let words =
        ["error[unwritable-file]", "`docs/zh/.alpha.md.im-errors-new` is in the way", "docs/zh/alpha.md\n"];
    workspace.refuses(&["build"], &words);
    workspace.remove("docs/zh/.alpha.md.im-errors-new");
    workspace.write("docs/zh/.alpha.md.im-errors-old/x", "");
    workspace.refuses(&["build"], &["`docs/zh/.alpha.md.im-errors-old` is in the way", "docs/zh/alpha.md\n"]);
    workspace.remove("docs/zh/.alpha.md.im-errors-old");
    workspace.build();
    // New folders go as well.
    workspace.write("out/zh", "");
    workspace.refuses(&["build", "--docs", "out"], &["`out/zh` is no folder"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_to() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = to_change();
    let folder = workspace.path("docs/zh");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        fs::remove_file(folder.join("probe")).unwrap();
        // Written, not printed: the harness hides what passing tests print.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"SKIPPED: this user writes to read-only folders\n",
        );
    } else {
        workspace.refuses(&["build"], &["error[unwritable-file]", "Permission denied", "docs/zh/"]);
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // Nobody writes to these, not even root.
    workspace
        .refuses(&["build", "--docs", "/proc/im-errors"], &["error[unwritable-file]", "/proc/im-errors"]);
    workspace
        .refuses(&["build", "--docs", "/dev/full"], &["error[unwritable-file]", "`/dev/full` is no folder"]);
}

#[test]
fn what_an_interrupted_build_left_is_no_matter() {
    let workspace = to_change();
    let leftovers = [
        "docs/zh/.alpha.md.im-errors-new",
        "docs/zh/.alpha.md.im-errors-old",
        "docs/zh/.beta.md.im-errors-new",
        "specs/vendors/beta/.spec.toml.im-errors-old",
    ];
    for leftover in leftovers {
        workspace.write(leftover, "half a fi");
    }
    let expected = Workspace::new();
    let is_whole = |name: &str| !name.ends_with('/') && !leftovers.contains(&name);
    for (name, bytes) in workspace.tree().iter().filter(|(name, _)| is_whole(name)) {
        expected.write(name, bytes);
    }
    expected.build();
    workspace.build();
    // Also beside what did not change.
    workspace.is_as(&expected.tree());
}

#[cfg(unix)]
#[test]
fn a_leftover_that_is_a_link_does_not_lead_a_build_astray() {
    let workspace = to_change();
    workspace.write("precious", "mine");
    std::os::unix::fs::symlink("../../precious", workspace.path("docs/zh/.alpha.md.im-errors-new")).unwrap();
    workspace.build();
    assert_eq!(workspace.read("precious"), "mine");
    assert!(!workspace.path("docs/zh/alpha.md").is_symlink());
}
