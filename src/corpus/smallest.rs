//! A map with a cap.

use std::collections::BTreeMap;

/// The entries with the smallest keys, and no more of them than the cap.
///
/// Keys begin with a hash, so what is kept is a sample that hangs neither on the order of the
/// documents nor on how they were grouped: an entry that is among the smallest of the whole is
/// among the smallest of each part that has it. So what is kept is also complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smallest<K, V> {
    cap: usize,
    kept: BTreeMap<K, V>,
    overflowed: bool,
}

impl<K: Ord, V> Smallest<K, V> {
    /// An empty map that keeps at most `cap` entries.
    #[must_use]
    pub const fn with_cap(cap: usize) -> Self {
        Self {
            cap,
            kept: BTreeMap::new(),
            overflowed: false,
        }
    }

    /// The value at `key`, made where there is none yet; `None` where the key is not among the
    /// smallest.
    pub fn entry(&mut self, key: K, make: impl FnOnce() -> V) -> Option<&mut V> {
        if self.kept.len() >= self.cap && !self.kept.contains_key(&key) {
            self.overflowed = true;
            if self.is_past(&key) {
                return None;
            }
            self.kept.pop_last();
        }
        Some(self.kept.entry(key).or_insert_with(make))
    }

    /// Adds what another part has kept. `join` adds up two values of one key.
    pub fn merge(&mut self, other: Self, join: impl Fn(&mut V, V)) {
        self.overflowed |= other.overflowed;
        for (key, value) in other.kept {
            if let Some(kept) = self.kept.get_mut(&key) {
                join(kept, value);
                continue;
            }
            if self.kept.len() >= self.cap {
                self.overflowed = true;
                if self.is_past(&key) {
                    // The keys that follow are larger still.
                    return;
                }
                self.kept.pop_last();
            }
            self.kept.insert(key, value);
        }
    }

    /// Whether all that is kept is smaller than the key.
    fn is_past(&self, key: &K) -> bool {
        let last = self.kept.last_key_value();
        last.is_none_or(|(last, _)| key > last)
    }

    /// How many entries are kept at most.
    #[must_use]
    pub const fn cap(&self) -> usize {
        self.cap
    }

    /// Whether there were more keys than the cap.
    #[must_use]
    pub const fn overflowed(&self) -> bool {
        self.overflowed
    }

    /// The entries by key.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.kept.iter()
    }

    /// The value at `key`, where it is kept.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        self.kept.get(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(keys: &[u16], cap: usize) -> Smallest<u16, u64> {
        let mut map = Smallest::with_cap(cap);
        for key in keys {
            if let Some(count) = map.entry(*key, || 0) {
                *count += 1;
            }
        }
        map
    }

    proptest! {
        #[test]
        fn parts_add_up_in_any_order(
            keys in prop::collection::vec(0_u16..12, 0..40),
            cut in 0_usize..40,
            cap in 0_usize..14,
        ) {
            let whole = of(&keys, cap);
            let (first, second) = keys.split_at(cut.min(keys.len()));
            for (mut sum, part) in [
                (of(first, cap), of(second, cap)),
                (of(second, cap), of(first, cap)),
            ] {
                sum.merge(part, |sum, count| *sum += count);
                prop_assert_eq!(&sum, &whole);
            }
            let distinct: std::collections::BTreeSet<u16> = keys.iter().copied().collect();
            prop_assert_eq!(whole.overflowed(), distinct.len() > cap);
            for (key, count) in whole.iter() {
                let all = keys.iter().filter(|other| *other == key).count();
                prop_assert_eq!(*count, all as u64);
            }
            let kept: Vec<u16> = whole.iter().map(|(key, _)| *key).collect();
            prop_assert!(distinct.into_iter().take(cap).eq(kept));
        }
    }
}
