//! Translations against their sources: what must be found, and what must not.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{ALPHA, Workspace};
use im_errors_codegen::inline::{Inline, from_markdown, to_markdown};
use im_errors_codegen::resolve::Field;
use im_errors_codegen::review::{Glossary, review, review_source};
use im_errors_spec::{Locale, SpecFile};
use proptest::prelude::*;

fn locale(tag: &str) -> Locale {
    Locale::new(tag).unwrap()
}

fn check(from: &str, source: &str, to: &str, target: &str) -> Vec<String> {
    let breaches = review(source, &locale(from), target, &locale(to), &Glossary::default());
    breaches.into_iter().map(|breach| breach.message.to_string()).collect()
}

#[track_caller]
fn fine(source: &str, target: &str) {
    assert_eq!(check("zh", source, "en", target), [""; 0], "{source} | {target}");
}

#[track_caller]
fn wrong(source: &str, target: &str, message: &str) {
    assert_eq!(check("zh", source, "en", target), [message], "{source} | {target}");
}

#[test]
fn good_translations_are_left_alone() {
    for (zh, en) in [
        ("请携带 Token 重试。", "Try again with a valid token."),
        ("用户 ID 不存在", "The username does not exist"),
        ("调用该 REST API", "Call the RESTful endpoint"),
        ("核对 AppKey。", "Check the App Key."),
        ("核对 Master Secret。", "Check the MasterSecret."),
        ("每批五百人", "500 users per batch"),
        ("接口 2.0 版", "Version v2.0 of the API"),
        ("核对 App Key。", "Check the AppKey."),
        ("APP 未开通 IM 服务", "Chat is not enabled for the application"),
        ("两个 Token 均已失效", "Both tokens have expired"),
        ("这两个接口", "These 2 APIs"),
        ("最多 2 次", "at most twice"),
        ("一次最多 1,000 条", "At most 1000 messages at a time"),
        ("上限为 1 万", "The limit is 10,000"),
        ("上限为 1.5 万", "The limit is 15,000"),
        ("500 毫秒", "500 ms"),
        ("10MB", "10 MB"),
        ("10 兆", "10 MB"),
        ("５００ 人，占 50％", "500 users, 50%"),
        ("2018-02-09 12:00", "12:00 on February 9, 2018"),
        ("返回 4xx", "a 4xx response"),
        ("错误码为 429,503 时", "With the codes 429 and 503"),
        ("第 3 个参数", "The 3rd parameter"),
        ("参数 (from) 为空", "The parameter `from` is empty"),
        ("设置 notifier 字段", "Set the notifier field"),
        ("presence 服务未开通", "Presence is not enabled"),
        ("短信验证失败", "SMS verification failed"),
        ("微信登录失败", "WeChat login failed"),
        ("联系 sales@agora.io。", "Contact [sales@agora.io](mailto:sales%40agora.io)."),
        ("见[文档](./a#群组)", "See [the docs](./a#%E7%BE%A4%E7%BB%84)"),
        ("见 https://a.io/x。", "See https://a.io/x."),
        ("提示“user not found”。", "It says \"user not found.\""),
        ("提示“user not found”。", "It says `user not found`."),
        ("点击“群组设置”。", "Click “群组设置” (group settings)."),
        ("使用 UTF-8 编码", "Use the UTF-8 encoding"),
        ("使用 POST 请求", "Use a POST request"),
        ("字段 `群组` 缺失", "The field `群组` is missing"),
        ("无。", "None."),
        ("{username} 不在群组中", "{username} is not in the group"),
        ("<groupId> 有误", "<groupId> is wrong"),
        ("第三方服务出错", "The third-party service failed"),
    ] {
        fine(zh, en);
    }
    for (en, zh) in [
        ("Invalid token", "Token 无效"),
        ("Token", "Token"),
        ("Reaction", "Reaction"),
        ("OK", "OK"),
        ("At most two users", "最多 2 位用户"),
        ("At most 2 users", "最多两位用户"),
        ("The WeChat login failed", "微信登录失败"),
        ("Set the username parameter", "请填写 username 参数"),
        ("A PUT request", "PUT 请求"),
        ("Use the JSON format as described in RFC 8259", "请使用 RFC 8259 规定的 JSON 格式"),
        ("Up to 10,000 users", "最多 1 万名用户"),
    ] {
        assert_eq!(check("en", en, "zh", zh), [""; 0], "{en} | {zh}");
    }
    assert_eq!(check("zh", "Token 已过期", "ja", "トークンの有効期限が切れています"), [""; 0]);
    assert_eq!(check("zh", "Token 已过期", "fr", "Le jeton a expiré"), [""; 0]);
    assert_eq!(check("zh", "认证失败", "ja", "認証失敗"), [""; 0]);
    assert_eq!(check("zh", "群组 1.5 GB", "de", "Gruppe: 1,5 GB"), [""; 0]);
    assert_eq!(check("zh", "成功", "zh-Hant", "成功"), [""; 0]);
}

