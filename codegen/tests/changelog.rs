//! What is recorded of a vendor's changes, and the pages that tell them.

use std::fs;
use std::path::Path;

use crate::support::{ALPHA, CATALOG, PAGE, Run, TODAY, Workspace};
use im_errors_codegen::render::{Catalog, Places, feed};
use im_errors_spec::{EditionRecord, Fact, Locale, SpecFile, VariantName};

/// The seconds since 1970 of later days.
const CHRISTMAS: &str = "1798203868";
const LATER: &str = "1800000000";

/// The page with one error more, one less, and one whose message changed.
const CHANGED: &str = "\
# 错误码

## 用户

| 错误码 | 错误信息 | 说明 | 处理建议 |
|---|---|---|---|
| 1001 | no such user | 用户不存在。 | 先注册该用户。 |
| 1003 | too many requests | 请求过于频繁。 | 稍后重试。 |
";

fn run_on(workspace: &Workspace, day: &str, arguments: &[&str]) -> Run {
    let output = workspace.command(arguments).env("SOURCE_DATE_EPOCH", day).output().unwrap();
    Run::new(output)
}

#[track_caller]
fn build_on(workspace: &Workspace, day: &str) {
    let run = run_on(workspace, day, &["build"]);
    assert_eq!(run.status, 0, "{}", run.err);
}

fn put(workspace: &Workspace, page: &str) {
    workspace.write(&format!("{ALPHA}/sources/alpha.zh.md"), page);
}

fn editions(workspace: &Workspace) -> Vec<EditionRecord> {
    SpecFile::parse(&workspace.spec()).unwrap().spec.editions
}

/// What a record lists, by name.
fn listed(record: &EditionRecord) -> [Vec<String>; 4] {
    let names = |names: &[VariantName]| names.iter().map(ToString::to_string).collect();
    let renamed = record.renamed.iter().map(|renamed| format!("{} {}", renamed.from, renamed.to));
    let changed = record.changed.iter().map(|changed| {
        let facts: Vec<_> = changed.facts.iter().map(|fact| fact.as_str()).collect();
        format!("{} {}", changed.name, facts.join(" "))
    });
    [names(&record.added), names(&record.removed), renamed.collect(), changed.collect()]
}

fn lists(added: &[&str], removed: &[&str], renamed: &[&str], changed: &[&str]) -> [Vec<String>; 4] {
    [added, removed, renamed, changed].map(|names| names.iter().map(|name| (*name).to_owned()).collect())
}

/// Built, changed, and built again on a later day.
fn changed() -> Workspace {
    let workspace = Workspace::alpha();
    workspace.build();
    put(&workspace, CHANGED);
    build_on(&workspace, CHRISTMAS);
    workspace
}

/// The page as it was, with the error that is there again.
fn put_back(workspace: &Workspace) {
    put(workspace, PAGE);
    workspace.edit_catalog("[group.errors]\n", "[group.errors]\n\"1002\" = { reuses = false }\n");
}

fn is_changed(editions: &[EditionRecord]) {
    let [first, second] = editions else { panic!("{editions:#?}") };
    assert!(first.is_empty());
    assert_eq!(first.date.to_string(), "2026-11-20");
    assert_eq!(second.date.to_string(), "2026-12-25");
    let expected = lists(&["TooManyRequests"], &["UserExists"], &[], &["UserNotFound message"]);
    assert_eq!(listed(second), expected);
    assert_eq!(second.changed[0].was[&Fact::Message], "user not found");
    assert_ne!(first.digests, second.digests);
}

#[test]
fn a_first_build_records_the_edition_and_lists_nothing() {
    let workspace = Workspace::alpha();
    workspace.build();
    let spec = SpecFile::parse(&workspace.spec()).unwrap().spec;
    let [first] = spec.editions.as_slice() else { panic!("{:#?}", spec.editions) };
    assert!(first.is_empty());
    assert_eq!(first.digests, [spec.sources[0].digest.clone()]);
    let page = workspace.read("docs/zh/alpha.changes.md");
    assert!(page.contains("## <a id=\"2026-11-20\"></a>2026-11-20\n\n最早收录的版本"), "{page}");
}

#[test]
fn what_a_later_build_finds_changed_is_one_more_edition() {
    let workspace = changed();
    is_changed(&editions(&workspace));
    let spec = SpecFile::parse(&workspace.spec()).unwrap().spec;
    let since =
        |name: &str| spec.since(&VariantName::new(name).unwrap()).map(|record| record.date.to_string());
    assert_eq!(since("TooManyRequests").as_deref(), Some("2026-12-25"));
    assert_eq!(since("UserNotFound"), None);
}

