//! A spec read back from its own TOML is the same spec, whatever its strings hold.

use std::collections::HashSet;

use im_errors_spec::{
    Advice, Case, Changed, Date, EditionRecord, ErrorDef, Fact, Group, HttpStatus, Locale, Localized, Origin,
    Pattern, Place, Removed, Renamed, Retry, Source, Spec, SpecFile, Text, VariantName,
};
use proptest::collection::{btree_map, btree_set, vec};
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
        aliases in vec(name(), 0..3),
        code in option::of(any::<i64>()),
        http_status in option::of(status()),
        error in option::of(text()),
        message in option::of(pattern()),
        retry in option::of(retry()),
        summary in localized(0),
        cases in vec(case(), 1..3),
    ) -> ErrorDef {
        ErrorDef { name, aliases, group: String::new(), code, http_status, error, message, retry, summary, cases }
    }
}

fn removed() -> impl Strategy<Value = Removed> {
    let facts = (text(), text(), option::of(text()));
    (name(), vec(name(), 0..2), facts).prop_map(|(name, aliases, (group, key, edition))| Removed {
        name,
        aliases,
        group,
        key,
        edition,
    })
}

fn source() -> impl Strategy<Value = Source> {
    (text(), locale(), option::of(text()), option::of(text()), text())
        .prop_map(|(file, locale, url, edition, digest)| Source { file, locale, url, edition, digest })
}

fn changed() -> impl Strategy<Value = Changed> {
    let fact = || prop::sample::select(Fact::ALL.to_vec());
    (name(), btree_set(fact(), 0..4), btree_map(fact(), text(), 0..3))
        .prop_map(|(name, facts, was)| Changed { name, facts, was })
}

fn record() -> impl Strategy<Value = EditionRecord> {
    let renamed = (name(), name()).prop_map(|(from, to)| Renamed { from, to });
    let names = || vec(name(), 0..3);
    let lists = (names(), names(), vec(renamed, 0..3), vec(changed(), 0..3));
    (option::of(text()), vec(text(), 0..3), lists).prop_map(
        |(name, digests, (added, removed, renamed, changed))| EditionRecord {
            date: Date::from_days(0),
            name,
            digests,
            added,
            removed,
            renamed,
            changed,
        },
    )
}

