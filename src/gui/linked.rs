//! Columns that scroll together: by places that belong together, not by pixels. Pure.
//!
//! Two texts of different length share places: words that come back, passages, and what the reader tied by hand. The ones
//! that keep their order are a [`Chain`]. [`follow`] puts another column so that what is level with the eye in the
//! leader is level with it there: at a place of the chain exactly, between two of them in proportion, before the first
//! and after the last in proportion to the ends of the texts. The eye stands in the middle of the view; near the ends of
//! the leader it goes up or down, so that both columns begin and end together.
//!
//! Any number of columns: the one that the reader scrolls leads ([`Leader`] tells which), and each of the others follows
//! it by the chain of the two.
//!
//! ```
//! use throughline::gui::linked::{Chain, Leader, Stand, Tie, follow};
//! let ties = vec![Tie { places: [100, 700], weight: 12, is_pin: false, tag: 0 }];
//! let chain = Chain::new(ties);
//! // Columns 1 and 2 of a frame, where they were put before; the reader scrolled column 1.
//! let mut leader = Leader::default();
//! leader.put(1, 0.0);
//! leader.put(2, 0.0);
//! assert_eq!(leader.note(&[(1, 350.0), (2, 0.0)]), Some(1));
//! let stand = |scroll| Stand { scroll, view: 500.0, text: 4000.0 };
//! // Heights of bytes come from the layout of each column; here a byte is five points in one, two in the other.
//! let followed = follow(stand(350.0), stand(0.0), &chain, 0, |byte| byte as f32 * 5.0, |byte| byte as f32 * 2.0);
//! leader.put(2, followed.scroll);
//! // Byte 100 stands at 500 in the leader, 150 under the top of its view; byte 700 at 1400 in the other one.
//! assert_eq!(followed.anchor, Some(0));
//! ```
//!
//! Cost: a chain `O(n log n)` once; to follow, two binary searches with a height for each step.

use std::collections::BTreeMap;

use crate::analysis::chain::{self, Link};

/// A column that stands so near to where it was put was not scrolled, in points; offsets are rounded to pixels.
const STILL: f32 = 1.5;

/// Pins beat every sum of shared words.
const PIN_WEIGHT: u64 = 1 << 40;

/// Two places that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// A byte of the one text, and of the other.
    pub places: [usize; 2],
    /// How much is shared there, in words.
    pub weight: u32,
    /// Did the reader tie them by hand?
    pub is_pin: bool,
    /// Whatever the caller knows it by.
    pub tag: usize,
}

/// Places that keep their order in both texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    ties: Vec<Tie>,
}

impl Chain {
    /// The heaviest set of ties of which no two cross. A pin stays whatever it crosses that is none.
    pub fn new(ties: Vec<Tie>) -> Self {
        let link = |tie: &Tie| Link {
            old: tie.places[0],
            new: tie.places[1],
            weight: if tie.is_pin { PIN_WEIGHT } else { u64::from(tie.weight) },
        };
        let links: Vec<Link> = ties.iter().map(link).collect();
        let mut is_chosen = vec![false; ties.len()];
        for idx in chain::heaviest(&links) {
            is_chosen[idx] = true;
        }
        let mut chosen: Vec<Tie> =
            ties.into_iter().zip(is_chosen).filter_map(|(tie, is_chosen)| is_chosen.then_some(tie)).collect();
        chosen.sort_by_key(|tie| tie.places);
        Self { ties: chosen }
    }

    /// In ascending order of both texts.
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }
}

/// Where a column stands, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// What is out of sight above.
    pub scroll: f32,
    /// Height of what is in sight.
    pub view: f32,
    /// Height of the whole text.
    pub text: f32,
}

impl Stand {
    fn room(self) -> f32 {
        (self.text - self.view).max(0.0)
    }

