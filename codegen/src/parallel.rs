//! The same work on many things at once. What comes of it does not depend on how many cores there
//! are, nor on which was faster.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Does the same to each of `items` on as many threads as there are cores. What it gives is in the
/// order of the items, whichever was done first.
pub(crate) fn map<I: Sync, O: Send>(items: &[I], work: impl Fn(&I) -> O + Sync) -> Vec<O> {
    map_on(None, items, work)
}

/// The same on so many threads, where that is said.
pub(crate) fn map_on<I: Sync, O: Send>(
    threads: Option<NonZero<usize>>,
    items: &[I],
    work: impl Fn(&I) -> O + Sync,
) -> Vec<O> {
    let threads = threads.or_else(|| thread::available_parallelism().ok());
    let threads = threads.map_or(1, NonZero::get).min(items.len());
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                return done;
            };
            done.push((at, work(item)));
        }
    };
    let mut done: Vec<(usize, O)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(share)).collect();
        let mine = share();
        let theirs = others.into_iter().flat_map(|other| match other.join() {
            Ok(done) => done,
            Err(panic) => resume_unwind(panic),
        });
        mine.into_iter().chain(theirs).collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, out)| out).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_done_first_changes_no_order() {
        let items: Vec<usize> = (0..100).collect();
        let slow_at_first = |item: &usize| {
            thread::sleep(Duration::from_micros(100 - *item as u64));
            item * 2
        };
        assert_eq!(map(&items, slow_at_first), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert_eq!(map(&[], slow_at_first), [0_usize; 0]);
    }
}
