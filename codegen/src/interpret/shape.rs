//! What the text of a cell looks like, and how that fits a role.

use std::borrow::Cow;

use im_errors_spec::HttpStatus;

use super::Role;
use crate::inline::Flat;
use crate::read::{Slot, Table};
use crate::{Message, message};

/// The look of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Shape {
    /// An integer 100–599, or a class such as `4xx`.
    Status,
    /// A number with a phrase: `404 Not Found`.
    Phrase,
    /// Another integer.
    Integer,
    /// One word of letters, digits, `_`, `-`, `.`: `invalid_grant`, `FORBIDDEN`.
    Identifier,
    /// Up to four Latin words without punctuation: `Bad Request`.
    Words,
    /// Latin text in quotes.
    Quoted,
    /// Latin prose.
    Latin,
    /// Text with Chinese in it.
    Han,
}

impl Shape {
    /// All shapes.
    pub(super) const ALL: [Self; 8] = [
        Self::Status,
        Self::Phrase,
        Self::Integer,
        Self::Identifier,
        Self::Words,
        Self::Quoted,
        Self::Latin,
        Self::Han,
    ];

    /// What cells that look so hold.
    pub(super) fn message(self) -> Message {
        match self {
            Self::Status => message!("statuses"),
            Self::Phrase => message!("numbers with a phrase"),
            Self::Integer => message!("integers"),
            Self::Identifier => message!("identifiers"),
            Self::Words => message!("short phrases"),
            Self::Quoted => message!("quoted text"),
            Self::Latin => message!("latin text"),
            Self::Han => message!("chinese text"),
        }
    }
}

/// The shapes of the cells of a table, looked at once.
pub(super) struct Shapes(Vec<Option<Shape>>);

impl Shapes {
    /// Of all cells: those of the header can reach into the rows below.
    pub(super) fn new(table: &Table) -> Self {
        Self((0..table.cell_count()).map(|at| of(table.cell(at)?.flat())).collect())
    }

    /// The shape of a cell; `None` if it says nothing.
    pub(super) fn of(&self, slot: Slot) -> Option<Shape> {
        self.0.get(slot.cell()).copied().flatten()
    }
}

fn of(cell: Flat<'_>) -> Option<Shape> {
    let plain = cell.plain();
    let text = plain.trim();
    if says_nothing(text) {
        return None;
    }
    if let Some(shape) = number(text) {
        return Some(shape);
    }
    if !text.is_ascii() && text.chars().any(is_han) {
        return Some(Shape::Han);
    }
    if unquote(text).len() < text.len() {
        return Some(Shape::Quoted);
    }
    Some(latin(text, cell.has_break()))
}

/// The shape of what has a number in the first place.
fn number(text: &str) -> Option<Shape> {
    // All of these start with a digit or a sign, but for `HTTP 404`.
    let starts = |c: char| matches!(c, '0'..='9' | '０'..='９' | '+' | '-' | '−' | '－' | 'h' | 'H');
    if !text.starts_with(starts) {
        return None;
    }
    let digits = &half_width(text);
    if HttpStatus::parse(digits).is_some() {
        return Some(Shape::Status);
    }
    if digits.parse::<i64>().is_ok() {
        return Some(Shape::Integer);
    }
    if before_phrase(digits).is_some() {
        return Some(Shape::Phrase);
    }
    let numbers = several(digits)?;
    let statuses = HttpStatus::parse(numbers.first()?).is_some();
    Some(if statuses { Shape::Status } else { Shape::Integer })
}

fn latin(text: &str, has_break: bool) -> Shape {
    const MOST_WORDS: usize = 4;
    let is_word = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let mut words = text.split_whitespace();
    let count = words.clone().take(MOST_WORDS + 1).count();
    if count == 1
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && text.contains(char::is_alphabetic)
        && !text.ends_with('.')
    {
        return Shape::Identifier;
    }
    if count <= MOST_WORDS && !has_break && text.contains(char::is_alphabetic) && words.all(is_word) {
        return Shape::Words;
    }
    Shape::Latin
}

