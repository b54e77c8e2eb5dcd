//! Latin words: which of them are names that stay as they are in every language.

/// What a word's letters say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A name in code whatever stands around it: `app_key`, `groupId`, `javax.ws.rs.Response`,
    /// `NullPointerException`; or an HTTP method.
    Identifier,
    /// `AppKey`: a name in code, or one that English writes as two words.
    Pascal,
    /// `Token`, `JSON`: an English word or an abbreviation.
    Capital,
    /// `notifier`: in Chinese text the name of a parameter, in English text any word.
    Lower,
    /// One letter.
    Letter,
}

/// HTTP methods in capitals are no English words.
const METHODS: [&str; 9] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT"];

/// Latin words that Chinese prose uses and English says in several ways (an API is an endpoint, an
/// App an application, a user ID a username): nothing is wrong where they are not kept.
const ORDINARY: &str =
    "admin api apis app apps bug demo email etc id ids im ok pc rest restful sms url urls vip vs web";

/// Words that Chinese developers' prose leaves in English, so that alone they can be a translation.
const KEPT: &str =
    "android bearer code cookie header key master presence reaction secret server thread token webhook";

pub(super) fn is_ordinary(word: &str) -> bool {
    ORDINARY.split(' ').any(|ordinary| ordinary.eq_ignore_ascii_case(word))
}

pub(super) fn is_kept(word: &str) -> bool {
    is_ordinary(word) || KEPT.split(' ').any(|kept| kept.eq_ignore_ascii_case(word))
}

/// The shape of a word as [`super::scan`] finds them.
pub(super) fn shape(word: &str) -> Shape {
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    if letters < 2 {
        return Shape::Letter;
    }
    // From a small letter to a capital.
    let humps = word.as_bytes().windows(2).filter(|pair| {
        (pair[0].is_ascii_lowercase() || pair[0].is_ascii_digit()) && pair[1].is_ascii_uppercase()
    });
    let humps = humps.count();
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    if word.contains(['_', '.']) || METHODS.contains(&word) || (humps > 0 && !capital) || humps > 1 {
        return Shape::Identifier;
    }
    match (capital, humps) {
        (true, 1) => Shape::Pascal,
        (true, _) => Shape::Capital,
        _ => Shape::Lower,
    }
}

/// What a word of English prose, in small letters, may be an inflected form of.
pub(super) fn stems(word: &str) -> Vec<String> {
    let mut stems = Vec::new();
    for (ending, puts) in [("s", &[""][..]), ("es", &[""]), ("ies", &["y"]), ("ed", &["", "e"])] {
        stems.extend(without(word, ending, puts));
    }
    stems.extend(without(word, "ied", &["y"]));
    stems.extend(without(word, "ing", &["", "e"]));
    stems
}

fn without(word: &str, ending: &str, puts: &[&str]) -> Vec<String> {
    let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 1 && stem.is_ascii()) else {
        return Vec::new();
    };
    let mut stems: Vec<_> = puts.iter().map(|put| format!("{stem}{put}")).collect();
    // Logged, banning.
    let doubled = matches!(stem.as_bytes(), [.., a, b] if a == b);
    if doubled && puts.len() > 1 {
        stems.push(stem[..stem.len() - 1].to_owned());
    }
    stems
}

/// The words in a name: `app_key`, `appKey` and `AppKey` give `app`, `key`.
pub(super) fn parts(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for c in word.chars() {
        let hump = c.is_ascii_uppercase() && before.is_ascii_lowercase();
        if hump || !c.is_ascii_alphanumeric() {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut().filter(|_| c.is_ascii_alphanumeric()) {
            part.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_tell_names_from_words() {
        for word in
            ["app_key", "APP_KEY", "groupId", "iOS", "javax.ws.rs.X", "NullPointerException", "DELETE"]
        {
            assert_eq!(shape(word), Shape::Identifier, "{word}");
        }
        assert_eq!(shape("AppKey"), Shape::Pascal);
        for word in ["Token", "JSON", "RESTful", "Get", "JMessage"] {
            assert_eq!(shape(word), Shape::Capital, "{word}");
        }
        assert_eq!(shape("notifier"), Shape::Lower);
        assert_eq!(shape("v2"), Shape::Letter);
    }

    #[test]
    fn inflected_words_give_their_stems() {
        for (word, stem) in [
            ("groups", "group"),
            ("statuses", "status"),
            ("queries", "query"),
            ("muted", "mute"),
            ("banned", "ban"),
            ("logging", "log"),
            ("denied", "deny"),
            ("recalling", "recall"),
        ] {
            assert!(stems(word).iter().any(|found| found == stem), "{word}: {:?}", stems(word));
        }
        assert_eq!(parts("appKey_id.X"), ["app", "key", "id", "x"]);
    }
}
