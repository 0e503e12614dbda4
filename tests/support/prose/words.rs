//! English words by what they do in a sentence: lists written out for news, and the tail of ordinary English read off the
//! program's own list of common words by the forms that stand in it ("accept, accepts, accepted, accepting" is a verb).

use std::collections::{BTreeMap, HashSet};

use super::names::Names;
use super::rng::Rng;
use super::topics::{TOPICS, Topic};

const COMMON: &str = include_str!("../../../assets/wordlists/scowl-common.txt");

const NOUNS: &str = "plan proposal decision report agreement project measure rule program offer claim warning statement \
review reform request deal contract inquiry scheme document draft letter pledge promise complaint objection petition \
compromise concession condition deadline target timetable schedule budget cost price bill fund grant loan fee fine \
investment cut increase rise drop fall gap shortage surplus loss gain demand supply market trade export import company \
firm owner partner rival customer client office building site facility center road street square region district town \
village capital island coast valley border community neighborhood family household resident citizen crowd crisis \
dispute conflict protest march strike accident incident attack threat risk danger concern fear doubt hope dream vision \
strategy approach method system network structure standard model design technology machine device tool vehicle truck \
bus car ship plane engine equipment material product service study survey analysis figure number list record file \
archive map photograph interview speech debate meeting conference session talk visit trip journey tour ceremony \
anniversary tradition custom habit culture language history memory story book film picture program channel audience \
reader critic expert adviser consultant researcher professor scientist student graduate employee manager executive \
director chairman member delegate deputy successor predecessor ally opponent supporter donor sponsor volunteer victim \
survivor relative friend colleague leader official authority power influence pressure force effort attempt failure \
success victory defeat result outcome effect impact consequence benefit advantage drawback reason cause cause origin \
source root basis principle value duty right freedom law clause article amendment treaty charter constitution mandate \
veto motion resolution vote majority minority committee panel board council commission agency department unit team \
branch division section term period phase stage step move change shift turn trend pattern cycle season winter summer \
spring autumn weekend morning evening night hour minute decade century";

const VERBS: &str = "approve reject delay welcome review extend cancel fund announce propose discuss support oppose defend \
criticize question adopt amend suspend abandon postpone launch revive expand reduce limit double triple cover explain \
examine investigate check confirm dismiss deny ignore accept decline demand request order ban allow permit prevent \
block stop end finish complete start open close reopen move shift transfer replace remove cut raise lower increase \
improve damage destroy repair restore protect secure guard save rescue help assist train hire employ replace appoint \
name elect promote reward punish fine charge sue warn alert inform notify contact visit attend join follow lead guide \
manage handle organize coordinate plan prepare design develop test study research measure count estimate calculate \
predict expect consider weigh debate mention describe present publish release print record register list file submit \
sign ratify implement enforce apply impose lift ease tighten strengthen weaken undermine challenge contest disrupt \
hinder cause trigger spark prompt urge press push pull attract invite persuade convince impress surprise shock \
disappoint anger worry reassure thank praise honor celebrate mark recall remember acquire purchase deliver supply \
finance clarify scrutinize endorse shelve scrap overhaul streamline simplify dispute recommend authorize tolerate \
outline detail highlight underline play admit regret offset";

const MOVES: &str = "fall rise arrive continue resume collapse fail succeed improve decline recover stall happen persist \
matter emerge spread gather travel return wait march retire resign testify step hesitate suffer slow react respond \
struggle work talk shrink grow stumble vanish reappear";

const CONTROL: &str =
    "agree|refuse|decide|hope|plan|want|promise|vow|fail|try|prepare|offer|threaten|pledge|hesitate|seek";

/// Base, past, participle, form in -ing. Everything else is regular.
const IRREGULAR: &[(&str, &str, &str, &str)] = &[
    ("fall", "fell", "fallen", "falling"),
    ("rise", "rose", "risen", "rising"),
    ("cut", "cut", "cut", "cutting"),
    ("lead", "led", "led", "leading"),
    ("spread", "spread", "spread", "spreading"),
    ("grow", "grew", "grown", "growing"),
    ("shrink", "shrank", "shrunk", "shrinking"),
    ("seek", "sought", "sought", "seeking"),
    ("teach", "taught", "taught", "teaching"),
    ("sow", "sowed", "sown", "sowing"),
    ("build", "built", "built", "building"),
    ("steer", "steered", "steered", "steering"),
    ("lend", "lent", "lent", "lending"),
    ("rig", "rigged", "rigged", "rigging"),
    ("shoot", "shot", "shot", "shooting"),
    ("overspend", "overspent", "overspent", "overspending"),
    ("ground", "grounded", "grounded", "grounding"),
    ("gather", "gathered", "gathered", "gathering"),
    ("put", "put", "put", "putting"),
    ("forecast", "forecast", "forecast", "forecasting"),
];

