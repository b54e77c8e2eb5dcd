//! What was read wrong once, or not sensibly, one test each.

use crate::common::understand;
use im_errors_codegen::interpret::Reading;
use im_errors_codegen::read::{Document, Format, Grid, read};

/// The rows of each table, cells joined by a bar.
fn rows(page: &str) -> Vec<Vec<String>> {
    tables(&understand(page).0)
}

fn tables(document: &Document) -> Vec<Vec<String>> {
    let table = |table| {
        let grid = Grid::new(table);
        grid.rows().map(|row| grid.plain_row(row).join("|")).collect()
    };
    document.tables.iter().map(table).collect()
}

fn headers(page: &str) -> Vec<String> {
    understand(page).0.tables.iter().map(|table| Grid::new(table).header().join("|")).collect()
}

/// The codes of all diagnostics.
fn said(page: &str) -> Vec<&'static str> {
    let (document, reading) = understand(page);
    document.diagnostics.iter().chain(&reading.diagnostics).map(|diagnostic| diagnostic.code).collect()
}

/// `code/status/error/message` of each entry.
fn keys(page: &str) -> Vec<String> {
    let (_, reading): (_, Reading) = understand(page);
    let key = |entry: &im_errors_codegen::interpret::Entry| {
        let code = entry.code.map(|code| code.to_string());
        let status = entry.http_status.map(|status| status.to_string());
        let parts = [code, status, entry.error().map(str::to_owned), entry.message().map(str::to_owned)];
        parts.into_iter().flatten().collect::<Vec<_>>().join("/")
    };
    reading.entries.iter().map(key).collect()
}

fn html(rows: &str) -> String {
    format!("<table>{rows}</table>\n")
}

const NONE: [&[&str]; 0] = [];

// What is no content.

#[test]
fn a_fence_in_an_html_table_hides_nothing_below_it() {
    for fence in ["```", "~~~", "```json", "> ```"] {
        let first = html(&format!("<tr><th>错误码<th>说明<tr><td>1<td>x\n{fence}\n{{}}"));
        let second = html("<tr><th>错误码<th>说明<tr><td>2<td>y");
        let third = "| 错误码 | 说明 |\n|---|---|\n| 3 | z |\n";
        assert_eq!(keys(&format!("{first}\n正文\n\n{second}\n{third}")), ["1", "2", "3"], "{fence}");
        // On the line that a table ends in no fence can start.
        assert_eq!(keys(&format!("{}{fence}\n\n{second}", second.trim_end())), ["2", "2"], "{fence}");
    }
    // Code before a comment that runs on to another line.
    let table = "<table><tr><th>错误码<th>说明<tr><td>1<td>x</table>";
    assert_eq!(keys(&format!("{table} `{table}` <!-- a\n b --> {table}")), ["1", "1"]);
    let first = "<table><tr><th>错误码</th>\n```\n<table></table><tr></table>\n\n";
    assert_eq!(keys(&format!("{first}{}", html("<tr><th>错误码<tr><td>2"))), ["2"]);
}

#[test]
fn a_comment_or_code_that_starts_in_an_html_table_hides_nothing_below_it() {
    let one = |code: u8, text: &str| format!("<table><tr><th>错误码<th>说明<tr><td>{code}<td>{text}</table>");
    for open in ["`", "<!-- x", "`` ` "] {
        let page = format!("{} {}` {} --> {}", one(1, open), one(2, "x"), one(3, "y"), one(4, "z"));
        assert_eq!(
            keys(&page),
            if open == "<!-- x" { vec!["1", "4"] } else { vec!["1", "2", "3", "4"] },
            "{page}"
        );
    }
    assert_eq!(
        keys(&format!("{} `{}` <!-- {} --> {}", one(1, "a"), one(2, "b"), one(3, "c"), one(4, "d"))),
        ["1", "4"]
    );
}

