//! Any markup → flat inline text.

use super::flat::{Flat, Kind, Piece};
use super::{Inlines, length};

/// Collects inline text from any markup: folds white space, merges neighbours, trims the ends. It
/// can be used again for the next text, and then keeps the room it has.
#[derive(Debug, Default)]
pub struct Builder {
    text: String,
    pieces: Vec<Piece>,
    link: Option<Link>,
    code: Option<String>,
    space: bool,
    bold_depth: usize,
    bold_text: bool,
    plain_text: bool,
}

/// A link that is open.
#[derive(Debug)]
struct Link {
    href: String,
    /// Where in the pieces it starts.
    at: usize,
}

/// White space for folding: what browsers fold, and the no-break space vendors pad cells with.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}')
}

/// Characters that are there but show nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}') || (c.is_control() && !is_space(c))
}

/// Whether `text` holds nothing to fold or to leave out, except for single spaces.
fn is_settled(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter(|(_, byte)| MAY_BE_ODD[usize::from(**byte)]).all(|(at, byte)| {
        let next = |n| bytes.get(at + n).copied();
        match byte {
            b' ' => next(1) != Some(b' '),
            // The control characters beyond ASCII, and the no-break space.
            0xc2 => next(1).is_some_and(|second| second > 0xa0),
            // The first two bytes of the invisible ones.
            0xe2 => !(matches!(next(1), Some(0x80 | 0x81)) && matches!(next(2), Some(0x8b | 0xa0))),
            0xef => next(1) != Some(0xbb),
            _ => false,
        }
    })
}

/// The bytes that [`is_settled`] looks at more closely.
const MAY_BE_ODD: [bool; 256] = bytes_in(b"\x20\x7f\xc2\xe2\xef", 0x20);

/// Which bytes are among `some` or below `end`.
pub(super) const fn bytes_in(some: &[u8], end: u8) -> [bool; 256] {
    let mut found = [false; 256];
    let mut at = 0;
    while at < some.len() {
        found[some[at] as usize] = true;
        at += 1;
    }
    let mut byte = 0;
    while byte < end {
        found[byte as usize] = true;
        byte += 1;
    }
    found
}

