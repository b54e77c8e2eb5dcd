//! What is said to people and to programs, in the language of each.

use std::io::{self, Write};

use im_errors_codegen::diagnostic::Finding;
use im_errors_codegen::{Diagnostic, Dictionary, Message, Severity, message};

use super::{Status, show};

/// Where commands print.
pub(crate) struct Console<'a> {
    /// Standard output, for results.
    pub(crate) out: &'a mut dyn Write,
    /// The language of people.
    pub(crate) people: &'a Dictionary,
    /// The language of messages in JSON.
    pub(crate) programs: &'a Dictionary,
}

impl Console<'_> {
    /// A line of a result.
    pub(crate) fn print(&mut self, message: &Message) -> io::Result<()> {
        writeln!(self.out, "{}", self.people.render(message))
    }

    /// A line on standard error.
    pub(crate) fn say(&self, message: &Message) {
        show::line(&self.people.render(message));
    }

    /// Diagnostics of one file on standard error; those below `least` are left out.
    pub(crate) fn diagnostics(&self, file: &str, text: &str, diagnostics: &[Diagnostic], least: Severity) {
        show::diagnostics(self.people, file, text, diagnostics, least);
    }

    /// The finding that ended a command.
    pub(crate) fn fail(&self, finding: &Finding) -> Status {
        self.diagnostics(&finding.file, "", std::slice::from_ref(&finding.diagnostic), Severity::Note);
        Status::Failed
    }

    /// The finding for which nothing was written.
    pub(crate) fn fail_unwritten(&self, finding: &Finding) -> Status {
        let status = self.fail(finding);
        self.say(&nothing_written());
        status
    }
}

pub(crate) fn nothing_written() -> Message {
    message!("nothing was written")
}
