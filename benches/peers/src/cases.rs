//! What runs in process: a page's bytes → how much was found in it.

use std::fs;
use std::path::Path;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use im_errors_codegen::interpret::{Overrides, interpret};
use im_errors_codegen::read::{self, Table};
use pulldown_cmark::{Event, Options, Parser, Tag};
use scraper::{Html, Selector};

use crate::measure::Prepared;
use crate::pages::Kind;

/// One reader.
pub(crate) struct Case {
    /// Its name in the report, which is that of the child process as well.
    pub(crate) name: &'static str,
    /// What it makes of a page.
    pub(crate) makes: &'static str,
    /// The crate that it is, with its version in the lock file; none for our own.
    pub(crate) package: Option<&'static str>,
    /// The pages that it can read.
    pub(crate) kinds: &'static [Kind],
    pub(crate) run: fn(&[u8]) -> usize,
}

/// The case of that name on a page.
pub(crate) fn prepare(name: &str, page: &Path) -> Option<Prepared> {
    let run = ALL.iter().find(|case| case.name == name)?.run;
    let page = fs::read(page).unwrap();
    Some(Prepared { bytes: page.len() as u64, run: Box::new(move || run(&page)) })
}

pub(crate) const TABLES: &str = "im-errors tables";
pub(crate) const ENTRIES: &str = "im-errors entries";

pub(crate) const ALL: &[Case] = &[
    Case { name: TABLES, makes: "cells with spans", package: None, kinds: &Kind::ALL, run: tables },
    Case { name: ENTRIES, makes: "entries", package: None, kinds: &Kind::ALL, run: entries },
    Case {
        name: "html5gum",
        makes: "tokens with spans, no tables",
        package: Some("html5gum"),
        kinds: &[Kind::Html],
        run: tokens,
    },
    Case {
        name: "scraper",
        makes: "texts of cells",
        package: Some("scraper"),
        kinds: &[Kind::Html],
        run: scraped,
    },
    Case {
        name: "pulldown-cmark",
        makes: "events with spans, no cells kept",
        package: Some("pulldown-cmark"),
        kinds: &[Kind::Pipes],
        run: events,
    },
    Case { name: "comrak", makes: "tree", package: Some("comrak"), kinds: &[Kind::Pipes], run: tree },
];

fn tables(page: &[u8]) -> usize {
    let document = read::read(page).unwrap();
    document.tables.iter().map(Table::cell_count).sum()
}

fn entries(page: &[u8]) -> usize {
    let document = read::read(page).unwrap();
    interpret(&document, &Overrides::default()).entries.len()
}

fn text(page: &[u8]) -> &str {
    std::str::from_utf8(page).unwrap()
}

fn tokens(page: &[u8]) -> usize {
    let mut count = 0;
    let emitter = CallbackEmitter::<_, (), usize>::new(|_: CallbackEvent<'_>, _: Span<usize>| {
        count += 1;
        None
    });
    Tokenizer::new_with_emitter(text(page), emitter).for_each(drop);
    count
}

fn scraped(page: &[u8]) -> usize {
    let document = Html::parse_document(text(page));
    let cells = Selector::parse("td, th").unwrap();
    let texts: Vec<String> = document.select(&cells).map(|cell| cell.text().collect()).collect();
    texts.len()
}

fn events(page: &[u8]) -> usize {
    let parser = Parser::new_ext(text(page), Options::ENABLE_TABLES).into_offset_iter();
    parser.filter(|(event, _)| matches!(event, Event::Start(Tag::TableCell))).count()
}

fn tree(page: &[u8]) -> usize {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, text(page), &options);
    root.descendants()
        .filter(|node| matches!(node.data.borrow().value, comrak::nodes::NodeValue::TableCell))
        .count()
}