    /// How far under the top of the view the eye is: in the middle, but at the top where the text begins and at the
    /// bottom where it ends.
    fn eye(self) -> f32 {
        let room = self.room();
        let scroll = self.scroll.clamp(0.0, room);
        if room <= self.view {
            return if room > 0.0 { self.view * scroll / room } else { 0.0 };
        }
        let half = self.view / 2.0;
        scroll.min(half) + (half - (room - scroll)).max(0.0)
    }
}

/// Where a column comes to stand that follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Followed {
    pub scroll: f32,
    /// The tag of the tie nearest to the eye; `None` where the two texts share nothing.
    pub anchor: Option<usize>,
}

/// Puts `follower` level with `leader`. `side` says which of [`Tie::places`] is the leader's; the two functions tell the
/// height of a byte in the text of the leader and of the follower, and ascend with it.
pub fn follow(
    leader: Stand,
    follower: Stand,
    chain: &Chain,
    side: usize,
    leader_y: impl Fn(usize) -> f32,
    follower_y: impl Fn(usize) -> f32,
) -> Followed {
    let [of_leader, of_follower] = if side == 0 { [0, 1] } else { [1, 0] };
    let eye = leader.eye();
    let at = leader.scroll.clamp(0.0, leader.room()) + eye;
    let ties = chain.ties();
    let point = |tie: &Tie| (leader_y(tie.places[of_leader]), follower_y(tie.places[of_follower]));
    let next = ties.partition_point(|tie| leader_y(tie.places[of_leader]) <= at);
    let before = next.checked_sub(1).and_then(|idx| ties.get(idx));
    let after = ties.get(next);
    let from = before.map_or((0.0, 0.0), point);
    let to = after.map_or((leader.text, follower.text), point);
    let share = if to.0 > from.0 { ((at - from.0) / (to.0 - from.0)).clamp(0.0, 1.0) } else { 0.0 };
    let level = from.1 + (to.1 - from.1) * share;
    let distance = |tie: &Tie| (leader_y(tie.places[of_leader]) - at).abs();
    let anchor = before.into_iter().chain(after).min_by(|one, other| distance(one).total_cmp(&distance(other)));
    Followed { scroll: (level - eye).clamp(0.0, follower.room()), anchor: anchor.map(|tie| tie.tag) }
}

/// Which of several columns the reader scrolls: the one that stands elsewhere than it was put.
#[derive(Clone, Debug, PartialEq)]
pub struct Leader<K> {
    put: BTreeMap<K, f32>,
    leader: Option<K>,
}

impl<K> Default for Leader<K> {
    fn default() -> Self {
        Self { put: BTreeMap::new(), leader: None }
    }
}

impl<K: Ord + Copy> Leader<K> {
    /// The column that leads, once one has been scrolled.
    pub fn current(&self) -> Option<K> {
        self.leader
    }

    /// Says where a column stands that was moved by the program: a place that was gone to, or text that grew above.
    pub fn put(&mut self, column: K, scroll: f32) {
        self.put.insert(column, scroll);
    }

    /// Makes a column lead, for one that was gone to.
    pub fn lead(&mut self, column: K) {
        self.leader = Some(column);
    }

