//! Which language the tool speaks: that of `--lang`, else that of the environment.

use std::ffi::OsString;

use clap::ValueEnum;
use im_errors_codegen::Dictionary;

/// A language of the tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// Chinese
    Zh,
}

impl Language {
    /// The language of a locale's name such as `zh_CN.UTF-8`.
    fn of(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") { Self::Zh } else { Self::En }
    }

    fn dictionary(self) -> Dictionary {
        match self {
            Self::En => Dictionary::english(),
            Self::Zh => Dictionary::chinese(),
        }
    }
}

/// The languages to speak to people and to programs in.
#[derive(Debug)]
pub(crate) struct Spoken {
    pub(crate) people: Dictionary,
    /// English unless another language is asked for by name: what programs read does not depend on
    /// who runs the tool.
    pub(crate) programs: Dictionary,
}

/// The tool's own variable, then those of POSIX in their order.
const VARIABLES: [&str; 4] = ["IM_ERRORS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

impl Spoken {
    /// Decides from the arguments before they are parsed, as their mistakes are told in that
    /// language too. A language that is none is left to the parser to refuse.
    pub(crate) fn new(arguments: &[OsString], variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let asked = asked(arguments).and_then(|value| Language::from_str(&value, false).ok());
        // POSIX takes an empty variable as unset.
        let set = VARIABLES.iter().filter_map(|name| variable(name)).find(|value| !value.is_empty());
        let usual = set.map_or(Language::En, |value| Language::of(&value.to_string_lossy()));
        Self {
            people: asked.unwrap_or(usual).dictionary(),
            programs: asked.unwrap_or(Language::En).dictionary(),
        }
    }
}

/// The value of `--lang`.
fn asked(arguments: &[OsString]) -> Option<String> {
    let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy());
    let mut arguments = arguments.by_ref().take_while(|argument| argument != "--");
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix("--lang") {
            Some("") => return arguments.next().map(|value| value.into_owned()),
            Some(value) if value.starts_with('=') => return Some(value[1..].to_owned()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(arguments: &[&str], variables: &[(&str, &str)]) -> (bool, bool) {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        let Spoken { people, programs } = Spoken::new(&arguments, variable);
        (!people.is_english(), !programs.is_english())
    }

    #[test]
    fn the_first_that_is_set_decides() {
        let chinese = |variables: &[(&str, &str)]| spoken(&["build"], variables).0;
        assert!(!chinese(&[]));
        assert!(chinese(&[("LANG", "zh_CN.UTF-8")]));
        assert!(!chinese(&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_GB.UTF-8")]));
        assert!(chinese(&[("LC_MESSAGES", "en_GB"), ("LC_ALL", "zh")]));
        assert!(!chinese(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]));
        assert!(!chinese(&[("LC_ALL", "POSIX")]));
        assert!(chinese(&[("LC_ALL", ""), ("LANG", "zh_TW")]));
        assert!(chinese(&[("LC_ALL", "C"), ("IM_ERRORS_LANG", "zh-Hans")]));
        assert!(!chinese(&[("IM_ERRORS_LANG", "en"), ("LANG", "zh_CN.UTF-8")]));
        assert!(!chinese(&[("LANG", "zhx")]) && !chinese(&[("LANG", "ja_JP.UTF-8")]));
    }

    #[test]
    fn the_option_is_above_the_environment_and_alone_counts_for_programs() {
        let chinese = [("LC_ALL", "zh_CN.UTF-8")];
        assert_eq!(spoken(&["parse", "page.md"], &chinese), (true, false));
        assert_eq!(spoken(&["parse", "--lang", "zh"], &[]), (true, true));
        assert_eq!(spoken(&["--lang=zh", "parse"], &[]), (true, true));
        assert_eq!(spoken(&["--lang", "en"], &chinese), (false, false));
        assert_eq!(spoken(&["--lang", "ja"], &chinese), (true, false));
        assert_eq!(spoken(&["--lang"], &chinese), (true, false));
        assert_eq!(spoken(&["parse", "--", "--lang", "zh"], &[]), (false, false));
        assert_eq!(spoken(&["--language=zh"], &[]), (false, false));
    }
}
