//! Where columns and spines stand in a given room. Pure: widths in, places out.
//!
//! From the first column on, as many stand as fit at their least width, with room for one spine where others wait. What
//! is left of the room goes to the columns that share it, and to more spines of waiting articles, nearest first. `O(n)`
//! in what is in sight, however many articles wait.

use crate::gui::shown::Ask;
use crate::gui::theme::space;

/// A column is never made narrower than this by hand, in points.
pub const NARROWEST: f32 = 220.0;
/// Nor wider.
pub const WIDEST: f32 = 1200.0;

/// The room that the columns have, and what they ask of it. In points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    pub width: f32,
    /// Columns that share the room are at least this wide.
    pub least: f32,
    /// And at most this wide.
    pub widest: f32,
}

impl Default for Room {
    fn default() -> Self {
        Self { width: space::COLUMN, least: space::COLUMN, widest: space::WIDEST_COLUMN }
    }
}

/// One article's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// Its place among the articles in columns.
    pub idx: usize,
    pub left: f32,
    pub width: f32,
    pub kind: Kind,
}

/// What stands in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Column,
    /// A column that the reader narrowed.
    Narrow,
    /// An article that waits; behind it wait so many more that have no spine.
    Waiting {
        n_more: usize,
    },
}

/// How the room is divided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    /// From left to right.
    pub slots: Vec<Slot>,
    /// Air at the left and right of few columns on a wide screen, which stand like pages on a desk.
    pub margin: f32,
}

impl Room {
    /// The least that a column takes.
    fn least_of(&self, ask: Ask) -> f32 {
        match ask {
            Ask::Shared => self.least,
            Ask::Own(width) => width.clamp(NARROWEST, WIDEST),
            Ask::Narrow => space::SPINE,
        }
    }

    /// How many of `n` articles stand from `first` on, at least one where there is any.
    pub fn n_fit(&self, n: usize, ask: &dyn Fn(usize) -> Ask, first: usize) -> usize {
        let mut taken = 0.0;
        let mut n_fit = 0;
        for idx in first..n {
            taken += self.least_of(ask(idx));
            let waits = if n_fit + 1 < n { space::SPINE } else { 0.0 };
            if n_fit > 0 && taken + waits > self.width {
                break;
            }
            n_fit += 1;
        }
        n_fit
    }

    /// The first column nearest to `first` that leaves no room empty at the end.
    pub fn settled(&self, n: usize, ask: &dyn Fn(usize) -> Ask, first: usize) -> usize {
        let mut first = first.min(n.saturating_sub(1));
        while first > 0 && first - 1 + self.n_fit(n, ask, first - 1) >= n {
            first -= 1;
        }
        first
    }

    /// The first column that brings article `idx` into view, moving as little as possible.
    pub fn first_for(&self, n: usize, ask: &dyn Fn(usize) -> Ask, first: usize, idx: usize) -> usize {
        if idx < first {
            return idx;
        }
        // So many spines at most stand before it in any room.
        let n_slots = (self.width / space::SPINE).max(1.0) as usize;
        let mut first = first.max(idx.saturating_sub(n_slots));
        while first < idx && first + self.n_fit(n, ask, first) <= idx {
            first += 1;
        }
        first
    }

    /// Divides the room.
    pub fn arrange(&self, n: usize, ask: &dyn Fn(usize) -> Ask, first: usize) -> Arrangement {
        let n_fit = self.n_fit(n, ask, first);
        let last = first + n_fit;
        let least: f32 = (first..last).map(|idx| self.least_of(ask(idx))).sum();
        let (n_before, n_after) = n_spines(self.width - least, first, n - last);
        let room = self.width - (n_before + n_after) as f32 * space::SPINE;
        let fixed: f32 = (first..last).filter(|idx| ask(*idx) != Ask::Shared).map(|idx| self.least_of(ask(idx))).sum();
        let n_sharing = (first..last).filter(|idx| ask(*idx) == Ask::Shared).count();
        let shared = ((room - fixed) / n_sharing.max(1) as f32).clamp(0.0, self.widest);
        let taken = fixed + n_sharing as f32 * shared;
        let margin = ((room - taken) / 2.0).max(0.0);
        let mut places = Places { slots: Vec::new(), left: 0.0 };
        for idx in first - n_before..first {
            let n_more = if idx == first - n_before { idx } else { 0 };
            places.push(idx, space::SPINE, Kind::Waiting { n_more });
        }
        places.left += margin;
        for idx in first..last {
            match ask(idx) {
                Ask::Narrow => places.push(idx, space::SPINE, Kind::Narrow),
                // Alone in a narrow window, a column takes what there is.
                Ask::Own(_) => places.push(idx, self.least_of(ask(idx)).min(room.max(1.0)), Kind::Column),
                Ask::Shared => places.push(idx, shared, Kind::Column),
            }
        }
        places.left += margin;
        for idx in last..last + n_after {
            let n_more = if idx + 1 == last + n_after { n - idx - 1 } else { 0 };
            places.push(idx, space::SPINE, Kind::Waiting { n_more });
        }
        Arrangement { slots: places.slots, margin }
    }
}

