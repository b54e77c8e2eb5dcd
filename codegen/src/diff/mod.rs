//! Two specs → what changed between them, and what that means for those who depend on it.
//!
//! It works on values only. A page is a spec too, by the ordinary way from read to resolve
//! ([`crate::editions`] goes it); what people add by hand, names and patterns, is then left out of
//! the comparison. White space, order, width of punctuation and layout are no changes. How changes
//! are shown is [`report`]'s business.
//!
//! ```
//! use im_errors_codegen::diff::{Verdict, diff};
//! use im_errors_codegen::editions::Edition;
//!
//! let page = |rows: &str| {
//!     let text = format!("| 错误码 | 错误信息 |\n|---|---|\n{rows}");
//!     Edition::of_page("page.md", text.as_bytes(), None).map_err(|d| d.message.to_string())
//! };
//! let old = page("| 1001 | user not found |\n")?.edition;
//! let new = page("| 1001 | User not found. |\n| 1002 | user exists |\n")?.edition;
//! let changes = diff(&old, &new);
//! assert_eq!(changes.verdict(), Verdict::Compatible);
//! assert_eq!(changes.list[0].key, "1002");
//! # Ok::<(), String>(())
//! ```

mod cases;
mod compare;
mod groups;
mod items;
pub mod kinds;
mod marks;
mod matching;
pub mod report;
pub mod waivers;

use im_errors_spec::Locale;

use crate::editions::Edition;
use compare::Comparer;
use items::Item;

pub use kinds::{Kind, Verdict};
pub use marks::{Mark, marks};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is, and what it means.
    pub kind: &'static Kind,
    /// The error's key as the vendor writes it; where that changed, as it was. Empty where the
    /// change is none of an error.
    pub key: String,
    /// Its key as it is now, where that is another.
    pub new_key: Option<String>,
    /// Its name, where it has one that lasts.
    pub name: Option<String>,
    /// The title of its group.
    pub group: String,
    /// What of it changed.
    pub field: Option<String>,
    /// The language of the text that changed.
    pub locale: Option<Locale>,
    /// As it was. Of a removed error, its message or summary.
    pub old: Option<String>,
    /// As it is. Of an added error, its message or summary.
    pub new: Option<String>,
    /// Where it stands: in the new edition; what was removed, in the old one.
    pub place: Place,
    /// Why it is accepted, where a waiver says so.
    pub waived: Option<waivers::Waived>,
}

/// A line of one of the two files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file as the user knows it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// It is the old one of the two.
    pub is_old: bool,
}

/// All that changed between two editions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// What was removed, then the rest in the order of the new edition.
    pub list: Vec<Change>,
    /// The languages of the two, where they have none in common: texts are not compared then.
    pub apart: Option<(Locale, Locale)>,
}

impl Changes {
    /// The gravest of what is not waived.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let open = self.list.iter().filter(|change| change.waived.is_none());
        open.map(|change| change.kind.verdict).max().unwrap_or(Verdict::None)
    }
}

/// What changed from `old` to `new`.
#[must_use]
pub fn diff(old: &Edition, new: &Edition) -> Changes {
    let facts_only = old.is_page || new.is_page;
    let old_items = items::items(old, facts_only);
    let new_items = items::items(new, facts_only);
    let tables = groups::together(old, new, &old_items, &new_items);
    let pairs = matching::pairs(&old_items, &new_items, &tables, facts_only);
    let paired = new_items.iter().zip(&pairs.of_new);
    let groups = paired.filter_map(|(item, partner)| Some((old_items[(*partner)?].group, item.group)));
    let tables = groups::settled(old, new, groups);
    let comparer = Comparer::new(old, new, &tables);
    let mut list = comparer.locales_changed();
    let gone = old_items.iter().zip(&pairs.of_old).filter(|(_, partner)| partner.is_none());
    list.extend(gone.map(|(item, _)| removed(old, item)));
    for (item, partner) in new_items.iter().zip(&pairs.of_new) {
        match partner {
            Some(partner) => list.extend(comparer.compare(&old_items[*partner], item)),
            None => list.push(added(new, item)),
        }
    }
    Changes { list, apart: comparer.apart() }
}

fn removed(edition: &Edition, item: &Item<'_>) -> Change {
    let place = Place { file: edition.file.clone(), line: item.line, is_old: true };
    Change { old: item.text(), ..change(&kinds::REMOVED, edition, item, place) }
}

fn added(edition: &Edition, item: &Item<'_>) -> Change {
    let place = Place { file: edition.file.clone(), line: item.line, is_old: false };
    Change { new: item.text(), ..change(&kinds::ADDED, edition, item, place) }
}

/// A change of an error as a whole.
fn change(kind: &'static Kind, edition: &Edition, item: &Item<'_>, place: Place) -> Change {
    Change {
        kind,
        key: item.key.clone(),
        new_key: None,
        name: (!edition.is_page).then(|| item.error.name.to_string()),
        group: groups::title(edition, item.group),
        field: None,
        locale: None,
        old: None,
        new: None,
        place,
        waived: None,
    }
}