/// Regular verbs whose last letter is doubled.
const DOUBLED: &str = "ban stop plan permit admit transfer net scrap cancel refer submit drop ship tag dam rig step scrub \
unplug input expel scan plug pin regret offset hit overfish";

const ADJECTIVES: &str = "new old large small major minor recent early late final first second third long short high low \
strong weak hard soft quick slow rare common public private local national foreign domestic international global rural \
urban northern southern eastern western central main key chief senior junior former current future previous annual \
monthly weekly daily temporary permanent partial complete full empty heavy light serious severe mild modest sharp steep \
steady sudden gradual likely possible certain uncertain clear vague secret open official formal informal legal illegal \
political economic social financial commercial technical medical scientific cultural historic modern traditional \
controversial popular unpopular unusual ordinary special specific general broad narrow wide deep costly cheap expensive \
generous fair unfair reasonable ambitious cautious bold careful thorough hasty successful disastrous promising \
disappointing surprising alarming encouraging joint separate independent rival neighboring distant remote nearby \
abandoned damaged planned proposed promised revised updated detailed confidential leaked written verbal unanimous \
divided angry worried tired young elderly wealthy poor unemployed skilled famous unknown quiet noisy crowded dangerous \
safe clean dirty fresh stale bitter lengthy brief fragile robust outdated obsolete advanced simple complex";

const ADVERBS: &str = "quickly slowly quietly openly publicly privately repeatedly briefly finally eventually initially \
suddenly gradually sharply slightly heavily largely partly fully barely hardly clearly reportedly apparently formally \
officially legally politically deliberately accidentally unexpectedly reluctantly eagerly firmly cautiously angrily \
calmly jointly separately independently unanimously narrowly temporarily permanently recently previously originally \
effectively successfully immediately promptly belatedly hastily thoroughly carefully secretly effectively widely \
strongly bitterly sternly politely confidently";

const ROLES: &str = "spokesman spokeswoman chairman chairwoman director minister mayor secretary adviser president deputy \
treasurer commissioner founder coordinator governor inspector delegate ambassador researcher";

const AGENTS: &str = "resident critic expert opponent supporter visitor neighbor official worker citizen owner partner rival \
customer researcher historian scholar student graduate employee manager executive delegate lawyer broker donor sponsor \
volunteer survivor relative friend colleague leader reporter tourist shopper driver cyclist pensioner parent child teenager \
campaigner activist protester organizer petitioner speaker guest host founder investor shareholder lender borrower tenant \
landlord builder architect designer engineer mechanic electrician plumber painter carpenter baker butcher grocer farmer \
gardener hunter sailor soldier veteran officer guard detective witness juror clerk cashier accountant auditor banker trader \
analyst economist pollster candidate voter lawmaker senator councilor ambassador diplomat envoy negotiator mediator observer \
inspector regulator scientist chemist physicist doctor nurse surgeon dentist pharmacist therapist teacher professor tutor \
librarian curator collector dealer artist actor singer dancer writer poet novelist publisher editor printer photographer \
athlete coach player fan referee rider skipper pilot steward porter guide interpreter translator newcomer outsider veteran";

/// The two halves of compounds such as "roadhouse": what a language makes new nouns of.
const FIRST_HALVES: &str = "road house work water field stone ship land sea wood hand foot night day sun moon fire rain \
snow ice sand iron steel paper book news air sky rail mill farm cattle horse fish bird corn salt glass coal oil gas lamp \
bell gate wall yard market church school guild court tax rent trade craft store cloth silk wool net rope sail tide wind \
storm frost dust ash clay brick tile roof door";
const SECOND_HALVES: &str = "keeper master house yard works line side way gate bank stone field man woman maker monger \
wright worker bearer holder owner watch guard post mark board sheet book roll call fall rise break shed hall room stead \
craft load lift hold fare proof land wharf ward cart pass cross bridge head foot back store stack pit mill pool well";

/// A verb in the four forms that sentences need.
#[derive(Clone, Debug)]
pub struct Verb {
    pub base: String,
    pub past: String,
    pub participle: String,
    pub ing: String,
}

/// What the sentences are made of; the same on every machine.
pub struct Lexicon {
    pub nouns: Vec<String>,
    pub verbs: Vec<Verb>,
    /// Verbs without an object.
    pub moves: Vec<Verb>,
    /// Verbs that take "to" and another verb, in the past.
    pub controls: Vec<String>,
    pub adjectives: Vec<String>,
    pub adverbs: Vec<String>,
    pub roles: Vec<&'static str>,
    pub agents: Vec<&'static str>,
    /// The tail of ordinary English.
    pub rare_nouns: Vec<String>,
    pub rare_verbs: Vec<Verb>,
    pub rare_adjectives: Vec<String>,
    pub topics: Vec<TopicWords>,
    pub names: Names,
    first_halves: Vec<&'static str>,
    second_halves: Vec<&'static str>,
}

