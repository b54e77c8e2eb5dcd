//! What users of the derive see.

use std::collections::BTreeSet;

use im_errors::{ImErrors, Match, Unrecognized};

#[derive(Debug, Clone, PartialEq, Eq, ImErrors)]
#[im_errors(vendor = "agora-chat", partial)]
enum ChatError {
    InvalidUsername,
    #[im_error(name = "UserAlreadyInGroup")]
    AlreadyMember {
        username: String,
        group_id: u64,
    },
    #[im_error(error = "auth_bad_access_token")]
    BadToken,
    #[im_error(status = 429)]
    Throttled,
    NotFound,
    #[im_error(skip)]
    Transport(String),
    #[im_error(other)]
    Other(Unrecognized),
}

#[test]
fn a_text_is_its_variant() {
    let found = ChatError::from_response(400, "illegal_argument", "Username is not legal.");
    assert_eq!(found.error, ChatError::InvalidUsername);
    assert_eq!(found.by, Match::TextAndType);
    let found = ChatError::from_response(None, None, " “username  is not LEGAL” ");
    assert_eq!((found.error, found.by), (ChatError::InvalidUsername, Match::Text));
    let found = ChatError::from_response(
        403,
        "forbidden_op",
        "can not join this group, reason:user: 张三 already in group: 40659491815425.",
    );
    let member = ChatError::AlreadyMember { username: "张三".into(), group_id: 40_659_491_815_425 };
    assert_eq!((found.error, found.by), (member, Match::TextAndType));
    let found = ChatError::from_response(401, "auth_bad_access_token", "Unable to authenticate (OAuth)");
    assert_eq!((found.error, found.by), (ChatError::BadToken, Match::Type));
    let found = ChatError::from_response(429, None, "slow down");
    assert_eq!((found.error, found.by), (ChatError::Throttled, Match::Status));
    let found = ChatError::from_response(418, "teapot", "username 111 doesn't exist!");
    assert!(
        matches!(&found.error, ChatError::Other(all) if all.to_string() == "418 teapot: username 111 doesn't exist!")
    );
    assert_eq!(found.by, Match::Nothing);
    assert_eq!(ChatError::Transport(String::new()).info(), None);
    let info = ChatError::InvalidUsername.info().unwrap();
    assert_eq!(info.key(), "400/illegal_argument/Username is not legal.");
    println!("{:?} {:?} {:?}", info.summary("en"), info.cause("en-US"), info.remedy("xx"));
}

/// A crate that only wants what is unknown kept gets no warning of code it did not write.
#[deny(warnings)]
mod own_variants_alone {
    #[derive(Debug, im_errors::ImErrors)]
    #[im_errors(vendor = "agora-im-legacy", partial)]
    pub(super) enum Kept {
        #[im_error(other)]
        Other(im_errors::Unrecognized),
    }
}

#[test]
fn an_enum_can_keep_everything_as_it_came() {
    let found = own_variants_alone::Kept::from_response(404, None, "gone");
    assert_eq!(found.by, Match::Nothing);
    assert!(
        matches!(found.error, own_variants_alone::Kept::Other(all) if all.message.as_deref() == Some("gone"))
    );
    assert!(own_variants_alone::Kept::from_code(404).is_none());
}

/// What a crate calls its own, and leaves out of scope, is no matter to the expansion.
#[deny(warnings, missing_docs, unreachable_pub)]
mod a_world_of_its_own {
    #![no_implicit_prelude]

    pub(super) struct Option;
    pub(super) struct String;

    /// Inside, as what the names mean elsewhere.
    #[derive(::std::fmt::Debug, ::std::cmp::PartialEq, ::im_errors::ImErrors)]
    #[im_errors(spec = "tests/ui/specs/close.toml", partial, display = "en")]
    #[repr(u8)]
    pub(super) enum Close {
        #[deprecated]
        #[im_error(code = -9223372036854775808)]
        SenderGone = 7,
        ReceiverGone {
            user: ::std::string::String,
        },
        r#Typed {
            r#type: ::std::string::String,
        },
        #[cfg(any())]
        NoError,
        #[im_error(other)]
        Other(::im_errors::Unrecognized),
    }
}