    /// Takes note of where the columns of this frame stand. Returns the one that was scrolled since they were put: the
    /// others are to follow it. A column seen for the first time is taken as it stands.
    pub fn note(&mut self, columns: &[(K, f32)]) -> Option<K> {
        let mut moved: Option<(K, f32)> = None;
        for &(column, scroll) in columns {
            let by = self.put.get(&column).map_or(0.0, |put| (scroll - put).abs());
            if by > STILL && moved.is_none_or(|(_, most)| by > most) {
                moved = Some((column, by));
            }
        }
        // What is no longer shown leads nobody.
        self.put = columns.iter().copied().collect();
        self.leader = self.leader.filter(|leader| self.put.contains_key(leader));
        if let Some((column, _)) = moved {
            self.leader = Some(column);
        }
        moved.map(|(column, _)| column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(left: usize, right: usize) -> Tie {
        Tie { places: [left, right], weight: 3, is_pin: false, tag: left }
    }

    fn stand(scroll: f32, text: f32) -> Stand {
        Stand { scroll, view: 400.0, text }
    }

    /// A byte is a point in both texts.
    fn points(byte: usize) -> f32 {
        byte as f32
    }

    #[test]
    fn a_place_of_the_chain_is_level_in_both() {
        let chain = Chain::new(vec![tie(1000, 600), tie(2000, 2500)]);
        // The eye of the leader, in the middle of its view, is on byte 1000.
        let followed = follow(stand(800.0, 3000.0), stand(0.0, 3000.0), &chain, 0, points, points);
        assert_eq!(followed, Followed { scroll: 400.0, anchor: Some(1000) });
        let halfway = follow(stand(1300.0, 3000.0), stand(0.0, 3000.0), &chain, 0, points, points);
        assert_eq!(halfway.scroll, f32::midpoint(600.0, 2500.0) - 200.0);
        let back = follow(stand(400.0, 3000.0), stand(0.0, 3000.0), &chain, 1, points, points);
        assert_eq!(back, Followed { scroll: 800.0, anchor: Some(1000) });
    }

    #[test]
    fn both_begin_and_end_together_whatever_they_share() {
        for ties in [vec![], vec![tie(100, 440)], vec![tie(490, 5), tie(5, 2)]] {
            let chain = Chain::new(ties);
            for (text, other) in [(3000.0, 2000.0), (500.0, 2000.0), (3000.0, 450.0)] {
                let top = follow(stand(0.0, text), stand(70.0, other), &chain, 0, points, points);
                let end = follow(stand(text - 400.0, text), stand(0.0, other), &chain, 0, points, points);
                assert_eq!((top.scroll, end.scroll), (0.0, other - 400.0), "{chain:?} {text} {other}");
            }
        }
    }

    #[test]
    fn a_text_that_fits_stays_where_it_is() {
        let chain = Chain::new(vec![tie(50, 60)]);
        let followed = follow(stand(500.0, 3000.0), stand(0.0, 300.0), &chain, 0, points, points);
        assert_eq!(followed.scroll, 0.0);
        let short = follow(stand(0.0, 300.0), stand(500.0, 3000.0), &chain, 0, points, points);
        assert_eq!(short.scroll, 0.0);
    }

    #[test]
    fn a_follower_goes_on_as_its_leader_does() {
        let chain = Chain::new(vec![tie(700, 300), tie(1500, 1600), tie(1600, 2600)]);
        let mut last = -1.0;
        for scroll in (300..2600).step_by(10) {
            let followed = follow(stand(scroll as f32, 3000.0), stand(0.0, 3000.0), &chain, 0, points, points);
            assert!(followed.scroll >= last || scroll > 2400, "{scroll}: {followed:?} after {last}");
            last = followed.scroll;
        }
    }

    #[test]
    fn a_pin_stays_and_what_crosses_it_goes() {
        let pin = Tie { is_pin: true, weight: 0, ..tie(500, 100) };
        let chain = Chain::new(vec![tie(100, 400), tie(200, 500), pin, tie(600, 700)]);
        let kept: Vec<usize> = chain.ties().iter().map(|tie| tie.tag).collect();
        assert_eq!(kept, [500, 600]);
    }

    #[test]
    fn the_column_that_was_scrolled_leads() {
        let mut leader = Leader::default();
        assert_eq!(leader.note(&[(1, 40.0), (2, 0.0), (3, 7.0)]), None, "as they stand");
        assert_eq!(leader.note(&[(1, 40.0), (2, 90.0), (3, 7.0)]), Some(2));
        leader.put(1, 130.0);
        leader.put(3, 60.0);
        assert_eq!(leader.note(&[(1, 130.4), (2, 90.0), (3, 60.0)]), None, "they follow, nobody scrolls");
        assert_eq!(leader.current(), Some(2));
        assert_eq!(leader.note(&[(1, 100.0), (2, 90.0), (3, 60.0)]), Some(1));
        assert_eq!(leader.note(&[(2, 90.0), (3, 60.0)]), None);
        assert_eq!(leader.current(), None, "it is gone");
    }
}
