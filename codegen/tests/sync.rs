//! `im-errors enum --sync` adds what is missing and leaves everything else as it was.

use im_errors_codegen::enumerate::{Synced, sync};
use im_errors_spec::Locale;

const SPEC: &str = include_str!("../../tests/ui/specs/demo.toml");

fn run(text: &str) -> Synced {
    sync(text, SPEC, "demo/spec.toml", &Locale::new("en").unwrap()).unwrap()
}

/// A file in somebody's own style; `@@` is where variants are added.
const FILE: &str = r#"//! Errors.   <- odd   spacing stays

use im_errors::ImErrors;

pub mod errors {
    /// Mine.
    #[derive( Debug ,im_errors::ImErrors )]
    #[im_errors(spec = "specs/vendors/demo/spec.toml")]
    pub enum Demo
    {
        // the token, first
        TokenExpired, InternalFailure,

        UserExists, // known since 2019
@@
        // everything else
        #[im_error(skip)] Mine( u8 ) ,
        #[im_error(other)]
        Other(im_errors::Unrecognized)
    }
}
fn main () {}
"#;

const ADDED: &str = "        /// The user does not exist
        ///
        /// `1002`
        UserNotFound,
        /// The user is not in the group
        ///
        /// `403/forbidden_op/user: tom doesn't exist in group: 4065949181`
        NotGroupMember {
            /// `{username}` of the message
            username: String,
            /// `{group_id}` of the message
            group_id: String,
        },
";

#[test]
fn missing_variants_are_added_and_nothing_else_changes() {
    let before = FILE.replace("@@\n", "");
    let synced = run(&before);
    assert_eq!(synced.text, FILE.replace("@@\n", ADDED));
    assert_eq!(synced.added, ["UserNotFound", "NotGroupMember"]);
    assert_eq!(synced.diagnostics, []);
    // A second run finds nothing to do.
    let again = run(&synced.text);
    assert_eq!((again.text, again.added.len()), (synced.text, 0));
}

#[test]
fn a_last_variant_without_a_comma_gets_one() {
    let synced = run(
        "#[im_errors(spec = \"demo/spec.toml\")]\nenum Demo { TokenExpired, InternalFailure, UserExists, UserNotFound }\n",
    );
    assert!(synced.text.contains("UserNotFound,\n    /// The user is not in the group\n"), "{}", synced.text);
    assert!(syn::parse_file(&synced.text).is_ok(), "{}", synced.text);
    assert_eq!(run(&synced.text).added.len(), 0);
}

#[test]
fn an_empty_enum_gets_all() {
    let synced = run("#[im_errors(vendor = \"demo\")]\npub enum Demo {}\n");
    assert_eq!(synced.added.len(), 5);
    assert!(syn::parse_file(&synced.text).is_ok(), "{}", synced.text);
    assert_eq!(run(&synced.text).added.len(), 0);
}

#[test]
fn what_vanished_is_reported_where_it_stands() {
    let text = "#[im_errors(vendor = \"demo\")]\nenum Demo {\n    UserLocked,\n    #[im_error(group = \"codes\")]\n    Coded,\n    #[im_error(group = \"responses\")]\n    Rest,\n}\n";
    let synced = run(text);
    assert_eq!((synced.text.as_str(), synced.added.len()), (text, 0));
    let found: Vec<_> = synced
        .diagnostics
        .iter()
        .map(|d| [text[d.span.clone().unwrap()].to_owned(), d.message.to_string()])
        .collect();
    assert_eq!(
        found,
        [[
            "UserLocked",
            "`demo` has no error `UserLocked`: the vendor has removed `1003` in the edition of 2026-05"
        ]]
    );
}

#[test]
fn former_names_are_replaced_where_that_is_safe() {
    let spec = include_str!("../../tests/ui/specs/renamed.toml");
    let text = "#[im_errors(vendor = \"demo\", groups(\"codes\"))]\nenum Demo {\n    AccountTaken { username: String }, // ours\n    #[im_error( name=\"NoUser\" )]\n    Unknown,\n    OldToken, TokenExpired,\n}\n";
    let run = |text: &str| sync(text, spec, "spec.toml", &Locale::new("en").unwrap()).unwrap();
    let synced = run(text);
    let expected = text.replace("AccountTaken", "UserExists").replace("NoUser", "UserNotFound");
    assert_eq!((&synced.text, synced.added.len()), (&expected, 0));
    let renamed = [("AccountTaken", "UserExists"), ("NoUser", "UserNotFound")];
    assert_eq!(synced.renamed, renamed.map(|(from, to)| (from.to_owned(), to.to_owned())));
    // With a variant of the present name there is nothing to rename.
    let said: Vec<_> = synced
        .diagnostics
        .iter()
        .map(|d| [text[d.span.clone().unwrap()].to_owned(), d.message.to_string()])
        .collect();
    let taken = "`OldToken` was renamed to `TokenExpired` by its catalog (spec.toml:34), which another variant stands for; remove this one";
    assert_eq!(said, [["OldToken", taken]]);
    assert_eq!(run(&synced.text).renamed, []);
    // What is missing is added in the same go.
    let synced = run("#[im_errors(vendor = \"demo\")]\nenum Demo {\n    // 甲\n    NameTaken,\n}\n");
    assert_eq!(synced.added, ["UserNotFound", "TokenExpired", "Busy"]);
    assert!(
        synced.text.contains("// 甲\n    UserExists,\n    /// `1002`\n    UserNotFound,\n"),
        "{}",
        synced.text
    );
}

#[test]
fn a_file_without_such_an_enum_is_refused() {
    let refused = |text: &str| {
        let found = sync(text, SPEC, "spec.toml", &Locale::new("en").unwrap()).unwrap_err();
        (found[0].code, found[0].message.clone())
    };
    assert_eq!(refused("enum Demo {}").0, "no-enum");
    assert_eq!(refused("#[im_errors(vendor = \"other\")]\nenum Demo {}").0, "no-enum");
    assert_eq!(refused("enum Demo {").0, "enum-mistake");
}

#[test]
fn what_is_wrong_with_the_enum_as_a_whole_is_reported_too() {
    let holes: String = ('a'..='i').map(|hole| format!("{hole} {{{hole}}} ")).collect();
    let spec = SPEC.replace("message = \"user exist\"", &format!("message = \"{}\"", holes.trim_end()));
    let text = "#[im_errors(vendor = \"demo\")]\nenum Demo { InternalFailure, UserExists, UserNotFound, TokenExpired }\n";
    let synced = sync(text, &spec, "spec.toml", &Locale::new("en").unwrap()).unwrap();
    assert_eq!(synced.added, ["NotGroupMember"]);
    let said: Vec<_> = synced.diagnostics.iter().map(|d| d.message.to_string()).collect();
    assert_eq!(said, ["the message of `UserExists` (spec.toml:32) has 9 holes; 8 are the most"]);
}

#[test]
fn an_unknown_attribute_is_named_with_its_whole_path() {
    let text = "#[im_errors(vendor = \"demo\")]\nenum Demo {\n    InternalFailure, UserExists, UserNotFound, TokenExpired, NotGroupMember,\n    #[im_error(serde::rename = \"x\", ::skip)]\n    Mine,\n}\n";
    let said: Vec<_> = run(text)
        .diagnostics
        .iter()
        .map(|d| [text[d.span.clone().unwrap()].to_owned(), d.message.to_string()])
        .collect();
    let unknown = "unknown `serde::rename`; known here: name, code, codes, status, error, group, skip, other";
    assert_eq!(said, [["serde::rename", unknown], ["::skip", "unknown `::skip`; did you mean `skip`?"]]);
}