#[test]
fn an_expansion_needs_nothing_in_scope() {
    use a_world_of_its_own::{Close, Option, String};
    let _ = (Option, String);
    let user = std::string::String::new();
    assert_eq!(Close::from_code(i64::MAX), Some(Close::ReceiverGone { user }));
    assert_eq!(Close::from_code(i64::MIN).and_then(|error| error.code()), Some(i64::MIN));
    let typed = Close::from_response(None, None, "Type x.").error;
    assert_eq!(typed, Close::Typed { r#type: "x".into() });
    assert_eq!(typed.to_string(), "type {type}");
    assert_eq!(Close::from_response(None, None, "?").by, Match::Nothing);
}

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/two_pages.toml")]
enum OfTwoPages {
    UserGone,
}

#[test]
fn what_only_the_vendors_page_in_another_language_says_is_said_in_all() {
    let info = OfTwoPages::UserGone.info().unwrap();
    for locale in ["zh", "en", "ja", "fr"] {
        assert_eq!(info.remedy(locale), Some("Register the user."), "{locale}");
        assert_eq!(info.remedies(locale).count(), 1, "{locale}");
        assert_eq!(info.causes(locale).count(), 0, "{locale}");
    }
    assert_eq!(info.summary("ja"), Some("用户不存在"));
    assert_eq!(info.summary("en"), Some("The user is gone"));
}

/// A class before and after single statuses of it.
#[derive(Debug, PartialEq, Eq, ImErrors)]
#[im_errors(vendor = "agora-chat", partial)]
enum ByStatus {
    #[im_error(status = 404)]
    Missing,
    #[im_error(status = "4xx")]
    Client,
    #[im_error(status = 429)]
    Throttled,
    #[im_error(status = "5XX")]
    Server,
    #[im_error(status = "503")]
    Unavailable,
    #[im_error(other)]
    Other(Unrecognized),
}

#[test]
fn a_class_of_statuses_is_all_of_it_that_no_single_status_takes() {
    for status in 100..=599 {
        let found = ByStatus::from_response(status, None, None);
        let expected = match status {
            404 => ByStatus::Missing,
            429 => ByStatus::Throttled,
            503 => ByStatus::Unavailable,
            400..=499 => ByStatus::Client,
            500..=599 => ByStatus::Server,
            _ => {
                assert!(matches!(found.error, ByStatus::Other(_)), "{status}: {found:?}");
                continue;
            }
        };
        // The vendor documents the classes themselves too.
        let by = match status {
            400 | 401 | 403..=405 | 408 | 413 | 415 | 429 | 500..=504 => Match::Status,
            _ => Match::Class,
        };
        assert_eq!((found.error, found.by), (expected, by), "{status}");
    }
    let statuses = |error: &ByStatus| -> BTreeSet<_> {
        error.infos().iter().filter_map(|info| info.key().split('/').next()).collect()
    };
    assert_eq!(statuses(&ByStatus::Missing), BTreeSet::from(["404"]));
    assert_eq!(statuses(&ByStatus::Unavailable), BTreeSet::from(["503"]));
    assert_eq!(
        statuses(&ByStatus::Client),
        BTreeSet::from(["4xx", "400", "401", "403", "405", "408", "413", "415"])
    );
}

#[derive(Debug, ImErrors)]
#[im_errors(spec = "tests/ui/specs/close.toml", partial)]
enum WithoutStatus {
    #[im_error(status = "4xx")]
    Client,
    #[im_error(other)]
    Other(Unrecognized),
}

#[test]
fn what_has_no_status_is_in_no_class() {
    let groups: BTreeSet<_> = WithoutStatus::Client.infos().iter().map(|info| info.group()).collect();
    assert_eq!(groups, BTreeSet::from(["many"]));
    assert!(WithoutStatus::from_code(i64::MIN).is_none());
    let found = WithoutStatus::from_response(None, None, "user 1 gone").error;
    assert!(matches!(found, WithoutStatus::Other(kept) if kept.message.as_deref() == Some("user 1 gone")));
}

#[derive(Debug, PartialEq, Eq, ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml", groups("codes", "responses"))]
enum Listed {
    #[im_error(codes(1000, 1002..1004,))]
    Some,
    UserExists,
    TokenExpired,
    NotGroupMember,
}

#[test]
fn lists_have_several_items() {
    let codes = [999, 1000, 1001, 1002, 1003].map(Listed::from_code);
    assert_eq!(codes, [None, Some(Listed::Some), Some(Listed::UserExists), Some(Listed::Some), None]);
    assert_eq!(
        Listed::Some.infos().iter().map(|info| info.code()).collect::<Vec<_>>(),
        [Some(1000), Some(1002)]
    );
    let groups: BTreeSet<_> = Listed::ALL.iter().map(|info| info.group()).collect();
    assert_eq!(groups, BTreeSet::from(["codes", "responses"]));
}
