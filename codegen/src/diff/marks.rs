//! Which words of a text changed.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A stretch of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark<'t> {
    /// In both.
    Same(&'t str),
    /// In the old one only.
    Old(&'t str),
    /// In the new one only.
    New(&'t str),
}

/// The stretches of `old` and `new` in order: a reader is to see at a glance what became of it, so
/// marks go by words, in Chinese by characters, and what is left between two of them is marked with
/// them if it is no more than a character.
///
/// ```
/// use im_errors_codegen::diff::{Mark, marks};
/// let found = marks("user not found", "user exists");
/// assert_eq!(found, [Mark::Same("user "), Mark::Old("not found"), Mark::New("exists")]);
/// ```
#[must_use]
pub fn marks<'t>(old: &'t str, new: &'t str) -> Vec<Mark<'t>> {
    let (a, b) = (words(old), words(new));
    let mut stretches = stretches(&a, &b);
    join_fragments(old, &mut stretches);
    let kept: usize = stretches.iter().filter(|s| s.same).map(|s| weight(&old[s.old.0..s.old.1])).sum();
    // Where next to nothing is left, marks would only be hard to read.
    if kept * 5 < weight(old).max(weight(new)) {
        stretches = vec![Stretch { same: false, old: (0, old.len()), new: (0, new.len()) }];
    }
    let mut out = Vec::new();
    for stretch in stretches {
        let (before, after) = (&old[stretch.old.0..stretch.old.1], &new[stretch.new.0..stretch.new.1]);
        if stretch.same {
            out.push(Mark::Same(after));
            continue;
        }
        out.extend((!before.is_empty()).then_some(Mark::Old(before)));
        out.extend((!after.is_empty()).then_some(Mark::New(after)));
    }
    out
}

/// Bytes of the old and of the new text.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    same: bool,
    old: (usize, usize),
    new: (usize, usize),
}

/// Latin words, white space, and single characters of everything else.
fn words(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_whitespace() => 0,
        c if c.is_ascii_alphanumeric() || c == '_' => 1,
        // Letters of other alphabets that make words of several.
        c if c.is_alphabetic() && u32::from(c) < 0x2e80 => 1,
        _ => 2,
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if before.is_some_and(|before| before != now || now == 2) {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(now);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

fn stretches(a: &[&str], b: &[&str]) -> Vec<Stretch> {
    /// Beyond this, what differs is marked as a whole: time goes with the product.
    const MOST_PAIRS: usize = 4_000_000;
    let front = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a_rest, b_rest) = (&a[front..], &b[front..]);
    let back = a_rest.iter().rev().zip(b_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a_mid, b_mid) = (&a_rest[..a_rest.len() - back], &b_rest[..b_rest.len() - back]);
    let mut ops: Vec<(bool, usize, usize)> = vec![(true, front, front)];
    if a_mid.len().saturating_mul(b_mid.len()) > MOST_PAIRS {
        ops.push((false, a_mid.len(), b_mid.len()));
    } else {
        ops.extend(capture_diff_slices(Algorithm::Myers, a_mid, b_mid).iter().map(|op| match *op {
            DiffOp::Equal { len, .. } => (true, len, len),
            DiffOp::Delete { old_len, .. } => (false, old_len, 0),
            DiffOp::Insert { new_len, .. } => (false, 0, new_len),
            DiffOp::Replace { old_len, new_len, .. } => (false, old_len, new_len),
        }));
    }
    ops.push((true, back, back));
    let bytes = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
    let (mut i, mut j, mut old, mut new) = (0, 0, 0, 0);
    let mut out = Vec::new();
    for (same, olds, news) in ops {
        let (old_end, new_end) = (old + bytes(&a[i..i + olds]), new + bytes(&b[j..j + news]));
        if old_end > old || new_end > new {
            push(&mut out, Stretch { same, old: (old, old_end), new: (new, new_end) });
        }
        (i, j, old, new) = (i + olds, j + news, old_end, new_end);
    }
    out
}

/// Adds a stretch, to the one before if both are of one kind.
fn push(out: &mut Vec<Stretch>, stretch: Stretch) {
    match out.last_mut() {
        Some(last) if last.same == stretch.same => {
            last.old.1 = stretch.old.1;
            last.new.1 = stretch.new.1;
        }
        _ => out.push(stretch),
    }
}

/// Marks what is the same between two changes but too little to read by itself.
fn join_fragments(old: &str, stretches: &mut Vec<Stretch>) {
    let mut joined = Vec::with_capacity(stretches.len());
    let last = stretches.len().saturating_sub(1);
    for (i, stretch) in stretches.iter().enumerate() {
        let inner = i > 0 && i < last;
        let fragment = stretch.same && inner && weight(&old[stretch.old.0..stretch.old.1]) <= 1;
        push(&mut joined, Stretch { same: stretch.same && !fragment, ..*stretch });
    }
    *stretches = joined;
}

/// How many letters and digits a text has.
fn weight(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(old: &str, new: &str) -> String {
        let show = |mark: &Mark<'_>| match mark {
            Mark::Same(text) => (*text).to_owned(),
            Mark::Old(text) => format!("[-{text}-]"),
            Mark::New(text) => format!("{{+{text}+}}"),
        };
        marks(old, new).iter().map(show).collect()
    }

    #[test]
    fn marks_go_by_words_and_in_chinese_by_characters() {
        assert_eq!(shown("User not exist", "User does not exist"), "User {+does +}not exist");
        assert_eq!(shown("用户不存在", "用户不存在，请先注册"), "用户不存在{+，请先注册+}");
        assert_eq!(shown("群组成员已满", "群组人数已满"), "群组[-成员-]{+人数+}已满");
        assert_eq!(shown("size 500 or less", "size 1000 or less"), "size [-500-]{+1000+} or less");
    }

    #[test]
    fn a_text_that_is_wholly_another_is_not_cut_to_pieces() {
        assert_eq!(shown("zero member", "target list is null"), "[-zero member-]{+target list is null+}");
        assert_eq!(shown("", "new"), "{+new+}");
        assert_eq!(shown("", ""), "");
    }

    #[test]
    fn a_long_text_is_marked_in_good_time() {
        let old = "甲乙丙丁".repeat(50_000);
        let new = format!("一{}二", "丁丙乙甲".repeat(50_000));
        assert!(!marks(&old, &new).is_empty());
    }

    proptest! {
        #[test]
        fn marks_hold_both_texts(old in "[a-c 甲乙，.]{0,20}", new in "[a-c 甲乙，.]{0,20}") {
            let found = marks(&old, &new);
            let (mut before, mut after) = (String::new(), String::new());
            for mark in &found {
                match mark {
                    Mark::Same(text) => { before.push_str(text); after.push_str(text); }
                    Mark::Old(text) => before.push_str(text),
                    Mark::New(text) => after.push_str(text),
                }
            }
            prop_assert_eq!(before, old);
            prop_assert_eq!(after, new);
        }
    }
}
