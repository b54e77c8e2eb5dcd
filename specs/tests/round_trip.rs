//! A spec read back from its own TOML is the same spec, whatever its strings hold.

use std::collections::HashSet;

use im_errors_spec::{
    Advice, Case, ErrorDef, Group, HttpStatus, Locale, Localized, Origin, Pattern, Place, Removed, Retry,
    Source, Spec, SpecFile, Text, VariantName,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

const LOCALES: [&str; 5] = ["zh", "en", "pt-BR", "zh-Hant", "inf"];

/// Strings with what TOML, Markdown and terminals take for something else.
fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "\"",
        "\\",
        "'",
        "\"\"\"",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u{7f}",
        "\u{85}",
        "\u{1b}[31m",
        "\u{feff}",
        "\u{2028}",
        "\u{202e}",
        "{",
        "}}",
        "{name}",
        "[[removed]]",
        "# sha256 ",
        "\\u0041",
        "a:1",
        "= {",
        "群组",
        "🙂",
        " ",
    ]);
    let piece = prop_oneof![nasty.prop_map(str::to_owned), any::<String>()];
    vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn locale() -> impl Strategy<Value = Locale> {
    prop::sample::select(LOCALES.to_vec()).prop_map(|tag| Locale::new(tag).unwrap())
}

fn localized(least: usize) -> impl Strategy<Value = Localized> {
    let state = prop_oneof![
        Just((None, false)),
        Just((None, true)),
        option::of(text()).prop_map(|was| (Some(was), false))
    ];
    let text = (text(), state).prop_map(|(text, (stale, vendor))| Text {
        text,
        stale: stale.is_some(),
        vendor,
        was: stale.flatten(),
    });
    btree_map(locale(), text, least..4).prop_map(Localized)
}

/// A title in every language, so that texts may be in any.
fn title() -> impl Strategy<Value = Localized> {
    text().prop_map(|text| {
        let text = Text { text, stale: false, vendor: false, was: None };
        Localized(LOCALES.map(|tag| (Locale::new(tag).unwrap(), text.clone())).into())
    })
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let holes = (text(), "[a-z][a-z0-9_]{0,5}").prop_filter_map("a pattern", |(text, hole)| {
        let literal = Pattern::literal(&text)?.to_string();
        Pattern::parse(&format!("{literal}{{{hole}}}{literal}")).ok()
    });
    prop_oneof![text().prop_filter_map("a message", |text| Pattern::literal(&text)), holes]
}

fn status() -> impl Strategy<Value = HttpStatus> {
    prop_oneof![(100_u16..600).prop_map(HttpStatus::Exact), (1_u8..6).prop_map(HttpStatus::Class)]
}

fn retry() -> impl Strategy<Value = Retry> {
    let by = prop_oneof![Just(Origin::Vendor), Just(Origin::Ours)];
    (prop::sample::select(Advice::ALL.to_vec()), by).prop_map(|(advice, by)| Retry { advice, by })
}

fn name() -> impl Strategy<Value = VariantName> {
    "[A-Z][A-Za-z0-9]{0,9}".prop_filter_map("a keyword", |name| VariantName::new(&name).ok())
}

fn case() -> impl Strategy<Value = Case> {
    let place = || (text(), 1_u32..).prop_map(|(file, line)| Place { file, line });
    let texts = (option::of(text()), localized(0), localized(0));
    (place(), vec(place(), 0..3), texts).prop_map(|(at, also, (message, cause, remedy))| Case {
        at,
        also,
        message,
        cause,
        remedy,
    })
}

prop_compose! {
    fn error()(
        name in name(),
        code in option::of(any::<i64>()),
        http_status in option::of(status()),
        error in option::of(text()),
        message in option::of(pattern()),
        retry in option::of(retry()),
        summary in localized(0),
        cases in vec(case(), 1..3),
    ) -> ErrorDef {
        ErrorDef { name, group: String::new(), code, http_status, error, message, retry, summary, cases }
    }
}

fn removed() -> impl Strategy<Value = Removed> {
    (name(), text(), text(), option::of(text())).prop_map(|(name, group, key, edition)| Removed {
        name,
        group,
        key,
        edition,
    })
}

fn source() -> impl Strategy<Value = Source> {
    (text(), locale(), option::of(text()), option::of(text()), text())
        .prop_map(|(file, locale, url, edition, digest)| Source { file, locale, url, edition, digest })
}

