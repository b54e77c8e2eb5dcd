//! Front matter.

use crate::render::is_hidden;

/// Front matter that starts with a comment; values are YAML.
pub(super) fn matter(notice: &str, values: &[(&str, String)]) -> String {
    let values: String = values.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
    format!("---\n# {notice}\n{values}---\n")
}

/// `text` as a string of YAML, which all strings of JSON are.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(visible(text)).to_string()
}

/// Without what shows nothing, and what YAML does not allow.
fn visible(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
        .replace(|c| is_hidden(c) || matches!(c, '\u{fffe}' | '\u{ffff}'), "\u{fffd}")
}
