//! The parts of a message that its pattern leaves open.

/// How many holes a message can have.
pub(crate) const MOST_HOLES: usize = 8;

/// The text of each hole, by name, as slices of the message. At most eight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holes<'m> {
    names: [&'static str; MOST_HOLES],
    texts: [&'m str; MOST_HOLES],
}

impl<'m> Holes<'m> {
    pub(crate) fn new(names: [&'static str; MOST_HOLES], texts: [&'m str; MOST_HOLES]) -> Self {
        Self { names, texts }
    }

    /// The text of a hole, without space around it; `None` if the message was not matched or its
    /// pattern has no such hole.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'m str> {
        self.iter().find(|(found, _)| *found == name).map(|(_, text)| text)
    }

    /// Every hole with its text, in the order of the message.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'m str)> + '_ {
        let filled = self.names.iter().zip(&self.texts).filter(|(name, _)| !name.is_empty());
        filled.map(|(name, text)| (*name, *text))
    }

    /// The text of a hole as a value for a field: what does not parse or is not there gives the
    /// default, and stays readable here.
    #[doc(hidden)]
    #[must_use]
    pub fn field<T: core::str::FromStr + Default>(&self, name: &str) -> T {
        self.get(name).and_then(|text| text.parse().ok()).unwrap_or_default()
    }
}
