//! Passages carried from one article into another, with some words changed on the way, and where they stand.

use throughline::text::ByteRange;

use super::article::Article;
use super::rng::Rng;
use super::words::Lexicon;

/// Shortest and longest passage that is planted, in words.
pub const N_WORDS: (usize, usize) = (8, 60);

/// So many sources are looked at for room before a passage is left out.
const N_TRIES: usize = 60;

/// How many words of a passage were changed, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub replaced: usize,
    pub deleted: usize,
    pub inserted: usize,
    pub swapped: usize,
}

impl Changes {
    pub fn sum(self) -> usize {
        self.replaced + self.deleted + self.inserted + self.swapped
    }
}

/// A passage on its way: from article `source` into article `copy`, by their places in the corpus.
#[derive(Clone, Debug)]
pub struct Carried {
    pub source: usize,
    pub source_range: ByteRange,
    pub copy: usize,
    pub copy_range: ByteRange,
    /// Words of the source.
    pub n_words: usize,
    pub changes: Changes,
}

/// What an article is to others. Three in ten give, three in ten take, four in ten are about the same and do neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Source,
    Copy,
    Bystander,
}

impl Part {
    pub fn of(number: usize) -> Self {
        match number % 10 {
            0 | 3 | 6 => Self::Source,
            1 | 4 | 8 => Self::Copy,
            _ => Self::Bystander,
        }
    }
}

/// Plants passages with `noise` (0.0..=1.0) of their words changed; the articles that take them get a new text.
pub fn plant(articles: &mut [Article], seed: u64, noise: f64, lexicon: &Lexicon) -> Vec<Carried> {
    let mut sources = Sources::of(articles, lexicon.topics.len());
    let mut carried = Vec::new();
    for idx in (0..articles.len()).filter(|&idx| Part::of(idx) == Part::Copy) {
        let mut rng = Rng::of(seed, "plant", idx as u64);
        let n_passages = [1, 1, 1, 2, 3][rng.below(5)];
        let mut additions = Vec::new();
        for _ in 0..n_passages {
            let n_words = rng.within(N_WORDS.0, N_WORDS.1);
            let Some((source, source_range)) = sources.find(articles, idx, n_words, &mut rng) else { continue };
            let original = source_range.of(&articles[source].text);
            let topic = articles[source].topic;
            let (words, changes) = changed(original, noise, topic, lexicon, &mut rng);
            let starts_sentence = original.starts_with(char::is_uppercase);
            let lead = if starts_sentence { String::new() } else { lead(&articles[source].outlet, &mut rng) };
            additions.push(Addition { source, source_range, n_words, changes, lead, words });
        }
        carried.extend(splice(&mut articles[idx], idx, additions, &mut rng));
    }
    carried
}

/// Words that lead into a passage which begins in the middle of its sentence.
fn lead(outlet: &str, rng: &mut Rng) -> String {
    match rng.below(4) {
        0 => format!("The {outlet} wrote: "),
        1 => format!("From the {outlet}: "),
        2 => "On record: ".to_owned(),
        _ => format!("{outlet}, earlier: "),
    }
}

struct Addition {
    source: usize,
    source_range: ByteRange,
    n_words: usize,
    changes: Changes,
    lead: String,
    words: String,
}

/// Writes the article anew with the additions after some of its sentences.
fn splice(article: &mut Article, idx: usize, additions: Vec<Addition>, rng: &mut Rng) -> Vec<Carried> {
    let mut places: Vec<usize> = additions.iter().map(|_| *rng.pick(&article.sentence_ends)).collect();
    places.sort_unstable();
    let (mut text, mut done, mut carried) = (String::with_capacity(article.text.len() + 800), 0, Vec::new());
    let mut grown = Vec::new();
    for (addition, place) in additions.into_iter().zip(places) {
        text.push_str(&article.text[done..place]);
        done = place;
        let before = text.len();
        text.push(' ');
        text.push_str(&addition.lead);
        let start = text.len();
        text.push_str(&addition.words);
        let copy_range = ByteRange::new(start, text.len());
        if !addition.words.ends_with(['.', '”', '?']) {
            text.truncate(text.trim_end_matches([',', ':']).len().max(copy_range.end));
            text.push('.');
        }
        grown.push((place, text.len() - before));
        let Addition { source, source_range, n_words, changes, .. } = addition;
        carried.push(Carried { source, source_range, copy: idx, copy_range, n_words, changes });
    }
    text.push_str(&article.text[done..]);
    text.shrink_to_fit();
    article.text = text;
    for range in &mut article.paragraphs {
        let by = |at: usize, is_end: bool| -> usize {
            grown.iter().filter(|&&(place, _)| place < at || (is_end && place == at)).map(|&(_, n_bytes)| n_bytes).sum()
        };
        *range = ByteRange::new(range.start + by(range.start, false), range.end + by(range.end, true));
    }
    carried
}

