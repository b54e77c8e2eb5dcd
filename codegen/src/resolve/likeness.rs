//! How alike texts are, and whether a code still means what it meant.

use std::cmp::Ordering;

/// A text as it was and as it is; `None` where there is none.
pub(crate) type Reworded<'t> = [Option<&'t str>; 2];

/// Whether a code means something else, by its `message` and its `summaries` where they changed: they
/// have nothing in common with what they were. `is_silent` is a code that had and has no message, so
/// that its summaries alone say what it means.
pub(crate) fn is_another<'t>(
    message: Option<Reworded<'t>>,
    is_silent: bool,
    mut summaries: impl Iterator<Item = Reworded<'t>>,
) -> bool {
    /// Below these, texts have nothing in common. People find more ways to explain one error than
    /// servers to name it.
    const UNLIKE_MESSAGES: f64 = 0.25;
    const UNLIKE_SUMMARIES: f64 = 0.2;
    let is_meant = match message {
        Some(message) => is_unlike(message, UNLIKE_MESSAGES),
        None => is_silent,
    };
    let is_anew = |summary| is_unlike(summary, UNLIKE_SUMMARIES);
    // With no summary that changed nothing is told anew.
    is_meant && summaries.next().is_some_and(is_anew) && summaries.all(is_anew)
}

fn is_unlike(text: Reworded<'_>, below: f64) -> bool {
    let [Some(old), Some(new)] = text else {
        return false;
    };
    likeness(&fold(old), &fold(new)) < below
}

/// A message as servers' answers are compared with it.
pub(crate) fn fold(message: &str) -> String {
    super::identity::fold(im_errors_match::trim(message))
}

/// How alike two texts are, from 0 to 1.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    /// The start of a long text tells enough.
    const MOST_CHARS: usize = 400;
    dice(&neighbours(a, MOST_CHARS), &neighbours(b, MOST_CHARS))
}

/// The pairs of neighbouring characters at the start of a text, in order.
fn neighbours(text: &str, most: usize) -> Vec<[char; 2]> {
    let chars: Vec<char> = text.chars().take(most).filter(|c| !c.is_whitespace()).collect();
    // A text of one character is its own pair.
    let ends = chars.iter().copied().zip(chars.iter().copied().skip(1).chain(chars.last().copied()));
    let mut pairs: Vec<_> = ends.map(|(a, b)| [a, b]).collect();
    if pairs.len() > 1 {
        pairs.pop();
    }
    pairs.sort_unstable();
    pairs
}

/// The Sørensen–Dice coefficient by characters: by bytes, Chinese texts would seem unlike.
fn dice(a: &[[char; 2]], b: &[[char; 2]]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0_u32);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    let all = u32::try_from(a.len() + b.len()).unwrap_or(u32::MAX);
    if all == 0 { 1.0 } else { f64::from(2 * common) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_wording_of_an_explanation_is_no_other_error() {
        let message = Some([Some("zero member"), Some("target list is null")]);
        let was = Some("加入黑名单失败：没有指定任何成员");
        let same = [was, Some("用户添加黑名单时，成员列表为空，添加失败")];
        let other = [was, Some("群组描述超出上限")];
        assert!(!is_another(message, false, [same].into_iter()));
        assert!(is_another(message, false, [other].into_iter()));
    }

    #[test]
    fn texts_are_as_alike_in_chinese_as_in_english() {
        assert!((likeness("甲乙丙丁", "甲乙丙戊") - likeness("abcd", "abce")).abs() < f64::EPSILON);
        assert!(likeness("甲乙丙丁", "甲乙丙戊") > 0.6);
        assert!(likeness("甲", "甲") > 0.9 && likeness("甲", "乙") < 0.1 && likeness("甲乙", "丙丁") < 0.1);
    }
}
