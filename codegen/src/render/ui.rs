//! The strings of the documentation itself, one file per locale.

use std::collections::BTreeMap;

use im_errors_spec::Locale;
use im_errors_spec::tree::{self, Problems};

/// The strings of one locale, by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Strings(BTreeMap<String, String>);

const ENGLISH: &str = include_str!("../../locales/en.toml");
const CHINESE: &str = include_str!("../../locales/zh.toml");

impl Strings {
    /// The strings of `locale`, English where there are none.
    pub(super) fn of(locale: &Locale) -> Self {
        let language = locale.as_str().split('-').next().unwrap_or_default();
        Self::parse(if language == "zh" { CHINESE } else { ENGLISH })
    }

    fn parse(text: &str) -> Self {
        let problems = Problems::default();
        let document = tree::parse(text, &problems);
        let entries = document.root(&problems).entries();
        let pair =
            |entry: &tree::Entry<'_, '_>| Some((entry.key().to_owned(), entry.str()?.value.to_owned()));
        Self(entries.iter().filter_map(pair).collect())
    }

    /// The string at `key` with `{name}` replaced by the value of that name.
    pub(super) fn get(&self, key: &str, values: &[(String, String)]) -> Option<String> {
        let text = self.0.get(key)?;
        let replaced = values
            .iter()
            .fold(text.clone(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value));
        Some(replaced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_locales_have_the_same_keys_and_placeholders() {
        let holes = |text: &str| {
            let holes: std::collections::BTreeSet<String> = text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect();
            holes
        };
        let (english, chinese) = (Strings::parse(ENGLISH), Strings::parse(CHINESE));
        assert!(english.0.len() > 20);
        assert_eq!(english.0.keys().collect::<Vec<_>>(), chinese.0.keys().collect::<Vec<_>>());
        for (key, text) in &english.0 {
            assert_eq!(holes(text), holes(&chinese.0[key]), "{key}");
        }
    }
}
