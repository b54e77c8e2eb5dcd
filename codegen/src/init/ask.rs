//! Asking somebody who reads and writes lines.

use std::io::{self, BufRead, Write};

use super::Survey;
use crate::Dictionary;

/// Longer answers are not read to their end: nobody types them.
const LONGEST: u64 = 4096;

/// Asks every open question on `out`, in that language, and reads the answers from `input`, one line
/// each. Where the input ends, the rest is guessed.
///
/// # Errors
/// When reading or writing fails.
pub fn ask(
    survey: &mut Survey,
    language: &Dictionary,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> io::Result<()> {
    while let Some(question) = survey.question() {
        write!(out, "? {} [{}] ", language.render(&question.text), question.default)?;
        out.flush()?;
        let mut line = Vec::new();
        io::Read::take(&mut *input, LONGEST).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            writeln!(out)?;
            survey.guess_all();
            return Ok(());
        }
        if let Err(why) = survey.answer(&question, &String::from_utf8_lossy(&line)) {
            writeln!(out, "  {}", language.render(&why))?;
        }
    }
    Ok(())
}
