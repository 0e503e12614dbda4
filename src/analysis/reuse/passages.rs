//! Passages that one text took from another: verbatim, reworked or retold.
//!
//! Sentences become vectors of terms weighted by tf-isf; pairs of sentences that are alike by cosine and Dice are
//! seeds; seeds close to each other in both texts form passages, whose own cosine must hold; what overlaps is
//! settled for the more similar one; the ends are cut to the first and last shared run of words where most of the
//! passage is shared word for word. After Sanchez-Perez, Sidorov, Gelbukh: A winning approach to text alignment for
//! text reuse detection (PAN at CLEF 2014), from the paper. Cost: the shared rare terms of the two texts, then the
//! seeds.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::prepared::{Prepared, Sentence};
use super::{ReuseKind, ReuseMatch};

/// Two sentences are a seed where cosine and Dice are both above (published value).
const MIN_SENTENCE_SIMILARITY: f32 = 0.33;
/// The cosine of two passages (published value).
const MIN_PASSAGE_SIMILARITY: f32 = 0.34;
/// Sentences between two seeds of a passage: at first, and at least when the passage is not similar enough
/// (published values).
const MAX_GAP: usize = 4;
const MIN_GAP: usize = 2;
/// The same for summaries, whose sources are spread (published value).
const SUMMARY_GAP: usize = 24;
/// A source so many times as long as what was made of it was summarized (published value).
const SUMMARY_RATIO: usize = 3;
/// Shorter passages are chance (published value).
const MIN_BYTES: usize = 150;
/// Words of a run that counts as taken word for word.
const RUN: usize = 5;

/// A candidate passage: sentences of both texts.
#[derive(Clone, Debug)]
struct Span {
    old: Range<usize>,
    new: Range<usize>,
    similarity: f32,
}

/// Two texts side by side, with what their terms weigh in this pair.
struct Pair<'a> {
    old: &'a Prepared,
    new: &'a Prepared,
    old_isf: Vec<f32>,
    new_isf: Vec<f32>,
    /// By term of `old`: the same term in `new`.
    to_new: Vec<Option<u32>>,
}

/// Finds the passages two texts share, in order of their place in `old`.
pub fn align(old: &Prepared, new: &Prepared) -> Vec<ReuseMatch> {
    let pair = Pair::new(old, new);
    let seeds = pair.seeds();
    if seeds.is_empty() {
        return Vec::new();
    }
    let spans = pair.passages(&seeds, MAX_GAP, MIN_GAP);
    let wide = pair.passages(&seeds, SUMMARY_GAP, MIN_GAP);
    let spans = if pair.is_summary(&wide) { wide } else { spans };
    let mut matches: Vec<ReuseMatch> = spans.iter().filter_map(|span| pair.reuse_match(span)).collect();
    matches.sort_by_key(|found| (found.old, found.new));
    matches
}

impl<'a> Pair<'a> {
    fn new(old: &'a Prepared, new: &'a Prepared) -> Self {
        let n_sentences = (old.sentences.len() + new.sentences.len()) as f32;
        let isf = |frequency: u32| (n_sentences / frequency.max(1) as f32).ln();
        let mut old_isf: Vec<f32> = old.frequencies.iter().map(|&frequency| isf(frequency)).collect();
        let mut new_isf: Vec<f32> = new.frequencies.iter().map(|&frequency| isf(frequency)).collect();
        let mut to_new = vec![None; old.terms.len()];
        let mut new_idx = 0;
        for (old_idx, term) in old.terms.iter().enumerate() {
            while new.terms.get(new_idx).is_some_and(|other| other < term) {
                new_idx += 1;
            }
            if new.terms.get(new_idx) == Some(term) {
                to_new[old_idx] = u32::try_from(new_idx).ok();
                let shared = isf(old.frequencies[old_idx] + new.frequencies[new_idx]);
                old_isf[old_idx] = shared;
                new_isf[new_idx] = shared;
            }
        }
        Self { old, new, old_isf, new_isf, to_new }
    }