#[test]
fn a_pipe_table_in_a_comment_is_none() {
    assert_eq!(rows("<!--\n| a | b |\n|---|---|\n| 1 | x |\n-->\n"), NONE);
    assert_eq!(rows("x <!-- | a | b |\n|---|---|\n| 1 | x |\n--> y\n"), NONE);
}

#[test]
fn tables_below_a_comment_without_an_end_are_read() {
    assert_eq!(rows("a <!-- b\n\n<table><tr><td>1</td></tr></table>\n"), [["1"]]);
    assert_eq!(rows("<!-- b\n\n| a |\n|---|\n| 1 |\n"), [["1"]]);
}

#[test]
fn a_fence_in_a_comment_opens_no_code() {
    assert_eq!(rows("<!-- ``` -->\n<!--\n```\n-->\n<table><tr><td>1</td></tr></table>\n"), [["1"]]);
}

#[test]
fn a_fence_behind_a_list_marker_ends_where_it_does() {
    assert_eq!(rows("- ```\n  x\n  ```\n\n<table><tr><td>1</td></tr></table>\n"), [["1"]]);
    assert_eq!(rows("1. ```\n   <table><tr><td>0</td></tr></table>\n   ```\n"), NONE);
}

#[test]
fn a_fence_in_a_quote_ends_with_the_quote() {
    assert_eq!(rows("> ```\n> x\n\n<table><tr><td>1</td></tr></table>\n"), [["1"]]);
}

#[test]
fn back_ticks_without_a_partner_do_not_uncover_code() {
    assert_eq!(rows("a `` b `<table><tr><td>1</td></tr></table>` c\n"), NONE);
}

// HTML.

#[test]
fn half_a_table_tag_in_the_prose_hides_nothing() {
    let below = "# h\n\n| a |\n|---|\n| 1 |\n";
    for half in ["<table ", "<table border=\"1>", "<table x", "<TABLE\n"] {
        let (document, _) = understand(format!("写 {half} 就行\n\n{below}"));
        assert_eq!(tables(&document), [["1"]], "{half}");
        assert_eq!(document.tables[0].headings, ["h"], "{half}");
    }
}

#[test]
fn a_table_tag_without_cells_is_a_word_of_the_prose() {
    assert_eq!(rows("| a | b |\n|---|---|\n| 1 | 用 <table> 写 |\n| 2 | x |\n"), [["1|用 写", "2|x"]]);
}

#[test]
fn a_table_without_an_end_leaves_the_markdown_below_alone() {
    let open = "<table><tr><td>1</td><td>x\n\n# h\n\n| a |\n|---|\n| 2 |\n\n";
    let page = format!("{open}<table><tr><td>3</td></tr></table>\n");
    assert_eq!(rows(&page), [["1|x"], ["2"], ["3"]]);
    assert!(said(&page).contains(&"unclosed-table"));
    let page =
        "<table><tr><td>1</td></tr>\n\n# h\n\n| a |\n|---|\n| 2 |\n\n<table><tr><td>3</td></tr></table>\n";
    assert_eq!(rows(page), [["1"], ["2"], ["3"]]);
    assert!(said(page).contains(&"unclosed-table"));
}

#[test]
fn a_blank_line_may_have_spaces_in_it() {
    let page = "<table><tr><td>1</td></tr>\n \t\n| a |\n|---|\n| 2 |\n";
    assert_eq!(rows(page), [["1"], ["2"]]);
}

#[test]
fn a_whole_page_says_that_a_table_has_no_end() {
    assert!(said("<html><table><tr><td>1</td></tr><p>x").contains(&"unclosed-table"));
}

#[test]
fn a_whole_page_has_no_tables_for_layout() {
    assert_eq!(rows("<html><table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>"), [["1"]]);
}

#[test]
fn a_heading_without_an_end_does_not_swallow_the_next() {
    let (document, _) = understand("<html><h1>a<h2>b<table><tr><td>1</td></tr></table><p>c</p>");
    assert_eq!(document.tables[0].headings, ["a", "b"]);
}

