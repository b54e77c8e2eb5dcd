//! Requests in, answers out.
//!
//! Only what a browser on this machine asks is answered: `GET` and `HEAD`, under a name of this
//! machine, so that no page of another host gets here by a name that it has turned to this address.
//! A request may take neither long nor much, and nobody waits for another's.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;

use super::pages::{Answer, Ask};
use super::reload::{self, Hub};
use crate::{Dictionary, message};

/// What a request may take until it is there.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long its head may be.
const LONGEST: usize = 16 << 10;
/// How many header lines it may have.
const MOST_HEADERS: usize = 64;
/// So many are answered at a time; most of them wait for a page to change.
const MOST_CONNECTIONS: usize = 64;
/// How soon it is noticed that who waits has gone.
const TURN: Duration = Duration::from_secs(1);

/// What every connection needs.
pub(super) struct Shared {
    at: SocketAddr,
    asks: Sender<Ask>,
    hub: Arc<Hub>,
    language: Dictionary,
    connections: AtomicUsize,
}

impl Shared {
    pub(super) fn new(at: SocketAddr, asks: Sender<Ask>, hub: Arc<Hub>, language: Dictionary) -> Self {
        Self { at, asks, hub, language, connections: AtomicUsize::new(0) }
    }

    /// Whether a request was meant for this machine.
    fn is_here(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':').filter(|_| !host.ends_with(']')) {
            Some((name, port)) => (name, port.parse().ok()),
            None => (host, Some(80)),
        };
        let is_local = name.eq_ignore_ascii_case("localhost") || matches!(name, "127.0.0.1" | "[::1]");
        is_local && port == Some(self.at.port())
    }

    /// What is at a path; `None` when all is over.
    fn page(&self, target: &Target) -> Option<Arc<Answer>> {
        let (reply, answer) = sync_channel(1);
        let (asked, path) = (target.asked.clone(), target.path.clone());
        self.asks.send(Ask::Page { asked, path, reply }).ok()?;
        answer.recv().ok()
    }
}

/// Answers everybody until the process ends.
pub(super) fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Out of files, mostly: some are closed in a while.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let open = Open(Arc::clone(shared));
        if open.0.connections.fetch_add(1, Ordering::Relaxed) >= MOST_CONNECTIONS {
            let _ = stream.set_write_timeout(Some(Duration::from_millis(50)));
            let _ = refuse(&stream, 503, "");
            continue;
        }
        // Where no thread can be had the connection is closed.
        let _ = thread::Builder::new().spawn(move || {
            // A client that goes away is nobody's mistake.
            let _ = serve(&stream, &open.0);
            close(&stream);
        });
    }
}

/// A connection, as long as it is open.
struct Open(Arc<Shared>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Closes a connection after what was sent has arrived: with unread bytes of a request it would be
/// torn down.
fn close(mut stream: &TcpStream) {
    const MOST: Duration = Duration::from_secs(1);
    let start = Instant::now();
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(MOST));
    let mut rest = [0; 4096];
    while start.elapsed() < MOST && stream.read(&mut rest).is_ok_and(|n| n > 0) {}
}

/// What was asked for.
struct Request {
    method: String,
    target: String,
    hosts: Vec<String>,
}

/// A path: as it was asked for, and what that means.
struct Target {
    asked: String,
    path: String,
}

fn serve(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = match read(stream)? {
        Ok(request) => request,
        Err(status) => return refuse(stream, status, ""),
    };
    let [host] = request.hosts.as_slice() else {
        return refuse(stream, 400, "");
    };
    if !shared.is_here(host) {
        let only =
            message!("this server answers at {address} only", address = format!("http://{}/", shared.at));
        return refuse(stream, 403, &shared.language.render(&only));
    }
    let has_body = match request.method.as_str() {
        "GET" => true,
        "HEAD" => false,
        _ => return refuse(stream, 405, ""),
    };
    if let Some((digest, target)) = request.target.strip_prefix(reload::PATH).and_then(split) {
        return match target.filter(|_| has_body) {
            Some(target) => wait(stream, shared, digest, &target),
            None => refuse(stream, 404, ""),
        };
    }
    let Some(target) = target(&request.target) else {
        return refuse(stream, 400, "");
    };
    match shared.page(&target) {
        Some(answer) => {
            let location = answer.location.as_ref().map(|to| format!("Location: {to}\r\n"));
            send(stream, answer.status, answer.kind, &location.unwrap_or_default(), &answer.body, has_body)
        }
        None => refuse(stream, 503, ""),
    }
}

