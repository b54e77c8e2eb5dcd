//! Responses as real servers send them: what must make no difference makes none, and nothing is
//! claimed that is not there.

use im_errors::{ImErrors, Match, Response, Unrecognized};

#[derive(Debug, Clone, PartialEq, Eq, ImErrors)]
#[im_errors(vendor = "agora-chat", partial, docs = "https://example.com/errors/")]
enum ChatError {
    InvalidUsername,
    ServiceResourceNotFound,
    UserAlreadyInGroup {
        username: String,
        group_id: u64,
    },
    NewOwnerNotInGroup {
        username: String,
        group_id: String,
    },
    AppNotFound {
        org_name: String,
        app_name: String,
        uri: String,
    },
    MessageHistoryNotFound {
        app_key: String,
        time: String,
    },
    UsersNotInGroup {
        usernames: String,
    },
    UnrecognizedToken,
    MalformedToken,
    InvalidUrl,
    #[im_error(status = 429)]
    Throttled,
    Unauthorized,
    NotFound,
    ClientError,
    #[im_error(other)]
    Other(Unrecognized),
}

fn of(status: u16, error: &'static str, message: &str) -> (ChatError, Match) {
    let found = ChatError::from_response(status, error, message);
    (found.error, found.by)
}

fn text(message: &str) -> (ChatError, Match) {
    let found = ChatError::from_response(None, None, message);
    (found.error, found.by)
}

#[test]
fn layout_of_the_text_makes_no_difference() {
    for message in [
        "Username is not legal.",
        "username is not legal",
        "USERNAME IS NOT LEGAL!".trim_end_matches('!'),
        "  Username   is\tnot\nlegal. ",
        "\"Username is not legal.\"",
        "“Username is not legal”.",
        "'username is not legal.'",
        "Username is not legal。",
        "Ｕsername is not legal",
    ] {
        assert_eq!(
            of(400, "illegal_argument", message),
            (ChatError::InvalidUsername, Match::TextAndType),
            "{message:?}"
        );
    }
}

#[test]
fn a_text_wins_over_facts_that_disagree_and_the_level_tells() {
    let message = "Username is not legal.";
    assert_eq!(of(500, "illegal_argument", message), (ChatError::InvalidUsername, Match::Text));
    assert_eq!(of(400, "web_application", message), (ChatError::InvalidUsername, Match::Text));
    assert_eq!(text(message), (ChatError::InvalidUsername, Match::Text));
}

#[test]
fn holes_take_names_ids_lists_keys_times_and_uris() {
    let member = |username: &str, group_id: &str| ChatError::NewOwnerNotInGroup {
        username: username.into(),
        group_id: group_id.into(),
    };
    let cases = [
        ("User: tom doesn't exist in group: 40659491815425.", member("tom", "40659491815425")),
        ("User: 张 三 doesn’t exist in group: 群/1", member("张 三", "群/1")),
        ("user：tom doesn't exist in group：1", member("tom", "1")),
        (
            "Users [a, b, 张三] are not members of this group!",
            ChatError::UsersNotInGroup { usernames: "a, b, 张三".into() },
        ),
        (
            "Could not find application for my-org/my.app from URI: https://a1.example.com/my-org/my.app/token?x=1.",
            ChatError::AppNotFound {
                org_name: "my-org".into(),
                app_name: "my.app".into(),
                uri: "https://a1.example.com/my-org/my.app/token?x=1".into(),
            },
        ),
        (
            "Failed to find chat message history download url for appkey: org#app, time: 2018020912.",
            ChatError::MessageHistoryNotFound { app_key: "org#app".into(), time: "2018020912".into() },
        ),
    ];
    for (message, error) in cases {
        assert_eq!(text(message), (error, Match::Text), "{message:?}");
    }
}

#[test]
fn a_hole_that_does_not_parse_is_kept_as_it_was() {
    let message = "Can not join this group, reason:user: tom already in group: g-1.";
    let found = ChatError::from_response(403, "forbidden_op", message);
    assert_eq!(found.error, ChatError::UserAlreadyInGroup { username: "tom".into(), group_id: 0 });
    assert_eq!(found.holes.get("group_id"), Some("g-1"));
    assert_eq!(found.holes.iter().collect::<Vec<_>>(), [("username", "tom"), ("group_id", "g-1")]);
    assert_eq!(found.holes.get("no such hole"), None);
}

