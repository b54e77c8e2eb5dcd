//! What servers said of the pages that were fetched last, so that they need not send them again.
//!
//! It is of use only as long as the page on disk is the one that was spoken of: each is kept with
//! the digest of its page. What cannot be read is as if it were not there.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::fetch::Validators;
use crate::resolve;

/// What is known of pages, by address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    pages: BTreeMap<String, (String, Validators)>,
}

impl Known {
    /// Reads what [`Known::text`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        let page = |(url, page): (&String, &Value)| {
            let part = |name: &str| page.get(name).and_then(Value::as_str).map(str::to_owned);
            // A header is one line of printable characters; another value is none of ours.
            let header = |name| part(name).filter(|value| value.bytes().all(|b| matches!(b, b' '..=b'~')));
            let validators = Validators { etag: header("etag"), last_modified: header("last_modified") };
            Some((url.clone(), (part("sha256")?, validators)))
        };
        Self { pages: value.as_object().into_iter().flatten().filter_map(page).collect() }
    }

    /// As it is kept.
    #[must_use]
    pub fn text(&self) -> String {
        let page = |(digest, validators): &(String, Validators)| {
            json!({
                "sha256": digest,
                "etag": validators.etag,
                "last_modified": validators.last_modified,
            })
        };
        let pages: Map<_, _> = self.pages.iter().map(|(url, known)| (url.clone(), page(known))).collect();
        format!("{:#}\n", Value::Object(pages))
    }

    /// What to tell the server at `url`, where the page on disk is `bytes`.
    #[must_use]
    pub fn of(&self, url: &str, bytes: Option<&[u8]>) -> Validators {
        let known = self.pages.get(url).zip(bytes).filter(|((digest, _), bytes)| *digest == hex(bytes));
        known.map(|((_, validators), _)| validators.clone()).unwrap_or_default()
    }

    /// Learns what the server at `url` said of the page `bytes`.
    pub fn learn(&mut self, url: &str, bytes: &[u8], validators: Validators) {
        if validators == Validators::default() {
            self.pages.remove(url);
        } else {
            self.pages.insert(url.to_owned(), (hex(bytes), validators));
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    resolve::hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_of_the_page_that_it_was_said_of() {
        let validators = Validators { etag: Some("\"1\"".into()), last_modified: None };
        let mut known = Known::default();
        known.learn("http://a", b"page", validators.clone());
        let known = Known::parse(&known.text());
        assert_eq!(known.of("http://a", Some(b"page")), validators);
        assert_eq!(known.of("http://a", Some(b"edited")), Validators::default());
        assert_eq!(known.of("http://a", None), Validators::default());
        assert_eq!(known.of("http://b", Some(b"page")), Validators::default());
    }

    #[test]
    fn what_is_broken_is_as_if_it_were_not_there() {
        for text in ["", "[]", "{\"a\": 1}", "nonsense"] {
            assert_eq!(Known::parse(text), Known::default(), "{text}");
        }
        let known = Known::parse("{\"u\": {\"sha256\": \"x\", \"etag\": \"a\\r\\nb: c\"}}");
        assert_eq!(known.pages["u"].1, Validators::default());
    }
}
