//! The words vendors write above their columns, Chinese and English.

use std::collections::HashMap;

use super::Role;
use super::Role::{Cause, Code, Error, HttpStatus, Message, Remedy, Summary};

/// How a header and a word of the lexicon meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The word is somewhere in it.
    Within,
    /// It starts with the word.
    Start,
    /// It is the word.
    Exact,
}

/// Words without spaces and punctuation, in lower case. A word that vendors use for two things
/// stands there twice; the shape of the cells decides.
const WORDS: &[(&str, Role)] = &[
    ("code", Code),
    ("errorcode", Code),
    ("errcode", Code),
    ("错误码", Code),
    ("错误代码", Code),
    ("业务返回码", Code),
    ("业务错误码", Code),
    ("业务码", Code),
    ("返回码", Code),
    ("返回值", Code),
    ("代码", Code),
    ("编码", Code),
    ("错误编号", Code),
    ("httpstatuscode", HttpStatus),
    ("httpstatus", HttpStatus),
    ("httpcode", HttpStatus),
    ("statuscode", HttpStatus),
    ("status", HttpStatus),
    ("http状态码", HttpStatus),
    ("http返回码", HttpStatus),
    ("http响应码", HttpStatus),
    ("http错误码", HttpStatus),
    ("http码", HttpStatus),
    ("状态码", HttpStatus),
    ("响应码", HttpStatus),
    ("code", HttpStatus),
    ("返回码", HttpStatus),
    ("错误码", HttpStatus),
    ("error", Error),
    ("errortype", Error),
    ("errorname", Error),
    ("错误类型", Error),
    ("错误名称", Error),
    ("异常类型", Error),
    ("errormessage", Message),
    ("errordescription", Message),
    ("message", Message),
    ("errormsg", Message),
    ("errortext", Message),
    ("errorstring", Message),
    ("errmsg", Message),
    ("msg", Message),
    ("错误提示", Message),
    ("错误消息", Message),
    ("错误信息", Message),
    ("错误描述", Message),
    ("返回信息", Message),
    ("返回消息", Message),
    ("提示信息", Message),
    ("英文描述", Message),
    ("说明", Summary),
    ("描述", Summary),
    ("含义", Summary),
    ("释义", Summary),
    ("错误说明", Summary),
    ("错误描述", Summary),
    ("错误信息", Summary),
    ("请求结果", Summary),
    ("结果", Summary),
    ("中文描述", Summary),
    ("description", Summary),
    ("meaning", Summary),
    ("summary", Summary),
    ("explanation", Summary),
    ("instructions", Summary),
    ("errordescription", Summary),
    ("可能的原因", Cause),
    ("可能原因", Cause),
    ("错误原因", Cause),
    ("原因", Cause),
    ("详细解释", Cause),
    ("详细说明", Cause),
    ("详细描述", Cause),
    ("解释", Cause),
    ("cause", Cause),
    ("reason", Cause),
    ("possiblecause", Cause),
    ("possiblecauses", Cause),
    ("possiblereason", Cause),
    ("details", Cause),
    ("处理建议", Remedy),
    ("建议措施", Remedy),
    ("建议", Remedy),
    ("处理方法", Remedy),
    ("处理方式", Remedy),
    ("处理措施", Remedy),
    ("解决方法", Remedy),
    ("解决方案", Remedy),
    ("解决办法", Remedy),
    ("排查建议", Remedy),
    ("应对措施", Remedy),
    ("remedy", Remedy),
    ("solution", Remedy),
    ("resolution", Remedy),
    ("action", Remedy),
    ("suggestion", Remedy),
    ("suggestedaction", Remedy),
    ("recommendation", Remedy),
    ("recommendedaction", Remedy),
    ("troubleshooting", Remedy),
    ("workaround", Remedy),
    ("howtofix", Remedy),
    ("whattodo", Remedy),
];

/// The best fit of a header with a word of each role.
pub(super) type Fits = [Option<(Fit, &'static str)>; Role::ALL.len()];

/// The fits of headers, each looked at once: the tables of a page have the same ones over and over.
#[derive(Debug, Default)]
pub(super) struct Lexicon(HashMap<String, Fits>);

impl Lexicon {
    /// The best fit of `header` with a word of each role.
    pub(super) fn fits(&mut self, header: &str) -> Fits {
        if let Some(fits) = self.0.get(header) {
            return *fits;
        }
        let fits = Role::ALL.map(|role| fit(header, role));
        self.0.insert(header.to_owned(), fits);
        fits
    }
}

/// The best fit of `header` with a word of `role`.
pub(super) fn fit(header: &str, role: Role) -> Option<(Fit, &'static str)> {
    let forms = forms(header);
    let words = WORDS.iter().filter(|(_, of)| *of == role);
    let fits = words.filter_map(|(word, _)| {
        let best = forms.iter().filter_map(|form| fit_of(form, word)).max();
        best.map(|fit| (fit, word.chars().count(), *word))
    });
    fits.max_by_key(|(fit, length, _)| (*fit, *length)).map(|(fit, _, word)| (fit, word))
}

fn fit_of(form: &str, word: &str) -> Option<Fit> {
    /// A word of fewer letters is in too many others to be told by.
    const SHORTEST_PART: usize = 4;
    if form == word {
        return Some(Fit::Exact);
    }
    // Two Chinese characters say as much, and no word has fewer.
    if word.is_ascii() && word.len() < SHORTEST_PART {
        return None;
    }
    if form.starts_with(word) {
        return Some(Fit::Start);
    }
    form.contains(word).then_some(Fit::Within)
}

/// The header squashed: as a whole, without what is in parentheses, and what is in them.
fn forms(header: &str) -> Vec<String> {
    let mut outside = String::new();
    let mut inside = String::new();
    let mut depth = 0_u32;
    for c in header.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            c => inside.push(c),
        }
    }
    let mut forms: Vec<_> = [header, &outside, &inside].map(squash).into();
    forms.retain(|form| !form.is_empty());
    forms.dedup();
    forms
}

fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_meet_their_words() {
        assert_eq!(fit("HTTP 返回码（Status Code）", HttpStatus).map(|(fit, _)| fit), Some(Fit::Exact));
        assert_eq!(fit("详细解释    HTTP 状态码", Cause), Some((Fit::Start, "详细解释")));
        assert_eq!(fit("详细解释    HTTP 状态码", HttpStatus), Some((Fit::Within, "http状态码")));
        assert_eq!(fit("功能模块", Code), None);
        assert_eq!(fit("decode", Code), Some((Fit::Within, "code")));
        assert_eq!(fit("最后的 status", HttpStatus), Some((Fit::Within, "status")));
        assert_eq!(fit("msg", Message), Some((Fit::Exact, "msg")));
        assert_eq!(fit("msgs", Message), None);
    }

    #[test]
    fn headers_are_squashed_as_a_whole_and_in_parts() {
        assert_eq!(forms("HTTP 返回码（Status Code）"), ["http返回码statuscode", "http返回码", "statuscode"]);
        assert_eq!(forms("[Code]"), ["code"]);
        assert_eq!(forms("【错误】码)（"), ["错误码", "码", "错误"]);
        assert_eq!(forms("—"), [""; 0]);
    }

    #[test]
    fn words_are_squashed_and_stand_there_once_per_role() {
        for (i, (word, role)) in WORDS.iter().enumerate() {
            assert_eq!(squash(word), *word);
            assert!(word.is_ascii() || word.chars().count() > 1, "{word} is in too many others");
            assert!(!WORDS[..i].contains(&(word, *role)), "{word} twice");
        }
    }
}
