//! Inline text: what is left of a cell once layout is gone.
//!
//! Texts are text, code, links and breaks, nothing else, so that they can be shown safely
//! anywhere. [`to_markdown`] and [`from_markdown`] are inverse to each other.

use std::borrow::Cow;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

/// A piece of inline text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// A code span.
    Code(String),
    /// A link; its text holds no link or break.
    Link {
        /// What is shown.
        text: Vec<Inline>,
        /// Where it leads.
        href: String,
    },
    /// A line break.
    Break,
}

/// What [`Builder`] makes of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inlines {
    /// The pieces in order.
    pub pieces: Vec<Inline>,
    /// Whether all of its text is bold, as vendors write headers.
    pub bold: bool,
}

/// Collects inline text from any markup: folds white space, merges neighbours, trims the ends.
#[derive(Debug, Default)]
pub struct Builder {
    out: Vec<Inline>,
    link: Option<(String, Vec<Inline>)>,
    code: Option<String>,
    space: bool,
    bold_depth: usize,
    bold_text: bool,
    plain_text: bool,
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
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let next = |n| bytes.get(at + n).copied();
        let odd = match byte {
            b' ' => next(1) == Some(b' '),
            0..0x20 | 0x7f => true,
            // The control characters beyond ASCII, and the no-break space.
            0xc2 => next(1).is_none_or(|second| second <= 0xa0),
            // The first two bytes of the invisible ones.
            0xe2 => matches!(next(1), Some(0x80 | 0x81)) && matches!(next(2), Some(0x8b | 0xa0)),
            0xef => next(1) == Some(0xbb),
            _ => false,
        };
        if odd {
            return false;
        }
        at += 1;
    }
    true
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
        match self.target().last_mut() {
            Some(Inline::Text(text)) => text.push_str(word),
            _ => self.push(Inline::Text(word.to_owned())),
        }
    }

    fn push(&mut self, piece: Inline) {
        let target = self.target();
        // Most texts are of one piece.
        if target.is_empty() {
            target.reserve_exact(1);
        }
        target.push(piece);
    }

    fn weigh(&mut self) {
        self.bold_text |= self.bold_depth > 0;
        self.plain_text |= self.bold_depth == 0;
    }

    fn target(&mut self) -> &mut Vec<Inline> {
        match &mut self.link {
            Some((_, text)) => text,
            None => &mut self.out,
        }
    }

    /// Writes the pending space unless it would stand at an end or beside a break.
    fn flush_space(&mut self) {
        if !std::mem::take(&mut self.space) {
            return;
        }
        let at_start = matches!(self.out.last(), None | Some(Inline::Break));
        let target = self.target();
        match target.last_mut() {
            Some(Inline::Text(text)) => text.push(' '),
            Some(Inline::Break) => {}
            None if at_start => {}
            _ => target.push(Inline::Text(" ".to_owned())),
        }
    }

    /// Starts a code span; inner ones are part of it.
    pub fn code_start(&mut self) {
        self.code.get_or_insert_default();
    }

    /// Ends the code span.
    pub fn code_end(&mut self) {
        let Some(code) = self.code.take() else {
            return;
        };
        let visible = code.replace(is_invisible, "");
        let folded = visible.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if folded.is_empty() {
            return;
        }
        self.space |= code.starts_with(is_space);
        self.flush_space();
        self.weigh();
        match self.target().last_mut() {
            // Side by side they could not be told apart in Markdown.
            Some(Inline::Code(before)) => before.push_str(&folded),
            _ => self.push(Inline::Code(folded)),
        }
        self.space = code.ends_with(is_space);
    }

    /// Starts a link, ending one that is open.
    pub fn link_start(&mut self, href: &str) {
        self.link_end();
        self.flush_space();
        self.link = Some((href.trim().to_owned(), Vec::new()));
    }

    /// Ends the link.
    pub fn link_end(&mut self) {
        self.code_end();
        let Some((href, text)) = self.link.take() else {
            return;
        };
        if text.is_empty() {
            return;
        }
        if is_safe_link(&href) {
            self.out.push(Inline::Link { text, href });
            return;
        }
        for piece in text {
            match (self.out.last_mut(), piece) {
                (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                (_, piece) => self.out.push(piece),
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
        if !matches!(self.out.last(), None | Some(Inline::Break)) {
            self.out.push(Inline::Break);
        }
    }

    /// All that was added.
    #[must_use]
    pub fn finish(mut self) -> Inlines {
        self.link_end();
        if self.out.last() == Some(&Inline::Break) {
            self.out.pop();
        }
        Inlines { pieces: self.out, bold: self.bold_text && !self.plain_text }
    }
}

/// Whether a link leads to the web, to mail, or to a place beside the page.
fn is_safe_link(href: &str) -> bool {
    let end = href.find(['/', '?', '#']).unwrap_or(href.len());
    let well_formed = !href.is_empty() && !href.contains(|c: char| c.is_control() || c == '<' || c == '>');
    let scheme = href[..end].split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    well_formed && matches!(scheme.as_deref(), None | Some("http" | "https" | "mailto"))
}

/// The text alone; breaks become newlines. Borrowed where it is of one piece.
#[must_use]
pub fn plain_of(pieces: &[Inline]) -> Cow<'_, str> {
    match pieces {
        [] => Cow::Borrowed(""),
        [Inline::Text(text) | Inline::Code(text)] => Cow::Borrowed(text),
        pieces => Cow::Owned(plain(pieces)),
    }
}

/// The text alone; breaks become newlines.
#[must_use]
pub fn plain(pieces: &[Inline]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Link { text, .. } => out.push_str(&plain(text)),
            Inline::Break => out.push('\n'),
        }
    }
    out
}

