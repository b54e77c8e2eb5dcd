//! The site: as its readers see it, page by page, and as those who make it.

mod addresses;
mod hostile;
mod page;
mod search;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZero;
use std::path::Path;
#[cfg(unix)]
use std::process::Command;
use std::sync::OnceLock;

use crate::support::{ALPHA, ENGLISH, Workspace};
use im_errors_codegen::build::{SiteDone, SiteLayout, site};
use im_errors_codegen::explain::shipped;
use im_errors_codegen::render::Templates;
use im_errors_codegen::site::Site;
use im_errors_spec::{Part, Pattern, Spec, SpecFile, VariantName, plain_text};
use page::{Files, Page, error, files, spec};

/// The site of the catalogs that come with the tool, and its pages.
fn shipped_site() -> &'static (Vec<Spec>, Files) {
    static SITE: OnceLock<(Vec<Spec>, Files)> = OnceLock::new();
    SITE.get_or_init(|| {
        let specs = shipped();
        assert_eq!(specs.len(), 5);
        let files = files(&specs, None);
        (specs, files)
    })
}

fn hostile() -> Spec {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/hostile.toml");
    SpecFile::parse(&fs::read_to_string(path).unwrap()).unwrap().spec
}

/// Errors with a text in both languages, in one, in one that has changed since, and in none.
fn half_translated() -> Spec {
    spec(
        &[
            error("Both", "summary.zh = \"甲\"\nsummary.en = \"A\""),
            error("Chinese", "summary.zh = \"乙\""),
            error("Outdated", "summary.zh = \"丙\"\nsummary.en = { text = \"Old words\", stale = true }"),
            error("Silent", "code = 7"),
        ]
        .concat(),
    )
}

/// A message with its holes in braces.
fn literal(message: &Pattern) -> String {
    let part = |part: &Part| match part {
        Part::Literal(text) => text.clone(),
        Part::Hole(name) => format!("{{{name}}}"),
    };
    message.parts().iter().map(part).collect()
}

#[test]
fn every_error_has_a_page_in_every_language() {
    let (specs, files) = shipped_site();
    for spec in specs {
        for error in &spec.errors {
            let folder = error.code.map_or_else(|| error.name.to_kebab(), |code| code.to_string());
            for locale in ["en", "zh"] {
                let path = format!("{locale}/{}/{folder}/index.html", spec.catalog);
                let page = Page::of(&path, files.get(&path).unwrap_or_else(|| panic!("no {path}")));
                assert!(page.text("h1").contains(error.name.as_str()), "{path}");
                if let Some(text) = error.summary.get(&im_errors_spec::Locale::new(locale).unwrap()) {
                    let dense = |text: &str| text.split_whitespace().collect::<String>();
                    assert!(dense(&page.text(".lead")).contains(&dense(&plain_text(&text.text))), "{path}");
                }
                if let Some(message) = &error.message {
                    assert_eq!(page.text("#literal"), literal(message), "{path}");
                }
                let arm = page.text("#arm");
                assert!(
                    arm.contains(&format!("Error::{}", error.name)) && arm.ends_with("=> todo!(),"),
                    "{arm}"
                );
                assert!(files.contains_key(&path.replace(".html", ".md")), "{path}");
            }
        }
    }
}

#[test]
fn every_link_leads_to_a_file_and_every_fragment_to_an_id() {
    for files in [&shipped_site().1, &page::files(&[hostile()], None)] {
        let pages = Page::all(files);
        let ids: BTreeMap<_, _> = pages.iter().map(|page| (page.path.as_str(), page.ids())).collect();
        let mut links = 0;
        for page in &pages {
            let refresh = page.attributes("meta[http-equiv=refresh]", "content");
            let refresh = refresh.iter().filter_map(|content| content.strip_prefix("0; url="));
            let hrefs = page.attributes("a[href], link[href]", "href").into_iter();
            for href in hrefs.chain(page.attributes("script[src]", "src")).chain(refresh) {
                let Some((path, fragment)) = page.target(href) else { continue };
                assert!(files.contains_key(&path), "{href} in {} leads nowhere", page.path);
                if let Some(fragment) = fragment {
                    assert!(ids[path.as_str()].contains(fragment.as_str()), "{href} in {}", page.path);
                }
                links += 1;
            }
        }
        assert!(links > 100);
    }
}

