//! A small phrase-structure grammar of news prose, as text that is read once.
//!
//! A line is `name = alternative | alternative`; an alternative may open with its weight and a colon. Words in small
//! letters stand for themselves, `<name>` for another rule, `<Name>` for a class of words. Deep down only first
//! alternatives are taken, so every sentence ends.

use std::collections::HashMap;

use super::rng::Rng;

const RULES: &str = r#"
title = <Body> <Verbs> <Adjective> <Noun> | <Adjective> <Agents> <Verb> <Place> <Noun> | <Place> <Verbs> <Noun> <Nouns> after <Noun> <Noun> | <Nouns> in <Place> <Move> as <Body> <Verbs> <Noun> | <Surname> <Verbs> <Adjective> <Noun> , <Verbs> <Noun> | <Number> <Adjective> <Agents> <Verb> <Place> <Noun> | <Body> to <Verb> <Noun> of <Nouns> near <Place> | <Verbing> the <Noun> : how <Place> <Past> its <Nouns>

opening = 3: <subject> <pred> <place> <day> . | 2: <subject> <pred> <day> , <source> . | 2: <count> <Agents> <Past> <object> <place> after <subject> <pred> . | 1: <subject> , <relative> , <pred> <day> .

sentence = 4: <subject> <pred> . | 2: <when> , <subject> <pred> . | 3: <when> , <subject> <pred> , <aside> . | 4: <reported> . | 4: <quote> | 2: <subject> , <relative> , <pred> . | 7: <subject> <pred> , <aside> . | 1: <Verbing> <object> , <subject> <pred> . | 2: <although> <subject> <pred> , <subject> <pred> . | 1: for <object> , <subject> <pred> . | 1: <nobody> <Past> <object> <place> , <source> . | 1: <count> <Nouns> <place> were <Participle> <when> , <compared> . | 1: <subject> <pred> and <pred> . | 1: what <Past> <subject> was <object> <place> . | 1: <object> and <object> had been <Participle> <when> , but <subject> <pred> . | 1: under <object> , <Agents> <place> <pred> . | 1: so <Adjective> was the <Noun> <place> that <subject> <pred> .

although = although | because | even though | after | before | while | once | as | until | since | now that | whenever | where
nobody = nobody | few <Agents> | <count> <Agents> | hardly any <Agent> | everyone | no <Agent> | most <Agents>
aside = 2: <Verbing> <object> | despite <object> | which <Past> <object> | a <Noun> that <Past> <object> | <source> | and <subject> <pred> | but <subject> <pred> | while <subject> <pred> | with <Nouns> <place> | not <object> | as <subject> <pred> | if <subject> <pred> | unless <subject> <pred> | so that <Agents> might <Verb> <object> | leaving <Nouns> <Participle> | <Small> <Nouns> after <object>
source = <person> said | <org> said | a <Agent> said | according to <object> | as <Surname> put it | <Agent> <Surname> told <Outlet> | <Nouns> showed | <org> confirmed <day> | <Agents> <place> recalled | records of <org> show
compared = up from <Number> <when> | down from <Number> <when> | against <Number> in <Year> | more than <when> | a <Noun> that <Past> <object> | <Number> more than <Agents> <Past>

subject = 4: <person> | 3: <org> | 3: <Adjective> <Agents> | 2: <Agents> <place> | 2: <count> <Agents> | 2: the <Agent> | 2: the <noun> | 2: the <Adjective> <noun> | 1: the <noun> of <thing> | 1: <Nouns> <place> | 1: <Place> 's <Agents> | 1: <Agents> and <Agents> alike | 1: its <Adjective> <noun> | 1: a <Noun> <pp> | 1: both <thing> and <thing> | 1: <Place> | 1: <Agents> who <Past> <thing> | 1: every <Agent> | 1: the <noun> <pp> | 1: <Agents> of <org> | 1: the <Participle> <noun>
object = 4: the <noun> | 4: a <Adjective> <noun> | 3: <Adjective> <Nouns> | 3: the <noun> of <thing> | 2: <Nouns> for <thing> | 1: <Place> 's <Adjective> <noun> | 3: the <Adjective> <noun> | 1: <count> <Nouns> | 1: its <noun> | 1: their <Nouns> | 1: <Noun> and <Noun> | 1: more <Nouns> than <Nouns> | 1: <person> | 1: another <noun> <pp> | 1: <org> 's <noun> | 1: the <Participle> <noun> | 1: <Agents> without <Nouns> | 1: a <noun> <pp> | 1: a <Noun> that <Agents> had <Participle>
thing = 3: the <Noun> | 3: <Nouns> | 3: a <Noun> | 1: <Place> | 2: <Adjective> <Nouns> | 2: the <Adjective> <Noun> | 1: <org> | 1: <Agents> | 1: a <Adjective> <Noun>
noun = 16: <Noun> | 1: <Term> | 3: <Noun> <Noun>

