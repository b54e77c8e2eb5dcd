//! All rules, in the order of the rooms. Adding one means adding it here, and a fixture of it.

use super::Rule;
use super::Severity::{Error, Note, Warning};

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $severity:ident $code:literal, $help:literal;)*) => {
        $($(#[$doc])* pub static $name: Rule = Rule { code: $code, severity: $severity, help: $help };)*

        /// All of them.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // read
    /// The file is larger than any error page.
    TOO_LARGE = Error "too-large", "give the page that lists the errors, not an archive or a dump";
    /// One of the tool's own files is larger than any is.
    FILE_TOO_LARGE = Error "file-too-large", "see what got into it, or restore it; a catalog that is really so large is to be split";
    /// More is wrong than anybody reads.
    MORE_DIAGNOSTICS = Note "more-diagnostics", "mend what is told above, then run this again";
    /// NUL bytes without a byte order mark.
    BINARY_FILE = Error "binary-file", "give a Markdown, HTML or text page";
    /// No encoding fits.
    UNREADABLE_ENCODING = Error "unreadable-encoding", "save the page as UTF-8";
    /// Nothing to read.
    NO_TABLES = Error "no-tables", "give the page with the table of error codes; a page that a script fills in must be saved from the browser";
    /// A `<table>` that never ends.
    UNCLOSED_TABLE = Warning "unclosed-table", "add `</table>`; it was read up to the blank line after its last row";
    /// A table inside of more tables than are told apart.
    TABLE_TOO_DEEP = Warning "table-too-deep", "take it out of the tables around it";
    /// Text that is in a table but in no cell.
    STRAY_TEXT = Warning "stray-text", "put it into a cell, or outside the table";
    /// A table put together from extracted text.
    TORN_TABLE = Note "torn-table", "check its rows with `im-errors tables`";
    /// A delimiter row, no rows.
    UNCLAIMED_DELIMITER = Warning "unclaimed-delimiter", "a table needs a line of names above and rows below";
    /// A line with pipes that no row took.
    UNREAD_LINE = Warning "unread-line", "join it to the row it belongs to";

    // interpret
    /// A table without any column that tells errors apart.
    NO_ERRORS = Note "no-errors", "nothing to do if it lists no errors; otherwise name its columns under `roles` in catalog.toml";
    /// A column whose role is not known.
    UNKNOWN_COLUMN = Warning "unknown-column", "name its role under `roles` in catalog.toml, or `ignore` it";
    /// A column whose role is only probable.
    GUESSED_ROLE = Warning "guessed-role", "say what it is under `roles` in catalog.toml";
    /// Cells beyond the header, named by another table.
    SIBLING_COLUMN = Note "sibling-column", "give the column a name in the header";
    /// Cells beyond the header that nothing names.
    EXTRA_CELL = Warning "extra-cell", "give the column a name in the header, or its role under `roles` in catalog.toml";
    /// A row put right.
    SHIFTED_ROW = Note "shifted-row", "add the empty cell to the page";
    /// A row that repeats the header.
    REPEATED_HEADER = Note "repeated-header", "nothing to do: the row is left out";
    /// One cell across the whole table.
    SECTION_ROW = Note "section-row", "nothing to do: the row is left out";
    /// A code cell that is no code.
    BAD_CODE = Warning "bad-code", "write one integer per row";
    /// A status cell that is no status.
    BAD_STATUS = Warning "bad-status-cell", "write a status such as 404, or a class such as 4xx";
    /// A row that says nothing about which error it is.
    NO_KEY = Warning "no-key", "give the row a code, a status, an error type or a message";
    /// A row that leaves out its key, read with that of the row above.
    CONTINUED_ROW = Warning "continued-row", "write the key in each row of the page";
    /// A dash or the like where there is nothing.
    FILLER_CELL = Note "filler-cell", "leave the cell empty";
    /// A table whose spans are too large.
    SPAN_TOO_LARGE = Warning "span-too-large", "make its rowspan and colspan as large as the table";
    /// A cell as long as many pages.
    CELL_TOO_LONG = Error "cell-too-long", "end the cell where its text ends, as with `</td>`, or take the text out of the table";
    /// A cell that reached neither an entry nor a diagnostic.
    UNREAD_CELL = Warning "unread-cell", "move its text to a column that is read";

    // resolve
    /// The file or folder is not there or cannot be read.
    UNREADABLE_FILE = Error "unreadable-file", "check the path and its permissions";
    /// A page that version control has left unmerged.
    MERGE_CONFLICT = Error "merge-conflict", "take one side, or fetch the page anew with `im-errors update`";
    /// A path out of the catalog's folder.
    PATH_OUTSIDE = Error "path-outside", "keep the files of a catalog in its folder";
    /// A group that names a table that is not there.
    NO_SUCH_TABLE = Error "no-such-table", "tables are counted from 1 in the order of the page; see them with `im-errors tables`";
    /// A table that two groups claim, or that none claims.
    TABLE_CLAIM = Error "table-claim", "name each table that lists errors in one group";
    /// A group with a table that lists no errors.
    EMPTY_GROUP = Error "empty-group", "name the columns under `roles` in catalog.toml, or take the table out of the group";
    /// A role for a column that no table has.
    NO_SUCH_COLUMN = Error "no-such-column", "columns are counted from 1; see them with `im-errors tables`";
    /// An override for an error that the page does not have.
    UNKNOWN_ERROR = Error "unknown-error", "remove it, or mend its key";
    /// Two errors of one name.
    DUPLICATE_NAME = Error "duplicate-name", "give one of them another name";
    /// A name that was not chosen by hand.
    PROPOSED_NAME = Note "proposed-name", "set it in catalog.toml before anybody depends on it";
    /// A name that changes although it is pinned.
    RENAMED = Warning "renamed", "nothing to do: the old name is kept as an alias, so that enums that use it are told the new one; to drop it, name it in `forget_aliases`";
    /// The name of a removed error, again.
    NAME_OF_REMOVED = Error "name-of-removed", "choose another name: users know this one for the removed error; if that was only reworded, restore the spec.toml from before it was removed and build again";
    /// The former name of another error.
    NAME_OF_ALIAS = Error "name-of-alias", "choose another name: users know this one for the other error";
    /// A code that the previous spec has for another error, or may.
    REUSED_CODE = Error "reused-code", "say in catalog.toml whether it is the same error, with `reuses`";
    /// A message with something in it that varies.
    UNSETTLED_PATTERN = Warning "unsettled-pattern", "set `message` in catalog.toml, with or without the holes";
    /// A pattern that does not fit its message.
    PATTERN_MISFIT = Error "pattern-misfit", "the text between the holes must be the page's";
    /// The page's text and an override.
    OVERRIDDEN_TEXT = Note "overridden-text", "remove it from catalog.toml to show the vendor's text";
    /// Rows of one error that do not agree.
    ROWS_DISAGREE = Warning "rows-disagree", "check the page: they are one error, and the first row counts";
    /// Texts of an error that have changed places.
    SWAPPED_TEXTS = Warning "swapped-texts", "check the page: probably cells were moved and their header was not";
    /// A translation for an error that is not there.
    UNKNOWN_TRANSLATION = Error "unknown-translation", "remove it, or mend its name";
    /// A translation for an error or a text that the vendor has removed.
    ORPHANED_TRANSLATION = Warning "orphaned-translation", "remove it, unless what it translates may come back";
    /// A translation for a field without source text.
    NOTHING_TO_TRANSLATE = Error "nothing-to-translate", "remove it, or give the source text in catalog.toml";
    /// A translation that does not say which text it translates.
    UNSTAMPED_TRANSLATION = Warning "unstamped-translation", "check it against the source text, then run `im-errors i18n stamp`";
    /// A translation of an older text.
    STALE_TRANSLATION = Warning "stale-translation", "translate the new text, remove its `of`, then run `im-errors i18n stamp`";
    /// A translation of what the vendor says in that language.
    NEEDLESS_TRANSLATION = Note "needless-translation", "remove it, or keep it for the day that the vendor's page lacks this text";
    /// A table of a page in another language, and a group that is not there.
    UNKNOWN_GROUP = Error "unknown-group", "name a group of the page that this one translates";
    /// A page in another language that has none of the errors.
    COUNTERPART_NONE = Error "counterpart-none", "give the vendor's own page of the same errors, or remove the source; `im-errors parse` shows what is read of it";
    /// An error that only the page in another language has.
    COUNTERPART_ONLY = Warning "counterpart-only", "it is left out: errors are from the page in the catalog's language";
    /// An error of a page in another language that may be one of several.
    COUNTERPART_AMBIGUOUS = Warning "counterpart-ambiguous", "say which `group` the table is in: `tables = {{ 1 = {{ group = … }} }}` in the [[source]]";
    /// Pages in two languages that do not agree on code, status, type or message.
    COUNTERPART_DIFFERS = Warning "counterpart-differs", "find out which page is right: what the one in the catalog's language says is kept";
    /// Rows of an error that cannot be paired with those in another language.
    COUNTERPART_ROWS = Warning "counterpart-rows", "its texts are left out: they are paired in their order, which takes as many rows in both pages";
    /// Texts that the catalog's own language lacks.
    COUNTERPART_ALONE = Warning "counterpart-alone", "say it in the catalog's language in catalog.toml; if the column was misread, name its role: `tables = {{ 1 = {{ roles = … }} }}` in the [[source]]";
    /// A text for a place that is taken.
    COUNTERPART_TEXT = Warning "counterpart-text", "the text is left out; check the page";
    /// Errors that a page in another language lacks.
    COUNTERPART_LACKS = Note "counterpart-lacks", "nothing to do: what our translations say of them is shown";
    /// A translation with other code, numbers, links or names than its source.
    TRANSLATION_DIFFERS = Warning "translation-differs", "keep code, links, numbers, placeholders and names as the source text has them";
    /// A translation, or a part of it, in the language it was translated from.
    UNTRANSLATED_TEXT = Warning "untranslated-text", "translate all of it; what must stay is code, or quoted as in the source text";
    /// A term that the translation calls by another word.
    MISSING_TERM = Warning "missing-term", "use the glossary's word, or add this one to its accepted forms";
    /// A word that the glossary avoids.
    AVOIDED_TERM = Warning "avoided-term", "use the glossary's word";
    /// Fewer translations than the catalog asks for.
    TRANSLATION_THRESHOLD = Error "translation-threshold", "see which with `im-errors i18n status`; translate them, or change what is asked for here";
    /// A spec that is not as the tool wrote it.
    SPEC_EDITED = Warning "spec-edited", "nothing to do: `im-errors build` writes it anew";
    /// A spec that is not as the tool wrote it and holds what nothing else does.
    SPEC_UNTRUSTED = Error "spec-untrusted", "restore it from version control";
    /// What stands for two errors, or two that are one.
    SAME_IDENTITY = Error "same-identity", "each error of a group is told from the others by its key";

    /// A folder that cannot name a catalog.
    BAD_CATALOG_NAME = Error "bad-catalog-name", "name the folder with ASCII letters, digits, `-`, `_` and `.`, and not `readme`, the name of the index, nor with `.changes` at its end";
    /// A file in `locales/` that is no translation.
    BAD_LOCALE_FILE = Error "bad-locale-file", "name it after the language it translates to, such as `en.toml`, or remove it";
    /// A file that cannot be put in place.
    UNWRITABLE_FILE = Error "unwritable-file", "check the permissions of its folder and the space on the disk";
    /// What a run that was broken off left half done, and cannot be undone.
    INTERRUPTED_RUN = Error "interrupted-run", "restore the catalogs and the documentation from version control, then delete this file";

    // render
    /// The folder of templates is not there or cannot be read.
    UNREADABLE_TEMPLATES = Error "unreadable-templates", "give the folder with your templates, or leave out `--templates`";
    /// A file that replaces no template.
    UNKNOWN_TEMPLATE = Error "unknown-template", "rename it, or remove it";
    /// A template that does not work.
    BROKEN_TEMPLATE = Error "broken-template", "mend it, or remove it to use the one that is built in";

    // i18n
    /// A file from a translator that cannot be read.
    BAD_IMPORT = Error "bad-import", "mend it here, or export it again";
    /// A translation of a text that is not there.
    UNKNOWN_ENTRY = Warning "unknown-entry", "nothing to do if the text is gone; it was left out";
    /// A translation of an older text.
    OUTDATED_ENTRY = Warning "outdated-entry", "export again, and translate the present text";
    /// A file of translations in which new ones cannot be placed.
    NO_PLACE = Error "no-place", "write each error of the file as a table of its own, `[Name]`";
    /// A language that is there already, or is not.
    WRONG_LOCALE = Error "wrong-locale", "see what there is with `im-errors i18n status`";

    // fetch
    /// No address of a page on the web.
    BAD_ADDRESS = Error "bad-address", "give the page's full address, starting with `https://` or `http://`";
    /// A page that the server does not give.
    NOT_FETCHED = Error "not-fetched", "open the page in a browser, save it, and give the saved file";

    // update
    /// A page that lost so much that it may not be the page.
    SUSPICIOUS_PAGE = Error "suspicious-page", "look at it in a browser; if the vendor did change it so, run the command again with `--accept`";

    // init
    /// A catalog of that name.
    CATALOG_EXISTS = Error "catalog-exists", "choose another id with `--catalog`; a newer edition of the page goes to the `sources` of the catalog that is there";
    /// A page whose tables list no errors.
    NO_ERROR_TABLE = Error "no-error-table", "if one of them does, say what its columns are, as in `--role 1.1=code --role 1.2=summary` for columns 1 and 2 of table 1; see them with `im-errors tables`";

    // enumerate
    /// A source file without an enum to bring up to date.
    NO_ENUM = Error "no-enum", "paste what `im-errors enum` prints without `--sync`";
    /// What the derive says of an enum.
    ENUM_MISTAKE = Error "enum-mistake", "mend it in the source: nothing that you wrote is changed";

    // diff
    /// A revision, or what is in it, that cannot be read.
    UNREADABLE_REVISION = Error "unreadable-revision", "name a commit, a tag or a branch of the repository that the catalogs lie in";
    /// A waiver that no longer counts.
    EXPIRED_WAIVER = Warning "expired-waiver", "look at the change again; then give a later date, or remove the waiver";
    /// A waiver that waives nothing.
    UNUSED_WAIVER = Warning "unused-waiver", "remove it, or mend its key";
}