/// Options for everything that reads Markdown here: tables, and ids kept out of headings. Never
/// smart punctuation, it would rewrite the servers' messages; nor strike-through, a tilde between
/// numbers is a range in Chinese pages.
pub(crate) fn markdown_options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Link definitions of a page, for links by reference.
pub type References<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads inline Markdown. Never fails: what is no markup is text.
///
/// ```
/// use im_errors_codegen::inline::{Inline, from_markdown, plain};
/// let text = from_markdown("set `ext` <br/> see [docs](https://example.com)", &|_| None);
/// assert_eq!(text.pieces[1], Inline::Code("ext".into()));
/// assert_eq!(plain(&text.pieces), "set ext\nsee docs");
/// ```
#[must_use]
pub fn from_markdown(source: &str, references: References<'_>) -> Inlines {
    let mut builder = Builder::default();
    if let Some(code) = lone_code(source) {
        builder.code_start();
        builder.text(code);
        builder.code_end();
    } else if source.bytes().any(|byte| matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b'<' | b'&')) {
        markdown_events(source, references, &mut builder);
    } else {
        builder.text(source);
    }
    builder.finish()
}

/// The code in a source that is one code span and nothing else, as codes are often written.
fn lone_code(source: &str) -> Option<&str> {
    let code = source.strip_prefix('`')?.strip_suffix('`')?;
    (!code.is_empty() && !code.contains(['`', '\0'])).then_some(code)
}

fn markdown_events(source: &str, references: References<'_>, builder: &mut Builder) {
    // A leading word keeps `- x`, `# x` and the like from being read as blocks.
    const LEAD: &str = "x ";
    let source = format!("{LEAD}{}", source.replace('\n', " "));
    let resolve = |link: BrokenLink<'_>| Some((CowStr::from(references(&link.reference)?), CowStr::from("")));
    let mut lead = LEAD.trim_end();
    for event in Parser::new_with_broken_link_callback(&source, markdown_options(), Some(resolve)) {
        match event {
            Event::Text(text) => {
                let text = text.strip_prefix(std::mem::take(&mut lead)).unwrap_or(&text);
                builder.text(text);
            }
            Event::Code(code) => {
                builder.code_start();
                builder.text(&code);
                builder.code_end();
            }
            Event::Start(Tag::Link { dest_url, .. }) => builder.link_start(&dest_url),
            Event::End(TagEnd::Link) => builder.link_end(),
            Event::Start(Tag::Strong) => builder.bold(true),
            Event::End(TagEnd::Strong) => builder.bold(false),
            Event::InlineHtml(html) | Event::Html(html) => markdown_tag(&html, builder),
            Event::SoftBreak => builder.text(" "),
            Event::HardBreak => builder.line_break(),
            _ => {}
        }
    }
}

