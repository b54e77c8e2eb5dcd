//! What changed in one error.

use im_errors_spec::{Case, Locale, Localized, Part, Pattern, Text};

use super::groups::{self, Together};
use super::items::Item;
use super::kinds::{self, DEPRECATION, Kind};
use super::matching::is_example;
use super::{Change, Place, cases, change};
use crate::editions::Edition;
use crate::resolve::likeness::{Reworded, fold, is_another};
use crate::resolve::{Field, patterns, stamp};

/// Compares errors of two editions.
pub(super) struct Comparer<'e> {
    old: &'e Edition,
    new: &'e Edition,
    tables: &'e Together,
    /// The languages of both, as each side writes them.
    locales: Vec<(Locale, Locale)>,
}

impl<'e> Comparer<'e> {
    pub(super) fn new(old: &'e Edition, new: &'e Edition, tables: &'e Together) -> Self {
        let locales = match (old.is_page, new.is_page) {
            (false, false) => {
                let both = spoken(old).into_iter().filter(|locale| spoken(new).contains(locale));
                both.map(|locale| (locale.clone(), locale)).collect()
            }
            (true, _) => {
                alike(&old.spec.locale, new).map(|new| (old.spec.locale.clone(), new)).into_iter().collect()
            }
            (false, true) => {
                alike(&new.spec.locale, old).map(|old| (old, new.spec.locale.clone())).into_iter().collect()
            }
        };
        Self { old, new, tables, locales }
    }

    /// The languages of the two where texts cannot be compared.
    pub(super) fn apart(&self) -> Option<(Locale, Locale)> {
        let languages = || (self.old.spec.locale.clone(), self.new.spec.locale.clone());
        self.locales.is_empty().then(languages)
    }

    fn facts_only(&self) -> bool {
        self.old.is_page || self.new.is_page
    }

    /// The languages that only one of two specs speaks; a page has its own alone.
    pub(super) fn locales_changed(&self) -> Vec<Change> {
        if self.facts_only() {
            return Vec::new();
        }
        let (before, after) = (spoken(self.old), spoken(self.new));
        let change = |kind, locale: &Locale, edition: &Edition, is_old: bool| Change {
            kind,
            key: String::new(),
            new_key: None,
            name: None,
            group: String::new(),
            field: None,
            locale: Some(locale.clone()),
            old: is_old.then(|| locale.to_string()),
            new: (!is_old).then(|| locale.to_string()),
            place: Place { file: edition.file.clone(), line: 1, is_old },
            waived: None,
        };
        let gone = before.iter().filter(|locale| !after.contains(locale));
        let gone = gone.map(|locale| change(&kinds::LOCALE_REMOVED, locale, self.old, true));
        let come = after.iter().filter(|locale| !before.contains(locale));
        gone.chain(come.map(|locale| change(&kinds::LOCALE_ADDED, locale, self.new, false))).collect()
    }

    /// All that changed between two states of an error.
    pub(super) fn compare(&self, old: &Item<'_>, new: &Item<'_>) -> Vec<Change> {
        let mut found = Found { comparer: self, old, new, list: Vec::new() };
        found.moved();
        found.identity();
        found.message();
        if !self.facts_only() {
            found.by_hand();
        }
        found.texts("summary", [&old.error.summary, &new.error.summary], &kinds::SUMMARY_CHANGED);
        found.cases();
        found.meaning();
        found.list
    }
}

/// The languages of a spec.
fn spoken(edition: &Edition) -> Vec<Locale> {
    let mut spoken: Vec<_> = edition.spec.title.0.keys().cloned().collect();
    if !spoken.contains(&edition.spec.locale) {
        spoken.push(edition.spec.locale.clone());
    }
    spoken
}

/// How `edition` writes the language of a page: `zh` may be its `zh-Hans`.
fn alike(locale: &Locale, edition: &Edition) -> Option<Locale> {
    let primary = |locale: &Locale| locale.as_str().split('-').next().map(str::to_owned);
    let own = std::iter::once(&edition.spec.locale);
    let others = edition.spec.title.0.keys().filter(|_| !edition.is_page);
    own.chain(others).find(|known| primary(known) == primary(locale)).cloned()
}

/// Whether two texts say the same: layout and the width of punctuation say nothing.
fn same_text(a: &str, b: &str) -> bool {
    a == b || stamp(a) == stamp(b)
}

/// The changes of one error as they are found.
struct Found<'f, 'e> {
    comparer: &'f Comparer<'e>,
    old: &'f Item<'f>,
    new: &'f Item<'f>,
    list: Vec<Change>,
}

