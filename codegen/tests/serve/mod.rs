//! A server on this machine that gives prepared answers, to the letter.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// A server that answers one request after the other.
pub(crate) struct Server {
    /// Its address, without a slash at the end.
    pub(crate) url: String,
    requests: Receiver<String>,
}

/// What is done with a connection once the request has been read.
pub(crate) type Answer = Box<dyn FnOnce(&mut TcpStream) + Send>;

impl Server {
    pub(crate) fn new(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else {
                    return;
                };
                let _ = sender.send(request(&mut stream));
                answer(&mut stream);
            }
        });
        Self { url, requests }
    }

    /// One that answers with these bytes.
    pub(crate) fn of(answers: Vec<Vec<u8>>) -> Self {
        Self::new(answers.into_iter().map(bytes).collect())
    }

    /// The next request that came.
    pub(crate) fn request(&self) -> String {
        self.requests.recv().unwrap()
    }
}

fn request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n == 1) {
        request.push(byte[0]);
    }
    String::from_utf8_lossy(&request).to_ascii_lowercase()
}

/// Sends these bytes and hangs up.
pub(crate) fn bytes(answer: Vec<u8>) -> Answer {
    Box::new(move |stream| {
        // Who asked may have heard enough.
        let _ = stream.write_all(&answer);
    })
}

/// An answer of status 200.
pub(crate) fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// An answer of another status, without a body.
pub(crate) fn status(line: &str, headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n").into_bytes()
}
