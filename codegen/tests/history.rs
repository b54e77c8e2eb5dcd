//! Two hundred edits of a vendor, one after the other: names stay, and each report tells exactly the
//! edit that was made.

use std::collections::BTreeMap;

use im_errors_codegen::diff::{Verdict, diff};
use im_errors_codegen::editions::Edition;
use im_errors_codegen::interpret::{Overrides, interpret};
use im_errors_codegen::read::read;
use im_errors_codegen::resolve::{self, Catalog, Inputs, Page};
use im_errors_codegen::review::Glossary;
use im_errors_spec::Spec;
use proptest::prelude::*;

const EDITS: usize = 200;

/// What is drawn for each step.
type Draw = [u16; 4];

/// A page as its vendor keeps it.
#[derive(Debug, Clone)]
struct Site {
    tables: Vec<Table>,
    /// Texts and codes are told apart by number.
    next: usize,
}

#[derive(Debug, Clone)]
struct Table {
    title: String,
    coded: bool,
    html: bool,
    /// How white space is spent.
    wide: bool,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    /// A code, or a status and a type.
    id: String,
    status: String,
    message: String,
    summary: String,
    remedy: String,
}

/// What a report is to say: key, field, old and new, and the same of what was added or removed.
#[derive(Debug, Default, PartialEq)]
struct Told {
    added: Vec<String>,
    removed: Vec<String>,
    changed: Vec<(String, String, String, String)>,
    moved: Vec<String>,
}

/// Words that share no more than words of one language do.
fn words(number: usize, of: &[&str]) -> String {
    let word = |digit: usize| of[digit % of.len()];
    format!("{}{}{}", word(number), word(number / of.len()), word(number / of.len() / of.len()))
}

