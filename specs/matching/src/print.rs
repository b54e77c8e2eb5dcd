//! What a folded text is told by: its hash, and which pairs of bytes stand side by side in it.
//!
//! Most of what a message is compared with is ruled out by these, so they are taken of eight bytes
//! at once where those fold by themselves. The result is that of one character after the other.

use crate::fold::{Fold, SWALLOWS, trim};

/// A hash of the folded text; texts that are the [`crate::same`] have the same. It never changes:
/// tables made at compile time are sorted by it.
#[must_use]
pub fn hash(text: &str) -> u64 {
    Print::of(trim(text)).hash
}

/// A hash of the text to the letter. It never changes either.
///
/// Most servers send what is documented, and this costs a fraction of folding it.
#[must_use]
pub fn exact_hash(text: &str) -> u64 {
    let (mut state, mut rest) = ((text.len() as u64).wrapping_mul(FACTOR), text.as_bytes());
    while let Some((block, after)) = rest.split_first_chunk() {
        state = mix(state, u64::from_le_bytes(*block));
        rest = after;
    }
    finish(mix(state, rest.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte))))
}

/// A sum that tells whether the first `most` bytes of a text are still the same. It can be a
/// constant, and is plain arithmetic, which the compiler interprets fastest.
///
/// ```
/// const SUM: u64 = im_errors_match::sum("spec", 256);
/// assert_ne!(SUM, im_errors_match::sum("Spec", 256));
/// ```
#[must_use]
pub const fn sum(text: &str, most: usize) -> u64 {
    const MULTIPLIER: u128 = 0x9e37_79b9;
    let text = text.as_bytes();
    let length = if text.len() < most { text.len() } else { most };
    let (mut sum, mut at) = (0, 0);
    while at + 8 <= length {
        let low = text[at] as u128 | (text[at + 1] as u128) << 8;
        let low = low | (text[at + 2] as u128) << 16 | (text[at + 3] as u128) << 24;
        let high = text[at + 4] as u128 | (text[at + 5] as u128) << 8;
        let high = high | (text[at + 6] as u128) << 16 | (text[at + 7] as u128) << 24;
        sum = ((sum * MULTIPLIER) & u64::MAX as u128) ^ (low | (high << 32));
        at += 8;
    }
    while at < length {
        sum = ((sum * MULTIPLIER) & u64::MAX as u128) ^ text[at] as u128;
        at += 1;
    }
    sum as u64
}

/// What the bytes of a folded text add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Print {
    /// See [`hash`].
    pub(crate) hash: u64,
    /// A bit per kind of pair, those of [`pairs_within`] any part of the text among them.
    pub(crate) pairs: u64,
}

impl Print {
    /// Of a text that is trimmed already.
    pub(crate) fn of(text: &str) -> Self {
        let mut bytes = Bytes::default();
        let mut at = 0;
        let mut is_after_swallower = false;
        while let Some(block) = text.as_bytes()[at..].first_chunk() {
            if let Some(block) = Block::fold(u64::from_le_bytes(*block), is_after_swallower) {
                bytes.push_block(&block);
                is_after_swallower = block.ends_in_swallower;
                at += 8;
            } else {
                at = bytes.push_chars(text, at, at + 8, is_after_swallower);
                is_after_swallower = false;
            }
        }
        match Block::fold_last(&text.as_bytes()[at..], is_after_swallower) {
            Some(block) => bytes.push_block(&block),
            None => {
                bytes.push_chars(text, at, text.len(), is_after_swallower);
            }
        }
        bytes.print()
    }
}

/// The [`Print::pairs`] that every text with `literal` in it has.
pub(crate) fn pairs_within(literal: &str) -> u64 {
    let (mut pairs, mut before) = (0, None);
    for folded in Fold::new(literal, 0) {
        for byte in folded.char.encode_utf8(&mut [0; 4]).bytes() {
            pairs |= before.map_or(0, |before| pair(before, byte));
            before = Some(byte);
        }
    }
    pairs
}

/// The bytes of a folded text so far.
#[derive(Default)]
struct Bytes {
    state: u64,
    /// The bytes that do not fill a word yet, and how many bits they are.
    word: u64,
    filled: u32,
    before: u8,
    pairs: u64,
}