#[test]
fn what_a_reader_would_copy_must_be_there() {
    wrong("最多 500 人", "At most 50 users", "lacks the number 500, and adds the number 50");
    wrong("最多 1.5 秒", "At most 15 seconds", "lacks the number 1.5, and adds the number 15");
    wrong("上限 10 MB", "The limit is 10 KB", "lacks the number 10 MB, and adds the number 10 KB");
    wrong("上限 1 万", "The limit is 1,000", "lacks the number 1 万, and adds the number 1,000");
    wrong("返回 -1", "It returns 1", "lacks the number -1, and adds the number 1");
    wrong("返回 4xx", "It returns 5xx", "lacks the number 4xx, and adds the number 5xx");
    wrong("填写 `ext`", "Set it", "lacks the code `ext`");
    wrong("填写 `ext`", "Set ext", "lacks the code `ext`");
    wrong("填写 `ext`", "Set `Ext`", "lacks the code `ext`, and adds the code `Ext`");
    wrong("填写参数", "Set the parameter `ext`", "adds the code `ext`");
    wrong("见[文档](./a)", "See [the docs](./b)", "lacks the link to ./a, and adds the link to ./b");
    wrong("见[文档](./a)", "See the docs", "lacks the link to ./a");
    wrong("见 https://a.io/x", "See the docs", "lacks the link to https://a.io/x");
    wrong("{username} 有误", "The user name is wrong", "lacks the placeholder {username}");
    wrong(
        "{username} 有误",
        "{user} is wrong",
        "lacks the placeholder {username}, and adds the placeholder {user}",
    );
    wrong("app_key 有误", "The app key is wrong", "lacks the name `app_key`");
    wrong("缺少 app_key", "The `appKey` is missing", "lacks the name `app_key`, and adds the code `appKey`");
    wrong("缺少 notifier", "The parameter is missing", "lacks the name `notifier`");
    wrong("使用 POST 请求", "Use a PUT request", "lacks the name `POST`, and adds the name `PUT`");
    wrong("登录超时", "Login timed out on iOS 17", "adds the number 17 and the name `iOS`");
    wrong("缺少参数", "The group_id is missing", "adds the name `group_id`");
    wrong("请求体不是 JSON", "The request body is malformed", "lacks the name `JSON`");
    wrong("提示“user not found”", "It says “no such user”", "lacks the quotation \"user not found\"");
    wrong(
        "`a`、`b` 和 `c` 均为 1",
        "All are 2",
        "lacks the code `a`, the code `b`, the code `c`, and the number 1, and adds the number 2",
    );
    assert_eq!(check("en", "Set app_key", "zh", "请填写应用标识"), ["lacks the name `app_key`"]);
    assert_eq!(check("en", "Set the key", "zh", "请填写 notifier"), ["adds the name `notifier`"]);
}

#[test]
fn nothing_is_left_in_the_other_language() {
    wrong("用户不存在", "用户不存在", "still has Chinese text: `用户不存在`");
    wrong("用户不存在", "The 用户 does not exist", "still has Chinese text: `用户`");
    wrong("用户不存在", "The “用户” does not exist", "still has Chinese text: `用户`");
    wrong("见[文档](./a)", "See [文档](./a)", "still has Chinese text: `文档`");
    wrong("甲、乙、丙、丁", "甲, 乙, 丙, 丁", "still has Chinese text: `甲`, `乙`, `丙` and more");
    wrong("用户不存在，请注册。", "No such user，register it.", "still has Chinese punctuation: `，`");
    let in_zh = |en, zh| check("en", en, "zh", zh);
    assert_eq!(
        in_zh("The user does not exist", "The user does not exist"),
        ["is half translated: `The user does not exist`"]
    );
    assert_eq!(in_zh("User not found", "User missing"), ["is not translated: nothing of it is in `zh`"]);
    assert_eq!(in_zh("Success", "Success"), ["is not translated: nothing of it is in `zh`"]);
    assert_eq!(
        in_zh("Check that the body is valid", "请检查 the body is valid"),
        ["is half translated: `the body is valid`"]
    );
    assert_eq!(check("en", "User not found", "de", "User not found"), ["is the source text, not translated"]);
    assert_eq!(
        check("en", "User not found", "ru", "User not found"),
        ["is not translated: nothing of it is in `ru`"]
    );
    assert_eq!(check("zh", "用户 ID", "ko", "用户 ID"), ["still has Chinese text: `用户`"]);
    assert_eq!(check("zh", "请检查请求参数", "ja", "请检查请求参数"), ["is the source text, not translated"]);
    assert_eq!(check("en", "Message", "fr", "Message"), [""; 0]);
    assert_eq!(check("en", "User not found", "en-GB", "User not found"), [""; 0]);
}