/// Reads the head of a request; the status that refuses it, if it is none.
fn read(mut stream: &TcpStream) -> io::Result<Result<Request, u16>> {
    let end = Instant::now() + PATIENCE;
    let mut head = Vec::new();
    let mut chunk = [0; 2048];
    loop {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut parsed = httparse::Request::new(&mut headers);
        match parsed.parse(&head) {
            Ok(httparse::Status::Complete(_)) => return Ok(Ok(Request::of(&parsed))),
            Ok(httparse::Status::Partial) => {}
            Err(httparse::Error::TooManyHeaders) => return Ok(Err(431)),
            Err(_) => return Ok(Err(400)),
        }
        if head.len() >= LONGEST {
            return Ok(Err(431));
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(Err(408));
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut chunk)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => head.extend_from_slice(&chunk[..n]),
        }
    }
}

impl Request {
    fn of(parsed: &httparse::Request<'_, '_>) -> Self {
        let hosts = parsed.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
        Self {
            method: parsed.method.unwrap_or_default().to_owned(),
            target: parsed.path.unwrap_or_default().to_owned(),
            hosts: hosts.map(|header| String::from_utf8_lossy(header.value).trim().to_owned()).collect(),
        }
    }
}

/// The path that is asked for; `None` where it is none, or would mean another one on a disk.
fn target(target: &str) -> Option<Target> {
    let asked = target.split(['?', '#']).next().unwrap_or_default();
    let below = asked.strip_prefix('/')?;
    let path = percent_decode_str(asked).decode_utf8().ok()?.into_owned();
    if path.chars().any(|c| c.is_control() || c == '\\') {
        return None;
    }
    let mut names = path[1..].split('/').peekable();
    while let Some(name) = names.next() {
        // Only the last may be empty: a folder is asked for.
        if matches!(name, "." | "..") || name.is_empty() && names.peek().is_some() {
            return None;
        }
    }
    // A slash in a name is none between names.
    (below.matches('/').count() == path[1..].matches('/').count())
        .then(|| Target { asked: asked.to_owned(), path })
}

/// What a browser has seen, and where.
fn split(rest: &str) -> Option<(&str, Option<Target>)> {
    let at = rest.find('/')?;
    Some((&rest[..at], target(&rest[at..])))
}

/// Waits until the page at a path is not the one that was seen, and tells it.
fn wait(mut stream: &TcpStream, shared: &Shared, digest: &str, target: &Target) -> io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\
        Cache-Control: no-store\r\nConnection: close\r\n\r\nretry: 1000\n\n";
    stream.write_all(head.as_bytes())?;
    loop {
        let known = shared.hub.now();
        if known.is_closed {
            return Ok(());
        }
        if shared.page(target).is_none_or(|answer| answer.digest != digest) {
            return stream.write_all(b"data: reload\n\n");
        }
        while shared.hub.wait(known, TURN) == known {
            if has_gone(stream)? {
                return Ok(());
            }
        }
    }
}

/// Whether nobody is at the other end.
fn has_gone(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    Ok(match peeked {
        Ok(n) => n == 0,
        Err(error) => error.kind() != io::ErrorKind::WouldBlock,
    })
}

fn refuse(stream: &TcpStream, status: u16, why: &str) -> io::Result<()> {
    let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    let text = format!("{status} {}\n{why}\n", reason(status));
    send(stream, status, "text/plain; charset=utf-8", allow, text.trim_start(), true)
}

fn send(
    mut stream: &TcpStream,
    status: u16,
    kind: &str,
    more: &str,
    body: &str,
    has_body: bool,
) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
        X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n{more}Connection: close\r\n\r\n",
        reason(status),
        body.len()
    );
    let body = if has_body { body } else { "" };
    stream.write_all(&[head.as_bytes(), body.as_bytes()].concat())
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        _ => "Service Unavailable",
    }
}
