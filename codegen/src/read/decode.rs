//! Bytes → text, whatever encoding the page was saved in.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::diagnostic::rules;
use crate::limits;
use crate::{Diagnostic, message};

/// How far a `<meta charset>` is looked for, as in the HTML standard.
const META_BYTES: usize = 1024;

/// Decodes a page and makes its newlines `\n`.
///
/// A byte order mark decides, then valid UTF-8, then the page's own `<meta charset>`, then
/// detection.
///
/// # Errors
/// When the bytes are not text, or there are more than [`limits::PAGE_BYTES`].
pub fn decode<'p>(bytes: impl Into<Cow<'p, [u8]>>) -> Result<Cow<'p, str>, Diagnostic> {
    let bytes = bytes.into();
    if bytes.len() > limits::PAGE_BYTES {
        let message =
            message!("the file has {n} bytes, more than {most}", n = bytes.len(), most = limits::PAGE_BYTES);
        return Err(Diagnostic::of_file(&rules::TOO_LARGE, message));
    }
    let text = match bytes {
        Cow::Borrowed(bytes) => decode_borrowed(bytes)?,
        Cow::Owned(bytes) => Cow::Owned(decode_owned(bytes)?),
    };
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        return Ok(Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")));
    }
    Ok(text)
}

fn decode_borrowed(bytes: &[u8]) -> Result<Cow<'_, str>, Diagnostic> {
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => decode_as(encoding, &bytes[mark..]),
        None => decode_unmarked(bytes),
    }
}

/// The same, without a copy of what is text already.
fn decode_owned(bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if Encoding::for_bom(&bytes).is_some() || memchr::memchr(0, &bytes).is_some() {
        return decode_borrowed(&bytes).map(Cow::into_owned);
    }
    let text = String::from_utf8(bytes);
    text.or_else(|wrong| decode_unmarked(wrong.as_bytes()).map(Cow::into_owned))
}

fn decode_unmarked(bytes: &[u8]) -> Result<Cow<'_, str>, Diagnostic> {
    if let Some(at) = memchr::memchr(0, bytes) {
        let message = message!("the file is binary: byte {at} is NUL", at);
        return Err(Diagnostic::of_file(&rules::BINARY_FILE, message));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    if let Some(at) = broken_utf8(bytes) {
        let message = message!("the file is UTF-8, but its byte {at} is broken", at);
        return Err(Diagnostic::of_file(&rules::UNREADABLE_ENCODING, message)
            .with_help(message!("save the page again")));
    }
    let declared = declared_encoding(bytes).filter(|encoding| *encoding != UTF_8);
    let encoding = declared.unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, chardetng::Utf8Detection::Deny)
    });
    if declared.is_none() && encoding.is_single_byte() {
        if let Some(at) = broken_gbk(bytes) {
            let message = message!("the file is GBK, but its byte {at} is broken", at);
            return Err(Diagnostic::of_file(&rules::UNREADABLE_ENCODING, message)
                .with_help(message!("save the page again")));
        }
    }
    decode_as(encoding, bytes)
}

/// So many good characters to one broken byte do not come about by chance.
const GOOD_TO_BROKEN: usize = 4;

/// The first broken byte of what is nearly all UTF-8. Detection would take it for something else
/// and garble the whole page without a word.
fn broken_utf8(bytes: &[u8]) -> Option<usize> {
    let first = std::str::from_utf8(bytes).err()?.valid_up_to();
    let (mut good, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (good >= broken * GOOD_TO_BROKEN).then_some(first)
}

/// The same for GBK, by the Chinese characters that are common. GBK has two bytes to a character,
/// or one that is ASCII; GB18030 has some with four.
fn broken_gbk(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut good, mut broken, mut first) = (0, 0, 0, None);
    while let Some(lead) = bytes.get(at) {
        let trail = bytes.get(at + 1).copied().unwrap_or(0);
        at += match (lead, trail) {
            (0..=0x7f, _) => 1,
            (0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe) => {
                good += usize::from((0xb0..=0xd7).contains(lead) && trail >= 0xa1);
                2
            }
            (0x81..=0xfe, b'0'..=b'9') if is_four_byte_code(&bytes[at..]) => 4,
            _ => {
                first = first.or(Some(at));
                broken += 1;
                1
            }
        };
    }
    first.filter(|_| good >= broken * GOOD_TO_BROKEN)
}

fn is_four_byte_code(bytes: &[u8]) -> bool {
    let code = bytes.get(..4).filter(|code| !code[2..].is_ascii());
    code.is_some_and(|code| GB18030.decode_without_bom_handling_and_without_replacement(code).is_some())
}

fn decode_as<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Result<Cow<'b, str>, Diagnostic> {
    let decoded = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    decoded.filter(|text| !looks_binary(text)).ok_or_else(|| {
        let message = message!(
            "the file is not readable as text; its encoding looks like {encoding}",
            encoding = encoding.name()
        );
        Diagnostic::of_file(&rules::UNREADABLE_ENCODING, message)
    })
}

