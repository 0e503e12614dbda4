//! Names that nobody has: people, places, newspapers. The lower the number, the oftener a name is used; there is no last
//! one, so that new names keep coming as a corpus grows, as they do in news.

use super::rng::Rng;

const GIVEN: &str = "Anna Peter Maria Thomas Elena David Ingrid Samuel Clara Ahmed Lucia Martin Sofia Daniel Yusuf Helen \
Viktor Laura Omar Judith Pavel Nadia Robert Amara Stefan Rosa Henrik Leila Simon Beatrice Kofi Irene Andrei Carla Hugo \
Miriam Felix Aisha Edwin Greta Tariq Olivia Marek Paula Jonas Fatima Adrian Ruth Emeka Teresa Oscar Lena Rafael Agnes \
Dmitri Celia Walter Zainab Anton Frida Mateo Esther Bruno Alma Kenji Nora Gilbert Vera Idris Marta Leon Hana Cyril \
Amelia Goran Renata Philip Suda Matthias Petra Arun Eva Tobias Mina Conrad Lydia Jamal Astrid Ivan Flora Nils Dalia \
Ernest Priya Gustav Salma Theo Wanda Luis Karin Abel Yara";

const OPENINGS: &str = "Mar Bel Hol Kov Tor Ven Lan Gar Ost Ber Fal Nor Sten Wal Kar Dun Har Mol Rad Sel Tam Vor Wes Zel Al Bran Cor Dal \
Ek Fen Gold Hal Ir Jan Kell Lor Mor Nev Ol Pet Quin Ros Sal Thor Ul Var Wick Yar Ash Bor Cal Der El Fros Gil Hed";
const MIDDLES: &str = "a e i o u en an er in ar el or is ov at il on am ed ur";
const SURNAME_ENDS: &str = "son sen berg ski ova man ton ley ini ez ard stein wick field ic enko lund ford ri well quist ham \
vik dal eau os ides kin lo ya den mark bury";
const PLACE_ENDS: &str = "ton burg haven ford stad mouth field minster by grad port dale wick ville stead holm sund bridge \
ora ana este ino avik low";
const OUTLETS: &str = "Post|Times|Herald|Gazette|Courier|Tribune|Observer|Chronicle|Standard|Mail|Journal|Telegraph|Echo|\
Dispatch|Examiner|Monitor|Sentinel|News Agency|Public Radio|Broadcasting";

/// The parts of names, ready to be joined.
pub struct Names {
    given: Vec<&'static str>,
    openings: Vec<&'static str>,
    middles: Vec<&'static str>,
    surname_ends: Vec<&'static str>,
    place_ends: Vec<&'static str>,
    outlets: Vec<&'static str>,
}

impl Names {
    pub fn new() -> Self {
        let split = |list: &'static str| list.split_ascii_whitespace().collect();
        Self {
            given: split(GIVEN),
            openings: split(OPENINGS),
            middles: split(MIDDLES),
            surname_ends: split(SURNAME_ENDS),
            place_ends: split(PLACE_ENDS),
            outlets: OUTLETS.split('|').collect(),
        }
    }

    /// Somebody: `(given name, surname)`.
    pub fn person(&self, number: u64) -> (&'static str, String) {
        let rng = &mut Rng::of(0, "person", number);
        (self.given[rng.below(self.given.len())], self.coined(rng, &self.surname_ends))
    }

    /// A town.
    pub fn place(&self, number: u64) -> String {
        let rng = &mut Rng::of(0, "place", number);
        let name = self.coined(rng, &self.place_ends);
        match rng.below(16) {
            0 => format!("Port {name}"),
            1 => format!("New {name}"),
            2 => format!("{name} Bay"),
            3 => format!("West {name}"),
            _ => name,
        }
    }

    /// A newspaper, a station or an agency.
    pub fn outlet(&self, number: u64) -> String {
        let rng = &mut Rng::of(0, "outlet", number);
        format!("{} {}", self.coined(rng, &self.place_ends), rng.pick(&self.outlets))
    }

    fn coined(&self, rng: &mut Rng, ends: &[&str]) -> String {
        let mut name = (*rng.pick(&self.openings)).to_owned();
        for part in
            (0..rng.within(0, 2)).map(|_| *rng.pick(&self.middles)).collect::<Vec<_>>().iter().chain([rng.pick(ends)])
        {
            // The same letter twice reads like a slip.
            let part = if name.as_bytes().last() == part.as_bytes().first() { &part[1..] } else { part };
            name.push_str(part);
        }
        name
    }
}
