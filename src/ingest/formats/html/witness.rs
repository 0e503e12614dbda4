//! What another reader of the page holds to be the article, asked piece by piece.
//!
//! Two readers disagree on gaps, marks and borders, so both are compared by letters alone: in runs of
//! [`RUN`] letters, as a multiset, since a page may print a sentence twice (in the article and in a pull quote).
//! `O(n)` in the letters.

use rustc_hash::{FxHashMap, FxHashSet};

/// Letters of a run: about three words. Shorter pieces are looked up whole.
const RUN: usize = 16;

/// Factor of the rolling hash: odd, and far from the powers of two.
const FACTOR: u64 = 0x0100_0000_01b3;

/// A text, ready to be asked what it holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Witness {
    runs: FxHashMap<u64, u32>,
    lines: FxHashMap<String, u32>,
}

impl Witness {
    /// A witness from the letters of each of its paragraphs.
    pub(super) fn new<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        let mut witness = Self::default();
        // Borders between paragraphs differ from reader to reader, so runs go over them.
        let mut all = String::new();
        for letters in paragraphs.into_iter().filter(|letters| !letters.is_empty()) {
            *witness.lines.entry(letters.to_owned()).or_default() += 1;
            all.push_str(letters);
        }
        for run in runs(&all) {
            *witness.runs.entry(run).or_default() += 1;
        }
        witness
    }

    /// Share of its different runs that these pieces hold, one after the other. An extractor may hand out a paragraph
    /// several times, so each run counts once.
    pub(super) fn share_in<'a>(&self, pieces: impl IntoIterator<Item = &'a str>) -> f32 {
        let all: String = pieces.into_iter().collect();
        let held: FxHashSet<u64> = runs(&all).filter(|run| self.runs.contains_key(run)).collect();
        if self.runs.is_empty() { 1.0 } else { share(held.len(), self.runs.len()) }
    }

    /// Share of the runs of these letters that the witness holds; of a short piece all or nothing.
    pub(super) fn share(&self, letters: &str) -> f32 {
        let (mut n_runs, mut n_held) = (0usize, 0usize);
        for run in runs(letters) {
            n_runs += 1;
            n_held += usize::from(self.runs.get(&run).is_some_and(|&left| left > 0));
        }
        if n_runs == 0 {
            return if self.lines.get(letters).is_some_and(|&left| left > 0) { 1.0 } else { 0.0 };
        }
        share(n_held, n_runs)
    }

    /// These letters were found at their place: they are no witness for another.
    pub(super) fn take(&mut self, letters: &str) {
        if let Some(left) = self.lines.get_mut(letters) {
            *left = left.saturating_sub(1);
        }
        for run in runs(letters) {
            if let Some(left) = self.runs.get_mut(&run) {
                *left = left.saturating_sub(1);
            }
        }
    }
}

fn share(part: usize, whole: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a share need not be exact")]
    let share = part as f32 / whole as f32;
    share
}

/// A hash of each run of letters.
fn runs(letters: &str) -> impl Iterator<Item = u64> + '_ {
    let mut front = letters.chars();
    let mut hash = 0u64;
    let mut n_read = 0;
    // The factor of the letter that leaves the run.
    let last_factor = (0..RUN).fold(1u64, |factor, _| factor.wrapping_mul(FACTOR));
    let mut back = letters.chars();
    std::iter::from_fn(move || {
        loop {
            let c = front.next()?;
            hash = hash.wrapping_mul(FACTOR).wrapping_add(u64::from(u32::from(c)) + 1);
            n_read += 1;
            if n_read > RUN {
                let gone = back.next()?;
                hash = hash.wrapping_sub(last_factor.wrapping_mul(u64::from(u32::from(gone)) + 1));
            }
            if n_read >= RUN {
                return Some(hash);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_roll() {
        let all: Vec<u64> = runs("theharborofoslowasopened").collect();
        assert_eq!(all.len(), "theharborofoslowasopened".len() - RUN + 1);
        let tail: Vec<u64> = runs("harborofoslowasopened").collect();
        assert_eq!(all[3..], tail);
        assert_eq!(runs("short").count(), 0);
    }

    #[test]
    fn a_witness_speaks_once_for_each_place() {
        let mut witness = Witness::new(["theharborofoslowasopenedonmonday", "home"]);
        assert!(witness.share("theharborofoslowasopened") > 0.99);
        assert!(witness.share("theharborofbergenwasclosed") < 0.5);
        assert!(witness.share("home") > 0.99 && witness.share("menu") < 0.01);
        witness.take("theharborofoslowasopenedonmonday");
        witness.take("home");
        assert!(witness.share("theharborofoslowasopened") < 0.01 && witness.share("home") < 0.01);
    }
}
