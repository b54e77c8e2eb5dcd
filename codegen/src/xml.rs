//! What XML 1.0 can hold, for all that is written as XML.

/// Whether XML 1.0 has the character at all, written out or as a reference.
pub(crate) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
