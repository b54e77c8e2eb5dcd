//! What a regular expression says of a message and a pattern.

use im_errors_match::Part;

/// The text as it compares, by rules of its own; white space after punctuation stays.
pub(crate) fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    let chars = text.chars().map(|c| match c {
        '，' => ',',
        '：' => ':',
        '？' => '?',
        '；' => ';',
        '！' => '!',
        '。' => '.',
        '“' | '”' => '"',
        '‘' | '’' | '`' => '\'',
        c => c,
    });
    let chars: String = chars.collect();
    regex::Regex::new(r"\s+").map(|space| space.replace_all(&chars, " ").into_owned()).unwrap_or_default()
}

/// The texts of the holes, [`plain`], where `message` is an instance of `parts`.
pub(crate) fn capture(parts: &[Part<'_>], message: &str) -> Option<Vec<String>> {
    let mut source = String::from("^");
    for (i, part) in parts.iter().enumerate() {
        match part {
            Part::Literal(text) => {
                let text = plain(text);
                let text = if i == 0 { text.trim_start() } else { &text };
                let text = if i + 1 == parts.len() { text.trim_end_matches(['.', ' ']) } else { text };
                let mut rest = text.chars().peekable();
                while let Some(c) = rest.next() {
                    source += &regex::escape(&c.to_string());
                    if matches!(c, ',' | ':' | ';' | '!' | '?') {
                        source += " ?";
                        rest.next_if_eq(&' ');
                    }
                }
            }
            Part::Hole(_) => source += r"(\s*\S.*?)",
        }
    }
    let regex = regex::RegexBuilder::new(&(source + "$")).dot_matches_new_line(true).build().ok()?;
    let mut message = plain(message);
    for _ in 0..3 {
        message = message.trim_matches(' ').trim_end_matches(['.', ' ']).to_string();
        if let Some(found) = regex.captures(&message) {
            return Some(found.iter().skip(1).flatten().map(|m| m.as_str().trim().to_string()).collect());
        }
        let quote = message.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        message = message.strip_prefix(quote)?.strip_suffix(quote)?.to_string();
    }
    None
}

/// A pattern: literals that are not blank with a hole between any two, and a hole at an end where
/// the text there is empty.
pub(crate) fn parts(texts: &[String]) -> Vec<Part<'_>> {
    let hole_first = texts.first().is_some_and(String::is_empty);
    let mut parts = Vec::new();
    for (i, text) in texts.iter().filter(|text| !text.trim().is_empty()).enumerate() {
        if i > 0 || hole_first {
            parts.push(Part::Hole("x"));
        }
        parts.push(Part::Literal(text));
    }
    if texts.last().is_some_and(String::is_empty) && !parts.is_empty() {
        parts.push(Part::Hole("x"));
    }
    parts
}

/// An instance of `parts` with `fill` in the holes.
pub(crate) fn instance(parts: &[Part<'_>], fill: &[String]) -> String {
    let mut fill = fill.iter();
    let text = |part: &Part<'_>| match part {
        Part::Literal(text) => (*text).to_string(),
        Part::Hole(_) => fill.next().cloned().unwrap_or_default(),
    };
    parts.iter().map(text).collect()
}

/// Holds the answer of this crate against that of the regular expression.
///
/// # Panics
/// Where they differ.
pub(crate) fn agree(parts: &[Part<'_>], message: &str) {
    let count = parts.iter().filter(|part| matches!(part, Part::Hole(_))).count();
    let mut holes = vec![""; count];
    let ours = im_errors_match::capture(parts, message, &mut holes)
        .then(|| holes.iter().map(|hole| plain(hole)).collect::<Vec<_>>());
    let needed = im_errors_match::pairs(parts);
    let can_be = im_errors_match::Message::new(message).print().1 & needed == needed;
    assert!(can_be || ours.is_none(), "ruled out: {parts:?} {message:?}");
    assert_eq!(ours, capture(parts, message), "{parts:?} {message:?}");
}
