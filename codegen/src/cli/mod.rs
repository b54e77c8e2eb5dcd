//! The command line: arguments in, exit status out. All it does itself is read a file, print and
//! choose the status; the work is the library's.

mod build;
mod console;
mod diff;
mod enumerate;
mod explain;
mod export;
mod i18n;
mod init;
mod json;
mod language;
mod page;
mod parse;
mod serve;
mod show;
mod site;
mod tables;
mod today;
mod update;
mod usage;

use std::env;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use im_errors_codegen::diagnostic::cause;
use im_errors_codegen::init::RoleAt;
use im_errors_codegen::{Message, message};
use im_errors_spec::{Locale, NameError, VariantName};

use console::Console;
use language::{Language, Spoken};

/// How a command ended; the numbers are documented and stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Fine = 0,
    Failed = 1,
    Usage = 2,
    Drift = 3,
    Breaking = 4,
}

#[derive(Debug, Parser)]
#[command(
    name = "im-errors",
    version,
    about = "Reads vendors' error-code pages into checked specs and renders localized documentation.",
    after_help = "\
Start here:
  im-errors init page.html          a catalog of a vendor's page never seen before
  im-errors tables page.md          what tables a page has
  im-errors parse page.md           what errors they list, and why it is read so
  im-errors build                   specs and documentation of all catalogs in specs/vendors
  im-errors build --check           in CI: fail if anything generated is not up to date
  im-errors diff old.md new.md      what a vendor changed, and whether that breaks anything
  im-errors update                  fetch the pages anew, show what changed, and rebuild

Exit status: 0 fine, 1 the input is bad or the tool failed, 2 usage, 3 drift (build --check),
4 changes (diff and update --fail-on)."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The language to speak; that of the environment if it is left out
    // Read before the others are, by `Spoken`.
    #[arg(long, global = true, value_name = "LANG", value_enum)]
    lang: Option<Language>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a catalog of a vendor's page: files, roles, specs and documentation in one go
    Init(InitArguments),
    /// Show the tables of a page, spans expanded, as plain text
    Tables(PageArguments),
    /// Show the errors that a page lists, with the role of each column and the evidence for it
    Parse(PageArguments),
    /// Write spec.toml and the documentation of catalogs, and make the site
    Build(BuildArguments),
    /// Print the Rust enum for a catalog, documented and complete, for `#[derive(ImErrors)]`
    Enum(EnumArguments),
    /// Explain an error by its code, name or message, or by a line of a log with it
    Explain(ExplainArguments),
    /// Show what changed between two pages or specs, and whether it breaks anything
    Diff(diff::DiffArguments),
    /// Fetch the pages of catalogs anew, show what changed, and rebuild
    Update(update::UpdateArguments),
    /// Print a catalog as data, a schema or source code, for clients that are not written in Rust
    Export(export::ExportArguments),
    /// Make a static site of all catalogs: a page for each error, in every language
    Site(site::SiteArguments),
    /// Show the site in browsers on this machine, made anew whenever a file changes
    Serve(serve::ServeArguments),
    /// Work on translations
    #[command(subcommand)]
    I18n(I18nCommand),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Makes the folder of a new catalog with the page as it came, a catalog.toml with comments,
the spec and the documentation; all files or none. Shows first what each table lists, and why
its columns are read so. What had to be guessed is asked on a terminal; without one, or with
--yes, the guess is taken and marked in catalog.toml. A catalog that is there is never changed.
Several pages are sources of one catalog; one in another language than the first is taken for
the same errors again.

Examples:
  im-errors init page.html
  im-errors init https://example.com/im/errors --catalog example-im
  im-errors init page.md --title zh=错误码 --vendor zh=示例 --role 1.2=message --yes")]