const GLOSSARY: &str = r#"[group]
zh = ["群组"]
en = ["group"]
avoid.zh = ["群聊"]
avoid.en = ["crowd", "chat group"]

[group-member]
zh = ["群组成员", "群成员"]
en = ["group member"]

[log-in]
zh = "登录"
en = ["log in", "login"]
avoid.en = ["sign in"]

[block-list]
zh = ["黑名单"]
en = ["block list", "blocklist"]
avoid.en = ["blacklist"]

[query]
zh = ["查询"]
en = ["query"]

[mute]
zh = ["禁言"]
en = ["mute"]

[chat-room]
zh = ["聊天室"]

[user-id]
zh = ["用户 ID"]
en = ["user ID"]
avoid.en = ["username"]

[username]
zh = ["用户名"]
en = ["username"]
"#;

fn terms(source: &str, target: &str) -> Vec<String> {
    let glossary = Glossary::parse("specs/glossary.toml", GLOSSARY).unwrap();
    let breaches = review(source, &locale("zh"), target, &locale("en"), &glossary);
    breaches.into_iter().map(|breach| breach.message.to_string()).collect()
}

#[test]
fn terms_are_those_of_the_glossary() {
    for (zh, en) in [
        ("群组不存在", "The group does not exist"),
        ("群组已满", "All Groups are full"),
        ("群成员过多", "Too many group members"),
        ("请重新登录", "Have the user logged in again"),
        ("登录失败", "Logging in failed"),
        ("黑名单", "The block-list"),
        ("查询失败", "Some queries failed"),
        ("禁言", "The user's been muted"),
        ("聊天室不存在", "There is no such room"),
        ("用户ID 有误", "Wrong user IDs"),
        ("用户名有误", "Wrong username"),
        ("提示“group not found”", "It says “group not found”"),
        ("填写 `群组`", "Set `群组`"),
        ("见[文档](./群组)", "See [the docs](./群组)"),
        // In code it is said too.
        ("用户名（username）有误", "Wrong `username`"),
        // The name of a value, not the translator's word.
        ("类型须为 crowd", "The type must be crowd"),
    ] {
        assert_eq!(terms(zh, en), [""; 0], "{zh} | {en}");
    }
    let lacks = |preferred: &str, form: &str, place: &str| {
        vec![format!("does not say `{preferred}`, the glossary's word for `{form}` ({place})")]
    };
    let group = "`group`, specs/glossary.toml:1";
    assert_eq!(terms("群组不存在", "The channel does not exist"), lacks("group", "群组", group));
    assert_eq!(terms("群组与群组", "The groupings"), lacks("group", "群组", group));
    assert_eq!(
        terms("群组成员过多", "Too many members in the group"),
        lacks("group member", "群组成员", "`group-member`, specs/glossary.toml:7")
    );
    assert_eq!(
        terms("见[登录](./a)", "See [the docs](./a)"),
        lacks("log in", "登录", "`log-in`, specs/glossary.toml:11")
    );
    assert_eq!(
        terms("黑名单", "The BLACKLISTS"),
        [
            "does not say `block list`, the glossary's word for `黑名单` (`block-list`, specs/glossary.toml:16)",
            "says `blacklist`, which the glossary avoids (`block-list`, specs/glossary.toml:16)"
        ]
    );
    assert_eq!(
        terms("群组", "Chat groups"),
        ["says `chat group`, which the glossary avoids (`group`, specs/glossary.toml:1)"]
    );
}

