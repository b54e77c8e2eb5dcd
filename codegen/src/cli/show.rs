//! Diagnostics for people, like rustc's: what, where, the source line, what to do.

use std::io::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use im_errors_codegen::{Diagnostic, Dictionary, Severity, message};

/// More than these are counted, not shown.
const MOST_SHOWN: usize = 100;

/// Shows diagnostics of one file on standard error; those below `least` are left out.
pub(crate) fn diagnostics(
    language: &Dictionary,
    file: &str,
    text: &str,
    diagnostics: &[Diagnostic],
    least: Severity,
) {
    let shown: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.severity <= least).collect();
    for diagnostic in shown.iter().take(MOST_SHOWN) {
        line(&render(language, file, text, diagnostic));
        line("");
    }
    if shown.len() > MOST_SHOWN {
        let rest = message!("{n} more in {file}", n = shown.len() - MOST_SHOWN, file);
        line(&format!("{}\n", language.render(&rest)));
    }
}

/// Writes a line to standard error, without colours where it is no terminal.
pub(crate) fn line(text: &str) {
    // Nobody is left to tell if standard error is closed.
    let _ = writeln!(anstream::stderr(), "{text}");
}

fn render(language: &Dictionary, file: &str, text: &str, diagnostic: &Diagnostic) -> String {
    let (level, name) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, message!("error")),
        Severity::Warning => (Level::WARNING, message!("warning")),
        Severity::Note => (Level::NOTE, message!("note")),
    };
    let level = level.with_name(language.render(&name));
    let title = level.primary_title(language.render(&diagnostic.message)).id(diagnostic.code);
    let cut = diagnostic.span.clone().and_then(|span| cut(text, span));
    let group = match cut {
        Some(cut) => title.element(
            Snippet::source(cut.text)
                .path(file)
                .line_start(cut.line)
                .annotation(AnnotationKind::Primary.span(cut.span)),
        ),
        None => title.element(Origin::path(file)),
    };
    let help = Level::HELP.with_name(language.render(&message!("help")));
    let group = match diagnostic.help.is_empty() {
        true => group,
        false => group.element(help.message(language.render(&diagnostic.help))),
    };
    Renderer::styled().render(&[group])
}

/// The lines that a span is in, so that a page of any size costs only these.
struct Cut<'t> {
    text: &'t str,
    line: usize,
    span: Range<usize>,
}

fn cut(text: &str, span: Range<usize>) -> Option<Cut<'_>> {
    /// A whole table is pointed at by its first line.
    const MOST_BYTES: usize = 600;
    let before = text.get(..span.start)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest_of_line = text[span.start..].lines().next().unwrap_or_default();
    let first_line_end = span.start + rest_of_line.len();
    let end = span.end.clamp(span.start, first_line_end);
    let mut from = line_start;
    let mut to = first_line_end;
    if to - from > MOST_BYTES {
        // One line can be the whole page.
        from = floor(text, line_start.max(span.start.saturating_sub(MOST_BYTES / 4)));
        to = floor(text, to.min(span.start + MOST_BYTES));
    }
    let line = before.matches('\n').count() + 1;
    let end = end.min(to).max(span.start);
    Some(Cut { text: &text[from..to], line, span: span.start - from..end - from })
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