/// One tag inside Markdown text.
fn markdown_tag(html: &str, builder: &mut Builder) {
    let tag = html.trim_start_matches('<');
    let end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || c == '/')).unwrap_or(tag.len());
    match tag[..end].to_ascii_lowercase().trim_end_matches('/') {
        "br" | "p" | "li" => builder.line_break(),
        "code" => builder.code_start(),
        "/code" => builder.code_end(),
        "strong" | "b" => builder.bold(true),
        "/strong" | "/b" => builder.bold(false),
        _ if is_placeholder(html) => builder.text(html),
        _ => {}
    }
}

/// Whether what looks like a tag stands for something else: `<username>` in a message that the
/// vendor did not escape. Elements of HTML and components such as `<Badge/>` do not.
pub(crate) fn is_placeholder(tag: &str) -> bool {
    let name = tag.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or_default();
    let word = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    word && !ELEMENTS.split(' ').any(|element| element.eq_ignore_ascii_case(name))
}

/// The elements of HTML, also the old ones.
const ELEMENTS: &str = "\
    a abbr acronym address area article aside audio b base bdi bdo big blink blockquote body br button \
    canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt \
    em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header \
    hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta \
    meter nav nobr noframes noscript object ol optgroup option output p param picture plaintext pre \
    progress q rb rp rt rtc ruby s samp script search section select slot small source span strike \
    strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track \
    tt u ul var video wbr xmp";

/// Writes pieces as inline Markdown, escaping only what would be read as markup.
#[must_use]
pub fn to_markdown(pieces: &[Inline]) -> String {
    let mut out = String::new();
    write_pieces(&mut out, pieces, Place { in_link: false, is_last: true, strikes: tildes(pieces) > 1 });
    out
}

/// The same for what stands on one line with other texts, which could make markup of its ends.
pub(crate) fn to_markdown_beside(pieces: &[Inline]) -> String {
    let mut out = String::new();
    write_pieces(&mut out, pieces, Place { in_link: false, is_last: false, strikes: true });
    out
}

fn tildes(pieces: &[Inline]) -> usize {
    let count = |piece: &Inline| match piece {
        Inline::Text(text) => text.matches('~').count(),
        Inline::Link { text, .. } => tildes(text),
        Inline::Code(_) | Inline::Break => 0,
    };
    pieces.iter().map(count).sum()
}

/// Inline Markdown as a paragraph of its own: what would start another block there is escaped.
pub(crate) fn paragraph(markdown: &str) -> String {
    // No line ends in white space, of whatever kind.
    let markdown = markdown.trim_end();
    let escape = |at: usize| format!("{}\\{}", &markdown[..at], &markdown[at..]);
    let is_mark = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let digits = markdown.len() - markdown.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = markdown.get(digits + 1..).unwrap_or_default();
    match markdown.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 && is_mark(behind) => escape(digits),
        _ if digits > 0 => markdown.to_owned(),
        Some(b'#') if is_mark(markdown.trim_start_matches('#')) => escape(0),
        Some(b'-' | b'+') if is_mark(behind) || markdown.chars().all(|c| c == '-') => escape(0),
        Some(b'>') => escape(0),
        Some(b'[') if is_definition(markdown) => escape(0),
        _ => markdown.to_owned(),
    }
}

/// Whether the bracket at the start ends before a colon, as in a definition of a link.
fn is_definition(markdown: &str) -> bool {
    let mut escaped = false;
    for (at, c) in markdown.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => return false,
            ']' => return markdown[at + 1..].starts_with(':'),
            _ => {}
        }
    }
    false
}