#[test]
fn source_texts_have_no_avoided_word_either() {
    let glossary = Glossary::parse("g.toml", GLOSSARY).unwrap();
    let breaches = review_source("群聊已满，群聊", &locale("zh"), &glossary);
    assert_eq!(breaches.len(), 1);
    assert_eq!(breaches[0].message.to_string(), "says `群聊`, which the glossary avoids (`group`, g.toml:1)");
    let help = breaches[0].help.as_ref().map(ToString::to_string);
    assert_eq!(help.as_deref(), Some("write `群组`"));
    assert_eq!(review_source("`群聊` [x](./群聊)", &locale("zh"), &glossary), []);
}

#[test]
fn texts_of_one_thing_over_and_over_are_read() {
    let glossary = Glossary::parse("g.toml", GLOSSARY).unwrap();
    for part in [
        "“",
        "\"a b\" ",
        "‘a b’",
        "a@",
        "http://",
        "1,",
        "1:",
        "%1",
        "{a",
        "<a",
        "`a` ",
        "a.b",
        "群",
        "a-",
        "log ",
        "[a](b) ",
        "1 ",
        "-1",
        "a_",
        "群聊",
        "'s",
        "“a b c”群",
    ] {
        let text = part.repeat(2_000);
        let (zh, en) = (locale("zh"), locale("en"));
        let facts = |breaches: Vec<im_errors_codegen::review::Breach>| {
            breaches.iter().filter(|breach| breach.rule.code == "translation-differs").count()
        };
        assert_eq!(facts(review(&text, &zh, &text, &en, &glossary)), 0, "{part}");
        assert_eq!(facts(review(&text, &en, &text, &zh, &glossary)), 0, "{part}");
    }
}

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/vendors")
}

/// Every text of the shipped catalogs with its translation: what names it, source, target.
fn pairs() -> Vec<(String, String, String)> {
    let mut pairs = Vec::new();
    for entry in fs::read_dir(shipped()).unwrap() {
        let file = entry.unwrap().path().join("spec.toml");
        let Ok(text) = fs::read_to_string(file) else {
            continue;
        };
        let spec = SpecFile::parse(&text).unwrap().spec;
        for error in &spec.errors {
            for field in Field::of(error) {
                let texts = field.get(error).unwrap();
                let text = |tag| texts.get(&locale(tag)).filter(|text| !text.stale);
                if let (Some(zh), Some(en)) = (text("zh"), text("en")) {
                    pairs.push((format!("{} {field}", error.name), zh.text.clone(), en.text.clone()));
                }
            }
        }
    }
    pairs
}

#[test]
fn the_shipped_catalogs_pass() {
    let workspace = Workspace::new();
    let catalogs = shipped();
    let docs = catalogs.join("../../docs");
    let arguments =
        ["build", "--check", "--catalogs", catalogs.to_str().unwrap(), "--docs", docs.to_str().unwrap()];
    let run = workspace.run(&arguments);
    for code in ["translation-differs", "untranslated-text", "missing-term", "avoided-term"] {
        assert!(!run.err.contains(code), "{}", run.err);
    }
    assert!(pairs().len() > 600, "{}", pairs().len());
}

#[test]
fn what_is_to_be_repeated_after_a_fix_says_what_to_fix() {
    let mut silent = Vec::new();
    for entry in fs::read_dir(shipped()).unwrap() {
        let Ok(text) = fs::read_to_string(entry.unwrap().path().join("spec.toml")) else {
            continue;
        };
        let spec = SpecFile::parse(&text).unwrap().spec;
        let advised = |error: &&im_errors_spec::ErrorDef| {
            error.retry.is_some_and(|retry| retry.advice.as_str() == "after-fix")
        };
        let unsaid = spec.errors.iter().filter(advised).filter(|error| {
            let says = |tag| error.cases.iter().any(|case| case.remedy.get(&locale(tag)).is_some());
            !says("zh") || !says("en")
        });
        silent.extend(unsaid.map(|error| format!("{}:{}", spec.catalog, error.name)));
    }
    silent.sort();
    // That presence could not be set does not tell what would help.
    assert_eq!(silent, ["agora-chat-revised:SetPresenceFailed", "agora-chat:SetPresenceFailed"]);
}