struct InitArguments {
    /// A page: a Markdown, HTML or text file in any encoding, as saved from a browser, or an address
    #[arg(required = true, value_name = "PAGE")]
    pages: Vec<PathBuf>,
    /// The catalog's id, the name of its folder; made from the page's name if it is left out
    #[arg(long, value_name = "ID")]
    catalog: Option<String>,
    /// The language of the pages; found in their text if it is left out
    #[arg(long, value_parser = locale)]
    locale: Option<Locale>,
    /// The title, one for each language that the documentation is to be in
    #[arg(long, value_name = "[LOCALE=]TEXT", value_parser = localized)]
    title: Vec<(Option<Locale>, String)>,
    /// The vendor's name, likewise
    #[arg(long, value_name = "[LOCALE=]TEXT", value_parser = localized)]
    vendor: Vec<(Option<Locale>, String)>,
    /// What a column is, counted from 1: code, http_status, error, message, summary, cause, remedy, ignore
    #[arg(long, value_name = "[PAGE.]TABLE.COLUMN=ROLE", value_parser = RoleAt::parse)]
    role: Vec<RoleAt>,
    /// Ask nothing: take each guess, and mark it in catalog.toml
    #[arg(long, short)]
    yes: bool,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::CATALOGS)]
    catalogs: PathBuf,
    /// The folder for the documentation
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::DOCS)]
    docs: PathBuf,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  im-errors parse page.md\n  curl -s https://… | im-errors parse - --format json"
)]
struct PageArguments {
    /// A Markdown, HTML or text page in any encoding; `-` reads standard input
    file: PathBuf,
    /// What is printed to standard output; diagnostics for people go to standard error
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A catalog is a folder with catalog.toml, the vendor's pages in sources/, translations in locales/.
All files are written, or none: if anything is wrong, everything on disk stays as it was.
The site is made last. It is not meant to be committed, so --check does not ask for it.

Examples:
  im-errors build
  im-errors build jmessage-server
  im-errors build --check --templates my-templates")]
struct BuildArguments {
    /// The catalogs to build; all if none is named
    #[arg(value_name = "CATALOG")]
    names: Vec<String>,
    /// Write nothing; fail with status 3 if a file is not as it would be written
    #[arg(long)]
    check: bool,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::CATALOGS)]
    catalogs: PathBuf,
    /// The folder for the documentation
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::DOCS)]
    docs: PathBuf,
    /// The folder for the site
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::SITE)]
    site: PathBuf,
    /// Make no site
    #[arg(long, conflicts_with = "site")]
    no_site: bool,
    /// Templates that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Show notes as well as warnings and errors
    #[arg(long, short)]
    verbose: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  im-errors enum jmessage-server > src/errors.rs\n  im-errors enum agora-chat --name ChatError --locale zh"
)]
struct EnumArguments {
    /// The catalog
    catalog: String,
    /// The enum's name; made from the catalog's id if it is left out
    #[arg(long, value_parser = variant_name)]
    name: Option<VariantName>,
    /// A Rust file whose enum for this catalog gets the variants it lacks
    #[arg(long, value_name = "FILE", conflicts_with = "name")]
    sync: Option<PathBuf>,
    /// The language of the comments
    #[arg(long, value_parser = locale, default_value = "en")]
    locale: Locale,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::CATALOGS)]
    catalogs: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A query is a code, a name, a message, an error type, an HTTP status, a key as the vendor writes it,
or a line of a log with any of them; `CATALOG:` before it searches that catalog alone, and CATALOG
by itself lists it. Several errors can match: they are listed, the best first. Without a folder of
catalogs, those that come with im-errors are searched. Nothing is asked of any server. If nothing
matches, the exit status is 1.

JSON is {\"query\", \"matches\", \"suggestions\"}; a match has \"catalog\", \"name\", \"key\", \"by\" (key, code,
message, name, type, status, catalog), the error's facts, \"holes\" by name, \"summary\" and \"cases\"
with \"text\" and \"state\", \"retry\", \"places\", \"also\" and \"docs\"; what there is nothing to say of is
left out.

Examples:
  im-errors explain jmessage-server:898001
  im-errors explain User not found
  tail -n 1 app.log | im-errors explain - --lang zh")]
struct ExplainArguments {
    /// What the error is known by; several words are one query, `-` reads it from standard input
    #[arg(required = true, value_name = "QUERY", allow_negative_numbers = true)]
    query: Vec<String>,
    /// What is printed to standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The folder with one folder per catalog; specs/vendors if that is here
    #[arg(long, value_name = "DIR")]
    catalogs: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum I18nCommand {
    /// Mark translations that say nothing about it as translations of the present text
    Stamp(StampArguments),
    /// Show which texts are translated, which are not, and where
    Status(I18nStatusArguments),
    /// Write what there is to translate for translators' tools: PO, XLIFF or CSV
    Export(ExportArguments),
    /// Take over what translators' tools send
    Import(ImportArguments),
    /// Start translations into a new language
    Add(AddArguments),
}

#[derive(Debug, Args)]
#[command(after_help = "\
A text is current, stale (it has changed since it was translated), missing, or unstamped (nobody
has said which text was translated). A translation of a text that is gone is orphaned.
What a catalog must reach is in its catalog.toml: `translations.en = { missing = 0, stale = 0 }`.

Examples:
  im-errors i18n status
  im-errors i18n status agora-chat --locale en
  im-errors i18n status --format github       annotations in a workflow of GitHub Actions")]
struct I18nStatusArguments {
    /// The catalogs; all if none is named
    #[arg(value_name = "CATALOG")]
    names: Vec<String>,
    /// One language; all if it is left out
    #[arg(long, value_parser = locale)]
    locale: Option<Locale>,
    /// What is printed
    #[arg(long, value_enum, default_value_t = StatusFormat::Text)]
    format: StatusFormat,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::CATALOGS)]
    catalogs: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StatusFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// Workflow commands of GitHub Actions
    Github,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  im-errors i18n export --locale en --format po --output en.po
  im-errors i18n export jmessage-server --locale ja --format csv > ja.csv")]
