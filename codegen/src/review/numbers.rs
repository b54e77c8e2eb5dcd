//! Numbers in prose, however they are written.

/// A number with what it may be read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// As it stands in the text.
    pub(super) shown: String,
    /// Its value in plain digits; several where the writing leaves it open, as in `1.500`.
    pub(super) readings: Vec<String>,
    /// The numbers of a list, as in `429,503`.
    pub(super) parts: Vec<String>,
    /// Its unit, lower-case.
    pub(super) unit: Option<&'static str>,
}

/// Units that are written in letters in any language.
const UNITS: [&str; 24] = [
    "b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "ms", "us", "ns", "s", "min", "h", "px", "dpi", "fps",
    "bps", "kbps", "mbps", "hz", "khz", "mhz", "%",
];

/// What multiplies the number before it by a power of ten.
const SCALES: [(&str, usize); 8] = [
    ("千万", 7),
    ("百万", 6),
    ("万", 4),
    ("萬", 4),
    ("亿", 8),
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
];

/// A number reaches as far as digits and these between them.
const INNER: [char; 3] = ['.', ',', ':'];

/// Reads the number at the start of `text`, which starts with a digit; `None` where it is the
/// start of a word such as `3DES`. Also returns its length.
pub(super) fn read(text: &str, negative: bool) -> Option<(Number, usize)> {
    let digits = digits(text);
    let (figures, rest) = text.split_at(digits);
    let letters = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
    let (suffix, after) = rest.split_at(letters);
    let mut number = Number { unit: None, ..plain(figures) };
    let mut length = digits + letters;
    let lower = suffix.to_ascii_lowercase();
    match lower.as_str() {
        "" => length += beside(&mut number, after),
        "st" | "nd" | "rd" | "th" => {}
        "xx" if digits == 1 => number.readings = vec![format!("{figures}xx")],
        "k" => number.readings.extend(shifted(figures, 3)),
        "w" => number.readings.extend(shifted(figures, 4)),
        _ => number.unit = Some(unit(&lower)?),
    }
    number.shown = text[..length].to_owned();
    if negative {
        let sign = |reading: &mut String| reading.insert(0, '-');
        number.readings.iter_mut().for_each(sign);
        sign(&mut number.shown);
        number.parts.clear();
    }
    Some((number, length))
}

fn digits(text: &str) -> usize {
    let mut length = run(text, |c| c.is_ascii_digit());
    while let Some(rest) = text[length..].strip_prefix(INNER) {
        match run(rest, |c| c.is_ascii_digit()) {
            0 => break,
            more => length += 1 + more,
        }
    }
    length
}

fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c| !fits(c)).unwrap_or(text.len())
}

fn unit(word: &str) -> Option<&'static str> {
    UNITS.into_iter().find(|unit| *unit == word)
}