/// Errors can be called like what a page has ids for.
#[test]
fn no_name_of_an_error_is_an_id_of_its_page() {
    let mut names = BTreeSet::from(["Search".to_owned(), "SearchResults".to_owned(), "SearchBox".to_owned()]);
    for page in Page::all(&shipped_site().1) {
        for id in page.ids() {
            let words = id.split(['-', '_']);
            let name: String = words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect();
            names.extend(VariantName::new(&name).map(|name| name.to_string()));
        }
    }
    assert!(names.len() > 100 && names.contains("MainContent"), "{}", names.len());
    let all: String = names.iter().map(|name| error(name, "")).collect();
    for page in Page::all(&files(&[spec(&all)], None)) {
        let ids = page.attributes("[id]", "id");
        assert_eq!(ids.len(), page.ids().len(), "{}", page.path);
    }
}

#[test]
fn every_file_can_be_made_by_itself() {
    for specs in [shipped(), vec![hostile()]] {
        let templates = Templates::default();
        let site = Site::new(&specs, &templates, Some("https://example.com/")).unwrap();
        let files = site.files().unwrap();
        assert!(files.len() > 20);
        for file in &files {
            assert_eq!(site.file(&file.path).unwrap().as_ref(), Some(file), "{}", file.path);
        }
        let paths: BTreeSet<_> = files.iter().map(|file| file.path.as_str()).collect();
        for path in
            ["", "/", "en", "en/", "assets", "assets/../index.html", "x/index.html", "en/x/index.html"]
        {
            assert!(!paths.contains(path) && site.file(path).unwrap().is_none(), "{path}");
        }
    }
}

#[test]
fn what_paper_cannot_do_is_not_printed() {
    let files = &shipped_site().1;
    let (_, print) = files["assets/site.css"].split_once("@media print {").unwrap();
    let (hidden, _) = print.split_once("display: none;").unwrap();
    let page = Page::of("", &files["en/jmessage-server/898001/index.html"]);
    for control in [".skip", ".top", ".copy", ".pager"] {
        assert!(hidden.contains(&format!("\n  {control}")) && !page.select(control).is_empty(), "{control}");
    }
    assert_eq!(page.select("header.top .search, header.top .languages").len(), 2);
}

#[test]
fn every_link_in_markdown_leads_to_a_file() {
    use pulldown_cmark::{Event, Parser, Tag};
    // A catalog that records no editions, in a folder with another name than its id.
    let mut device = spec(&error("One", "code = 1"));
    device.catalog = "aux".into();
    for files in [&shipped_site().1, &page::files(&[hostile(), device], None)] {
        let mut links = 0;
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".md") || *path == "llms.txt") {
            let page = Page::of(path, "");
            for event in Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES) {
                let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
                let Some((target, fragment)) = page.target(&dest_url) else { continue };
                let there =
                    files.get(&target).unwrap_or_else(|| panic!("{dest_url} in {path} leads nowhere"));
                let id = fragment.map(|fragment| format!("<a id=\"{fragment}\">"));
                assert!(id.is_none_or(|id| there.contains(&id)), "{dest_url} in {path}");
                links += 1;
            }
        }
        assert!(links > 20, "{links}");
    }
}

