//! What pages say, read by us, against what other parsers and a person read in them.
//!
//! `tests/gold` holds what the catalogues' own pages say, written from the data the pages were
//! made of. The vendors' real pages lie beside the checkout where there are any.

use std::fs;
use std::path::{Path, PathBuf};

use im_errors_codegen::inline::{from_markdown, plain};
use im_errors_codegen::interpret::{Entry, Overrides, interpret};
use im_errors_codegen::read::{Document, Grid, read};
use im_errors_spec::HttpStatus;
use serde_json::{Map, Value, json};

const CATALOGS: [&str; 5] =
    ["agora-im-legacy", "agora-chat", "agora-chat-revised", "easemob-rest", "jmessage-server"];

const VENDOR_PAGES: [(&str, &str, usize); 5] = [
    ("agora-im-legacy.zh.md", "agora-im-legacy", 24),
    ("agora-chat.zh.md", "agora-chat", 64),
    ("agora-chat-extracted.zh.txt", "agora-chat-extracted", 48),
    ("easemob-rest.zh.md", "easemob-rest", 27),
    ("jmessage-server.zh.md", "jmessage-server", 152),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_catalogs_pages_say_what_they_were_made_of() {
    for catalog in CATALOGS {
        let sources = root().join("specs/vendors").join(catalog).join("sources");
        let page = fs::read_dir(&sources).unwrap().next().unwrap().unwrap().path();
        compare(&page, &root().join("tests/gold").join(format!("{catalog}.json")));
    }
}

#[test]
fn the_vendors_real_pages_say_what_the_gold_says() {
    let folder = root().join("../shared/vendor-docs");
    if !folder.exists() {
        // Written, not printed: the harness hides what passing tests print.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"SKIPPED: the vendors' real pages are not beside this checkout\n",
        );
        return;
    }
    for (page, gold, entries) in VENDOR_PAGES {
        let count = compare(&folder.join(page), &folder.join("gold").join(format!("{gold}.json")));
        assert_eq!(count, entries, "{page}");
    }
}

/// Compares tables and entries; returns how many entries there are.
fn compare(page: &Path, gold: &Path) -> usize {
    let name = page.display();
    let gold: Value = serde_json::from_slice(&fs::read(gold).unwrap()).unwrap();
    let document = read(fs::read(page).unwrap()).unwrap();
    if let Some(tables) = gold["tables"].as_array() {
        let ours = tables_of(&document);
        assert_eq!(ours.len(), tables.len(), "{name}: tables");
        for (ours, theirs) in ours.iter().zip(tables) {
            assert_eq!(ours, &normal(theirs), "{name}");
        }
    }
    let reading = interpret(&document, &Overrides::default());
    let entries = gold["entries"].as_array().unwrap();
    assert_eq!(reading.entries.len(), entries.len(), "{name}: entries");
    for (ours, theirs) in reading.entries.iter().zip(entries) {
        let mut theirs = normal(theirs);
        let mut ours = entry_of(ours);
        theirs.as_object_mut().unwrap().remove("section");
        accept_a_rejoined_link(&mut ours, &theirs);
        assert_eq!(ours, theirs, "{name}");
    }
    reading.entries.len()
}

fn tables_of(document: &Document) -> Vec<Value> {
    let table = |table| {
        let grid = Grid::new(table);
        let rows: Vec<_> = grid.rows().map(|row| grid.plain_row(row)).collect();
        normal(&json!({ "section": table.headings.last(), "header": grid.header(), "rows": rows }))
    };
    document.tables.iter().map(table).collect()
}

fn entry_of(entry: &Entry) -> Value {
    let text = |text: Option<&str>| text.map(|text| plain(&from_markdown(text, &|_| None).pieces));
    let mut fields = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(key.to_owned(), value);
        }
    };
    put("table", Some(entry.table.into()));
    put("code", entry.code.map(Into::into));
    match entry.http_status {
        Some(HttpStatus::Exact(status)) => put("http_status", Some(status.into())),
        Some(class) => put("http_status_class", Some(class.to_string().into())),
        None => {}
    }
    put("error", entry.error().map(Into::into));
    put("message", entry.message().map(Into::into));
    put("summary", text(entry.summary()).map(Into::into));
    put("cause", text(entry.cause()).map(Into::into));
    put("remedy", text(entry.remedy()).map(Into::into));
    normal(&Value::Object(fields))
}

/// Without white space and Markdown marks, as the gold's README asks.
fn normal(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            text.chars().filter(|c| !c.is_whitespace() && *c != '`').collect::<String>().into()
        }
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), normal(value))).collect(),
        other => other.clone(),
    }
}

/// Where the page's stray pipe cut a link, the gold stops; a rejoined link is right too.
fn accept_a_rejoined_link(ours: &mut Value, theirs: &Value) {
    let Some((cut, _)) = theirs["cause"].as_str().and_then(|cause| cause.split_once("](https:/")) else {
        return;
    };
    let whole = ours["cause"].as_str().unwrap_or_default();
    assert_eq!(whole.strip_suffix('。').unwrap_or(whole), cut.replace('[', ""));
    ours["cause"] = theirs["cause"].clone();
}
