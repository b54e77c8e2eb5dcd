//! Arguments in, help and usage errors out, in the language of the user. In English both are
//! clap's own.

use std::error::Error as _;
use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, Error, FromArgMatches};
use im_errors_codegen::{Dictionary, Message, message};

use super::{Arguments, show};

/// Parses the arguments. Where they ask for help or are wrong, it says so and the status is
/// returned.
pub(super) fn parse(given: &[OsString], language: &Dictionary) -> Result<Arguments, u8> {
    let mut command = command(language);
    let parsed = command
        .try_get_matches_from_mut(given)
        .and_then(|matches| Arguments::from_arg_matches(&matches))
        .map_err(|error| error.format(&mut command));
    parsed.map_err(|error| {
        match explain(&error).filter(|_| !language.is_english()) {
            Some(explained) => show::line(&language.render(&explained)),
            // Nobody is left to tell if the stream is closed.
            None => drop(error.print()),
        }
        u8::try_from(error.exit_code()).unwrap_or(u8::MAX)
    })
}

/// Says what is wrong with the arguments of a subcommand where the parser cannot tell.
pub(super) fn refuse(subcommand: &str, wrong: &Message, language: &Dictionary) {
    let mut command = command(language);
    command.build();
    let Some(command) = command.find_subcommand_mut(subcommand) else {
        return;
    };
    if language.is_english() {
        // Nobody is left to tell if standard error is closed.
        drop(command.error(ErrorKind::WrongNumberOfValues, wrong).print());
        return;
    }
    let mut parts = vec![message!("error: {wrong}", wrong)];
    parts.extend(closing(Some(&command.render_usage())));
    show::line(&language.render(&joined(parts)));
}

fn command(language: &Dictionary) -> Command {
    let mut command = Arguments::command();
    if language.is_english() {
        return command;
    }
    // Only then are clap's own arguments there.
    command.build();
    localized(command, &|text| language.help(text).unwrap_or(text).to_owned(), language)
}

/// The same command with its texts, and those of its subcommands, translated.
fn localized(command: Command, translate: &dyn Fn(&str) -> String, language: &Dictionary) -> Command {
    let text = |text: Option<&StyledStr>| text.map(|text| lines(&text.to_string(), translate));
    let about = text(command.get_about());
    let after = text(command.get_after_help());
    let template = template(&command, language);
    let mut command = command.help_template(template);
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    command
        .mut_args(|arg| argument(arg, translate, language))
        .mut_subcommands(|command| localized(command, translate, language))
}

fn argument(arg: Arg, translate: &dyn Fn(&str) -> String, language: &Dictionary) -> Arg {
    let help = arg.get_help().map(|help| lines(&help.to_string(), translate));
    let long = arg.get_long_help().map(|help| lines(&help.to_string(), translate));
    let notes =
        if arg.get_action().takes_values() { notes(&arg, translate, language) } else { String::new() };
    let arg = arg.hide_default_value(true).hide_possible_values(true);
    let arg = match long {
        Some(long) => arg.long_help(long + &notes),
        None => arg,
    };
    arg.help(help.unwrap_or_default() + &notes)
}

/// What clap would add to the help of an argument in English.
fn notes(arg: &Arg, translate: &dyn Fn(&str) -> String, language: &Dictionary) -> String {
    let mut notes = String::new();
    let defaults = arg.get_default_values();
    if !defaults.is_empty() && !arg.is_hide_default_value_set() {
        let values: Vec<_> = defaults.iter().map(|value| value.to_string_lossy().into_owned()).collect();
        notes.push_str(&language.render(&message!(" [default: {values}]", values)));
    }
    let possible = arg.get_possible_values();
    if !possible.is_empty() && !arg.is_hide_possible_values_set() {
        let value = |value: &clap::builder::PossibleValue| {
            let name = value.get_name();
            match value.get_help().map(|help| translate(&help.to_string())) {
                Some(help) => message!("{name} ({help})", name, help),
                None => message!("{name}", name),
            }
        };
        let values: Vec<_> = possible.iter().map(value).collect();
        notes.push_str(&language.render(&message!(" [possible values: {values}]", values)));
    }
    notes
}

/// Help as clap lays it out, whose headings are fixed in English.
fn template(command: &Command, language: &Dictionary) -> String {
    let header = command.get_styles().get_header();
    let heading = |message: Message| format!("{header}{}{header:#}", language.render(&message));
    let mut template = format!("{{about-with-newline}}\n{}{{usage}}", heading(message!("Usage: ")));
    let mut section = |title, tag| template.push_str(&format!("\n\n{}\n{tag}", heading(title)));
    if command.has_subcommands() {
        section(message!("Commands:"), "{subcommands}");
    }
    if command.get_positionals().next().is_some() {
        section(message!("Arguments:"), "{positionals}");
    }
    section(message!("Options:"), "{options}");
    template + "{after-help}"
}

