//! The parts of a message that its pattern leaves open.

use im_errors_match::{Message, Part};

use crate::data::Pattern;

/// How many holes a message can have.
const MOST_HOLES: usize = 8;

/// The text of each hole, by name, as slices of the message. At most eight.
///
/// ```
/// # use im_errors::{ImErrors, Unrecognized};
/// # #[derive(Debug, PartialEq, ImErrors)]
/// # #[im_errors(vendor = "agora-chat", partial, docs = "https://example.com/errors")]
/// # enum ChatError {
/// #     InvalidUsername,
/// #     NewOwnerNotInGroup { username: String, group_id: String },
/// #     #[im_error(status = 429)]
/// #     Throttled,
/// #     #[im_error(other)]
/// #     Other(Unrecognized),
/// # }
/// let message = "User: tom doesn't exist in group: 42.";
/// let found = ChatError::from_response(None, None, message);
/// assert_eq!(found.holes.get("group_id"), Some("42"));
/// assert_eq!(found.holes.iter().collect::<Vec<_>>(), [("username", "tom"), ("group_id", "42")]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holes<'m> {
    parts: &'static [Part<'static>],
    texts: [&'m str; MOST_HOLES],
}

impl<'m> Holes<'m> {
    /// Takes what stands in the holes of `pattern`, if `message` is an instance of it; else they
    /// stay as they are.
    pub(crate) fn fill(&mut self, pattern: &'static Pattern, message: &Message<'m>) -> bool {
        let mut texts = [""; MOST_HOLES];
        let fits = message.capture(pattern.parts, &mut texts);
        if fits {
            *self = Self { parts: pattern.parts, texts };
        }
        fits
    }

    /// The text of a hole, without space around it; `None` if the message was not matched or its
    /// pattern has no such hole.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'m str> {
        self.iter().find(|(found, _)| *found == name).map(|(_, text)| text)
    }

    /// Every hole with its text, in the order of the message.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'m str)> + '_ {
        let names = self.parts.iter().filter_map(|part| match part {
            Part::Hole(name) => Some(*name),
            Part::Literal(_) => None,
        });
        names.zip(self.texts)
    }
}

/// The text of a hole as a value for a field: what does not parse or is not there gives the
/// default, and stays readable in [`Holes`].
#[doc(hidden)]
#[must_use]
pub fn field<T: core::str::FromStr + Default>(holes: Option<&Holes<'_>>, name: &str) -> T {
    holes.and_then(|holes| holes.get(name)).and_then(|text| text.parse().ok()).unwrap_or_default()
}