impl Bytes {
    /// One by one the characters from `at` on that start before `end`; where the next one starts.
    fn push_chars(&mut self, text: &str, at: usize, end: usize, is_after_swallower: bool) -> usize {
        let mut fold = Fold::new(text, at);
        if is_after_swallower {
            fold.skip_space();
        }
        while fold.at() < end {
            match fold.next().map(|folded| folded.char) {
                Some(char) if char.is_ascii() => self.push(char as u8),
                Some(char) => char.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.push(byte)),
                None => break,
            }
        }
        fold.at()
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        self.pairs |= pair(self.before, byte);
        self.before = byte;
        self.word |= u64::from(byte) << self.filled;
        self.filled += 8;
        if self.filled == 64 {
            self.state = mix(self.state, self.word);
            (self.word, self.filled) = (0, 0);
        }
    }

    #[inline]
    fn push_block(&mut self, block: &Block) {
        let Block { folded, length, .. } = *block;
        let kinds = kinds((folded << 8) | u64::from(self.before), folded);
        // Without a loop where all are there, as mostly.
        let bits = |lanes: core::ops::Range<u32>| {
            lanes.fold(0, |bits, lane| bits | (1 << ((kinds >> (8 * lane)) & 63)))
        };
        self.pairs |= if length == 8 { bits(0..8) } else { bits(0..length) };
        self.before = (folded >> (8 * length - 8)) as u8;
        self.word |= folded << self.filled;
        let filled = self.filled + 8 * length;
        if filled >= 64 {
            self.state = mix(self.state, self.word);
            self.word = if self.filled == 0 { 0 } else { folded >> (64 - self.filled) };
        }
        self.filled = filled % 64;
    }

    fn print(&self) -> Print {
        let state = mix(self.state ^ u64::from(self.filled), self.word);
        Print { hash: finish(state), pairs: self.pairs }
    }
}

/// The bit for two bytes side by side.
#[inline]
fn pair(before: u8, byte: u8) -> u64 {
    1 << (kinds(u64::from(before), u64::from(byte)) & 63)
}

/// The kind of pair in each of eight lanes, in its low six bits.
#[inline]
fn kinds(before: u64, byte: u64) -> u64 {
    const LOW: u64 = 0x1f1f_1f1f_1f1f_1f1f;
    // No lane overflows: 31 * 5 + 31 * 3 < 256.
    (before & LOW) * 5 + (byte & LOW) * 3
}

/// Eight bytes of ASCII, folded.
struct Block {
    /// The first one lowest.
    folded: u64,
    /// How many they are without the white space that others swallow; at least one.
    length: u32,
    /// White space after it is part of its last character.
    ends_in_swallower: bool,
}

impl Block {
    /// `None` if any of the bytes needs a closer look.
    #[inline]
    fn fold(bytes: u64, is_after_swallower: bool) -> Option<Self> {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = 0x80 * ONES;
        if bytes & HIGH != 0 {
            return None;
        }
        // All lanes are below 0x80, so sums stay in their lane, and its high bit says whether the
        // lane is at least so much.
        let at_least = |least: u8| (bytes + u64::from(0x80 - least) * ONES) & HIGH;
        let is = |byte: u8| !((bytes ^ (u64::from(byte) * ONES)) + 0x7f * ONES) & HIGH;
        if (HIGH & !at_least(b' ')) | is(b'`') != 0 {
            return None;
        }
        let letter_or_so = at_least(b'A');
        let digit = at_least(b'0') & !at_least(b':');
        let folded = bytes | ((letter_or_so & !at_least(b'Z' + 1)) >> 2);
        let ends_in_swallower = SWALLOWS[(bytes >> 56) as usize];
        let space = is(b' ');
        let (first, swallowed_first) = if is_after_swallower { (0, 0x80) } else { (0x80, 0) };
        if all_follow(space, [letter_or_so, digit], first) {
            return Some(Self { folded, length: 8, ends_in_swallower });
        }
        let swallower = space | is(b',') | is(b':') | is(b';') | is(b'!') | is(b'?');
        let swallowed = space & ((swallower << 8) | swallowed_first);
        let (folded, length) = without(folded, swallowed);
        (length > 0).then_some(Self { folded, length, ends_in_swallower })
    }

    /// The same for what is left at the end of a text.
    #[inline]
    fn fold_last(bytes: &[u8], is_after_swallower: bool) -> Option<Self> {
        let missing = 8_u32.checked_sub(u32::try_from(bytes.len()).ok()?)?;
        // Letters stay as they are, and are taken off again.
        let mut padded = [b'a'; 8];
        padded[..bytes.len()].copy_from_slice(bytes);
        let block = Self::fold(u64::from_le_bytes(padded), is_after_swallower)?;
        let length = block.length.checked_sub(missing).filter(|length| *length > 0)?;
        Some(Self { length, folded: block.folded & (u64::MAX >> (64 - 8 * length)), ..block })
    }
}

/// Whether all white space follows a letter or a digit, as most does: these swallow none.
#[inline]
fn all_follow(space: u64, [letter, digit]: [u64; 2], first: u64) -> bool {
    space & !(((letter | digit) << 8) | first) == 0
}

