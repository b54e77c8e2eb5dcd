//! Diagnostics for people, like rustc's: what, where, the source line, what to do.

use std::io::Write;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use im_errors_codegen::diagnostic::Excerpt;
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
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let level = level.with_name(language.render(&diagnostic.severity.word()));
    let title = level.primary_title(language.render(&diagnostic.message)).id(diagnostic.code);
    let excerpt = diagnostic.span.clone().and_then(|span| Excerpt::of(text, span));
    let group = match excerpt {
        Some(excerpt) => title.element(
            Snippet::source(excerpt.text)
                .path(file)
                .line_start(excerpt.line)
                .annotation(AnnotationKind::Primary.span(excerpt.span)),
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