impl Found<'_, '_> {
    fn push(&mut self, kind: &'static Kind, field: &str, old: Option<String>, new: Option<String>) {
        let Comparer { old: from, new: to, .. } = self.comparer;
        let named = if to.is_page && !from.is_page { (*from, self.old) } else { (*to, self.new) };
        let place = Place { file: to.file.clone(), line: self.new.line, is_old: false };
        let base = change(kind, named.0, named.1, place);
        self.list.push(Change {
            key: self.old.key.clone(),
            new_key: (fold(&self.old.key) != fold(&self.new.key)).then(|| self.new.key.clone()),
            group: groups::title(to, self.new.group),
            field: Some(field.to_owned()),
            old,
            new,
            ..base
        });
    }

    fn moved(&mut self) {
        let Comparer { old, new, tables, .. } = self.comparer;
        if tables.tells_moves && !tables.are(self.old.group, self.new.group) {
            let titles = (groups::title(old, self.old.group), groups::title(new, self.new.group));
            let (from, to) = match titles.0 == titles.1 {
                true => (self.old.error.group.clone(), self.new.error.group.clone()),
                false => titles,
            };
            self.push(&kinds::MOVED, "group", Some(from), Some(to));
        }
    }

    /// Code, status and type.
    fn identity(&mut self) {
        let (old, new) = (self.old.error, self.new.error);
        let text = |code: Option<i64>| code.map(|code| code.to_string());
        if old.code != new.code {
            self.push(&kinds::RENUMBERED, "code", text(old.code), text(new.code));
        }
        let coded = old.code.is_some() && new.code.is_some();
        let kind = |was_there: bool, changed, added| if was_there || !coded { changed } else { added };
        if old.http_status != new.http_status {
            let kind = kind(old.http_status.is_some(), &kinds::STATUS_CHANGED, &kinds::STATUS_ADDED);
            let text = |status: Option<im_errors_spec::HttpStatus>| status.map(|status| status.to_string());
            self.push(kind, "http_status", text(old.http_status), text(new.http_status));
        }
        if old.error != new.error {
            let kind = kind(old.error.is_some(), &kinds::TYPE_CHANGED, &kinds::TYPE_ADDED);
            self.push(kind, "error", old.error.clone(), new.error.clone());
        }
    }

    fn message(&mut self) {
        if self.comparer.facts_only() {
            return self.printed_message();
        }
        let text = |pattern: &Option<Pattern>| pattern.as_ref().map(ToString::to_string);
        let (old, new) = (&self.old.error.message, &self.new.error.message);
        let same = match (old, new) {
            (Some(old), Some(new)) => same_pattern(old, new),
            (old, new) => old == new,
        };
        if !same {
            let kind = match (old, new) {
                (Some(old), Some(new)) if skeleton(old) == skeleton(new) => &kinds::HOLES_CHANGED,
                _ => self.message_kind(text(old).as_deref(), text(new).as_deref()),
            };
            let (old, new) = (text(old), text(new));
            return self.push(kind, "message", old, new);
        }
        // The same pattern; the page may show another example of it.
        let lost = self.old.folded.iter().any(|folded| !self.new.folded.contains(folded));
        let come = self.new.folded.iter().any(|folded| !self.old.folded.contains(folded));
        let holes = new.as_ref().is_some_and(|pattern| pattern.holes().next().is_some());
        if holes && lost && come {
            let [old, new] = [self.old.printed(), self.new.printed()].map(|text| text.map(str::to_owned));
            self.push(&kinds::EXAMPLE_CHANGED, "message", old, new);
        }
    }

    /// The first message that a row printed and none does any more, and the first that is new.
    fn printed_message(&mut self) {
        let Comparer { old: from, new: to, .. } = self.comparer;
        let other = |item: &Item<'_>, than: &Item<'_>| -> Option<String> {
            let mut printed = item.cases.iter().filter_map(|(_, message)| message.as_ref());
            printed.find(|message| !than.folded.contains(&Some(fold(message)))).cloned()
        };
        let (lost, come) = (other(self.old, self.new), other(self.new, self.old));
        let same = match (&lost, &come) {
            (None, None) => true,
            // What a page lacks, a catalogue says in its own words.
            (None, Some(_)) => from.is_page && !to.is_page,
            (Some(_), None) => to.is_page && !from.is_page,
            (Some(_), Some(_)) => false,
        };
        if !same {
            let kind = self.message_kind(lost.as_deref(), come.as_deref());
            self.push(kind, "message", lost, come);
        }
    }

