//! The words of reports, from the file of each locale.

use im_errors_spec::Locale;

use crate::render::Strings;

/// The words of one locale.
#[derive(Debug, Clone)]
pub struct Words(Strings);

impl Words {
    /// The words of `locale`, English where there are none.
    #[must_use]
    pub fn of(locale: &Locale) -> Self {
        Self(Strings::of_changes(locale))
    }

    /// The word for `key`; the key itself where there is none, which the tests rule out.
    pub(super) fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The word for `key` with values in its holes.
    pub(super) fn with(&self, key: &str, values: &[(&str, String)]) -> String {
        let values: Vec<_> = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.0.get(key, &values).unwrap_or_else(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Verdict, kinds};

    #[test]
    fn every_kind_and_verdict_has_words_in_both_languages() {
        let kinds = kinds::ALL.iter().map(|kind| format!("kind_{}", kind.code));
        let verdicts = Verdict::ALL.iter().flat_map(|v| [format!("verdict_{v}"), v.to_string()]);
        let keys: Vec<_> = kinds.chain(verdicts).collect();
        for words in [Words::of(&Locale::english()), Words::of(&Locale::chinese())] {
            for key in &keys {
                assert_ne!(&words.get(key), key, "no words");
            }
        }
    }
}
