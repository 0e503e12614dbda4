//! One article from its number: topic, cast, places and date are drawn, then the grammar writes it paragraph by paragraph.

use jiff::civil::{Date, date};
use throughline::text::ByteRange;
use throughline::text::calendar::MONTHS;

use super::grammar::{Class, Grammar, Pen};
use super::rng::Rng;
use super::words::{Lexicon, TopicWords, plural};

/// Articles are of so many words, give or take a third.
const N_WORDS: usize = 400;

/// Days over which articles are spread.
const N_DAYS: usize = 15 * 365;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const SMALL: [&str; 11] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// An article before anything was planted in it.
pub struct Article {
    pub topic: usize,
    pub published: Date,
    pub outlet: String,
    pub text: String,
    pub title: ByteRange,
    pub byline: ByteRange,
    pub paragraphs: Vec<ByteRange>,
    /// Where sentences of paragraphs end.
    pub sentence_ends: Vec<usize>,
}

/// Writes article `number`; it needs none of the others.
pub fn write(seed: u64, number: u64, lexicon: &Lexicon, grammar: &Grammar) -> Article {
    let mut rng = Rng::of(seed, "article", number);
    let topic = rng.rank(lexicon.topics.len(), 12.0);
    let published = date(2010, 1, 1).saturating_add(jiff::Span::new().days(rng.below(N_DAYS) as i64));
    let outlet = lexicon.names.outlet(rng.rank(120, 20.0) as u64);
    let target = rng.within(N_WORDS * 2 / 3, N_WORDS * 4 / 3);
    let mut writer = Writer::new(rng, topic, published, lexicon);

    grammar.write("title", &mut writer);
    let title = ByteRange::new(0, writer.text.len());
    let (given, surname) = lexicon.names.person(writer.rng.rank(5000, 100.0) as u64 + (1 << 40));
    writer.text.push_str(&format!("\n\nBy {given} {surname}"));
    let byline = ByteRange::new(title.end + 2, writer.text.len());

    let (mut paragraphs, mut sentence_ends) = (Vec::new(), Vec::new());
    while writer.n_words < target {
        let start = writer.open_paragraph();
        let n_sentences = if paragraphs.is_empty() { 1 } else { writer.rng.within(1, 5) };
        for _ in 0..n_sentences {
            grammar.write(if paragraphs.is_empty() { "opening" } else { "sentence" }, &mut writer);
            sentence_ends.push(writer.text.len());
        }
        paragraphs.push(ByteRange::new(start, writer.text.len()));
    }
    writer.text.shrink_to_fit();
    Article { topic, published, outlet, text: writer.text, title, byline, paragraphs, sentence_ends }
}

/// A person of the article.
struct Figure {
    given: &'static str,
    surname: String,
    office: String,
    was_named: bool,
}

/// Puts words into a text: spaces, capitals, "a" or "an", and who has been named already.
struct Writer<'a> {
    rng: Rng,
    lexicon: &'a Lexicon,
    topic: &'a TopicWords,
    published: Date,
    cast: Vec<Figure>,
    places: Vec<String>,
    /// What this article comes back to.
    keywords: Vec<&'a str>,
    text: String,
    n_words: usize,
    is_capital: bool,
    /// Nothing stands between the last character and the next word.
    is_glued: bool,
    /// An article waits to see the word it stands before.
    has_article: bool,
}

impl<'a> Writer<'a> {
    fn new(mut rng: Rng, topic_idx: usize, published: Date, lexicon: &'a Lexicon) -> Self {
        let topic = &lexicon.topics[topic_idx];
        let figure = |rng: &mut Rng| {
            // Some people are in the news of their topic year after year, most only once.
            let number = rng.rank(200_000, 60.0) as u64 + ((topic_idx as u64 + 1) << 32);
            let (given, surname) = lexicon.names.person(number);
            let rng = &mut Rng::of(0, "office", number);
            let role = if rng.chance(0.5) {
                lexicon.roles[rng.below(lexicon.roles.len())]
            } else {
                topic.roles[rng.below(topic.roles.len())]
            };
            let office = match rng.below(3) {
                0 => format!("{} {role}", rng.pick(&topic.bodies)),
                1 => format!("{} {role}", lexicon.names.place(rng.rank(2000, 60.0) as u64)),
                _ => role.to_owned(),
            };
            Figure { given, surname, office, was_named: false }
        };
        let cast = (0..rng.within(3, 6)).map(|_| figure(&mut rng)).collect();
        let places = (0..3).map(|_| lexicon.names.place(rng.rank(100_000, 60.0) as u64)).collect();
        let mut keywords: Vec<&str> = (0..8).map(|_| *rng.pick(&topic.nouns)).collect();
        keywords.extend((0..5).map(|_| rng.pick(&lexicon.nouns).as_str()));
        Self {
            rng,
            lexicon,
            topic,
            published,
            cast,
            places,
            keywords,
            text: String::with_capacity(N_WORDS * 8),
            n_words: 0,
            is_capital: true,
            is_glued: true,
            has_article: false,
        }
    }

    fn open_paragraph(&mut self) -> usize {
        self.text.push_str("\n\n");
        (self.is_capital, self.is_glued) = (true, true);
        self.text.len()
    }

