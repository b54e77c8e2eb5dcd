//! Tells English sentences from what is the same in every language.

/// The first run of three or more English words in what a command printed, outside of code,
/// quotations, paths and source lines.
pub(crate) fn english(printed: &str) -> Option<String> {
    printed.lines().filter(|line| !is_source(line)).find_map(|line| {
        let plain = without_code(line);
        let words = plain.split(|c: char| !c.is_ascii_alphabetic() && c != ' ' && c != '\'');
        let prose = words.map(str::trim).find(|words| {
            let is_word = |word: &&str| word.chars().any(|c| c.is_ascii_lowercase());
            words.split_whitespace().filter(is_word).count() >= 3
        });
        prose.map(|prose| format!("`{prose}` in: {line}"))
    })
}

/// Lines of an annotated source, and of examples.
fn is_source(line: &str) -> bool {
    let start = line.trim_start();
    let number = start.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    number.starts_with('|') || start.starts_with("--> ") || line.starts_with("  im-errors ")
}

/// Without what stands in back-ticks or quotation marks.
fn without_code(line: &str) -> String {
    let mut out = String::new();
    let mut close = None;
    for c in line.chars() {
        match (close, c) {
            (Some(end), c) if c == end => close = None,
            (Some(_), _) => {}
            (None, '`') => close = Some('`'),
            (None, '“') => close = Some('”'),
            (None, '"') => close = Some('"'),
            (None, c) => out.push(c),
        }
    }
    out
}
