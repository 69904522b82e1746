//! Shuffling with the operating system's randomness, every order equally likely.

use crate::server::keys::random_bytes;

/// A number below `bound`, each equally likely. `bound` must not be 0.
fn below(bound: u64) -> u64 {
    // The largest multiple of `bound` in 64 bits; what lies above would favour the small numbers.
    let limit = u64::MAX - u64::MAX % bound;
    loop {
        let drawn = u64::from_le_bytes(random_bytes());
        if drawn < limit {
            return drawn % bound;
        }
    }
}

/// Fisher and Yates' shuffle.
pub fn shuffle<T>(items: &mut [T]) {
    let mut bound: u64 = 1;
    for last in 1..items.len() {
        bound += 1;
        let other = usize::try_from(below(bound)).unwrap_or(last);
        items.swap(last, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        shuffle(&mut items);
        items.sort_unstable();
        assert!(items.into_iter().eq(0..100));
        shuffle::<u8>(&mut []);
    }

    #[test]
    fn every_order_of_three_comes_up_about_equally_often() {
        let mut counts = std::collections::HashMap::new();
        for _ in 0..6000 {
            let mut items = [1, 2, 3];
            shuffle(&mut items);
            *counts.entry(items).or_insert(0) += 1;
        }
        // 1000 each are expected, with a standard deviation of 29: seven of them either way.
        assert_eq!(counts.len(), 6);
        assert!(counts.values().all(|count| (800..=1200).contains(count)), "{counts:?}");
    }
}
