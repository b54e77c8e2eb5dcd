//! Which errors a selector means, and how specific it is.

use std::cmp::Reverse;

use im_errors_spec::{ErrorDef, HttpStatus, Message, Removed, Spec, message, tree::closest};

use crate::attr::SelectorKind;

/// How specific a selector is; the greater wins. Of ranges the narrower is.
pub(crate) type Specificity = (u8, Reverse<u64>);

impl SelectorKind {
    /// Whether it means `error`.
    pub(crate) fn means(&self, error: &ErrorDef) -> bool {
        match self {
            Self::Ident(name) | Self::Name(name) => {
                let mut names = error.aliases.iter().chain([&error.name]);
                names.any(|known| known.as_str() == name)
            }
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

    /// Whether it is a name.
    pub(crate) fn is_name(&self) -> bool {
        matches!(self, Self::Ident(_) | Self::Name(_))
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
    pub(crate) fn explain_nothing(&self, spec: &Spec, place: impl Fn(usize) -> String) -> Message {
        let catalog = &spec.catalog;
        match self {
            Self::Ident(name) | Self::Name(name) => self.no_name(name, spec, place),
            Self::Codes(codes) if codes.start() == codes.end() => {
                let code = *codes.start();
                let removed = spec.removed.iter().find(|removed| removed.key == code.to_string());
                match removed.map(|removed| (&removed.name, &removed.edition)) {
                    Some((name, Some(edition))) => message!(
                        "the vendor has removed the code {code} of `{catalog}` in the edition of {edition}; it was `{name}`",
                        code,
                        catalog,
                        edition,
                        name
                    ),
                    Some((name, None)) => message!(
                        "the vendor has removed the code {code} of `{catalog}`; it was `{name}`",
                        code,
                        catalog,
                        name
                    ),
                    None => no_code(spec, code, place),
                }
            }
            Self::Codes(codes) => {
                let (start, end) = (*codes.start(), *codes.end());
                message!("`{catalog}` has no code from {start} to {end}", catalog, start, end)
            }
            Self::Error(kind) => {
                let known = spec.errors.iter().filter_map(|error| error.error.as_deref());
                let message = message!("`{catalog}` has no error type `{kind}`", catalog, kind);
                suggest(message, closest(kind, known))
            }
            Self::Status(status) => {
                message!("`{catalog}` has no error with the status {status}", catalog, status)
            }
            Self::Group(group) => {
                let known = spec.groups.iter().map(|group| group.id.as_str());
                suggest(message!("`{catalog}` has no group `{group}`", catalog, group), closest(group, known))
            }
        }
    }

    fn no_name(&self, name: &str, spec: &Spec, place: impl Fn(usize) -> String) -> Message {
        let wrong = message!("`{catalog}` has no error `{name}`", catalog = spec.catalog, name);
        if let Some(Removed { key, edition, .. }) = spec
            .removed
            .iter()
            .find(|removed| removed.aliases.iter().chain([&removed.name]).any(|known| known.as_str() == name))
        {
            return match edition {
                Some(edition) => message!(
                    "{wrong}: the vendor has removed `{key}` in the edition of {edition}",
                    wrong,
                    key,
                    edition
                ),
                None => message!("{wrong}: the vendor has removed `{key}`", wrong, key),
            };
        }
        let near = closest(name, spec.errors.iter().map(|error| error.name.as_str()));
        let near = near
            .and_then(|near| Some((near, spec.errors.iter().position(|error| error.name.as_str() == near)?)));
        match near {
            Some((near, at)) => {
                message!("{wrong}; did you mean `{near}` ({place})?", wrong, near, place = place(at))
            }
            None if matches!(self, Self::Ident(_)) => message!(
                "{wrong}; name one with `#[im_error(name = \"…\")]`, or mark your own variant `#[im_error(skip)]`",
                wrong
            ),
            None => wrong,
        }
    }
}

fn suggest(wrong: Message, near: Option<&str>) -> Message {
    match near {
        Some(near) => message!("{wrong}; did you mean `{near}`?", wrong, near),
        None => wrong,
    }
}

fn no_code(spec: &Spec, code: i64, place: impl Fn(usize) -> String) -> Message {
    let catalog = &spec.catalog;
    let coded = spec
        .errors
        .iter()
        .enumerate()
        .filter_map(|(at, error)| Some((error.code?.abs_diff(code), at, error)));
    match coded.min_by_key(|(distance, ..)| *distance) {
        Some((_, at, error)) => message!(
            "`{catalog}` has no code {code}; the nearest is {near}, `{name}` ({place})",
            catalog,
            code,
            near = error.key(),
            name = error.name,
            place = place(at)
        ),
        None => message!(
            "`{catalog}` has no code {code}, and no codes at all; select by `name`, `error` or `status`",
            catalog,
            code
        ),
    }
}
