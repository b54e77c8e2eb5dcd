//! The encoding that only the headers tell.
//!
//! The reader decides by the bytes: a mark, valid UTF-8, the page's own `<meta>`, detection. The
//! server's word comes before the last two, and is lost once the page is a file.

use encoding_rs::Encoding;

/// The page such that the reader sees what the server says.
pub(super) fn readable(bytes: Vec<u8>, content_type: Option<&str>) -> Vec<u8> {
    let Some(encoding) = content_type.and_then(charset) else {
        return bytes;
    };
    // A page of two-byte units or escapes can pass for UTF-8.
    let is_utf8 = std::str::from_utf8(&bytes).is_ok() && !bytes.iter().any(|b| matches!(b, 0 | 0x1b));
    if is_utf8 || Encoding::for_bom(&bytes).is_some() {
        return bytes;
    }
    // A page that is not what the server says is left to the reader.
    let text =
        encoding.decode_without_bom_handling_and_without_replacement(&bytes).map(|text| text.into_owned());
    text.map_or(bytes, String::into_bytes)
}

/// The `charset` of a content type.
fn charset(content_type: &str) -> Option<&'static Encoding> {
    let parameters = content_type.split(';').skip(1);
    let mut pairs = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, label) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], content_type: &str) -> Vec<u8> {
        readable(bytes.to_vec(), Some(content_type))
    }

    #[test]
    fn what_the_server_says_is_believed_unless_the_bytes_say_otherwise() {
        let (gbk, _, _) = encoding_rs::GBK.encode("错误码");
        assert_eq!(read(&gbk, "text/html; Charset=\"gb2312\""), "错误码".as_bytes());
        assert_eq!(read(&gbk, "text/html; charset=utf-8"), *gbk, "not valid as such");
        assert_eq!(read(&gbk, "text/html; charset=klingon"), *gbk);
        assert_eq!(read("错误码".as_bytes(), "text/html; charset=gbk"), "错误码".as_bytes());
        assert_eq!(read(b"a\0b\0", "text/plain;charset=utf-16le"), b"ab");
        assert_eq!(read(b"\xff\xfea\0", "text/plain;charset=gbk"), b"\xff\xfea\0", "it is marked");
        assert_eq!(readable(gbk.to_vec(), None), *gbk);
    }
}