prop_compose! {
    /// A spec that holds what validation asks for.
    fn spec()(
        catalog in text(),
        locale in locale(),
        title in title(),
        vendor in localized(1),
        sources in vec(source(), 0..3),
        groups in vec((text(), localized(1)), 1..3),
        mut errors in vec((error(), any::<prop::sample::Index>()), 0..6),
        mut removed in vec(removed(), 0..3),
    ) -> Spec {
        let mut names = HashSet::new();
        let mut keys = HashSet::new();
        for (error, group) in &mut errors {
            error.group = group.get(&groups).0.clone();
        }
        errors.retain(|(error, _)| {
            let known = error.code.is_some() || error.http_status.is_some() || error.error.is_some() || error.message.is_some();
            known && keys.insert((error.group.clone(), error.key())) && names.insert(error.name.clone())
        });
        removed.retain(|removed| !names.contains(&removed.name));
        let errors = errors.into_iter().map(|(error, _)| error).collect();
        let groups = groups.into_iter().map(|(id, title)| Group { id, title }).collect();
        Spec { catalog, locale, title, vendor, sources, groups, errors, removed }
    }
}

proptest! {
    #[test]
    fn a_spec_reads_back_as_it_was(spec in spec()) {
        let toml = spec.to_toml();
        let file = SpecFile::parse(&toml).map_err(|problems| TestCaseError::fail(format!("{problems:?}\n{toml}")))?;
        prop_assert_eq!(&file.spec, &spec);
        prop_assert_eq!(file.spec.to_toml(), toml.clone());
        for (error, span) in spec.errors.iter().zip(&file.spans) {
            let from_there = &toml[span.start..];
            prop_assert!(from_there.starts_with("[[error]]"), "{}", error.name);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in text(), at in any::<prop::sample::Index>(), spec in spec()) {
        let toml = spec.to_toml();
        let mut cut = at.index(toml.len() + 1);
        while !toml.is_char_boundary(cut) {
            cut -= 1;
        }
        let _ = SpecFile::parse(&text);
        let _ = SpecFile::parse(&format!("{}{text}{}", &toml[..cut], &toml[cut..]));
        let _ = SpecFile::parse(&toml[..cut]);
    }
}

const SMALL: &str = "format = 1\ncatalog = \"demo\"\nlocale = \"zh\"\ntitle.zh = \"示例\"\nvendor.zh = \"公司\"\n\n\
    [[group]]\nid = \"g\"\ntitle.zh = \"组\"\n\n[[error]]\nname = \"A\"\ngroup = \"g\"\ncode = 1\n\n\
    [[error.case]]\nat = \"a.md:1\"\n";

fn messages(text: &str) -> Vec<String> {
    SpecFile::parse(text)
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|problem| problem.message.to_string())
        .collect()
}

#[test]
fn the_small_spec_is_fine() {
    assert_eq!(messages(SMALL), [""; 0]);
}

#[test]
fn an_unknown_key_at_the_top_is_not_passed_over() {
    assert_eq!(messages(&SMALL.replace("[[group]]", "[[goup]]")), ["unknown key `goup`"]);
    assert_eq!(messages(&SMALL.replace("catalog", "x = 1\ncatalog")), ["unknown key `x`"]);
}

#[test]
fn a_text_is_stale_where_it_says_so_only() {
    let with = |stale: &str| {
        SMALL.replace("code = 1", &format!("code = 1\nsummary.zh = {{ text = \"x\", stale = {stale} }}"))
    };
    let stale =
        |text: &str| SpecFile::parse(text).unwrap().spec.errors[0].summary.0.values().next().unwrap().stale;
    assert!(stale(&with("true")));
    assert!(!stale(&with("false")));
    assert_eq!(messages(&with("1")), ["expected a boolean, found an integer"]);
}

#[test]
fn a_text_is_the_vendors_where_it_says_so_and_then_not_stale() {
    let with = |state: &str| {
        SMALL.replace("code = 1", &format!("code = 1\nsummary.zh = {{ text = \"x\", {state} }}"))
    };
    let vendor =
        |text: &str| SpecFile::parse(text).unwrap().spec.errors[0].summary.0.values().next().unwrap().vendor;
    assert!(vendor(&with("vendor = true")));
    assert!(!vendor(&with("vendor = false")));
    assert!(!vendor(&with("stale = true")));
    assert_eq!(
        messages(&with("stale = true, vendor = true")),
        ["the vendor's own text translates nothing that could have changed"]
    );
}

#[test]
fn a_page_without_a_language_is_in_the_specs() {
    let page = |said: &str| {
        let text = SMALL
            .replace("[[group]]", &format!("[[source]]\nfile = \"a\"\n{said}digest = \"\"\n\n[[group]]"));
        SpecFile::parse(&text).map(|file| file.spec.sources[0].locale.to_string()).ok()
    };
    assert_eq!(page("").as_deref(), Some("zh"));
    assert_eq!(page("locale = \"en\"\n").as_deref(), Some("en"));
    assert_eq!(page("locale = \"e\"\n"), None);
}

#[test]
fn every_text_speaks_a_language_of_the_title() {
    let cause = format!("{SMALL}cause.fr = \"x\"\n");
    assert_eq!(messages(&cause), ["`A` speaks `fr`, which the spec's title does not"]);
}

#[test]
fn a_mistake_in_the_syntax_is_told_once() {
    assert_eq!(messages(&SMALL.replace("code = 1", "code = [1")).len(), 1);
}