fn write_pieces(out: &mut String, pieces: &[Inline], place: Place) {
    for (i, piece) in pieces.iter().enumerate() {
        match piece {
            Inline::Text(text) => {
                let is_last = place.is_last && i + 1 == pieces.len();
                write_text(out, text, Place { is_last, ..place });
            }
            Inline::Code(code) => write_code(out, code),
            Inline::Link { text, href } => {
                out.push('[');
                write_pieces(out, text, Place { in_link: true, is_last: false, ..place });
                out.push_str("](");
                write_href(out, href);
                out.push(')');
            }
            Inline::Break => out.push_str("<br>"),
        }
    }
}

/// Where a text stands: it decides what its marks would mean.
#[derive(Clone, Copy)]
struct Place {
    in_link: bool,
    /// Nothing follows but what cannot belong to it.
    is_last: bool,
    /// A tilde can have a partner: a pair is strike-through on code hosts.
    strikes: bool,
}

fn write_text(out: &mut String, text: &str, place: Place) {
    // Where the last bracket ends that could make a link.
    let link_end = text.rfind("](").max(text.rfind("]["));
    for (i, c) in text.char_indices() {
        let next = text[i + c.len_utf8()..].chars().next();
        let unsure = next.is_none() && !place.is_last;
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let escaped = match c {
            '*' | '`' => true,
            // Between letters or digits an underscore is no emphasis.
            '_' => !(word(text[..i].chars().next_back()) && word(next)),
            '~' => place.strikes,
            // Even behind the last text there can be a tag.
            '<' => next.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => next.is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
            '\\' => next.is_none_or(|c| c.is_ascii_punctuation()),
            '[' | ']' if place.in_link => true,
            '[' => link_end.is_some_and(|end| end > i),
            ']' => unsure || matches!(next, Some('(' | '[')),
            // Before a link it would make an image of it.
            '!' => unsure,
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
    }
}

fn write_code(out: &mut String, code: &str) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    out.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
}