/// Each on a later day than the one before.
fn editions() -> impl Strategy<Value = Vec<EditionRecord>> {
    vec((1_u64..400_000, record()), 0..4).prop_map(|editions| {
        let days = editions.iter().scan(0, |day, (later, _)| {
            *day += later;
            Some(Date::from_days(*day))
        });
        let days: Vec<_> = days.collect();
        let dated = days.into_iter().zip(editions);
        dated.map(|(date, (_, record))| EditionRecord { date, ..record }).collect()
    })
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
        editions in editions(),
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
        names.extend(removed.iter().map(|removed| removed.name.clone()));
        let of_errors = errors.iter_mut().map(|(error, _)| &mut error.aliases);
        for aliases in of_errors.chain(removed.iter_mut().map(|removed| &mut removed.aliases)) {
            aliases.retain(|alias| names.insert(alias.clone()));
        }
        let errors = errors.into_iter().map(|(error, _)| error).collect();
        let groups = groups.into_iter().map(|(id, title)| Group { id, title }).collect();
        Spec { catalog, locale, title, vendor, sources, groups, errors, removed, editions }
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
        prop_assert_eq!(file.edition_spans.len(), spec.editions.len());
        for span in &file.edition_spans {
            prop_assert!(toml[span.start..].starts_with("[[edition]]"));
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

/// The messages about a spec with these editions, each with the text that it points at.
fn about_editions(editions: &str) -> Vec<(String, String)> {
    let text = format!("{SMALL}\n{editions}");
    let problems = SpecFile::parse(&text).err().unwrap_or_default();
    let said =
        problems.iter().map(|problem| (problem.message.to_string(), text[problem.span.clone()].to_owned()));
    said.collect()
}

fn said(message: &str, at: &str) -> Vec<(String, String)> {
    vec![(message.to_owned(), at.to_owned())]
}

#[test]
fn editions_are_of_days_of_the_calendar_and_in_their_order() {
    let edition = |date: &str| format!("[[edition]]\ndate = \"{date}\"\n");
    let of = |dates: &[&str]| about_editions(&dates.iter().map(|date| edition(date)).collect::<String>());
    assert_eq!(of(&["2026-02-28", "2026-03-01"]), []);
    assert_eq!(of(&["2026-02-29"]), said("`2026-02-29` is no date", "\"2026-02-29\""));
    assert_eq!(
        of(&["2026-01-01", "2027-01-01", "2026-05-05"]),
        said("the edition of 2026-05-05 comes after that of 2027-01-01", "[[edition]]")
    );
    assert_eq!(
        of(&["2026-01-01", "2026-01-01"]),
        said("the edition of 2026-01-01 comes after that of 2026-01-01", "[[edition]]")
    );
    assert_eq!(about_editions("[[edition]]\ndigests = []\n"), said("`date` is missing", "[[edition]]"));
}

#[test]
fn what_an_edition_lists_is_checked_in_its_place() {
    let edition = |rest: &str| about_editions(&format!("[[edition]]\ndate = \"2026-01-01\"\n{rest}"));
    assert_eq!(
        edition("added = [\"a\"]"),
        said("the name does not start with a capital letter A–Z", "\"a\"")
    );
    assert_eq!(edition("renamed = [{ from = \"A\" }]"), said("`to` is missing", "{ from = \"A\" }"));
    let changed = |rest: &str| edition(&format!("[[edition.changed]]\nname = \"A\"\n{rest}"));
    assert_eq!(changed("facts = [\"code\"]\nwas.code = \"1\""), []);
    assert_eq!(changed("facts = [\"cod\"]"), said("`cod` is nothing that changes in an error", "\"cod\""));
    assert_eq!(changed("was.cod = \"1\""), said("`cod` is nothing that changes in an error", "cod"));
    assert_eq!(changed("fact = []"), said("unknown key `fact`", "fact"));
}

const EDITIONS: &str = r#"
[[edition]]
date = "2026-01-01"

[[edition]]
date = "2026-02-01"
added = ["Old", "Back"]

[[edition]]
date = "2026-03-01"
removed = ["Back"]
renamed = [{ from = "Old", to = "Newer" }]

[[edition]]
date = "2026-04-01"
added = ["Back"]
renamed = [{ from = "Newer", to = "Newest" }, { from = "First", to = "A" }]

[[edition.changed]]
name = "A"
facts = ["code", "summary"]
was.code = "7"
"#;

#[test]
fn an_error_knows_the_edition_that_added_it() {
    let spec = SpecFile::parse(&format!("{SMALL}{EDITIONS}")).unwrap().spec;
    let since = |name: &str| {
        let record = spec.since(&VariantName::new(name).unwrap());
        record.map(|record| record.date.to_string())
    };
    assert_eq!(since("A"), None);
    assert_eq!(since("Newest").as_deref(), Some("2026-02-01"));
    assert_eq!(since("Back").as_deref(), Some("2026-04-01"));
}

#[test]
fn names_and_facts_of_an_edition_are_followed_through_later_ones() {
    let spec = SpecFile::parse(&format!("{SMALL}{EDITIONS}")).unwrap().spec;
    let history = spec.history();
    let [old, first, a, back] = ["Old", "First", "A", "Back"].map(|name| VariantName::new(name).unwrap());
    assert_eq!(history.name_now(1, &old).as_str(), "Newest");
    assert_eq!(history.name_now(3, &old).as_str(), "Old");
    assert_eq!(history.said(2, &first, Fact::Code).as_deref(), Some("7"));
    assert_eq!(history.said(3, &a, Fact::Code).as_deref(), Some("1"));
    assert_eq!(history.said(1, &back, Fact::Code), None);
}

#[test]
fn an_alias_leads_to_one_error_alone() {
    let with = |error: &str, removed: &str| {
        let error = SMALL.replace("name = \"A\"\n", &format!("name = \"A\"\naliases = [{error}]\n"));
        let removed =
            format!("\n[[removed]]\nname = \"R\"\naliases = [{removed}]\ngroup = \"g\"\nkey = \"2\"\n");
        error + &removed
    };
    assert_eq!(messages(&with("\"B\", \"C\"", "\"D\"")), [""; 0]);
    for own in ["A", "R"] {
        let expected = format!("`{own}`, an alias of `A`, is the name of an error");
        assert_eq!(messages(&with(&format!("\"B\", \"{own}\""), "")), [expected]);
    }
    let twice = "`B`, an alias of `A`, is an alias already";
    assert_eq!(messages(&with("\"B\", \"B\"", "")), [twice]);
    assert_eq!(messages(&with("\"B\"", "\"B\"")), ["`B`, an alias of `R`, is an alias already"]);
    assert_eq!(messages(&with("\"b\"", "")), ["the name does not start with a capital letter A–Z"]);
    // It is told at the error.
    let text = with("\"A\"", "");
    let problem = SpecFile::parse(&text).unwrap_err().remove(0);
    assert!(text[problem.span.start..].starts_with("[[error]]"), "{problem:?}");
}