    /// Writes words with a space before them.
    fn put(&mut self, words: &str) {
        if self.has_article {
            self.has_article = false;
            let is_vowel = words.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O', '8'])
                || (words.starts_with('u') && !words.starts_with("un") && !words.starts_with("us"))
                || (words.starts_with("un") && !words.starts_with("uni"));
            self.put(if is_vowel { "an" } else { "a" });
        }
        if !self.is_glued {
            self.text.push(' ');
        }
        let mut rest = words.chars();
        match rest.next().filter(|_| self.is_capital) {
            Some(first) => self.text.extend(first.to_uppercase().chain(rest)),
            None => self.text.push_str(words),
        }
        self.n_words += 1 + words.bytes().filter(|&byte| byte == b' ').count();
        (self.is_capital, self.is_glued) = (false, false);
    }

    fn noun(&mut self) -> String {
        let lexicon = self.lexicon;
        let rng = &mut self.rng;
        match rng.below(100) {
            0..26 => (*rng.pick(&self.keywords)).to_owned(),
            26..42 => (*rng.pick(&self.topic.nouns)).to_owned(),
            42..82 => rng.pick_ranked(&lexicon.nouns, 60.0).clone(),
            82..95 => rng.pick_ranked(&lexicon.rare_nouns, 300.0).clone(),
            _ => lexicon.compound(rng),
        }
    }

    /// Somebody without a name.
    fn agent(&mut self) -> String {
        let (lexicon, topic) = (self.lexicon, self.topic);
        let from = match self.rng.below(10) {
            0..4 => &topic.roles,
            4..5 => &lexicon.roles,
            _ => &lexicon.agents,
        };
        from[self.rng.below(from.len())].to_owned()
    }

    fn verb(&mut self) -> &'a super::words::Verb {
        let (lexicon, topic) = (self.lexicon, self.topic);
        match self.rng.below(10) {
            0..3 => self.rng.pick(&topic.verbs),
            3..9 => self.rng.pick(&lexicon.verbs),
            _ => self.rng.pick_ranked(&lexicon.rare_verbs, 100.0),
        }
    }

    fn adjective(&mut self) -> &'a str {
        let (lexicon, topic) = (self.lexicon, self.topic);
        match self.rng.below(10) {
            0..3 => topic.adjectives[self.rng.below(topic.adjectives.len())],
            3..9 => self.rng.pick_ranked::<String>(&lexicon.adjectives, 60.0),
            _ => self.rng.pick_ranked::<String>(&lexicon.rare_adjectives, 100.0),
        }
    }

    /// Somebody, in full with the office at the first place and by the surname after it.
    fn figure(&mut self, is_short: bool) {
        let idx = self.rng.rank(self.cast.len(), 2.0);
        let figure = &mut self.cast[idx];
        let words = if std::mem::replace(&mut figure.was_named, true) || is_short {
            figure.surname.clone()
        } else {
            format!("{} {} {}", figure.office, figure.given, figure.surname)
        };
        self.put(&words);
    }

    fn number(&mut self) -> String {
        let rng = &mut self.rng;
        match rng.below(20) {
            0..12 => rng.within(13, 999).to_string(),
            12..16 => (rng.within(2, 99) * 100).to_string(),
            _ => format!("{},{:03}", rng.within(1, 90), rng.below(1000)),
        }
    }

    fn place(&mut self) -> String {
        if self.rng.chance(0.6) {
            return self.rng.pick(&self.places).clone();
        }
        self.lexicon.names.place(self.rng.rank(100_000, 60.0) as u64)
    }
}

impl Pen for Writer<'_> {
    fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    fn word(&mut self, word: &'static str) {
        match word {
            "a" => self.has_article = true,
            "“" => {
                self.put(word);
                (self.is_capital, self.is_glued) = (true, true);
                self.n_words -= 1;
            }
            "," | "." | "?" | ":" | "”" | "'s" => {
                self.text.push_str(if word == "'s" { "’s" } else { word });
                self.is_capital |= word == ".";
            }
            _ => self.put(word),
        }
    }

    fn class(&mut self, class: Class) {
        let lexicon = self.lexicon;
        let words = match class {
            Class::Noun => self.noun(),
            Class::Nouns => plural(&self.noun()),
            Class::Term => (*self.rng.pick(&self.topic.terms)).clone(),
            Class::Adjective => self.adjective().to_owned(),
            Class::Adverb => self.rng.pick(&lexicon.adverbs).clone(),
            Class::Verb => self.verb().base.clone(),
            Class::Verbs => self.verb().present(),
            Class::Past => self.verb().past.clone(),
            Class::Participle => self.verb().participle.clone(),
            Class::Verbing => self.verb().ing.clone(),
            Class::Move => self.rng.pick(&lexicon.moves).base.clone(),
            Class::Moved => self.rng.pick(&lexicon.moves).past.clone(),
            Class::Control => self.rng.pick(&lexicon.controls).clone(),
            Class::Cast => return self.figure(false),
            Class::Surname => return self.figure(true),
            Class::Agent => self.agent(),
            Class::Agents => plural(&self.agent()),
            Class::Small => (*self.rng.pick(&SMALL)).to_owned(),
            Class::Body => (*self.rng.pick(&self.topic.bodies)).to_owned(),
            Class::Place => self.place(),
            Class::Outlet => format!("the {}", lexicon.names.outlet(self.rng.rank(120, 20.0) as u64)),
            Class::Number => self.number(),
            Class::Year => (i64::from(self.published.year()) - self.rng.within(1, 20) as i64).to_string(),
            Class::Month => (*self.rng.pick(&MONTHS)).to_owned(),
            Class::Weekday => (*self.rng.pick(&WEEKDAYS)).to_owned(),
            Class::Date => format!("{} {}", self.rng.within(1, 28), self.rng.pick(&MONTHS)),
        };
        self.put(&words);
    }
}
