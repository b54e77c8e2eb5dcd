//! What rows and columns are taken for where it could be something else.

use std::collections::BTreeMap;

use crate::common::understand;
use im_errors_codegen::interpret::{Entry, Kind, Overrides, Reading, Role, interpret};
use im_errors_codegen::read::{Document, read_text};

/// `rule: message` of all that was said about the interpretation.
fn said(reading: &Reading) -> Vec<String> {
    let line =
        |diagnostic: &im_errors_codegen::Diagnostic| format!("{}: {}", diagnostic.code, diagnostic.message);
    reading.diagnostics.iter().map(line).collect()
}

fn said_of(page: &str) -> Vec<String> {
    said(&understand(page).1)
}

/// A pipe table.
fn pipes(header: &str, rows: &[&str]) -> String {
    let dashes = "|---".repeat(header.matches('|').count() - 1);
    let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
    format!("{header}\n{dashes}|\n{rows}")
}

/// The facts of an entry: code, status, error type, message, summary, cause, remedy.
fn facts(entry: &Entry) -> String {
    let texts = [entry.error(), entry.message(), entry.summary(), entry.cause(), entry.remedy()];
    let numbers = [entry.code.map(|code| code.to_string()), entry.http_status.map(|code| code.to_string())];
    let texts = texts.into_iter().map(|text| text.map(str::to_owned));
    let facts = numbers.into_iter().chain(texts);
    facts.map(|fact| fact.unwrap_or_else(|| "-".to_owned())).collect::<Vec<_>>().join(" | ")
}

fn entries(page: &str) -> Vec<String> {
    understand(page).1.entries.iter().map(facts).collect()
}

fn roles(reading: &Reading, table: usize) -> Vec<Option<Role>> {
    match &reading.tables[table] {
        Kind::Errors(columns) => columns.iter().map(|column| column.role).collect(),
        Kind::Other(why) => panic!("{why}"),
    }
}

/// As it is read where a person has said these roles of the first table.
fn overridden(page: &str, roles: &[(usize, Option<Role>)]) -> (Document<'static>, Reading) {
    let document = read_text(page.to_owned());
    let roles: BTreeMap<_, _> = roles.iter().map(|(column, role)| ((0, *column), *role)).collect();
    let reading = interpret(&document, &Overrides { roles });
    (document, reading)
}

// Entries.

#[test]
fn an_entry_knows_the_cell_of_each_role() {
    let page = pipes(
        "| 错误码 | HTTP 状态码 | 错误类型 | 错误信息 | 说明 | 原因 | 处理建议 |",
        &["| 1001 | 404 | not_found | \"user not found\" | 没有用户 | | 先注册 |"],
    );
    let (document, reading) = understand(page);
    let entry = &reading.entries[0];
    let cells: Vec<_> = entry.cells().map(|(role, cell)| (role, &document.text[cell])).collect();
    let wanted = [
        (Role::Code, "1001"),
        (Role::HttpStatus, "404"),
        (Role::Error, "not_found"),
        (Role::Message, "\"user not found\""),
        (Role::Summary, "没有用户"),
        (Role::Remedy, "先注册"),
    ];
    assert_eq!(cells, wanted);
    for (role, text) in wanted {
        assert_eq!(entry.cell(role).map(|cell| &document.text[cell]), Some(text));
    }
    assert_eq!(entry.cell(Role::Cause), None);
    assert_eq!(facts(entry), "1001 | 404 | not_found | user not found | 没有用户 | - | 先注册");
}

#[test]
fn a_row_is_an_error_by_any_key_and_by_nothing_else() {
    let header = "| 错误码 | 状态码 | 错误类型 | 错误信息 | 说明 |";
    let rows = [
        "| 1001 | | | | 甲 |",
        "| x | | | | 乙 |",
        "| | 404 | | | 丙 |",
        "| 1002 | | | | 甲 |",
        "| 1003 | | | | 甲 |",
        "| x | | bad_request | | 丁 |",
        "| 1004 | | | | 甲 |",
        "| x | | | user exist | 戊 |",
    ];
    let page = pipes(header, &rows);
    let others: Vec<_> = entries(&page).into_iter().filter(|entry| !entry.starts_with("100")).collect();
    assert_eq!(
        others,
        [
            "- | 404 | - | - | 丙 | - | -",
            "- | - | bad_request | - | 丁 | - | -",
            "- | - | - | user exist | 戊 | - | -",
        ]
    );
    let lost: Vec<_> = said_of(&page).into_iter().filter(|said| said.starts_with("no-key")).collect();
    assert_eq!(lost, ["no-key: a row that does not say which error it is: x | 乙"]);
    assert_eq!(entries(&page).len(), 7);
}

