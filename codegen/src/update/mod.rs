//! A page that was fetched anew: is it the page still?
//!
//! Sites answer programs with captchas, notices and half-rendered pages, all with status 200. Taken
//! for the page, each would remove errors that the vendor still documents. This room compares
//! values, the page as it was and as it came; it knows nothing of networks or disks.
//!
//! ```
//! use im_errors_codegen::interpret::Overrides;
//! use im_errors_codegen::update::check;
//!
//! let old = "| 错误码 | 说明 |\n|---|---|\n| 1001 | 用户不存在 |\n| 1002 | 用户已存在 |\n";
//! let new = format!("{old}| 1003 | 请求过于频繁 |\n");
//! assert!(check(Some(old.as_bytes()), new.as_bytes(), &Overrides::default()).is_ok());
//! let captcha = b"<p>Are you a robot?</p>";
//! assert!(check(Some(old.as_bytes()), captcha, &Overrides::default()).is_err());
//! ```

pub mod known;

use std::collections::BTreeMap;

use crate::diagnostic::rules;
use crate::interpret::{Entry, Overrides, interpret};
use crate::{Diagnostic, message, read};

/// Whether `new` may take the place of `old`, read as `overrides` says.
///
/// # Errors
/// Why that would probably be a mistake: it cannot be read, no table of it lists errors any more,
/// more than half of the errors are gone, or some are and the page has shrunk to less than a third.
pub fn check(old: Option<&[u8]>, new: &[u8], overrides: &Overrides) -> Result<(), Diagnostic> {
    let now = errors(new, overrides)?;
    // A page that could not be read has nothing to lose.
    let before = old.and_then(|old| errors(old, overrides).ok());
    if now.is_empty() && before.as_ref().is_none_or(|before| !before.is_empty()) {
        return Err(suspicious(message!("no table of the page lists errors")));
    }
    let (Some(old), Some(before)) = (old, before) else {
        return Ok(());
    };
    let left = |key: &String| now.get(key).copied().unwrap_or_default();
    let gone: usize = before.iter().map(|(key, n)| n.saturating_sub(left(key))).sum();
    let before: usize = before.values().sum();
    if gone > before / 2 {
        return Err(suspicious(message!(
            "of the {before} {before:error|errors} that the page listed, {gone} {gone:is|are} gone",
            before,
            gone
        )));
    }
    if gone > 0 && new.len() < old.len() / 3 {
        return Err(suspicious(message!(
            "the page has shrunk from {old} to {new} bytes, and {gone} {gone:error is|errors are} gone",
            old = old.len(),
            new = new.len(),
            gone
        )));
    }
    Ok(())
}

fn suspicious(message: crate::Message) -> Diagnostic {
    Diagnostic::of_file(&rules::SUSPICIOUS_PAGE, message)
}

/// How many rows a page has of each error.
fn errors(page: &[u8], overrides: &Overrides) -> Result<BTreeMap<String, usize>, Diagnostic> {
    let reading = interpret(&read::read(page)?, overrides);
    let mut errors = BTreeMap::new();
    for entry in &reading.entries {
        *errors.entry(key(entry)).or_default() += 1;
    }
    Ok(errors)
}

/// What tells an error apart for as long as it lasts: texts around it may be reworded.
fn key(entry: &Entry) -> String {
    match entry.code {
        Some(code) => code.to_string(),
        None => format!("{:?} {:?} {:?}", entry.http_status, entry.error(), entry.message()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(codes: &[u32]) -> Vec<u8> {
        let rows: String = codes.iter().map(|code| format!("| {code} | 出错 |\n")).collect();
        format!("| 错误码 | 说明 |\n|---|---|\n{rows}").into_bytes()
    }

    fn refused(old: &[u8], new: &[u8]) -> Option<String> {
        check(Some(old), new, &Overrides::default()).err().map(|diagnostic| diagnostic.message.to_string())
    }

    #[test]
    fn half_of_the_errors_may_go_and_no_more() {
        let old = page(&[1, 2, 3, 4]);
        assert_eq!(refused(&old, &page(&[1, 2])), None);
        let said = "of the 4 errors that the page listed, 3 are gone";
        assert_eq!(refused(&old, &page(&[1])).as_deref(), Some(said));
        // Other errors do not make up for them.
        assert_eq!(refused(&old, &page(&[1, 5, 6, 7])).as_deref(), Some(said));
    }

    #[test]
    fn rows_of_one_code_count_each() {
        let said = "of the 4 errors that the page listed, 3 are gone";
        assert_eq!(refused(&page(&[400, 400, 400, 400]), &page(&[400])).as_deref(), Some(said));
    }

    #[test]
    fn a_page_may_shrink_as_long_as_it_keeps_its_errors() {
        let old = [page(&[1, 2, 3]), "\n文字\n".repeat(100).into_bytes()].concat();
        assert_eq!(refused(&old, &page(&[1, 2, 3])), None);
        let said = refused(&old, &page(&[1, 2])).unwrap_or_default();
        assert!(
            said.starts_with("the page has shrunk from ") && said.ends_with(" 1 error is gone"),
            "{said}"
        );
    }

    #[test]
    fn a_page_that_never_listed_errors_may_go_on_so_and_a_first_one_may_not() {
        assert_eq!(refused(b"# Errors\n", b"# Errors, soon\n"), None);
        assert!(check(None, b"# Errors\n", &Overrides::default()).is_err());
        assert!(check(None, &page(&[1]), &Overrides::default()).is_ok());
    }
}
