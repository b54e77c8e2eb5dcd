//! The elements and attributes that mean something in a table.

/// An element by what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Element {
    Table,
    Head,
    Body,
    Foot,
    Row,
    Cell,
    HeaderCell,
    Caption,
    Link,
    Image,
    Bold,
    Code,
    /// What stands on lines of its own, or is a break.
    Block,
    /// A heading, by its level.
    Heading(u8),
    /// What holds no text to be shown, by its place in [`RAW`].
    Raw(u8),
    /// Any other.
    #[default]
    Other,
}

const RAW: [&[u8]; 4] = [b"script", b"style", b"template", b"noscript"];

impl Element {
    /// The element of a tag.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"td" => Self::Cell,
            b"tr" => Self::Row,
            b"th" => Self::HeaderCell,
            b"a" => Self::Link,
            b"code" | b"kbd" | b"samp" | b"tt" => Self::Code,
            b"b" | b"strong" => Self::Bold,
            b"br" | b"p" | b"div" | b"ul" | b"ol" | b"li" | b"dl" | b"dt" | b"dd" | b"pre" | b"hr"
            | b"blockquote" | b"section" => Self::Block,
            b"table" => Self::Table,
            b"thead" => Self::Head,
            b"tbody" => Self::Body,
            b"tfoot" => Self::Foot,
            b"caption" => Self::Caption,
            b"img" => Self::Image,
            [b'h', level @ b'1'..=b'6'] => Self::Heading(level - b'0'),
            name => {
                let raw = RAW.iter().position(|raw| *raw == name).and_then(|at| u8::try_from(at).ok());
                raw.map_or(Self::Other, Self::Raw)
            }
        }
    }

    pub(super) fn is_of_table(self) -> bool {
        matches!(
            self,
            Self::Table | Self::Head | Self::Body | Self::Foot | Self::Row | Self::Cell | Self::HeaderCell
        )
    }

    /// Whether text before and after it are apart.
    pub(super) fn is_block(self) -> bool {
        matches!(self, Self::Block | Self::Heading(_))
    }
}

/// An attribute that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Attribute {
    Href,
    Alt,
    Colspan,
    Rowspan,
    #[default]
    Other,
}

impl Attribute {
    /// The attribute of a tag.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"href" => Self::Href,
            b"alt" => Self::Alt,
            b"colspan" => Self::Colspan,
            b"rowspan" => Self::Rowspan,
            _ => Self::Other,
        }
    }
}

/// A span as the HTML standard reads it: the digits at the start, however many they are.
pub(super) fn number(value: &str) -> Option<u32> {
    let value = value.trim_start();
    let value = value.strip_prefix('+').unwrap_or(value);
    let digits = value.bytes().take_while(u8::is_ascii_digit);
    digits.fold(None, |number: Option<u32>, digit| {
        Some(number.unwrap_or(0).saturating_mul(10).saturating_add(u32::from(digit - b'0')))
    })
}