#[test]
fn rows_without_cells_count_below_a_rowspan() {
    let page = html("<tr><td rowspan=2>a</td><td>b</td></tr><tr></tr><tr><td>c</td><td>d</td></tr>");
    assert_eq!(rows(&page), [["a|b", "a|", "c|d"]]);
}

#[test]
fn spans_are_read_as_browsers_do() {
    let page = html("<tr><td colspan='2px'>a</td></tr><tr><td colspan=' +2'>b</td></tr>");
    assert_eq!(rows(&page), [["a|a", "b|b"]]);
    let (document, _) = understand(html("<tr><td colspan=99999999999999999999>a</td></tr>"));
    assert_eq!(Grid::new(&document.tables[0]).width(), 1000);
}

#[test]
fn what_is_not_open_is_not_ended() {
    let page = html("<tr><th>错误码</td>（十进制）<th>说明</th><tr><td>1</th>001<td>甲");
    assert_eq!(headers(&page), ["错误码（十进制）|说明"]);
    assert_eq!(rows(&page), [["1001|甲"]]);
    let page = html("<thead><tr><td>错误码</tbody> x<td>说明</thead><tbody><tr><td>1<td>甲</thead>乙");
    assert_eq!(headers(&page), ["错误码 x|说明"]);
    assert_eq!(rows(&page), [["1|甲乙"]]);
}

#[test]
fn text_between_the_cells_of_a_nested_table_is_in_the_cell_around_it() {
    let page = html("<tr><td>1<td>甲<table><tr><td>x</td>乙</table>丙");
    assert_eq!(rows(&page), [vec!["1|甲乙丙"], vec!["x"]]);
    assert!(said(&page).contains(&"stray-text"));
}

#[test]
fn cells_that_overlap_take_their_columns_all_the_same() {
    let page = html("<tr><td>a<td rowspan=2>b<td>c<td>d</tr><tr><td colspan=3>e<td>f</tr>");
    assert_eq!(rows(&page), [["a|b|c|d", "e|b|e|f"]]);
}

#[test]
fn a_header_cell_across_the_body_divides_it() {
    let head = "<thead><tr><th>错误码</th><th>描述</th></tr></thead>";
    let body = "<tbody><tr><th colspan=2>用户</th></tr><tr><td>1</td><td>甲</td></tr></tbody>";
    let page = html(&format!("{head}{body}"));
    assert_eq!(headers(&page), ["错误码|描述"]);
    assert_eq!(said(&page), ["section-row"]);
}

#[test]
fn a_title_across_the_header_is_a_heading() {
    let (document, _) = understand(html(
        "<tr><th colspan=2>用户</th></tr><tr><th>错误码</th><th>描述</th></tr><tr><td>1</td><td>甲</td></tr>",
    ));
    assert_eq!(document.tables[0].headings, ["用户"]);
    assert_eq!(Grid::new(&document.tables[0]).header(), ["错误码", "描述"]);
}

#[test]
fn the_foot_of_a_table_names_nothing() {
    let page = html("<tfoot><tr><th>1</th><th>x</th></tr></tfoot><tr><td>2</td><td>y</td></tr>");
    assert_eq!(headers(&page), [""]);
}

#[test]
fn bold_names_may_take_two_rows() {
    let first = "<tr><td rowspan=2><b>错误码</b></td><td colspan=2><b>描述</b></td></tr>";
    let second = "<tr><td><b>英文</b></td><td><b>中文</b></td></tr>";
    let page = html(&format!("{first}{second}<tr><td>1</td><td>a b</td><td>甲</td></tr>"));
    assert_eq!(headers(&page), ["错误码|描述 英文|描述 中文"]);
}

// Markdown.

#[test]
fn lines_of_a_heading_do_not_run_together() {
    let (document, _) = understand("two\nlines\n---\n\n| a |\n|---|\n| 1 |\n");
    assert_eq!(document.tables[0].headings, ["two lines"]);
}

