//! The strings of the documentation itself, one file per locale.

use std::collections::BTreeMap;

use im_errors_spec::Locale;
use im_errors_spec::tree::{self, Problems};

/// The strings of one locale, by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Strings(BTreeMap<String, String>);

const ENGLISH: &str = include_str!("../../locales/en.toml");
const CHINESE: &str = include_str!("../../locales/zh.toml");

/// Where reports of changes have their strings in the file of a locale.
const CHANGES: &str = "changes";

impl Strings {
    /// The strings of `locale`, English where there are none.
    pub(crate) fn of(locale: &Locale) -> Self {
        Self::parse(file(locale), None)
    }

    /// Those of reports of changes.
    pub(crate) fn of_changes(locale: &Locale) -> Self {
        Self::parse(file(locale), Some(CHANGES))
    }

    /// The strings of a file outside its tables, or of one of them.
    fn parse(text: &str, table: Option<&'static str>) -> Self {
        let problems = Problems::default();
        let document = tree::parse(text, &problems);
        let root = document.root(&problems);
        let entries = match table {
            Some(table) => root.table(table).map(|table| table.entries()).unwrap_or_default(),
            None => root.entries(),
        };
        let pair =
            |entry: &tree::Entry<'_, '_>| Some((entry.key().to_owned(), entry.str()?.value.to_owned()));
        Self(entries.iter().filter_map(pair).collect())
    }

    /// Those that are the same whatever is said with them, by key.
    pub(super) fn whole(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter(|(_, text)| hole(text).is_none())
            .map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// The string at `key` with `{name}` replaced by the value of that name.
    pub(crate) fn get(&self, key: &str, values: &[(String, String)]) -> Option<String> {
        let text = self.0.get(key).map(String::as_str).or_else(|| language(key))?;
        // In one go: braces in a value are no places for another.
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, name, after)) = hole(rest) {
            out.push_str(before);
            match values.iter().find(|(known, _)| known == name) {
                Some((_, value)) => out.push_str(value),
                None => out.push_str(&format!("{{{name}}}")),
            }
            rest = after;
        }
        out.push_str(rest);
        Some(out)
    }
}

/// The file of `locale`.
fn file(locale: &Locale) -> &'static str {
    let language = locale.as_str().split('-').next().unwrap_or_default();
    if language == "zh" { CHINESE } else { ENGLISH }
}

/// What is before, in and behind the first pair of braces.
fn hole(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// A language that has no name here goes by its tag.
fn language(key: &str) -> Option<&str> {
    key.strip_prefix("language_").filter(|tag| Locale::new(tag).is_some())
}

#[cfg(test)]
impl Strings {
    /// What two languages must have in common.
    fn keys_and_holes(&self) -> Vec<(&str, std::collections::BTreeSet<String>)> {
        let holes = |text: &str| {
            let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
            parts.map(|(name, _)| name.to_owned()).collect::<std::collections::BTreeSet<_>>()
        };
        self.0.iter().map(|(key, text)| (key.as_str(), holes(text))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_in_a_value_stay() {
        let strings = Strings::parse("removed_in = \"{key} in {edition}\"", None);
        let values = [("key", "user {edition}"), ("edition", "2024")];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(strings.get("removed_in", &values).as_deref(), Some("user {edition} in 2024"));
    }

    #[test]
    fn a_language_without_a_name_goes_by_its_tag() {
        let english = Strings::of(&Locale::english());
        assert_eq!(english.get("language_zh", &[]).as_deref(), Some("中文"));
        assert_eq!(english.get("language_pt-BR", &[]).as_deref(), Some("pt-BR"));
        assert_eq!(english.get("language_", &[]), None);
    }

    #[test]
    fn both_locales_have_the_same_keys_and_placeholders() {
        for (strings, least) in [(Strings::of as fn(&Locale) -> Strings, 40), (Strings::of_changes, 40)] {
            let (english, chinese) = (strings(&Locale::english()), strings(&Locale::chinese()));
            assert!(english.0.len() > least);
            assert_eq!(english.keys_and_holes(), chinese.keys_and_holes());
        }
    }
}