#[test]
fn pages_are_well_formed_and_obey_nothing_of_a_spec() {
    let filled = hostile::TEXTS.iter().map(|text| hostile::filled(text));
    let made: Vec<_> = filled.chain([hostile()]).map(|spec| page::files(&[spec], None)).collect();
    for files in made.iter().chain([&shipped_site().1]) {
        let mut titles = BTreeSet::new();
        for page in Page::all(files) {
            let path = &page.path;
            assert_eq!(page.select("h1").len(), 1, "{path}");
            assert!(titles.insert(page.text("title")), "{path}: {}", page.text("title"));
            let ids = page.attributes("[id]", "id");
            assert_eq!(ids.len(), page.ids().len(), "{path} has an id twice");
            let is_valid = |id: &str| {
                id.starts_with(|c: char| c.is_ascii_alphabetic())
                    && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            };
            assert!(ids.iter().all(|id| is_valid(id)), "{path}: {ids:?}");
            assert!(page.attributes("html", "lang")[0].len() >= 2, "{path}");
            let policy = page.attributes("meta[http-equiv=Content-Security-Policy]", "content");
            assert!(policy[0].starts_with("default-src 'none'") && !policy[0].contains("unsafe"), "{path}");
            assert!(page.select("style, iframe, object, embed, base, img, svg").is_empty(), "{path}");
            for script in page.select("script") {
                assert!(script.inner_html().is_empty() && script.attr("src").is_some(), "{path}");
            }
            for element in page.select("*") {
                for (name, value) in element.value().attrs() {
                    assert!(!name.starts_with("on") && name != "style", "{path} has {name}");
                    let leads = matches!(name, "href" | "src" | "action");
                    let scheme = value.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
                    let is_safe = match scheme.as_deref() {
                        Some("http" | "https" | "mailto") => element.value().name() == "a",
                        scheme => scheme.is_none_or(|scheme| scheme.contains(['/', '?', '#'])),
                    };
                    assert!(!leads || is_safe, "{path} has {name}={value}");
                }
            }
        }
    }
}

#[test]
fn links_in_texts_lead_to_pages_and_mails_only() {
    let texts = r#"summary.zh = '[a](https://a.b/?x=1&y=2) [m](mailto:a@b.c) [r](./r) [j](javascript:alert(1)) [d](data:text/html,x) [v](VBScript:x)'"#;
    let mut demo = spec(&error("One", texts));
    demo.sources[0].url = Some("javascript:alert(1)".into());
    let without = files(std::slice::from_ref(&demo), None);
    let page = Page::of("", &without["zh/demo/one/index.html"]);
    assert_eq!(page.attributes(".lead a", "href"), ["https://a.b/?x=1&y=2", "mailto:a@b.c"]);
    assert!(Page::all(&without).iter().all(|page| page.select("[href^=javascript]").is_empty()));
    demo.sources[0].url = Some("https://example.com/docs/a".into());
    let with = files(&[demo], None);
    let page = Page::of("", &with["zh/demo/one/index.html"]);
    assert!(page.attributes(".lead a", "href").contains(&"https://example.com/docs/r"));
    assert_eq!(page.attributes("#source + ul a", "href"), ["https://example.com/docs/a"]);
}

#[test]
fn languages_name_each_other_where_both_say_something() {
    let texts = |more: &str| format!("summary.zh = \"甲\"\n{more}");
    let demo = spec(
        &[
            error("Both", &texts("summary.en = \"A\"")),
            error("Chinese", &texts("")),
            error("Outdated", &texts("summary.en = { text = \"Old\", stale = true }")),
            error("Silent", ""),
        ]
        .concat(),
    );
    let base = Some("https://example.com/errors");
    for (demo, base) in [(vec![demo], base), (shipped_site().0.clone(), None)] {
        let files = files(&demo, base);
        let pages: BTreeMap<_, _> =
            Page::all(&files).into_iter().map(|page| (page.path.clone(), page)).collect();
        let named = |page: &Page| {
            let hrefs = page.attributes("link[rel=alternate][hreflang]", "href").into_iter();
            let local = |href: &str| href.replace("https://example.com/errors/", &page.target_root());
            hrefs.map(|href| page.target(&local(href)).unwrap().0).collect::<BTreeSet<_>>()
        };
        let mut alternates = 0;
        for page in pages.values() {
            for other in named(page) {
                assert!(named(&pages[&other]).contains(&page.path), "{other} does not name {}", page.path);
                alternates += 1;
            }
        }
        assert!(alternates > 0);
    }
}