pred = 4: <Past> <object> | 5: <Past> <object> <pp> | 2: <Moved> <pp> | 2: would <Verb> <object> | 2: had <Participle> <object> | 2: <Control> to <Verb> <object> | 1: could not <Verb> <object> | 1: <Adverb> <Past> <object> | 1: might have <Participle> <object> | 1: <Moved> by <Small> percent <place> | 1: may <Verb> <object> <pp> | 1: <Moved> <Adverb> | 1: <Past> <object> and <Past> <object> | 1: must <Verb> <object> before <Month> | 1: <Past> <object> to <Verb> <thing> | 1: <Past> <object> instead of <Verbing> <thing> | 1: never <Past> <object> | 1: should <Verb> <object> | 1: did not <Verb> <object> | 1: <Past> <object> rather than <thing> | 1: kept <Verbing> <object>
pp = 2: in <thing> | 2: for <thing> | 1: on <thing> | 2: with <object> | 1: from <Place> | 1: near <Place> | 1: under <thing> | 1: before <thing> | 1: against <thing> | 1: over <thing> | 1: since <Month> | 1: at <org> | 1: between <Place> and <Place> | 1: without <thing> | 1: through <thing> | 1: <when> | 1: along the <Noun> | 1: by <Verbing> <thing> | 1: beyond <thing> | 1: within <thing> | 1: because of <thing>
place = 4: in <Place> | 1: near <Place> | 1: outside <Place> | 1: at the <Noun> | 1: across <Place> | 1: on the <Adjective> <Noun> | 1: north of <Place> | 1: along the <Noun> | 1: around <Place>
day = 5: on <Weekday> | 1: late on <Weekday> | 1: on <Date> | 1: <Weekday> night
when = 3: on <Weekday> | 2: in <Month> | 1: last <Month> | 1: in <Year> | 1: <Small> years ago | 1: earlier this year | 1: by <Month> <Year> | 1: <Small> weeks later | 1: on <Date> | 1: since <Year> | 2: during the <Noun> | 1: at the time | 1: so far | 2: after <thing> | 1: for <Small> days | 1: within hours | 1: once more | 1: by contrast | 2: in <Place> | 1: meanwhile | 1: since <thing> | 1: before the <Noun>

person = 3: <Cast> | 1: <Surname>
someone = <person> | a <Agent> from <Place> | <Surname> 's <Noun>
org = 2: the <Body> | 3: the <Place> <Body>
count = 3: <Number> | 1: some <Number> | 1: more than <Number> | 1: about <Number> | 1: at least <Number> | 1: several | 1: dozens of | 1: nearly <Number> | 1: a handful of | 1: fewer than <Number> | 2: <Small> | 1: many
relative = 2: who <Past> <object> <when> | 1: once a <Agent> in <Place> | 1: which <Past> <object> | 1: the <Noun> behind <thing> | 1: whose <Nouns> <Moved> <when> | 1: a <Adjective> <Noun> <place> | 1: long <Participle> by <thing> | 1: still <Verbing> <thing> | 1: together with <Agents> from <Place>

reported = 3: <person> <said> that <clause> | 2: <org> <said> that <clause> | 1: <person> , <relative> , <said> that <clause> | 1: <person> told <Outlet> that <clause> | 1: <Agents> <said> <clause> | 1: <person> <said> <day> that <clause> | 1: asked about <object> , <person> <said> that <clause> | 1: <person> expected <org> to <Verb> <object> | 1: <person> <said> she <pred> | 1: according to <someone> , <clause> | 1: <Agent> <Surname> did not say whether <clause>
said = 3: said | 1: added | 1: warned | 1: argued | 1: noted | 1: insisted | 1: explained | 1: claimed | 1: suggested | 1: conceded | 1: complained | 1: estimated | 1: predicted | 1: acknowledged
clause = 6: <subject> <pred> | 1: <subject> <pred> <when> | 1: <subject> <pred> , and that <subject> <pred> | 1: no <noun> <place> <Past> <object> | 1: it would <Verb> <object> | 1: if <subject> <pred> , <subject> <pred> | 1: too many <Agents> <Past> <object> | 1: <object> had been <Participle> <place>

quote = 4: “ <say> , ” <person> <said> . | 3: “ <say> , ” <said> <person> , <relative> . | 2: “ <say> . ” | 2: “ <say> , ” <person> <said> <day> . “ <say> . ” | 2: <person> <said> : “ <say> . ” | 1: “ <say> , ” a <Agent> <place> <said> . “ <say> . ” | 1: <person> called <object> <Adjective> and <Adjective> . | 1: “ <say> ? ” asked <person> .
say = 3: we <Past> <object> | 2: we need to <Verb> <object> | 2: this <Noun> <pred> | 2: I <Past> <object> <when> | 1: if we <Verb> <object> , <subject> will <Verb> <thing> | 1: nobody <Past> <object> | 1: you cannot <Verb> <object> without <object> | 1: our <Nouns> <pred> | 1: they want to <Verb> <object> , not <Verb> <thing> | 1: without <object> there is no <noun> | 1: I have never <Participle> <object> | 1: what we <Past> was <object> | 1: <Small> years to <Verb> <object> are too long | 1: my <Noun> <pred> | 1: let us <Verb> <object> | 1: <subject> must <Verb> <object> <pp> | 1: every <Noun> <place> <pred> | 1: that <noun> <pred> | 1: we do not <Verb> <Nouns> | 1: someone has to <Verb> <object> | 1: <Nouns> are not <Nouns> | 1: <Adjective> as <thing> may be , <subject> <pred>
"#;

