//! Specs of any content.

use std::collections::HashSet;

use arbitrary::Arbitrary;
use im_errors_spec::{
    Advice, Case, Changed, Date, EditionRecord, ErrorDef, Fact, Group, HttpStatus, Locale, Localized, Origin,
    Pattern, Place, Removed, Renamed, Retry, Source, Spec, SpecFile, Text, VariantName,
};

use crate::text;

/// What a spec is made from.
#[derive(Debug, Arbitrary)]
pub struct AnySpec {
    catalog: text::Text,
    locale: AnyLocale,
    title: text::Text,
    vendor: text::Text,
    sources: Vec<AnySource>,
    groups: Vec<AnyGroup>,
    errors: Vec<AnyError>,
    removed: Vec<(u8, AnyRemoved)>,
    editions: Vec<AnyEdition>,
}

#[derive(Debug, Clone, Copy, Arbitrary)]
enum AnyLocale {
    Zh,
    En,
    PtBr,
    ZhHant,
    Inf,
}

#[derive(Debug, Arbitrary)]
struct AnySource {
    file: text::Text,
    locale: AnyLocale,
    url: Option<text::Text>,
    edition: Option<text::Text>,
    digest: text::Text,
}

#[derive(Debug, Arbitrary)]
struct AnyGroup {
    id: text::Text,
    title: text::Text,
    translated: AnyLocalized,
}

#[derive(Debug, Arbitrary)]
struct AnyError {
    name: u8,
    aliases: Vec<u8>,
    group: u8,
    code: Option<i64>,
    status: Option<AnyStatus>,
    error: Option<text::Text>,
    message: Option<AnyPattern>,
    retry: Option<(u8, bool)>,
    summary: AnyLocalized,
    case: AnyCase,
    cases: Vec<AnyCase>,
}

#[derive(Debug, Arbitrary)]
enum AnyStatus {
    Exact(u16),
    Class(u8),
}

#[derive(Debug, Arbitrary)]
enum AnyPattern {
    Literal(text::Text),
    Written(text::Text),
    Holes(Vec<text::Text>),
}

#[derive(Debug, Arbitrary)]
struct AnyCase {
    at: AnyPlace,
    also: Vec<AnyPlace>,
    message: Option<text::Text>,
    cause: AnyLocalized,
    remedy: AnyLocalized,
}

#[derive(Debug, Arbitrary)]
struct AnyPlace {
    file: text::Text,
    line: u32,
}

#[derive(Debug, Arbitrary)]
struct AnyRemoved {
    aliases: Vec<u8>,
    group: text::Text,
    key: text::Text,
    edition: Option<text::Text>,
}

#[derive(Debug, Arbitrary)]
struct AnyEdition {
    later: u16,
    name: Option<text::Text>,
    digests: Vec<text::Text>,
    added: Vec<u8>,
    removed: Vec<u8>,
    renamed: Vec<(u8, u8)>,
    changed: Vec<(u8, Vec<u8>, Vec<(u8, text::Text)>)>,
}

#[derive(Debug, Arbitrary)]
struct AnyLocalized(Vec<(AnyLocale, text::Text, AnyState)>);

#[derive(Debug, Arbitrary)]
enum AnyState {
    Current,
    Vendor,
    Stale(Option<text::Text>),
}

const LOCALES: [&str; 5] = ["zh", "en", "pt-BR", "zh-Hant", "inf"];

impl AnySpec {
    /// A spec that holds what validation asks for.
    #[must_use]
    pub fn build(self) -> Spec {
        let groups: Vec<_> = self.groups.into_iter().map(AnyGroup::build).collect();
        let mut names = HashSet::new();
        let mut keys = HashSet::new();
        let errors = self.errors.into_iter().filter_map(|error| {
            let group = groups.get(usize::from(error.group) % groups.len().max(1))?;
            let error = error.build(&group.id);
            let known = error.code.is_some()
                || error.http_status.is_some()
                || error.error.is_some()
                || error.message.is_some();
            let new = known && keys.insert((error.group.clone(), error.key()));
            (new && names.insert(error.name.clone())).then_some(error)
        });
        let mut errors: Vec<_> = errors.collect();
        let removed = self.removed.into_iter().map(|(at, removed)| removed.build(at));
        let mut removed: Vec<_> = removed.filter(|removed| !names.contains(&removed.name)).collect();
        // A former name leads to one error alone.
        names.extend(removed.iter().map(|removed| removed.name.clone()));
        let aliases = errors.iter_mut().map(|error| &mut error.aliases);
        for aliases in aliases.chain(removed.iter_mut().map(|removed| &mut removed.aliases)) {
            aliases.retain(|alias| names.insert(alias.clone()));
        }
        let mut day = 0;
        let editions = self.editions.into_iter().map(|edition| edition.build(&mut day)).collect();
        Spec {
            catalog: self.catalog.0,
            locale: self.locale.build(),
            title: everywhere(&self.title.0),
            vendor: everywhere(&self.vendor.0),
            sources: self.sources.into_iter().map(AnySource::build).collect(),
            groups,
            errors,
            removed,
            editions,
        }
    }
}

/// A text in every language, so that others may be in any.
fn everywhere(text: &str) -> Localized {
    let mut texts = Localized::default();
    LOCALES.iter().filter_map(|tag| Locale::new(tag)).for_each(|locale| texts.insert(locale, text, false));
    texts
}

fn name(number: u8) -> VariantName {
    const STEMS: [&str; 4] = ["Error", "UserNotFound", "HTTPStatus", "A"];
    let stem = STEMS[usize::from(number) % STEMS.len()];
    VariantName::new(&format!("{stem}{number}")).expect("a stem and digits are a name")
}