#[test]
fn a_literal_on_two_lines_is_one_line() {
    let page = pipes("| 错误码 | 错误信息 |", &["| 1 | user<br>exist |", "| 2 | user not exist |"]);
    assert_eq!(
        entries(&page),
        ["1 | - | - | user exist | - | - | -", "2 | - | - | user not exist | - | - | -"]
    );
}

#[test]
fn a_list_of_codes_is_an_error_each_and_else_a_list_of_statuses() {
    let page =
        pipes("| 错误码 | 状态码 | 说明 |", &["| 1001 | 401/403 | 甲 |", "| 2001/2002 | 401/403 | 乙 |"]);
    assert_eq!(
        entries(&page),
        [
            "1001 | 401 | - | - | 甲 | - | -",
            "1001 | 403 | - | - | 甲 | - | -",
            "2001 | 401 | - | - | 乙 | - | -",
            "2002 | 401 | - | - | 乙 | - | -",
        ]
    );
}

// Rows that go on with the one above.

#[test]
fn a_row_goes_on_with_one_error_and_not_with_a_list() {
    let header = "| 错误码 | 状态码 | 说明 |";
    let page = pipes(header, &["| 1001 | 401 | 甲 |", "| | | 乙 |"]);
    assert_eq!(entries(&page), ["1001 | 401 | - | - | 甲 | - | -", "1001 | 401 | - | - | 乙 | - | -"]);
    for list in ["| 1001/1002 | 401 | 甲 |", "| 1001 | 401/403 | 甲 |"] {
        let page = pipes(header, &[list, "| | | 乙 |"]);
        assert_eq!(entries(&page).len(), 2, "{list}");
        assert_eq!(said_of(&page)[1], "no-key: a row that does not say which error it is: 乙", "{list}");
    }
}

#[test]
fn a_row_with_an_identity_of_its_own_takes_the_status_alone() {
    let header = "| 状态码 | 错误码 | 错误类型 | 错误信息 | 说明 |";
    let first = "| 401 | 1001 | first | first one | 甲 |";
    let second = |row: &str| {
        let page = pipes(header, &[first, row]);
        (entries(&page).pop().unwrap(), said_of(&page))
    };
    let leaves_out = |taken: &str| {
        vec![format!(
            "continued-row: this row leaves out its key; it is read with that of the row above: {taken}"
        )]
    };
    let (entry, said) = second("| | | second | | 乙 |");
    assert_eq!(
        (entry.as_str(), said),
        ("- | 401 | second | - | 乙 | - | -", leaves_out("http_status `401`"))
    );
    let (entry, said) = second("| | | | second one | 乙 |");
    assert_eq!(
        (entry.as_str(), said),
        ("- | 401 | - | second one | 乙 | - | -", leaves_out("http_status `401`"))
    );
    let (entry, said) = second("| | 1002 | | | 乙 |");
    assert_eq!((entry.as_str(), said), ("1002 | 401 | - | - | 乙 | - | -", leaves_out("http_status `401`")));
    let (entry, said) = second("| | | | | 乙 |");
    assert_eq!(entry, "1001 | 401 | first | first one | 乙 | - | -");
    assert_eq!(said, leaves_out("http_status `401`, code `1001`, error `first`, message `first one`"));
}

#[test]
fn a_row_without_a_code_below_one_that_has_one_is_told() {
    let header = "| 错误码 | 错误类型 | 说明 |";
    let said = |rows: &[&str]| said_of(&pipes(header, rows));
    assert_eq!(
        said(&["| 1001 | first | 甲 |", "| | second | 乙 |"]),
        ["continued-row: this row has no code, unlike the one above; it is read without"]
    );
    assert_eq!(said(&["| | first | 甲 |", "| | second | 乙 |"]), [""; 0]);
}

