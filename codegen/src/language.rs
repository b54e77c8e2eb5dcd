//! The languages that the tool speaks to people: English, which is in the code, and the
//! translations of it in `locales/`.
//!
//! A sentence is written once, in English, as [`message!`](crate::message!) where it is said; its
//! translation stands under `[messages]` in the file of the locale, by the English template. Help
//! texts stand under `[help]`, line by line. Tests name what is missing there, and what is left over.

use std::collections::BTreeMap;

use im_errors_spec::Locale;
use im_errors_spec::tree::{self, Problems};

use crate::Message;

const CHINESE: &str = include_str!("../locales/zh.toml");

/// Templates of messages in another language by their English ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dictionary {
    tag: Option<&'static str>,
    messages: BTreeMap<String, String>,
    help: BTreeMap<String, String>,
}

impl Dictionary {
    /// English, which needs no translation.
    #[must_use]
    pub fn english() -> Self {
        Self::default()
    }

    /// Chinese as written on the mainland.
    #[must_use]
    pub fn chinese() -> Self {
        let problems = Problems::default();
        let document = tree::parse(CHINESE, &problems);
        let root = document.root(&problems);
        let table = |key| {
            let entries = root.table(key).map(|table| table.entries()).unwrap_or_default();
            let pair =
                |entry: &tree::Entry<'_, '_>| Some((entry.key().to_owned(), entry.str()?.value.to_owned()));
            entries.iter().filter_map(pair).collect()
        };
        Self { tag: Some("zh"), messages: table("messages"), help: table("help") }
    }

    /// The language that is spoken to readers of `locale`.
    #[must_use]
    pub fn of(locale: &Locale) -> Self {
        let language = locale.as_str().split('-').next().unwrap_or_default();
        if language == "zh" { Self::chinese() } else { Self::english() }
    }

    /// The language as texts of catalogs name it.
    #[must_use]
    pub fn locale(&self) -> Locale {
        if self.is_english() { Locale::english() } else { Locale::chinese() }
    }

    /// Whether this is English.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.tag.is_none()
    }

    /// A message in this language.
    #[must_use]
    pub fn render(&self, message: &Message) -> String {
        message.render(&|template| self.messages.get(template).map(String::as_str))
    }

    /// A text of the command line's help in this language; none if it has no translation.
    #[must_use]
    pub fn help(&self, english: &str) -> Option<&str> {
        self.help.get(english).map(String::as_str)
    }

    /// The English templates of messages that have a translation, with it.
    pub fn messages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.messages.iter().map(|(english, other)| (english.as_str(), other.as_str()))
    }

    /// The English help texts that have a translation.
    pub fn helps(&self) -> impl Iterator<Item = &str> {
        self.help.keys().map(String::as_str)
    }
}