/// All that `text` becomes when one code span, link or number of it is taken out or changed.
fn damaged(text: &str) -> Vec<String> {
    let pieces = from_markdown(text, &|_| None).pieces;
    let mut damaged = Vec::new();
    for i in 0..pieces.len() {
        let with = |piece: Option<Inline>| {
            let rest = pieces[i + 1..].iter().cloned();
            to_markdown(&pieces[..i].iter().cloned().chain(piece).chain(rest).collect::<Vec<_>>())
        };
        match &pieces[i] {
            Inline::Code(code) => {
                damaged.push(with(None));
                damaged.push(with(Some(Inline::Text("it".into()))));
                damaged.push(with(Some(Inline::Code(format!("{code}x")))));
            }
            Inline::Link { text, href } => {
                damaged.push(with(None));
                damaged.push(with(Some(Inline::Text("it".into()))));
                damaged.push(with(Some(Inline::Link { text: text.clone(), href: format!("{href}x") })));
            }
            Inline::Text(text) => {
                let starts = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at);
                for at in starts.filter(|at| !text[..*at].ends_with(|c: char| c.is_ascii_alphanumeric())) {
                    let end = text[at..]
                        .find(|c: char| !c.is_ascii_digit())
                        .map_or(text.len(), |length| at + length);
                    for other in ["", "77"] {
                        let text = format!("{}{other}{}", &text[..at], &text[end..]);
                        damaged.push(with(Some(Inline::Text(text))));
                    }
                }
            }
            Inline::Break => {}
        }
    }
    damaged
}

/// What is there twice may be said once.
fn is_once(source: &str, damaged: &str) -> bool {
    let things = |text: &str| {
        let mut things = Vec::new();
        for piece in from_markdown(text, &|_| None).pieces {
            match piece {
                Inline::Code(code) => things.push(code),
                Inline::Link { href, .. } => things.push(href),
                Inline::Text(text) => {
                    let numbers =
                        text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
                    things.extend(numbers.map(|number| number.trim_start_matches('0').to_owned()));
                }
                Inline::Break => {}
            }
        }
        things.sort();
        things.dedup();
        things
    };
    things(source) != things(damaged)
}

#[test]
fn every_damage_to_a_shipped_translation_is_found() {
    let (zh, en) = (locale("zh"), locale("en"));
    let mut count = 0;
    for (name, source, target) in pairs() {
        for damaged in damaged(&target).into_iter().filter(|damaged| is_once(&target, damaged)) {
            let breaches = review(&source, &zh, &damaged, &en, &Glossary::default());
            assert!(!breaches.is_empty(), "{name}: {source} | {damaged}");
            count += 1;
        }
        let left = review(&source, &zh, &source, &en, &Glossary::default());
        let has_han = !left.is_empty() || !source.contains(|c: char| ('一'..='龥').contains(&c));
        assert!(has_han, "{name}: {source}");
    }
    assert!(count > 100, "{count}");
}

#[test]
fn a_stale_translation_is_not_compared_and_a_current_one_is() {
    let workspace = Workspace::alpha();
    workspace.edit_page("用户不存在。", "用户 `tom` 不存在。");
    workspace.build();
    assert!(
        workspace
            .run(&["build"])
            .err
            .contains("[translation-differs]: the summary of `UserNotFound` lacks the code `tom`")
    );
    let english = format!("{ALPHA}/locales/en.toml");
    workspace.edit(
        &english,
        "\"The user does not exist\"",
        "{ text = \"The user does not exist\", of = \"000000000000\" }",
    );
    let err = workspace.run(&["build"]).err;
    assert!(err.contains("stale-translation") && !err.contains("translation-differs"), "{err}");
}

#[test]
fn the_glossary_lies_beside_the_catalogs_and_checks_titles_and_pages_too() {
    let workspace = Workspace::alpha();
    workspace
        .write("specs/glossary.toml", "[user]\nzh = [\"用户\"]\nen = [\"user\"]\navoid.zh = [\"注册\"]\n");
    workspace.edit_catalog("en = \"Users\"", "en = \"People\"");
    let err = workspace.build().err;
    for said in [
        "missing-term]: the title of the group `users` does not say `user`, the glossary's word for `用户` (`user`, specs/glossary.toml:1)\n  --> specs/vendors/alpha/catalog.toml:11:27\n",
        "avoided-term]: the remedy of `UserNotFound` says `注册`, which the glossary avoids (`user`, specs/glossary.toml:1)\n --> specs/vendors/alpha/sources/alpha.zh.md:7:1\n",
    ] {
        assert!(err.contains(said), "{err}");
    }
    // Moved along with the catalogs, it is found there.
    std::fs::rename(workspace.path("specs"), workspace.path("other")).unwrap();
    let err = workspace.run(&["build", "--catalogs", "other/vendors"]).err;
    assert!(err.contains("(`user`, other/glossary.toml:1)"), "{err}");
    workspace.write("other/glossary.toml", "[user]\nzh = 1\n[x\n");
    workspace
        .refuses(&["build", "--catalogs", "other/vendors"], &["error[toml-syntax]", "other/glossary.toml:3"]);
    workspace.write("other/glossary.toml", b"[user]\nzh = \"\xff\"\n");
    workspace.refuses(&["build", "--catalogs", "other/vendors"], &["error[unreadable-encoding]"]);
    workspace.write("other/glossary.toml", "");
    let err = workspace.run(&["build", "--catalogs", "other/vendors"]).err;
    assert!(!err.contains("term"), "{err}");
}

