//! The lines between which a Markdown page shows code.

/// The opening or closing line of a fenced code block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fence {
    mark: u8,
    length: usize,
    bare: bool,
    /// It is in a block quote.
    quoted: bool,
    /// The column where the text of the list item starts that it stands in, 0 outside of one.
    item: usize,
}

impl Fence {
    pub(super) fn closes(&self, open: &Self) -> bool {
        let same_place = self.quoted == open.quoted && self.item == 0;
        self.mark == open.mark && self.length >= open.length && self.bare && same_place
    }

    /// Whether the block quote or list item it is in ends before `line`, and the code with it.
    pub(super) fn ends_before(&self, line: &str) -> bool {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let left_quote = self.quoted && !content.starts_with('>');
        left_quote || (indent < self.item && !content.is_empty())
    }
}

/// Reads a fence; block quotes, list markers and the indentation of lists may stand before it.
pub(super) fn fence_of(line: &str) -> Option<Fence> {
    const SHORTEST: usize = 3;
    memchr::memchr2(b'`', b'~', line.as_bytes())?;
    let unquoted = line.trim_start_matches([' ', '\t', '>']);
    let quoted = line[..line.len() - unquoted.len()].contains('>');
    let content = after_list_marker(unquoted);
    let item = if content.len() < unquoted.len() && !quoted { line.len() - content.len() } else { 0 };
    let content = content.trim_end();
    let mark = *content.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = content.bytes().take_while(|b| *b == mark).count();
    let info = &content[length..];
    let inline_code = mark == b'`' && info.contains('`');
    let bare = info.is_empty();
    (length >= SHORTEST && !inline_code).then_some(Fence { mark, length, bare, quoted, item })
}

/// What follows the marker of a list item, such as `- ` or `1. `; the whole line if there is none.
fn after_list_marker(line: &str) -> &str {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if number.len() < line.len() {
        number.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '+'])
    };
    rest.filter(|rest| rest.starts_with([' ', '\t'])).map_or(line, str::trim_start)
}
