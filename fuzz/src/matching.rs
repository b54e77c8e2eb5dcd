//! Server messages against documented ones.

use arbitrary::{Arbitrary, Result, Unstructured};
use im_errors_match::{Fold, Message, Part, capture, fold, hash, same, trim};

use crate::oracle::matching as oracle;
use crate::text;

/// A text of characters that the regular expression knows the folding of.
#[derive(Debug, Clone)]
pub struct Word(String);

const CHARACTERS: [char; 45] = [
    'a', 'b', 'c', 'x', 'A', 'B', 'X', '1', '2', ' ', ' ', '\t', '\n', '\u{a0}', '\u{3000}', ',', ':', ';',
    '?', '!', '.', '。', '，', '：', '；', '？', '！', '"', '\'', '`', '“', '”', '‘', '’', '群', 'é', '(',
    '[', '*', '\\', '^', '$', '{', '}', '-',
];

impl<'a> Arbitrary<'a> for Word {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut text = String::new();
        while !u.is_empty() {
            match u.arbitrary::<u8>()? {
                0 => break,
                byte => text.push(CHARACTERS[usize::from(byte - 1) % CHARACTERS.len()]),
            }
        }
        Ok(Self(text))
    }
}

/// A pattern, and a message that is an instance of it or nearly one.
#[derive(Debug, Arbitrary)]
pub struct Pair {
    texts: Vec<Word>,
    fill: Vec<Word>,
    left_out: Option<u8>,
    other: Option<Word>,
}

impl Pair {
    /// We say of it what a regular expression says.
    ///
    /// # Panics
    /// Where we do not.
    pub fn agrees(&self) {
        let texts: Vec<_> = self.texts.iter().map(|text| text.0.clone()).collect();
        let fill: Vec<_> = self.fill.iter().map(|text| text.0.clone()).collect();
        let parts = oracle::parts(&texts);
        if parts.is_empty() {
            return;
        }
        let mut message = oracle::instance(&parts, &fill);
        if let Some(at) = self.left_out {
            message =
                message.chars().enumerate().filter(|(i, _)| *i != usize::from(at)).map(|(_, c)| c).collect();
        }
        oracle::agree(&parts, &message);
        if let Some(other) = &self.other {
            oracle::agree(&parts, &other.0);
        }
    }
}

/// Texts of any kind.
#[derive(Debug, Arbitrary)]
pub struct Texts {
    texts: Vec<text::Text>,
    message: text::Text,
    other: text::Text,
}

impl Texts {
    /// What must hold of any texts, the regular expression aside.
    ///
    /// # Panics
    /// Where it does not.
    pub fn hold(&self) {
        let texts: Vec<_> = self.texts.iter().map(|text| text.0.clone()).collect();
        let (message, other) = (self.message.0.as_str(), self.other.0.as_str());
        let parts = oracle::parts(&texts);
        let holes = parts.iter().filter(|part| matches!(part, Part::Hole(_))).count();
        let mut filled = vec![""; holes];
        if capture(&parts, message, &mut filled) {
            assert!(filled.iter().all(|hole| !hole.trim().is_empty()), "{parts:?} {message:?} {filled:?}");
            let within = |hole: &&str| message.as_bytes().as_ptr_range().contains(&hole.as_ptr());
            assert!(filled.iter().all(within));
        }
        let folded = |text| fold(text).map(|folded| folded.char).collect::<String>();
        assert_eq!(same(message, other), folded(message) == folded(other), "{message:?} {other:?}");
        assert_eq!(same(message, other), same(other, message));
        assert_eq!(Message::new(message).is(trim(other)), same(message, other));
        if same(message, other) {
            assert_eq!(hash(message), hash(other), "{message:?} {other:?}");
        }
        let ends = Fold::new(message, 0).fold(0, |at, folded| {
            assert!(folded.start == at && folded.end > at, "{message:?}");
            folded.end
        });
        assert_eq!(ends, message.len());
    }
}
