//! Codes and messages against the usual ways to look them up, in one run.
//!
//! `cargo bench --bench lookup`; the ratios matter, machines differ.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use divan::Bencher;
use im_errors::Response;
use regex::RegexSet;

/// `im-errors enum`, as it is.
pub mod jmessage {
    include!("../tests/enums/jmessage_server.rs");
}
/// `im-errors enum`, as it is.
pub mod agora {
    include!("../tests/enums/agora_chat.rs");
}
use agora::AgoraChatError;
use jmessage::JmessageServerError;

include!("codes.in");

fn main() {
    divan::main();
}

/// Codes at random, too many for a processor to learn its branches by heart.
fn shuffled() -> Vec<i64> {
    const COUNT: usize = 8192;
    let codes: Vec<i64> = JmessageServerError::ALL.iter().filter_map(|info| info.code()).collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        codes[(state % codes.len() as u64) as usize]
    };
    (0..COUNT).map(|_| next()).collect()
}

/// The codes with their index, sorted.
fn table() -> Vec<(i64, u32)> {
    let mut table: Vec<(i64, u32)> =
        JmessageServerError::ALL.iter().filter_map(|info| info.code()).zip(0..).collect();
    table.sort_unstable();
    table
}

/// Per iteration 8,192 of the 152 codes.
#[divan::bench_group]
mod codes {
    use super::*;

    fn each(bencher: Bencher<'_, '_>, find: impl Fn(i64) -> bool + Sync) {
        let codes = shuffled();
        bencher
            .counter(divan::counter::ItemsCount::new(codes.len()))
            .bench(|| codes.iter().filter(|code| find(black_box(**code))).count());
    }

    #[divan::bench]
    fn im_errors(bencher: Bencher<'_, '_>) {
        each(bencher, |code| JmessageServerError::from_code(code).is_some());
    }

    #[divan::bench]
    fn sorted_table(bencher: Bencher<'_, '_>) {
        let table = table();
        each(bencher, |code| table.binary_search_by_key(&code, |(code, _)| *code).is_ok());
    }

    #[divan::bench]
    fn phf(bencher: Bencher<'_, '_>) {
        macro_rules! map {
            ($($code:literal => $index:literal,)*) => { phf::phf_map! { $($code => $index),* } };
        }
        static MAP: phf::Map<u32, u32> = with_codes!(map);
        each(bencher, |code| MAP.contains_key(&(code as u32)));
    }

    #[divan::bench]
    fn hash_map(bencher: Bencher<'_, '_>) {
        let map: HashMap<i64, u32> = table().into_iter().collect();
        each(bencher, |code| map.contains_key(&code));
    }

    #[divan::bench]
    fn match_arms(bencher: Bencher<'_, '_>) {
        macro_rules! arms {
            ($($code:literal => $index:literal,)*) => {
                |code: i64| -> Option<u32> { match code { $($code => Some($index),)* _ => None } }
            };
        }
        let find = with_codes!(arms);
        each(bencher, |code| find(code).is_some());
    }
}

/// What servers send for the 46 messages of agora-chat, holes filled.
static MESSAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let patterns = AgoraChatError::ALL.iter().filter_map(|info| info.message());
    let mut messages: Vec<_> = patterns.map(|pattern| pieces(pattern).join("tom#2018020918")).collect();
    // A text that stands for several errors cannot be told without more.
    messages.sort();
    messages.dedup_by(|a, b| a == b);
    messages.retain(|message| {
        AgoraChatError::from_response(None, None, message.as_str()).by > im_errors::Match::Type
    });
    messages
});

/// The literals of a message, with nothing between them where a hole is.
fn pieces(pattern: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        pieces.last_mut().into_iter().for_each(|piece| piece.push_str(before));
        pieces.push(String::new());
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    pieces.last_mut().into_iter().for_each(|piece| piece.push_str(rest));
    pieces
}

/// Per iteration all messages.
#[divan::bench_group]
mod messages {
    use super::*;

    fn each(bencher: Bencher<'_, '_>, find: impl Fn(&str) -> bool + Sync) {
        let messages = &*MESSAGES;
        assert!(messages.iter().all(|message| find(message)), "a peer does not find its message");
        bencher
            .counter(divan::counter::ItemsCount::new(messages.len()))
            .bench(|| messages.iter().filter(|message| find(black_box(message))).count());
    }

    #[divan::bench]
    fn im_errors(bencher: Bencher<'_, '_>) {
        each(bencher, |message| {
            AgoraChatError::recognize(&Response::new().with_message(message)).by > im_errors::Match::Type
        });
    }

    #[divan::bench]
    fn regex_set(bencher: Bencher<'_, '_>) {
        let sources = AgoraChatError::ALL.iter().filter_map(|info| info.message()).map(|pattern| {
            let pieces: Vec<_> = pieces(pattern).iter().map(|piece| regex::escape(piece)).collect();
            format!("(?i)^{}$", pieces.join("(.+)"))
        });
        let set = RegexSet::new(sources).unwrap();
        each(bencher, |message| set.matches(message).iter().next().is_some());
    }

    /// Finds the literals only: it neither matches the whole nor gives the holes.
    #[divan::bench]
    fn aho_corasick(bencher: Bencher<'_, '_>) {
        let literals = AgoraChatError::ALL
            .iter()
            .filter_map(|info| info.message())
            .filter_map(|pattern| pieces(pattern).into_iter().max_by_key(String::len));
        let machine = AhoCorasick::builder().ascii_case_insensitive(true).build(literals).unwrap();
        each(bencher, |message| machine.find(message).is_some());
    }
}
