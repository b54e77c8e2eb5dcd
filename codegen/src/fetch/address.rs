//! Which addresses are asked.

use crate::diagnostic::rules;
use crate::{Diagnostic, Message, message};

/// Whether a person who writes `text` means an address and not a file.
///
/// ```
/// use im_errors_codegen::fetch::is_url;
/// assert!(is_url("https://example.com/errors"));
/// assert!(is_url("ftp://example.com/errors"));
/// assert!(!is_url("C:\\pages\\errors.html"));
/// ```
#[must_use]
pub fn is_url(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The address as it is asked: without the place in the page, and in ASCII.
pub(super) fn checked(url: &str) -> Result<String, Diagnostic> {
    let bad = |message: Message| Diagnostic::of_file(&rules::BAD_ADDRESS, message);
    let (scheme, rest) = url.split_once("://").ok_or_else(|| bad(message!("this is no full address")))?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(bad(message!("the address is not one of http or https")));
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let host = host(rest);
    if host.is_empty() {
        return Err(bad(message!("the address has no host")));
    }
    if authority(rest).contains('@') {
        // It would end up in catalog.toml.
        return Err(bad(message!("the address has a user or a password in it"))
            .with_help(message!("save the page from the browser and give the file")));
    }
    if !host.is_ascii() {
        return Err(bad(message!("the host is not written in ASCII"))
            .with_help(message!("write it in Punycode, as `xn--…`")));
    }
    if rest.contains(char::is_control) {
        return Err(bad(message!("the address has a control character in it")));
    }
    let mut address = format!("{scheme}://");
    for c in rest.chars() {
        if c.is_ascii() && !matches!(c, ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') {
            address.push(c);
        } else {
            let mut buffer = [0; 4];
            address.extend(c.encode_utf8(&mut buffer).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    Ok(address)
}

/// Refuses a way from a page that nobody can have changed to one that anybody can.
pub(super) fn check_way(way: &[String]) -> Result<(), Diagnostic> {
    let falls = way.windows(2).find(|pair| pair[0].starts_with("https:") && !pair[1].starts_with("https:"));
    falls.map_or(Ok(()), |pair| {
        let message = message!("the server leads from https to {address}", address = pair[1]);
        let help = message!(
            "what comes without https can be changed on its way; give that address if this does not matter"
        );
        Err(Diagnostic::of_file(&rules::NOT_FETCHED, message).with_help(help))
    })
}

/// Proxies lead away from this machine.
pub(super) fn is_this_machine(address: &str) -> bool {
    let host = host(address.split_once("://").map_or(address, |(_, rest)| rest));
    host == "localhost" || host == "[::1]" || host.starts_with("127.")
}

fn authority(rest: &str) -> &str {
    rest.split(['/', '?']).next().unwrap_or_default()
}

/// The host of what is behind `://`.
fn host(rest: &str) -> &str {
    let authority = authority(rest);
    let end = match authority.rfind(':') {
        Some(colon) if !authority[colon..].contains(']') => colon,
        _ => authority.len(),
    };
    &authority[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_asked_in_ascii_and_without_the_place_in_the_page() {
        assert_eq!(
            checked("https://a.b/错误 码?q=1#top").as_deref(),
            Ok("https://a.b/%E9%94%99%E8%AF%AF%20%E7%A0%81?q=1")
        );
        assert_eq!(checked("HTTP://a.b:8080").as_deref(), Ok("http://a.b:8080"));
    }

    #[test]
    fn what_is_no_page_on_the_web_is_refused() {
        for url in [
            "a.b/c",
            "file:///etc/passwd",
            "ftp://a.b/",
            "https://",
            "https:///x",
            "http://me:pw@a.b/",
            "http://a\u{7}.b/",
            "http://环信.cn/",
        ] {
            assert_eq!(checked(url).map_err(|refused| refused.code), Err("bad-address"), "{url}");
        }
        assert!(checked("http://a.b/@user").is_ok());
    }

    #[test]
    fn a_way_never_leaves_https() {
        let way = |way: &[&str]| check_way(&way.iter().map(ToString::to_string).collect::<Vec<_>>()).is_ok();
        assert!(way(&["http://a/", "https://a/", "https://b/"]));
        assert!(way(&[]));
        assert!(!way(&["https://a/", "http://a/", "https://a/"]));
    }

    #[test]
    fn this_machine_is_known_by_any_name() {
        for address in ["http://127.0.0.1:80/", "http://localhost", "http://[::1]:8080/x"] {
            assert!(is_this_machine(address), "{address}");
        }
        assert!(!is_this_machine("http://localhost.example.com/"));
    }
}
