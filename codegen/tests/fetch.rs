//! Pages from a server on this machine, which does what real ones do on bad days.

use std::io::Write;
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use crate::serve::{Answer, Server, bytes, ok, status};
use im_errors_codegen::fetch::{Fetched, Fresh, Limits, Validators, fetch};

const PAGE: &str = "| 错误码 | 说明 |\n|---|---|\n| 1001 | 用户不存在 |\n";

fn limits() -> Limits {
    Limits { timeout: Duration::from_secs(20), most_bytes: 4096, most_redirects: 3 }
}

#[track_caller]
fn fresh(server: &Server) -> Fresh {
    match fetch(&format!("{}/errors", server.url), &Validators::default(), &limits()) {
        Ok(Fetched::Fresh(fresh)) => fresh,
        other => panic!("{other:?}"),
    }
}

/// What is said of the one answer, with the next step.
#[track_caller]
fn refused(answers: Vec<Vec<u8>>) -> String {
    refused_within(Server::of(answers), &limits())
}

#[track_caller]
fn refused_within(server: Server, limits: &Limits) -> String {
    let url = format!("{}/errors", server.url);
    let finding = fetch(&url, &Validators::default(), limits).unwrap_err();
    assert_eq!((finding.diagnostic.code, &finding.file), ("not-fetched", &url));
    assert!(!finding.diagnostic.help.is_empty());
    finding.diagnostic.message.to_string()
}

#[test]
fn a_page_comes_with_what_tells_whether_it_has_changed() {
    let headers =
        "Content-Type: text/markdown\r\nETag: W/\"a 1\"\r\nLast-Modified: Tue, 03 Mar 2026 10:00:00 GMT\r\n";
    let server = Server::of(vec![ok(headers, PAGE.as_bytes())]);
    let fresh = fresh(&server);
    assert_eq!(fresh.bytes, PAGE.as_bytes());
    assert_eq!(fresh.validators.etag.as_deref(), Some("W/\"a 1\""));
    assert_eq!(fresh.validators.last_modified.as_deref(), Some("Tue, 03 Mar 2026 10:00:00 GMT"));
    assert_eq!(fresh.url, format!("{}/errors", server.url));
    assert_eq!(fresh.content_type.as_deref(), Some("text/markdown"));
    let request = server.request();
    assert!(request.starts_with("get /errors http/1.1\r\n"), "{request}");
    assert!(request.contains("\r\nuser-agent: im-errors/"), "{request}");
    assert!(!request.contains("if-"), "{request}");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let known = Validators {
        etag: Some("\"1\"".into()),
        last_modified: Some("Tue, 03 Mar 2026 10:00:00 GMT".into()),
    };
    for answer in [
        b"HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nConnection: close\r\n\r\n".to_vec(),
        status("304 Not Modified", ""),
    ] {
        let server = Server::of(vec![answer]);
        assert_eq!(fetch(&server.url, &known, &limits()), Ok(Fetched::NotModified));
        let request = server.request();
        assert!(request.contains("\r\nif-none-match: \"1\"\r\n"), "{request}");
        assert!(request.contains("\r\nif-modified-since: tue, 03 mar 2026 10:00:00 gmt\r\n"), "{request}");
    }
}

#[test]
fn nobody_hears_that_what_they_never_had_has_not_changed() {
    assert_eq!(refused(vec![status("304 Not Modified", "")]), "the server gives no page (status 304)");
}

#[test]
fn pages_are_followed_where_they_moved() {
    let server = Server::of(vec![
        status("301 Moved Permanently", "Location: new/place?lang=zh\r\n"),
        status("302 Found", "Location: /last\r\n"),
        ok("", PAGE.as_bytes()),
    ]);
    let fresh = fresh(&server);
    assert_eq!(fresh.bytes, PAGE.as_bytes());
    assert_eq!(fresh.url, format!("{}/last", server.url));
    let paths: Vec<_> = (0..3).map(|_| server.request().split(' ').nth(1).unwrap().to_owned()).collect();
    assert_eq!(paths, ["/errors", "/new/place?lang=zh", "/last"]);
}

#[test]
fn redirects_off_the_web_and_in_circles_end() {
    let to = |location: &str| status("302 Found", &format!("Location: {location}\r\n"));
    for location in ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "http://", "\u{1}"] {
        let said = refused(vec![to(location)]);
        assert!(!said.contains("moved more"), "{location}: {said}");
    }
    assert!(!refused(vec![status("302 Found", "")]).is_empty());
    let circle = (0..9).map(|_| to("/errors")).collect();
    assert_eq!(refused(circle), "the page has moved more than 3 times");
}

