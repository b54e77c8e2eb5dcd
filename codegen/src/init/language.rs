//! Which language a page is in.

use im_errors_spec::Locale;

/// A language, and whether the text leaves no doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// The most probable.
    pub locale: Locale,
    /// Nothing speaks for another.
    pub certain: bool,
}

/// Characters that are written so in Traditional, and so in Simplified Chinese alone.
const TRADITIONAL: &str =
    "錯誤碼說這個們為沒後來時會學請應戶組題訊現發開關無務號驗證過還進達帶數據類檢權長與對從網絡連線";
const SIMPLIFIED: &str =
    "错误码说这个们为没后来时会学请应户组题讯现发开关无务号验证过还进达带数据类检权长与对从网络连线";

/// Words that every English text has.
const ENGLISH: [&str; 16] =
    ["the", "is", "of", "to", "a", "an", "and", "not", "in", "for", "was", "or", "be", "has", "does", "with"];

/// The language of `text`, what its tables and headings say; `declared` is what the page says of
/// itself and counts where the text does not decide.
pub(super) fn of(text: &str, declared: Option<&str>) -> Option<Language> {
    let counts = Counts::of(text);
    let found = counts.decide()?;
    let declared = declared.and_then(declared_locale);
    let locale = match (found.certain, declared) {
        (false, Some(declared)) => return Some(Language { locale: declared, certain: true }),
        _ => Locale::new(found.tag)?,
    };
    Some(Language { locale, certain: found.certain })
}

/// `zh-CN` is `zh`, `en-US` is `en`: what is written the same everywhere has no country.
fn declared_locale(tag: &str) -> Option<Locale> {
    let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
    let mut parts = tag.split('-');
    let language = parts.next()?;
    let traditional = parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"));
    Locale::new(if language == "zh" && traditional { "zh-Hant" } else { language })
}

struct Found {
    tag: &'static str,
    certain: bool,
}

#[derive(Default)]
struct Counts {
    han: usize,
    kana: usize,
    hangul: usize,
    traditional: usize,
    simplified: usize,
    words: usize,
    english: usize,
    other: usize,
}

impl Counts {
    fn of(text: &str) -> Self {
        let mut counts = Self::default();
        for c in text.chars() {
            match c {
                '\u{4e00}'..='\u{9fff}' => counts.han += 1,
                '\u{3040}'..='\u{30ff}' => counts.kana += 1,
                '\u{ac00}'..='\u{d7a3}' => counts.hangul += 1,
                // Latin letters with marks, Greek, Cyrillic and all that follow.
                '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{1fff}' => counts.other += 1,
                _ => {}
            }
            counts.simplified +=
                usize::from(!c.is_ascii() && SIMPLIFIED.contains(c) && !TRADITIONAL.contains(c));
            counts.traditional +=
                usize::from(!c.is_ascii() && TRADITIONAL.contains(c) && !SIMPLIFIED.contains(c));
        }
        // Identifiers such as `invalid_grant` are no words of a language.
        let words = text.split(|c: char| c.is_whitespace() || ",.;:()，。；：（）“”\"".contains(c));
        for word in words.filter(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic())) {
            counts.words += 1;
            counts.english += usize::from(ENGLISH.contains(&word.to_ascii_lowercase().as_str()));
        }
        counts
    }

    fn decide(&self) -> Option<Found> {
        // Messages stand in English in every language: some Chinese outweighs many of their words.
        const WORDS_PER_HAN: usize = 4;
        if self.kana * 10 > self.han + self.kana {
            return Some(Found { tag: "ja", certain: true });
        }
        if self.hangul > self.han && self.hangul * WORDS_PER_HAN > self.words {
            return Some(Found { tag: "ko", certain: true });
        }
        if self.han > 0 && self.han * WORDS_PER_HAN > self.words {
            let tag = if self.traditional > self.simplified { "zh-Hant" } else { "zh" };
            return Some(Found { tag, certain: true });
        }
        if self.words + self.other == 0 {
            return None;
        }
        // A German or French page is in Latin letters too.
        let certain = self.han == 0
            && self.other * 50 <= self.words
            && self.english * 16 >= self.words
            && self.english > 1;
        Some(Found { tag: "en", certain })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(text: &str, declared: Option<&str>) -> Option<(String, bool)> {
        of(text, declared).map(|language| (language.locale.to_string(), language.certain))
    }

    fn is(tag: &str, certain: bool) -> Option<(String, bool)> {
        Some((tag.to_owned(), certain))
    }

    #[test]
    fn languages_are_told_by_their_script_and_words() {
        assert_eq!(language("用户不存在 user not found in the app", None), is("zh", true));
        assert_eq!(language("錯誤碼 使用者不存在，請檢查", None), is("zh-Hant", true));
        assert_eq!(language("ユーザーが存在しません。登録してください", None), is("ja", true));
        assert_eq!(language("사용자가 존재하지 않습니다", None), is("ko", true));
        assert_eq!(language("The user is not in the group. Add the user to it.", None), is("en", true));
    }

    #[test]
    fn what_could_be_another_is_uncertain() {
        assert_eq!(language("Der Nutzer ist nicht in der Gruppe", None), is("en", false));
        assert_eq!(language("user_not_found x", None), is("en", false));
        let mostly_english = format!("用户 {}", "the user is not found ".repeat(9));
        assert_eq!(language(&mostly_english, None), is("en", false));
        assert_eq!(language("1001 — ✓", None), None);
    }

    #[test]
    fn what_the_page_says_counts_where_the_text_does_not_decide() {
        assert_eq!(language("Der Nutzer ist nicht hier", Some("de-DE")), is("de", true));
        assert_eq!(language("用户不存在", Some("en")), is("zh", true));
        assert_eq!(language("code", Some("zh_TW")), is("zh-Hant", true));
        assert_eq!(language("code", Some("../x")), is("en", false));
    }
}