fn names(numbers: Vec<u8>) -> Vec<VariantName> {
    numbers.into_iter().map(name).collect()
}

impl AnyLocale {
    fn build(self) -> Locale {
        Locale::new(LOCALES[self as usize]).expect("each of the languages has a tag")
    }
}

impl AnySource {
    fn build(self) -> Source {
        Source {
            file: self.file.0,
            locale: self.locale.build(),
            url: self.url.map(|text| text.0),
            edition: self.edition.map(|text| text.0),
            digest: self.digest.0,
        }
    }
}

impl AnyGroup {
    fn build(self) -> Group {
        let mut title = self.translated.build();
        title.insert(Locale::chinese(), self.title.0, false);
        Group { id: self.id.0, title }
    }
}

impl AnyError {
    fn build(self, group: &str) -> ErrorDef {
        let status = self.status.map(|status| match status {
            AnyStatus::Exact(status) => HttpStatus::Exact(100 + status % 500),
            AnyStatus::Class(class) => HttpStatus::Class(1 + class % 5),
        });
        let retry = self.retry.map(|(advice, vendor)| Retry {
            advice: Advice::ALL[usize::from(advice) % Advice::ALL.len()],
            by: if vendor { Origin::Vendor } else { Origin::Ours },
        });
        ErrorDef {
            name: name(self.name),
            aliases: names(self.aliases),
            group: group.to_owned(),
            code: self.code,
            http_status: status,
            error: self.error.map(|text| text.0),
            message: self.message.and_then(AnyPattern::build),
            retry,
            summary: self.summary.build(),
            cases: std::iter::once(self.case).chain(self.cases).map(AnyCase::build).collect(),
        }
    }
}

impl AnyPattern {
    fn build(self) -> Option<Pattern> {
        match self {
            Self::Literal(text) => Pattern::literal(&text.0),
            Self::Written(text) => Pattern::parse(&text.0).ok(),
            Self::Holes(literals) => {
                let part = |(i, text): (usize, &text::Text)| {
                    let literal = text.0.replace('{', "{{").replace('}', "}}");
                    format!("{literal}{{hole_{i}}}")
                };
                let text: String = literals.iter().enumerate().map(part).collect();
                Pattern::parse(&text).ok()
            }
        }
    }
}

impl AnyCase {
    fn build(self) -> Case {
        Case {
            at: self.at.build(),
            also: self.also.into_iter().map(AnyPlace::build).collect(),
            message: self.message.map(|text| text.0),
            cause: self.cause.build(),
            remedy: self.remedy.build(),
        }
    }
}

impl AnyPlace {
    fn build(self) -> Place {
        Place { file: self.file.0, line: self.line.max(1) }
    }
}

impl AnyRemoved {
    fn build(self, at: u8) -> Removed {
        let edition = self.edition.map(|text| text.0);
        Removed {
            name: name(at),
            aliases: names(self.aliases),
            group: self.group.0,
            key: self.key.0,
            edition,
        }
    }
}

impl AnyEdition {
    /// On a later day than the one before.
    fn build(self, day: &mut u64) -> EditionRecord {
        *day += 1 + u64::from(self.later);
        let fact = |number: u8| Fact::ALL[usize::from(number) % Fact::ALL.len()];
        let changed = self.changed.into_iter().map(|(at, facts, was)| Changed {
            name: name(at),
            facts: facts.into_iter().map(fact).collect(),
            was: was.into_iter().map(|(at, text)| (fact(at), text.0)).collect(),
        });
        EditionRecord {
            date: Date::from_days(*day),
            name: self.name.map(|text| text.0),
            digests: self.digests.into_iter().map(|text| text.0).collect(),
            added: names(self.added),
            removed: names(self.removed),
            renamed: self
                .renamed
                .into_iter()
                .map(|(from, to)| Renamed { from: name(from), to: name(to) })
                .collect(),
            changed: changed.collect(),
        }
    }
}

impl AnyLocalized {
    fn build(self) -> Localized {
        let text = |(locale, text, state): (AnyLocale, text::Text, AnyState)| {
            let (stale, vendor, was) = match state {
                AnyState::Current => (false, false, None),
                AnyState::Vendor => (false, true, None),
                AnyState::Stale(was) => (true, false, was.map(|was| was.0)),
            };
            (locale.build(), Text { text: text.0, stale, vendor, was })
        };
        Localized(self.0.into_iter().map(text).collect())
    }
}

/// What is printed reads back as it was, each error at its place.
///
/// # Panics
/// Where it does not.
pub fn reads_back(spec: &Spec) {
    let toml = spec.to_toml();
    let file = SpecFile::parse(&toml).unwrap_or_else(|problems| panic!("{problems:?}\n{toml}"));
    assert_eq!(file.spec, *spec);
    assert_eq!(file.spec.to_toml(), toml);
    assert_eq!(file.spans.len(), spec.errors.len());
    assert!(file.spans.iter().all(|span| toml[span.start..].starts_with("[[error]]")));
    assert_eq!(file.edition_spans.len(), spec.editions.len());
    assert!(file.edition_spans.iter().all(|span| toml[span.start..].starts_with("[[edition]]")));
}

/// Any text is a spec, which prints as what reads back, or is refused at places that it has.
///
/// # Panics
/// Where it is neither.
pub fn is_read_or_refused(text: &str) {
    match SpecFile::parse(text) {
        Ok(file) => reads_back(&file.spec),
        Err(problems) => {
            assert!(!problems.is_empty());
            assert!(problems.iter().all(|problem| text.get(problem.span.clone()).is_some()), "{problems:?}");
        }
    }
}
