//! Texts that try to be taken for something else.

use arbitrary::{Arbitrary, Result, Unstructured};
use im_errors_codegen::inline::{from_markdown, to_markdown};

/// What Markdown, HTML, TOML, PO, XML, CSV, templates, terminals and spreadsheets mean something by.
const PIECES: [&str; 126] = [
    "\r\n",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{1b}[31m",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{3000}",
    "\u{fffe}",
    "\u{feff}",
    "群组",
    "，",
    "。",
    "：",
    "“",
    "”",
    "🙂",
    "é",
    "\"\"\"",
    "'''",
    "''=",
    "=1+1",
    "＝",
    "@SUM(A1)",
    "# ",
    "## ",
    "- ",
    "+ ",
    "1. ",
    "1) ",
    "> ",
    "---",
    "===",
    "***",
    "___",
    "~~~",
    "```",
    "`",
    "``",
    "~~",
    "**",
    "__",
    "    ",
    "  \n",
    "\\\n",
    "|",
    "\\|",
    "|---|---|",
    "| a | b |",
    "[ref]",
    "[ref]: https://a.example",
    "[^1]",
    "[^1]: x",
    "[x](https://a.example/?a=1&b=2)",
    "[x](./y)",
    "[x](<a b>)",
    "[x](javascript:alert(1))",
    "[x](JavaScript:x)",
    "[x](data:text/html,x)",
    "[x](//a.example)",
    "[x](vbscript:x \"t\")",
    "![x](y.png)",
    "<javascript:x>",
    "<https://a.example>",
    "<mailto:a@b.c>",
    "](",
    "][",
    "](javascript:x)",
    "https://a.example/",
    "http://",
    "mailto:",
    "javascript:",
    "<script>",
    "</script>",
    "<img src=x onerror=x>",
    "<b>",
    "</b>",
    "<br>",
    "<br/>",
    "<a href=\"javascript:x\">",
    "</a>",
    "<sup>",
    "</span>",
    "<user>",
    "<",
    ">",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x?>",
    "</target>",
    "<x id=\"u0041\"/>",
    "&amp;",
    "&lt;",
    "&#60;",
    "&#x3c;",
    "&#10;",
    "&nbsp;",
    "&colon;",
    "&NewLine;",
    "\\",
    "\\n",
    "\\u0041",
    "\\<",
    "\\[",
    "{{ 1 }}",
    "{% raw %}",
    "{#",
    "{name}",
    "{{",
    "}}",
    "{",
    "}",
    "{#id}",
    "[[removed]]",
    "# sha256 ",
    "[Name]",
    "= {",
    "#~",
    "#, fuzzy",
    "msgid \"x\"",
    "msgstr",
    "%s",
];

/// A text made of ASCII, such pieces, and characters of any kind.
#[derive(Debug, Clone)]
pub struct Text(pub String);

impl<'a> Arbitrary<'a> for Text {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut text = String::new();
        while !u.is_empty() {
            match u.arbitrary::<u8>()? {
                0 => break,
                0xff => text.push(u.arbitrary()?),
                byte if byte.is_ascii() => text.push(char::from(byte)),
                byte => text.push_str(PIECES[usize::from(byte - 0x80) % PIECES.len()]),
            }
        }
        Ok(Self(text))
    }
}

impl Text {
    /// As inline Markdown in the form in which specs hold it.
    #[must_use]
    pub fn inline(&self) -> String {
        to_markdown(&from_markdown(&self.0, &|_| None).pieces)
    }

    /// The same, and never empty.
    #[must_use]
    pub fn filled(&self) -> String {
        let text = self.inline();
        if text.trim().is_empty() { "x".to_owned() } else { text }
    }
}