    /// Pairs of similar sentences, in order.
    fn seeds(&self) -> Vec<(usize, usize)> {
        let postings = self.new_postings();
        let old_norms = norms(&self.old.sentences, &self.old_isf);
        let new_norms = norms(&self.new.sentences, &self.new_isf);
        let mut dots = vec![0f32; self.new.sentences.len()];
        let mut common = vec![0u32; self.new.sentences.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut seeds = Vec::new();
        for (old_idx, sentence) in self.old.sentences.iter().enumerate() {
            for &(term, n_words) in &sentence.terms {
                let Some(new_term) = self.to_new[term as usize] else { continue };
                let isf = self.new_isf[new_term as usize];
                for &(new_idx, new_n_words) in postings.of(new_term) {
                    let slot = new_idx as usize;
                    if common[slot] == 0 {
                        touched.push(new_idx);
                    }
                    common[slot] += 1;
                    dots[slot] += n_words * new_n_words * isf * isf;
                }
            }
            touched.sort_unstable();
            for &new_idx in &touched {
                let slot = new_idx as usize;
                let cosine = dots[slot] / (old_norms[old_idx] * new_norms[slot]).max(f32::EPSILON);
                let n_terms = sentence.terms.len() + self.new.sentences[slot].terms.len();
                let dice = 2.0 * common[slot] as f32 / n_terms as f32;
                if cosine > MIN_SENTENCE_SIMILARITY && dice > MIN_SENTENCE_SIMILARITY {
                    seeds.push((old_idx, slot));
                }
                dots[slot] = 0.0;
                common[slot] = 0;
            }
            touched.clear();
        }
        seeds
    }

    /// The sentences of `new` that hold each of its terms.
    fn new_postings(&self) -> Postings {
        let mut starts = Vec::with_capacity(self.new.terms.len() + 1);
        let mut total = 0usize;
        for &frequency in &self.new.frequencies {
            starts.push(total);
            total += frequency as usize;
        }
        starts.push(total);
        let mut next = starts.clone();
        let mut entries = vec![(0u32, 0f32); total];
        for (sentence_idx, sentence) in (0u32..).zip(&self.new.sentences) {
            for &(term, n_words) in &sentence.terms {
                entries[next[term as usize]] = (sentence_idx, n_words);
                next[term as usize] += 1;
            }
        }
        Postings { starts, entries }
    }

    /// Joins seeds into passages that are similar as a whole and do not overlap.
    fn passages(&self, seeds: &[(usize, usize)], max_gap: usize, min_gap: usize) -> Vec<Span> {
        let mut spans = Vec::new();
        self.join(seeds.to_vec(), max_gap, min_gap, &mut spans);
        without_overlap(spans)
    }

    /// Groups seeds with gaps of up to `gap` sentences; a group that is not similar enough is tried with smaller
    /// ones.
    fn join(&self, seeds: Vec<(usize, usize)>, gap: usize, min_gap: usize, spans: &mut Vec<Span>) {
        for group in groups(seeds, gap) {
            let span = self.span(&group);
            if span.similarity > MIN_PASSAGE_SIMILARITY {
                spans.push(span);
            } else if gap > min_gap {
                self.join(group, gap - 1, min_gap, spans);
            }
        }
    }

    /// The sentences that a group of seeds spans.
    fn span(&self, group: &[(usize, usize)]) -> Span {
        let bounds = |values: &mut dyn Iterator<Item = usize>| {
            values.fold((usize::MAX, 0), |(low, high), value| (low.min(value), high.max(value + 1)))
        };
        let (old_start, old_end) = bounds(&mut group.iter().map(|seed| seed.0));
        let (new_start, new_end) = bounds(&mut group.iter().map(|seed| seed.1));
        let (old, new) = (old_start..old_end, new_start..new_end);
        let similarity = self.cosine(&old, &new);
        Span { old, new, similarity }
    }

    /// Cosine of two runs of sentences.
    fn cosine(&self, old: &Range<usize>, new: &Range<usize>) -> f32 {
        let old_terms = added(&self.old.sentences[old.clone()]);
        let new_terms = added(&self.new.sentences[new.clone()]);
        let mut dot = 0.0;
        let mut at = 0;
        // Both lists and the map between them ascend.
        for &(term, n_words) in &old_terms {
            let Some(new_term) = self.to_new[term as usize] else { continue };
            while new_terms.get(at).is_some_and(|&(other, _)| other < new_term) {
                at += 1;
            }
            if let Some(&(other, new_n_words)) = new_terms.get(at)
                && other == new_term
            {
                let isf = self.new_isf[new_term as usize];
                dot += n_words * new_n_words * isf * isf;
            }
        }
        dot / (norm(&old_terms, &self.old_isf) * norm(&new_terms, &self.new_isf)).max(f32::EPSILON)
    }

    /// Is what was found of one text much shorter than what it came from?
    fn is_summary(&self, spans: &[Span]) -> bool {
        let n_old: usize = spans.iter().map(|span| self.old.range_of(&words(self.old, &span.old)).len()).sum();
        let n_new: usize = spans.iter().map(|span| self.new.range_of(&words(self.new, &span.new)).len()).sum();
        n_old > 0 && n_new >= SUMMARY_RATIO * n_old
    }

    /// The passage with its ends cut and its kind, if it is long enough.
    fn reuse_match(&self, span: &Span) -> Option<ReuseMatch> {
        let (mut old_words, mut new_words) = (words(self.old, &span.old), words(self.new, &span.new));
        let old_terms: Vec<Option<u32>> =
            self.old.terms_of(&old_words).map(|term| self.to_new.get(term as usize).copied().flatten()).collect();
        let new_terms: Vec<Option<u32>> = self.new.terms_of(&new_words).map(Some).collect();
        let old_cover = Cover::of(&old_terms, &runs(&new_terms));
        let new_cover = Cover::of(&new_terms, &runs(&old_terms));
        let covered = old_cover.share.min(new_cover.share);
        if covered > 0.5 {
            old_words = old_words.start + old_cover.words.start..old_words.start + old_cover.words.end;
            new_words = new_words.start + new_cover.words.start..new_words.start + new_cover.words.end;
        }
        let similarity = shared_share(&old_terms, &new_terms);
        let kind = match (covered, similarity) {
            (0.8.., _) => ReuseKind::Verbatim,
            (0.3.., _) | (_, 0.7..) => ReuseKind::Near,
            _ => ReuseKind::Paraphrase,
        };
        let (old, new) = (self.old.range_of(&old_words), self.new.range_of(&new_words));
        (old.len() >= MIN_BYTES && new.len() >= MIN_BYTES).then_some(ReuseMatch { old, new, kind, similarity })
    }
}

/// Sentences by term.
struct Postings {
    starts: Vec<usize>,
    entries: Vec<(u32, f32)>,
}

impl Postings {
    fn of(&self, term: u32) -> &[(u32, f32)] {
        let idx = term as usize;
        match (self.starts.get(idx), self.starts.get(idx + 1)) {
            (Some(&start), Some(&end)) => &self.entries[start..end],
            _ => &[],
        }
    }
}

fn norms(sentences: &[Sentence], isf: &[f32]) -> Vec<f32> {
    sentences.iter().map(|sentence| norm(&sentence.terms, isf)).collect()
}

fn norm(terms: &[(u32, f32)], isf: &[f32]) -> f32 {
    terms.iter().map(|&(term, n_words)| (n_words * isf[term as usize]).powi(2)).sum::<f32>().sqrt()
}

/// The terms of several sentences added up, in ascending order.
fn added(sentences: &[Sentence]) -> Vec<(u32, f32)> {
    if let [sentence] = sentences {
        return sentence.terms.clone();
    }
    let mut all: Vec<(u32, f32)> = sentences.iter().flat_map(|sentence| sentence.terms.iter().copied()).collect();
    all.sort_unstable_by_key(|&(term, _)| term);
    all.chunk_by(|left, right| left.0 == right.0).map(|run| (run[0].0, run.iter().map(|entry| entry.1).sum())).collect()
}

/// The words of a run of sentences.
fn words(text: &Prepared, sentences: &Range<usize>) -> Range<usize> {
    match (text.sentences.get(sentences.start), sentences.end.checked_sub(1).and_then(|last| text.sentences.get(last)))
    {
        (Some(first), Some(last)) => first.words.start..last.words.end,
        _ => 0..0,
    }
}

/// Splits seeds where either text has a gap of more than `gap` sentences, until neither has.
fn groups(seeds: Vec<(usize, usize)>, gap: usize) -> Vec<Vec<(usize, usize)>> {
    let mut open = vec![seeds];
    let mut done = Vec::new();
    while let Some(mut group) = open.pop() {
        group.sort_unstable();
        let parts = split(&group, |seed| seed.0, gap);
        if parts.len() > 1 {
            open.extend(parts);
            continue;
        }
        group.sort_unstable_by_key(|&(old, new)| (new, old));
        let parts = split(&group, |seed| seed.1, gap);
        if parts.len() > 1 {
            open.extend(parts);
        } else {
            done.push(group);
        }
    }
    done
}

fn split(seeds: &[(usize, usize)], side: impl Fn(&(usize, usize)) -> usize, gap: usize) -> Vec<Vec<(usize, usize)>> {
    seeds.chunk_by(|left, right| side(right) - side(left) <= gap + 1).map(<[_]>::to_vec).collect()
}

/// Of passages that overlap in `old`, the more similar one stays.
fn without_overlap(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by(|left, right| {
        (right.similarity.total_cmp(&left.similarity)).then_with(|| {
            let place = |span: &Span| (span.old.start, span.new.start, span.old.end, span.new.end);
            place(left).cmp(&place(right))
        })
    });
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        if kept.iter().all(|other| span.old.end <= other.old.start || other.old.end <= span.old.start) {
            kept.push(span);
        }
    }
    kept
}