/// How well a cell of `shape` fits a column of `role`; below zero it speaks against it.
pub(super) fn fit(role: Role, shape: Shape) -> i32 {
    use Shape::{Han, Identifier, Integer, Latin, Phrase, Quoted, Status, Words};
    match (role, shape) {
        (Role::Code, Integer) => 30,
        (Role::Code, Status) => 10,
        (Role::HttpStatus, Status) => 30,
        (Role::Code | Role::HttpStatus, Phrase) => 15,
        (Role::Code | Role::HttpStatus, _) => -100,
        (Role::Error, Identifier) => 30,
        (Role::Error, Words) => 15,
        (Role::Error, Latin | Phrase) => -15,
        (Role::Error, Quoted) => -30,
        (Role::Message, Quoted) => 30,
        (Role::Message, Latin) => 25,
        (Role::Message, Words | Phrase) => 20,
        (Role::Message, Identifier) => 5,
        (Role::Message, Han) => -25,
        (Role::Summary | Role::Cause | Role::Remedy, Han) => 20,
        (Role::Summary | Role::Cause | Role::Remedy, Latin) => 15,
        (Role::Summary, Words | Phrase) => 10,
        (Role::Summary, Quoted | Identifier) => -10,
        (Role::Cause | Role::Remedy, Words | Phrase) => 0,
        (Role::Cause | Role::Remedy, Quoted | Identifier) => -20,
        (_, Status | Integer) | (Role::Error, Han) => -60,
    }
}

/// Whether `c` is a Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Full-width digits and the signs of negative numbers as ASCII.
pub(super) fn half_width(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '−' | '－' => '-',
        c => c,
    };
    text.chars().map(half).collect()
}

/// The number before a phrase, as in `404 Not Found`, `1001（已废弃）` and `HTTP 404`. A phrase has
/// no digits, or it could say more about the number.
pub(super) fn before_phrase(text: &str) -> Option<&str> {
    const FEWEST_DIGITS: usize = 3;
    const LONGEST: usize = 40;
    let rest = text.get(..4).filter(|word| word.eq_ignore_ascii_case("http")).map(|_| text[4..].trim_start());
    let text = rest.unwrap_or(text);
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let (number, phrase) = text.split_at(text.len() - unsigned.len() + digits);
    let apart =
        !phrase.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ','));
    let plain = !phrase.contains(|c: char| c.is_ascii_digit()) && phrase.chars().count() <= LONGEST;
    (digits >= FEWEST_DIGITS && apart && plain).then_some(number)
}

/// Whether a cell is filled with marks only, such as `-` or `/`, to say that there is nothing.
pub(super) fn says_nothing(text: &str) -> bool {
    !text.bytes().any(|byte| byte.is_ascii_alphanumeric()) && !text.contains(char::is_alphanumeric)
}

/// The numbers of a short list such as `1001/1002` or `401、403`; `None` if it is anything else.
/// All have the same length, or they could be the parts of one number.
pub(super) fn several(text: &str) -> Option<Vec<&str>> {
    const SEPARATORS: [char; 9] = ['/', '、', ',', '，', ';', '；', '|', '\n', '或'];
    const MOST: usize = 16;
    if !text.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')) {
        return None;
    }
    let numbers: Vec<&str> = text.split(SEPARATORS).take(MOST + 1).map(str::trim).collect();
    let alike = |number: &&str| {
        let class = number.len() == 3 && HttpStatus::parse(number).is_some();
        number.len() == numbers[0].len() && (number.parse::<i64>().is_ok() || class)
    };
    ((2..=MOST).contains(&numbers.len()) && numbers.iter().all(alike)).then_some(numbers)
}

/// `text` without the quotes around the whole of it. Quotes that open or close only a part stay.
pub(super) fn unquote(text: &str) -> &str {
    let text = text.trim();
    let Some(open) = text.chars().next() else {
        return text;
    };
    let close = match open {
        '"' | '\'' => open,
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        _ => return text,
    };
    let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    inner.filter(|inner| closes_at_end(inner, open, close)).map_or(text, str::trim)
}