/// The lanes that are not marked, and how many they are.
fn without(mut lanes: u64, mut marks: u64) -> (u64, u32) {
    let length = 8 - marks.count_ones();
    while marks != 0 {
        // From the last lane on, so that those before it stay where they are.
        let lane = 56 - (marks.leading_zeros() & !7);
        let before = (1 << lane) - 1;
        lanes = (lanes & before) | ((lanes >> 8) & !before);
        marks &= before;
    }
    (lanes, length)
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(state: u64, word: u64) -> u64 {
    (state.rotate_left(5) ^ word).wrapping_mul(FACTOR)
}

fn finish(state: u64) -> u64 {
    state ^ (state >> 32)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;
    use std::vec::Vec;

    use super::*;
    use crate::same;
    use proptest::prelude::*;

    /// One byte after the other.
    fn plainly(text: &str) -> Print {
        let mut bytes = Bytes::default();
        let folded: String = Fold::new(text, 0).map(|folded| folded.char).collect();
        folded.bytes().for_each(|byte| bytes.push(byte));
        bytes.print()
    }

    /// What `block` must be, by the characters of its bytes; `None` where they need a closer look.
    fn plain_block(bytes: &[u8], is_after_swallower: bool) -> Option<Vec<u8>> {
        let is_plain = |byte: &u8| byte.is_ascii() && *byte >= b' ' && *byte != b'`';
        let text = str::from_utf8(bytes).ok().filter(|text| text.bytes().all(|byte| is_plain(&byte)))?;
        let mut fold = Fold::new(text, 0);
        if is_after_swallower {
            fold.skip_space();
        }
        let folded: Vec<_> = fold.map(|folded| folded.char as u8).collect();
        (!folded.is_empty()).then_some(folded)
    }

    fn bytes_of(block: &Block) -> Vec<u8> {
        let all = block.folded.to_le_bytes();
        let (bytes, rest) = all.split_at(block.length as usize);
        assert!(rest.iter().all(|byte| *byte == 0), "{rest:?} behind the last lane");
        bytes.to_vec()
    }

    #[test]
    fn white_space_that_is_swallowed_whole_is_no_block() {
        let spaces = u64::from_le_bytes(*b"        ");
        assert!(Block::fold(spaces, true).is_none() && Block::fold_last(b"  ", true).is_none());
        assert_eq!(Block::fold(spaces, false).as_ref().map(bytes_of).as_deref(), Some(&b" "[..]));
    }

    #[test]
    fn what_tables_are_sorted_by_never_changes() {
        let texts = ["", "user exist", "User  “tom” doesn’t exist in group: 40659491815425.", "用户：不存在"];
        let hashes = texts.map(|text| [hash(text), exact_hash(text), sum(text, 9)]);
        let known = [
            [0, 0, 0],
            [0xd8f7906c7e53070a, 0x0ec7ead2fa6cf00a, 0xe0609b92a305bcfe],
            [0xf59ad9fd6052baf5, 0xcd0df0ff132e1c93, 0xf22bbe7edc1685f1],
            [0xee8dc84174601bdb, 0x40bd2baf9a4af760, 0xc3c0f112edd5c975],
        ];
        assert_eq!(hashes, known);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn eight_plain_bytes_fold_at_once_as_one_by_one(
            bytes in proptest::collection::vec(prop_oneof![6 => b' '..=0x7f, 3 => Just(b' '), 3 => prop::sample::select(&b",:;!?"[..]), 1 => prop::sample::select(&b"`\t\x1f\x80\xff"[..])], 1..9),
            is_after_swallower: bool,
        ) {
            let wanted = plain_block(&bytes, is_after_swallower);
            let block = match <[u8; 8]>::try_from(bytes.as_slice()) {
                Ok(block) => Block::fold(u64::from_le_bytes(block), is_after_swallower),
                Err(_) => Block::fold_last(&bytes, is_after_swallower),
            };
            prop_assert_eq!(block.as_ref().map(bytes_of), wanted);
            if let (Some(block), [.., last]) = (block, bytes.as_slice()) {
                prop_assert!(bytes.len() < 8 || block.ends_in_swallower == b" ,:;!?".contains(last));
            }
        }
    }

    proptest! {
        #[test]
        fn a_changed_byte_changes_the_sum(text in "[a-z]{1,40}", at in 0..40_usize) {
            let changed: String = text.chars().enumerate().map(|(i, c)| if i == at { 'A' } else { c }).collect();
            prop_assert_eq!(sum(&text, 40) == sum(&changed, 40), text == changed);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn blocks_add_up_to_the_same_as_single_bytes(text in "([ a-cX-Z`,:?!@\\[{\t\u{7f}]|[：，群é]){0,60}") {
            let text = trim(&text);
            prop_assert_eq!(Print::of(text), plainly(text));
        }

        #[test]
        fn a_part_has_no_pair_that_the_whole_lacks(text in "[ abC,:：]{0,40}", from in 0..40_usize) {
            let part = text.get(from..).unwrap_or_default();
            let within = pairs_within(&part[part.len() - part.trim_start().len()..]);
            prop_assert_eq!(within & !Print::of(&text).pairs, 0);
        }

        #[test]
        fn the_same_texts_have_the_same_hash(
            text in "[ a-zA-Z.\"“”，,：:]{0,16}",
            other in "[ a-zA-Z.\"“”，,：:]{0,16}",
        ) {
            prop_assert_eq!(same(&text, &other), hash(&text) == hash(&other));
            prop_assert_eq!(text == other, exact_hash(&text) == exact_hash(&other));
        }
    }
}