#[test]
fn nothing_is_claimed_that_is_not_there() {
    // Longer than a documented text, or only like one: type or status answers.
    assert_eq!(of(401, "auth_bad_access_token", "Unable to authenticate (OAuth)").1, Match::Status);
    assert_eq!(of(401, "auth_bad_access_token", "Unable to authenticate").0, ChatError::UnrecognizedToken);
    assert_eq!(of(404, "no_such_type", "username 111 doesn't exist!"), (ChatError::NotFound, Match::Status));
    assert_eq!(text("error: Username is not legal.").1, Match::Nothing);
    assert_eq!(text("Username is not legal. Really.").1, Match::Nothing);
    assert_eq!(text("").1, Match::Nothing);
    assert_eq!(text("User: doesn't exist in group: 1").1, Match::Nothing);
    // Captures may hold another pattern's literals.
    let nested = "User: User: a doesn't exist in group: b doesn't exist in group: c.";
    let found = ChatError::NewOwnerNotInGroup {
        username: "User: a".into(),
        group_id: "b doesn't exist in group: c".into(),
    };
    assert_eq!(text(nested), (found, Match::Text));
}

#[test]
fn type_status_and_class_answer_in_this_order() {
    assert_eq!(
        of(404, "service_resource_not_found", "gone"),
        (ChatError::ServiceResourceNotFound, Match::Type)
    );
    assert_eq!(of(429, "anything", "slow down"), (ChatError::Throttled, Match::Status));
    assert_eq!(of(418, "teapot", "short and stout"), (ChatError::ClientError, Match::Class));
    let (error, by) = of(302, "teapot", "short and stout");
    assert_eq!(by, Match::Nothing);
    let ChatError::Other(kept) = error else { panic!("{error:?}") };
    assert_eq!((kept.status, kept.error.as_deref()), (Some(302), Some("teapot")));
    assert_eq!(kept.message.as_deref(), Some("short and stout"));
    assert!(Match::Code > Match::TextAndType && Match::Class > Match::Nothing);
}

#[test]
fn a_megabyte_of_text_is_read_once() {
    let long = "User: ".repeat(1 << 18);
    assert_eq!(text(&long).1, Match::Nothing);
    let long = format!("User: {} doesn't exist in group: 1", "群".repeat(1 << 18));
    assert!(
        matches!(text(&long).0, ChatError::NewOwnerNotInGroup { username, .. } if username.len() == 3 << 18)
    );
}