#[test]
fn a_row_of_one_pipe_does_not_end_the_table() {
    assert_eq!(rows("| a | b |\n|---|---|\n| 1 | x |\n|\n| 2 | y |\n"), [["1|x", "2|y"]]);
}

#[test]
fn rows_that_start_with_a_pipe_are_not_torn() {
    let (document, _) = understand("|a|b|c|\n|-|-|-|\n|1|\n|2|\n|3|x|y|\n");
    assert_eq!(document.tables[0].format, Format::Markdown);
    assert_eq!(tables(&document), [["1||", "2||", "3|x|y"]]);
}

#[test]
fn a_code_span_with_two_pipes_is_one_cell() {
    assert_eq!(rows("| a | b |\n|---|---|\n| 1 | `x|y|z` |\n"), [["1|x|y|z"]]);
}

#[test]
fn a_word_in_angle_brackets_is_no_tag() {
    let page = "| 错误码 | 错误信息 |\n|---|---|\n| 1 | User <username> not found in <b>group</b> |\n";
    assert_eq!(keys(page), ["1/User <username> not found in group"]);
    let page = html("<tr><th>错误码<th>错误信息<tr><td>1<td>User <username> not found");
    assert_eq!(keys(&page), ["1/User <username> not found"]);
}

#[test]
fn rows_below_a_blank_line_are_rows() {
    let page = "| a | b |\n|---|---|\n| 1 | x |\n\n| 2 | y |\n\n正文\n";
    assert_eq!(rows(page), [["1|x", "2|y"]]);
    assert!(said(page).contains(&"torn-table"));
}

#[test]
fn a_delimiter_row_below_a_blank_line_has_its_header() {
    assert_eq!(headers("| a | b |\n\n|---|---|\n\n| 1 | x |\n"), ["a|b"]);
}

#[test]
fn a_delimiter_row_alone_is_reported() {
    assert!(said("正文\n\n---|---\n").contains(&"unclaimed-delimiter"));
    assert!(said("---|---\n正文\n").contains(&"unclaimed-delimiter"));
}

#[test]
fn rows_without_a_table_are_reported() {
    assert!(said("| 1 | x |\n| 2 | y |\n").contains(&"unread-line"));
}

#[test]
fn a_row_of_dashes_says_nothing() {
    let page = "| 错误码 | 描述 |\n|---|---|\n| 1 | 甲 |\n| 2 | 乙 |\n| - | - |\n| 3 | 丙 |\n";
    assert_eq!(rows(page), [["1|甲", "2|乙", "-|-", "3|丙"]]);
    assert_eq!(keys(page), ["1", "2", "3"]);
}

#[test]
fn the_last_row_above_dashes_is_not_lost() {
    let page = "| 错误类型 | 描述 |\n|---|---|\n| a_b | 甲 |\n| c_d | 乙 |\n|---|---|\n";
    assert_eq!(keys(page), ["a_b", "c_d"]);
}

// Torn tables.

const TORN: &str = "错误码 | 描述 | 原因 |\n---|---|---|\n";

#[test]
fn a_line_may_cut_a_link() {
    let (_, reading) = understand(format!("{TORN}1 |\n甲 |\n见[文档](https:/\n/a.example/x)吧 |\n"));
    assert_eq!(reading.entries[0].cause(), Some("见[文档](https://a.example/x)吧"));
}

#[test]
fn links_by_reference_lead_somewhere_in_torn_tables() {
    let (_, reading) = understand(format!("{TORN}1 |\n甲 |\n见[文档][d] |\n\n[d]: ./x\n"));
    assert_eq!(reading.entries[0].cause(), Some("见[文档](./x)"));
}