/// The words of one topic.
pub struct TopicWords {
    pub nouns: Vec<&'static str>,
    pub verbs: Vec<Verb>,
    pub adjectives: Vec<&'static str>,
    pub bodies: Vec<&'static str>,
    pub terms: Vec<String>,
    pub roles: Vec<&'static str>,
}

impl Lexicon {
    pub fn new() -> Self {
        let (rare_nouns, rare_verbs, rare_adjectives) = tail();
        Self {
            nouns: shuffled(&split(NOUNS)),
            verbs: split(VERBS).iter().map(|verb| Verb::of(verb)).collect(),
            moves: split(MOVES).iter().map(|verb| Verb::of(verb)).collect(),
            controls: CONTROL.split('|').map(|verb| Verb::of(verb).past).collect(),
            adjectives: shuffled(&split(ADJECTIVES)),
            adverbs: shuffled(&split(ADVERBS)),
            roles: split(ROLES),
            agents: split(AGENTS),
            rare_nouns,
            rare_verbs,
            rare_adjectives,
            topics: TOPICS.iter().map(TopicWords::of).collect(),
            names: Names::new(),
            first_halves: split(FIRST_HALVES),
            second_halves: split(SECOND_HALVES),
        }
    }

    /// A noun made of two: there are some six thousand.
    pub fn compound(&self, rng: &mut Rng) -> String {
        format!("{}{}", rng.pick_ranked(&self.first_halves, 20.0), rng.pick_ranked(&self.second_halves, 20.0))
    }
}

impl TopicWords {
    fn of(topic: &Topic) -> Self {
        Self {
            nouns: split(topic.nouns),
            verbs: split(topic.verbs).iter().map(|verb| Verb::of(verb)).collect(),
            adjectives: split(topic.adjectives),
            bodies: topic.bodies.split('|').collect(),
            terms: topic.terms.split('|').map(|term| split(term).join(" ")).collect(),
            roles: split(topic.roles),
        }
    }
}

impl Verb {
    fn of(base: &str) -> Self {
        if let Some(&(base, past, participle, ing)) = IRREGULAR.iter().find(|forms| forms.0 == base) {
            let own = str::to_owned;
            return Self { base: own(base), past: own(past), participle: own(participle), ing: own(ing) };
        }
        let (past, ing) = if split(DOUBLED).contains(&base) {
            let doubled = format!("{base}{}", &base[base.len() - 1..]);
            (format!("{doubled}ed"), format!("{doubled}ing"))
        } else if let Some(stem) = base.strip_suffix('e') {
            (format!("{base}d"), if stem.ends_with('e') { format!("{base}ing") } else { format!("{stem}ing") })
        } else if let Some(stem) = base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o'])) {
            (format!("{stem}ied"), format!("{base}ing"))
        } else {
            (format!("{base}ed"), format!("{base}ing"))
        };
        Self { base: base.to_owned(), participle: past.clone(), past, ing }
    }

    /// The form of a headline: "delays".
    pub fn present(&self) -> String {
        plural(&self.base)
    }
}

/// The plural of a noun, which is the third person of a verb too.
pub fn plural(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("is") {
        format!("{stem}es")
    } else if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") {
        format!("{word}es")
    } else if let Some(stem) = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        format!("{stem}ies")
    } else if let Some(stem) = word.strip_suffix("man") {
        format!("{stem}men")
    } else {
        format!("{word}s")
    }
}

fn split(list: &'static str) -> Vec<&'static str> {
    list.split_ascii_whitespace().collect()
}

/// In an order that has nothing to do with the list's own, so that rank is not topic.
fn shuffled(words: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    words.sort_by_cached_key(|word| (Rng::of(0, word, 0).next(), word.clone()));
    words.dedup();
    words
}

/// Nouns, verbs and adjectives of the list of common words, told by which of their forms stand in it.
fn tail() -> (Vec<String>, Vec<Verb>, Vec<String>) {
    let listed: Vec<&str> = COMMON.lines().filter(|line| line.len() > 3 && !line.starts_with(['#', '='])).collect();
    let set: HashSet<&str> = listed.iter().copied().collect();
    let (mut nouns, mut verbs, mut adjectives) = (Vec::new(), BTreeMap::new(), Vec::new());
    for &word in listed.iter().filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())) {
        let verb = Verb::of(word);
        let has = |form: &str| set.contains(form);
        if has(&verb.past) && has(&verb.ing) && has(&verb.present()) {
            verbs.insert(word.to_owned(), verb);
        } else if has(&plural(word)) && !has(&verb.ing) {
            nouns.push(word);
        } else if has(&format!("{word}ly"))
            || ["ous", "ful", "less", "able", "ical"].iter().any(|ending| word.ends_with(ending))
        {
            adjectives.push(word);
        }
    }
    let order = shuffled(&verbs.keys().map(String::as_str).collect::<Vec<_>>());
    let verbs = order.iter().filter_map(|base| verbs.remove(base)).collect();
    (shuffled(&nouns), verbs, shuffled(&adjectives))
}
