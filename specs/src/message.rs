//! A sentence for people, as a template and what fills it, so that it can be shown in any language.
//!
//! English is the template itself; a translation is another template with the same holes. Holes are
//! `{name}`, or `{name:one|other}` where a word depends on a number; `{{` and `}}` are braces.
//!
//! ```
//! use im_errors_spec::message;
//!
//! let name = "UserNotFound";
//! let message = message!("there is no error `{name}` in {n} {n:file|files}", name, n = 2_usize);
//! assert_eq!(message.to_string(), "there is no error `UserNotFound` in 2 files");
//! let chinese = message.render(&|template| {
//!     assert_eq!(template, "there is no error `{name}` in {n} {n:file|files}");
//!     Some("{n} 个文件中都没有错误 `{name}`")
//! });
//! assert_eq!(chinese, "2 个文件中都没有错误 `UserNotFound`");
//! ```

use std::fmt;

/// A template in English with its arguments. Made by [`message!`](crate::message!); the default is
/// empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    template: &'static str,
    arguments: Box<[(&'static str, Argument)]>,
}

/// What fills a hole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A name, a number, an excerpt: the same in every language.
    Text(String),
    /// A phrase.
    Message(Message),
    /// Several of them, with [`SEPARATOR`] between.
    List(Vec<Argument>),
}

/// What is between the items of a list; a template like any other.
pub const SEPARATOR: &str = ", ";

/// Gives the template of another language for an English one, if it has one.
pub type Translate<'a> = &'a dyn Fn(&str) -> Option<&'a str>;

impl Message {
    /// A template with what fills its holes.
    #[must_use]
    pub fn new(template: &'static str, arguments: Vec<(&'static str, Argument)>) -> Self {
        Self { template, arguments: arguments.into() }
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.template.is_empty()
    }

    /// The text in another language, in English where that has no translation.
    #[must_use]
    pub fn render(&self, translate: Translate<'_>) -> String {
        let mut out = String::new();
        for part in parts(translate(self.template).unwrap_or(self.template)) {
            match part {
                TemplatePart::Text(text) => out.push_str(text),
                TemplatePart::Hole(name, forms) => {
                    let argument = self.arguments.iter().find(|(known, _)| *known == name);
                    let text = argument.map(|(_, argument)| argument.render(translate)).unwrap_or_default();
                    match forms {
                        Some((one, other)) => out.push_str(if text == "1" { one } else { other }),
                        None => out.push_str(&text),
                    }
                }
            }
        }
        out
    }
}

impl Argument {
    fn render(&self, translate: Translate<'_>) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Message(message) => message.render(translate),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(|item| item.render(translate)).collect();
                items.join(translate(SEPARATOR).unwrap_or(SEPARATOR))
            }
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&|_| None))
    }
}

impl std::error::Error for Message {}

/// The names of the holes of a template, in their order.
#[must_use]
pub fn holes(template: &str) -> Vec<&str> {
    let hole = |part| match part {
        TemplatePart::Hole(name, _) => Some(name),
        TemplatePart::Text(_) => None,
    };
    parts(template).into_iter().filter_map(hole).collect()
}

enum TemplatePart<'t> {
    Text(&'t str),
    /// With the forms for one and for any other number.
    Hole(&'t str, Option<(&'t str, &'t str)>),
}

fn parts(template: &str) -> Vec<TemplatePart<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let brace = &rest[at..=at];
        let after = &rest[at + 1..];
        if let Some(behind) = after.strip_prefix(brace) {
            parts.push(TemplatePart::Text(&rest[..=at]));
            rest = behind;
            continue;
        }
        let Some((hole, behind)) = after.split_once('}').filter(|_| brace == "{") else {
            break;
        };
        parts.push(TemplatePart::Text(&rest[..at]));
        let (name, forms) = hole.split_once(':').map_or((hole, None), |(name, forms)| (name, Some(forms)));
        parts.push(TemplatePart::Hole(
            name,
            forms.map(|forms| forms.split_once('|').unwrap_or((forms, forms))),
        ));
        rest = behind;
    }
    parts.push(TemplatePart::Text(rest));
    parts
}

/// What can fill a hole.
pub trait ToArgument {
    /// It as an argument.
    fn to_argument(&self) -> Argument;
}

impl ToArgument for Argument {
    fn to_argument(&self) -> Argument {
        self.clone()
    }
}

impl ToArgument for Message {
    fn to_argument(&self) -> Argument {
        Argument::Message(self.clone())
    }
}

impl<T: ToArgument> ToArgument for [T] {
    fn to_argument(&self) -> Argument {
        Argument::List(self.iter().map(ToArgument::to_argument).collect())
    }
}

impl<T: ToArgument> ToArgument for Vec<T> {
    fn to_argument(&self) -> Argument {
        self.as_slice().to_argument()
    }
}

impl<T: ToArgument + ?Sized> ToArgument for &T {
    fn to_argument(&self) -> Argument {
        (**self).to_argument()
    }
}

macro_rules! shown {
    ($($kind:ty),*) => {
        $(impl ToArgument for $kind {
            fn to_argument(&self) -> Argument {
                Argument::Text(self.to_string())
            }
        })*
    };
}

shown!(str, String, u16, usize, i64, crate::HttpStatus, crate::Locale, crate::Pattern, crate::VariantName);

/// A [`Message`](crate::Message): `message!("no error `{name}` in {file}", name, file = path)`.
///
/// Each hole is given by a variable of its name, or as `name = value`.
#[macro_export]
macro_rules! message {
    ($template:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::Message::new($template, vec![$((stringify!($name), $crate::message!(@ $name $($value)?))),*])
    };
    (@ $name:ident) => { $crate::ToArgument::to_argument(&$name) };
    (@ $name:ident $value:expr) => { $crate::ToArgument::to_argument(&$value) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_choose_their_word() {
        let message = |n: usize| crate::message!("{n} {n:error|errors}", n).to_string();
        assert_eq!(
            (message(1), message(0), message(21)),
            ("1 error".into(), "0 errors".into(), "21 errors".into())
        );
    }

    #[test]
    fn what_fills_a_hole_is_no_template() {
        let user = "{name}";
        assert_eq!(crate::message!("`{user}`", user).to_string(), "`{name}`");
    }

    #[test]
    fn braces_are_written_twice() {
        assert_eq!(crate::message!("write `{{ text = … }}`").to_string(), "write `{ text = … }`");
        assert_eq!(holes("{{a}} {b} {c:x|y}"), ["b", "c"]);
    }

    #[test]
    fn phrases_and_lists_are_translated_too() {
        let chinese = |template: &str| match template {
            "there are: {known}" => Some("已有：{known}"),
            "column {n}" => Some("第 {n} 列"),
            SEPARATOR => Some("、"),
            _ => None,
        };
        let known: Vec<_> = (1..=2_usize).map(|n| crate::message!("column {n}", n)).collect();
        let message = crate::message!("there are: {known}", known);
        assert_eq!(message.render(&chinese), "已有：第 1 列、第 2 列");
        assert_eq!(message.to_string(), "there are: column 1, column 2");
    }
}
