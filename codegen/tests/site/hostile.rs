//! Texts that try to be more than text: on every page, in every format, they are shown and not obeyed.

use im_errors_codegen::inline::{Builder, plain, to_markdown};
use im_errors_spec::{Locale, Localized, Spec, SpecFile, Text, plain_text, quoted};
use quick_xml::Reader;
use quick_xml::events::Event;
use scraper::{Html, Selector};

use super::page::{Page, error, files, spec};
use super::{hostile, literal};
use crate::oracle::docs::obeys_nothing_and_says;

/// What means something to a browser, a template, a reader of Markdown or of XML.
pub(crate) const TEXTS: [&str; 10] = [
    "<script>alert(1)</script>",
    "</code></pre><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% for x in y %}{# z #}",
    "[a](javascript:alert(1))",
    "[b](data:text/html,<b>c</b>)",
    "\u{202e}gpj.exe\u{2066}",
    "a ]]> b <![CDATA[ c --> d",
    "`` ` ``` ~~~ `",
    "🧨 👩‍👩‍👧 é",
    "&lt;b&gt; &amp; \\ \"q\" 'r' | # *s* _t_",
];

/// A catalog with the text wherever a catalog has one.
pub(crate) fn filled(text: &str) -> Spec {
    let pattern = quoted(&text.replace('{', "{{").replace('}', "}}"));
    let quoted = quoted(text);
    let facts = format!("code = 1\nerror = {quoted}\nmessage = {pattern}");
    let rest = format!(
        "message = {quoted}\n[[removed]]\nname = \"Gone\"\ngroup = \"all\"\nkey = {quoted}\nedition = {quoted}\n\
        [[edition]]\ndate = \"2026-01-01\"\ndigests = [\"00\"]\n\
        [[edition]]\ndate = \"2026-02-01\"\nname = {quoted}\ndigests = [\"01\"]\nadded = [\"One\"]\nremoved = [\"Gone\"]\n\
        [[edition.changed]]\nname = \"One\"\nfacts = [\"error\"]\nwas.error = {quoted}\n"
    );
    let mut spec = spec(&(error("One", &facts) + &rest));
    let mut builder = Builder::default();
    builder.text(text);
    let markdown = to_markdown(&builder.finish().pieces);
    let one = &mut spec.errors[0];
    for (texts, text) in [
        (&mut spec.title, text),
        (&mut spec.vendor, text),
        (&mut spec.groups[0].title, text),
        (&mut one.summary, &markdown),
        (&mut one.cases[0].cause, &markdown),
    ] {
        *texts = Localized::default();
        for locale in [Locale::english(), Locale::chinese()] {
            let text = Text { text: text.to_owned(), stale: false, vendor: false, was: None };
            texts.0.insert(locale, text);
        }
    }
    // As it comes from disk.
    SpecFile::parse(&spec.to_toml()).unwrap_or_else(|problems| panic!("{}", problems[0])).spec
}
#[test]
fn pages_show_any_text_to_the_letter() {
    for text in TEXTS {
        let spec = filled(text);
        let summary = plain_text(&spec.errors[0].summary.0[&Locale::english()].text);
        let files = files(std::slice::from_ref(&spec), None);
        let page = |path: &str| Page::of(path, &files[path]);
        let error = page("en/demo/1/index.html");
        assert_eq!(error.text("#literal"), text);
        assert_eq!(error.text(".facts code > bdi"), text);
        assert_eq!(error.text(".lead").trim(), summary);
        assert!(error.text(".crumbs").contains(text));
        let catalog = page("en/demo/index.html");
        assert_eq!((catalog.text("h1"), catalog.text("h2[id^=group]")), (text.into(), text.into()));
        assert!(catalog.text(".lead").contains(text));
        let changes = page("en/demo/changes.html");
        assert!(changes.text("h2").contains(text) && changes.text(".list").contains(text));
        assert!(page("en/demo/gone/index.html").text(".lead").contains(text));
        assert!(page("en/index.html").text(".cards").contains(text));
    }
}

#[test]
fn markdown_beside_pages_says_any_text_and_obeys_none() {
    for text in TEXTS {
        let spec = filled(text);
        let files = files(std::slice::from_ref(&spec), None);
        // Plain text without what shows nothing.
        let shown = {
            let mut builder = Builder::default();
            builder.text(text);
            plain(&builder.finish().pieces)
        };
        let summary = plain_text(&spec.errors[0].summary.0[&Locale::english()].text);
        let expected: &[(&str, usize, &[&str])] = &[
            ("llms.txt", 0, &[&shown]),
            ("en/index.md", 0, &[&shown]),
            ("en/demo/index.md", 0, &[&shown, text, &summary]),
            ("en/demo/changes.md", 0, &[&shown, text, &summary]),
            ("en/demo/1/index.md", 1, &[&shown, text, &summary]),
            ("en/demo/gone/index.md", 0, &[&shown, text]),
        ];
        for (path, code_blocks, texts) in expected {
            obeys_nothing_and_says(&spec, &files[*path], *code_blocks, texts);
        }
    }
}