/// Takes the unit or scale that may follow after a space; returns the length of what it took.
fn beside(number: &mut Number, after: &str) -> usize {
    let space = run(after, |c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')).min(2);
    let Some(rest) = after.get(space..) else {
        return 0;
    };
    let scale = SCALES.iter().find(|(word, _)| {
        let cut = rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        cut && !(word.is_ascii() && rest[word.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
    });
    if let Some((word, power)) = scale {
        number.readings = number.readings.iter().flat_map(|reading| shifted(reading, *power)).collect();
        number.parts.clear();
        return space + word.len();
    }
    let word = match rest.starts_with('%') {
        true => 1,
        false => run(rest, |c| c.is_ascii_alphanumeric() || c == '_'),
    };
    match unit(&rest[..word].to_ascii_lowercase()) {
        Some(unit) => {
            number.unit = Some(unit);
            space + word
        }
        None => 0,
    }
}

/// The number that figures without letters are.
fn plain(figures: &str) -> Number {
    let mut number =
        Number { shown: figures.to_owned(), readings: Vec::new(), parts: Vec::new(), unit: None };
    if figures.contains(':') {
        // Noon is 12:00 and 12 o'clock; seconds or minutes of zero are often left out.
        let parts: Vec<_> = figures.split(':').map(short).collect();
        let kept = parts.iter().rposition(|part| part != "0").unwrap_or(0);
        number.readings.push(parts[..=kept].join(":"));
        return number;
    }
    let thousands = |separator: char| {
        let mut groups = figures.split(separator);
        let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
        let mut rest = groups.map(|group| group.split(INNER).next().unwrap_or(group).len()).peekable();
        (first && rest.peek().is_some() && rest.all(|length| length == 3))
            .then(|| figures.replace(separator, ""))
    };
    number.readings.push(if figures.contains(INNER) { figures.to_owned() } else { short(figures) });
    for separator in [',', '.'] {
        number.readings.extend(thousands(separator));
    }
    if figures.contains(',') {
        // The comma of decimals, as most languages of Europe write it.
        number.readings.push(figures.replace(',', "."));
        number.parts = figures.split(',').map(short).collect();
    }
    number
}

/// Without the leading zero of days and hours. Longer figures may be codes.
fn short(figures: &str) -> String {
    match figures.as_bytes() {
        [b'0', digit] => char::from(*digit).to_string(),
        _ => figures.to_owned(),
    }
}

/// A plain decimal times a power of ten.
fn shifted(figures: &str, power: usize) -> Option<String> {
    let (whole, decimals) = figures.split_once('.').unwrap_or((figures, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(decimals) {
        return None;
    }
    let moved: String = decimals.chars().chain(std::iter::repeat('0')).take(power).collect();
    let left = decimals.get(power..).unwrap_or_default().trim_end_matches('0');
    let digits = format!("{whole}{moved}");
    let value = digits.trim_start_matches('0');
    let value = if value.is_empty() { "0" } else { value };
    Some(if left.is_empty() { value.to_owned() } else { format!("{value}.{left}") })
}

/// Words that may stand for a small number: a translation may spell it out.
const ENGLISH: [(&str, &str); 44] = [
    ("zero", "0"),
    ("one", "1"),
    ("once", "1"),
    ("single", "1"),
    ("first", "1"),
    ("two", "2"),
    ("twice", "2"),
    ("both", "2"),
    ("second", "2"),
    ("three", "3"),
    ("third", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("hundred", "100"),
    ("thousand", "1000"),
    ("january", "1"),
    ("february", "2"),
    ("march", "3"),
    ("april", "4"),
    ("may", "5"),
    ("june", "6"),
    ("july", "7"),
    ("august", "8"),
    ("september", "9"),
    ("october", "10"),
    ("november", "11"),
    ("december", "12"),
    ("jan", "1"),
    ("feb", "2"),
    ("mar", "3"),
    ("apr", "4"),
    ("aug", "8"),
    ("sep", "9"),
    ("sept", "9"),
    ("oct", "10"),
    ("nov", "11"),
    ("dec", "12"),
];

/// The number that an English word stands for.
pub(super) fn of_word(word: &str) -> Option<&'static str> {
    let found = ENGLISH.iter().find(|(english, _)| english.eq_ignore_ascii_case(word));
    found.map(|(_, number)| *number)
}

/// What a Chinese numeral such as `五百` may stand for, and the length of it; none at the start of
/// other text.
pub(super) fn of_han(text: &str) -> Option<(Vec<String>, usize)> {
    let mut values = Vec::new();
    let (mut total, mut section, mut digit) = (0_u64, 0_u64, None);
    let mut length = 0;
    for c in text.chars().take(LONGEST_NUMERAL) {
        match han_value(c) {
            None => break,
            Some(value @ 0..=9) => {
                values.push(value.to_string());
                digit = Some(value);
            }
            Some(unit @ 10..=1000) => section += digit.take().unwrap_or(1) * unit,
            Some(unit) => {
                let before = total.saturating_add(section + digit.take().unwrap_or(0));
                total = before.max(1).saturating_mul(unit);
                section = 0;
            }
        }
        length += c.len_utf8();
    }
    values.push(total.saturating_add(section + digit.unwrap_or(0)).to_string());
    (length > 0).then_some((values, length))
}

const LONGEST_NUMERAL: usize = 16;

fn han_value(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '单' => 1,
        '二' | '两' | '兩' | '双' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        '万' | '萬' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(text: &str) -> Vec<String> {
        read(text, false).map(|(number, _)| number.readings).unwrap_or_default()
    }

    #[test]
    fn one_number_is_written_in_many_ways() {
        assert_eq!(readings("1,000"), ["1,000", "1000", "1.000"]);
        assert_eq!(readings("1.5 万条"), ["15000"]);
        assert_eq!(readings("10 million users"), ["10000000"]);
        assert_eq!(readings("0.25万"), ["2500"]);
        assert_eq!(readings("12:00"), ["12"]);
        assert_eq!(readings("02"), ["2"]);
        assert_eq!(readings("007"), ["007"]);
        assert_eq!(readings("4xx"), ["4xx"]);
        assert_eq!(readings("3rd"), ["3"]);
        assert_eq!(readings("10k"), ["10", "10000"]);
        assert_eq!(readings("3.10."), ["3.10"]);
    }

    #[test]
    fn chinese_numerals_have_a_value() {
        for (text, value) in [
            ("五百人", "500"),
            ("十二", "12"),
            ("两千零一", "2001"),
            ("三万五千", "35000"),
            ("一亿", "100000000"),
        ] {
            let values = of_han(text).map(|(values, _)| values).unwrap_or_default();
            assert!(values.iter().any(|found| found == value), "{text}: {values:?}");
        }
        assert_eq!(of_han("人"), None);
        assert!(of_han("亿亿亿亿一亿九").is_some());
    }

    #[test]
    fn units_are_taken_only_where_they_are_words() {
        let unit = |text| read(text, false).map(|(number, length)| (number.unit, length));
        assert_eq!(unit("10 MB."), Some((Some("mb"), 5)));
        assert_eq!(unit("10MB"), Some((Some("mb"), 4)));
        assert_eq!(unit("5 members"), Some((None, 1)));
        assert_eq!(unit("50 %"), Some((Some("%"), 4)));
        assert_eq!(unit("3DES"), None);
        assert_eq!(unit("170e3f35"), None);
    }
}
