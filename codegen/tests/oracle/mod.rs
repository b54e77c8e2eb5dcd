//! What other readers read in a page, and what may not get lost of it.

pub(crate) mod conserved;
pub(crate) mod docs;
pub(crate) mod html;
pub(crate) mod pipes;

/// Text without white space and without what shows nothing, which readers treat each in its own way.
pub(crate) fn squash(text: &str) -> String {
    let shows = |c: &char| {
        !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
    };
    text.chars().filter(shows).collect()
}