#[test]
fn the_pages_of_changes_tell_them_in_both_languages() {
    let workspace = changed();
    let zh = "\
## <a id=\"2026-12-25\"></a>2026-12-25

新增 1 个，移除 1 个，修改 1 个

### 新增

- [TooManyRequests](alpha.md#too-many-requests) · `1003` — 请求过于频繁。

### 移除

- [UserExists](alpha.md#user-exists) · `1002`

### 修改

- [UserNotFound](alpha.md#user-not-found) · `1001` — 错误消息：`user not found` → `no such user`

## <a id=\"2026-11-20\"></a>2026-11-20
";
    let page = workspace.read("docs/zh/alpha.changes.md");
    assert!(page.starts_with("<!-- Generated from spec.toml; do not edit."), "{page}");
    assert!(page.contains(zh), "{page}");
    let en = "\
1 added, 1 removed, 1 changed

### Added

- [TooManyRequests](alpha.md#too-many-requests) · `1003` — <span lang=\"zh\">请求过于频繁。</span> <sup>not translated</sup>

### Removed

- [UserExists](alpha.md#user-exists) · `1002`

### Changed

- [UserNotFound](alpha.md#user-not-found) · `1001` — Message: `user not found` → `no such user`
";
    let page = workspace.read("docs/en/alpha.changes.md");
    assert!(page.contains(en), "{page}");
    for anchor in ["too-many-requests", "user-exists", "user-not-found"] {
        assert!(workspace.read("docs/en/alpha.md").contains(&format!("<a id=\"{anchor}\">")), "{anchor}");
    }
    assert!(workspace.read("docs/en/alpha.md").contains("· [Changes](alpha.changes.md) ·"));
    assert!(workspace.read("docs/zh/README.md").contains("| 2 | [2026-12-25](alpha.changes.md) |"));
}

#[test]
fn the_feed_has_an_entry_for_each_edition() {
    let workspace = changed();
    let spec = SpecFile::parse(&workspace.spec()).unwrap().spec;
    let catalog = Catalog { spec: &spec, folder: None };
    let places = Places {
        base: Some("https://docs.example"),
        feed: "zh/alpha.atom.xml",
        changes: "zh/alpha.changes.html",
        catalog: "zh/alpha.html",
    };
    let feed = feed(&catalog, &Locale::chinese(), &places).unwrap().unwrap();
    assert_eq!(feed.matches("<entry>").count(), 2, "{feed}");
    let titles = ["<title>2026-12-25 · 新增 1 个，移除 1 个，修改 1 个</title>", "<title>2026-11-20</title>"];
    let places: Vec<_> =
        titles.iter().map(|title| feed.find(title).unwrap_or_else(|| panic!("{feed}"))).collect();
    assert!(places[0] < places[1], "{feed}");
}

#[test]
fn without_changes_no_day_makes_a_difference() {
    let workspace = changed();
    let before = workspace.tree();
    for day in [TODAY, CHRISTMAS, LATER, "0"] {
        assert_eq!(run_on(&workspace, day, &["build", "--check"]).status, 0, "{day}");
        build_on(&workspace, day);
        workspace.is_as(&before);
    }
}

#[test]
fn a_change_is_drift_on_any_day() {
    let workspace = changed();
    put_back(&workspace);
    for day in [TODAY, CHRISTMAS, LATER] {
        let check = run_on(&workspace, day, &["build", "--check"]);
        assert_eq!(check.status, 3, "{}", check.err);
    }
}

#[test]
fn update_and_init_record_as_build_does() {
    let workspace = Workspace::alpha();
    workspace.build();
    workspace.write("page.md", CHANGED);
    let run = run_on(&workspace, CHRISTMAS, &["update", "alpha", "--from", "page.md"]);
    assert_eq!(run.status, 0, "{}", run.err);
    is_changed(&editions(&workspace));
    assert_eq!(workspace.spec(), changed().spec());

    let run = run_on(&workspace, LATER, &["init", "page.md", "--catalog", "beta", "--yes"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let spec = SpecFile::parse(&workspace.read("specs/vendors/beta/spec.toml")).unwrap().spec;
    assert_eq!(spec.editions.len(), 1);
    assert_eq!(spec.editions[0].date.to_string(), "2027-01-15");
    assert!(workspace.read("docs/zh/beta.changes.md").contains("2027-01-15"));
}

#[test]
fn builds_of_one_day_are_one_edition() {
    let workspace = changed();
    // A row more, and another message of one that changed already.
    put(
        &workspace,
        &CHANGED.replace("no such user", "nobody").replace("| 1003", "| 1004 | gone | 无。 | |\n| 1003"),
    );
    build_on(&workspace, CHRISTMAS);
    let second = editions(&workspace).pop().unwrap();
    let expected = lists(&["TooManyRequests", "Gone"], &["UserExists"], &[], &["UserNotFound message"]);
    assert_eq!(listed(&second), expected);
    assert_eq!(second.changed[0].was[&Fact::Message], "user not found");
    // Undone, all of it.
    put_back(&workspace);
    build_on(&workspace, CHRISTMAS);
    let editions = editions(&workspace);
    assert_eq!(editions.len(), 1, "{editions:#?}");
    assert_eq!(editions[0].date.to_string(), "2026-11-20");
}

#[test]
fn on_its_own_day_the_first_edition_still_lists_nothing() {
    let workspace = Workspace::alpha();
    workspace.build();
    put(&workspace, CHANGED);
    workspace.build();
    let spec = SpecFile::parse(&workspace.spec()).unwrap().spec;
    let [first] = spec.editions.as_slice() else { panic!("{:#?}", spec.editions) };
    assert!(first.is_empty());
    assert_eq!(first.digests, [spec.sources[0].digest.clone()]);
}

#[test]
fn a_clock_that_runs_behind_counts_as_the_last_day() {
    let workspace = changed();
    put_back(&workspace);
    build_on(&workspace, "0");
    assert_eq!(editions(&workspace).len(), 1);
}

#[test]
fn names_that_people_give_are_told_and_followed() {
    let workspace = changed();
    let name = "\"1001\" = { name = \"UserNotFound\"";
    workspace.edit_catalog(name, &name.replace("UserNotFound", "NoSuchUser"));
    workspace.remove(&format!("{ALPHA}/locales/en.toml"));
    build_on(&workspace, LATER);
    let record = editions(&workspace).pop().unwrap();
    assert_eq!(listed(&record), lists(&[], &[], &["UserNotFound NoSuchUser"], &[]));
    let page = workspace.read("docs/en/alpha.changes.md");
    assert!(
        page.contains("### Renamed\n\n- UserNotFound → [NoSuchUser](alpha.md#no-such-user) · `1001`\n"),
        "{page}"
    );
    // The older edition tells the old name, and leads to where the error is now.
    assert!(
        page.contains(
            "- [UserNotFound](alpha.md#no-such-user) · `1001` — Message: `user not found` → `no such user`"
        ),
        "{page}"
    );
}

#[test]
fn a_code_that_another_error_took_over_is_one_more_error_and_one_less() {
    let workspace = Workspace::alpha();
    workspace.build();
    let before = workspace.read(&format!("{ALPHA}/catalog.toml"));
    put(&workspace, &PAGE.replace("| user exists | 用户已存在。", "| too many calls | 本月额度已耗尽。"));
    let settled = "[group.errors]\n\"1002\" = { name = \"TooManyCalls\", reuses = \"UserExists\" }\n";
    workspace.edit_catalog("[group.errors]\n", settled);
    build_on(&workspace, CHRISTMAS);
    let expected = lists(&["TooManyCalls"], &["UserExists"], &[], &[]);
    assert_eq!(listed(&editions(&workspace)[1]), expected);
    let spec = SpecFile::parse(&workspace.spec()).unwrap().spec;
    let name = |name| VariantName::new(name).unwrap();
    assert_eq!(spec.since(&name("TooManyCalls")), Some(&spec.editions[1]));
    assert_eq!(spec.history().name_now(0, &name("UserExists")), &name("UserExists"));
    // The vendor takes it back.
    let spec = workspace.spec();
    put(&workspace, PAGE);
    let back = "[group.errors]\n\"1002\" = { name = \"UserExists\", reuses = \"TooManyCalls\" }\n";
    workspace.write(&format!("{ALPHA}/catalog.toml"), before.replace("[group.errors]\n", back));
    build_on(&workspace, LATER);
    let expected = lists(&["UserExists"], &["TooManyCalls"], &[], &[]);
    assert_eq!(listed(&editions(&workspace)[2]), expected);
    // On the same day it is as if nothing had been.
    workspace.write(&format!("{ALPHA}/spec.toml"), spec);
    build_on(&workspace, CHRISTMAS);
    assert_eq!(editions(&workspace).len(), 1);
}

#[test]
fn translations_and_layout_are_no_news() {
    let workspace = changed();
    let before = editions(&workspace);
    workspace.write(&format!("{ALPHA}/locales/en.toml"), "[UserNotFound]\nsummary = \"No such user\"\n");
    put(&workspace, &format!("\n\n{CHANGED}\n"));
    build_on(&workspace, LATER);
    assert_eq!(editions(&workspace), before);
}

#[test]
fn the_vendors_name_of_an_edition_may_come_after_its_page() {
    let workspace = changed();
    let source = "file = \"sources/alpha.zh.md\"\n";
    workspace.edit_catalog(source, &format!("{source}edition = \"2026 冬\"\n"));
    build_on(&workspace, LATER);
    let names: Vec<_> = editions(&workspace).into_iter().map(|edition| edition.name).collect();
    assert_eq!(names, [None, Some("2026 冬".to_owned())]);
    let page = workspace.read("docs/zh/alpha.changes.md");
    assert!(page.contains("## <a id=\"2026-12-25\"></a>2026-12-25 · 2026 冬 版\n"), "{page}");
}

#[test]
fn a_spec_without_editions_gets_its_first() {
    let workspace = Workspace::alpha();
    workspace.build();
    let text = workspace.spec();
    let body = text.splitn(3, '\n').nth(2).unwrap();
    let mut spec = SpecFile::parse(body).unwrap().spec;
    spec.editions.clear();
    workspace.write(&format!("{ALPHA}/spec.toml"), im_errors_codegen::resolve::previous::seal(&spec));
    build_on(&workspace, CHRISTMAS);
    let dates: Vec<_> = editions(&workspace).iter().map(|edition| edition.date.to_string()).collect();
    assert_eq!(dates, ["2026-12-25"]);
}

#[test]
fn past_editions_are_not_lost_with_a_damaged_spec() {
    let workspace = changed();
    workspace.edit(&format!("{ALPHA}/spec.toml"), "\"UserExists\",\n]", "\"UserExist\",\n]");
    workspace.refuses(&["build"], &["past editions may be in it alone"]);
    // Cut off, with the seal left.
    let workspace = Workspace::alpha();
    workspace.build();
    put(&workspace, &PAGE.replace("user not found", "no such user"));
    build_on(&workspace, CHRISTMAS);
    let whole = workspace.spec();
    assert!(whole.lines().nth(1).unwrap().ends_with(", 2 editions"), "{whole}");
    let cut = whole.find("\n[[edition]]").unwrap();
    workspace.edit_catalog("\"1001\" =", "\"1002\" = { name = \"UserExists\" }\n\"1001\" =");
    workspace.write(&format!("{ALPHA}/spec.toml"), &whole[..cut]);
    workspace.refuses(&["build"], &["past editions may be in it alone"]);
}

#[test]
fn a_wrong_epoch_is_refused() {
    let workspace = Workspace::alpha();
    for command in [&["build"][..], &["update", "alpha", "--from", "x"], &["init", "x"]] {
        let run = run_on(&workspace, "today", command);
        assert_eq!(run.status, 1);
        assert!(run.err.starts_with("error: SOURCE_DATE_EPOCH is `today`"), "{}", run.err);
    }
    assert!(!workspace.path(&format!("{ALPHA}/spec.toml")).exists());
}

#[test]
fn no_catalog_takes_the_page_of_anothers_changes() {
    let workspace = Workspace::alpha();
    workspace.write("specs/vendors/alpha.Changes/catalog.toml", CATALOG);
    workspace.refuses(&["build"], &["`alpha.Changes` cannot name a catalog"]);
}

#[test]
fn the_vendors_later_page_is_recorded_as_it_is_known_to_differ() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vendor-docs");
    let (old, new) =
        (pages.join("jmessage-server.zh.md"), pages.join("updates/jmessage-server.2019-04.zh.md"));
    if !new.exists() {
        eprintln!("SKIPPED: {} is not there", new.display());
        return;
    }
    let workspace = Workspace::new();
    let catalog = "title.zh = \"极光\"\nvendor.zh = \"极光\"\nlocale = \"zh\"\n\n\
        [[source]]\nfile = \"sources/page.md\"\n";
    workspace.write("specs/vendors/jmessage/catalog.toml", catalog);
    workspace.write("specs/vendors/jmessage/sources/page.md", fs::read(old).unwrap());
    build_on(&workspace, TODAY);
    let run = run_on(&workspace, CHRISTMAS, &["update", "jmessage", "--from", new.to_str().unwrap()]);
    assert_eq!(run.status, 0, "{}", run.err);
    let spec = SpecFile::parse(&workspace.read("specs/vendors/jmessage/spec.toml")).unwrap().spec;
    let [_, record] = spec.editions.as_slice() else { panic!("{:#?}", spec.editions) };
    assert_eq!((record.added.len(), record.removed.len(), record.renamed.len()), (27, 0, 0));
    let key = |name: &VariantName| spec.error(name.as_str()).unwrap().key();
    let changed: Vec<_> = record.changed.iter().map(|changed| (key(&changed.name), &changed.facts)).collect();
    let facts = [Fact::Message, Fact::Summary].map(|fact| [fact].into());
    assert_eq!(changed, [("818001".to_owned(), &facts[0]), ("898002".to_owned(), &facts[1])]);
}