#[test]
fn what_is_not_translated_says_so_and_where_it_is_real() {
    let files = files(&[half_translated()], None);
    let page = |name: &str| {
        Page::of(&format!("en/demo/{name}/index.html"), &files[&format!("en/demo/{name}/index.html")])
    };
    let alternates = |page: &Page| page.select("link[hreflang]").len();
    let canonical = |page: &Page| page.target(page.attributes("link[rel=canonical]", "href")[0]).unwrap().0;

    let both = page("both");
    assert_eq!((alternates(&both), both.select(".mark").len()), (2, 0));
    assert_eq!(canonical(&both), both.path);

    let missing = page("chinese");
    assert_eq!(missing.text(".lead .foreign"), "乙");
    assert_eq!(missing.attributes(".lead .foreign", "lang"), ["zh"]);
    assert_eq!(missing.text(".lead .mark"), "not translated");
    assert_eq!((alternates(&missing), canonical(&missing).as_str()), (0, "zh/demo/chinese/index.html"));

    let stale = page("outdated");
    assert_eq!(stale.text(".lead .foreign"), "丙");
    assert_eq!(stale.text(".outdated .text"), "Old words");
    assert!(stale.text(".outdated .mark").contains("has changed"));
    assert_eq!(alternates(&stale), 0);

    assert_eq!(alternates(&page("7")), 2);
    let switch = page("chinese").attributes(".languages a", "href").join(" ");
    assert!(switch.contains("zh/demo/chinese/"), "{switch}");
}

#[test]
fn scripts_are_small_and_the_site_asks_no_other_host() {
    let files = &shipped_site().1;
    let scripts: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".js")).collect();
    assert_eq!(scripts.len(), 5);
    assert!(scripts.iter().map(|(_, text)| text.len()).sum::<usize>() <= 12 * 1000);
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("assets/")) {
        let text = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!text.contains("://") && !text.contains("url(") && !text.contains("@import"), "{path}");
    }
}

#[test]
fn data_carries_its_digest_and_fits_its_schema() {
    let (specs, files) = shipped_site();
    let index: serde_json::Value = serde_json::from_str(&files["data/index.json"]).unwrap();
    let schema =
        serde_json::from_str(&files[&format!("data/{}", index["schema"].as_str().unwrap())]).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for (item, spec) in index["catalogs"].as_array().unwrap().iter().zip(specs) {
        let text = &files[&format!("data/{}", item["file"].as_str().unwrap())];
        let data: serde_json::Value = serde_json::from_str(text).unwrap();
        assert!(schema.is_valid(&data) && data["catalog"] == spec.catalog.as_str());
        use sha2::Digest;
        let digest: String =
            sha2::Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(item["sha256"], digest.as_str());
    }
}

#[test]
fn only_a_site_with_an_address_has_a_sitemap() {
    let specs = &shipped_site().0;
    assert!(!shipped_site().1.contains_key("sitemap.xml"));
    let files = files(specs, Some("https://example.com/errors"));
    let map = &files["sitemap.xml"];
    let urls: Vec<_> = map
        .split("<loc>https://example.com/errors/")
        .skip(1)
        .map(|rest| rest.split_once('<').unwrap().0)
        .collect();
    for url in &urls {
        let path =
            if url.is_empty() || url.ends_with('/') { format!("{url}index.html") } else { (*url).to_owned() };
        let page = Page::of(&path, &files[&path]);
        assert_eq!(
            page.attributes("link[rel=canonical]", "href"),
            [format!("https://example.com/errors/{url}")]
        );
    }
    let errors: usize = specs.iter().map(|spec| spec.errors.len()).sum();
    assert!(urls.len() > 2 * errors);
    assert!(files["llms.txt"].contains("(https://example.com/errors/en/agora-chat/index.md)"));
}

/// `alpha`, built, without a site.
fn alpha() -> Workspace {
    let workspace = Workspace::alpha();
    assert_eq!(workspace.run(&["build", "--no-site"]).status, 0);
    assert!(!workspace.path("target").exists());
    workspace
}

