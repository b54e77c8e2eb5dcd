//! Inline text: what is left of a cell once layout is gone.
//!
//! Texts are text, code, links and breaks, nothing else, so that they can be shown safely
//! anywhere. [`to_markdown`] and [`from_markdown`] are inverse to each other.

mod builder;
mod flat;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

pub use builder::Builder;
pub use flat::Flat;
pub(crate) use flat::Piece;
use flat::{Flattened, Kind};

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

/// What [`Builder`] makes of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inlines {
    /// The pieces in order.
    pub pieces: Vec<Inline>,
    /// Whether all of its text is bold, as vendors write headers.
    pub bold: bool,
}

/// The length of a text. None is longer than fits, for pages and files are bounded.
fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// The text alone; breaks become newlines.
#[must_use]
pub fn plain(pieces: &[Inline]) -> String {
    Flattened::of(pieces).flat().plain().into_owned()
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
    read_markdown(source, references, &mut builder);
    builder.finish()
}

/// The same with a builder that has been used before.
pub(crate) fn read_markdown(source: &str, references: References<'_>, builder: &mut Builder) {
    if let Some(code) = lone_code(source) {
        builder.code(code);
    } else if source.bytes().any(|byte| MARKUP[usize::from(byte)]) {
        markdown_events(source, references, builder);
    } else {
        builder.text(source);
    }
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
            Event::Code(code) => builder.code(&code),
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
    write_markdown(&mut out, Flattened::of(pieces).flat());
    out
}

/// The same for flat text.
pub(crate) fn write_markdown(out: &mut String, flat: Flat<'_>) {
    // A text without marks is written as it stands, as most are.
    match flat.parts() {
        (text, []) if !text.bytes().any(is_mark) => out.push_str(text),
        _ => write_pieces(out, flat, Place { in_link: false, is_last: true, strikes: tildes(flat) > 1 }),
    }
}

/// The same for what stands on one line with other texts, which could make markup of its ends.
pub(crate) fn to_markdown_beside(pieces: &[Inline]) -> String {
    let mut out = String::new();
    let place = Place { in_link: false, is_last: false, strikes: true };
    write_pieces(&mut out, Flattened::of(pieces).flat(), place);
    out
}

fn is_mark(byte: u8) -> bool {
    MARKS[usize::from(byte)]
}

/// What can be markup in a text.
const MARKUP: [bool; 256] = builder::bytes_in(b"\\`*_[<&", 0);

/// What [`write_text`] may have to escape.
const MARKS: [bool; 256] = builder::bytes_in(b"*`_~<&\\[]!", 0);

fn tildes(flat: Flat<'_>) -> usize {
    let texts = flat.iter().filter(|(kind, _)| *kind == Kind::Text);
    texts.map(|(_, text)| text.matches('~').count()).sum()
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

fn write_pieces(out: &mut String, flat: Flat<'_>, place: Place) {
    let mut in_link = false;
    let mut pieces = flat.iter().peekable();
    while let Some((kind, text)) = pieces.next() {
        match kind {
            Kind::Text => {
                let is_last = place.is_last && !in_link && pieces.peek().is_none();
                write_text(out, text, Place { in_link, is_last, ..place });
            }
            Kind::Code => write_code(out, text),
            Kind::Link => {
                in_link = true;
                out.push('[');
            }
            Kind::LinkEnd => {
                in_link = false;
                out.push_str("](");
                write_href(out, text);
                out.push(')');
            }
            Kind::Break => out.push_str("<br>"),
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
    if !text.bytes().any(is_mark) {
        return out.push_str(text);
    }
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
