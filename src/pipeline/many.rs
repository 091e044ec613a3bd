//! Many label files at a time, and back in order.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::mpsc;

use crate::pipeline::Error;
use crate::pipeline::workers::pool;

/// Works on items, at most `jobs` at a time, and hands the results to `take` in the order of
/// the items, on the calling thread. What is `alone` is worked on by itself, after the others,
/// so that it can have all threads.
///
/// Fails where `take` does, which ends the work early, and where threads cannot be started.
pub fn side_by_side<I: Sync, T: Send, E: From<Error>>(
    items: &[I],
    jobs: usize,
    alone: impl Fn(&I) -> bool,
    work: impl Fn(&I) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let (single, shared): (Vec<usize>, Vec<usize>) =
        (0..items.len()).partition(|index| alone(&items[*index]));
    let pool = pool(jobs.min(shared.len()))?;
    let Some(pool) = pool else {
        return items.iter().map(work).try_for_each(take);
    };
    let mut waiting = BTreeMap::new();
    let mut taken = 0;
    let mut in_order = |index: usize, result: T| -> Result<(), E> {
        waiting.insert(index, result);
        while let Some(result) = waiting.remove(&taken) {
            taken += 1;
            take(result)?;
        }
        Ok(())
    };
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (next, stopped, work, shared) = (&next, &stopped, &work, &shared);
    pool.in_place_scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..pool.current_num_threads() {
            let sender = sender.clone();
            scope.spawn(move |_| {
                while let Some(index) = shared.get(next.fetch_add(1, Relaxed)) {
                    if stopped.load(Relaxed) || sender.send((*index, work(&items[*index]))).is_err()
                    {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let taken = receiver
            .iter()
            .try_for_each(|(index, result)| in_order(index, result));
        stopped.store(taken.is_err(), Relaxed);
        taken
    })?;
    single
        .into_iter()
        .try_for_each(|index| in_order(index, work(&items[index])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_each_once() {
        let items: Vec<usize> = (0..200).collect();
        for jobs in [1, 2, 5] {
            let mut found = Vec::new();
            let alone = |item: &usize| item.is_multiple_of(7);
            let work = |item: &usize| {
                if item.is_multiple_of(3) {
                    std::thread::yield_now();
                }
                item * 10
            };
            let done = side_by_side(&items, jobs, alone, work, |result| {
                found.push(result);
                Ok::<(), Error>(())
            });
            done.unwrap();
            let want: Vec<usize> = items.iter().map(|item| item * 10).collect();
            assert_eq!(found, want, "{jobs} jobs");
        }
    }

    #[test]
    fn what_is_alone_is_by_itself() {
        let items: Vec<u32> = (0..50).collect();
        let under_way = AtomicUsize::new(0);
        let alone = |item: &u32| item.is_multiple_of(10);
        let work = |item: &u32| {
            let others = under_way.fetch_add(1, Relaxed);
            std::thread::sleep(std::time::Duration::from_millis(1));
            under_way.fetch_sub(1, Relaxed);
            (alone(item), others)
        };
        let take = |(alone, others): (bool, usize)| {
            assert!(!alone || others == 0);
            Ok::<(), Error>(())
        };
        side_by_side(&items, 4, alone, work, take).unwrap();
    }

    #[test]
    fn a_failure_ends_the_work() {
        let items: Vec<usize> = (0..10_000).collect();
        let worked = AtomicUsize::new(0);
        let work = |item: &usize| {
            worked.fetch_add(1, Relaxed);
            std::thread::sleep(std::time::Duration::from_micros(100));
            *item
        };
        let take = |item| match item {
            20 => Err(Error::Threads("enough".to_owned())),
            _ => Ok(()),
        };
        assert!(side_by_side(&items, 2, |_| false, work, take).is_err());
        assert!(worked.load(Relaxed) < items.len());
    }
}
