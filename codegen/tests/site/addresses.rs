//! Addresses last: whatever names and codes an error ever had, they lead to its page.

use std::collections::{BTreeMap, BTreeSet};

use im_errors_spec::{Spec, SpecFile};
use proptest::prelude::*;

use super::page::{self, Files, Page, error, files, spec};
use super::{half_translated, shipped_site};

#[test]
fn names_and_codes_lead_to_the_one_page_of_an_error() {
    let removed = "[[removed]]\nname = \"Gone\"\ngroup = \"all\"\nkey = \"9\"\nedition = \"2.0\"\n\
        [[removed]]\nname = \"Nameless\"\ngroup = \"all\"\nkey = \"400/x/\"\n";
    let demo = spec(&[error("Seven", "code = 7"), error("Minus", "code = -7"), removed.into()].concat());
    let files = files(&[demo], None);
    let at = |folder: &str| {
        let path = format!("en/demo/{folder}/index.html");
        Page::of(&path, &files[&path])
    };
    assert!(at("7").text("h1").contains("Seven") && at("minus-7").text("h1").contains("Minus"));
    for (from, to) in [("seven", "7"), ("minus", "minus-7"), ("gone", "9")] {
        let page = at(from);
        assert_eq!(page.attributes("meta[http-equiv=refresh]", "content"), [format!("0; url=../{to}/")]);
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
        assert_eq!(page.attributes(".lead a", "href"), [format!("../{to}/")], "for those without refresh");
    }
    assert!(at("9").text("main").contains("removed by the vendor in 2.0"));
    assert!(at("nameless").text("main").contains("removed by the vendor"));
    assert!(files["en/demo/9/index.md"].contains("removed by the vendor in 2.0"));
}

#[test]
fn former_names_and_codes_lead_to_the_error_and_pages_tell_since_when_it_is_there() {
    let editions = "[[edition]]\ndate = \"2026-01-01\"\ndigests = [\"00\"]\n\
        [[edition]]\ndate = \"2026-02-01\"\nname = \"2.0\"\ndigests = [\"01\"]\nadded = [\"Younger\"]\n\
        [[edition.changed]]\nname = \"Younger\"\nfacts = [\"code\"]\nwas.code = \"4\"\n";
    let mut demo = spec(&[error("Elder", "code = 6"), error("Young", "code = 5"), editions.into()].concat());
    let name = |name: &str| im_errors_spec::VariantName::new(name).unwrap();
    let third = im_errors_spec::EditionRecord {
        renamed: vec![im_errors_spec::Renamed { from: name("Younger"), to: name("Young") }],
        added: Vec::new(),
        changed: Vec::new(),
        ..demo.editions[1].clone()
    };
    demo.editions.push(third);
    let files = files(&[demo], None);
    for from in ["younger", "young", "4"] {
        let page = Page::of("", &files[&format!("en/demo/{from}/index.html")]);
        assert_eq!(page.attributes("meta[http-equiv=refresh]", "content"), ["0; url=../5/"], "{from}");
    }
    let facts = |code: &str| Page::of("", &files[&format!("en/demo/{code}/index.html")]).text(".facts");
    assert!(facts("5").contains("2026-02-01") && facts("5").contains("2.0"), "{}", facts("5"));
    assert!(facts("6").contains("2026-01-01 or earlier"), "{}", facts("6"));
    let changes = Page::of("", &files["en/demo/changes.html"]);
    assert_eq!(changes.attributes("h2", "id")[1..], ["d2026-02-01", "d2026-01-01"]);
    assert!(changes.attributes("main a", "href").contains(&"young/"));
    assert!(files["en/demo/feed.xml"].contains("changes.html#d2026-02-01"));
}

#[test]
fn a_code_that_several_errors_share_leads_to_all_of_them() {
    let second = error("Second", "code = 7").replace("\"all\"", "\"more\"");
    let mut demo = spec(&error("First", "code = 7"));
    let text =
        demo.to_toml().replace("[[error]]", "[[group]]\nid = \"more\"\ntitle.zh = \"更多\"\n\n[[error]]");
    demo = SpecFile::parse(&format!("{text}\n{second}"))
        .unwrap_or_else(|problems| panic!("{}", problems[0]))
        .spec;
    let files = files(&[demo], None);
    let page = Page::of("", &files["en/demo/7/index.html"]);
    assert_eq!(page.attributes(".list a", "href"), ["../first/", "../second/"]);
    assert!(Page::of("", &files["en/demo/first/index.html"]).text("h1").contains("First"));
}

