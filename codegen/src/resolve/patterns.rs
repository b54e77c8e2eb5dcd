//! Message patterns: settled in the catalog, proposed where a message plainly holds an example.

use im_errors_match as matching;
use im_errors_spec::{Part, Pattern};

/// Whether `pattern` stands for `message`: the derive's own matching takes the one for the other.
pub(crate) fn fits(pattern: &Pattern, message: &str) -> bool {
    let parts: Vec<_> = pattern
        .parts()
        .iter()
        .map(|part| match part {
            Part::Literal(text) => matching::Part::Literal(text),
            Part::Hole(name) => matching::Part::Hole(name),
        })
        .collect();
    let mut holes = vec![""; pattern.holes().count()];
    matching::capture(&parts, message, &mut holes)
}

/// The pattern that `message` seems to be an example of; `None` if nothing in it seems to vary.
pub(crate) fn propose(message: &str) -> Option<String> {
    let mut out = String::new();
    let mut names: Vec<String> = Vec::new();
    let mut rest = message;
    while let Some(c) = rest.chars().next() {
        let inside_word = out.ends_with(char::is_alphanumeric);
        let Some(example) = example(rest).filter(|_| !inside_word) else {
            match c {
                '{' => out.push_str("{{"),
                '}' => out.push_str("}}"),
                c => out.push(c),
            }
            rest = &rest[c.len_utf8()..];
            continue;
        };
        let uses = names.iter().filter(|name| **name == example.name).count();
        let suffix = if uses == 0 { String::new() } else { format!("_{}", uses + 1) };
        out.push_str(&format!("{}{{{}{suffix}}}{}", example.before, example.name, example.after));
        rest = &rest[example.length..];
        names.push(example.name);
    }
    (!names.is_empty()).then_some(out)
}

/// Something that vendors print where the server's messages vary.
struct Example {
    /// Bytes it takes in the message.
    length: usize,
    name: String,
    /// What of it the server sends around the varying part.
    before: &'static str,
    after: &'static str,
}

/// An example at the start of `text`: `%s`, `XXXX`, `[username]`, `{appkey}`, a long number.
fn example(text: &str) -> Option<Example> {
    const LONG_NUMBER: usize = 8;
    const FEWEST_CROSSES: usize = 3;
    let run = |of: fn(u8) -> bool| text.bytes().take_while(|b| of(*b)).count();
    let bare = |length, name: &str| Some(Example { length, name: name.to_owned(), before: "", after: "" });
    let crosses = run(|b| b == b'X');
    let digits = run(|b| b.is_ascii_digit());
    if text.starts_with("%s") || text.starts_with("%d") {
        return bare(2, "value");
    }
    if crosses >= FEWEST_CROSSES && !text[crosses..].starts_with(char::is_alphanumeric) {
        return bare(crosses, "value");
    }
    if digits >= LONG_NUMBER {
        return bare(digits, "id");
    }
    // Brackets are sent by the server; braces are the page's own.
    let (close, before, after) = match text.as_bytes().first()? {
        b'[' => (']', "[", "]"),
        b'{' => ('}', "", ""),
        _ => return None,
    };
    let inner = &text[1..text.find(close)?];
    let is_name = inner.starts_with(|c: char| c.is_ascii_lowercase())
        && inner.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    is_name.then(|| Example { length: inner.len() + 2, name: inner.to_owned(), before, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_become_holes() {
        let proposed = |message| propose(message).unwrap_or_default();
        assert_eq!(proposed("Users [username] are not members"), "Users [{username}] are not members");
        assert_eq!(proposed("{appkey} user metadata"), "{appkey} user metadata");
        assert_eq!(proposed("find XXXX/XXXX from"), "find {value}/{value_2} from");
        assert_eq!(proposed("user %s in group: 40659491815425."), "user {value} in group: {id}.");
        assert_eq!(propose("User list is bigger than 500"), None);
        assert_eq!(propose("at [Source: x]"), None);
        assert_eq!(propose("{\"error\": 1}"), None);
    }

    #[test]
    fn a_pattern_fits_its_own_example_only() {
        let fits = |pattern, message| Pattern::parse(pattern).is_ok_and(|pattern| fits(&pattern, message));
        assert!(fits(
            "user: {username} already in group: {group_id}.",
            "User: x already in group: 40659491815425."
        ));
        assert!(fits("{credential} does not match", "client_id does not match"));
        assert!(fits("Service resource not found.", "Service resource not found"));
        assert!(!fits("user {username} exists", "user x exist"));
        assert!(!fits("a {x} b", "a b"));
        assert!(!fits("plain", "plain and more"));
    }
}
