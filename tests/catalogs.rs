//! The shipped catalogs, each derived whole: every error comes back by code, by response and by
//! name.

use im_errors::{HttpStatus, ImErrors, Info, Match, Response};

/// `im-errors enum`, as it is.
pub mod agora_chat {
    include!("enums/agora_chat.rs");
}
/// `im-errors enum`, as it is.
pub mod agora_chat_revised {
    include!("enums/agora_chat_revised.rs");
}
/// `im-errors enum`, as it is.
pub mod agora_im_legacy {
    include!("enums/agora_im_legacy.rs");
}
/// `im-errors enum`, as it is.
pub mod easemob_rest {
    include!("enums/easemob_rest.rs");
}
/// `im-errors enum`, as it is.
pub mod jmessage_server {
    include!("enums/jmessage_server.rs");
}

/// The message with something in its holes.
fn instance(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (hole, after) = after.split_once('}').unwrap();
        out.push_str(match hole {
            "username" | "user" => "张三#1",
            "time" => "2018020918",
            "app_key" => "org#app",
            "line" | "column" | "char_code" => "61",
            other => other,
        });
        rest = after;
    }
    out + rest
}

fn response<'m>(info: &Info, message: Option<&'m str>) -> Response<'m> {
    let mut response = Response::new();
    response.code = info.code();
    response.status = info.http_status().map(|status| match status {
        HttpStatus::Exact(status) => status,
        HttpStatus::Class(class) => u16::from(class) * 100 + 99,
    });
    response.error = info.error();
    response.message = message;
    response
}

/// Checks every error; returns how many there are.
fn round_trip<E: ImErrors + std::fmt::Debug>(all: &[Info], by_code: fn(i64) -> Option<E>) -> usize {
    for info in all {
        if let Some(code) = info.code() {
            let error = by_code(code).unwrap();
            assert_eq!(error.info(), Some(*info), "{info:?}");
        }
        let message = info
            .message()
            .map(|message| if message.contains("{{") { message.to_owned() } else { instance(message) });
        let found = E::recognize(&response(info, message.as_deref())).unwrap();
        let facts = |info: &Info| (info.code(), info.http_status(), info.error(), info.message());
        if all.iter().filter(|other| facts(other) == facts(info)).count() > 1 {
            // Two groups list it; without more, neither is claimed.
            assert_eq!(found.by, Match::Nothing, "{info:?}");
            continue;
        }
        assert_eq!(found.error.info(), Some(*info), "{info:?} {:?}", found.by);
        let surest = match (info.code(), info.message(), info.error(), info.http_status()) {
            (Some(_), ..) => Match::Code,
            (_, Some(_), ..) => Match::TextAndType,
            (_, _, Some(_), _) => Match::Type,
            (.., Some(HttpStatus::Class(_))) => Match::Class,
            _ => Match::Status,
        };
        assert_eq!(found.by, surest, "{info:?}");
        let name = format!("{:?}", found.error);
        assert_eq!(name.split(' ').next(), Some(info.name()));
        for hole in found.holes.iter() {
            assert!(message.as_deref().is_some_and(|message| message.contains(hole.1)), "{hole:?}");
        }
        for locale in ["zh", "en"] {
            assert!(info.summary(locale).is_some(), "{info:?} in {locale}");
        }
    }
    all.len()
}

#[test]
fn every_error_of_every_catalog_comes_back() {
    use agora_chat::AgoraChatError;
    use agora_chat_revised::AgoraChatRevisedError;
    use agora_im_legacy::AgoraImLegacyError;
    use easemob_rest::EasemobRestError;
    use jmessage_server::JmessageServerError;
    assert_eq!(round_trip(AgoraChatError::ALL, AgoraChatError::from_code), 63);
    assert_eq!(round_trip(AgoraChatRevisedError::ALL, AgoraChatRevisedError::from_code), 46);
    assert_eq!(round_trip(AgoraImLegacyError::ALL, AgoraImLegacyError::from_code), 24);
    assert_eq!(round_trip(EasemobRestError::ALL, EasemobRestError::from_code), 27);
    assert_eq!(round_trip(JmessageServerError::ALL, JmessageServerError::from_code), 152);
}
