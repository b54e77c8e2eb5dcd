//! A catalog whose texts are what mdBook, VitePress and Docusaurus would obey.

use im_errors_codegen::inline::{Inline, to_markdown};
use im_errors_spec::{Spec, SpecFile, quoted};

/// Each in a title, in prose and in code.
pub(crate) const TRAPS: [&str; 44] = [
    "{{#include book.toml}}",
    "\\{{#playground a.rs}}",
    "{{#title x}}",
    "{{ 7 * 7 }}",
    "<script>alert(1)</script>",
    "</div></script></template>",
    "<Badge type=\"tip\"/> <img src=x onerror=alert(1)>",
    "<!--@include: ./x.md-->",
    "<<< @/index.md",
    "[[toc]] @[toc]",
    ":::danger stop",
    "::leaf[x] ::",
    ":tada: and :100: and a:b:c",
    ":name[label]{#id .class}",
    "text {#evil}",
    "{.evil onclick=x}",
    "import x from 'y'",
    "export const x = 1",
    "{process.exit(1)}",
    "> [!WARNING] x",
    "# heading #",
    "1. item",
    "7) item",
    "- item",
    "+ item",
    "===",
    "| a | b |",
    "``` fence",
    "~~~ fence",
    "~~gone~~ ==marked== ^up^ $x$ $$y$$",
    "[^1]: note",
    "[a]: http://b.c",
    "![a](b.png) [a](javascript:x) [b][a]",
    "http://localhost:8080/x",
    "www.example.com index.md a@b.cd",
    "&copy; &#65; &lt;",
    "\\<br> \\n \\",
    "*a* _b_ **c** __d__ `e`",
    "{% raw %} {{% x %}}",
    "${x} `${y}`",
    "%%{init: x}%%",
    "- [ ] task",
    ": definition",
    "=cmd|x",
];

/// One error for each trap, the first of which had another name, in two languages.
pub(crate) fn spec() -> Spec {
    let title = "Traps {{ 1 + 1 }} </script> <b> :100: {#evil}";
    let mut text = String::from("format = 1\ncatalog = \"1-traps\"\nlocale = \"zh\"\n");
    for key in ["title.en", "title.zh", "vendor.en", "vendor.zh"] {
        text.push_str(&format!("{key} = {}\n", quoted(title)));
    }
    text.push_str(
        "\n[[source]]\nfile = \"a.md\"\nurl = \"https://example.com/a?b={{c}}\"\ndigest = \"00\"\n",
    );
    text.push_str(&format!("\n[[group]]\nid = \"all\"\ntitle.zh = {}\n", quoted(title)));
    for (n, trap) in TRAPS.iter().enumerate() {
        let prose = quoted(&to_markdown(&[Inline::Text((*trap).to_owned())]));
        let pattern = quoted(&trap.replace('{', "{{").replace('}', "}}"));
        let alias = if n == 0 { "aliases = [\"OldName\"]\n" } else { "" };
        text.push_str(&format!(
            "\n[[error]]\nname = \"Trap{n}\"\n{alias}group = \"all\"\ncode = {n}\nerror = {}\nmessage = {pattern}\n\
            summary.en = {prose}\nsummary.zh = {prose}\n\n[[error.case]]\nat = \"a.md:7\"\ncause.zh = {prose}\n",
            quoted(trap),
        ));
    }
    SpecFile::parse(&text).unwrap_or_else(|problems| panic!("{}", problems[0])).spec
}