struct ExportArguments {
    /// The catalogs; all if none is named
    #[arg(value_name = "CATALOG")]
    names: Vec<String>,
    /// The language to translate to
    #[arg(long, value_parser = locale)]
    locale: Locale,
    /// The form of the file
    #[arg(long, value_enum)]
    format: ExchangeFormat,
    /// The file to write; standard output if it is left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::CATALOGS)]
    catalogs: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExchangeFormat {
    /// gettext, for Poedit, Weblate and Crowdin
    Po,
    /// XLIFF 1.2
    Xliff,
    /// For spreadsheets
    Csv,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A translation goes where its key says, stamped with the source text beside it: if that has changed
since, it arrives stale. Fuzzy and empty ones are left out. Files of translations keep their layout.

Examples:
  im-errors i18n import en.po
  im-errors i18n import ja.csv --locale ja")]
struct ImportArguments {
    /// PO, XLIFF or CSV files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Their language; if it is left out, the files say it
    #[arg(long, value_parser = locale)]
    locale: Option<Locale>,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::CATALOGS)]
    catalogs: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  im-errors i18n add ja\n  im-errors i18n add pt-BR agora-chat")]
struct AddArguments {
    /// The language
    #[arg(value_parser = locale)]
    locale: Locale,
    /// The catalogs; all if none is named
    #[arg(value_name = "CATALOG")]
    names: Vec<String>,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::CATALOGS)]
    catalogs: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A translation is `{ text = \"…\", of = \"…\" }`, with the stamp of the text it translates.
Once that text changes the translation is stale. Translate it anew, remove `of`, and stamp it again.")]
struct StampArguments {
    /// The catalogs; all if none is named
    #[arg(value_name = "CATALOG")]
    names: Vec<String>,
    /// The folder with one folder per catalog
    #[arg(long, value_name = "DIR", default_value = im_errors_codegen::build::CATALOGS)]
    catalogs: PathBuf,
}

fn variant_name(name: &str) -> Result<VariantName, Message> {
    VariantName::new(name).map_err(NameError::message)
}

fn locale(tag: &str) -> Result<Locale, Message> {
    Locale::new(tag).ok_or_else(|| message!("write a language tag such as `en` or `zh-Hant`"))
}

/// `zh=…`, or a text in the language of the pages.
fn localized(text: &str) -> Result<(Option<Locale>, String), Message> {
    let tagged = text.split_once('=').and_then(|(tag, text)| Some((Some(Locale::new(tag)?), text)));
    let (locale, text) = tagged.unwrap_or((None, text));
    if text.trim().is_empty() {
        return Err(message!("write a text, as in `zh=错误码`"));
    }
    Ok((locale, text.to_owned()))
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let given: Vec<OsString> = env::args_os().collect();
    let spoken = Spoken::new(&given, |name| env::var_os(name));
    let Spoken { people, programs } = &spoken;
    let arguments = match usage::parse(&given, people) {
        Ok(arguments) => arguments,
        Err(status) => return ExitCode::from(status),
    };
    let mut out = io::stdout().lock();
    let console = &mut Console { out: &mut out, people, programs };
    let result = match arguments.command {
        Command::Init(arguments) => init::run(&arguments, console),
        Command::Tables(arguments) => tables::run(&arguments, console),
        Command::Parse(arguments) => parse::run(&arguments, console),
        Command::Build(arguments) => build::run(&arguments, console),
        Command::Enum(arguments) => enumerate::run(&arguments, console),
        Command::Explain(arguments) => explain::run(&arguments, console),
        Command::Diff(arguments) => diff::run(&arguments, console),
        Command::Update(arguments) => update::run(&arguments, console),
        Command::Export(arguments) => export::run(&arguments, console),
        Command::Site(arguments) => site::run(&arguments, console),
        Command::Serve(arguments) => serve::run(&arguments, console),
        Command::I18n(I18nCommand::Stamp(arguments)) => i18n::stamp(&arguments, console),
        Command::I18n(I18nCommand::Status(arguments)) => i18n::status(&arguments, console),
        Command::I18n(I18nCommand::Export(arguments)) => i18n::export(&arguments, console),
        Command::I18n(I18nCommand::Import(arguments)) => i18n::import(&arguments, console),
        Command::I18n(I18nCommand::Add(arguments)) => i18n::add(&arguments, console),
    };
    match result.and_then(|status| console.out.flush().map(|()| status)) {
        Ok(status) => ExitCode::from(status as u8),
        // Who reads has read enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            console.say(&message!("error: cannot write the output: {error}", error = cause(&error)));
            ExitCode::FAILURE
        }
    }
}