/// All runs of [`RUN`] terms.
fn runs(terms: &[Option<u32>]) -> FxHashSet<[u32; RUN]> {
    terms.windows(RUN).filter_map(run_of).collect()
}

fn run_of(window: &[Option<u32>]) -> Option<[u32; RUN]> {
    let mut run = [0; RUN];
    for (slot, term) in run.iter_mut().zip(window) {
        *slot = (*term)?;
    }
    Some(run)
}

/// How much of a passage lies in runs that the other one has too, and from which word to which.
struct Cover {
    /// 0.0..=1.0.
    share: f32,
    words: Range<usize>,
}

impl Cover {
    fn of(terms: &[Option<u32>], others: &FxHashSet<[u32; RUN]>) -> Self {
        let mut is_covered = vec![false; terms.len()];
        for (start, window) in terms.windows(RUN).enumerate() {
            if run_of(window).is_some_and(|run| others.contains(&run)) {
                is_covered[start..start + RUN].fill(true);
            }
        }
        let n_covered = is_covered.iter().filter(|covered| **covered).count();
        let first = is_covered.iter().position(|covered| *covered).unwrap_or(0);
        let end = is_covered.iter().rposition(|covered| *covered).map_or(terms.len(), |last| last + 1);
        Self { share: n_covered as f32 / terms.len().max(1) as f32, words: first..end }
    }
}