fn layout(workspace: &Workspace, out: &str) -> SiteLayout {
    SiteLayout {
        catalogs: workspace.path("specs/vendors"),
        out: workspace.path(out),
        templates: None,
        base: None,
    }
}

#[test]
fn one_thread_and_many_make_the_same_files() {
    let vendors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/vendors");
    let workspace = Workspace::new();
    let mut made = Vec::new();
    for threads in [1, 2, 7] {
        let layout = SiteLayout { catalogs: vendors.clone(), ..layout(&workspace, "site") };
        let done = site(&layout, NonZero::new(threads)).unwrap();
        assert_eq!((done.written, done.removed), (done.files, 0));
        made.push(workspace.tree());
        let again = site(&layout, NonZero::new(threads)).unwrap();
        assert_eq!(again, SiteDone { files: done.files, written: 0, removed: 0 });
        workspace.remove("site");
    }
    assert!(made[0] == made[1] && made[1] == made[2]);
}

#[test]
fn build_makes_the_site_and_check_does_not_ask_for_it() {
    let workspace = Workspace::alpha();
    let run = workspace.build();
    assert!(run.out.contains("site in target/site: ") && run.out.contains(" written\n"), "{}", run.out);
    assert!(workspace.read("target/site/zh/alpha/1001/index.html").contains("用户不存在"));
    assert!(workspace.build().out.contains("all up to date"));
    workspace.remove("target");
    assert_eq!(workspace.run(&["build", "--check"]).status, 0);
    assert!(!workspace.path("target").exists());
    assert_eq!(workspace.run(&["build", "--site", "public"]).status, 0);
    assert!(workspace.path("public/index.html").exists() && !workspace.path("target").exists());
}

#[test]
fn what_has_not_changed_is_not_written() {
    let workspace = alpha();
    assert_eq!(workspace.run(&["site"]).status, 0);
    let page = "target/site/en/alpha/1002/index.html";
    let other = "target/site/en/alpha/1001/index.html";
    let times = |workspace: &Workspace| {
        [page, other].map(|path| fs::metadata(workspace.path(path)).unwrap().modified().unwrap())
    };
    let before = times(&workspace);
    workspace.write(&format!("{ALPHA}/locales/en.toml"), ENGLISH.replace("does not exist", "is not there"));
    workspace.build();
    let after = times(&workspace);
    assert!(before[0] <= after[0] && before[1] < after[1]);
    assert!(workspace.read(other).contains("is not there"));

    // What somebody changed or removed is mended, be it as long as before.
    for spoil in [|text: String| text.replace("is not there", "is not THERE"), |_| String::new()] {
        workspace.write(other, spoil(workspace.read(other)));
        assert_eq!(workspace.run(&["site", "--check"]).status, 3);
        assert!(workspace.run(&["site"]).out.contains(", 1 written"));
        assert!(workspace.read(other).contains("is not there"));
        assert_eq!(workspace.run(&["site", "--check"]).status, 0);
    }
}

#[test]
fn pages_of_an_earlier_site_go_and_those_of_people_stay() {
    let workspace = Workspace::two();
    workspace.build();
    assert!(workspace.path("target/site/zh/beta/7/index.html").exists());
    workspace.write("target/site/CNAME", "errors.example.com\n");
    workspace.write("target/site/zh/beta/notes.txt", "mine\n");
    workspace.remove("specs/vendors/beta");
    let run = workspace.run(&["site", "--check"]);
    assert!(
        run.status == 3 && run.err.contains("is no longer generated; run `im-errors site`"),
        "{}",
        run.err
    );
    let run = workspace.build();
    assert!(run.out.contains(" removed"), "{}", run.out);
    assert!(
        !workspace.path("target/site/zh/beta/7").exists() && !workspace.path("target/site/en/beta").exists()
    );
    assert_eq!(workspace.read("target/site/zh/beta/notes.txt"), "mine\n");
    assert_eq!(workspace.read("target/site/CNAME"), "errors.example.com\n");
}

