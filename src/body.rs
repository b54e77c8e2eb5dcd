//! The JSON bodies these vendors send.

use alloc::string::String;

use serde_json::{Map, Value};

use crate::{Match, Response};

/// A response body as recognised. What stood in the holes of its message is in the variant's
/// fields.
///
/// ```
/// # use im_errors::{ImErrors, Unrecognized};
/// # #[derive(Debug, PartialEq, ImErrors)]
/// # #[im_errors(vendor = "agora-chat", partial, docs = "https://example.com/errors")]
/// # enum ChatError {
/// #     InvalidUsername,
/// #     NewOwnerNotInGroup { username: String, group_id: String },
/// #     #[im_error(status = 429)]
/// #     Throttled,
/// #     #[im_error(other)]
/// #     Other(Unrecognized),
/// # }
/// let body = br#"{"error":"illegal_argument","error_description":"Username is not legal."}"#;
/// let found = ChatError::from_response_body(400, body).unwrap();
/// assert_eq!(found.error, ChatError::InvalidUsername);
/// assert_eq!(found.by, im_errors::Match::TextAndType);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OfBody<E> {
    /// The variant.
    pub error: E,
    /// By what it was found.
    pub by: Match,
}

/// Recognises a body by the likeliest of its texts that says anything.
#[doc(hidden)]
pub fn of_body<E>(
    status: Option<u16>,
    body: &[u8],
    recognize: &dyn Fn(&Response<'_>) -> Option<(E, Match)>,
) -> Option<OfBody<E>> {
    let body = parse(body);
    let mut response = Response::new();
    response.code = body.code;
    response.status = status;
    response.error = body.error.as_deref();
    let mut best: Option<OfBody<E>> = None;
    let messages = body.messages.iter().flatten().map(|message| Some(message.as_str()));
    // Without any text, the rest is asked.
    let none = body.messages.iter().all(Option::is_none).then_some(None);
    for message in messages.chain(none) {
        response.message = message;
        let found = recognize(&response).map(|(error, by)| OfBody { error, by });
        // Of equally good answers the one by the likeliest text.
        if best.as_ref().map(|best| best.by) < found.as_ref().map(|found| found.by) {
            best = found;
        }
    }
    best
}

/// What a body says.
#[derive(Debug, Default)]
struct Body {
    code: Option<i64>,
    /// The error type.
    error: Option<String>,
    /// The texts that can be the message, the likeliest first.
    messages: [Option<String>; 4],
}

/// Reads `{"error": …, "error_description": …, "exception": …}` and `{"error": {"code": …,
/// "message": …}}`. What is no such body is the message as it stands, as proxies send it.
fn parse(body: &[u8]) -> Body {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let Ok(Value::Object(mut fields)) = serde_json::from_slice(body) else {
        let text = String::from_utf8_lossy(body).into_owned();
        let message = Some(text).filter(|text| !text.trim().is_empty());
        return Body { messages: [message, None, None, None], ..Body::default() };
    };
    if let Some(Value::Object(inner)) = fields.get_mut("error") {
        fields = core::mem::take(inner);
    }
    let error = text(&fields, "error").or_else(|| text(&fields, "type"));
    Body {
        code: code(&fields),
        messages: [
            text(&fields, "error_description").or_else(|| text(&fields, "message")),
            text(&fields, "msg").or_else(|| text(&fields, "errorMessage")),
            text(&fields, "exception"),
            error.clone(),
        ],
        error,
    }
}

fn code(fields: &Map<String, Value>) -> Option<i64> {
    let value = fields.get("code").or_else(|| fields.get("error_code"))?;
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn text(fields: &Map<String, Value>, key: &str) -> Option<String> {
    fields.get(key)?.as_str().filter(|text| !text.trim().is_empty()).map(String::from)
}