/// Words that both passages hold, as a share of the words of both, 0.0..=1.0.
fn shared_share(old: &[Option<u32>], new: &[Option<u32>]) -> f32 {
    let (mut left, mut right): (Vec<u32>, Vec<u32>) =
        (old.iter().copied().flatten().collect(), new.iter().copied().flatten().collect());
    left.sort_unstable();
    right.sort_unstable();
    let (mut at, mut n_shared) = (0, 0usize);
    for term in left {
        while right.get(at).is_some_and(|other| *other < term) {
            at += 1;
        }
        if right.get(at) == Some(&term) {
            n_shared += 1;
            at += 1;
        }
    }
    2.0 * n_shared as f32 / (old.len() + new.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::prepared::prepare;

    const STORY: &str = "The harbor was closed for two days after the storm tore three cranes from their rails. \
        Divers searched the basin for containers, and the mayor promised that wages would be paid in full. ";
    const OTHER: &str = "Choirs from four valleys met in the old brewery. Nobody had counted the singers, but the \
        roof shook and the beer ran out before noon. ";

    #[test]
    fn a_copied_passage_is_found_verbatim() {
        let old = format!("{OTHER}{STORY}Grapes were small this year, growers say.");
        let new = format!("Bees returned to the roofs of the bank. {STORY}");
        let found = align(&prepare(&old), &prepare(&new));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kind, ReuseKind::Verbatim);
        assert!(found[0].old.of(&old).starts_with("The harbor") && found[0].old.of(&old).ends_with("in full"));
        assert!(found[0].new.of(&new).starts_with("The harbor") && found[0].new.of(&new).ends_with("in full"));
    }

    #[test]
    fn texts_that_share_nothing_have_no_match() {
        assert!(align(&prepare(STORY), &prepare(OTHER)).is_empty());
        assert!(align(&prepare(""), &prepare(OTHER)).is_empty());
        assert!(align(&prepare("a"), &prepare("a")).is_empty());
    }

    #[test]
    fn reordered_words_are_no_verbatim_match() {
        let old = STORY.repeat(2);
        let new = "After the storm tore three cranes from rails, closed for days was the harbor. Containers: divers \
            searched the basin, and full wages, promised the mayor, would be paid in. "
            .repeat(2);
        let found = align(&prepare(&old), &prepare(&new));
        assert!(!found.is_empty());
        assert!(found.iter().all(|found| found.kind != ReuseKind::Verbatim), "{found:?}");
    }
}