/// Where no file may grow at all, as on a disk that is full.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_a_site_known_as_ours() {
    let workspace = Workspace::two();
    workspace.build();
    workspace.edit("specs/vendors/beta/sources/beta.md", "| 7 |", "| 8 |");
    assert_eq!(workspace.run(&["build", "--no-site"]).status, 0);
    let before = workspace.tree();
    let tool = workspace.command(&["site"]);
    let mut full = Command::new("sh");
    full.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]).arg(tool.get_program());
    full.args(tool.get_args()).current_dir(workspace.path(""));
    for (name, value) in tool.get_envs() {
        match value {
            Some(value) => full.env(name, value),
            None => full.env_remove(name),
        };
    }
    let full = full.output().unwrap();
    let error = String::from_utf8(full.stderr).unwrap();
    assert!(full.status.code() == Some(1) && error.contains("cannot write it"), "{error}");
    workspace.is_as(&before);
    let run = workspace.run(&["site"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(workspace.path("target/site/zh/beta/8/index.html").exists());
}

#[test]
fn folders_of_other_people_are_left_alone() {
    let workspace = alpha();
    workspace.write("mine/index.html", "<p>mine</p>");
    workspace.refuses(&["site", "--out", "mine"], &["mine", "`index.html`", "im-errors did not put there"]);
    workspace.refuses(&["build", "--site", "mine"], &["im-errors did not put there", "nothing was written"]);
    workspace.write("file", "");
    workspace.refuses(&["site", "--out", "file"], &["file", "not a folder"]);
    workspace.write("pages/.nojekyll", "");
    assert_eq!(workspace.run(&["site", "--out", "pages"]).status, 0);
    // A file of somebody's where a page of a later site goes.
    workspace.write("pages/zh/gamma/index.html", "mine");
    workspace.write(
        "specs/vendors/gamma/catalog.toml",
        "title = { zh = \"丙\" }\nvendor = { zh = \"丙\" }\nlocale = \"zh\"\n\n[[source]]\nfile = \"a.md\"\n",
    );
    workspace.write("specs/vendors/gamma/a.md", "| 错误码 | 说明 |\n|---|---|\n| 7 | 失败 |\n");
    assert_eq!(workspace.run(&["build", "--no-site"]).status, 0);
    let run = workspace.run(&["site", "--out", "pages"]);
    assert!(
        run.status == 1 && run.err.contains("a file that im-errors did not write is in its place"),
        "{}",
        run.err
    );
    assert_eq!(workspace.read("pages/zh/gamma/index.html"), "mine");
    assert!(!workspace.path("pages/en/gamma").exists(), "nothing of the site was written");
    // Nor is it lost to a run that takes up another one.
    workspace.write("pages/.im-errors-site", unfinished(&workspace.read("pages/.im-errors-site")));
    workspace.refuses(&["site", "--out", "pages"], &["a file that im-errors did not write is in its place"]);
}

#[cfg(unix)]
#[test]
fn a_link_within_the_site_is_a_folder_and_a_file_is_none() {
    let workspace = alpha();
    assert_eq!(workspace.run(&["site"]).status, 0);
    fs::rename(workspace.path("target/site/zh"), workspace.path("target/site/chinese")).unwrap();
    std::os::unix::fs::symlink("chinese", workspace.path("target/site/zh")).unwrap();
    let page = workspace.read("target/site/chinese/alpha/1001/index.html");
    workspace.remove("target/site/chinese/alpha/1001");
    assert_eq!(workspace.run(&["site"]).status, 0);
    assert_eq!(workspace.read("target/site/chinese/alpha/1001/index.html"), page);

    workspace.remove("target/site/chinese/alpha/1001");
    workspace.write("target/site/chinese/alpha/1001", "mine");
    let run = workspace.run(&["site"]);
    assert!(run.status == 1 && run.err.contains("it is a file, not a folder"), "{}", run.err);
    assert!(run.err.contains(" --> target/site/zh/alpha/1001\n"), "{}", run.err);
    assert_eq!(workspace.read("target/site/zh/alpha/1001"), "mine");
    workspace.remove("target/site/zh/alpha/1001");
    assert_eq!(workspace.run(&["site"]).status, 0);
    assert_eq!(workspace.read("target/site/zh/alpha/1001/index.html"), page);
}

/// The manifest of a run that was interrupted, from that of one that was not.
fn unfinished(manifest: &str) -> String {
    let digest = manifest.lines().find(|line| line.starts_with("sha256 ")).unwrap();
    manifest.replacen(digest, "unfinished", 1)
}

#[test]
fn an_interrupted_run_is_taken_up() {
    let workspace = alpha();
    workspace.run(&["site"]);
    let manifest = workspace.read("target/site/.im-errors-site");
    workspace.write("target/site/.im-errors-site", unfinished(&manifest));
    workspace.write("target/site/zh/index.html", "half a pa");
    workspace.remove("target/site/en/index.html");
    let run = workspace.run(&["site"]);
    assert!(run.status == 0 && run.out.contains(", 2 written"), "{}{}", run.out, run.err);
    assert_eq!(workspace.read("target/site/.im-errors-site"), manifest);
}

#[test]
fn a_template_that_fails_on_one_error_alone_leaves_the_site_as_it_was() {
    let workspace = alpha();
    assert_eq!(workspace.run(&["site"]).status, 0);
    let error = workspace_template("error.html");
    let at_one = "{% block content %}{% if error.code == 1002 %}{{ nothing }}{% endif %}";
    workspace.write("ours/site/error.html", error.replace("{% block content %}", at_one));
    workspace.refuses(&["site", "--templates", "ours"], &["ours/site/error.html:3:", "undefined"]);
}

#[test]
fn templates_replace_pages_and_assets_one_by_one() {
    let workspace = alpha();
    workspace.write("ours/site/removed.html", "gone");
    workspace.write(
        "ours/site/macros.html",
        workspace_template("macros.html").replace("class=\"crumbs\"", "class=\"crumbs ours\""),
    );
    workspace.write("ours/site/assets/site.css", "p { margin: 0 }\n");
    let script = "// Theirs.\n\n  let text = `\n  // kept`;\n";
    workspace.write("ours/site/assets/site.js", script);
    assert_eq!(workspace.run(&["site", "--templates", "ours"]).status, 0);
    assert_eq!(workspace.read("target/site/assets/site.css"), "p { margin: 0 }\n");
    assert_eq!(workspace.read("target/site/assets/site.js"), script);
    assert!(workspace.read("target/site/en/alpha/1001/index.html").contains("crumbs ours"));

    workspace.write("ours/site/eror.html", "");
    workspace
        .refuses(&["site", "--templates", "ours"], &["site/eror.html", "did you mean `site/error.html`"]);
    workspace.remove("ours/site/eror.html");
    workspace.write("ours/site/error.html", "<p>\n{{ nothing }}\n");
    for command in ["site", "build"] {
        workspace.refuses(&[command, "--templates", "ours"], &["ours/site/error.html:2:", "undefined"]);
    }
    workspace.refuses(&["site", "--templates", "nowhere"], &["no such folder of templates"]);
}

fn workspace_template(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/site").join(name)).unwrap()
}

#[test]
fn an_address_is_whole() {
    let workspace = alpha();
    for base in
        ["example.com", "javascript:x", "https://", "https://a.b/?x", "https://a.b/\"><script>", "ftp://a"]
    {
        let run = workspace.run(&["site", "--base", base]);
        assert!(run.status == 2 && run.err.contains("https://example.com/errors/"), "{base}: {}", run.err);
    }
    assert_eq!(workspace.run(&["site", "--base", "https://a.b/c"]).status, 0);
    assert!(workspace.read("target/site/sitemap.xml").contains("<loc>https://a.b/c/zh/alpha/1001/</loc>"));
}
