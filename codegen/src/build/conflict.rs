//! Files in which version control has left both sides of a merge.

use std::ops::Range;

/// The line that opens the first such place.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    let mut opened = None;
    let mut is_parted = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let span = start..start + content.len();
        start += line.len();
        if content.starts_with("<<<<<<< ") {
            (opened, is_parted) = (Some(span), false);
        } else if content == "=======" {
            is_parted = opened.is_some();
        } else if content.starts_with(">>>>>>> ") && is_parted {
            return opened;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_marks_make_a_conflict() {
        let text = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n";
        assert_eq!(find(text).map(|span| &text[span]), Some("<<<<<<< HEAD"));
        assert_eq!(find(&text.replace('\n', "\r\n")), Some(3..15));
        for mark in ["<<<<<<< HEAD", "=======", ">>>>>>> other"] {
            assert_eq!(find(&text.replace(mark, "d")), None, "{mark}");
        }
        assert_eq!(find("Title\n=======\n>>>>>>> quoted\n<<<<<<< end\n"), None);
    }
}