#[test]
fn aliases_lead_to_the_error_with_no_edition_to_tell_of_them() {
    let long = format!("Old{}", "Name".repeat(40));
    let removed = "[[removed]]\nname = \"Gone\"\naliases = [\"Left\"]\ngroup = \"all\"\nkey = \"9\"\n";
    let aliases = |names: &str| format!("aliases = [{names}]\n");
    let demo = spec(
        &[
            error("Coded", &(aliases(&format!("\"OldName\", \"Aux\", \"{long}\"")) + "code = 7")),
            error("Named", &aliases("\"Unnamed\"")),
            removed.into(),
        ]
        .concat(),
    );
    assert_eq!(demo.editions, []);
    let files = files(&[demo], None);
    for locale in ["en", "zh"] {
        let targets: BTreeMap<_, _> = Page::all(&files)
            .iter()
            .filter_map(|page| {
                let folder =
                    page.path.strip_prefix(&format!("{locale}/demo/"))?.strip_suffix("/index.html")?;
                let refresh = page.attributes("meta[http-equiv=refresh]", "content");
                Some((folder.to_owned(), (*refresh.first()?).to_owned()))
            })
            .collect();
        let to = |target: &str| format!("0; url=../{target}/");
        for (from, target) in [
            ("old-name", "7"),
            ("aux-", "7"),
            ("coded", "7"),
            ("unnamed", "named"),
            ("left", "9"),
            ("gone", "9"),
        ] {
            assert_eq!(targets[from], to(target), "{locale}/{from}");
        }
        let cut = targets.keys().filter(|folder| folder.starts_with("old-name-name")).collect::<Vec<_>>();
        assert!(cut.len() == 1 && cut[0].len() < 140 && targets[cut[0]] == to("7"), "{cut:?}");
    }
}

#[test]
fn a_page_is_at_the_same_path_in_every_language() {
    for files in [&shipped_site().1, &page::files(&[super::hostile()], None)] {
        let below = |locale: &str| {
            let files = files.keys().filter_map(|path| path.strip_prefix(locale));
            files.map(str::to_owned).collect::<BTreeSet<_>>()
        };
        assert_eq!(below("zh/"), below("en/"));
        assert!(below("zh/").len() > 50);
    }
}

#[test]
fn the_root_lets_readers_choose_and_says_so_to_search_engines() {
    let files = files(&[half_translated()], Some("https://example.com/errors"));
    let root = Page::of("index.html", &files["index.html"]);
    assert_eq!(root.attributes("main a", "href"), ["en/", "zh/"]);
    let alternates = |page: &Page| {
        let of = |name| page.attributes("link[hreflang]", name).into_iter().map(str::to_owned);
        of("hreflang").zip(of("href")).collect::<BTreeMap<_, _>>()
    };
    let address = |path: &str| format!("https://example.com/errors/{path}");
    let all = [("en", "en/"), ("x-default", ""), ("zh", "zh/")];
    let all = BTreeMap::from(all.map(|(locale, path)| (locale.to_owned(), address(path))));
    assert_eq!(alternates(&root), all);
    assert_eq!(root.attributes("link[rel=canonical]", "href"), [address("")]);
    for locale in ["en", "zh"] {
        let path = format!("{locale}/index.html");
        assert_eq!(alternates(&Page::of(&path, &files[&path])), all);
    }
}

/// Some errors of a catalog: name and code of each.
fn errors() -> impl Strategy<Value = BTreeMap<u8, Option<i64>>> {
    proptest::collection::btree_map(0..12_u8, proptest::option::of(-3..6_i64), 0..8)
}

/// The spec of such errors, those in `renamed` under another name.
fn toml(errors: &BTreeMap<u8, Option<i64>>, removed: &BTreeMap<u8, Option<i64>>, renamed: u16) -> Spec {
    let mut demo = spec("");
    let place = || im_errors_spec::Place { file: "a.md".into(), line: 1 };
    let named = |name: String| im_errors_spec::VariantName::new(&name).unwrap();
    let name = |n: &u8| named(format!("Error{n}"));
    let now = |n: &u8| match renamed & (1 << n) {
        0 => (name(n), Vec::new()),
        _ => (named(format!("Renamed{n}")), vec![name(n)]),
    };
    demo.errors = spec(&error("Template", "")).errors.into_iter().cycle().take(errors.len()).collect();
    for (one, (n, code)) in demo.errors.iter_mut().zip(errors) {
        (one.name, one.aliases) = now(n);
        (one.code, one.cases[0].at) = (*code, place());
    }
    let gone = |(n, code): (&u8, &Option<i64>)| im_errors_spec::Removed {
        name: now(n).0,
        aliases: now(n).1,
        group: "all".into(),
        key: code.map_or_else(|| format!("400/e{n}/"), |code| code.to_string()),
        edition: None,
    };
    demo.removed = removed.iter().map(gone).collect();
    demo
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever vendors add and remove, and we rename: names and keys stay in the spec, and paths on
    /// the site.
    #[test]
    fn a_page_once_published_stays_reachable(before in errors(), added in errors(), gone in any::<u16>(), renamed in any::<u16>()) {
        let is_gone = |n: &u8| gone & (1 << n) != 0;
        let removed: BTreeMap<_, _> = before.iter().filter(|(n, _)| is_gone(n)).map(|(n, code)| (*n, *code)).collect();
        let kept = before.iter().filter(|(n, _)| !is_gone(n)).map(|(n, code)| (*n, *code));
        let after: BTreeMap<_, _> = added.iter().filter(|(n, _)| !before.contains_key(n)).map(|(n, code)| (*n, *code)).chain(kept).collect();
        let pages = |files: Files| files.into_keys().filter(|path| path.ends_with(".html")).collect::<BTreeSet<_>>();
        // None is new under the name of another.
        let renamed = before.keys().fold(0, |bits, n| bits | (1 << n)) & renamed;
        let old = pages(files(&[toml(&before, &BTreeMap::new(), 0)], None));
        let new = pages(files(&[toml(&after, &removed, renamed)], None));
        prop_assert!(old.is_subset(&new), "{:?}", old.difference(&new).collect::<Vec<_>>());
    }
}
