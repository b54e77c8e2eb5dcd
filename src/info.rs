//! What is documented of an error.

use core::fmt;

use crate::data::{Data, field};

/// Everything the catalog says about one error. Cheap to copy: it points into static tables.
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
/// let info = ChatError::InvalidUsername.info().unwrap();
/// assert_eq!((info.catalog(), info.name(), info.group()), ("agora-chat", "InvalidUsername", "details"));
/// assert_eq!(info.key(), "400/illegal_argument/Username is not legal.");
/// assert_eq!(info.code(), None);
/// assert_eq!(info.error(), Some("illegal_argument"));
/// assert_eq!(info.message(), Some("Username is not legal."));
/// assert!(info.summary("en").is_some() && info.cause("en").is_some());
/// // A language that the catalog does not have falls back to that of the vendor's page.
/// assert_eq!(info.remedy("fr"), info.remedy("zh"));
/// assert_eq!(info.causes("en").count(), 1);
/// ```
#[derive(Clone, Copy)]
pub struct Info {
    data: &'static Data,
    error: u32,
}

/// An HTTP status, or a class of them.
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
/// use im_errors::HttpStatus;
/// assert_eq!(ChatError::Throttled.http_status(), Some(HttpStatus::Exact(429)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HttpStatus {
    /// One status.
    Exact(u16),
    /// A class by its first digit: `4` is `4xx`.
    Class(u8),
}

/// What to do before a failed request is repeated.
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
/// use im_errors::Advice;
/// let retry = ChatError::InvalidUsername.info().and_then(|info| info.retry());
/// assert_eq!(retry.map(|retry| retry.advice), Some(Advice::AfterFix));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Advice {
    /// Repeating cannot help.
    Never,
    /// Mend the request, the account or its plan first.
    AfterFix,
    /// The same request may succeed a little later.
    AfterDelay,
    /// The same request may succeed with a fresh token.
    WithNewToken,
}

/// Retry advice and whose it is.
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
/// let retry = ChatError::InvalidUsername.info().and_then(|info| info.retry()).unwrap();
/// assert!(retry.by_vendor, "the vendor says it");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Retry {
    /// The advice.
    pub advice: Advice,
    /// Whether the vendor gives it; otherwise the catalog's maintainers do.
    pub by_vendor: bool,
}

impl Info {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(data: &'static Data, error: u32) -> Self {
        Self { data, error }
    }

