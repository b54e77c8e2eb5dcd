//! How complete the translations of a catalog must be, by its catalog.toml.

use std::ops::Range;

use im_errors_spec::tree::{At, Problems, Table};
use im_errors_spec::{Locale, Spec, values};

use super::{CATALOG_FILE, Catalog, Field};
use crate::diagnostic::{Finding, rules};
use crate::{Diagnostic, Message, message};

/// What is asked of the translations into one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// The language.
    pub locale: Locale,
    /// At most so many texts without a translation.
    pub missing: Option<At<usize>>,
    /// At most so many translations of older texts.
    pub stale: Option<At<usize>>,
    /// At least so many per cent of the texts with a translation that is not stale.
    pub current: Option<At<usize>>,
}

/// Reads `[translations]`.
pub(super) fn read(table: &Table<'_, '_>, problems: &Problems) -> Vec<Threshold> {
    let mut thresholds = Vec::new();
    for entry in table.entries() {
        let locale = values::locale(&At { value: entry.key(), span: entry.key_span() }, problems);
        let Some(table) = entry.table() else {
            continue;
        };
        let number = |key, most| {
            let number = table.int(key)?;
            let value = usize::try_from(number.value).ok().filter(|value| *value <= most);
            if value.is_none() {
                let (message, help) = match most {
                    PER_CENT => (
                        message!("`{number}` is no percentage", number = number.value),
                        message!("write one from 0 to 100"),
                    ),
                    _ => (
                        message!("there are no {number} texts", number = number.value),
                        message!("write 0 or more"),
                    ),
                };
                problems.push("bad-threshold", number.span.clone(), message, help);
            }
            Some(At { value: value?, span: number.span })
        };
        let missing = number("missing", usize::MAX);
        let stale = number("stale", usize::MAX);
        let current = number("current", PER_CENT);
        table.finish();
        thresholds.extend(locale.map(|locale| Threshold { locale, missing, stale, current }));
    }
    thresholds
}

const PER_CENT: usize = 100;

/// The breaches, each at the number that it breaks.
pub(super) fn check(catalog: &Catalog, spec: &Spec) -> Vec<Finding> {
    catalog.thresholds.iter().flat_map(|threshold| breaches(threshold, spec)).collect()
}

fn breaches(threshold: &Threshold, spec: &Spec) -> Vec<Finding> {
    let Threshold { locale, missing, stale, current } = threshold;
    let counts = Counts::of(spec, locale);
    let mut findings = Vec::new();
    let mut breach = |span: &Range<usize>, message: Message| {
        let diagnostic = Diagnostic::at(&rules::TRANSLATION_THRESHOLD, span.clone(), message);
        let help = message!(
            "see which with `im-errors i18n status {catalog} --locale {locale}`; translate them, or change what is asked for here",
            catalog = spec.catalog,
            locale
        );
        findings.push(Finding::new(CATALOG_FILE, diagnostic.with_help(help)));
    };
    let texts = counts.texts;
    if let Some(most) = missing.as_ref().filter(|most| counts.missing > most.value) {
        let Counts { missing, .. } = counts;
        let message = message!(
            "{missing} of {texts} {texts:text|texts} {missing:is|are} not translated to `{locale}`, and at most {most} may be",
            missing,
            texts,
            locale,
            most = most.value
        );
        breach(&most.span, message);
    }
    if let Some(most) = stale.as_ref().filter(|most| counts.stale > most.value) {
        let message = message!(
            "{stale} of {texts} {texts:text|texts} {stale:is|are} stale in `{locale}`, and at most {most} may be",
            stale = counts.stale,
            texts,
            locale,
            most = most.value
        );
        breach(&most.span, message);
    }
    let good = counts.texts - counts.missing - counts.stale;
    if let Some(least) = current.as_ref().filter(|least| good * PER_CENT < least.value * counts.texts) {
        let message = message!(
            "{good} of {texts} {texts:text|texts} {good:is|are} current in `{locale}`, less than {least} %",
            good,
            texts,
            locale,
            least = least.value
        );
        breach(&least.span, message);
    }
    findings
}

struct Counts {
    texts: usize,
    missing: usize,
    stale: usize,
}

impl Counts {
    fn of(spec: &Spec, locale: &Locale) -> Self {
        let mut counts = Self { texts: 0, missing: 0, stale: 0 };
        let all = spec.errors.iter().flat_map(|error| Field::of(error).filter_map(|f| f.get(error)));
        for texts in all.filter(|texts| texts.get(&spec.locale).is_some()) {
            counts.texts += 1;
            match texts.get(locale) {
                None => counts.missing += 1,
                Some(text) if text.stale => counts.stale += 1,
                Some(_) => {}
            }
        }
        counts
    }
}