impl Builder {
    /// Adds text.
    pub fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
            return;
        }
        if is_settled(text) {
            return self.settled(text);
        }
        for run in text.split_inclusive(is_space) {
            let word = run.trim_end_matches(is_space);
            if !word.is_empty() {
                self.word(word);
            }
            self.space |= word.len() < run.len();
        }
    }

    /// Adds text that has nothing to fold but a space at either end.
    fn settled(&mut self, text: &str) {
        let inner = text.strip_prefix(' ').unwrap_or(text);
        self.space |= inner.len() < text.len();
        let word = inner.strip_suffix(' ').unwrap_or(inner);
        if !word.is_empty() {
            self.visible(word);
        }
        self.space |= word.len() < inner.len();
    }

    fn word(&mut self, word: &str) {
        let visible: String;
        let word = if word.contains(is_invisible) {
            visible = word.chars().filter(|c| !is_invisible(*c)).collect();
            visible.as_str()
        } else {
            word
        };
        if !word.is_empty() {
            self.visible(word);
        }
    }

    fn visible(&mut self, word: &str) {
        self.flush_space();
        self.weigh();
        self.push(Kind::Text, word);
    }

    /// Adds `text` to the last piece where that is of the same kind, for side by side two texts or
    /// codes could not be told apart in Markdown.
    fn push(&mut self, kind: Kind, text: &str) {
        self.text.push_str(text);
        let end = length(&self.text);
        match self.pieces.last_mut() {
            Some(last) if last.kind == kind => last.end = end,
            _ => self.pieces.push(Piece { kind, end }),
        }
    }

    fn mark(&mut self, kind: Kind) {
        self.pieces.push(Piece { kind, end: length(&self.text) });
    }

    fn weigh(&mut self) {
        self.bold_text |= self.bold_depth > 0;
        self.plain_text |= self.bold_depth == 0;
    }

    fn last(&self) -> Option<Kind> {
        self.pieces.last().map(|piece| piece.kind)
    }

    /// Writes the pending space unless it would stand at an end or beside a break.
    fn flush_space(&mut self) {
        if !std::mem::take(&mut self.space) {
            return;
        }
        let at_start = match (self.last(), &self.link) {
            (None | Some(Kind::Break), _) => true,
            (Some(Kind::Link), Some(link)) => {
                let before = link.at.checked_sub(1).map(|at| self.pieces[at].kind);
                matches!(before, None | Some(Kind::Break))
            }
            _ => false,
        };
        if !at_start {
            self.push(Kind::Text, " ");
        }
    }

    /// Starts a code span; inner ones are part of it.
    pub fn code_start(&mut self) {
        self.code.get_or_insert_default();
    }

    /// Ends the code span.
    pub fn code_end(&mut self) {
        if let Some(code) = self.code.take() {
            self.code(&code);
        }
    }

    /// Adds a code span. Inside another one it is a part of that, and its end.
    pub(super) fn code(&mut self, code: &str) {
        if let Some(mut outer) = self.code.take() {
            outer.push_str(code);
            return self.code(&outer);
        }
        let folded: String;
        let shown = if is_settled(code) && !code.starts_with(' ') && !code.ends_with(' ') {
            code
        } else {
            let visible = code.replace(is_invisible, "");
            let words = visible.split(is_space).filter(|word| !word.is_empty());
            folded = words.collect::<Vec<_>>().join(" ");
            folded.as_str()
        };
        if shown.is_empty() {
            return;
        }
        self.space |= code.starts_with(is_space);
        self.flush_space();
        self.weigh();
        self.push(Kind::Code, shown);
        self.space = code.ends_with(is_space);
    }

    /// Starts a link, ending one that is open.
    pub fn link_start(&mut self, href: &str) {
        self.link_end();
        self.flush_space();
        self.link = Some(Link { href: href.trim().to_owned(), at: self.pieces.len() });
        self.mark(Kind::Link);
    }

    /// Ends the link.
    pub fn link_end(&mut self) {
        self.code_end();
        let Some(Link { href, at }) = self.link.take() else {
            return;
        };
        if at + 1 == self.pieces.len() {
            self.pieces.pop();
        } else if is_safe_link(&href) {
            self.text.push_str(&href);
            self.mark(Kind::LinkEnd);
        } else {
            self.pieces.remove(at);
            let is_text = |at: usize| self.pieces[at].kind == Kind::Text;
            if at > 0 && is_text(at - 1) && is_text(at) {
                self.pieces.remove(at - 1);
            }
        }
    }

    /// Starts or ends bold text.
    pub fn bold(&mut self, start: bool) {
        self.bold_depth = if start { self.bold_depth + 1 } else { self.bold_depth.saturating_sub(1) };
    }

    /// Adds a line break. Inside a link it is a space.
    pub fn line_break(&mut self) {
        if self.link.is_some() || self.code.is_some() {
            self.text(" ");
            return;
        }
        self.space = false;
        if !matches!(self.last(), None | Some(Kind::Break)) {
            self.mark(Kind::Break);
        }
    }

    /// All that was added, and whether all of its text is bold.
    #[must_use]
    pub fn flat(&mut self) -> (Flat<'_>, bool) {
        self.link_end();
        if self.last() == Some(Kind::Break) {
            self.pieces.pop();
        }
        (Flat::new(&self.text, &self.pieces), self.bold_text && !self.plain_text)
    }

    /// Forgets all that was added.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
        (self.link, self.code) = (None, None);
        (self.space, self.bold_text, self.plain_text) = (false, false, false);
        self.bold_depth = 0;
    }

    /// The text alone of all that was added; breaks become newlines.
    pub(crate) fn plain(mut self) -> String {
        self.flat().0.plain().into_owned()
    }

    /// All that was added.
    #[must_use]
    pub fn finish(mut self) -> Inlines {
        let (flat, bold) = self.flat();
        Inlines { pieces: flat.pieces(), bold }
    }
}

/// Whether a link leads to the web, to mail, or to a place beside the page.
fn is_safe_link(href: &str) -> bool {
    let end = href.find(['/', '?', '#']).unwrap_or(href.len());
    let well_formed = !href.is_empty() && !href.contains(|c: char| c.is_control() || c == '<' || c == '>');
    let scheme = href[..end].split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    well_formed && matches!(scheme.as_deref(), None | Some("http" | "https" | "mailto"))
}
