//! Pages that a vendor changed, from his server to the documentation.

use crate::serve::{Server, ok, status};
use crate::support::prose::english;
use crate::support::{ALPHA, PAGE, Run, Workspace};
use im_errors_codegen::diagnostic::rules;

const CACHE: &str = "target/im-errors/http.json";
const SOURCE: &str = "specs/vendors/alpha/sources/alpha.zh.md";

/// The page with one more error.
fn longer() -> String {
    format!("{PAGE}| 1003 | too many requests | 请求过于频繁。 | 稍后重试。 |\n")
}

/// Says where the page of alpha is published.
fn publish(workspace: &Workspace, server: &Server) {
    let source = "file = \"sources/alpha.zh.md\"\n";
    workspace.edit_catalog(source, &format!("{source}url = \"{}/errors\"\n", server.url));
}

/// The catalog `alpha`, built, whose server gives these answers.
fn served(answers: Vec<Vec<u8>>) -> (Workspace, Server) {
    let workspace = Workspace::alpha();
    let server = Server::of(answers);
    publish(&workspace, &server);
    workspace.build();
    (workspace, server)
}

fn page(text: &str) -> Vec<u8> {
    ok("Content-Type: text/markdown; charset=utf-8\r\n", text.as_bytes())
}

#[track_caller]
fn is_fine(run: &Run) {
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
}

/// Everything generated fits the pages.
#[track_caller]
fn is_up_to_date(workspace: &Workspace) {
    is_fine(&workspace.run(&["build", "--check"]));
}

#[test]
fn a_new_row_reaches_source_spec_and_documentation_and_names_stay() {
    let fresh = ok("Content-Type: text/markdown\r\nETag: \"2\"\r\n", longer().as_bytes());
    let not_modified = status("304 Not Modified", "");
    let (workspace, server) = served(vec![fresh, not_modified]);
    let run = workspace.run(&["update"]);
    is_fine(&run);
    let expected = "\
specs/vendors/alpha/spec.toml as it was → specs/vendors/alpha/spec.toml

Compatible
  + 1003  added (line 44)
      | too many requests

1 added, verdict: compatible
updated specs/vendors/alpha/sources/alpha.zh.md
updated specs/vendors/alpha/spec.toml
";
    assert!(run.out.starts_with(expected), "{}", run.out);
    assert!(run.out.contains("updated docs/zh/alpha.md\n"), "{}", run.out);
    assert_eq!(workspace.read(SOURCE), longer());
    assert_eq!(workspace.spec().lines().nth(43), Some("[[error]]"));
    assert!(workspace.spec().lines().skip(44).any(|line| line == "code = 1003"));
    let names = ["name = \"UserNotFound\"", "name = \"UserExists\"", "name = \"TooManyRequests\""];
    assert!(names.iter().all(|name| workspace.spec().contains(name)), "{}", workspace.spec());
    assert!(workspace.read("docs/zh/alpha.md").contains("请求过于频繁。"));
    is_up_to_date(&workspace);

    assert_eq!(workspace.read("target/im-errors/.gitignore"), "*\n");
    assert!(!server.request().contains("if-none-match"));
    let before = workspace.tree();
    let again = workspace.run(&["update"]);
    is_fine(&again);
    assert_eq!(again.out, "alpha: not modified\n");
    assert!(server.request().contains("\r\nif-none-match: \"2\"\r\n"));
    workspace.is_as(&before);
}

#[test]
fn a_page_edited_since_is_asked_for_without_a_condition() {
    let fresh = || ok("ETag: \"2\"\r\n", longer().as_bytes());
    let (workspace, server) = served(vec![fresh(), fresh()]);
    is_fine(&workspace.run(&["update"]));
    workspace.write(SOURCE, PAGE);
    is_fine(&workspace.run(&["update", "alpha"]));
    assert_eq!(workspace.read(SOURCE), longer());
    for _ in 0..2 {
        assert!(!server.request().contains("if-"));
    }
}

#[test]
fn the_same_page_without_validators_is_not_modified_and_nothing_is_kept() {
    let (workspace, _server) = served(vec![page(PAGE)]);
    let before = workspace.tree();
    let run = workspace.run(&["update"]);
    is_fine(&run);
    assert_eq!(run.out, "alpha: not modified\n");
    workspace.is_as(&before);
}

#[test]
fn a_broken_cache_is_as_none() {
    let (workspace, server) = served(vec![ok("ETag: \"2\"\r\n", longer().as_bytes())]);
    workspace.write(CACHE, "{ no");
    is_fine(&workspace.run(&["update"]));
    assert!(!server.request().contains("if-"));
    assert!(workspace.read(CACHE).contains("\"etag\": \"\\\"2\\\"\""));
}

