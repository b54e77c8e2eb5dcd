//! What is wrong with an answer, and what to do.

use std::io::ErrorKind;

use ureq::Error;

use super::Limits;
use crate::diagnostic::{cause, rules};
use crate::{Diagnostic, Message, message};

fn refused(message: Message) -> Diagnostic {
    Diagnostic::of_file(&rules::NOT_FETCHED, message)
}

fn later() -> Message {
    message!("try again later, or save the page from the browser and give the file")
}

/// The connection broke, or never was.
pub(super) fn of(error: &Error, limits: &Limits) -> Diagnostic {
    let network = message!(
        "check the address and the network; a page that a browser shows can be saved and given as a file"
    );
    match error {
        Error::Timeout(_) => {
            let seconds = limits.timeout.as_secs_f32().to_string();
            refused(message!("the page did not come within {seconds} s", seconds)).with_help(later())
        }
        Error::HostNotFound => refused(message!("there is no such host")).with_help(network),
        Error::ConnectionFailed => refused(message!("the server cannot be reached")).with_help(network),
        Error::TooManyRedirects => {
            let n = limits.most_redirects.to_string();
            refused(message!("the page has moved more than {n} {n:time|times}", n))
                .with_help(message!("give the address that the browser shows in the end"))
        }
        Error::BadUri(_) | Error::Http(_) | Error::RedirectFailed | Error::RequireHttpsOnly(_) => {
            refused(message!("the address leads to no page: {error}", error = error.to_string()))
                .with_help(message!("give the address that the browser shows, one of http or https"))
        }
        Error::Io(io) if io.kind() == ErrorKind::UnexpectedEof => {
            refused(message!("the connection ended before the page did")).with_help(later())
        }
        Error::Io(io) if is_unreachable(io.kind()) => {
            refused(message!("the server cannot be reached")).with_help(network)
        }
        Error::Io(io) => {
            refused(message!("the connection failed: {error}", error = cause(io))).with_help(network)
        }
        other => refused(message!("the server's answer cannot be used: {error}", error = other.to_string())),
    }
}

fn is_unreachable(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable)
}

/// The server has no page to give.
pub(super) fn of_status(status: u16) -> Diagnostic {
    match status {
        404 | 410 => refused(message!("the server has no such page (status {status})", status))
            .with_help(message!("check the address: vendors move their pages")),
        401 | 403 | 429 => {
            refused(message!("the server does not give the page to programs (status {status})", status))
        }
        500.. => refused(message!("the server failed (status {status})", status)).with_help(later()),
        _ => refused(message!("the server gives no page (status {status})", status)),
    }
}

/// Refuses what cannot be a page. Hosts of files do not always know what a Markdown file is.
pub(super) fn check_type(content_type: Option<&str>) -> Result<(), Diagnostic> {
    let Some(content_type) = content_type else {
        return Ok(());
    };
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let known = ["", "application/xhtml+xml", "application/xml", "application/octet-stream"];
    if kind.starts_with("text/") || known.contains(&kind.as_str()) {
        return Ok(());
    }
    let message = message!("the server sends `{kind}`, not a page", kind);
    Err(refused(message).with_help(message!("give the address of the page that lists the errors")))
}

/// Refuses what was packed in a way that was not asked for.
pub(super) fn check_packing(packing: Option<&str>) -> Result<(), Diagnostic> {
    match packing.map(str::to_ascii_lowercase).as_deref() {
        None | Some("" | "identity" | "gzip" | "x-gzip") => Ok(()),
        Some(other) => Err(refused(message!(
            "the server packs the page as `{packing}`, which was not asked for",
            packing = other
        ))),
    }
}

/// The page does not end.
pub(super) fn too_large(limits: &Limits) -> Diagnostic {
    let n = limits.most_bytes.to_string();
    let message = message!("the page has more than {n} bytes", n);
    refused(message).with_help(Message::new(rules::TOO_LARGE.help, Vec::new()))
}
