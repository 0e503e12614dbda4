//! Open classes of English words that the clause reader asks about: nouns for people and for evidence, and reporting
//! verbs that are nouns too.
//!
//! General vocabulary, no subject matter. Looked up in sets that are built once; in comparison form.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::english;

type Set = LazyLock<FxHashSet<&'static str>>;

fn set(words: &'static str) -> FxHashSet<&'static str> {
    words.split_whitespace().collect()
}

/// What somebody speaks in, at or to: "in a statement", "at a briefing", "to reporters".
static OCCASIONS: Set = LazyLock::new(|| {
    set("\
    ad address advertisement announcement appearance article audience blog book briefing broadcast brussels call cnn \
    column comment comments communique communiqué conference crowd debate documentary editorial email episode essay \
    event facebook forum gathering hearing interview journalists lawmakers letter meeting memo memoir message \
    newspaper note op-ed panel paper papers parliament phone podcast post press profile program radio rally release \
    remarks report reporters session speech spot statement stop summit television testimony town tv tweet twitter \
    video visit")
});

/// Nouns for people and bodies of people that no ending gives away, in the singular.
static PEOPLE: Set = LazyLock::new(|| {
    set("\
    administration adult agency aide ally analyst army assembly association attorney audience author authority bank \
    board body boy brother cabinet campaign candidate captain caucus chairman chairwoman chief child church citizen \
    city client coalition colonel commission committee community company conference congress congressman \
    congresswoman council country couple court critic crowd daughter delegate delegation department diplomat doctor \
    expert faction family father firm friend girl government governor group guest guy head host house human husband \
    individual insider institute judge junta jury justice king lawmaker leadership majority man mayor media member \
    militant military minister ministry minority mother movement nation neighbor neighbour network newspaper \
    official opponent organisation organization outlet pair panel parent parliament participant party pastor patient \
    people percent person police politician pope premier president press priest prince princess public pundit queen \
    rebel regime relative representative republic resident respondent rest rival scholar school secretary senate \
    sheriff sister society soldier son source spokesman spokesperson spokeswoman staff state student team tribunal \
    troop union university veteran victim watchdog wife witness woman world youth")
});

/// Things that speak as documents do: what they show is what those who made them found.
static EVIDENCE: Set = LazyLock::new(|| {
    set("\
    analysis article assessment audit book census data document email estimate evidence figure finding forecast \
    indictment inquiry investigation lawsuit memo number opinion paper poll polling projection record report \
    research result review ruling statistic study survey tally test transcript")
});

/// Nouns that end as those for people do.
static THINGS: Set = LazyLock::new(|| {
    set("\
    answer border center chapter character color committee computer corner counter cover danger degree disorder \
    dollar door encounter error factor fear fever fewer finger fire floor future gender grant harbor harbour horror humor hunger \
    labor ladder layer letter level liver lower manner matter measure member mirror mother motor murder number offer \
    order other over paper picture plant power quarter restaurant rhetor river rumor sector server shoulder shower \
    slaughter suffer summer tax tenor terror theater tower transfer trigger under warrant water weather winter \
    wonder")
});

/// Forms of reporting verbs that are nouns too.
static NOUNS_TOO: Set = LazyLock::new(|| {
    set("\
    address addresses approach attack attacks back backs ban bet bets blame blog blogs boast boasts brand brands \
    brief briefs bristle call calls cast caution challenge challenges champion champions change chant chants charge \
    charges cheer cheers claim claims command commands comment comments compliment compliments concern concerns \
    confine consent contest contests counsel counter counters credit credits cries cry dare decree decrees defer \
    delight demand demands deplores desire desires detail details dispute disputes doubt doubts echo echoes email \
    emails embrace estimate estimates express fault faults favor favors favour favours fear fears feel figure \
    figures find finds focus forecast forecasts frame frames guarantee guarantees guess hail hate hint hints hit \
    hits hope hopes insult insults joke jokes judge judges label labels lament laments like likes lobby long longs \
    look looks love loves mean means mention mentions message messages move moves murmur murmurs muse muses name \
    names need needs note notes object objects offer offers order orders outline outlines paint pan pans picture \
    pictures plan plans pledge pledges post posts praise praises predicate press presses pressure pressures project \
    projects promise promises protest protests push pushes question questions quip quips quiz quote quotes rank \
    ranks rate rates read reads reason reasons rebuke rebukes reference references regard regards regret regrets \
    remark remarks replies reply report reports request requests resolve respect respects ridicule rip rips rule rules salute \
    scream screams shout shouts show shows signal signals slam state states stress stresses sum support supports \
    suspect suspects swear talk talks taunt taunts think threat threats thunder tout trust tweet tweets urge urges \
    value values view views voice voices volunteer volunteers vote votes vow vows want wants welcome whisper \
    whispers wish wishes wonder wonders worries worry yell")
});

/// Words for a person by the nation, and the adjectives that are such words.
static NATIONALS: Set = LazyLock::new(|| {
    set("\
    afghan albanian american argentine argentinian armenian australian austrian belarusian belgian bosnian brazilian \
    briton british bulgarian canadian chilean chinese colombian croat croatian cuban cypriot czech dane danish dutch \
    dutchman dutchwoman egyptian englishman estonian finn finnish french frenchman frenchwoman georgian german greek \
    hungarian icelander indian indonesian iranian iraqi irish irishman israeli italian japanese jordanian kenyan \
    korean latvian lebanese lithuanian luxembourger maltese mexican moldovan norwegian pakistani palestinian pole \
    polish portuguese romanian russian scot serb serbian slovak slovene slovenian spaniard spanish swede swedish \
    swiss syrian turk turkish ukrainian")
});

/// Who speaks for somebody by working there.
static STAFF: Set = LazyLock::new(|| {
    set("\
    cabinet department deputy ministry office secretariat service services spokesman spokesperson spokespeople \
    spokeswoman staff team")
});

/// Does one speak in it, at it or to it?
pub(super) fn is_occasion(word: &str) -> bool {
    OCCASIONS.contains(word)
}

/// Is it a word for a person by the nation?
pub(super) fn is_national(word: &str) -> bool {
    NATIONALS.contains(word)
}

/// Do they speak for the one they work for?
pub(super) fn is_staff(word: &str) -> bool {
    STAFF.contains(word)
}

/// May the form of a reporting verb be a noun?
pub(super) fn is_noun_too(word: &str) -> bool {
    NOUNS_TOO.contains(word)
}

/// The singular of a regular plural, roughly.
fn singular(word: &str) -> &str {
    match word {
        "people" | "press" | "congress" => word,
        "men" => "man",
        "women" => "woman",
        "children" => "child",
        _ if word.ends_with("ies") && word.len() > 5 => word,
        _ => word
            .strip_suffix("sses")
            .map_or_else(|| word.strip_suffix('s').filter(|bare| !bare.ends_with('s')).unwrap_or(word), |_| word),
    }
}

/// "fishermen", "women"
fn is_men(word: &str) -> bool {
    word.ends_with("men") && !matches!(word, "abdomen" | "acumen" | "omen" | "regimen" | "specimen")
}

/// Is the noun a word for a person or a body of people?
pub(super) fn is_people(word: &str) -> bool {
    let bare = singular(word);
    let is_plural_y = word.strip_suffix("ies").is_some_and(|stem| PEOPLE.contains(format!("{stem}y").as_str()));
    let by_ending = ["er", "or", "ist", "ian", "ee", "ant", "eer", "ocrat", "crat"]
        .iter()
        .any(|ending| bare.len() > ending.len() + 2 && bare.ends_with(ending));
    PEOPLE.contains(bare)
        || is_plural_y
        || by_ending && !THINGS.contains(bare)
        || is_men(word)
        || bare.ends_with("man")
        || bare.ends_with("woman")
        || english::is_document(bare)
        || english::is_document(word)
}

/// A verb by which a poll or a study tells what it found; of a person it tells something else.
pub(super) fn is_showing(word: &str) -> bool {
    matches!(
        word,
        "show"
            | "shows"
            | "showed"
            | "shown"
            | "showing"
            | "find"
            | "finds"
            | "found"
            | "finding"
            | "put"
            | "puts"
            | "putting"
    )
}

/// Is the noun a word for a document that shows something?
pub(super) fn is_evidence(word: &str) -> bool {
    EVIDENCE.contains(singular(word))
        || word == "studies"
        || word == "analyses"
        || word == "inquiries"
        || word == "surveys"
        || word == "polls"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_things() {
        let cases = [
            ("officials", true),
            ("ministry", true),
            ("ministries", true),
            ("fishermen", true),
            ("voters", true),
            ("harbor", false),
            ("computer", false),
            ("orders", false),
        ];
        for (word, expected) in cases {
            assert_eq!(is_people(word), expected, "{word}");
        }
    }
}
