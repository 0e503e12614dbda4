//! An order that is worked out bit by bit: sorted runs are joined two by two, with a look at the clock in between.
//!
//! `O(n log n)` in all; a call overruns its time by less than `STEP` comparisons, whatever the length of the list.

use std::collections::VecDeque;
use std::iter::Peekable;
use std::time::Instant;
use std::vec::IntoIter;

/// Elements that are joined between two looks at the clock.
const STEP: usize = 2048;

/// Elements of a run: those with words to be folded and sorted take half a millisecond.
pub const RUN: usize = 512;

/// Elements by key on their way to one sorted list; equal ones stay in the order of their numbers.
#[derive(Clone, Debug)]
pub struct Sorting<K> {
    runs: VecDeque<Vec<(K, u32)>>,
    joining: Option<Joining<K>>,
}

/// Two runs that are being joined.
#[derive(Clone, Debug)]
struct Joining<K> {
    left: Peekable<IntoIter<(K, u32)>>,
    right: Peekable<IntoIter<(K, u32)>>,
    joined: Vec<(K, u32)>,
}

impl<K> Default for Sorting<K> {
    fn default() -> Self {
        Self { runs: VecDeque::new(), joining: None }
    }
}

impl<K: Ord> Sorting<K> {
    /// Adds a run of elements in any order, best [`RUN`] of them.
    pub fn push(&mut self, mut run: Vec<(K, u32)>) {
        if !run.is_empty() {
            run.sort_unstable();
            self.runs.push_back(run);
        }
    }

    /// Joins runs until `due`. Is there one alone now?
    pub fn join(&mut self, due: Instant) -> bool {
        loop {
            match &mut self.joining {
                Some(joining) => {
                    if joining.step() {
                        let joined = self.joining.take().map(|joining| joining.joined);
                        self.runs.extend(joined);
                    }
                }
                None => match (self.runs.len() > 1).then(|| (self.runs.pop_front(), self.runs.pop_front())) {
                    Some((Some(left), Some(right))) => self.joining = Some(Joining::new(left, right)),
                    _ => return true,
                },
            }
            if Instant::now() >= due {
                return self.joining.is_none() && self.runs.len() <= 1;
            }
        }
    }

    /// The numbers of the elements in order, once all is joined.
    pub fn into_order(mut self) -> Vec<u32> {
        self.runs.pop_front().unwrap_or_default().into_iter().map(|(_, idx)| idx).collect()
    }
}

impl<K: Ord> Joining<K> {
    fn new(left: Vec<(K, u32)>, right: Vec<(K, u32)>) -> Self {
        let joined = Vec::with_capacity(left.len() + right.len());
        Self { left: left.into_iter().peekable(), right: right.into_iter().peekable(), joined }
    }

    /// Moves some elements on. Are all of them moved?
    fn step(&mut self) -> bool {
        for _ in 0..STEP {
            let next = match (self.left.peek(), self.right.peek()) {
                (Some(left), Some(right)) if right < left => self.right.next(),
                (Some(_), _) => self.left.next(),
                (None, _) => self.right.next(),
            };
            let Some(next) = next else { return true };
            self.joined.push(next);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_to_one_order_however_short_the_time() {
        let keys: Vec<u32> = (0..10_000_u32).map(|idx| idx * 7919 % 101).collect();
        let mut sorting = Sorting::default();
        for (nth, run) in keys.chunks(999).enumerate() {
            let start = u32::try_from(nth * 999).unwrap();
            sorting.push(run.iter().copied().zip(start..).collect());
        }
        let mut n_calls = 0;
        while !sorting.join(Instant::now()) {
            n_calls += 1;
        }
        let mut expected: Vec<u32> = (0..10_000).collect();
        expected.sort_by_key(|idx| keys[*idx as usize]);
        assert_eq!(sorting.into_order(), expected);
        assert!(n_calls > 10, "{n_calls}");
    }

    #[test]
    fn nothing_is_in_order_at_once() {
        let mut sorting = Sorting::<u8>::default();
        sorting.push(Vec::new());
        assert!(sorting.join(Instant::now()));
        assert!(sorting.into_order().is_empty());
    }
}
