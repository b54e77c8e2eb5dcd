//! Inline text without a tree: one text, and what its pieces are. A cell of a page is that to spare
//! memory; rooms that look into a text take the tree of it.

use std::borrow::Cow;

use super::{Inline, length};

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Code,
    /// The start of a link.
    Link,
    /// The end of a link. Its text is where the link leads.
    LinkEnd,
    Break,
}

/// A piece, from the end of the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) kind: Kind,
    /// Where in the text it ends.
    pub(crate) end: u32,
}

/// Inline text that stands elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flat<'t> {
    text: &'t str,
    /// None where all of it is plain text.
    pieces: &'t [Piece],
}

impl<'t> Flat<'t> {
    pub(crate) fn new(text: &'t str, pieces: &'t [Piece]) -> Self {
        let is_plain = matches!(pieces, [Piece { kind: Kind::Text, .. }]);
        Self { text, pieces: if is_plain { &[] } else { pieces } }
    }

    /// The text and the pieces as they are to be kept.
    pub(crate) fn parts(self) -> (&'t str, &'t [Piece]) {
        (self.text, self.pieces)
    }

    pub(crate) fn has_break(self) -> bool {
        self.pieces.iter().any(|piece| piece.kind == Kind::Break)
    }

    /// Each piece with its text.
    pub(super) fn iter(self) -> impl Iterator<Item = (Kind, &'t str)> {
        let plain = (self.pieces.is_empty() && !self.text.is_empty()).then_some((Kind::Text, self.text));
        let mut start = 0;
        let pieces = self.pieces.iter().map(move |piece| {
            let end = piece.end as usize;
            (piece.kind, &self.text[std::mem::replace(&mut start, end)..end])
        });
        plain.into_iter().chain(pieces)
    }

    /// The text alone; breaks become newlines. Borrowed where it stands in one place.
    pub(crate) fn plain(self) -> Cow<'t, str> {
        if self.pieces.iter().all(|piece| matches!(piece.kind, Kind::Text | Kind::Code)) {
            return Cow::Borrowed(self.text);
        }
        let texts = self.iter().map(|(kind, text)| match kind {
            Kind::Text | Kind::Code => text,
            Kind::Link | Kind::LinkEnd => "",
            Kind::Break => "\n",
        });
        Cow::Owned(texts.collect())
    }

    /// The same as a tree.
    pub(crate) fn pieces(self) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut link: Option<Vec<Inline>> = None;
        for (kind, text) in self.iter() {
            let target = link.as_mut().unwrap_or(&mut out);
            match kind {
                Kind::Text => target.push(Inline::Text(text.to_owned())),
                Kind::Code => target.push(Inline::Code(text.to_owned())),
                Kind::Break => target.push(Inline::Break),
                Kind::Link => link = Some(Vec::new()),
                Kind::LinkEnd => {
                    let href = text.to_owned();
                    out.push(Inline::Link { text: link.take().unwrap_or_default(), href });
                }
            }
        }
        out
    }
}

/// A tree laid flat.
#[derive(Debug, Default)]
pub(super) struct Flattened {
    text: String,
    pieces: Vec<Piece>,
}

impl Flattened {
    pub(super) fn of(pieces: &[Inline]) -> Self {
        let mut flattened = Self::default();
        flattened.add_all(pieces);
        flattened
    }

    pub(super) fn flat(&self) -> Flat<'_> {
        Flat { text: &self.text, pieces: &self.pieces }
    }

    fn add_all(&mut self, pieces: &[Inline]) {
        for piece in pieces {
            match piece {
                Inline::Text(text) => self.add(Kind::Text, text),
                Inline::Code(code) => self.add(Kind::Code, code),
                Inline::Break => self.add(Kind::Break, ""),
                Inline::Link { text, href } => {
                    self.add(Kind::Link, "");
                    self.add_all(text);
                    self.add(Kind::LinkEnd, href);
                }
            }
        }
    }

    fn add(&mut self, kind: Kind, text: &str) {
        self.text.push_str(text);
        self.pieces.push(Piece { kind, end: length(&self.text) });
    }
}