fn english(number: usize) -> String {
    let nouns =
        [" user", " group", " token", " room", " message", " file", " limit", " key", " owner", " device"];
    let text = format!("cannot{} {number}", words(number, &nouns));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn chinese(number: usize) -> String {
    let nouns = ["用户", "群组", "令牌", "聊天室", "消息", "文件", "上限", "密钥", "群主", "设备"];
    format!("{}第{number}条不可用", words(number, &nouns))
}

impl Site {
    fn new() -> Self {
        let mut site = Self { tables: Vec::new(), next: 0 };
        for coded in [true, false, true] {
            let rows = (0..5).map(|_| site.row(coded)).collect();
            let table = site.table(coded, rows);
            site.tables.push(table);
        }
        site
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn row(&mut self, coded: bool) -> Row {
        let number = self.number();
        let statuses = ["400", "401", "403", "404", "500"];
        Row {
            id: if coded { (1000 + 7 * number).to_string() } else { format!("error_type_{}", number % 9) },
            status: if coded { String::new() } else { statuses[number % statuses.len()].to_owned() },
            message: english(number),
            summary: chinese(number),
            remedy: format!("请检查后重试（{number}）。"),
        }
    }

    fn table(&mut self, coded: bool, rows: Vec<Row>) -> Table {
        let number = self.number();
        Table { title: format!("第 {number} 节"), coded, html: number % 2 == 0, wide: false, rows }
    }

    fn page(&self) -> String {
        let mut page = String::from("# 错误码\n");
        for table in &self.tables {
            page.push_str(&format!("\n## {}\n\n{}", table.title, table.shown()));
        }
        page
    }

    /// Makes an edit, and says what the report is to say of it.
    fn edit(&mut self, [kind, table, row, more]: Draw) -> Told {
        let mut told = Told::default();
        let (row, more) = (usize::from(row), usize::from(more));
        let t = usize::from(table) % self.tables.len();
        let coded = self.tables[t].coded;
        let length = self.tables[t].rows.len();
        let r = row % length;
        match kind % 10 {
            0 | 1 => {
                let new = self.row(coded);
                told.added.push(new.key(coded));
                self.tables[t].rows.insert(r, new);
            }
            2 if length > 2 => {
                let old = self.tables[t].rows.remove(r);
                told.removed.push(old.key(coded));
            }
            3 | 4 => {
                let number = self.number();
                let field = ["summary", "remedy", "message"][if coded { more % 3 } else { more % 2 }];
                let row = &mut self.tables[t].rows[r];
                let (text, new) = match field {
                    "summary" => (&mut row.summary, chinese(number)),
                    "remedy" => (&mut row.remedy, format!("请稍后再试（{number}）。")),
                    _ => (&mut row.message, english(number)),
                };
                let old = std::mem::replace(text, new.clone());
                told.changed.push((row.key(coded), field.to_owned(), old, new));
            }
            5 => self.tables[t].rows.rotate_left(r),
            6 if length > 2 => {
                let to = (0..self.tables.len()).filter(|to| *to != t && self.tables[*to].coded == coded);
                let to: Vec<_> = to.collect();
                if let Some(to) = to.get(more % to.len().max(1)).copied() {
                    let moved = self.tables[t].rows.remove(r);
                    told.moved.push(moved.key(coded));
                    self.tables[to].rows.push(moved);
                }
            }
            7 => self.tables[t].html ^= true,
            8 => self.tables[t].wide ^= true,
            9 if length > 4 && self.tables.len() < 9 => {
                // The smaller part is what moved.
                let part = self.tables[t].rows.split_off(length - length / 3);
                told.moved.extend(part.iter().map(|row| row.key(coded)));
                let new = self.table(coded, part);
                self.tables.insert(t + 1, new);
            }
            _ => {}
        }
        told.moved.sort();
        told
    }

    fn keys(&self) -> Vec<String> {
        let rows = self.tables.iter().flat_map(|table| table.rows.iter().map(|row| row.key(table.coded)));
        rows.collect()
    }
}

impl Row {
    fn key(&self, coded: bool) -> String {
        if coded { self.id.clone() } else { format!("{}/{}/{}", self.status, self.id, self.message) }
    }

    fn cells(&self, coded: bool) -> Vec<&str> {
        let facts: Vec<&str> =
            if coded { vec![&self.id, &self.message] } else { vec![&self.status, &self.id, &self.message] };
        facts.into_iter().chain([self.summary.as_str(), &self.remedy]).collect()
    }
}

impl Table {
    fn shown(&self) -> String {
        let header: &[&str] = if self.coded {
            &["错误码", "错误信息", "说明", "处理建议"]
        } else {
            &["HTTP 状态码", "错误类型", "错误提示", "说明", "处理建议"]
        };
        let rows = self.rows.iter().map(|row| row.cells(self.coded));
        let space = if self.wide { "   " } else { " " };
        if self.html {
            let indent = if self.wide { "\t\t" } else { "" };
            let row = |cells: &[&str], tag: &str| {
                let cells: String =
                    cells.iter().map(|cell| format!("{indent}<{tag}>{space}{cell}</{tag}>\n")).collect();
                format!("{indent}<tr>\n{cells}{indent}</tr>\n")
            };
            let body: String = rows.map(|cells| row(&cells, "td")).collect();
            return format!("<table>\n{}{body}</table>\n", row(header, "th"));
        }
        let row = |cells: &[&str]| format!("|{space}{}{space}|\n", cells.join(&format!("{space}|{space}")));
        let body: String = rows.map(|cells| row(&cells)).collect();
        format!("{}|{}\n{body}", row(header), "---|".repeat(header.len()))
    }
}

const CATALOG: &str = "\
title = { zh = \"示例\" }
vendor = { zh = \"示例公司\" }
locale = \"zh\"

[[source]]
file = \"page.md\"
";

/// The spec that a build of the page makes, with what the last one pinned.
fn build(page: &str, previous: Option<&Spec>) -> Spec {
    let catalog = Catalog::parse(CATALOG).unwrap();
    let document = read(page.as_bytes()).unwrap().into_owned();
    let reading = interpret(&document, &Overrides::default());
    let pages = [Page { file: "page.md".to_owned(), digest: String::new(), document, reading }];
    let glossary = Glossary::default();
    let inputs = Inputs {
        id: "demo",
        catalog: &catalog,
        pages: &pages,
        translations: &[],
        glossary: &glossary,
        previous,
    };
    resolve::resolve(&inputs).spec
}

fn told(old: &Edition, new: &Edition) -> (Told, Verdict) {
    let changes = diff(old, new);
    let mut told = Told::default();
    for change in &changes.list {
        match (change.kind.code, &change.field) {
            ("added", _) => told.added.push(change.key.clone()),
            ("removed", _) => told.removed.push(change.key.clone()),
            ("moved", _) => told.moved.push(change.key.clone()),
            (_, field) => told.changed.push((
                change.key.clone(),
                field.clone().unwrap_or_default(),
                change.old.clone().unwrap_or_default(),
                change.new.clone().unwrap_or_default(),
            )),
        }
    }
    told.moved.sort();
    (told, changes.verdict())
}

fn names(spec: &Spec) -> BTreeMap<String, String> {
    spec.errors.iter().map(|error| (error.key(), error.name.to_string())).collect()
}

fn live(edits: &[Draw]) {
    let mut site = Site::new();
    let mut page = site.page();
    let mut spec = build(&page, None);
    let mut known = names(&spec);
    let mut met = Told::default();
    for (step, draw) in edits.iter().enumerate() {
        let expected = site.edit(*draw);
        let next = site.page();
        let next_spec = build(&next, Some(&spec));
        let now = names(&next_spec);
        let mut keys = site.keys();
        keys.sort();
        assert_eq!(now.keys().cloned().collect::<Vec<_>>(), keys, "step {step}: {next}");
        for (key, name) in &now {
            let name_before = known.entry(key.clone()).or_insert_with(|| name.clone());
            assert_eq!(name_before, name, "step {step}: the name of {key}");
        }
        let breaking =
            !expected.removed.is_empty() || expected.changed.iter().any(|(_, field, ..)| field == "message");
        let compatible = !expected.added.is_empty() || !expected.changed.is_empty();
        let verdict = match (breaking, compatible) {
            (true, _) => Verdict::Breaking,
            (false, true) => Verdict::Compatible,
            (false, false) => Verdict::None,
        };
        let [old_page, new_page] =
            [&page, &next].map(|text| Edition::of_page("page.md", text.as_bytes(), None));
        let (old_page, new_page) = (old_page.unwrap().edition, new_page.unwrap().edition);
        let of_pages = told(&old_page, &new_page);
        assert_eq!(of_pages, (expected, verdict), "step {step} {draw:?}:\n{page}\n->\n{next}");
        // The spec and the page it was made of say the same.
        let opened = Edition::of_spec("spec.toml", next_spec.to_toml()).unwrap().edition;
        assert_eq!(told(&new_page, &opened), (Told::default(), Verdict::None), "step {step}");
        (page, spec) = (next, next_spec);
        met.added.extend(of_pages.0.added);
        met.removed.extend(of_pages.0.removed);
        met.changed.extend(of_pages.0.changed);
        met.moved.extend(of_pages.0.moved);
    }
    let least = [met.added.len(), met.removed.len(), met.changed.len(), met.moved.len()];
    assert!(least.iter().all(|n| *n >= EDITS / 100), "too little happened: {least:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_stay_and_reports_tell_each_edit(
        edits in proptest::collection::vec(any::<Draw>(), EDITS..=EDITS)
    ) {
        live(&edits);
    }
}
