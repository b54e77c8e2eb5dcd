//! Which errors a selector means, and how specific it is.

use std::cmp::Reverse;

use im_errors_spec::{ErrorDef, HttpStatus, Spec, tree::closest};

use crate::attr::SelectorKind;

/// How specific a selector is; the greater wins. Of ranges the narrower is.
pub(crate) type Specificity = (u8, Reverse<u64>);

impl SelectorKind {
    /// Whether it means `error`.
    pub(crate) fn means(&self, error: &ErrorDef) -> bool {
        match self {
            Self::Ident(name) | Self::Name(name) => error.name.as_str() == name,
            Self::Codes(codes) => error.code.is_some_and(|code| codes.contains(&code)),
            Self::Error(kind) => error.error.as_ref() == Some(kind),
            Self::Status(HttpStatus::Class(class)) => match error.http_status {
                Some(HttpStatus::Exact(status)) => status / 100 == u16::from(*class),
                Some(HttpStatus::Class(found)) => found == *class,
                None => false,
            },
            Self::Status(status) => error.http_status == Some(*status),
            Self::Group(group) => error.group == *group,
        }
    }

    /// How specific it is.
    pub(crate) fn specificity(&self) -> Specificity {
        match self {
            Self::Ident(_) | Self::Name(_) => (6, Reverse(0)),
            Self::Codes(codes) => (5, Reverse(codes.end().abs_diff(*codes.start()))),
            Self::Error(_) => (4, Reverse(0)),
            Self::Status(HttpStatus::Exact(_)) => (3, Reverse(0)),
            Self::Status(HttpStatus::Class(_)) => (2, Reverse(0)),
            Self::Group(_) => (1, Reverse(0)),
        }
    }

    /// Why it means nothing in `spec`, and what was probably meant.
    pub(crate) fn explain_nothing(&self, spec: &Spec, place: impl Fn(usize) -> String) -> String {
        let catalog = &spec.catalog;
        match self {
            Self::Ident(name) | Self::Name(name) => {
                let mut message = format!("`{catalog}` has no error `{name}`");
                if let Some(removed) = spec.removed.iter().find(|removed| removed.name.as_str() == name) {
                    let edition =
                        removed.edition.as_ref().map(|edition| format!(" in the edition of {edition}"));
                    return format!(
                        "{message}: the vendor has removed `{}`{}",
                        removed.key,
                        edition.unwrap_or_default()
                    );
                }
                let near = closest(name, spec.errors.iter().map(|error| error.name.as_str()));
                match near.and_then(|near| {
                    Some((near, spec.errors.iter().position(|error| error.name.as_str() == near)?))
                }) {
                    Some((near, at)) => {
                        message.push_str(&format!("; did you mean `{near}` ({})?", place(at)))
                    }
                    None if matches!(self, Self::Ident(_)) => {
                        message.push_str("; name one with `#[im_error(name = \"…\")]`, or mark your own variant `#[im_error(skip)]`");
                    }
                    None => {}
                }
                message
            }
            Self::Codes(codes) if codes.start() == codes.end() => {
                let code = codes.start();
                let removed = spec.removed.iter().find(|removed| removed.key == code.to_string());
                match removed {
                    Some(removed) => format!(
                        "the vendor has removed the code {code} of `{catalog}`, which was `{}`",
                        removed.name
                    ),
                    None => format!("`{catalog}` has no code {code}{}", nearest_code(spec, *code, place)),
                }
            }
            Self::Codes(codes) => {
                format!("`{catalog}` has no code from {} to {}", codes.start(), codes.end())
            }
            Self::Error(kind) => {
                let known = spec.errors.iter().filter_map(|error| error.error.as_deref());
                suggest(format!("`{catalog}` has no error type `{kind}`"), closest(kind, known))
            }
            Self::Status(status) => format!("`{catalog}` has no error with the status {status}"),
            Self::Group(group) => {
                let known = spec.groups.iter().map(|group| group.id.as_str());
                suggest(format!("`{catalog}` has no group `{group}`"), closest(group, known))
            }
        }
    }
}

fn suggest(message: String, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => message,
    }
}

fn nearest_code(spec: &Spec, code: i64, place: impl Fn(usize) -> String) -> String {
    let coded = spec
        .errors
        .iter()
        .enumerate()
        .filter_map(|(at, error)| Some((error.code?.abs_diff(code), at, error)));
    let Some((_, at, error)) = coded.min_by_key(|(distance, ..)| *distance) else {
        return ", and no codes at all; select by `name`, `error` or `status`".to_owned();
    };
    format!("; the nearest is {}, `{}` ({})", error.key(), error.name, place(at))
}
