//! What becomes of the errors of the previous spec: which one goes on as which, the names that a
//! renaming leaves behind, and codes that were given to other errors.

use std::collections::HashMap;
use std::ops::Range;

use im_errors_spec::{ErrorDef, Localized, Message, Removed, Spec, VariantName};

use super::likeness::{fold, is_another};
use super::names::Draft;
use super::{CATALOG_FILE, Inputs, SPEC_FILE, identity, previous, stamp};
use crate::diagnostic::{Finding, rules};
use crate::{Diagnostic, message};

/// For each error of the previous spec the index of the draft that it goes on as.
pub(super) fn heirs(inputs: &Inputs<'_>, drafts: &[Draft]) -> Vec<Option<usize>> {
    let pinned = pinned(drafts);
    let mut documented = HashMap::new();
    let mut named: HashMap<_, Vec<usize>> = HashMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        for identity in identity::documented(&draft.def) {
            documented.entry(identity).or_insert(i);
        }
        named.entry(&draft.def.name).or_default().push(i);
    }
    let heir = |old: &ErrorDef| {
        // Errors that a pattern made one.
        let joined = || {
            let mut identities = identity::documented(old).into_iter();
            let heir = identities.find_map(|identity| documented.get(&identity).copied());
            heir.filter(|i| drafts[*i].reuses() != Some(&old.name))
        };
        // A name given by hand can follow an error to another key, but not to another code.
        let followed = || {
            let same_code = |new: &ErrorDef| new.code == old.code || new.code.is_none() || old.code.is_none();
            named.get(&old.name)?.iter().copied().find(|i| same_code(&drafts[*i].def))
        };
        pinned.get(&old.name).copied().or_else(joined).or_else(followed)
    };
    inputs.previous.iter().flat_map(|spec| &spec.errors).map(heir).collect()
}

/// The draft that each name is pinned to; of several the one that keeps the name.
fn pinned(drafts: &[Draft]) -> HashMap<&VariantName, usize> {
    let mut pinned = HashMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        if let Some(pin) = &draft.pin {
            let heir = pinned.entry(pin).or_insert(i);
            if draft.def.name == *pin {
                *heir = i;
            }
        }
    }
    pinned
}

/// Leaves each draft the former names of the errors that it is, but for those to be forgotten.
pub(super) fn leave_names(inputs: &Inputs<'_>, drafts: &mut [Draft], heirs: &[Option<usize>]) {
    let Some(previous) = inputs.previous else {
        return;
    };
    let mut left: Vec<Vec<VariantName>> = vec![Vec::new(); drafts.len()];
    let pinned = pinned(drafts);
    let errors = previous.errors.iter().zip(heirs);
    let errors = errors.filter_map(|(error, heir)| Some(((*heir)?, &error.name, &error.aliases)));
    let back = previous.removed.iter();
    let back =
        back.filter_map(|removed| Some((*pinned.get(&removed.name)?, &removed.name, &removed.aliases)));
    let mut former: Vec<_> = errors.chain(back).collect();
    // Its own come first, so that its list only grows.
    former.sort_by_key(|(heir, name, _)| drafts[*heir].pin.as_ref() != Some(*name));
    for (heir, name, aliases) in former {
        left[heir].extend(aliases.iter().chain([name]).cloned());
    }
    for (draft, names) in drafts.iter_mut().zip(left) {
        let forgotten = draft.said.as_ref().map(|said| said.forget_aliases.as_slice()).unwrap_or_default();
        for name in names {
            let aliases = &mut draft.def.aliases;
            if name != draft.def.name && !forgotten.contains(&name) && !aliases.contains(&name) {
                aliases.push(name);
            }
        }
    }
}

/// Errors with a former name of another one. Names are set by hand alone then: none is proposed
/// that was known.
pub(super) fn names_of_aliases(drafts: &[Draft]) -> Vec<Finding> {
    let aliases = drafts.iter().flat_map(|draft| draft.def.aliases.iter().map(move |alias| (alias, draft)));
    let aliases: HashMap<_, _> = aliases.collect();
    let again = set_names(drafts).filter_map(|(name, span)| Some((name, span, *aliases.get(name)?)));
    again
        .map(|(name, span, other)| {
            let key = &other.key;
            let message =
                message!("`{name}` is a former name of `{other}`", name, other = other.def.name.as_str());
            let help = message!(
                "choose another name: enums with this one are told to use `{other}`; or give that up with `forget_aliases = [\"{name}\"]` at `{key}`",
                other = other.def.name.as_str(),
                name,
                key
            );
            let diagnostic = Diagnostic::at(&rules::NAME_OF_ALIAS, span, message).with_help(help);
            Finding::new(CATALOG_FILE, diagnostic)
        })
        .collect()
}

/// The errors that the catalog gives the name of a removed one.
pub(super) fn names_of_removed(removed: &Removed, drafts: &[Draft]) -> Vec<Finding> {
    let is_its = |name: &VariantName| *name == removed.name || removed.aliases.contains(name);
    let again = set_names(drafts).filter(|(name, _)| is_its(name));
    let finding = |(name, span)| {
        let message = message!(
            "`{name}` is the name of `{key}`, which the vendor has removed",
            name,
            key = removed.key
        );
        Finding::new(CATALOG_FILE, Diagnostic::at(&rules::NAME_OF_REMOVED, span, message))
    };
    again.map(finding).collect()
}