// Rows that are none.

#[test]
fn a_table_of_one_column_is_not_divided_by_its_codes() {
    let page = pipes("| 错误码 |", &["| 1001 |", "| 1002 |"]);
    assert_eq!(entries(&page).len(), 2);
    assert_eq!(said_of(&page), [""; 0]);
    let page = pipes("| 错误码 |", &["| 1001 |", "| 群组 |"]);
    assert!(said_of(&page).iter().any(|said| said == "bad-code: `群组` is no code"), "{:?}", said_of(&page));
}

// Rows that lack an empty cell.

/// The last of some rows, below those that say what the columns are; and what was said of it.
fn last(header: &str, usual: &str, row: &str) -> (String, Vec<String>) {
    let page = pipes(header, &[usual, usual, usual, row]);
    let shifted = said_of(&page).into_iter().filter(|said| said.starts_with("shifted-row"));
    (entries(&page).pop().unwrap(), shifted.collect())
}

#[test]
fn a_full_row_is_left_as_it_is_however_odd() {
    let usual = "| 1000 | 400 | bad request | 无效 |";
    let (entry, shifted) =
        last("| 错误码 | 状态码 | 错误信息 | 说明 |", usual, "| 1001 | not found | 用户不存在 | 末 |");
    assert_eq!(entry, "1001 | - | - | 用户不存在 | 末 | - | -");
    assert_eq!(shifted, [""; 0]);
    // Nor is one with a cell beyond the header.
    let (entry, shifted) =
        last("| 错误码 | 状态码 | 错误信息 | 说明 |", usual, "| 1001 | not found | 用户不存在 | | 末 |");
    assert_eq!(entry, "1001 | - | - | 用户不存在 | - | - | -");
    assert_eq!(shifted, [""; 0]);
}

#[test]
fn a_short_row_is_moved_right_in_pipes_and_in_html() {
    let wanted = "1001 | - | - | not found | 用户不存在 | - | -";
    let said = "shifted-row: this row lacks its empty cell for `状态码`; the cells from there on are moved right by one";
    let usual = "| 1000 | 400 | bad request | 无效 |";
    let short = "| 1001 | not found | 用户不存在 |";
    let (entry, shifted) = last("| 错误码 | 状态码 | 错误信息 | 说明 |", usual, short);
    assert_eq!((entry.as_str(), shifted), (wanted, vec![said.to_owned()]));
    let usual = "<tr><td>1000<td>400<td>bad request<td>无效".repeat(3);
    let page = format!(
        "<table><tr><th>错误码<th>状态码<th>错误信息<th>说明{usual}<tr><td>1001<td>not found<td>用户不存在</table>"
    );
    assert_eq!(entries(&page).last().unwrap(), wanted);
    assert_eq!(said_of(&page), [said]);
}

#[test]
fn a_row_is_moved_for_a_plain_contradiction_and_to_where_it_fits_best() {
    // A quoted text is no error type: that is just enough.
    let (header, usual) = ("| 错误码 | 错误类型 | 错误信息 |", "| 1000 | bad_user | \"no user\" |");
    assert_eq!(last(header, usual, "| 1001 | \"user exist\" |").0, "1001 | - | - | user exist | - | - | -");
    // Some prose is not.
    let prose = "the user exists and is here";
    assert_eq!(
        last(header, usual, &format!("| 1001 | {prose} |")).0,
        format!("1001 | - | {prose} | - | - | - | -")
    );
    // Both places would do: short words fit a message better than a summary.
    let (header, usual) = ("| 错误码 | 说明 | 错误信息 | 状态码 |", "| 1000 | 无效 | bad user | 400 |");
    assert_eq!(
        last(header, usual, "| 1001 | user exist | 404 |").0,
        "1001 | 404 | - | user exist | - | - | -"
    );
    // Both do as well: the one that moves fewer cells.
    let (header, usual) = ("| 错误码 | 原因 | 处理建议 | 状态码 |", "| 1000 | 无效 | 重试 | 400 |");
    assert_eq!(last(header, usual, "| 1001 | 没有权限 | 404 |").0, "1001 | 404 | - | - | - | 没有权限 | -");
}

