//! How values are written in each language: literals, comments, names.

use std::fmt::Write;

use im_errors_spec::VariantName;

use crate::render::is_hidden;

/// A language that source code is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// TypeScript.
    TypeScript,
    /// Kotlin.
    Kotlin,
    /// Swift.
    Swift,
    /// Go.
    Go,
}

impl Language {
    /// The name of its template.
    pub(super) fn template(self) -> &'static str {
        match self {
            Self::TypeScript => "typescript.ts",
            Self::Kotlin => "kotlin.kt",
            Self::Swift => "swift.swift",
            Self::Go => "go.go",
        }
    }

    /// The word on the command line.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::TypeScript => "typescript",
            Self::Kotlin => "kotlin",
            Self::Swift => "swift",
            Self::Go => "go",
        }
    }

    /// A string on one line, to the letter, in ASCII quotes. What editors and reviewers would not
    /// see is written as an escape.
    pub(super) fn string(self, text: &str) -> String {
        let mut out = String::from("\"");
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            let next = rest.peek().copied();
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '$' if self == Self::Kotlin => out.push_str("\\$"),
                // Scripts can stand in a page.
                '<' if self == Self::TypeScript && matches!(next, Some('/' | '!')) => out.push_str("\\u003c"),
                c if is_hidden(c) => self.escape(&mut out, c),
                c => out.push(c),
            }
        }
        out.push('"');
        out
    }

    fn escape(self, out: &mut String, c: char) {
        // All hidden characters have at most four digits, and writing to a string cannot fail.
        let _ = match self {
            Self::Swift => write!(out, "\\u{{{:x}}}", u32::from(c)),
            Self::TypeScript | Self::Kotlin | Self::Go => write!(out, "\\u{:04x}", u32::from(c)),
        };
    }

    /// A whole number.
    pub(super) fn integer(self, number: i64) -> String {
        // The minus is no part of the literal, so that this one would be out of range.
        if self == Self::Kotlin && number == i64::MIN {
            return "(-9223372036854775807 - 1)".to_owned();
        }
        number.to_string()
    }

    /// What stands for nothing.
    pub(super) fn nothing(self) -> &'static str {
        match self {
            Self::TypeScript | Self::Kotlin => "null",
            Self::Swift | Self::Go => "nil",
        }
    }

    /// Text as the inside of a comment, each line after `prefix`. It can neither end the comment
    /// nor open another, and no tool reads an order from it.
    pub(super) fn comment(self, text: &str, prefix: &str) -> String {
        let is_end =
            |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let line = |line: &str| {
            let line: String = line.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect();
            let line = line.trim();
            let line = match self {
                Self::TypeScript | Self::Kotlin => Self::in_block(line),
                Self::Swift => line.to_owned(),
                // gofmt makes typographic quotes of them.
                Self::Go => apart(line, &["''", "``"]),
            };
            format!("{prefix}{line}").trim_end().to_owned()
        };
        text.split(is_end).map(line).collect::<Vec<_>>().join("\n")
    }

    /// A slash and an asterisk apart mean nothing, also where several stand in a row; and words such
    /// as `@deprecated` are orders at the start of a line and in braces only.
    fn in_block(line: &str) -> String {
        let line = apart(line, &["*/", "/*"]).replace("{@", "{ @");
        line.strip_prefix('@').map_or(line.clone(), |rest| format!("&#64;{rest}"))
    }

    /// What an error is called. No two names become one.
    pub(super) fn name(self, name: &VariantName) -> String {
        let name = name.as_str();
        match self {
            Self::TypeScript => name.to_owned(),
            Self::Kotlin if name == "Companion" => format!("{name}_"),
            Self::Kotlin => name.to_owned(),
            Self::Swift => swift_case(name),
            Self::Go => format!("Err{name}"),
        }
    }
}