#[test]
fn a_captcha_is_refused_and_everything_stays() {
    let captcha = ok("Content-Type: text/html\r\n", b"<html><p>Are you a robot?</p></html>");
    let (workspace, server) = served(vec![captcha]);
    let url = format!("{}/errors", server.url);
    let words = ["error[suspicious-page]: no table of the page lists errors", "--accept", &url];
    let run = workspace.refuses(&["update"], &words);
    assert!(run.err.ends_with("alpha: nothing was written\n"), "{}", run.err);
    assert_eq!(rules::SUSPICIOUS_PAGE.code, "suspicious-page");
}

#[test]
fn a_page_that_lost_most_errors_is_refused_unless_accepted() {
    let short = page(&PAGE.replace("1001 | user not found", "3001 | no such user").replace("1002", "3002"));
    let (workspace, _server) = served(vec![short.clone(), short]);
    // What is said of an error that is gone must go by hand.
    workspace.edit_catalog("\"1001\" = { name = \"UserNotFound\", retry = \"after-fix\" }\n", "");
    workspace.remove("specs/vendors/alpha/locales/en.toml");
    workspace.build();
    workspace.refuses(&["update"], &["of the 2 errors that the page listed, 2 are gone", "--accept"]);
    let run = workspace.run(&["update", "--accept", "--fail-on", "breaking"]);
    assert_eq!(run.status, 4, "{}{}", run.out, run.err);
    assert!(run.out.contains("verdict: breaking"), "{}", run.out);
    assert!(workspace.read(SOURCE).contains("3001"));
    is_up_to_date(&workspace);
}