/// The names that the catalog gives, and where.
fn set_names(drafts: &[Draft]) -> impl Iterator<Item = (&VariantName, Range<usize>)> {
    drafts.iter().filter_map(|draft| Some((&draft.def.name, draft.set_name()?)))
}

/// Codes that stand for another error than before, or may, and nobody has said which it is.
pub(super) fn reused(inputs: &Inputs<'_>, drafts: &[Draft], removed: &[Removed]) -> Vec<Finding> {
    let Some(previous) = inputs.previous else {
        return Vec::new();
    };
    let there: HashMap<_, _> = previous.errors.iter().map(|error| (&error.name, error)).collect();
    let gone: HashMap<_, _> = previous.removed.iter().map(|removed| (&removed.name, removed)).collect();
    let coded = drafts.iter().filter(|draft| draft.def.code.is_some());
    let finding = |draft: &Draft| {
        if draft.reuses().is_some() {
            return unknown_reuse(draft, removed);
        }
        let pin = draft.pin.as_ref()?;
        if let Some(removed) = gone.get(pin) {
            return came_back(previous, draft, removed);
        }
        let old = there.get(pin)?;
        let is_settled = draft.said_reuse().is_some();
        (!is_settled && means_another(inputs, old, &draft.def))
            .then(|| repurposed(inputs, previous, draft, old))
    };
    coded.filter_map(finding).collect()
}

/// What is said to have had the code and did not.
fn unknown_reuse(draft: &Draft, removed: &[Removed]) -> Option<Finding> {
    let said = draft.said_reuse()?;
    let name = said.value.as_ref()?;
    if removed.iter().any(|removed| removed.name == *name && removed.key == draft.key) {
        return None;
    }
    let message = if draft.def.name == *name {
        message!("`{name}` cannot take over its own code", name)
    } else {
        message!("no removed error `{name}` had the code {code}", name, code = draft.key.as_str())
    };
    let help = message!("name the error that had the code in `reuses`, and give this one a new `name`");
    let diagnostic = Diagnostic::at(&rules::REUSED_CODE, said.span.clone(), message).with_help(help);
    Some(Finding::new(CATALOG_FILE, diagnostic))
}

/// The code of a removed error, which says nothing of what it means now.
fn came_back(previous: &Spec, draft: &Draft, removed: &Removed) -> Option<Finding> {
    let is_named = draft.said.as_ref().is_some_and(|said| {
        said.name.as_ref().is_some_and(|name| name.value == removed.name) || said.reuses.is_some()
    });
    if is_named {
        return None;
    }
    let (code, name) = (draft.key.as_str(), &removed.name);
    let place = place(previous, name);
    let message = match &removed.edition {
        Some(edition) => message!(
            "the code {code} was `{name}`, which the vendor has removed in the edition of {edition} ({place})",
            code,
            name,
            edition,
            place
        ),
        None => message!(
            "the code {code} was `{name}`, which the vendor has removed ({place})",
            code,
            name,
            place
        ),
    };
    Some(unsettled(draft, name, message))
}

/// A code whose message and summary are about something else.
fn repurposed(inputs: &Inputs<'_>, previous: &Spec, draft: &Draft, old: &ErrorDef) -> Finding {
    let was = old.message.as_ref().map(ToString::to_string);
    let was = was.or_else(|| summary(inputs, &old.summary).map(str::to_owned)).unwrap_or_default();
    let message = message!(
        "the code {code} was `{name}`, `{was}` ({place}), and now has nothing in common with it",
        code = draft.key.as_str(),
        name = old.name,
        was,
        place = place(previous, &old.name)
    );
    unsettled(draft, &old.name, message)
}

fn unsettled(draft: &Draft, name: &VariantName, message: Message) -> Finding {
    let help = message!(
        "say which it is in catalog.toml: another error, `\"{code}\" = {{ name = \"…\", reuses = \"{name}\" }}`; or the same one, `\"{code}\" = {{ reuses = false }}`",
        code = draft.key.as_str(),
        name
    );
    let diagnostic = Diagnostic::at(&rules::REUSED_CODE, draft.span.clone(), message).with_help(help);
    Finding::new(&draft.file, diagnostic)
}

/// Where the previous spec has an error.
fn place(previous: &Spec, name: &VariantName) -> String {
    format!("{SPEC_FILE}:{}", previous::line_of(previous, name))
}

fn summary<'t>(inputs: &Inputs<'_>, texts: &'t Localized) -> Option<&'t str> {
    texts.get(&inputs.catalog.locale).map(|text| text.text.as_str())
}

/// Whether what the page says of a code is about something else, as the diff judges it.
fn means_another(inputs: &Inputs<'_>, old: &ErrorDef, new: &ErrorDef) -> bool {
    let pattern = |error: &ErrorDef| error.message.as_ref().map(ToString::to_string);
    let (before, after) = (pattern(old), pattern(new));
    let message = match (&before, &after) {
        (Some(before), Some(after)) if fold(before) != fold(after) => {
            Some([Some(before.as_str()), Some(after.as_str())])
        }
        _ => None,
    };
    let is_silent = before.is_none() && after.is_none();
    let (was, is) = (summary(inputs, &old.summary), summary(inputs, &new.summary));
    let told_anew = was.map(stamp) != is.map(stamp);
    is_another(message, is_silent, told_anew.then_some([was, is]).into_iter())
}
