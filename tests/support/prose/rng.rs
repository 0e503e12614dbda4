//! Chance that is the same on every machine: splitmix64 (Steele, Lea and Flood, OOPSLA 2014) and what is drawn with it.
//!
//! No clock, no hash of the standard library; a generator for a thing is made from the seed and the thing's number, so
//! the thousandth article needs none of those before it.

/// A stream of random numbers. Clones go on alike.
#[derive(Clone, Debug)]
pub struct Rng(u64);

/// Spreads a number over all bits.
fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

impl Rng {
    /// The stream of thing number `number` of kind `kind`.
    pub fn of(seed: u64, kind: &str, number: u64) -> Self {
        let kind = kind.bytes().fold(seed, |state, byte| mixed(state ^ u64::from(byte)));
        Self(mixed(kind ^ mixed(number)))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// From 0.0 up to but never 1.0.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number below `n`; 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number from `first` to `last`, both included.
    pub fn within(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// True in `share` of the cases.
    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// Any one of `from`, which holds something.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A rank from 0 below `n`, the lower the likelier: Zipf's law as Mandelbrot bends it, `1 / (rank + bend)`.
    pub fn rank(&mut self, n: usize, bend: f64) -> usize {
        let rank = bend * ((n as f64 + bend) / bend).powf(self.unit()) - bend;
        (rank as usize).min(n.saturating_sub(1))
    }

    /// One of `from`, earlier ones likelier.
    pub fn pick_ranked<'a, T>(&mut self, from: &'a [T], bend: f64) -> &'a T {
        &from[self.rank(from.len(), bend)]
    }
}