    fn message_kind(&self, old: Option<&str>, new: Option<&str>) -> &'static Kind {
        let coded = self.old.error.code.is_some();
        match (old, new) {
            (None, _) if coded => &kinds::MESSAGE_ADDED,
            (Some(_), None) => &kinds::MESSAGE_REMOVED,
            (Some(old), Some(new)) if self.comparer.facts_only() => {
                let proposed = |message| patterns::propose(message);
                let one_pattern = proposed(old).is_some_and(|pattern| proposed(new) == Some(pattern));
                let fits = one_pattern
                    || is_example(self.old.error, Some(new))
                    || is_example(self.new.error, Some(old));
                if fits { &kinds::EXAMPLE_CHANGED } else { &kinds::MESSAGE_CHANGED }
            }
            _ => &kinds::MESSAGE_CHANGED,
        }
    }

    /// Name and advice, which people give.
    fn by_hand(&mut self) {
        let (old, new) = (self.old.error, self.new.error);
        if old.name != new.name {
            self.push(&kinds::RENAMED, "name", Some(old.name.to_string()), Some(new.name.to_string()));
        }
        let advice = |error: &im_errors_spec::ErrorDef| error.retry.map(|retry| retry.advice);
        if advice(old) != advice(new) {
            let text = |error| advice(error).map(|advice| advice.as_str().to_owned());
            self.push(&kinds::RETRY_CHANGED, "retry", text(old), text(new));
        }
    }

    /// One text in each language that both have.
    fn texts(&mut self, field: &str, [old, new]: [&Localized; 2], kind: &'static Kind) {
        let Comparer { locales, old: from, new: to, .. } = self.comparer;
        for (a, b) in locales {
            let text = |text: Option<&Text>| text.map(|text| text.text.clone());
            let (before, after) = (text(old.get(a)), text(new.get(b)));
            let same = match (&before, &after) {
                (Some(before), Some(after)) => same_text(before, after),
                (None, None) => true,
                // What a page lacks, a catalogue says in its own words.
                (None, Some(_)) => from.is_page && !to.is_page,
                (Some(_), None) => to.is_page && !from.is_page,
            };
            if !same {
                let is_over = |text: &Option<String>| text.as_deref().is_some_and(says_deprecated);
                let deprecated = is_over(&after) && !is_over(&before);
                self.push(if deprecated { &kinds::DEPRECATED } else { kind }, field, before, after);
                if let Some(last) = self.list.last_mut() {
                    last.locale = Some(b.clone());
                }
            }
        }
    }

    /// The texts of the rows, whatever their order.
    fn cases(&mut self) {
        let Self { old, new, comparer, .. } = *self;
        let old: Vec<&Case> = old.cases.iter().map(|(case, _)| *case).collect();
        let new: Vec<&Case> = new.cases.iter().map(|(case, _)| *case).collect();
        let none = Localized::default();
        for (i, j) in cases::paired(&old, &new, &comparer.locales) {
            let before = i.map_or([&none, &none], |i| [&old[i].cause, &old[i].remedy]);
            let after = j.map_or([&none, &none], |j| [&new[j].cause, &new[j].remedy]);
            let number = j.or(i).unwrap_or_default();
            let field = Field::Cause(number).to_string();
            self.texts(&field, [before[0], after[0]], &kinds::CAUSE_CHANGED);
            let field = Field::Remedy(number).to_string();
            self.texts(&field, [before[1], after[1]], &kinds::REMEDY_CHANGED);
        }
    }

    /// A code whose message and texts have nothing in common with those before.
    fn meaning(&mut self) {
        if self.old.error.code.is_none() || self.old.error.code != self.new.error.code {
            return;
        }
        let of =
            |kind: &'static Kind| self.list.iter().filter(move |change| change.kind == kind).map(reworded);
        let is_silent = self.old.message().is_none() && self.new.message().is_none();
        let another = is_another(of(&kinds::MESSAGE_CHANGED).next(), is_silent, of(&kinds::SUMMARY_CHANGED));
        if another {
            let meant = |change: &&mut Change| matches!(change.field.as_deref(), Some("message" | "summary"));
            self.list.iter_mut().filter(meant).for_each(|change| change.kind = &kinds::REPURPOSED);
        }
    }
}

fn reworded(change: &Change) -> Reworded<'_> {
    [change.old.as_deref(), change.new.as_deref()]
}

fn says_deprecated(text: &str) -> bool {
    let text = text.to_lowercase();
    DEPRECATION.iter().any(|word| text.contains(word))
}

/// Whether two patterns are the same to a server's answer and to an enum's fields.
fn same_pattern(a: &Pattern, b: &Pattern) -> bool {
    a == b || (fold(&a.to_string()) == fold(&b.to_string()) && a.holes().eq(b.holes()))
}

/// What a pattern says around its holes.
fn skeleton(pattern: &Pattern) -> Vec<Option<String>> {
    let part = |part: &Part| match part {
        Part::Literal(text) => Some(fold(text)),
        Part::Hole(_) => None,
    };
    pattern.parts().iter().map(part).collect()
}
