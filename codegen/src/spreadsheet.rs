//! Tables for spreadsheets: RFC 4180 in UTF-8, with what Excel needs and without what it would run.

use csv::{Terminator, WriterBuilder};

/// The byte order mark, without which Excel takes a file for one in the encoding of the system.
pub(crate) const MARK: char = '\u{feff}';

/// Writes rows, the header first. All are of one length.
pub(crate) fn table<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Rows of one length always fit, and memory takes what is written.
        let _ = writer.write_record(&row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{MARK}{}", String::from_utf8_lossy(&bytes))
}

/// Whether a spreadsheet takes the text for a formula, so that an apostrophe must stand before it.
/// Some leave out the space that a cell starts with.
pub(crate) fn is_formula(text: &str) -> bool {
    const STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(STARTS)
}

#[cfg(test)]
mod tests {
    use super::is_formula;

    #[test]
    fn formulas_are_known_behind_space_and_in_full_width() {
        for formula in ["=1+1", "-2", "@A1", "＝1", " \u{3000}+1", "\t1", "\n=1"] {
            assert!(is_formula(formula), "{formula:?}");
        }
        for text in ["", " ", "1-1", "'=1", "用户＝1"] {
            assert!(!is_formula(text), "{text:?}");
        }
    }
}
