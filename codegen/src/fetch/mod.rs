//! Pages from the network.
//!
//! One function, [`fetch`]: an address and what is known of the page in, the page or the word that it
//! has not changed out. It knows nothing of catalogs, tables or disks, and keeps nothing between
//! two calls. Only `http` and `https` are spoken, also behind redirects; how long and how much is
//! waited for are values.

mod address;
mod charset;
mod refusal;

use std::io::Read;
use std::time::Duration;

use ureq::http::{HeaderMap, Response, StatusCode};
use ureq::{Agent, Body, ResponseExt};

use crate::diagnostic::Finding;
use crate::limits;

pub use address::is_url;

/// What a page may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the first look-up of the host to the last byte.
    pub timeout: Duration,
    /// The size of the page, unpacked.
    pub most_bytes: u64,
    /// How often it may have moved.
    pub most_redirects: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), most_bytes: limits::FETCHED_BYTES, most_redirects: 5 }
    }
}

/// What the server said of a page when it was last fetched, so that it need not send it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`, to the letter.
    pub etag: Option<String>,
    /// Its `Last-Modified`, to the letter.
    pub last_modified: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The page as it is now.
    Fresh(Fresh),
    /// It is as it was when the server gave these validators.
    NotModified,
}

/// A page that the server sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    /// The page: as it came, unless only the headers tell its encoding; then it is UTF-8.
    pub bytes: Vec<u8>,
    /// For the next time.
    pub validators: Validators,
    /// Where it was found after all redirects.
    pub url: String,
    /// `Content-Type`, to the letter.
    pub content_type: Option<String>,
}

/// Fetches the page at `url`, if it is not as `known` says.
///
/// The proxy is that of the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`), except for this
/// machine itself.
///
/// # Errors
/// A finding at the address, with what to do: it is no address of a page, the server cannot be
/// reached, does not have the page, sends something else, too much, too slowly or not all of it.
pub fn fetch(url: &str, known: &Validators, limits: &Limits) -> Result<Fetched, Box<Finding>> {
    let fail = |diagnostic| Box::new(Finding::new(url, diagnostic));
    let address = address::checked(url).map_err(fail)?;
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(limits.timeout))
        .max_redirects(limits.most_redirects)
        .max_redirects_will_error(true)
        .save_redirect_history(true)
        .user_agent(concat!("im-errors/", env!("CARGO_PKG_VERSION")))
        .accept("text/html, text/markdown, text/plain;q=0.9, */*;q=0.1");
    if address::is_this_machine(&address) {
        config = config.proxy(None);
    }
    let agent: Agent = config.build().into();
    let mut request = agent.get(&address);
    for (name, value) in [("if-none-match", &known.etag), ("if-modified-since", &known.last_modified)] {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    let response = request.call().map_err(|error| fail(refusal::of(&error, limits)))?;
    received(response, known, limits).map_err(fail)
}

/// Fetches the page at `url`, of which nothing is known yet.
///
/// # Errors
/// As [`fetch`].
pub fn fetch_new(url: &str, limits: &Limits) -> Result<Fresh, Box<Finding>> {
    match fetch(url, &Validators::default(), limits)? {
        Fetched::Fresh(fresh) => Ok(fresh),
        Fetched::NotModified => Err(Box::new(Finding::new(url, refusal::of_status(304)))),
    }
}

fn received(
    response: Response<Body>,
    known: &Validators,
    limits: &Limits,
) -> Result<Fetched, crate::Diagnostic> {
    let way: Vec<String> =
        response.get_redirect_history().unwrap_or_default().iter().map(ToString::to_string).collect();
    address::check_way(&way)?;
    let status = response.status();
    // Only what was asked with a condition can be answered so.
    if status == StatusCode::NOT_MODIFIED && *known != Validators::default() {
        return Ok(Fetched::NotModified);
    }
    if status != StatusCode::OK {
        return Err(refusal::of_status(status.as_u16()));
    }
    let headers = response.headers();
    let content_type = header(headers, "content-type");
    refusal::check_type(content_type.as_deref())?;
    refusal::check_packing(header(headers, "content-encoding").as_deref())?;
    let validators =
        Validators { etag: header(headers, "etag"), last_modified: header(headers, "last-modified") };
    let url = response.get_uri().to_string();
    let bytes = body(response, limits)?;
    let bytes = charset::readable(bytes, content_type.as_deref());
    Ok(Fetched::Fresh(Fresh { bytes, validators, url, content_type }))
}

/// A header whose value is text, the first of its name.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(|value| value.trim().to_owned())
}

fn body(response: Response<Body>, limits: &Limits) -> Result<Vec<u8>, crate::Diagnostic> {
    let mut bytes = Vec::new();
    // One byte more than is taken shows that there are too many. What is counted is unpacked.
    let mut reader = response.into_body().into_reader().take(limits.most_bytes.saturating_add(1));
    reader.read_to_end(&mut bytes).map_err(|error| refusal::of(&error.into(), limits))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.most_bytes {
        return Err(refusal::too_large(limits));
    }
    Ok(bytes)
}
