//! `serve`, as browsers see it and as those who work on catalogs do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crate::support::{ALPHA, ENGLISH, Workspace};

/// Far longer than anything takes, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

/// The tool at work in a workspace.
struct Serving {
    child: Child,
    out: BufReader<ChildStdout>,
    port: u16,
    /// Where standard error goes, outside of what is served.
    said: Workspace,
}

impl Serving {
    fn new(workspace: &Workspace, more: &[&str]) -> Self {
        let arguments: Vec<_> = ["serve", "--port", "0"].iter().chain(more).copied().collect();
        let said = Workspace::new();
        let err = fs::File::create(said.path("err.txt")).unwrap();
        let mut command = workspace.command(&arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(err).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let port = line.split_once("http://127.0.0.1:").and_then(|(_, rest)| rest.split_once('/'));
        let port = port.unwrap_or_else(|| panic!("{line:?} {}", said.read("err.txt"))).0.parse().unwrap();
        Self { child, out, port, said }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// What is answered to these bytes.
    fn raw(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The status, the head and the body of what is at a path.
    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &self.host())
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        let answer = self.raw(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// Waits until what is at a path is as it should be.
    #[track_caller]
    fn until(&self, path: &str, is_right: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if is_right(&answer) {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "{path} stays {} {}", answer.status, answer.body);
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// A browser that shows a page, and waits for another one.
    fn watch(&self, page: &Answer) -> Watching {
        let path = watched(page);
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host()).unwrap();
        Watching { lines: BufReader::new(stream) }
    }

    /// All that was said on standard error.
    fn err(&self) -> String {
        self.said.read("err.txt")
    }

    /// The next line that is printed.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// Where a page is waited for.
fn watched(page: &Answer) -> &str {
    let watch = page.body.split_once("data-watch=\"").and_then(|(_, rest)| rest.split_once('"'));
    watch.unwrap_or_else(|| panic!("no script in {}", page.body)).0
}

struct Watching {
    lines: BufReader<TcpStream>,
}

impl Watching {
    /// Waits until the browser is told to show the page anew.
    #[track_caller]
    fn told(mut self) {
        let mut all = String::new();
        self.lines.read_to_string(&mut all).unwrap();
        assert!(all.starts_with("HTTP/1.1 200 ") && all.contains("text/event-stream"), "{all}");
        assert!(all.ends_with("data: reload\n\n"), "{all}");
    }

    /// Whether nothing was told yet.
    fn is_quiet(&mut self) -> bool {
        self.lines.get_ref().set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        let mut all = Vec::new();
        let ended = self.lines.read_to_end(&mut all).is_ok();
        !ended && !String::from_utf8_lossy(&all).contains("data:")
    }
}

const PAGE: &str = "/en/alpha/1001/";

#[test]
fn pages_are_those_of_the_site_and_nothing_is_written() {
    let workspace = Workspace::alpha();
    workspace.build();
    let before = workspace.tree();
    let serving = Serving::new(&workspace, &[]);
    let is_page = |path: &&str| !path.is_empty() && !path.ends_with('/') && !path.starts_with('.');
    for (name, bytes) in &before {
        let Some(path) = name.strip_prefix("target/site/").filter(|path| is_page(path)) else {
            continue;
        };
        let address = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
        let answer = serving.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        let script = answer.body.lines().find(|line| line.starts_with("<script src=\"/~reload.js\""));
        assert_eq!(script.is_some(), path.ends_with(".html"), "{address}");
        let body = answer.body.replace(&script.map(|script| format!("{script}\n")).unwrap_or_default(), "");
        let body = if script.is_some() { body } else { answer.body };
        assert_eq!(body.as_bytes(), bytes, "{address}");
        let kind = match path.rsplit_once('.').unwrap().1 {
            "html" => "text/html",
            "css" => "text/css",
            "js" => "text/javascript",
            "json" => "application/json",
            "md" => "text/markdown",
            "svg" => "image/svg+xml",
            "xml" => "application/xml",
            _ => "text/plain",
        };
        assert!(answer.head.contains(&format!("\r\nContent-Type: {kind}; charset=utf-8\r\n")), "{address}");
        assert!(answer.head.contains("\r\nCache-Control: no-store\r\n"), "{address}");
    }
    // Every page may load the script and ask for the stream.
    for path in ["/", PAGE, "/en/nothing"] {
        let page = serving.get(path).body;
        assert!(page.contains("script-src 'self'") && page.contains("connect-src 'self'"), "{path}");
    }
    workspace.edit_page("用户已存在。", "用户已经存在。");
    serving.until("/zh/alpha/1002/", |answer| answer.body.contains("用户已经存在。"));
    workspace.edit_page("用户已经存在。", "用户已存在。");
    workspace.is_as(&before);
}

#[test]
fn what_is_not_there_is_told_in_the_language_of_the_path() {
    let workspace = Workspace::alpha();
    let serving = Serving::new(&workspace, &[]);
    for (path, words) in [("/en/x", "There is no such page"), ("/zh/alpha/x/", "没有这个页面")] {
        let answer = serving.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains(words), "{}", answer.body);
        let tag = &path[..4];
        assert!(answer.body.contains(&format!("href=\"{tag}\"")), "{}", answer.body);
    }
    let hostile = serving.get("/en/%3Cscript%3E%22%27");
    assert!(hostile.status == 404 && !hostile.body.contains("<script>"), "{}", hostile.body);
    let raw = serving.get("/en/<b>\"&");
    assert!(!raw.body.contains("<b>") && !raw.body.contains("\"\"&"), "{}", raw.body);
}

#[test]
fn a_folder_without_its_slash_leads_to_it() {
    let workspace = Workspace::alpha();
    let serving = Serving::new(&workspace, &[]);
    for path in ["/en", "/zh/alpha", "/en/alpha/1001"] {
        let answer = serving.get(&format!("{path}?q=1"));
        assert_eq!(answer.status, 307, "{path}");
        assert!(answer.head.contains(&format!("\r\nLocation: {path}/\r\n")), "{}", answer.head);
    }
}

#[test]
fn only_pages_are_served_and_only_to_this_machine() {
    let workspace = Workspace::alpha();
    let serving = Serving::new(&workspace, &[]);
    for path in [
        "/../Cargo.toml",
        "/en/../../catalog.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/en/%2Fetc/passwd",
        "/en\\..\\x",
        "/en/%5c..",
        "/en/%00",
        "/%ff",
        "//example.com/",
        "/en//",
        "*",
        "http://example.com/",
        "/~reload/x/../y",
    ] {
        let answer = serving.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.head.contains("Location"), "{path}");
    }
    let port = serving.port;
    for host in ["localhost", "LocalHost", "127.0.0.1", "[::1]"] {
        assert_eq!(serving.ask("GET", "/", &format!("{host}:{port}")).status, 200, "{host}");
    }
    let rebound = [
        format!("example.com:{port}"),
        format!("localhost.example.com:{port}"),
        format!("127.0.0.1.example.com:{port}"),
        format!("localhost:{}", port ^ 1),
        "localhost".to_owned(),
        "[::1]".to_owned(),
        String::new(),
    ];
    for host in rebound {
        for path in ["/", "/~reload.js", "/~reload/x/en/"] {
            assert_eq!(serving.ask("GET", path, &host).status, 403, "{host:?} {path}");
        }
    }
    let two = format!("GET / HTTP/1.1\r\nHost: {}\r\nHost: example.com\r\n\r\n", serving.host());
    for request in ["GET / HTTP/1.1\r\n\r\n", &two, "nonsense\r\n\r\n", "\u{0}\r\n\r\n"] {
        assert!(serving.raw(request).starts_with("HTTP/1.1 400 "), "{request}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        let answer = serving.ask(method, "/", &serving.host());
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.head.contains("\r\nAllow: GET, HEAD\r\n"), "{method}");
    }
    let (head, get) = (serving.ask("HEAD", PAGE, &serving.host()), serving.get(PAGE));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.head, get.head);
}

#[test]
fn a_request_may_not_be_long_and_others_do_not_wait_for_one_that_is_slow() {
    let workspace = Workspace::alpha();
    let serving = Serving::new(&workspace, &[]);
    let idle: Vec<_> = (0..20).map(|_| serving.connect()).collect();
    let mut slow = serving.connect();
    slow.write_all(b"GET / HT").unwrap();
    assert_eq!(serving.get(PAGE).status, 200);
    slow.write_all(format!("TP/1.1\r\nHost: {}\r\n\r\n", serving.host()).as_bytes()).unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let long = "x".repeat(40_000);
    let many = "A: b\r\n".repeat(100);
    for request in [format!("GET /{long} HTTP/1.1\r\n\r\n"), format!("GET / HTTP/1.1\r\n{many}\r\n")] {
        assert!(serving.raw(&request).starts_with("HTTP/1.1 431 "));
    }
    drop(idle);
}

#[test]
fn browsers_that_have_gone_take_no_room() {
    let workspace = Workspace::alpha();
    let serving = Serving::new(&workspace, &[]);
    let page = serving.get(PAGE);
    let path = watched(&page);
    let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", serving.host());
    let is_answered = |stream: &mut TcpStream| {
        let mut start = [0; 13];
        let _ = stream.write_all(request.as_bytes());
        stream.read_exact(&mut start).is_ok() && start == *b"HTTP/1.1 200 "
    };
    for _ in 0..3 {
        // There is no room for so many twice.
        let start = Instant::now();
        while !(0..50).map(|_| serving.connect()).collect::<Vec<_>>().iter_mut().all(is_answered) {
            assert!(start.elapsed() < PATIENCE);
            // Each try takes room itself.
            thread::sleep(Duration::from_secs(2));
        }
    }
}

#[test]
fn an_edited_translation_shows_and_only_who_shows_it_is_told() {
    let workspace = Workspace::two();
    let mut serving = Serving::new(&workspace, &[]);
    let page = serving.get(PAGE);
    assert!(page.body.contains("The user does not exist"));
    let browser = serving.watch(&page);
    let mut elsewhere = serving.watch(&serving.get("/zh/beta/7/"));
    let translations = format!("{ALPHA}/locales/en.toml");
    workspace.edit(&translations, "The user does not exist", "There is no such user");
    browser.told();
    let page = serving.get(PAGE);
    assert!(page.body.contains("There is no such user"), "{}", page.body);
    let line = serving.line();
    assert!(line.starts_with("alpha made anew in "), "{line}");
    assert!(elsewhere.is_quiet());
    // As editors save that put a new file in the place of the old one.
    let browser = serving.watch(&page);
    workspace.write(&format!("{ALPHA}/locales/.en.toml.swp"), ENGLISH);
    fs::rename(workspace.path(&format!("{ALPHA}/locales/.en.toml.swp")), workspace.path(&translations))
        .unwrap();
    browser.told();
    assert!(serving.get(PAGE).body.contains("The user does not exist"));
    // Who was away when it happened is told on coming back.
    serving.watch(&page).told();
}

#[test]
fn a_mistake_shows_on_the_pages_it_is_in_until_it_is_mended() {
    let workspace = Workspace::two();
    let serving = Serving::new(&workspace, &[]);
    let browser = serving.watch(&serving.get(PAGE));
    workspace.edit_catalog("retry = \"after-fix\"", "retry = \"<b>later\"");
    browser.told();
    let page = serving.get(PAGE);
    assert_eq!(page.status, 500);
    let place = "specs/vendors/alpha/catalog.toml:14:43";
    for words in ["This page cannot be made", place, "^^^^", "&lt;b&gt;later", "<mark>", "help: "] {
        assert!(page.body.contains(words), "no {words} in {}", page.body);
    }
    assert!(!page.body.contains("<b>later"), "{}", page.body);
    let chinese = serving.get("/zh/alpha/");
    assert!(chinese.body.contains("无法生成此页") && chinese.body.contains("建议："), "{}", chinese.body);
    assert_eq!(crate::support::prose::english(&text(&chinese.body)), None);
    // What is of all catalogs shows it, and what is of another does not.
    assert_eq!([serving.get("/").status, serving.get("/en/").status], [500, 500]);
    assert_eq!([serving.get("/zh/beta/7/").status, serving.get("/data/index.json").status], [200, 200]);
    let browser = serving.watch(&page);
    workspace.edit_catalog("retry = \"<b>later\"", "retry = \"after-fix\"");
    browser.told();
    assert_eq!(serving.get(PAGE).status, 200);
    let err = serving.err();
    assert_eq!(err.matches(place).count(), 1, "{err}");
}

/// What a page shows.
fn text(html: &str) -> String {
    let body = html.split_once("<body>").unwrap().1;
    body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

#[test]
fn nothing_that_is_wrong_ends_it() {
    let workspace = Workspace::alpha();
    let serving = Serving::new(&workspace, &[]);
    let (page, translations) = (format!("{ALPHA}/sources/alpha.zh.md"), format!("{ALPHA}/locales/en.toml"));
    let (good_page, good_translations) = (workspace.read(&page), workspace.read(&translations));
    let is_good = |answer: &Answer| answer.status == 200 && answer.body.contains("The user does not exist");
    let says =
        |words: &'static str| move |answer: &Answer| answer.status == 500 && answer.body.contains(words);

    workspace.write(&translations, b"[UserNotFound]\nsummary = \"\xff\"\n");
    serving.until(PAGE, says("this is not UTF-8"));
    workspace.write(&translations, "[UserNot");
    serving.until(PAGE, says("en.toml:1:"));
    workspace.write(&translations, &good_translations);
    serving.until(PAGE, is_good);

    workspace.remove(&page);
    serving.until(PAGE, says("there is no such file"));
    workspace.write(&page, "");
    serving.until(PAGE, |answer| answer.status == 500);
    workspace.write(&page, &good_page);
    serving.until(PAGE, is_good);

    fs::rename(workspace.path("specs/vendors"), workspace.path("away")).unwrap();
    serving.until(PAGE, says("there is no such folder of catalogs"));
    fs::create_dir(workspace.path("specs/vendors")).unwrap();
    serving.until(PAGE, |answer| answer.status == 500);
    fs::remove_dir(workspace.path("specs/vendors")).unwrap();
    fs::rename(workspace.path("away"), workspace.path("specs/vendors")).unwrap();
    serving.until(PAGE, is_good);

    // It is watched again: this is told at once.
    workspace.edit(&translations, "The user does not exist", "Nobody");
    serving.until(PAGE, |answer| answer.body.contains("Nobody"));
    let err = serving.err();
    assert!(!err.contains("panicked"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = Workspace::alpha();
    let path = workspace.path(&format!("{ALPHA}/locales/en.toml"));
    let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    let serving = Serving::new(&workspace, &[]);
    mode(0o000);
    if fs::read(&path).is_ok() {
        let _ = std::io::stderr().write_all(b"SKIPPED: whoever runs this may read everything\n");
        return;
    }
    serving.until(PAGE, |answer| answer.status == 500 && answer.body.contains("permission denied"));
    mode(0o644);
    serving.until(PAGE, |answer| answer.status == 200);
}

#[test]
fn catalogs_come_and_go() {
    let workspace = Workspace::alpha();
    let serving = Serving::new(&workspace, &[]);
    assert_eq!(serving.get("/zh/beta/7/").status, 404);
    let browser = serving.watch(&serving.get("/zh/beta/7/"));
    let beta = "title = { zh = \"乙\" }\nvendor = { zh = \"乙公司\" }\nlocale = \"zh\"\n\n\
        [[source]]\nfile = \"sources/beta.md\"\n";
    workspace.write("specs/vendors/beta/sources/beta.md", "| 错误码 | 说明 |\n|---|---|\n| 7 | 失败 |\n");
    workspace.write("specs/vendors/beta/catalog.toml", beta);
    browser.told();
    serving.until("/zh/beta/7/", |answer| answer.status == 200 && answer.body.contains("失败"));
    serving.until("/zh/", |answer| answer.status == 200 && answer.body.contains("乙公司"));
    workspace.remove("specs/vendors/beta");
    serving.until("/zh/beta/7/", |answer| answer.status == 404);
    serving.until("/zh/", |answer| answer.status == 200 && !answer.body.contains("乙公司"));
}

#[test]
fn templates_and_styles_show_at_once_and_their_mistakes_too() {
    let workspace = Workspace::alpha();
    workspace.write("mine/site/list.html", "<p>{{ errors | length }} {{ t('site_all') }}</p>");
    let serving = Serving::new(&workspace, &["--templates", "mine"]);
    assert!(serving.get("/en/by-code.html").body.starts_with("<p>2 All errors</p>"));
    let browser = serving.watch(&serving.get("/en/by-code.html"));
    workspace.write("mine/site/list.html", "<h1>{{ errors | length }}</h1>");
    browser.told();
    let page = serving.get("/en/by-code.html");
    assert!(page.body.starts_with("<h1>2</h1>"), "{}", page.body);
    // Styles concern every page.
    let browser = serving.watch(&page);
    workspace.write("mine/site/assets/site.css", "body { color: red }\n");
    browser.told();
    assert_eq!(serving.get("/assets/site.css").body, "body { color: red }\n");
    workspace.write("mine/site/list.html", "{{ errors | nothing }}");
    let broken = serving.until(PAGE, |answer| answer.status == 500);
    assert!(broken.body.contains("mine/site/list.html:1:"), "{}", broken.body);
    workspace.write("mine/site/no-such.html", "");
    serving.until(PAGE, |answer| answer.status == 500 && answer.body.contains("no-such.html"));
    workspace.remove("mine");
    serving.until(PAGE, |answer| answer.body.contains("there is no such folder of templates"));
    workspace.write("mine/site/list.html", "<h1>mended</h1>");
    serving.until(PAGE, |answer| answer.status == 200);
    serving.until("/en/by-code.html", |answer| answer.body.starts_with("<h1>mended</h1>"));
}

#[test]
fn what_a_catalog_demands_of_translations_is_told_and_fails_no_page() {
    let workspace = Workspace::alpha();
    let demanding = workspace.read(&format!("{ALPHA}/catalog.toml"));
    let demand = "locale = \"zh\"\ntranslations.en = { missing = 0 }\n";
    workspace.write(&format!("{ALPHA}/catalog.toml"), demanding.replacen("locale = \"zh\"\n", demand, 1));
    assert_eq!(workspace.run(&["build"]).status, 1);
    let serving = Serving::new(&workspace, &[]);
    assert_eq!(serving.get("/en/alpha/1002/").status, 200);
    let err = serving.err();
    assert!(err.contains("translation-threshold"), "{err}");
}

#[test]
fn what_was_told_is_counted_and_not_told_again() {
    let workspace = Workspace::alpha();
    let mut serving = Serving::new(&workspace, &[]);
    let count = |serving: &Serving, words: &str| serving.err().matches(words).count();
    let translations = format!("{ALPHA}/locales/en.toml");
    workspace.edit(&translations, "[UserNotFound]", "# A line above what is warned of\n[UserNotFound]");
    assert!(serving.line().starts_with("alpha made anew in "));
    assert_eq!(serving.line(), "1 finding told before still there\n");
    assert_eq!(count(&serving, "warning["), 1);
    // A mistake keeps the rest from being looked at; when it is mended, the rest is nothing new.
    workspace.edit_catalog("\"after-fix\"", "\"nope\"");
    serving.until(PAGE, |answer| answer.status == 500 && answer.body.contains("nope"));
    workspace.edit_catalog("name = \"UserNotFound\"", "name =  \"UserNotFound\"");
    while serving.line() != "1 finding told before still there\n" {}
    assert_eq!([count(&serving, "error["), count(&serving, "pages show what is wrong")], [1, 1]);
    workspace.edit_catalog("\"nope\"", "\"after-fix\"");
    serving.until(PAGE, |answer| answer.status == 200);
    assert_eq!(count(&serving, "warning["), 1, "{}", serving.err());
    // The same mistake made again is.
    workspace.edit_catalog("\"after-fix\"", "\"nope\"");
    serving.until(PAGE, |answer| answer.status == 500);
    assert_eq!([count(&serving, "error["), count(&serving, "warning[")], [2, 1], "{}", serving.err());
}

#[test]
fn a_taken_port_is_told_with_what_to_do() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let workspace = Workspace::alpha();
    let run = workspace.run(&["serve", "--port", &port]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains(&format!("port {port} is taken")) && run.err.contains("--port"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn control_c_ends_it_well_whoever_is_connected() {
    let workspace = Workspace::alpha();
    let mut serving = Serving::new(&workspace, &[]);
    let _idle = serving.connect();
    let _watching = serving.watch(&serving.get(PAGE));
    let id = serving.child.id().to_string();
    let signalled = std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(signalled.success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    assert!(!serving.err().contains("panicked"));
}