#[test]
fn a_server_that_fails_changes_nothing() {
    let (workspace, _server) = served(vec![status("500 Internal Server Error", "")]);
    workspace.refuses(&["update"], &["the server failed (status 500)", "alpha: nothing was written"]);
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for_longer_than_said() {
    let workspace = Workspace::alpha();
    let server = Server::new(vec![Box::new(|stream| {
        let _ = std::io::copy(stream, &mut std::io::sink());
    })]);
    publish(&workspace, &server);
    workspace.build();
    workspace.refuses(&["update", "--timeout", "1"], &["the page did not come within 1 s"]);
    for wrong in ["0", "3601", "soon"] {
        let run = workspace.run(&["update", "--timeout", wrong]);
        assert_eq!(run.status, 2, "{}", run.err);
        assert!(run.err.contains("write a number of seconds from 1 to 3600"), "{}", run.err);
    }
}

#[test]
fn a_page_is_followed_where_it_moved() {
    let (workspace, _server) = served(vec![status("302 Found", "Location: /last\r\n"), page(&longer())]);
    is_fine(&workspace.run(&["update"]));
    assert_eq!(workspace.read(SOURCE), longer());
}

#[test]
fn a_page_that_the_catalog_no_longer_fits_is_not_written() {
    // The table of the group is now the second.
    let other = format!("| 名称 | 作者 |\n|---|---|\n| 甲 | 乙 |\n\n{PAGE}");
    let (workspace, _server) = served(vec![page(&other)]);
    workspace.refuses(&["update"], &["[empty-group]", "alpha: nothing was written"]);
}

#[test]
fn a_dry_run_shows_all_and_writes_nothing() {
    let (workspace, _server) = served(vec![ok("ETag: \"2\"\r\n", longer().as_bytes())]);
    let before = workspace.tree();
    let run = workspace.run(&["update", "--dry-run", "--fail-on", "any"]);
    assert_eq!(run.status, 4, "{}{}", run.out, run.err);
    assert!(run.out.ends_with("1 added, verdict: compatible\n"), "{}", run.out);
    workspace.is_as(&before);
}

#[test]
fn of_two_catalogs_one_may_fail() {
    let workspace = Workspace::two();
    let (alpha, beta) = (
        Server::of(vec![status("500 Oops", "")]),
        Server::of(vec![page("| 错误码 | 说明 |\n|---|---|\n| 7 | 失败 |\n| 8 | 超时 |\n")]),
    );
    publish(&workspace, &alpha);
    let source = "file = \"sources/beta.md\"\n";
    let beta_catalog = "specs/vendors/beta/catalog.toml";
    workspace.edit(beta_catalog, source, &format!("{source}url = \"{}\"\n", beta.url));
    workspace.build();
    let run = workspace.run(&["update"]);
    assert_eq!(run.status, 1, "{}{}", run.out, run.err);
    assert!(run.err.contains("the server failed"), "{}", run.err);
    assert!(workspace.read("specs/vendors/beta/spec.toml").contains("超时"));
    assert_eq!(workspace.read(SOURCE), PAGE);
    is_up_to_date(&workspace);
}

#[test]
fn a_saved_page_takes_the_place_of_the_fetch() {
    let workspace = Workspace::alpha();
    workspace.build();
    workspace.write("saved.md", longer());
    is_fine(&workspace.run(&["update", "alpha", "--from", "saved.md"]));
    assert_eq!(workspace.read(SOURCE), longer());
    is_up_to_date(&workspace);
    let run = workspace.run_with(longer(), &["update", "alpha", "--from", "-"]);
    assert_eq!(run.out, "alpha: not modified\n");
    workspace.write("saved.md", "nothing\n");
    workspace.refuses(&["update", "alpha", "--from", "saved.md"], &["saved.md", "suspicious-page"]);
    workspace.refuses(&["update", "alpha", "--from", "absent.md"], &["absent.md", "there is no such file"]);
    assert_eq!(workspace.run(&["update", "--from", "saved.md"]).status, 2);
}

#[test]
fn a_saved_page_is_of_one_source() {
    let workspace = Workspace::alpha();
    let second = "\n[[source]]\nfile = \"sources/second.md\"\n\n[[group]]\nid = \"second\"\nsource = \"sources/second.md\"\ntables = [1]\ntitle = { zh = \"二\", en = \"Second\" }\n";
    let catalog = workspace.read(&format!("{ALPHA}/catalog.toml"));
    let catalog = catalog.replace("id = \"users\"\n", "id = \"users\"\nsource = \"sources/alpha.zh.md\"\n");
    workspace.write(&format!("{ALPHA}/catalog.toml"), catalog + second);
    workspace.write("saved.md", "| 错误码 | 说明 |\n|---|---|\n| 9 | 失败 |\n");
    let from = ["update", "alpha", "--from", "saved.md"];
    workspace.refuses(&from, &["--source", "sources/alpha.zh.md, sources/second.md"]);
    // It need not be there yet.
    let run = workspace.run(&[&from[..], &["--source", "sources/second.md"]].concat());
    is_fine(&run);
    is_up_to_date(&workspace);
}

#[test]
fn a_page_that_reuses_a_removed_code_is_refused_until_that_is_settled() {
    let workspace = Workspace::alpha();
    workspace.write("longer.md", longer());
    workspace.write(
        "reused.md",
        longer().replace("too many requests", "user banned").replace("请求过于频繁", "用户被封禁"),
    );
    workspace.write("shorter.md", PAGE);
    workspace.build();
    let from = |page| workspace.run(&["update", "alpha", "--from", page]);
    is_fine(&from("longer.md"));
    is_fine(&from("shorter.md"));
    assert!(workspace.spec().contains("[[removed]]\nname = \"TooManyRequests\"\n"));
    let words = [
        "error[reused-code]: the code 1003 was `TooManyRequests`, which the vendor has removed (spec.toml:",
        "specs/vendors/alpha/sources/alpha.zh.md:9:1\n",
        "reuses = \"TooManyRequests\"",
    ];
    workspace.refuses(&["update", "alpha", "--from", "reused.md"], &words);
    let settled = "[group.errors]\n\"1003\" = { name = \"UserBanned\", reuses = \"TooManyRequests\" }\n";
    workspace.edit_catalog("[group.errors]\n", settled);
    is_fine(&from("reused.md"));
    let spec = workspace.spec();
    assert!(spec.contains("name = \"UserBanned\"\ngroup = \"users\"\ncode = 1003\n"), "{spec}");
    assert!(
        spec.contains("[[removed]]\nname = \"TooManyRequests\"\ngroup = \"users\"\nkey = \"1003\"\n"),
        "{spec}"
    );
    is_up_to_date(&workspace);
}

#[test]
fn a_page_that_gives_a_code_to_another_error_is_refused_until_that_is_settled() {
    let workspace = Workspace::alpha();
    workspace.build();
    let other = "| 1002 | too many calls | 本月额度已耗尽 | |";
    workspace.write("other.md", PAGE.replace("| 1002 | user exists | 用户已存在。 | |", other));
    let words = [
        "error[reused-code]: the code 1002 was `UserExists`, `user exists` (spec.toml:",
        "alpha.zh.md:8:1\n",
    ];
    workspace.refuses(&["update", "alpha", "--from", "other.md"], &words);
    let settled = "[group.errors]\n\"1002\" = { name = \"TooManyCalls\", reuses = \"UserExists\" }\n";
    workspace.edit_catalog("[group.errors]\n", settled);
    let run = workspace.run(&["update", "alpha", "--from", "other.md"]);
    is_fine(&run);
    for said in ["the name changed", "the code means something else"] {
        assert!(run.out.contains(said), "{}", run.out);
    }
    assert!(workspace.spec().contains("[[removed]]\nname = \"UserExists\"\n"));
    is_up_to_date(&workspace);
}

#[test]
fn a_catalog_that_does_not_say_where_its_page_is_says_where_to_write_it() {
    let workspace = Workspace::alpha();
    workspace.build();
    let before = workspace.tree();
    let run = workspace.run(&["update"]);
    is_fine(&run);
    assert!(run.err.starts_with("warning: specs/vendors/alpha/catalog.toml says of no page"), "{}", run.err);
    assert!(run.err.contains("`url = \"https://…\"`"), "{}", run.err);
    workspace.is_as(&before);
}

#[test]
fn bytes_are_saved_as_they_came() {
    let gbk = encoding_rs::GBK.encode(&longer()).0.into_owned();
    let (workspace, _server) = served(vec![ok("Content-Type: text/markdown\r\n", &gbk)]);
    is_fine(&workspace.run(&["update"]));
    assert_eq!(workspace.tree()[SOURCE], gbk);
    is_up_to_date(&workspace);
}

#[test]
fn a_page_saved_from_a_browser_takes_the_place_of_a_markdown_one() {
    let workspace = Workspace::alpha();
    workspace.build();
    let before = workspace.spec();
    let html = "<html><head><title>错误码</title><script>var a = '<table>';</script></head><body><h2>用户</h2>\
        <table><tr><th>错误码</th><th>错误信息</th><th>说明</th><th>处理建议</th></tr>\
        <tr><td>1001</td><td>user not found</td><td>用户不存在。</td><td>先注册该用户。</td></tr>\
        <tr><td>1002</td><td>user exists</td><td>用户已存在。</td><td></td></tr></table></body></html>";
    workspace.write("saved.html", html);
    let run = workspace.run(&["update", "alpha", "--from", "saved.html", "--fail-on", "any"]);
    is_fine(&run);
    assert!(run.out.contains("\nNo changes.\nupdated "), "{}", run.out);
    assert_eq!(workspace.read(SOURCE), html);
    assert_ne!(workspace.spec(), before);
    is_up_to_date(&workspace);
}

#[test]
fn a_page_that_cannot_be_written_with_the_rest_is_not_written() {
    let (workspace, _server) = served(vec![page(&longer())]);
    workspace.remove("docs/zh/alpha.md");
    workspace.write("docs/zh/alpha.md/inside", "");
    let words = ["error[unwritable-file]", "docs/zh/alpha.md", "alpha: nothing was written"];
    let run = workspace.refuses(&["update"], &words);
    assert!(run.out.is_empty(), "{}", run.out);
}

#[test]
fn a_spec_that_was_edited_and_holds_what_nothing_else_does_is_not_replaced() {
    let (workspace, _server) = served(vec![page(&longer())]);
    workspace.edit(&format!("{ALPHA}/spec.toml"), "name = \"UserExists\"", "name = \"UserIsThere\"");
    workspace.refuses(&["update"], &["error[spec-untrusted]", "alpha: nothing was written"]);
}

#[test]
fn a_first_page_need_not_be_there_before() {
    let (workspace, _server) = served(vec![page(PAGE)]);
    workspace.remove("specs/vendors/alpha/sources");
    workspace.remove("specs/vendors/alpha/spec.toml");
    let run = workspace.run(&["update"]);
    is_fine(&run);
    assert!(
        run.out.contains("2 added, verdict: compatible\nwrote specs/vendors/alpha/sources/alpha.zh.md\n"),
        "{}",
        run.out
    );
    is_up_to_date(&workspace);
}

#[test]
fn a_page_that_does_not_end_is_cut_off_and_changes_nothing() {
    let workspace = Workspace::alpha();
    let server = Server::new(vec![Box::new(|stream| {
        use std::io::Write;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n");
        while stream.write_all(&[b' '; 1 << 16]).is_ok() {}
    })]);
    publish(&workspace, &server);
    workspace.build();
    workspace.refuses(&["update"], &["the page has more than 33554432 bytes"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_out_of_the_catalog() {
    let (workspace, _server) = served(vec![page(&longer())]);
    workspace.write("elsewhere/alpha.zh.md", PAGE);
    workspace.remove("specs/vendors/alpha/sources");
    std::os::unix::fs::symlink(workspace.path("elsewhere"), workspace.path("specs/vendors/alpha/sources"))
        .unwrap();
    workspace.refuses(&["update"], &["leads out of the catalog's folder"]);
}

#[test]
fn it_speaks_chinese() {
    let answers = vec![page(&longer()), page("| 名称 | 作者 |\n|---|---|\n| 甲 | 乙 |\n")];
    let (workspace, _server) = served(answers);
    let run = workspace.run(&["update", "--lang", "zh"]);
    is_fine(&run);
    assert!(run.out.contains("（更新前）") && run.out.contains("已更新 "), "{}", run.out);
    let refused = workspace.run(&["update", "--lang", "zh"]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.ends_with("alpha：未写入任何文件\n"), "{}", refused.err);
    for said in [&run.out, &run.err, &refused.err] {
        assert_eq!(english(said), None);
    }
}