/// Translates line by line, in examples (`  im-errors …   what it does`) what stands behind the
/// command.
fn lines(text: &str, translate: &dyn Fn(&str) -> String) -> String {
    let line = |line: &str| {
        if !line.starts_with("  ") {
            return translate(line);
        }
        let start = line.len() - line.trim_start().len();
        match line[start..].find("  ") {
            Some(gap) => {
                let (command, comment) = line.split_at(start + gap);
                let comment_start = command.len() + comment.len() - comment.trim_start().len();
                format!("{}{}", &line[..comment_start], translate(&line[comment_start..]))
            }
            None => line.to_owned(),
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A usage error in other words than clap's; none for help, and for what does not come up here.
fn explain(error: &Error) -> Option<Message> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(" ")),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let wrong = match error.kind() {
        ErrorKind::UnknownArgument => {
            message!("unexpected argument '{argument}' found", argument = argument?)
        }
        ErrorKind::InvalidSubcommand => {
            let command = text(ContextKind::InvalidSubcommand)?;
            message!("unrecognized subcommand '{command}'", command)
        }
        ErrorKind::InvalidValue if value.as_deref().is_none_or(str::is_empty) => {
            message!("a value is required for '{argument}' but none was supplied", argument = argument?)
        }
        ErrorKind::InvalidValue => {
            message!("invalid value '{value}' for '{argument}'", value = value?, argument = argument?)
        }
        ErrorKind::ValueValidation => {
            let source = error.source()?;
            let why = match source.downcast_ref::<Message>() {
                Some(why) => why.clone(),
                None => message!("{why}", why = source.to_string()),
            };
            let (value, argument) = (value?, argument?);
            message!("invalid value '{value}' for '{argument}': {why}", value, argument, why)
        }
        ErrorKind::MissingRequiredArgument => {
            let arguments = argument?;
            message!("the following required arguments were not provided: {arguments}", arguments)
        }
        ErrorKind::ArgumentConflict => {
            let (argument, other) = (argument?, text(ContextKind::PriorArg)?);
            message!("the argument '{argument}' cannot be used with '{other}'", argument, other)
        }
        ErrorKind::MissingSubcommand => {
            let command = text(ContextKind::InvalidSubcommand)?;
            message!("'{command}' requires a subcommand but one was not provided", command)
        }
        _ => return None,
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near = near.into_iter().find_map(text);
    let valid = [ContextKind::ValidValue, ContextKind::ValidSubcommand];
    let valid = valid.into_iter().find_map(|kind| match error.get(kind) {
        Some(ContextValue::Strings(valid)) if !valid.is_empty() => Some(valid),
        _ => None,
    });
    let mut parts = vec![message!("error: {wrong}", wrong)];
    parts.extend(valid.map(|values| message!("  [possible values: {values}]", values)));
    parts.extend(near.map(|near| message!("\n  tip: did you mean '{near}'?", near)));
    parts.extend(closing(match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => Some(usage),
        _ => None,
    }));
    Some(joined(parts))
}

/// How every usage error ends.
fn closing(usage: Option<&StyledStr>) -> Vec<Message> {
    let usage = usage.map(|usage| {
        let usage = usage.to_string();
        let usage = usage.trim_start_matches("Usage:").trim().to_owned();
        message!("\nUsage: {usage}", usage)
    });
    let help = message!("\nFor more information, try '--help'.");
    usage.into_iter().chain([help]).collect()
}

fn joined(parts: Vec<Message>) -> Message {
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_default();
    parts.fold(first, |before, next| message!("{before}\n{next}", before, next))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn all_help_is_translated_and_no_translation_is_left_over() {
        let asked = RefCell::new(BTreeSet::new());
        let mut command = Arguments::command();
        command.build();
        let record = |text: &str| {
            asked.borrow_mut().insert(text.to_owned());
            text.to_owned()
        };
        drop(localized(command, &record, &Dictionary::english()));
        let asked: BTreeSet<String> =
            asked.into_inner().into_iter().filter(|text| text.contains(char::is_alphabetic)).collect();
        let chinese = Dictionary::chinese();
        let missing: Vec<_> = asked.iter().filter(|text| chinese.help(text).is_none()).collect();
        assert!(missing.is_empty(), "translate in codegen/locales/zh.toml, under [help]: {missing:#?}");
        let unused: Vec<_> = chinese.helps().filter(|text| !asked.contains(*text)).collect();
        assert!(unused.is_empty(), "no help is worded so, remove its translation: {unused:#?}");
    }

    #[test]
    fn no_line_below_the_options_is_too_long_to_be_shown_whole() {
        let commands = |language: &Dictionary| {
            let mut open = vec![command(language)];
            let mut lines = Vec::new();
            while let Some(command) = open.pop() {
                open.extend(command.get_subcommands().cloned());
                let below = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                lines.extend(below.lines().map(str::to_owned));
            }
            lines
        };
        for language in [Dictionary::english(), Dictionary::chinese()] {
            let lines = commands(&language);
            assert!(lines.len() > 20);
            // Without a terminal's width clap breaks lines at a hundred.
            let long: Vec<_> =
                lines.iter().filter(|line| textwrap::core::display_width(line) > 100).collect();
            assert!(long.is_empty(), "{long:#?}");
        }
    }

    #[test]
    fn clap_finds_nothing_wrong_with_the_commands() {
        Arguments::command().debug_assert();
        command(&Dictionary::chinese()).debug_assert();
    }
}
