//! Which variant stands for which error, and everything that is wrong about it.

use std::collections::HashMap;

use im_errors_match::{Part, same};
use im_errors_spec::{ErrorDef, Locale, Message, Pattern, message};
use proc_macro2::Span;
use syn::Fields;
use syn::ext::IdentExt;

use crate::Mistake;
use crate::ast::{Input, Kind, Variant};
use crate::attr::{Selector, SelectorKind};
use crate::source::Source;

/// The errors that variants stand for, each with the index of its variant; by variant, then in
/// the order of the spec.
pub struct Coverage {
    /// Index of the error in the spec, index of its variant.
    pub errors: Vec<(usize, usize)>,
    /// The errors, by index, that no variant stands for although one should.
    pub missing: Vec<usize>,
    /// The errors, by index, that a partial enum leaves out.
    pub left_out: Vec<usize>,
    /// The former names that variants use; they stand for the errors all the same.
    pub renamed: Vec<Renamed>,
}

/// A former name of an error in an enum.
pub struct Renamed {
    /// The variant's name, or the text of `name = "…"`.
    pub span: Span,
    /// It is the variant's name.
    pub is_ident: bool,
    /// The former name.
    pub former: String,
    /// Index of the error in the spec.
    pub error: usize,
    /// Another variant selects the error by name.
    pub is_taken: bool,
}

impl Renamed {
    /// What is wrong, and what to write.
    #[must_use]
    pub fn mistake(&self, source: &Source) -> Mistake {
        let name = source.file.spec.errors[self.error].name.as_str();
        let wrong = message!(
            "`{former}` was renamed to `{name}` by its catalog ({place})",
            former = self.former.as_str(),
            name,
            place = source.place(self.error)
        );
        let message = match (self.is_taken, self.is_ident) {
            (true, _) => message!("{wrong}, which another variant stands for; remove this one", wrong),
            (false, true) => message!(
                "{wrong}; write `{name}`, or keep your variant's name with `#[im_error(name = \"{name}\")]`",
                wrong,
                name
            ),
            (false, false) => message!("{wrong}; write `name = \"{name}\"`", wrong, name),
        };
        Mistake::new(self.span, message)
    }
}

/// Decides the coverage; all findings go to `errors`.
pub fn cover(input: &Input<'_>, source: &Source, errors: &mut Vec<Mistake>) -> Coverage {
    let names = source.file.spec.errors.iter().enumerate();
    let by_name = names.clone().map(|(at, error)| (error.name.as_str(), at)).collect();
    let aliases = names.flat_map(|(at, error)| error.aliases.iter().map(move |alias| (alias.as_str(), at)));
    let checker = Checker { input, source, by_name, by_alias: aliases.collect() };
    checker.groups(errors);
    checker.other(errors);
    checker.display(errors);
    let claims = checker.claims(errors);
    let unclaimed = checker.unclaimed(&claims);
    let (missing, left_out) = match input.attrs.partial {
        None => (unclaimed, Vec::new()),
        Some(_) => (Vec::new(), unclaimed),
    };
    checker.idle(&claims, errors);
    checker.fields(&claims, errors);
    checker.holes(&claims, errors);
    checker.ambiguous(&claims, errors);
    let by_variant = claims.errors.iter().enumerate();
    let covered =
        by_variant.flat_map(|(variant, errors)| errors.iter().map(move |error| (*error, variant))).collect();
    Coverage { errors: covered, missing, left_out, renamed: claims.renamed }
}

/// Two variants that select an error as specifically.
struct Tie<'a> {
    error: usize,
    variant: usize,
    other: usize,
    selector: &'a Selector,
}

struct Checker<'a> {
    input: &'a Input<'a>,
    source: &'a Source,
    by_name: HashMap<&'a str, usize>,
    by_alias: HashMap<&'a str, usize>,
}

/// Which variant stands for which error.
struct Claims {
    /// Per error of the spec its variant.
    variants: Vec<Option<usize>>,
    /// Per variant its errors.
    errors: Vec<Vec<usize>>,
    /// Per variant whether it selects any error at all.
    selects: Vec<bool>,
    /// The former names that variants use.
    renamed: Vec<Renamed>,
}

