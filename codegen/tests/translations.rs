//! Every message in the sources has a Chinese translation in `locales/zh.toml`, with the same
//! holes, and every translation a message.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use im_errors_codegen::Dictionary;
use im_errors_codegen::diagnostic::rules;
use im_errors_spec::message::{SEPARATOR, holes};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A template in the sources.
struct Site {
    template: String,
    arguments: BTreeSet<String>,
    file: String,
}

fn sites() -> Vec<Site> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sites = Vec::new();
    for folder in ["codegen/src", "specs/src", "macros/cover/src"] {
        for path in sources(&root.join(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            let file = path.strip_prefix(&root).unwrap().display().to_string();
            let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
            collect(tokens, &file, &mut sites);
        }
    }
    sites
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Finds every `message!("template", …)` but those of unit tests.
fn collect(tokens: TokenStream, file: &str, sites: &mut Vec<Site>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let word = |at: usize| tokens.get(at).map(ToString::to_string).unwrap_or_default();
    for (i, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let before = |back: usize| i.checked_sub(back).map(word).unwrap_or_default();
        if before(2) == "mod" && before(1) == "tests" {
            continue;
        }
        if before(2) == "message" && before(1) == "!" && group.delimiter() == Delimiter::Parenthesis {
            sites.extend(site(group.stream(), file));
        }
        collect(group.stream(), file, sites);
    }
}

fn site(tokens: TokenStream, file: &str) -> Option<Site> {
    let mut parts: Vec<Vec<TokenTree>> = vec![Vec::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => parts.push(Vec::new()),
            _ => parts.last_mut()?.push(token),
        }
    }
    // The macro's own definition has no literal there.
    let template: syn::LitStr = syn::parse_str(&parts[0].first()?.to_string()).ok()?;
    let arguments = parts[1..].iter().filter_map(|part| part.first()).map(ToString::to_string).collect();
    Some(Site { template: template.value(), arguments, file: file.to_owned() })
}

#[test]
fn every_message_gives_what_fills_its_holes() {
    let sites = sites();
    assert!(sites.len() > 150, "only {} messages found", sites.len());
    for Site { template, arguments, file } in &sites {
        let holes: BTreeSet<String> = holes(template).into_iter().map(str::to_owned).collect();
        assert_eq!(holes, *arguments, "{file}: {template:?}");
    }
}

#[test]
fn every_message_is_translated_with_its_holes_and_no_translation_is_left_over() {
    let sites = sites();
    let mut templates: BTreeMap<&str, &str> =
        sites.iter().map(|site| (site.template.as_str(), site.file.as_str())).collect();
    templates.extend(rules::ALL.iter().map(|rule| (rule.help, "codegen/src/diagnostic/rules.rs")));
    templates.insert(SEPARATOR, "specs/src/message.rs");
    let chinese = Dictionary::chinese();
    let translated: BTreeMap<&str, &str> = chinese.messages().collect();
    let mut wrong = Vec::new();
    for (template, file) in &templates {
        match translated.get(template) {
            None if !has_words(template) => {}
            None => wrong.push(format!("# {file}\n{} = \"\"", in_toml(template))),
            Some(other) if names(template) != names(other) => {
                wrong.push(format!("# other holes than in English\n{} = \"{other}\"", in_toml(template)));
            }
            Some(_) => {}
        }
    }
    assert!(
        wrong.is_empty(),
        "translate in codegen/locales/zh.toml, under [messages]:\n{}",
        wrong.join("\n")
    );
    let unused: Vec<_> = translated.keys().filter(|template| !templates.contains_key(*template)).collect();
    assert!(unused.is_empty(), "no message is worded so, remove its translation: {unused:#?}");
}

/// Whether there is anything to translate between the holes.
fn has_words(template: &str) -> bool {
    let mut outside = String::new();
    let mut depth = 0;
    for c in template.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        outside.extend((depth == 0).then_some(c));
    }
    template == SEPARATOR || outside.contains(char::is_alphabetic)
}

fn names(template: &str) -> BTreeSet<&str> {
    holes(template).into_iter().collect()
}

fn in_toml(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

#[test]
fn documentation_has_typographic_apostrophes() {
    let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    for file in ["en.toml", "zh.toml"] {
        let text = fs::read_to_string(locales.join(file)).unwrap();
        // Those of the documentation come first; keys of messages are as they are in the sources.
        let lines =
            text.lines().take_while(|line| *line != "[messages]").filter(|line| !line.starts_with('#'));
        for line in lines {
            assert!(!line.contains('\''), "{file}: {line}");
        }
    }
}