// Columns.

#[test]
fn what_a_person_says_is_given_once() {
    let page = pipes("| 甲 | 错误码 | 说明 |", &["| 1 | 1001 | 丙 |"]);
    assert_eq!(roles(&understand(page.as_str()).1, 0), [None, Some(Role::Code), Some(Role::Summary)]);
    let (_, reading) = overridden(&page, &[(0, Some(Role::Code))]);
    assert_eq!(roles(&reading, 0), [Some(Role::Code), None, Some(Role::Summary)]);
}

#[test]
fn a_guess_is_a_role_by_look_alone_or_by_a_name_of_codes() {
    let guessed = |header: &str, row: &str| {
        let (document, reading) = understand(pipes(header, &[row]));
        let names = im_errors_codegen::read::Grid::new(&document.tables[0]).header();
        match &reading.tables[0] {
            Kind::Errors(columns) => {
                columns.iter().zip(names).map(|(column, name)| column.is_guessed(&name)).collect::<Vec<_>>()
            }
            Kind::Other(why) => panic!("{why}"),
        }
    };
    assert_eq!(guessed("| 错误码 | 甲 | 乙 |", "| 1001 | 没有权限 | x |"), [false, true, false]);
    assert_eq!(guessed("| 返回码 | 说明 |", "| 404 | 没有用户 |"), [true, false]);
    assert_eq!(guessed("| HTTP 状态码 | 说明 |", "| 404 | 没有用户 |"), [false, false]);
}

#[test]
fn an_unknown_column_is_told_unless_nothing_is_in_it() {
    let unknown = |header: &str, row: &str| {
        let said = said_of(&pipes(header, &[row]));
        said.into_iter().filter(|said| said.starts_with("unknown-column")).collect::<Vec<_>>()
    };
    let header = "| 错误码 | 说明 | 平台 |";
    assert_eq!(
        unknown(header, "| 1 | 甲 | 安卓 |"),
        ["unknown-column: column `平台` has no known role; its 1 cell is not read"]
    );
    assert_eq!(
        unknown(header, "| 1 | 甲 | |"),
        ["unknown-column: column `平台` has no known role; its 0 cells are not read"]
    );
    let header = "| 错误码 | 说明 | |";
    assert_eq!(
        unknown(header, "| 1 | 甲 | 安卓 |"),
        ["unknown-column: column 3 has no known role; its 1 cell is not read"]
    );
    assert_eq!(unknown(header, "| 1 | 甲 | |"), [""; 0]);
    // Cells beyond the header are told one by one.
    assert_eq!(unknown("| 错误码 | 说明 |", "| 1 | 甲 | 安卓 |"), [""; 0]);
}

#[test]
fn a_wide_cell_beyond_the_header_is_told_once_and_an_ignored_one_never() {
    let page = "<table><tr><th>错误码<th>说明<tr><td>1<td>甲<td colspan=3>多余</table>";
    assert_eq!(said_of(page), ["extra-cell: a cell beyond the header's 2 columns: `多余`"]);
    let (_, reading) = overridden(page, &[(2, None), (3, None), (4, None)]);
    assert_eq!(said(&reading), [""; 0]);
}

#[test]
fn a_table_without_errors_shows_a_dozen_of_its_columns() {
    let said = |columns: usize| {
        let header: String = (1..=columns).map(|n| format!("| 列 {n} ")).collect();
        let page = pipes(&format!("{header}|"), &[&format!("{}|", "| 甲 ".repeat(columns))]);
        said_of(&page).concat()
    };
    assert!(said(12).contains("`列 11`, `列 12`; 1 row, 12 cells"), "{}", said(12));
    assert!(said(13).contains("`列 12`, 1 more column; 1 row, 13 cells"), "{}", said(13));
    assert!(said(14).contains("`列 12`, 2 more columns; 1 row, 14 cells"), "{}", said(14));
}
