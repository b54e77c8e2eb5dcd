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

/// `im-errors enum`, as it is: what varies in a message becomes fields that own it.
pub mod agora {
    include!("../tests/enums/agora_chat.rs");
}
use agora::AgoraChatError;

include!("names.in");

macro_rules! codes {
    ($($code:literal => $name:ident,)*) => {
        /// The errors of jmessage-server, without fields.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, im_errors::ImErrors)]
        #[im_errors(vendor = "jmessage-server")]
        pub enum Code {
            $(#[doc = stringify!($code)] $name,)*
        }

        /// Each code with its variant, sorted.
        const CODES: &[(i64, Code)] = &[$(($code, Code::$name)),*];
    };
}
with_codes!(codes);

macro_rules! names {
    ($($name:ident,)*) => {
        /// The errors of agora-chat, without fields: what varies in a message stays borrowed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, im_errors::ImErrors)]
        #[im_errors(vendor = "agora-chat")]
        pub enum Borrowed {
            $(#[doc = stringify!($name)] $name,)*
        }
    };
}
with_names!(names);

/// Says what each lookup takes from the heap.
#[global_allocator]
static HEAP: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// Codes at random, too many for a processor to learn its branches by heart.
fn shuffled() -> Vec<i64> {
    const COUNT: usize = 8192;
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        CODES[(state % CODES.len() as u64) as usize].0
    };
    (0..COUNT).map(|_| next()).collect()
}

/// Code → variant. Per iteration 8,192 of the 152 codes.
#[divan::bench_group]
mod codes {
    use super::*;

    fn each(bencher: Bencher<'_, '_>, find: impl Fn(i64) -> Option<Code> + Sync) {
        assert!(CODES.iter().all(|(code, variant)| find(*code) == Some(*variant)));
        let codes = shuffled();
        bencher.counter(divan::counter::ItemsCount::new(codes.len())).bench(|| {
            codes.iter().for_each(|code| {
                black_box(find(black_box(*code)));
            })
        });
    }

    #[divan::bench]
    fn im_errors(bencher: Bencher<'_, '_>) {
        each(bencher, Code::from_code);
    }

    #[divan::bench]
    fn sorted_table(bencher: Bencher<'_, '_>) {
        each(bencher, |code| {
            let at = CODES.binary_search_by_key(&code, |(code, _)| *code).ok()?;
            Some(CODES[at].1)
        });
    }

    #[divan::bench]
    fn phf(bencher: Bencher<'_, '_>) {
        macro_rules! map {
            ($($code:literal => $name:ident,)*) => { phf::phf_map! { $($code => Code::$name),* } };
        }
        static MAP: phf::Map<u32, Code> = with_codes!(map);
        each(bencher, |code| MAP.get(&u32::try_from(code).ok()?).copied());
    }

    #[divan::bench]
    fn hash_map(bencher: Bencher<'_, '_>) {
        let map: HashMap<i64, Code> = CODES.iter().copied().collect();
        each(bencher, |code| map.get(&code).copied());
    }

    #[divan::bench]
    fn match_arms(bencher: Bencher<'_, '_>) {
        macro_rules! arms {
            ($($code:literal => $name:ident,)*) => {
                |code: i64| -> Option<Code> { match code { $($code => Some(Code::$name),)* _ => None } }
            };
        }
        each(bencher, with_codes!(arms));
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

    /// The variant, by what it was found, and the holes as slices of the message.
    #[divan::bench]
    fn im_errors(bencher: Bencher<'_, '_>) {
        each(bencher, |message| {
            let found = Borrowed::recognize(&Response::new().with_message(message));
            found.is_some_and(|found| black_box(found).by > im_errors::Match::Type)
        });
    }

    /// The same with the holes copied to fields of type `String`.
    #[divan::bench]
    fn im_errors_owned(bencher: Bencher<'_, '_>) {
        each(bencher, |message| {
            let found = AgoraChatError::recognize(&Response::new().with_message(message));
            black_box(found).by > im_errors::Match::Type
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