struct Places {
    slots: Vec<Slot>,
    left: f32,
}

impl Places {
    fn push(&mut self, idx: usize, width: f32, kind: Kind) {
        self.slots.push(Slot { idx, left: self.left, width, kind });
        self.left += width;
    }
}

/// How many spines stand before and after the columns: as many as fit, those nearest to the columns, the room shared.
fn n_spines(room: f32, n_before: usize, n_after: usize) -> (usize, usize) {
    let n_shown = ((room / space::SPINE).max(0.0) as usize).min(n_before + n_after);
    let before = n_before.min((n_shown / 2).max(n_shown.saturating_sub(n_after)));
    (before, n_after.min(n_shown - before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(width: f32) -> Room {
        Room { width, ..Room::default() }
    }

    fn shared(_: usize) -> Ask {
        Ask::Shared
    }

    #[test]
    fn columns_fit_the_screens_they_are_made_for() {
        for (width, n, n_columns) in [(1068.0, 5, 3), (1708.0, 5, 5), (788.0, 5, 2), (200.0, 5, 1), (1280.0, 1, 1)] {
            assert_eq!(room(width).n_fit(n, &shared, 0), n_columns, "{width}");
        }
        assert_eq!(room(1068.0).n_fit(10_000, &shared, 0), 3);
        assert_eq!(room(1068.0).n_fit(0, &shared, 0), 0);
    }

    #[test]
    fn what_a_column_does_not_take_goes_to_the_others() {
        let ask = |idx: usize| [Ask::Shared, Ask::Narrow, Ask::Own(500.0), Ask::Shared, Ask::Shared][idx];
        let arrangement = room(1708.0).arrange(5, &ask, 0);
        let widths: Vec<f32> = arrangement.slots.iter().map(|slot| slot.width).collect();
        assert_eq!(widths, [393.333_34, 28.0, 500.0, 393.333_34, 393.333_34]);
        let last = arrangement.slots[4];
        assert!((last.left + last.width - 1708.0).abs() < 0.01);
    }

    #[test]
    fn few_columns_stand_in_the_middle_of_a_wide_screen() {
        let arrangement = room(1708.0).arrange(2, &shared, 0);
        assert_eq!((arrangement.margin, arrangement.slots[1].width), (254.0, 600.0));
    }

    #[test]
    fn a_column_comes_into_view_with_the_smallest_move() {
        let three = room(1068.0);
        assert_eq!([(0, 4), (2, 1), (1, 2)].map(|(first, idx)| three.first_for(5, &shared, first, idx)), [2, 1, 1]);
        let ask = |idx: usize| if idx == 3 { Ask::Own(700.0) } else { Ask::Shared };
        assert_eq!(three.first_for(5, &ask, 0, 3), 2);
        assert_eq!(three.first_for(10_000, &shared, 0, 9_999), 9_997);
    }

    #[test]
    fn no_room_is_left_empty_at_the_end() {
        assert_eq!(room(1068.0).settled(5, &shared, 4), 2);
        assert_eq!(room(1708.0).settled(5, &shared, 3), 0);
        assert_eq!(room(1068.0).settled(0, &shared, 3), 0);
    }

    #[test]
    fn spines_share_the_room_that_columns_leave() {
        assert_eq!(n_spines(108.0, 0, 5), (0, 3));
        assert_eq!(n_spines(108.0, 5, 0), (3, 0));
        assert_eq!(n_spines(108.0, 4, 4), (1, 2));
        assert_eq!(n_spines(500.0, 1, 1), (1, 1));
        assert_eq!(n_spines(-4.0, 1, 1), (0, 0));
        let waiting: Vec<Kind> = room(1068.0).arrange(10, &shared, 4).slots.iter().map(|slot| slot.kind).collect();
        assert_eq!((waiting[0], waiting[5]), (Kind::Waiting { n_more: 3 }, Kind::Waiting { n_more: 1 }));
    }

    #[test]
    fn every_width_gives_places_in_order_inside_it() {
        let ask = |idx: usize| match idx % 5 {
            0 => Ask::Own(idx as f32 * 100.0),
            3 => Ask::Narrow,
            _ => Ask::Shared,
        };
        for width in (0..4000).step_by(37) {
            for first in 0..12 {
                let room = room(width as f32);
                let first = room.settled(12, &ask, first);
                let slots = room.arrange(12, &ask, first).slots;
                assert!(slots.iter().any(|slot| slot.idx == first));
                assert!(slots.windows(2).all(|pair| pair[0].idx + 1 == pair[1].idx));
                assert!(slots.windows(2).all(|pair| pair[0].left + pair[0].width <= pair[1].left + 0.01));
                let right = slots.last().map_or(0.0, |slot| slot.left + slot.width);
                assert!(right <= room.width.max(NARROWEST.max(space::SPINE) * 2.0) + 0.01, "{width}: {right}");
            }
        }
    }
}