impl<'a> Checker<'a> {
    fn spec_errors(&self) -> &'a [ErrorDef] {
        &self.source.file.spec.errors
    }

    /// Whether an error is in the groups that the enum is about.
    fn is_meant(&self, error: &ErrorDef) -> bool {
        let groups = &self.input.attrs.groups;
        groups.is_empty() || groups.iter().any(|group| group.value() == error.group)
    }

    fn variants(&self) -> impl Iterator<Item = (usize, &'a Variant<'a>, &'a [Selector])> {
        self.input.variants.iter().enumerate().filter_map(|(at, variant)| match &variant.kind {
            Kind::Errors(selectors) => Some((at, variant, selectors.as_slice())),
            Kind::Skip | Kind::Other => None,
        })
    }

    fn groups(&self, errors: &mut Vec<Mistake>) {
        let spec = &self.source.file.spec;
        for group in &self.input.attrs.groups {
            let id = group.value();
            if !spec.groups.iter().any(|known| known.id == id) {
                let known: Vec<_> = spec.groups.iter().map(|group| group.id.as_str()).collect();
                let message = message!(
                    "`{catalog}` has no group `{id}`; there are: {known}",
                    catalog = spec.catalog,
                    id,
                    known
                );
                errors.push(Mistake::new(group.span(), message));
            }
        }
    }

    fn other(&self, errors: &mut Vec<Mistake>) {
        let others = self.input.variants.iter().filter(|variant| matches!(variant.kind, Kind::Other));
        for variant in others.skip(1) {
            errors.push(Mistake::new(variant.ident.span(), message!("one `other` variant is enough")));
        }
        if let (Some(partial), None) = (self.input.attrs.partial, self.input.other()) {
            let message = message!(
                "a partial enum needs a variant for the rest: `#[im_error(other)] Other(im_errors::Unrecognized)`"
            );
            errors.push(Mistake::new(partial, message));
        }
    }

    fn display(&self, errors: &mut Vec<Mistake>) {
        let Some(display) = &self.input.attrs.display else {
            return;
        };
        let spec = &self.source.file.spec;
        let known = Locale::new(&display.value()).is_some_and(|locale| spec.title.get(&locale).is_some());
        if !known {
            let known: Vec<_> = spec.title.0.keys().map(|locale| format!("\"{locale}\"")).collect();
            let message = message!(
                "`{catalog}` has no texts in \"{locale}\", only in {known}",
                catalog = spec.catalog,
                locale = display.value(),
                known
            );
            errors.push(Mistake::new(display.span(), message));
        }
    }

    /// The errors that a selector means, in the groups that the enum is about.
    fn meant_by(&self, selector: &Selector) -> Vec<usize> {
        let errors = self.spec_errors();
        let found: Vec<usize> = match &selector.kind {
            // Most selectors are names, and there can be ten thousand of them.
            SelectorKind::Ident(name) | SelectorKind::Name(name) => {
                self.by_name.get(name.as_str()).copied().into_iter().collect()
            }
            kind => (0..errors.len()).filter(|at| kind.means(&errors[*at])).collect(),
        };
        found.into_iter().filter(|at| self.is_meant(&errors[*at])).collect()
    }

    /// The error that had the selector's name once, where the enum is about it.
    fn formerly(&self, selector: &Selector) -> Option<Renamed> {
        let (former, is_ident) = match &selector.kind {
            SelectorKind::Ident(name) => (name, true),
            SelectorKind::Name(name) => (name, false),
            _ => return None,
        };
        let error = self.by_alias.get(former.as_str()).copied().filter(|_| !selector.is_assumed)?;
        let renamed =
            Renamed { span: selector.span, is_ident, former: former.clone(), error, is_taken: false };
        self.is_meant(&self.spec_errors()[error]).then_some(renamed)
    }

    /// Gives each error to the variant with the most specific selector for it.
    fn claims(&self, errors: &mut Vec<Mistake>) -> Claims {
        let mut best: Vec<Option<(usize, &Selector)>> = vec![None; self.spec_errors().len()];
        let mut selects = vec![false; self.input.variants.len()];
        let mut ties = Vec::new();
        let mut former = Vec::new();
        for (variant, _, selectors) in self.variants() {
            for selector in selectors {
                if let Some(renamed) = self.formerly(selector) {
                    former.push((variant, selector, renamed));
                    continue;
                }
                let meant = self.meant_by(selector);
                if meant.is_empty() && !selector.is_assumed {
                    let message = self.explain_nothing(selector, selectors);
                    errors.push(Mistake::new(selector.span, message));
                }
                selects[variant] |= !meant.is_empty();
                let new = selector.kind.specificity();
                for at in meant {
                    match best[at] {
                        Some((_, old)) if old.kind.specificity() > new => {}
                        Some((other, old)) if old.kind.specificity() == new && other != variant => {
                            ties.push(Tie { error: at, variant, other, selector });
                        }
                        _ => best[at] = Some((variant, selector)),
                    }
                }
            }
        }
        // A later, more specific selector settles a tie.
        ties.retain(|tie: &Tie<'_>| {
            best[tie.error]
                .is_some_and(|(_, winner)| winner.kind.specificity() == tie.selector.kind.specificity())
        });
        errors.extend(self.ties(&ties));
        // Of a variant that lost all its errors by ties nothing more is to be said.
        ties.iter().for_each(|tie| selects[tie.variant] = false);
        let renamed = former.into_iter().map(|(variant, selector, renamed)| {
            let winner = &mut best[renamed.error];
            let is_taken = winner.is_some_and(|(_, other)| other.kind.is_name());
            if !is_taken {
                *winner = Some((variant, selector));
                selects[variant] = true;
            }
            Renamed { is_taken, ..renamed }
        });
        let renamed = renamed.collect();
        let variants: Vec<_> = best.iter().map(|best| best.map(|(variant, _)| variant)).collect();
        let mut by_variant = vec![Vec::new(); self.input.variants.len()];
        for (error, variant) in variants.iter().enumerate() {
            if let Some(variant) = variant {
                by_variant[*variant].push(error);
            }
        }
        Claims { variants, errors: by_variant, selects, renamed }
    }

    /// One finding per selector, with all that it ties on.
    fn ties(&self, ties: &[Tie<'_>]) -> Vec<Mistake> {
        let mut found: Vec<Mistake> = Vec::new();
        for group in ties.chunk_by(|a, b| std::ptr::eq(a.selector, b.selector) && a.other == b.other) {
            let names: Vec<_> = group.iter().map(|tie| self.named(tie.error)).collect();
            let other = &self.input.variants[group[0].other].ident;
            let message = message!(
                "`{other}` selects these as specifically: {names}; select them by `name` in one of the two",
                other = other.to_string(),
                names
            );
            found.push(Mistake::new(group[0].selector.span, message));
        }
        found
    }

    /// An error with its place.
    fn named(&self, error: usize) -> String {
        format!("`{}` ({})", self.spec_errors()[error].name, self.source.place(error))
    }

    /// Why a selector, one of a variant's, means nothing.
    fn explain_nothing(&self, selector: &Selector, selectors: &[Selector]) -> Message {
        let elsewhere = self.spec_errors().iter().find(|error| selector.kind.means(error));
        match elsewhere {
            Some(error) => message!(
                "`{name}` is in the group `{group}`, which is not among the enum's `groups`",
                name = error.name,
                group = error.group
            ),
            None => {
                let wrong =
                    selector.kind.explain_nothing(&self.source.file.spec, |error| self.source.place(error));
                let Some(at) = self.of_same_code(selector, selectors) else {
                    return wrong;
                };
                let error = &self.spec_errors()[at];
                let named = format!("`{}` ({})", error.name, self.source.place(at));
                if wrong.to_string().contains(&named) {
                    return wrong;
                }
                message!("{wrong}; the code {code} is {named}", wrong, code = error.key(), named)
            }
        }
    }

    /// For a name that is none: the error whose code the name ends in, or that the variant selects
    /// beside it.
    fn of_same_code(&self, selector: &Selector, selectors: &[Selector]) -> Option<usize> {
        let (SelectorKind::Ident(name) | SelectorKind::Name(name)) = &selector.kind else {
            return None;
        };
        let digits = &name[name.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
        let selected = selectors.iter().filter_map(|selector| match &selector.kind {
            SelectorKind::Codes(codes) if codes.start() == codes.end() => Some(*codes.start()),
            _ => None,
        });
        let mut codes = selected.chain(digits.parse());
        codes.find_map(|code| self.spec_errors().iter().position(|error| error.code == Some(code)))
    }

    /// The errors that the enum is about and no variant stands for.
    fn unclaimed(&self, claims: &Claims) -> Vec<usize> {
        let is_unclaimed =
            |at: &usize| claims.variants[*at].is_none() && self.is_meant(&self.spec_errors()[*at]);
        (0..claims.variants.len()).filter(is_unclaimed).collect()
    }

    /// Variants all of whose errors more specific ones have.
    fn idle(&self, claims: &Claims, errors: &mut Vec<Mistake>) {
        for (at, variant, _) in self.variants() {
            if claims.selects[at] && claims.errors[at].is_empty() {
                let message = message!(
                    "every error that this variant selects is selected more specifically by another"
                );
                errors.push(Mistake::new(variant.ident.span(), message));
            }
        }
    }

    /// Fields must be holes of a message that the variant stands for.
    fn fields(&self, claims: &Claims, errors: &mut Vec<Mistake>) {
        for (at, variant, _) in self.variants() {
            let Fields::Named(fields) = variant.fields else {
                continue;
            };
            let covered = claims.errors[at].iter().map(|error| &self.spec_errors()[*error]);
            let holes: Vec<&str> =
                covered.filter_map(|error| error.message.as_ref()).flat_map(Pattern::holes).collect();
            for ident in fields.named.iter().filter_map(|field| field.ident.as_ref()) {
                let name = ident.unraw().to_string();
                if holes.contains(&name.as_str()) || claims.errors[at].is_empty() {
                    continue;
                }
                let known = if holes.is_empty() {
                    message!("it has none")
                } else {
                    message!("it has: {holes}", holes)
                };
                errors.push(Mistake::new(
                    ident.span(),
                    message!(
                        "no hole `{name}` in the message of `{variant}`; {known}",
                        name,
                        variant = variant.ident.to_string(),
                        known
                    ),
                ));
            }
        }
    }

    /// The matcher keeps the texts of a few holes without a heap.
    fn holes(&self, claims: &Claims, errors: &mut Vec<Mistake>) {
        const MOST: usize = 8;
        for (at, error) in
            self.spec_errors().iter().enumerate().filter(|(at, _)| claims.variants[*at].is_some())
        {
            let count = error.message.iter().flat_map(Pattern::holes).count();
            if count > MOST {
                let place = self.source.place(at);
                let message = message!(
                    "the message of `{name}` ({place}) has {count} holes; {most} are the most",
                    name = error.name,
                    place,
                    count,
                    most = MOST
                );
                errors.push(Mistake::new(self.input.ident.span(), message));
            }
        }
    }

    /// Messages with holes that take the same texts, with the same status and type, in two variants.
    fn ambiguous(&self, claims: &Claims, errors: &mut Vec<Mistake>) {
        let holed: Vec<_> = self
            .spec_errors()
            .iter()
            .enumerate()
            .filter(|(at, error)| {
                claims.variants[*at].is_some()
                    && error.message.as_ref().is_some_and(|message| message.as_literal().is_none())
            })
            .collect();
        for (i, (at, error)) in holed.iter().enumerate() {
            for (other_at, other) in &holed[..i] {
                let alike = error.http_status == other.http_status
                    && error.error == other.error
                    && error.code == other.code;
                if alike && claims.variants[*at] != claims.variants[*other_at] && same_pattern(error, other) {
                    let variant = claims.variants[*at].and_then(|variant| self.input.variants.get(variant));
                    let span =
                        variant.map_or_else(|| self.input.ident.span(), |variant| variant.ident.span());
                    let message = message!(
                        "the messages of {first} and {second} cannot be told apart",
                        first = self.named(*at),
                        second = self.named(*other_at)
                    );
                    errors.push(Mistake::new(span, message));
                }
            }
        }
    }
}

/// Whether two patterns have the same literals.
fn same_pattern(a: &ErrorDef, b: &ErrorDef) -> bool {
    let shape = |error: &ErrorDef| -> String {
        let parts = error.message.iter().flat_map(|message| message.parts());
        parts
            .map(|part| match part {
                im_errors_spec::Part::Literal(text) => text.as_str(),
                im_errors_spec::Part::Hole(_) => "\u{1}",
            })
            .collect()
    };
    same(&shape(a), &shape(b))
}

/// The parts of a message as the matcher takes them.
pub fn parts(message: &Pattern) -> Vec<Part<'_>> {
    let parts = message.parts().iter().map(|part| match part {
        im_errors_spec::Part::Literal(text) => Part::Literal(text.as_str()),
        im_errors_spec::Part::Hole(name) => Part::Hole(name.as_str()),
    });
    parts.collect()
}