/// With a space inside each of the `pairs`, of two characters each.
fn apart(text: &str, pairs: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let before = out.chars().next_back();
        if pairs.iter().any(|pair| before.is_some_and(|before| pair.chars().eq([before, c]))) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// Words that a Swift case can have in back-ticks only.
const SWIFT_RESERVED: [&str; 54] = [
    "actor",
    "any",
    "as",
    "associatedtype",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "continue",
    "default",
    "defer",
    "deinit",
    "do",
    "else",
    "enum",
    "extension",
    "fallthrough",
    "false",
    "fileprivate",
    "for",
    "func",
    "guard",
    "if",
    "import",
    "in",
    "inout",
    "internal",
    "is",
    "let",
    "nil",
    "operator",
    "open",
    "precedencegroup",
    "private",
    "protocol",
    "public",
    "repeat",
    "rethrows",
    "return",
    "some",
    "static",
    "struct",
    "subscript",
    "super",
    "switch",
    "throw",
    "throws",
    "true",
    "try",
    "typealias",
    "var",
    "where",
];

/// What the enum itself has, or Swift makes of it, so that no case can be called so.
const SWIFT_TAKEN: [&str; 10] =
    ["allCases", "capture", "description", "hash", "hashValue", "info", "init", "rawValue", "self", "type"];

/// `UserNotFound` as `userNotFound`, `HTTPError` as `hTTPError`: the first letter alone is lowered, so
/// that names that differ stay so.
fn swift_case(name: &str) -> String {
    let case = name[..1].to_ascii_lowercase() + &name[1..];
    if SWIFT_TAKEN.contains(&case.as_str()) {
        format!("{case}_")
    } else if SWIFT_RESERVED.contains(&case.as_str()) {
        format!("`{case}`")
    } else {
        case
    }
}

/// `demo-chat` as `DemoChat`, the start of type names.
pub(super) fn camel(id: &str) -> String {
    let words = id.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let camel: String = words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect();
    if camel.starts_with(|c: char| c.is_ascii_alphabetic()) { camel } else { format!("Im{camel}") }
}

/// `demo-chat` as `demochat`, a package.
pub(super) fn package(id: &str) -> String {
    // No keyword of Go ends so.
    camel(id).to_ascii_lowercase() + "errors"
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Language; 4] = [Language::TypeScript, Language::Kotlin, Language::Swift, Language::Go];

    fn case(name: &str) -> String {
        VariantName::new(name).map(|name| Language::Swift.name(&name)).unwrap_or_default()
    }

    #[test]
    fn swift_cases_are_lower_camel_and_never_words_of_the_language() {
        assert_eq!(case("UserNotFound"), "userNotFound");
        assert_eq!(case("Default"), "`default`");
        assert_eq!(case("In"), "`in`");
        assert_eq!(case("Init"), "init_");
        assert_eq!(case("AllCases"), "allCases_");
        assert_ne!(case("HTTPError"), case("HttpError"));
    }

    #[test]
    fn strings_hold_no_raw_line_end_and_nothing_hidden() {
        let hostile = "\u{0}\n\r\u{2028}\u{202e}\u{feff}\u{85}\u{1b}</script>${x}\\(y)`";
        for language in ALL {
            let string = language.string(hostile);
            assert!(!string.contains(is_hidden), "{string:?}");
        }
        assert_eq!(Language::Swift.string("\u{202e}\\(x)"), "\"\\u{202e}\\\\(x)\"");
        assert_eq!(Language::Kotlin.string("${x}\u{202e}"), "\"\\${x}\\u202e\"");
        assert_eq!(Language::Go.string("`\u{feff}"), "\"`\\ufeff\"");
        assert_eq!(Language::TypeScript.string("a<b></script><!--"), "\"a<b>\\u003c/script>\\u003c!--\"");
    }

    #[test]
    fn comments_stay_comments() {
        let hostile = "*/ /* **/ /*/\u{2028}@deprecated {@link x}\r\u{202e}end\\";
        for language in [Language::TypeScript, Language::Kotlin] {
            let comment = language.comment(hostile, " * ");
            assert!(!comment.contains("*/") && !comment.contains("/*"), "{comment}");
            assert_eq!(comment.lines().nth(1), Some(" * &#64;deprecated { @link x}"));
        }
        for language in ALL {
            let comment = language.comment(hostile, "// ");
            assert_eq!(comment.split(['\n', '\r', '\u{2028}']).count(), 3, "{comment:?}");
            assert!(comment.lines().all(|line| line.starts_with("// ")));
            assert!(!comment.contains('\u{202e}'));
        }
    }

    #[test]
    fn ids_become_names_of_types_and_packages() {
        assert_eq!(
            (camel("agora-chat").as_str(), package("agora-chat").as_str()),
            ("AgoraChat", "agorachaterrors")
        );
        assert_eq!((camel("2.0_x").as_str(), package("type").as_str()), ("Im20X", "typeerrors"));
    }
}
