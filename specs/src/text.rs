//! Inline Markdown → plain text.

/// The text of inline Markdown as specs hold it, without marks: code and links show their text,
/// `<br>` is a newline.
///
/// ```
/// use im_errors_spec::plain_text;
/// assert_eq!(plain_text(r"set `ext`, see [the *docs*](./a)<br>1 \* 2"), "set ext, see the *docs*\n1 * 2");
/// ```
#[must_use]
pub fn plain_text(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    // Where the text of the open link started; links do not nest.
    let mut link: Option<usize> = None;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("<br>") {
            out.push('\n');
            rest = after;
        } else if let Some((escaped, after)) = escape(rest) {
            out.push(escaped);
            rest = after;
        } else if let Some((code, after)) = code_span(rest) {
            out.push_str(code);
            rest = after;
        } else if let Some(after) = link_target(rest).filter(|_| link.is_some()) {
            link = None;
            rest = after;
        } else if c == '[' && link.is_none() && opens_link(rest) {
            link = Some(out.len());
            rest = &rest[1..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn escape(text: &str) -> Option<(char, &str)> {
    let after = text.strip_prefix('\\')?;
    let escaped = after.chars().next().filter(char::is_ascii_punctuation)?;
    Some((escaped, &after[escaped.len_utf8()..]))
}

fn code_span(text: &str) -> Option<(&str, &str)> {
    let length = text.bytes().take_while(|b| *b == b'`').count();
    if length == 0 {
        return None;
    }
    let (fence, inner) = text.split_at(length);
    let mut at = 0;
    while let Some(found) = inner[at..].find(fence) {
        let start = at + found;
        let run = inner[start..].bytes().take_while(|b| *b == b'`').count();
        at = start + run;
        if run == length {
            let code = &inner[..start];
            // The space that keeps a back-tick inside apart from the fence.
            let padded = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
            return Some((padded.filter(|code| !code.trim().is_empty()).unwrap_or(code), &inner[at..]));
        }
    }
    None
}

/// Whether the bracket at the start is that of a link.
fn opens_link(text: &str) -> bool {
    let mut rest = &text[1..];
    while let Some(c) = rest.chars().next() {
        if let Some((_, after)) = escape(rest).or_else(|| code_span(rest).map(|(_, after)| (' ', after))) {
            rest = after;
            continue;
        }
        match c {
            ']' => return link_target(rest).is_some(),
            '[' => return false,
            c => rest = &rest[c.len_utf8()..],
        }
    }
    false
}

/// What follows `](…)`.
fn link_target(text: &str) -> Option<&str> {
    let target = text.strip_prefix("](")?;
    match target.strip_prefix('<') {
        Some(target) => target.split_once(">)").map(|(_, after)| after),
        None => target.split_once(')').map(|(_, after)| after),
    }
}
