//! `im-errors explain`.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use im_errors_codegen::build::{self, Catalogs};
use im_errors_codegen::diagnostic::{Finding, cause};
use im_errors_codegen::explain::{Answer, View, explain, json, shipped, text, visible};
use im_errors_codegen::limits::QUERY_BYTES;
use im_errors_codegen::{Message, message};
use im_errors_spec::Spec;
use im_errors_spec::tree::list;

use super::console::Console;
use super::{ExplainArguments, Format, Status};

pub(crate) fn run(arguments: &ExplainArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let query = match query(&arguments.query) {
        Ok(query) => query,
        Err(why) => {
            console.say(&message!("error: {why}", why));
            return Ok(Status::Failed);
        }
    };
    let (specs, folder) = match specs(arguments.catalogs.as_deref(), console) {
        Ok(found) => found,
        Err(finding) => return Ok(console.fail(&finding)),
    };
    let answer = explain(&specs, &query);
    let language = match arguments.format {
        Format::Text => console.people,
        Format::Json => console.programs,
    };
    let locale = language.locale();
    let view = View { specs: &specs, locale: &locale, folder: folder.as_deref() };
    match arguments.format {
        Format::Json => writeln!(console.out, "{}", json(&answer, &query, &view))?,
        Format::Text => {
            let text = text(&answer, &view, width()).map_err(io::Error::other)?;
            if AutoStream::choice(&io::stdout()) == ColorChoice::Never {
                write!(console.out, "{}", strip_str(&text))?;
            } else {
                write!(console.out, "{text}")?;
            }
        }
    }
    if answer.matches.is_empty() {
        nothing(&answer, &query, &view, console);
        return Ok(Status::Failed);
    }
    Ok(Status::Fine)
}

/// The words of the query as one, or what standard input says.
fn query(words: &[String]) -> Result<String, Message> {
    let query = match words {
        [word] if word == "-" => {
            // One byte more than is taken shows that there are too many.
            let limit = u64::try_from(QUERY_BYTES).unwrap_or(u64::MAX).saturating_add(1);
            let mut bytes = Vec::new();
            let read = io::stdin().lock().take(limit).read_to_end(&mut bytes);
            read.map_err(|error| message!("cannot read standard input: {why}", why = cause(&error)))?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
        words => words.join(" "),
    };
    if query.trim().is_empty() {
        return Err(message!("the query is empty; give a code, a name, a message or a line of a log"));
    }
    if query.len() > QUERY_BYTES {
        return Err(message!("the query is longer than 1 MiB; give only the lines about the error"));
    }
    Ok(query)
}

/// The catalogs to search, and their folder if they are not those of the tool itself.
fn specs(folder: Option<&Path>, console: &Console<'_>) -> Result<(Vec<Spec>, Option<String>), Box<Finding>> {
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
            Ok(None) => console.say(&message!(
                "warning: `{id}` is not searched: it has no spec yet; run `im-errors build {id}`",
                id
            )),
            // The others can be searched all the same.
            Err(finding) => drop(console.fail(&finding)),
        }
    }
    Ok((specs, Some(build::shown(folder.unwrap_or(Path::new(build::CATALOGS))))))
}

/// How wide lines may be; what is no terminal gets them whole, so that `grep` finds them.
fn width() -> Option<usize> {
    /// Longer lines are hard to read.
    const WIDEST: usize = 100;
    io::stdout().is_terminal().then(|| textwrap::termwidth().clamp(20, WIDEST))
}

fn nothing(answer: &Answer<'_>, query: &str, view: &View<'_>, console: &Console<'_>) {
    /// So much of a query is enough to know it again.
    const SHOWN: usize = 80;
    console.say(&message!("error: nothing matches `{query}`", query = visible(query.trim(), SHOWN)));
    let ids: Vec<_> = view.specs.iter().map(|spec| spec.catalog.as_str()).collect();
    let none = ids.is_empty();
    let ids = list(&ids);
    match view.folder {
        Some(folder) if none => {
            console.say(&message!("  searched {folder}: no catalog has a spec", folder));
        }
        Some(folder) => console.say(&message!("  searched {folder}: {ids}", folder, ids)),
        None => console.say(&message!("  searched the catalogs that come with im-errors: {ids}", ids)),
    }
    if answer.suggestions.is_empty() {
        console.say(&message!(
            "  try a part of the message, or a catalog by itself to list its errors: `im-errors explain CATALOG`"
        ));
    } else {
        let suggestions: Vec<_> = answer.suggestions.iter().map(|text| visible(text, SHOWN)).collect();
        let suggestions: Vec<_> = suggestions.iter().map(String::as_str).collect();
        console.say(&message!("  did you mean one of these: {known}", known = list(&suggestions)));
    }
}