#[test]
fn bodies_are_read_in_the_forms_vendors_send() {
    let of = |status: u16, body: &str| {
        let found = ChatError::from_response_body(status, body.as_bytes()).unwrap();
        (found.error, found.by)
    };
    let legal = (ChatError::InvalidUsername, Match::TextAndType);
    let described = r#"{"error":"illegal_argument","timestamp":1,"duration":0,"exception":"java.lang.IllegalArgumentException","error_description":"Username is not legal."}"#;
    assert_eq!(of(400, described), legal);
    assert_eq!(of(400, r#"{"error":"illegal_argument","exception":"Username is not legal."}"#), legal);
    assert_eq!(
        of(400, r#"{"error_description":"Username is not legal."}"#),
        (ChatError::InvalidUsername, Match::Text)
    );
    assert_eq!(of(401, r#"{"error":"unauthorized"}"#), (ChatError::Unauthorized, Match::Status));
    let exception = r#"{"error":"web_application","exception":"javax.ws.rs.WebApplicationException"}"#;
    assert_eq!(of(500, exception), (ChatError::InvalidUrl, Match::TextAndType));
    for body in ["", "<html>", "[]", "null", "{\"error\":7}", "{", "\u{feff}{}"] {
        assert_eq!(of(429, body), (ChatError::Throttled, Match::Status), "{body:?}");
    }
    let unknown = of(302, r#"{"error":"x","error_description":"y"}"#);
    let ChatError::Other(kept) = unknown.0 else { panic!("{unknown:?}") };
    assert_eq!((kept.error.as_deref(), kept.message.as_deref()), (Some("x"), Some("y")));
    // What a proxy sends is no JSON, and is kept too.
    let page = of(302, "<html>Found</html>");
    let ChatError::Other(kept) = page.0 else { panic!("{page:?}") };
    assert_eq!(kept.message.as_deref(), Some("<html>Found</html>"));
    let marked = format!("\u{feff}{described}");
    assert_eq!(of(400, &marked), legal);
}

#[derive(Debug, ImErrors)]
#[im_errors(vendor = "jmessage-server", partial)]
enum JmessageError {
    UserAlreadyExists,
    RestUserAlreadyExists,
    #[im_error(codes(803001..=803999))]
    Send,
    #[im_error(other)]
    Other(Unrecognized),
}

#[test]
fn a_code_goes_before_any_text() {
    let of = |body: &str| JmessageError::from_response_body(403, body.as_bytes()).unwrap();
    let found = of(r#"{"error":{"code":899001,"message":"No such user"}}"#);
    assert!(matches!(found.error, JmessageError::RestUserAlreadyExists));
    assert_eq!(found.by, Match::Code);
    assert!(matches!(of(r#"{"error":{"code":"898001"}}"#).error, JmessageError::UserAlreadyExists));
    assert!(matches!(of(r#"{"error":{"code":803008,"message":"x"}}"#).error, JmessageError::Send));
    // Two errors have this text; without a code neither is claimed.
    let both = JmessageError::recognize(&Response::new().with_message("User exist"));
    assert_eq!(both.by, Match::Nothing);
    let unknown = JmessageError::recognize(&Response::new().with_code(1));
    assert!(matches!(unknown.error, JmessageError::Other(kept) if kept.code == Some(1)));
    assert!(
        JmessageError::from_code(803_001)
            .is_some_and(|error| error.code().is_none() && error.infos().len() == 12)
    );
}

#[test]
fn what_is_documented_can_be_asked() {
    let info = ChatError::InvalidUsername.info().unwrap();
    assert_eq!((info.catalog(), info.name(), info.group()), ("agora-chat", "InvalidUsername", "details"));
    assert_eq!(info.key(), "400/illegal_argument/Username is not legal.");
    assert_eq!(info.http_status(), Some(im_errors::HttpStatus::Exact(400)));
    assert_eq!(info.retry().map(|retry| retry.advice), Some(im_errors::Advice::AfterFix));
    assert_eq!(ChatError::InvalidUsername.summary("en"), info.summary("en-GB"));
    assert_eq!(info.summary("fr"), info.summary("zh"));
    assert_ne!(info.summary("en"), info.summary("zh"));
    let link = info.documentation("en").unwrap().to_string();
    assert_eq!(link, "https://example.com/errors/en/agora-chat.md#invalid-username");
    let causes = ChatError::ServiceResourceNotFound.info().unwrap();
    assert_eq!(causes.causes("en").count(), 2);
    assert_eq!(ChatError::Throttled.infos().len(), 3);
    assert_eq!(ChatError::Throttled.http_status(), Some(im_errors::HttpStatus::Exact(429)));
    assert_eq!(ChatError::Throttled.info(), None);
}

/// `display` gives `Display` and `Error` in a language.
#[derive(Debug, ImErrors)]
#[im_errors(vendor = "agora-im-legacy", partial, display = "zh")]
enum Shown {
    NotFound,
    #[im_error(status = 401)]
    NotAllowed,
    #[im_error(skip)]
    Io(std::io::Error),
    #[im_error(skip)]
    OutOfMilk,
    #[im_error(other)]
    Other(Unrecognized),
}

#[test]
fn display_speaks_the_chosen_language() {
    let summary = Shown::NotFound.summary("zh").unwrap();
    assert_eq!(Shown::NotFound.to_string(), summary);
    assert_eq!(Shown::NotAllowed.to_string(), "not allowed");
    assert_eq!(Shown::Io(std::io::Error::other("disk")).to_string(), "disk");
    assert_eq!(Shown::OutOfMilk.to_string(), "out of milk");
    let other = Shown::from_response(418, "teapot", None);
    assert_eq!(other.error.to_string(), "418 teapot");
    let _: &dyn std::error::Error = &other.error;
}

/// Without `display` the user's own, or thiserror's, has room.
#[derive(Debug, thiserror::Error, ImErrors)]
#[im_errors(vendor = "agora-im-legacy", partial)]
enum Both {
    #[error("not here: {}", self.summary("en").unwrap_or_default())]
    NotFound,
    #[error(transparent)]
    #[im_error(other)]
    Other(Unrecognized),
}

#[test]
fn it_gets_on_with_thiserror() {
    assert!(Both::NotFound.to_string().starts_with("not here: "));
    assert!(matches!(Both::from_response(None, None, None).error, Both::Other(_)));
}

/// Two errors of many, and nothing else.
#[derive(Debug, PartialEq, Eq, ImErrors)]
#[im_errors(vendor = "agora-chat", partial)]
enum Two {
    InvalidUsername,
    UnrecognizedToken,
    #[im_error(other)]
    Other(Unrecognized),
}

#[test]
fn a_partial_enum_claims_nothing_of_what_it_leaves_out() {
    let by = |status, error, message| Two::from_response(status, error, message).by;
    assert_eq!(by(400, "illegal_argument", "Username is not legal."), Match::TextAndType);
    // Documented, of the same type and status, and another error.
    assert_eq!(
        by(401, "auth_bad_access_token", "unable to authenticate due to malformed token"),
        Match::Nothing
    );
    assert_eq!(by(400, "illegal_argument", "no such text"), Match::Nothing);
    assert_eq!(by(400, "no such type", "no such text"), Match::Nothing);
    assert_eq!(by(401, "no such type", "no such text"), Match::Nothing);
}

#[derive(Debug, ImErrors)]
#[im_errors(vendor = "jmessage-server", partial)]
enum OneUserExists {
    RestUserAlreadyExists,
    #[im_error(other)]
    Other(Unrecognized),
}

#[test]
fn the_code_of_an_error_that_is_left_out_keeps_its_text_from_being_claimed() {
    let of = |response| OneUserExists::recognize(&response);
    let text = Response::new().with_message("User exist");
    assert!(matches!(of(text.with_code(899_001)).error, OneUserExists::RestUserAlreadyExists));
    let left_out = of(text.with_code(898_001)).error;
    assert!(matches!(left_out, OneUserExists::Other(kept) if kept.code == Some(898_001)));
    assert_eq!(of(text).by, Match::Nothing);
}

#[derive(Debug, Clone, PartialEq, Eq, ImErrors)]
#[im_errors(spec = "tests/ui/specs/close.toml")]
enum Alike {
    SenderGone {
        user: String,
    },
    ReceiverGone {
        user: String,
    },
    Starts {
        x: String,
    },
    Ends {
        x: String,
    },
    Typed {
        r#type: String,
    },
    #[im_error(group = "many")]
    Many,
    Last,
}

#[test]
fn of_patterns_that_fit_alike_none_is_claimed() {
    let of = |response: Response<'_>| Alike::recognize(&response).map(|found| (found.error, found.by));
    let text = |message| Response::new().with_message(message);
    assert_eq!(of(text("user tom gone")), None);
    let receiver = Alike::ReceiverGone { user: "tom".into() };
    assert_eq!(of(text("user tom gone").with_code(i64::MAX)), Some((receiver, Match::Code)));
    assert_eq!(Alike::from_code(i64::MIN), Some(Alike::SenderGone { user: String::new() }));
    assert_eq!(of(text("aa bb")), None);
    assert_eq!(of(text("aa cc")), Some((Alike::Starts { x: "cc".into() }, Match::TextAndType)));
    assert_eq!(of(text("type a!")), Some((Alike::Typed { r#type: "a!".into() }, Match::TextAndType)));
}

#[test]
fn any_number_of_errors_with_one_text_are_told_apart() {
    let of =
        |status: u16| Alike::from_response(status, None, "the same").map(|found| (found.error, found.by));
    assert_eq!(of(400), Some((Alike::Many, Match::TextAndType)));
    assert_eq!(of(420), Some((Alike::Last, Match::TextAndType)));
    assert_eq!(of(500), None);
}
