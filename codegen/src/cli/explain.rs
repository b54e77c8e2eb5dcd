//! `im-errors explain`.

use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use im_errors_codegen::Severity;
use im_errors_codegen::build::{self, Catalogs};
use im_errors_codegen::diagnostic::Finding;
use im_errors_codegen::explain::{Answer, MOST_BYTES, View, explain, json, shipped, text, visible};
use im_errors_spec::Spec;

use super::{ExplainArguments, Format, Status, show};

pub(crate) fn run(arguments: &ExplainArguments, out: &mut dyn Write) -> io::Result<Status> {
    let query = match query(&arguments.query) {
        Ok(query) => query,
        Err(why) => {
            show::line(&format!("error: {why}"));
            return Ok(Status::Failed);
        }
    };
    let (specs, folder) = match specs(arguments.catalogs.as_deref()) {
        Ok(found) => found,
        Err(finding) => {
            tell(&finding);
            return Ok(Status::Failed);
        }
    };
    let answer = explain(&specs, &query);
    let view = View { specs: &specs, locale: &arguments.lang, folder: folder.as_deref() };
    match arguments.format {
        Format::Json => writeln!(out, "{}", json(&answer, &query, &view))?,
        Format::Text => {
            let text = text(&answer, &view, width()).map_err(io::Error::other)?;
            if AutoStream::choice(&io::stdout()) == ColorChoice::Never {
                write!(out, "{}", strip_str(&text))?;
            } else {
                write!(out, "{text}")?;
            }
        }
    }
    if answer.matches.is_empty() {
        nothing(&answer, &query, &view);
        return Ok(Status::Failed);
    }
    Ok(Status::Fine)
}

/// The words of the query as one, or what standard input says.
fn query(words: &[String]) -> Result<String, String> {
    let query = match words {
        [word] if word == "-" => {
            // One byte more than is taken shows that there are too many.
            let limit = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
            let mut bytes = Vec::new();
            let read = io::stdin().lock().take(limit).read_to_end(&mut bytes);
            read.map_err(|error| format!("cannot read standard input: {error}"))?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
        words => words.join(" "),
    };
    if query.trim().is_empty() {
        return Err("the query is empty; give a code, a name, a message or a line of a log".to_owned());
    }
    if query.len() > MOST_BYTES {
        return Err("the query is longer than 1 MiB; give only the lines about the error".to_owned());
    }
    Ok(query)
}

/// The catalogs to search, and their folder if they are not those of the tool itself.
fn specs(folder: Option<&Path>) -> Result<(Vec<Spec>, Option<String>), Box<Finding>> {
    let catalogs = match folder {
        Some(folder) => Catalogs::find(folder)?,
        None => match Catalogs::find(&PathBuf::from(build::CATALOGS)) {
            Ok(catalogs) => catalogs,
            Err(_) => return Ok((shipped(), None)),
        },
    };
    let mut specs = Vec::new();
    for id in catalogs.ids() {
        match catalogs.spec_as_it_stands(id) {
            Ok(Some(spec)) => specs.push(spec),
            Ok(None) => show::line(&format!(
                "warning: `{id}` is not searched: it has no spec yet; run `im-errors build {id}`"
            )),
            // The others can be searched all the same.
            Err(finding) => tell(&finding),
        }
    }
    Ok((specs, Some(build::shown(folder.unwrap_or(Path::new(build::CATALOGS))))))
}

fn tell(finding: &Finding) {
    show::diagnostics(&finding.file, "", std::slice::from_ref(&finding.diagnostic), Severity::Note);
}

/// How wide lines may be; what is no terminal gets them whole, so that `grep` finds them.
fn width() -> Option<usize> {
    /// Longer lines are hard to read.
    const WIDEST: usize = 100;
    io::stdout().is_terminal().then(|| textwrap::termwidth().clamp(20, WIDEST))
}

fn nothing(answer: &Answer<'_>, query: &str, view: &View<'_>) {
    /// So much of a query is enough to know it again.
    const SHOWN: usize = 80;
    show::line(&format!("error: nothing matches `{}`", visible(query.trim(), SHOWN)));
    let ids: Vec<_> = view.specs.iter().map(|spec| spec.catalog.as_str()).collect();
    let ids = visible(&ids.join(", "), 2000);
    match view.folder {
        Some(folder) if ids.is_empty() => show::line(&format!("  searched {folder}: no catalog has a spec")),
        Some(folder) => show::line(&format!("  searched {folder}: {ids}")),
        None => show::line(&format!("  searched the catalogs that come with im-errors: {ids}")),
    }
    let suggestions: Vec<_> =
        answer.suggestions.iter().map(|suggestion| format!("`{}`", visible(suggestion, SHOWN))).collect();
    if suggestions.is_empty() {
        show::line(
            "  try a part of the message, or a catalog by itself to list its errors: `im-errors explain CATALOG`",
        );
    } else {
        show::line(&format!("  did you mean {}?", suggestions.join(" or ")));
    }
}
