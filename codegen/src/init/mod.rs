//! From pages that nobody has described to the first catalog.toml.
//!
//! Pages come in as values, wherever they are from. A [`Survey`] holds what was read of them and
//! what had to be guessed; its [`Question`]s are asked by whoever has somebody to ask, and what is
//! answered, or guessed after all, becomes the files of a [`Scaffold`]. Nothing here touches a disk
//! or a terminal: writing the files and building them is [`crate::build::plan_new`]'s.

mod ask;
mod facts;
mod language;
mod names;
mod question;
mod scaffold;
mod survey;

use im_errors_spec::Locale;

use crate::interpret::Role;
use crate::{Message, message};

pub use ask::ask;
pub use language::Language;
pub use question::{About, Question};
pub use scaffold::Scaffold;
pub use survey::{Survey, Surveyed};

/// A page of a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The path or the address it was given by.
    pub name: String,
    /// Where the vendor publishes it, if that is known.
    pub url: Option<String>,
    /// The page as it came.
    pub bytes: Vec<u8>,
}

/// What a person has said before anything is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// The catalog's id.
    pub id: Option<String>,
    /// The language of the pages.
    pub locale: Option<Locale>,
    /// The title in some languages, or in that of the pages.
    pub title: Vec<(Option<Locale>, String)>,
    /// The vendor's name, likewise.
    pub vendor: Vec<(Option<Locale>, String)>,
    /// What columns are.
    pub roles: Vec<RoleAt>,
}

/// What a column is; all are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleAt {
    /// Which page.
    pub page: usize,
    /// Which of its tables.
    pub table: usize,
    /// Which of its columns.
    pub column: usize,
    /// Its role; `None` ignores it.
    pub role: Option<Role>,
}

/// The word for a column that is left out.
pub(crate) const IGNORE: &str = "ignore";

impl RoleAt {
    /// Reads `TABLE.COLUMN=ROLE` or `PAGE.TABLE.COLUMN=ROLE`, counted from 1.
    ///
    /// # Errors
    /// How it is written.
    ///
    /// ```
    /// use im_errors_codegen::init::RoleAt;
    /// use im_errors_codegen::interpret::Role;
    /// let at = RoleAt::parse("2.1=code")?;
    /// assert_eq!((at.page, at.table, at.column, at.role), (0, 1, 0, Some(Role::Code)));
    /// # Ok::<(), im_errors_codegen::Message>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Message> {
        let how = || message!("write TABLE.COLUMN=ROLE, as in `1.2=message`");
        let (place, word) = text.split_once('=').ok_or_else(how)?;
        let number = |part: &str| part.parse::<usize>().ok()?.checked_sub(1);
        let numbers: Option<Vec<_>> = place.split('.').map(number).collect();
        let (page, table, column) = match numbers.as_deref() {
            Some([table, column]) => (0, *table, *column),
            Some([page, table, column]) => (*page, *table, *column),
            _ => return Err(how()),
        };
        let role = role_of(word).ok_or_else(|| message!("the roles are {roles}", roles = role_words()))?;
        Ok(Self { page, table, column, role })
    }
}

/// The role that a word names, `None` within for a column that is left out.
fn role_of(word: &str) -> Option<Option<Role>> {
    let word = word.trim();
    if word == IGNORE { Some(None) } else { Role::parse(word).map(Some) }
}

fn role_words() -> Vec<&'static str> {
    Role::ALL.map(Role::as_str).into_iter().chain([IGNORE]).collect()
}