fn write_href(out: &mut String, href: &str) {
    let bare = !href.contains(|c: char| c.is_whitespace() || c == '(' || c == ')');
    if !bare {
        out.push('<');
    }
    for c in href.chars() {
        if matches!(c, '\\' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    if !bare {
        out.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(source: &str) -> Vec<Inline> {
        from_markdown(source, &|_| None).pieces
    }

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    #[test]
    fn layout_goes_and_text_stays() {
        assert_eq!(read("**a** _b_ &lt;c&gt; \\| d"), [text("a b <c> | d")]);
        assert_eq!(read("- 第一<br/>- 第二"), [text("- 第一"), Inline::Break, text("- 第二")]);
        assert_eq!(read("## 5 ~ 6, ~7~"), [text("## 5 ~ 6, ~7~")]);
        assert_eq!(read("x `a  b` c"), [text("x "), Inline::Code("a b".into()), text(" c")]);
        assert_eq!(read("a\u{a0}\u{a0}b\u{200b}"), [text("a b")]);
        assert_eq!(read("`a\u{1}\u{200b}b` `\u{85}`"), [Inline::Code("ab".into())]);
    }

    #[test]
    fn links_keep_safe_targets_only() {
        let link = Inline::Link { text: vec![text("y")], href: "./a?b#群组".into() };
        assert_eq!(read("x [y](./a?b#群组)"), [text("x "), link]);
        assert_eq!(read("x [y](javascript:alert(1)) z"), [text("x y z")]);
        assert_eq!(read("[y](JAVASCRIPT:x)"), [text("y")]);
        assert_eq!(read("[y](data:text/html,x)"), [text("y")]);
    }

    #[test]
    fn bold_is_seen_only_where_all_is_bold() {
        assert!(from_markdown("**a b**", &|_| None).bold);
        assert!(!from_markdown("**a** b", &|_| None).bold);
        assert!(!from_markdown("", &|_| None).bold);
    }

    #[test]
    fn placeholders_in_angle_brackets_are_text() {
        assert_eq!(
            read("user <username> is <b>not</b> in <groupId>"),
            [text("user <username> is not in <groupId>")]
        );
        assert_eq!(read("a <span>b</span> <Badge text=\"x\"/> <img src=x> c"), [text("a b c")]);
    }

    #[test]
    fn tildes_of_two_texts_do_not_pair_up() {
        let pieces = [text("~a "), Inline::Code("b".into()), text(" c~")];
        assert_eq!(to_markdown(&pieces), "\\~a `b` c\\~");
        assert_eq!(to_markdown(&pieces[..1]), "~a ");
        assert_eq!(to_markdown_beside(&pieces[..1]), "\\~a ");
    }

    #[test]
    fn the_end_of_a_text_leaves_the_tag_behind_it_alone() {
        assert_eq!(to_markdown(&[text("a\\")]), "a\\\\");
        assert_eq!(to_markdown(&[text("a<")]), "a\\<");
        assert_eq!(to_markdown(&[text("[a]!")]), "[a]!");
        assert_eq!(to_markdown_beside(&[text("[a]!")]), "[a]\\!");
    }

    #[test]
    fn identifiers_and_placeholders_are_not_escaped() {
        let plain = "client_id: Some of [groupid] are {x} not <= 5 & a\\nb";
        assert_eq!(to_markdown(&[text(plain)]), plain);
    }

    fn pieces() -> impl Strategy<Value = Vec<Inline>> {
        let word = "[a-z0-9_*~`<>&!\\[\\]()#|.\\\\群组。“]{1,6}";
        let words = proptest::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
        let code = "[a-z`*_<\\\\|]{1,6}";
        let leaf = prop_oneof![words.clone().prop_map(Inline::Text), code.prop_map(Inline::Code),];
        let href = "(https://a\\.b/|\\./)[a-z0-9_&=()?#*]{0,6}";
        let link = (words.prop_map(Inline::Text), href)
            .prop_map(|(text, href)| Inline::Link { text: vec![text], href });
        let piece = prop_oneof![4 => leaf, 1 => link, 1 => Just(Inline::Break)];
        proptest::collection::vec(piece, 0..5).prop_map(|pieces| {
            // What a builder can produce: no two texts, codes or links side by side, no break at an end.
            let mut out: Vec<Inline> = Vec::new();
            for piece in pieces {
                let same = out.last().map(std::mem::discriminant) == Some(std::mem::discriminant(&piece));
                let leading_break = out.is_empty() && piece == Inline::Break;
                if !same && !leading_break {
                    out.push(piece);
                }
            }
            if out.last() == Some(&Inline::Break) {
                out.pop();
            }
            out
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(pieces in pieces()) {
            let written = to_markdown(&pieces);
            prop_assert_eq!(read(&written), pieces, "{}", written);
        }

        #[test]
        fn text_may_come_in_any_pieces(text in "[a-c \t\n\u{a0}\u{ad}\u{85}\u{200b}\u{2060}\u{feff}，“群é]{0,12}") {
            let mut whole = Builder::default();
            whole.text(&text);
            let mut pieces = Builder::default();
            text.chars().for_each(|c| pieces.text(c.encode_utf8(&mut [0; 4])));
            prop_assert_eq!(whole.finish(), pieces.finish());
        }

        #[test]
        fn code_alone_reads_as_the_parser_reads_it(code in "`[ a\\\\*<>&;|\t\n`群]{0,8}`") {
            let mut parsed = Builder::default();
            markdown_events(&code, &|_| None, &mut parsed);
            prop_assert_eq!(from_markdown(&code, &|_| None), parsed.finish());
        }

        #[test]
        fn any_source_settles_after_one_reading(source in ".{0,40}") {
            let once = read(&source);
            prop_assert_eq!(read(&to_markdown(&once)), once);
        }
    }
}
