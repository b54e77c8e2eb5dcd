//! Rendered pages say what the spec says, and nothing that its texts mean in Markdown.

use crate::oracle::docs::say_what_the_spec_says;
use im_errors_codegen::inline::{Inline, to_markdown};
use im_errors_codegen::render::{Catalog, Templates, docs};
use im_errors_spec::{Locale, Spec, SpecFile};

const SPEC: &str = r#"
format = 1
catalog = "demo"
locale = "zh"
title.zh = "标题"
vendor.zh = "公司"

[[source]]
file = "sources/demo.md"
url = "https://example.com/im/"
edition = "2026"
digest = "00"

[[group]]
id = "users"
title.zh = "用户"

[[error]]
name = "UserExists"
group = "users"
code = 1
error = "exists"
message = "user {name} exists"
summary.zh = "已存在"

[[error.case]]
at = "sources/demo.md:7"
cause.zh = "重复"

[[removed]]
name = "Gone"
group = "users"
key = "2"
edition = "2025"

[[edition]]
date = "2025-01-01"
name = "2025.1"
digests = ["00"]

[[edition]]
date = "2026-01-01"
name = "2026.1"
digests = ["01"]
added = ["UserExists"]
removed = ["Gone"]

[[edition]]
date = "2026-02-01"
digests = ["02"]
renamed = [{ from = "UserThere", to = "UserExists" }]

[[edition.changed]]
name = "UserExists"
facts = ["error", "message", "summary"]
was.error = "existed"
was.message = "user {name} existed"
"#;

/// The spec with another text in place of one of its own.
fn spec(old: &str, new: &str) -> Spec {
    spec_with(&[(old, new)])
}

fn spec_with(texts: &[(&str, &str)]) -> Spec {
    let mut toml = SPEC.to_owned();
    for (old, new) in texts {
        let old = format!("\"{old}\"");
        assert!(toml.contains(&old));
        toml = toml.replace(&old, &im_errors_spec::quoted(new));
    }
    SpecFile::parse(&toml).unwrap_or_else(|problems| panic!("{problems:?}")).spec
}

fn check(old: &str, new: &str) {
    for folder in [false, true] {
        say_what_the_spec_says(&spec(old, new), folder);
    }
}

/// The pattern of a message without holes.
fn literal(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// What Markdown means something by.
const HOSTILE: [&str; 13] = [
    "<script>alert(1)</script>",
    "<!-- x -->",
    "a\n\n# b",
    "[x](javascript:alert(1))",
    "](javascript:x)",
    "![x](y)",
    "*a* **b** ~~c~~ `d`",
    "a | b",
    "C #",
    "## x ##",
    "# \u{2028}",
    "a\\|b\\",
    "&lt;b&gt; &#60;",
];

#[test]
fn the_spec_itself_is_shown() {
    check("标题", "标题二");
}

#[test]
fn titles_and_names_are_text() {
    for text in HOSTILE {
        for old in ["标题", "公司", "用户", "2026", "2025", "2025.1", "2026.1"] {
            check(old, text);
        }
    }
}

#[test]
fn texts_on_one_line_do_not_make_markup_together() {
    let spec = spec_with(&[("公司", "~甲"), ("2026", "乙~"), ("sources/demo.md", "x.md\\")]);
    for folder in [false, true] {
        say_what_the_spec_says(&spec, folder);
    }
}

#[test]
fn a_text_that_is_not_translated_ends_where_it_ends() {
    for text in ["a\\", "a<", "a!", "[a]", "&", "`"] {
        let mut spec = spec("已存在", &to_markdown(&[Inline::Text(text.to_owned())]));
        spec.title.insert(Locale::english(), "Title", false);
        say_what_the_spec_says(&spec, true);
    }
}

#[test]
fn facts_are_code() {
    for text in HOSTILE {
        check("exists", text);
        check("2", text);
        check("existed", text);
        check("user {name} existed", &literal(text));
    }
    check("exists", "a\r# b");
    check("user {name} exists", "user {name} `exists`\r- x");
}

#[test]
fn a_former_message_that_is_no_pattern_is_shown_as_it_is() {
    for text in ["user {name", "}", "{a} {a}"] {
        check("user {name} existed", text);
    }
}

#[test]
fn the_first_edition_lists_nothing_whatever_it_holds() {
    let mut spec = spec("2", "gone");
    while spec.editions.len() > 1 {
        spec.editions.remove(0);
        say_what_the_spec_says(&spec, true);
    }
}

#[test]
fn files_and_addresses_are_links() {
    for file in ["sources/a](javascript:x).md", "sources/<b>.md", "sources/a (1) [2].md"] {
        check("sources/demo.md", file);
    }
    for url in
        ["https://example.com/a_(b)/", "https://example.com/?a=1&copy=2", "https://a.example/)<script>"]
    {
        check("https://example.com/im/", url);
    }
}

#[test]
fn a_summary_starts_no_block() {
    let starts = [
        "# x",
        "#",
        "###### x",
        "- x",
        "-",
        "---",
        "+ x",
        "1. x",
        "12) x",
        "3.",
        "> x",
        ">x",
        "[x]: https://a.example",
        "[^1]: x",
        "\\[x]: y",
        "-\u{3000}",
        "#\u{2028}",
    ];
    for text in starts {
        check("已存在", text);
    }
}

#[test]
fn a_summary_that_starts_no_block_is_not_escaped() {
    for text in ["-1 是什么", "#标签", "1.5 倍", "[文档](https://a.example/): x", "+86", "1", "2024-01"]
    {
        let spec = spec("已存在", text);
        let catalog = Catalog { spec: &spec, folder: None };
        let pages = docs(&[catalog], |_| true, &Templates::default()).unwrap();
        assert!(pages[1].text.contains(&format!("\n\n{text}\n\n")), "{}", pages[1].text);
    }
}