#[test]
fn an_avoided_word_is_told_where_its_text_is_given() {
    let workspace = Workspace::alpha();
    workspace.write("specs/glossary.toml", "[user]\nzh = [\"用户\"]\navoid.zh = [\"账户\"]\n");
    workspace.edit_page("用户已存在。", "账户已存在。");
    workspace.edit_catalog("{ name =", "{ summary = \"没有这个账户\", cause = \"账户已注销\", name =");
    let err = workspace.build().err;
    let rest = "says `账户`, which the glossary avoids (`user`, specs/glossary.toml:1)\n";
    for (text, place) in [
        ("summary of `UserExists`", " --> specs/vendors/alpha/sources/alpha.zh.md:8:1\n"),
        ("summary of `UserNotFound`", "  --> specs/vendors/alpha/catalog.toml:14:22\n"),
        ("cause of `UserNotFound`", "  --> specs/vendors/alpha/catalog.toml:14:40\n"),
    ] {
        assert!(err.contains(&format!("avoided-term]: the {text} {rest}{place}")), "{err}");
    }
    assert_eq!(err.matches("avoided-term").count(), 3, "{err}");
}

/// A text of these pieces between words of its own.
fn text(words: &[&str], facts: &[String]) -> String {
    let mut text = words[0].to_owned();
    for (fact, word) in facts.iter().zip(words.iter().cycle().skip(1)) {
        text.push_str(&format!(" {fact} {word}"));
    }
    text
}

const CHINESE: [&str; 4] = ["请检查", "是否有误，", "用户不在群组中；", "再次调用接口。"];
const ENGLISH: [&str; 4] = ["Check whether", "is wrong,", "the user is not in the group;", "call it again."];

proptest! {
    #[test]
    fn prose_may_differ_as_it_likes_and_facts_may_not(
        facts in proptest::collection::btree_set(
            "`[a-z_]{1,5}`|\\{[a-z]{2,5}\\}|[2-9][0-9]{2,4}(\\.[1-9])?|\\[x\\]\\(\\./[a-z]{1,4}\\)|[a-z]{2,4}_[a-z]{2,4}", 1..6),
        at in any::<proptest::sample::Index>(),
    ) {
        let facts: Vec<String> = facts.into_iter().collect();
        let (source, target) = (text(&CHINESE, &facts), text(&ENGLISH, &facts));
        prop_assert_eq!(check("zh", &source, "en", &target), [""; 0], "{} | {}", &source, &target);
        prop_assert_eq!(check("en", &target, "zh", &source), [""; 0], "{} | {}", &target, &source);
        let mut fewer = facts.clone();
        let gone = fewer.remove(at.index(facts.len()));
        let names: String = gone.chars().filter(|c| c.is_alphanumeric() || "_./".contains(*c)).collect();
        // The same letters in another fact are still there.
        prop_assume!(!fewer.iter().any(|fact| fact.contains(names.trim_start_matches('x'))));
        let lacking = text(&ENGLISH, &fewer);
        prop_assert!(check("zh", &source, "en", &lacking).iter().any(|said| said.starts_with("lacks")));
        let lacking = text(&CHINESE, &fewer);
        prop_assert!(check("zh", &lacking, "en", &target).iter().any(|said| said.starts_with("adds")));
    }

    #[test]
    fn any_text_agrees_with_itself(source in "([a-zA-Z0-9 ._,:%<>{}`@群组“”\"'-]|https://|\\[x\\]){0,40}") {
        for tag in ["zh", "en", "ja"] {
            let said = check(tag, &source, tag, &source);
            prop_assert!(!said.iter().any(|said| said.contains("lacks") || said.contains("adds")), "{:?}", said);
        }
    }
}