#[test]
fn a_torn_table_ends_where_a_whole_one_starts() {
    let page = format!("{TORN}1 |\n甲 |\n乙 |\n\n| 错误码 | 描述 |\n|---|---|\n| 2 | 丙 |\n");
    assert_eq!(rows(&page), [vec!["1|甲|乙"], vec!["2|丙"]]);
}

#[test]
fn torn_rows_may_lack_the_last_pipe() {
    let page = "错误码 | 描述 | 原因\n---|---|---\n1 |\n甲 |\n乙\n2 |\n丙 |\n丁\n";
    assert_eq!(rows(page), [["1|甲|乙", "2|丙|丁"]]);
}

#[test]
fn lines_between_unread_ones_are_reported_with_them() {
    let page = format!("{TORN}1 |\n甲 |\n乙 |\n话\n2 |\n丙 |\n");
    let (document, _) = understand(page);
    let lost = document.diagnostics.iter().find(|diagnostic| diagnostic.code == "unread-line").unwrap();
    assert!(document.text[lost.span.clone().unwrap()].starts_with('话'));
}

#[test]
fn a_torn_table_without_names_loses_no_row() {
    assert_eq!(rows(" |\n---|\n97 |\n"), [["97"]]);
}

// Encodings.

#[test]
fn one_broken_byte_does_not_garble_a_page() {
    let mut page =
        "| 错误码 | 说明 |\n|---|---|\n| 1001 | 用户不存在，请检查用户名 |\n".repeat(4).into_bytes();
    page.remove(3);
    assert!(read(&page).unwrap_err().message.to_string().contains("UTF-8"));
}

// Meaning.

#[test]
fn codes_that_are_words_are_error_types() {
    assert_eq!(
        keys("| 错误码 | 描述 |\n|---|---|\n| InvalidToken | 甲 |\n| UserBanned | 乙 |\n"),
        ["InvalidToken", "UserBanned"]
    );
}

#[test]
fn minus_signs_may_be_of_any_width() {
    assert_eq!(
        keys("| 错误码 | 描述 |\n|---|---|\n| −1 | 甲 |\n| －２ | 乙 |\n| -3 | 丙 |\n"),
        ["-1", "-2", "-3"]
    );
}

#[test]
fn full_width_codes_show_which_row_is_the_header() {
    assert_eq!(headers(&html("<tr><td>错误码<td>描述<tr><td>１<td>甲<tr><td>－２<td>乙")), ["错误码|描述"]);
}

#[test]
fn a_list_of_codes_is_an_error_each() {
    let page = "| 错误码 | 描述 |\n|---|---|\n| 1001/1002 | 甲 |\n| 1003、1004 | 乙 |\n| 1,005 | 丙 |\n";
    assert_eq!(keys(page), ["1001", "1002", "1003", "1004"]);
    assert_eq!(said(page).iter().filter(|code| **code == "bad-code").count(), 3);
}

#[test]
fn numbers_may_have_a_phrase_behind_them() {
    let page = "| 状态码 | 描述 |\n|---|---|\n| 404 Not Found | 甲 |\n| 403（禁止） | 乙 |\n";
    assert_eq!(keys(page), ["404", "403"]);
    assert_eq!(said(page), ["bad-status-cell", "bad-status-cell"]);
    assert_eq!(keys("| 错误码 | 描述 |\n|---|---|\n| 1001（旧） | 甲 |\n| 1002 | 乙 |\n"), ["1001", "1002"]);
}

#[test]
fn a_row_without_a_key_goes_on_with_the_one_above() {
    let page = "| 错误码 | 描述 | 原因 |\n|---|---|---|\n| 1001 | 甲 | 乙 |\n| | | 丙 |\n";
    assert_eq!(keys(page), ["1001", "1001"]);
    assert_eq!(said(page), ["continued-row"]);
    let page = "| 状态码 | 错误类型 | 描述 |\n|---|---|---|\n| 401 | a_b | 乙 |\n| | c_d | 丙 |\n";
    assert_eq!(keys(page), ["401/a_b", "401/c_d"]);
    assert_eq!(said(page), ["continued-row"]);
}