/// The articles that passages are taken from, and what is left of them.
struct Sources {
    all: Vec<usize>,
    by_topic: Vec<Vec<usize>>,
    /// Paragraphs that gave a passage, by article.
    used: Vec<Vec<usize>>,
}

impl Sources {
    fn of(articles: &[Article], n_topics: usize) -> Self {
        let all: Vec<usize> = (0..articles.len()).filter(|&idx| Part::of(idx) == Part::Source).collect();
        let mut by_topic = vec![Vec::new(); n_topics];
        for &idx in &all {
            by_topic[articles[idx].topic].push(idx);
        }
        Self { all, by_topic, used: vec![Vec::new(); articles.len()] }
    }

    /// A passage of `n_words` for article `copy`: mostly of its topic, of an earlier day where one has room.
    fn find(&mut self, articles: &[Article], copy: usize, n_words: usize, rng: &mut Rng) -> Option<(usize, ByteRange)> {
        for n_tries in 0..N_TRIES {
            let topical = &self.by_topic[articles[copy].topic];
            let from = if topical.is_empty() || rng.chance(0.25) { &self.all } else { topical };
            if from.is_empty() {
                return None;
            }
            let source = *rng.pick(from);
            if articles[source].published > articles[copy].published && n_tries < N_TRIES / 2 {
                continue;
            }
            let article = &articles[source];
            let paragraph = rng.below(article.paragraphs.len());
            let range = article.paragraphs[paragraph];
            let starts = word_starts(range.of(&article.text));
            if starts.len() < n_words || self.used[source].contains(&paragraph) {
                continue;
            }
            self.used[source].push(paragraph);
            let first = rng.below(starts.len() - n_words + 1);
            let end = starts.get(first + n_words).map_or(range.len(), |next| next - 1);
            return Some((source, ByteRange::new(range.start + starts[first], range.start + end)));
        }
        None
    }
}

/// Where the words of a paragraph begin; one space stands between two.
fn word_starts(paragraph: &str) -> Vec<usize> {
    std::iter::once(0).chain(paragraph.match_indices(' ').map(|(at, _)| at + 1)).collect()
}

/// The words with `noise` of them changed: a quarter each replaced, deleted, put in, and swapped with the next.
fn changed(original: &str, noise: f64, topic: usize, lexicon: &Lexicon, rng: &mut Rng) -> (String, Changes) {
    let mut words: Vec<Option<String>> = original.split(' ').map(|word| Some(word.to_owned())).collect();
    let n_changes = (noise * words.len() as f64 + rng.unit()) as usize;
    let mut places: Vec<usize> = (0..words.len()).collect();
    for idx in 0..n_changes.min(places.len()) {
        let other = idx + rng.below(places.len() - idx);
        places.swap(idx, other);
    }
    places.truncate(n_changes);
    places.sort_unstable();
    let mut changes = Changes::default();
    let first_kind = rng.below(4);
    for (idx, &place) in places.iter().enumerate() {
        let kind = (first_kind + idx) % 4;
        match kind {
            0 => {
                let old = words[place].take();
                words[place] = Some(other_word(old.as_deref(), topic, lexicon, rng));
                changes.replaced += 1;
            }
            1 => {
                words[place] = None;
                changes.deleted += 1;
            }
            2 => {
                let new = other_word(None, topic, lexicon, rng);
                words[place] = words[place].take().map(|word| format!("{new} {word}"));
                changes.inserted += 1;
            }
            _ => {
                let next = if place + 1 < words.len() { place + 1 } else { place - 1 };
                words.swap(place, next);
                changes.swapped += 1;
            }
        }
    }
    (words.into_iter().flatten().collect::<Vec<_>>().join(" "), changes)
}

/// A word that is not `old`.
fn other_word(old: Option<&str>, topic: usize, lexicon: &Lexicon, rng: &mut Rng) -> String {
    loop {
        let word = match rng.below(4) {
            0 => (*rng.pick(&lexicon.topics[topic].nouns)).to_owned(),
            1 => rng.pick(&lexicon.adjectives).clone(),
            2 => rng.pick(&lexicon.verbs).past.clone(),
            _ => rng.pick(&lexicon.rare_nouns).clone(),
        };
        if old.is_none_or(|old| old.trim_matches([',', '.', '“', '”']) != word) {
            return word;
        }
    }
}
