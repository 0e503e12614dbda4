//! How the two columns keep together: the chain of shared places, and who follows whom.

use std::sync::Arc;

use super::job::{Compared, Key};
use super::shared::Shared;
use crate::analysis::versions::Step;
use crate::gui::article::Flow;
use crate::gui::compare::state::{Articles, ChainKey};
use crate::gui::linked::{Chain, Followed, Stand, Tie, follow};
use crate::text::{ByteRange, tokens};

/// From here on tags are first bytes in the left text: of a paragraph that stayed, of a passage.
const BY_PLACE: usize = usize::MAX / 2;
/// Tag of a tie made by hand.
const BY_HAND: usize = usize::MAX;

/// A weight of a paragraph or a passage: its bytes in words, roughly.
const BYTES_A_WORD: usize = 6;

/// The chain of a pair; the known one where nothing changed.
pub fn chain(
    articles: &mut Articles,
    key: Key,
    shared: &Shared,
    compared: Option<&Arc<Compared>>,
    pins: (u64, &[[usize; 2]]),
) -> Arc<Chain> {
    let of = ChainKey { key, revision: shared.revision, has_compared: compared.is_some(), pins: pins.0 };
    if let Some((known, chain)) = &articles.chain
        && *known == of
    {
        return Arc::clone(chain);
    }
    let mut ties: Vec<Tie> = shared.ties().collect();
    ties.extend(pins.1.iter().map(|&places| Tie { places, weight: 0, is_pin: true, tag: BY_HAND }));
    let tie = |ranges: [ByteRange; 2], at: fn(ByteRange) -> usize| {
        let weight = u32::try_from(ranges[0].len().min(ranges[1].len()) / BYTES_A_WORD).unwrap_or(u32::MAX);
        Tie { places: ranges.map(at), weight, is_pin: false, tag: BY_PLACE + ranges[0].start }
    };
    for compared in compared.into_iter() {
        for passage in &compared.passages {
            ties.push(tie(passage.ranges, |range| range.start));
            ties.push(tie(passage.ranges, |range| range.end));
        }
        for step in &compared.versions.steps {
            if let Step::Same { old, new } | Step::Changed { old, new, .. } = step {
                ties.push(tie([*old, *new], |range| range.start));
            }
        }
    }
    let chain = Arc::new(Chain::new(ties));
    articles.chain = Some((of, Arc::clone(&chain)));
    chain
}

/// The height of a byte in a column: under its head, in proportion within its paragraph.
pub fn height_of(flow: &Flow, head: f32, offset: usize) -> f32 {
    // The flow leaves the headline out.
    let is_headline = flow.paragraph(0).is_some_and(|(paragraph, _)| offset < paragraph.range.start);
    if is_headline { head / 2.0 } else { head + flow.y_of(offset) }
}

/// Where the column that does not lead is to stand.
pub fn followed(chain: &Chain, leader: usize, stands: [Stand; 2], flows: [(&Flow, f32); 2]) -> Followed {
    let (leads, follows) = if leader == 0 { (0, 1) } else { (1, 0) };
    let height = |side: usize| {
        let (flow, head) = flows[side];
        move |offset| height_of(flow, head, offset)
    };
    follow(stands[leads], stands[follows], chain, leads, height(leads), height(follows))
}

/// What the columns are anchored on, in words.
pub fn anchor_words(shared: &Shared, text: &str, tag: usize) -> String {
    match (tag, shared.places.get(tag)) {
        (BY_HAND, _) => "your pin".to_owned(),
        (_, Some(place)) => format!("“{}”", first_words(text, place.ranges[0])),
        (tag, None) => {
            let start = tag.saturating_sub(BY_PLACE);
            let line = text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
            format!("“{}”", first_words(text, ByteRange::new(start, start + line)))
        }
    }
}

/// The words of a range on one line, cut after a few.
pub fn first_words(text: &str, range: ByteRange) -> String {
    const N_WORDS: usize = 8;
    let words: Vec<&str> = range.of(text).split_whitespace().collect();
    let more = if tokens(text, range).count() > N_WORDS && words.len() > N_WORDS { " …" } else { "" };
    let words = words.get(..N_WORDS).unwrap_or(&words).join(" ");
    // They come between quotation marks of the program's own.
    format!("{}{more}", words.trim_matches(['“', '”', '"', '„', '«', '»']))
}