#[test]
fn what_the_server_does_not_have_is_no_page() {
    let page = |line: &str| vec![[status(line, "").as_slice(), PAGE.as_bytes()].concat()];
    assert_eq!(refused(page("404 Not Found")), "the server has no such page (status 404)");
    assert_eq!(refused(page("500 Internal Server Error")), "the server failed (status 500)");
    assert_eq!(refused(page("403 Forbidden")), "the server does not give the page to programs (status 403)");
    assert_eq!(refused(page("204 No Content")), "the server gives no page (status 204)");
}

#[test]
fn what_is_no_page_is_refused_by_its_type() {
    let said = refused(vec![ok("Content-Type: image/png\r\n", b"\x89PNG")]);
    assert_eq!(said, "the server sends `image/png`, not a page");
    let said = refused(vec![ok("Content-Type: application/json; charset=utf-8\r\n", b"{}")]);
    assert_eq!(said, "the server sends `application/json`, not a page");
    for kind in ["text/plain", "TEXT/HTML; charset=utf-8", "application/octet-stream"] {
        fresh(&Server::of(vec![ok(&format!("Content-Type: {kind}\r\n"), PAGE.as_bytes())]));
    }
}

#[test]
fn an_encoding_that_only_the_headers_tell_is_kept() {
    let (gbk, _, _) = encoding_rs::GBK.encode("码");
    let server = Server::of(vec![ok("Content-Type: text/html; charset=gbk\r\n", &gbk)]);
    assert_eq!(fresh(&server).bytes, "码".as_bytes());
}

#[test]
fn a_page_cut_short_is_no_page() {
    let whole =
        |head: &str| [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), PAGE.as_bytes()].concat();
    let said = "the connection ended before the page did";
    assert_eq!(refused(vec![whole("Content-Length: 1000")]), said);
    let chunk =
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n80\r\n".as_slice(), PAGE.as_bytes()].concat();
    assert_eq!(refused(vec![chunk]), said);
}

#[test]
fn a_page_without_end_is_left() {
    let endless: Answer = Box::new(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while stream.write_all(&[b'x'; 1024]).is_ok() {}
    });
    let said = refused_within(Server::new(vec![endless]), &limits());
    assert_eq!(said, "the page has more than 4096 bytes");
    fresh(&Server::of(vec![ok("", &[b'x'; 4096])]));
    assert_eq!(refused(vec![ok("", &[b'x'; 4097])]), said);
}

#[test]
fn packed_pages_are_unpacked_within_the_limit() {
    // `printf hello | gzip -n`, and a megabyte of `x` likewise.
    let hello = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xcb\x48\xcd\xc9\xc9\x07\0\x86\xa6\x10\x36\x05\0\0\0";
    let server = Server::of(vec![ok("Content-Encoding: gzip\r\n", hello)]);
    assert_eq!(fresh(&server).bytes, b"hello");
    assert!(server.request().contains("accept-encoding: gzip\r\n"));
    let bomb = include_bytes!("serve/megabyte.gz");
    assert!(bomb.len() < 2048);
    assert_eq!(refused(vec![ok("Content-Encoding: gzip\r\n", bomb)]), "the page has more than 4096 bytes");
    let broken = refused(vec![ok("Content-Encoding: gzip\r\n", &hello[..12])]);
    assert!(!broken.is_empty());
    let said = refused(vec![ok("Content-Encoding: br\r\n", b"...")]);
    assert_eq!(said, "the server packs the page as `br`, which was not asked for");
}

#[test]
fn a_slow_page_is_left() {
    let slow: fn() -> Answer = || {
        Box::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while stream.write_all(b"x").is_ok() {
                thread::sleep(Duration::from_millis(20));
            }
        })
    };
    let silent: Answer = Box::new(|_| thread::sleep(Duration::from_secs(10)));
    let limits = Limits { timeout: Duration::from_millis(300), ..limits() };
    for answer in [slow(), silent] {
        assert_eq!(refused_within(Server::new(vec![answer]), &limits), "the page did not come within 0.3 s");
    }
}

#[test]
fn what_is_no_server_is_said_to_be_none() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let finding = fetch(&format!("http://{closed}/"), &Validators::default(), &limits()).unwrap_err();
    assert_eq!(finding.diagnostic.code, "not-fetched");
    assert_eq!(finding.diagnostic.message.to_string(), "the server cannot be reached");
    for answer in
        [b"SSH-2.0-x\r\n".to_vec(), Vec::new(), b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n".to_vec()]
    {
        assert!(!refused_within(Server::new(vec![bytes(answer)]), &limits()).is_empty());
    }
}

#[test]
fn only_the_web_is_asked() {
    for url in ["file:///etc/passwd", "gopher://127.0.0.1/", "page.md", "http://me:secret@127.0.0.1/"] {
        let finding = fetch(url, &Validators::default(), &limits()).unwrap_err();
        assert_eq!(finding.diagnostic.code, "bad-address", "{url}");
    }
}