/// Whether the quote before `inner` is closed by the one behind it and not by an earlier one.
fn closes_at_end(inner: &str, open: char, close: char) -> bool {
    if inner.trim().is_empty() {
        return false;
    }
    if open == close {
        // `"a" or "b"` has an inner quote of the same kind.
        return !inner.contains(open);
    }
    let mut depth = 1_i32;
    for c in inner.chars() {
        depth += i32::from(c == open) - i32::from(c == close);
        if depth == 0 {
            return false;
        }
    }
    depth == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_around_the_whole_go() {
        assert_eq!(unquote("“'from' can't be empty”"), "'from' can't be empty");
        assert_eq!(unquote("\"a ‘b’ c\""), "a ‘b’ c");
        assert_eq!(unquote("'users' or 'groups'"), "'users' or 'groups'");
        assert_eq!(unquote("“a” or “b”"), "“a” or “b”");
        assert_eq!(unquote("“a “b” c”"), "a “b” c");
        assert_eq!(unquote("don't"), "don't");
        for quoted in ["‘没有权限’", "「没有权限」", "『 没有权限 』", "《没有权限》", " “没有权限” "]
        {
            assert_eq!(unquote(quoted), "没有权限");
        }
        for text in ["《用户》不在《群组》", "「用户』", "（没有权限）", ""] {
            assert_eq!(unquote(text), text);
        }
        assert_eq!(unquote("\"\""), "\"\"");
        assert_eq!(unquote("\""), "\"");
    }

    #[test]
    fn texts_look_like_what_they_are() {
        let cases: &[(Shape, &[&str])] = &[
            (Shape::Status, &["404", "100", "599", "4xx", "5XX", "４０４", " 404 ", "400/401", "401、4xx"]),
            (Shape::Phrase, &["404 Not Found", "HTTP 404", "http 401: no", "-1001 (old)", "1001（已废弃）"]),
            (Shape::Integer, &["0", "99", "600", "-1", "+7", "−2001", "－１", "1001", "1001/1002"]),
            (Shape::Identifier, &["invalid_grant", "FORBIDDEN", "a.b-c", "x1", "40x", "Ⅷ", "http", "HTTP"]),
            (Shape::Words, &["Bad Request", "one two three four", "user_id is gone", "is-not so"]),
            (Shape::Quoted, &["\"user exist\"", "‘x’", "'404'"]),
            (
                Shape::Latin,
                &["one two three four five", "a, b", "done.", "two words.", "1,013", "404-405", "40.5 %"],
            ),
            (Shape::Han, &["没有权限", "404 用户不存在 2", "“群组”", "user 不存在", "㐀", "豈", "𠀀"]),
        ];
        for (shape, texts) in cases {
            for text in *texts {
                assert_eq!(of(Flat::new(text, &[])), Some(*shape), "{text}");
            }
        }
        assert_eq!(latin("Bad Request", true), Shape::Latin, "over two lines");
        for text in ["", " ", "-", "/", "——", "…", "！"] {
            assert_eq!(of(Flat::new(text, &[])), None, "{text}");
        }
    }

    #[test]
    fn what_speaks_against_a_role() {
        use Shape::{Han, Identifier, Integer, Latin, Phrase, Quoted, Status, Words};
        let against = |role| match role {
            Role::Code => vec![Identifier, Words, Quoted, Latin, Han],
            Role::HttpStatus => vec![Integer, Identifier, Words, Quoted, Latin, Han],
            Role::Error => vec![Status, Phrase, Integer, Quoted, Latin, Han],
            Role::Message => vec![Status, Integer, Han],
            Role::Summary | Role::Cause | Role::Remedy => vec![Status, Integer, Identifier, Quoted],
        };
        for role in Role::ALL {
            let found = Shape::ALL.into_iter().filter(|shape| fit(role, *shape) < 0);
            assert_eq!(found.collect::<Vec<_>>(), against(role), "{role:?}");
        }
    }

    #[test]
    fn full_width_digits_are_digits() {
        assert_eq!(half_width(" ４０４"), "404");
        assert_eq!(half_width("－１"), "-1");
        assert_eq!(half_width("−2001"), "-2001");
    }

    #[test]
    fn numbers_may_have_a_phrase() {
        for text in ["404 Not Found", "404（未找到）", "HTTP 404", "http 404: not found"] {
            assert_eq!(before_phrase(text), Some("404"), "{text}");
        }
        assert_eq!(before_phrase("-1001 (old)"), Some("-1001"));
        for text in ["404-405", "404 to 499", "404_x", "1,013", "3 users", "HTTP", "群组", "4群", ""] {
            assert_eq!(before_phrase(text), None, "{text}");
        }
    }

    #[test]
    fn lists_are_of_numbers_that_are_alike() {
        assert_eq!(several("1001/1002"), Some(vec!["1001", "1002"]));
        assert_eq!(several("401、 403或4xx"), Some(vec!["401", "403", "4xx"]));
        assert_eq!(several("1001\n1002"), Some(vec!["1001", "1002"]));
        let list = |count: usize| vec!["1001"; count].join("、");
        assert_eq!(several(&list(16)).map(|numbers| numbers.len()), Some(16));
        assert_eq!(several(&list(17)), None);
        for text in ["1,001", "1001", "1001-1005", "a/b", "401/abc", "/", ""] {
            assert_eq!(several(text), None, "{text}");
        }
    }
}