/// A class of words; the writer knows which word to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Noun,
    Nouns,
    Agent,
    Agents,
    Small,
    Term,
    Adjective,
    Adverb,
    Verb,
    Verbs,
    Past,
    Participle,
    Verbing,
    Move,
    Moved,
    Control,
    Cast,
    Surname,
    Body,
    Place,
    Outlet,
    Number,
    Year,
    Month,
    Weekday,
    Date,
}

const CLASSES: [(&str, Class); 26] = {
    use Class::*;
    [
        ("Noun", Noun),
        ("Nouns", Nouns),
        ("Agent", Agent),
        ("Agents", Agents),
        ("Small", Small),
        ("Term", Term),
        ("Adjective", Adjective),
        ("Adverb", Adverb),
        ("Verb", Verb),
        ("Verbs", Verbs),
        ("Past", Past),
        ("Participle", Participle),
        ("Verbing", Verbing),
        ("Move", Move),
        ("Moved", Moved),
        ("Control", Control),
        ("Cast", Cast),
        ("Surname", Surname),
        ("Body", Body),
        ("Place", Place),
        ("Outlet", Outlet),
        ("Number", Number),
        ("Year", Year),
        ("Month", Month),
        ("Weekday", Weekday),
        ("Date", Date),
    ]
};

/// A part of an alternative.
#[derive(Clone, Copy, Debug)]
enum Symbol {
    Word(&'static str),
    Class(Class),
    Rule(usize),
}

/// A rule: alternatives with the sum of the weights up to and with each.
#[derive(Debug, Default)]
struct Rule {
    alternatives: Vec<(usize, Vec<Symbol>)>,
}

/// The grammar, ready to be written with.
#[derive(Debug)]
pub struct Grammar {
    rules: Vec<Rule>,
    by_name: HashMap<&'static str, usize>,
}

/// What writes the words that a grammar asks for.
pub trait Pen {
    fn rng(&mut self) -> &mut Rng;
    fn word(&mut self, word: &'static str);
    fn class(&mut self, class: Class);
}

/// Beyond so many rules inside each other, only first alternatives are taken.
const MAX_DEPTH: usize = 7;

impl Grammar {
    pub fn new() -> Self {
        let lines = || RULES.lines().filter_map(|line| line.split_once(" = "));
        let by_name: HashMap<_, _> = lines().enumerate().map(|(idx, (name, _))| (name, idx)).collect();
        let rules = lines().map(|(_, body)| Rule::of(body, &by_name)).collect();
        Self { rules, by_name }
    }

    /// Writes one of what `name` stands for.
    pub fn write(&self, name: &str, pen: &mut impl Pen) {
        self.expand(self.by_name[name], pen, 0);
    }

    fn expand(&self, rule: usize, pen: &mut impl Pen, depth: usize) {
        let alternatives = &self.rules[rule].alternatives;
        let total = alternatives.last().map_or(0, |&(sum, _)| sum);
        let drawn = if depth > MAX_DEPTH { 0 } else { pen.rng().below(total) };
        let idx = alternatives.partition_point(|&(sum, _)| sum <= drawn);
        for &symbol in &alternatives[idx].1 {
            match symbol {
                Symbol::Word(word) => pen.word(word),
                Symbol::Class(class) => pen.class(class),
                Symbol::Rule(rule) => self.expand(rule, pen, depth + 1),
            }
        }
    }
}

impl Rule {
    fn of(body: &'static str, by_name: &HashMap<&'static str, usize>) -> Self {
        let mut rule = Self::default();
        let mut sum = 0;
        for alternative in body.split(" | ") {
            let weighted = alternative.split_once(": ").and_then(|(weight, rest)| Some((weight.parse().ok()?, rest)));
            let (weight, words): (usize, _) = weighted.unwrap_or((1, alternative));
            sum += weight;
            rule.alternatives.push((sum, words.split_ascii_whitespace().map(|word| symbol(word, by_name)).collect()));
        }
        rule
    }
}

fn symbol(word: &'static str, by_name: &HashMap<&'static str, usize>) -> Symbol {
    let Some(name) = word.strip_prefix('<').and_then(|word| word.strip_suffix('>')) else { return Symbol::Word(word) };
    let class = CLASSES.iter().find(|(class, _)| *class == name).map(|&(_, class)| Symbol::Class(class));
    class.or_else(|| by_name.get(name).map(|&rule| Symbol::Rule(rule))).unwrap_or_else(|| panic!("no rule <{name}>"))
}