#[test]
fn data_has_any_text_to_the_letter() {
    for text in TEXTS {
        let files = files(&[filled(text)], None);
        let data: serde_json::Value = serde_json::from_str(&files["data/demo/errors.json"]).unwrap();
        assert_eq!(data["errors"][0]["error"], text);
        assert_eq!(data["title"]["zh"], text);
        assert_eq!(data["removed"][0]["key"], text);
        let index: serde_json::Value = serde_json::from_str(&files["zh/search.json"]).unwrap();
        assert_eq!((&index["errors"][0][5], &index["errors"][0][7][0][0]), (&text.into(), &text.into()));
        assert_eq!(index["catalogs"][0][1], text);
    }
}

#[test]
fn feeds_say_any_text_and_are_well_formed() {
    for text in TEXTS {
        let files = files(&[filled(text)], None);
        for locale in ["en", "zh"] {
            let elements = elements(&files[&format!("{locale}/demo/feed.xml")]);
            let all = |name: &str| {
                elements
                    .iter()
                    .filter(|(of, _)| of == name)
                    .map(|(_, text)| text.as_str())
                    .collect::<Vec<_>>()
            };
            assert!(all("title").iter().filter(|title| title.contains(text)).count() >= 2, "{elements:?}");
            let contents = all("content");
            let mut shown = String::new();
            for content in &contents {
                let content = Html::parse_fragment(content);
                let select =
                    |selector| content.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
                assert!(select("script, img, style, [onerror]").is_empty(), "{contents:?}");
                let links = select("a[href]");
                assert!(!links.is_empty() || contents.len() > 1);
                assert!(links.iter().all(|link| !link.attr("href").unwrap_or_default().contains(':')));
                shown.extend(content.root_element().text());
            }
            assert!(shown.contains(text), "{shown}");
        }
    }
}

/// The elements of XML, each with its own text.
fn elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut open, mut done) = (Vec::<(String, String)>::new(), Vec::new());
    let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error} in {xml}")) {
            Event::Start(start) => open.push((utf8(start.name().as_ref()), String::new())),
            Event::End(_) => done.push(open.pop().unwrap()),
            Event::Text(text) => open.iter_mut().last().into_iter().for_each(|of| of.1 += &utf8(&text)),
            Event::GeneralRef(name) => {
                let text = format!("&{};", utf8(&name));
                open.last_mut().unwrap().1 += &quick_xml::escape::unescape(&text).unwrap();
            }
            Event::Eof => break,
            Event::Empty(_) | Event::Decl(_) => {}
            other => panic!("{other:?} in {xml}"),
        }
    }
    assert!(open.is_empty());
    done
}

#[test]
fn hostile_texts_are_shown_to_the_letter() {
    let spec = hostile();
    let files = files(std::slice::from_ref(&spec), None);
    let visible = |text: &str| {
        let shown = |c: char| match c {
            '\n' | '\t' => c,
            '\u{7f}' => '\u{2421}',
            '\0'..='\u{1f}' => char::from_u32(u32::from(c) + 0x2400).unwrap(),
            '\u{80}'..='\u{9f}' => '\u{fffd}',
            c => c,
        };
        text.chars().map(shown).collect::<String>()
    };
    let page = Page::of("", &files["en/hostile/minus-9223372036854775808/index.html"]);
    let error = &spec.errors[0];
    assert_eq!(page.text("#literal"), visible(&literal(error.message.as_ref().unwrap())));
    assert!(page.text(".facts").contains(&visible(error.error.as_ref().unwrap())));
    // What a text turns around ends with it.
    let outside = page.select("main *").into_iter().filter(|element| {
        let own = element.children().filter_map(|child| child.value().as_text().map(|text| text.to_string()));
        let turns = own.collect::<String>().contains('\u{202e}');
        let isolated =
            std::iter::once(*element).chain(element.ancestors().filter_map(scraper::ElementRef::wrap));
        turns && !isolated.into_iter().any(|element| element.value().name() == "bdi")
    });
    assert_eq!(outside.map(|element| element.html()).collect::<Vec<_>>(), Vec::<String>::new());
    let plain = [page.text("title"), page.attributes("[aria-label]", "aria-label").concat()];
    assert!(plain.iter().all(|text| !text.contains('\u{202e}')));
    let json: serde_json::Value = serde_json::from_str(&files["data/hostile/errors.json"]).unwrap();
    assert_eq!(json["errors"][0]["error"].as_str(), error.error.as_deref());
    for (path, text) in &files {
        assert!(!text.contains('\0') || path.ends_with(".md"), "{path}");
    }
}
