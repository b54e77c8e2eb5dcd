//! What must hold in a spec beyond its form.

use std::collections::HashSet;

use crate::tree::Problems;
use crate::{Locale, Message, SpecFile, message};

/// An alias leads to one error alone.
fn validate_aliases(file: &SpecFile, problems: &Problems) {
    let spec = &file.spec;
    let there = spec.errors.iter().map(|error| &error.name);
    let names: HashSet<_> = there.chain(spec.removed.iter().map(|removed| &removed.name)).collect();
    let errors = spec.errors.iter().zip(&file.spans);
    let errors = errors.map(|(error, span)| (&error.name, &error.aliases, span.clone()));
    // Of a removed error the place is not kept.
    let removed = spec.removed.iter().map(|removed| (&removed.name, &removed.aliases, 0..0));
    let mut known = HashSet::new();
    for (name, aliases, span) in errors.chain(removed) {
        for alias in aliases {
            let message = if names.contains(alias) {
                message!("`{alias}`, an alias of `{name}`, is the name of an error", alias, name)
            } else if !known.insert(alias) {
                message!("`{alias}`, an alias of `{name}`, is an alias already", alias, name)
            } else {
                continue;
            };
            let help = message!("a former name leads to one error: leave it out of `aliases`");
            problems.push("duplicate-alias", span.clone(), message, help);
        }
    }
}

/// Reports each breach at the error it is in.
pub(crate) fn validate(file: &SpecFile, problems: &Problems) {
    let spec = &file.spec;
    let mut names = HashSet::new();
    let mut keys = HashSet::new();
    for (error, span) in spec.errors.iter().zip(&file.spans) {
        let report = |code, message: Message, help: Message| problems.push(code, span.clone(), message, help);
        if !spec.groups.iter().any(|group| group.id == error.group) {
            let message = message!(
                "`{name}` is in the group `{group}`, which does not exist",
                name = error.name,
                group = error.group
            );
            report("unknown-group", message, message!("name one of the [[group]] tables above"));
        }
        if !names.insert(&error.name) {
            let message = message!("two errors are named `{name}`", name = error.name);
            report("duplicate-name", message, message!("give one of them another name"));
        }
        if !keys.insert((&error.group, error.key())) {
            let message = message!(
                "the group `{group}` has two errors with the key `{key}`",
                group = error.group,
                key = error.key()
            );
            report("duplicate-key", message, message!("join them, as cases of one error"));
        }
        let identity = error.code.is_some()
            || error.http_status.is_some()
            || error.error.is_some()
            || error.message.is_some();
        if !identity || error.cases.is_empty() {
            let message =
                message!("nothing tells how `{name}` is recognised, or where it is from", name = error.name);
            report(
                "no-identity",
                message,
                message!("an error has a code, a status, a type or a message, and a case"),
            );
        }
        let foreign = |locale: &Locale| spec.title.get(locale).is_none() && *locale != spec.locale;
        let cases = error.cases.iter().flat_map(|case| [&case.cause, &case.remedy]);
        let mut spoken = std::iter::once(&error.summary).chain(cases).flat_map(|texts| texts.0.keys());
        if let Some(locale) = spoken.find(|locale| foreign(locale)) {
            let message = message!(
                "`{name}` speaks `{locale}`, which the spec's title does not",
                name = error.name,
                locale
            );
            report("unknown-locale", message, message!("give the title in each of the spec's languages"));
        }
    }
    validate_aliases(file, problems);
    for removed in &spec.removed {
        if names.contains(&removed.name) {
            let message = message!(
                "`{name}` is the name of a removed error and of one that is there",
                name = removed.name
            );
            problems.push(
                "duplicate-name",
                0..0,
                message,
                message!("the name of a removed error is not given again"),
            );
        }
    }
    let editions = spec.editions.iter().zip(&file.edition_spans);
    for (before, (edition, span)) in spec.editions.iter().zip(editions.skip(1)) {
        if edition.date <= before.date {
            let message = message!(
                "the edition of {date} comes after that of {before}",
                date = edition.date.to_string(),
                before = before.date.to_string()
            );
            let help = message!("editions are in the order of their dates, one for each");
            problems.push("edition-order", span.clone(), message, help);
        }
    }
}