/// Detection always guesses something: control characters show that it was no text.
fn looks_binary(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1b}' | '\u{7f}'))
}

/// The encoding that `<meta charset=…>` or `<meta … content="…; charset=…">` names.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(META_BYTES)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let meta = head.split("<meta").skip(1).find_map(|tag| {
        let tag = tag.split('>').next()?;
        let value = tag.split("charset").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
        let value = value.trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        Some(value[..end.unwrap_or(value.len())].to_owned())
    })?;
    Encoding::for_label(meta.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> Option<&'static str> {
        decode(bytes).err().map(|diagnostic| diagnostic.code)
    }

    #[test]
    fn marks_and_newlines_go() {
        assert_eq!(decode("\u{feff}a\r\nb\rc".as_bytes()).as_deref(), Ok("a\nb\nc"));
        assert_eq!(decode(b"\xff\xfea\0\r\0\n\0").as_deref(), Ok("a\n"));
    }

    #[test]
    fn chinese_encodings_are_detected() {
        let text = "| 错误码 | 说明 |\n|---|---|\n| 1001 | 用户不存在，请检查用户名是否正确 |\n";
        for encoding in [encoding_rs::GBK, encoding_rs::GB18030, encoding_rs::UTF_8] {
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost);
            assert_eq!(decode(&*bytes).as_deref(), Ok(text), "{}", encoding.name());
        }
        let traditional = "| 錯誤碼 | 說明 |\n|---|---|\n| 1001 | 使用者不存在，請檢查名稱是否正確 |\n";
        let (bytes, _, _) = encoding_rs::BIG5.encode(traditional);
        assert_eq!(decode(&*bytes).as_deref(), Ok(traditional));
    }

    #[test]
    fn a_page_in_gbk_with_a_broken_byte_is_not_taken_for_cyrillic() {
        let text = "| 错误码 | 说明 |\n|---|---|\n| 1001 | 用户不存在，请检查用户名是否正确 |\n";
        let (bytes, _, _) = encoding_rs::GBK.encode(text);
        let at = text.chars().take_while(|c| *c != '1').map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        // The lead byte of a character without its trail byte, and a byte that begins nothing.
        for broken in [&b"\x81\x20"[..], b"\xff"] {
            let page = [&bytes[..at], broken, &bytes[at..]].concat();
            let refused = decode(&*page).map_err(|diagnostic| diagnostic.message.to_string());
            let expected = format!("the file is GBK, but its byte {at} is broken");
            assert_eq!(refused, Err(expected), "{broken:x?}");
        }
    }

    #[test]
    fn a_page_in_gbk_with_a_broken_code_of_four_bytes_is_not_taken_for_western() {
        let text = "| 错误码 | 说明 |\n|---|---|\n| 1001 | 用户𠀀不存在，请检查用户名是否正确 |\n";
        let (bytes, _, lost) = GB18030.encode(text);
        assert!(!lost);
        assert_eq!(decode(&*bytes).as_deref(), Ok(text));
        let code = GB18030.encode("𠀀").0;
        let at = bytes.windows(code.len()).position(|window| window == &*code).unwrap();
        // One that ends early, one whose third byte is wrong, and one that is no character.
        for broken in [&b"\x95\x32 "[..], b"\x95\x32A6", b"\xfe\x39\xfe\x39"] {
            let page = [&bytes[..at], broken, &bytes[at + code.len()..]].concat();
            let refused = decode(&*page).map_err(|diagnostic| diagnostic.message.to_string());
            let expected = format!("the file is GBK, but its byte {at} is broken");
            assert_eq!(refused, Err(expected), "{broken:x?}");
        }
    }

    #[test]
    fn what_is_text_already_is_not_copied() {
        let page = "| 错误码 |".as_bytes();
        assert!(matches!(decode(page), Ok(Cow::Borrowed(_))));
        let owned = page.to_vec();
        let start = owned.as_ptr();
        assert_eq!(decode(owned).map(|text| text.as_ptr()), Ok(start));
    }

    #[test]
    fn a_page_says_its_own_encoding() {
        let page = "<meta http-equiv='Content-Type' content='text/html; charset=big5'><p>\u{4e00}";
        let (bytes, _, _) = encoding_rs::BIG5.encode(page);
        assert_eq!(decode(&*bytes).as_deref(), Ok(page));
    }

    #[test]
    fn a_broken_byte_in_utf8_is_no_other_encoding() {
        let mut bytes = "| 错误码 | 说明 |\n|---|---|\n| 1001 | 用户不存在 |\n".as_bytes().to_vec();
        bytes.remove(3);
        let refused = decode(&*bytes).unwrap_err();
        assert_eq!(refused.code, "unreadable-encoding");
        assert!(refused.message.to_string().contains("byte 2 "), "{}", refused.message);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(refused(b"\x7fELF\0\0"), Some("binary-file"));
        assert_eq!(refused(b"\x89PNG\r\n\x1a\n\x01\x02\xff\xfe"), Some("unreadable-encoding"));
        assert_eq!(refused(b"\xff\xfea"), Some("unreadable-encoding"));
    }
}