#[test]
fn a_row_never_goes_on_with_a_row_that_was_not_read() {
    let page = "| 错误码 | 描述 |\n|---|---|\n| 1001 | 甲 |\n| 1-2 | 乙 |\n| | 丙 |\n";
    assert_eq!(keys(page), ["1001"]);
    let page = "| 错误码 | 描述 |\n|---|---|\n| 1001 | 甲 |\n| 用户 | |\n| | 丙 |\n";
    assert_eq!(keys(page), ["1001"]);
}

#[test]
fn a_first_cell_alone_that_is_no_key_divides_the_table() {
    let page = "| 错误码 | 描述 |\n|---|---|\n| **用户** | |\n| 1001 | 甲 |\n";
    assert_eq!(said(page), ["section-row"]);
}

#[test]
fn rows_that_only_reach_down_from_above_are_no_errors() {
    let page = html("<tr><th>错误码<th>描述<tr><td rowspan=2>1<td rowspan=2>甲<tr></tr><tr><td>2<td>乙");
    assert_eq!(keys(&page), ["1", "2"]);
}

#[test]
fn marks_that_say_nothing_are_no_error_type() {
    let page = "| 状态码 | 错误类型 | 描述 |\n|---|---|---|\n| 401 | - | 甲 |\n| 402 | / | 乙 |\n| 403 | a_b | 丙 |\n";
    assert_eq!(keys(page), ["401", "402", "403/a_b"]);
    assert_eq!(said(page), ["filler-cell", "filler-cell"]);
}

#[test]
fn a_cell_that_is_moved_into_an_unknown_column_is_counted_there() {
    // The third column has no name and no cell, until the second row's cell is moved into it.
    let page = "| 错误码 | 错误类型 | |\n|---|---|---|\n| 1001 | no_user | |\n| 1002 | “不在 x” |\n";
    let (_, reading) = understand(page);
    let said = |code| reading.diagnostics.iter().find(|d| d.code == code).map(|d| d.message.to_string());
    assert!(said("shifted-row").is_some());
    assert_eq!(said("unknown-column").as_deref(), Some("column 3 has no known role; its 1 cell is not read"));
}

#[test]
fn siblings_give_a_role_to_one_column_only() {
    let page = "| 错误码 | 描述 |\n|---|---|\n| 1 | 甲 | 乙 | 丙 |\n\n\
        | 错误码 | 描述 | 处理建议 |\n|---|---|---|\n| 2 | 甲 | 乙 |\n\n\
        | 错误码 | 描述 | 平台 | 处理建议 |\n|---|---|---|---|\n| 3 | 甲 | x | 乙 |\n";
    let (_, reading) = understand(page);
    assert_eq!(reading.entries[0].remedy(), Some("乙"));
    assert!(said(page).contains(&"extra-cell"));
}

#[test]
fn codes_that_all_look_like_statuses_are_a_guess() {
    let page = "| 错误码 | 含义 |\n|---|---|\n| 201 | 版本不对 |\n| 414 | 参数错误 |\n";
    assert_eq!(keys(page), ["201", "414"]);
    assert_eq!(said(page), ["guessed-role"]);
    // One code that is no status settles it, and so does a header that says what it is.
    assert_eq!(said(&format!("{page}| 9102 | 通道失效 |\n")), [""; 0]);
    assert_eq!(said(&page.replace("错误码", "HTTP 状态码")), [""; 0]);
}

#[test]
fn a_table_without_errors_is_named_shortly() {
    let page = format!("|{}\n|{}\n|{}\n", "名称|".repeat(500), "-|".repeat(500), "甲|".repeat(500));
    let (_, reading) = understand(&page);
    assert_eq!(reading.diagnostics.len(), 1);
    assert!(reading.diagnostics[0].message.to_string().len() < 1000, "{}", reading.diagnostics[0].message);
}