    fn string(&self, field: u32) -> Option<&'static str> {
        Some(self.data.string(self.error, field)).filter(|text| !text.is_empty())
    }

    /// The catalog's id.
    #[must_use]
    pub fn catalog(&self) -> &'static str {
        self.data.catalog
    }

    /// The name the spec gives it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.data.string(self.error, field::NAME)
    }

    /// The id of its group.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.data.string(self.error, field::GROUP)
    }

    /// Its identity as the vendor writes it: the code, or `status/type/message`, or the status.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.data.string(self.error, field::KEY)
    }

    /// The vendor's code.
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        self.string(field::CODE)?.parse().ok()
    }

    /// The HTTP status it comes with.
    #[must_use]
    pub fn http_status(&self) -> Option<HttpStatus> {
        let text = self.string(field::STATUS)?;
        match text.strip_suffix("xx") {
            Some(class) => class.parse().ok().map(HttpStatus::Class),
            None => text.parse().ok().map(HttpStatus::Exact),
        }
    }

    /// The vendor's error type.
    #[must_use]
    pub fn error(&self) -> Option<&'static str> {
        self.string(field::ERROR)
    }

    /// The server's message, with holes in braces.
    #[must_use]
    pub fn message(&self) -> Option<&'static str> {
        self.string(field::MESSAGE)
    }

    /// Whether to repeat the request.
    #[must_use]
    pub fn retry(&self) -> Option<Retry> {
        let text = self.string(field::RETRY)?;
        let (advice, by_vendor) = text.strip_prefix("vendor:").map_or((text, false), |advice| (advice, true));
        let advice = match advice {
            "never" => Advice::Never,
            "after-fix" => Advice::AfterFix,
            "after-delay" => Advice::AfterDelay,
            "with-new-token" => Advice::WithNewToken,
            _ => return None,
        };
        Some(Retry { advice, by_vendor })
    }

    /// What happened, in `locale` (`zh`, `en`, …) or, where there is no text in it, in the
    /// language of the vendor's page; else in the one that the vendor says it in.
    #[must_use]
    pub fn summary(&self, locale: &str) -> Option<&'static str> {
        self.text(locale, 0)
    }

    /// Why it happens; the first cause where there are several.
    #[must_use]
    pub fn cause(&self, locale: &str) -> Option<&'static str> {
        self.causes(locale).next()
    }

    /// What to do about the first cause.
    #[must_use]
    pub fn remedy(&self, locale: &str) -> Option<&'static str> {
        self.remedies(locale).next()
    }

    /// All causes.
    pub fn causes(&self, locale: &str) -> impl Iterator<Item = &'static str> {
        self.cases(locale, 1)
    }

    /// All remedies.
    pub fn remedies(&self, locale: &str) -> impl Iterator<Item = &'static str> {
        self.cases(locale, 2)
    }

    fn cases(&self, locale: &str, first: u32) -> impl Iterator<Item = &'static str> {
        let info = *self;
        let own = info.locale(locale);
        let width = info.texts_per_locale();
        (first..width).step_by(2).filter_map(move |at| info.text_at(own, at).or_else(|| info.text_at(0, at)))
    }

    fn text(&self, locale: &str, at: u32) -> Option<&'static str> {
        self.text_at(self.locale(locale), at).or_else(|| self.text_at(0, at))
    }

    fn text_at(&self, locale: u32, at: u32) -> Option<&'static str> {
        self.string(field::TEXTS + locale * self.texts_per_locale() + at)
    }

    fn texts_per_locale(&self) -> u32 {
        let locales = self.data.locales.len().max(1) as u32;
        self.data.strings(self.error).saturating_sub(field::TEXTS) / locales
    }

    /// The index of `locale`, or of its language (`en` for `en-US`), or of the source's language.
    fn locale(&self, locale: &str) -> u32 {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        let find =
            |wanted: &str| self.data.locales.iter().position(|known| known.eq_ignore_ascii_case(wanted));
        find(locale).or_else(|| find(language)).unwrap_or(0) as u32
    }

    /// Where the error is documented: its place in the pages at `docs` if the enum names them, else
    /// the vendor's page, if the catalog knows it.
    #[must_use]
    pub fn documentation(&self, locale: &str) -> Option<Documentation> {
        if self.data.docs.is_empty() && self.data.page.is_empty() {
            return None;
        }
        let index = self.locale(locale) as usize;
        let locale = self.data.locales.get(index).copied().unwrap_or_default();
        Some(Documentation { data: self.data, anchor: self.data.string(self.error, field::ANCHOR), locale })
    }
}

impl fmt::Debug for Info {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Info");
        out.field("catalog", &self.catalog()).field("name", &self.name()).field("key", &self.key());
        out.finish_non_exhaustive()
    }
}

impl PartialEq for Info {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.data, other.data) && self.error == other.error
    }
}

impl Eq for Info {}

/// A link, written out by `Display`.
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
/// let link = ChatError::InvalidUsername.info().unwrap().documentation("en").unwrap();
/// assert_eq!(link.to_string(), "https://example.com/errors/en/agora-chat.md#invalid-username");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Documentation {
    data: &'static Data,
    anchor: &'static str,
    locale: &'static str,
}

impl fmt::Display for Documentation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Data { docs, page, catalog, .. } = self.data;
        if docs.is_empty() {
            return f.write_str(page);
        }
        write!(f, "{docs}/{}/{catalog}.md#{}", self.locale, self.anchor)
    }
}

/// The info of every error, for a static.
#[doc(hidden)]
#[must_use]
pub const fn all<const N: usize>(data: &'static Data) -> [Info; N] {
    let mut all = [Info::new(data, 0); N];
    let mut error = 0;
    while error < N {
        all[error] = Info::new(data, error as u32);
        error += 1;
    }
    all
}

/// Of all errors, sorted by variant, those of one variant.
#[doc(hidden)]
#[must_use]
pub fn infos(data: &'static Data, all: &'static [Info], variant: u32) -> &'static [Info] {
    let start = all.partition_point(|info| data.variant(info.error) < variant);
    let count = all[start..].iter().take_while(|info| data.variant(info.error) == variant).count();
    &all[start..start + count]
}

/// The one, if there is one.
#[doc(hidden)]
#[must_use]
pub fn only_info(infos: &[Info]) -> Option<Info> {
    match infos {
        [info] => Some(*info),
        _ => None,
    }
}

/// What all have in common, if it is the same for all.
#[doc(hidden)]
pub fn agreed<T: PartialEq>(infos: &[Info], fact: fn(&Info) -> Option<T>) -> Option<T> {
    let mut facts = infos.iter().map(fact);
    let first = facts.next()??;
    facts.all(|fact| fact.as_ref() == Some(&first)).then_some(first)
}
