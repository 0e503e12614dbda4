//! A small made-up world for the tests of the views: a harbor council in five articles over seven years.
//!
//! Everything is laid down by hand, so that a view is tested against what it is given and not against the engine.

use std::sync::Arc;

use jiff::civil::{Date, date};
use throughline::analysis::diff::DiffOp;
use throughline::analysis::reuse::{Occurrence, OccurrenceKind, Phrase};
use throughline::analysis::shifts::{Grounds, Observation, Shift, ShiftLabel, ThemeRecord};
use throughline::analysis::statements::{Attribution, Quotation, Statement};
use throughline::analysis::{Analysis, PhraseId, ShiftId, StatementId};
use throughline::codebook::{Codebook, Direction};
use throughline::document::{
    Block, BlockKind, Corpus, DateBasis, DateCandidate, Document, DocumentId, Encoding, Format, Outlet, OutletBasis,
    Passage, Published, Source,
};
use throughline::project::Project;
use throughline::text::ByteRange;

const CODEBOOK: &str = r#"
name = "Harbor"
language = "en"

[[actors]]
id = "Council"
label = "Harbor Council"
names = ["Harbor Council"]

[[actors]]
id = "Union"
names = ["Dockers' Union"]

[[themes]]
id = "fees"
label = "Harbor fees"
directions = ["ease", "maintain", "increase"]
default_direction = "maintain"
terms = [{ term = "fees" }]

[[themes]]
id = "dredging"
label = "Dredging and depth of the river"
directions = ["oppose", "support"]
default_direction = "oppose"
terms = [{ term = "dredging" }]

[[themes]]
id = "night"
label = "Night work"
directions = ["oppose", "support"]
default_direction = "oppose"
terms = [{ term = "night" }]

[[themes]]
id = "ferries"
label = "Ferries"
directions = ["oppose", "support"]
default_direction = "support"
terms = [{ term = "ferries" }]

[[chronology.events]]
label = "storm surge"
from = "2017-09-03"
source = "made up"

[[chronology.events]]
label = "bridge opens"
from = "2017-09-12"
source = "made up"

[[chronology.events]]
label = "port strike"
from = "2023-07-11"
source = "made up"
"#;

/// Day, outlet, text. The first and the fourth are estimates.
const ARTICLES: [(Date, bool, &str, &str); 5] = [
    (
        date(2017, 9, 6),
        true,
        "Morning Tide",
        "“Every ship must pay the full fees,” the council said. It called the dredging of the river reckless. \
         “We oppose the dredging,” it added. Council staff said night work would have to end.",
    ),
    (
        date(2017, 11, 7),
        true,
        "Quay Letter",
        "“We need to increase fees on large ships,” the council said. “Night work must stop.” \
         It welcomed the new ferries. “Dredging is a threat to the whole coast.”",
    ),
    (
        date(2018, 4, 26),
        false,
        "Harbor Gazette",
        "“Until we see cleaner engines we must continue to put fees on large ships,” the council said. \
         “The ferries are a first good step.” It repeated that fees stay. It said ferries would come.",
    ),
    (
        date(2023, 1, 29),
        true,
        "The Pilot",
        "“We are of course concerned about the careless dredging and blasting works of the river company, and the \
         noise along the banks has consequences for your town,” the council said. It opposed night work.",
    ),
    (
        date(2024, 6, 19),
        false,
        "Estuary Post",
        "“We are of course also concerned about the possible money that the ministry gives to the river company when \
         it comes to paying for its dredging and blasting work,” the council said. “Night work is no answer.” \
         It spoke of dredging.",
    ),
];

/// Everything a view reads, owned.
pub struct Harbor {
    pub project: Project,
    pub corpus: Corpus,
    pub analysis: Analysis,
    pub codebook: Codebook,
}

impl Harbor {
    pub fn new() -> Self {
        let documents: Vec<_> = ARTICLES.iter().enumerate().map(|(idx, article)| document(idx, article)).collect();
        let project = Project::new(documents);
        let corpus = project.corpus();
        let analysis = analysis(&corpus);
        Self { project, corpus, analysis, codebook: Codebook::parse(CODEBOOK).unwrap() }
    }

    /// The same articles without any finding.
    pub fn silent() -> Self {
        Self { analysis: Analysis::default(), ..Self::new() }
    }
}

fn document(idx: usize, (day, is_estimate, outlet, text): &(Date, bool, &str, &str)) -> Arc<Document> {
    let whole = ByteRange::new(0, text.len());
    let earlier = day.yesterday().unwrap();
    Arc::new(Document {
        id: DocumentId(idx as u64 + 1),
        source: Source::Sample(format!("{idx}.txt")),
        sha256: String::new(),
        format: Format::Txt,
        encoding: Encoding { name: "utf-8".to_owned(), is_guess: false },
        extractor: "as it is".to_owned(),
        language: Some("en".to_owned()),
        title: None,
        title_range: None,
        outlet: Some(Outlet { name: (*outlet).to_owned(), basis: OutletBasis::Entered, range: None }),
        author: None,
        published: Published {
            earliest: Some(if *is_estimate { earlier } else { *day }),
            latest: Some(*day),
            best: Some(*day),
            candidates: vec![DateCandidate { date: *day, weight: 1.0 }],
            basis: if *is_estimate { DateBasis::Inferred } else { DateBasis::Stated },
            ..Published::unknown()
        },
        meta_dates: Vec::new(),
        text: (*text).to_owned(),
        blocks: vec![Block { kind: BlockKind::Body, range: whole, rule: None }],
        warnings: Vec::new(),
    })
}

/// Words, theme, force, direction, how reported, official.
type Line = (usize, &'static str, &'static str, u8, Direction, Quotation, bool);

const LINES: [Line; 16] = {
    use Direction::{Increase, Maintain, Oppose, Support};
    use Quotation::{Direct, Indirect};
    [
        (0, "Every ship must pay the full fees", "fees", 4, Increase, Direct, true),
        (0, "It called the dredging of the river reckless", "dredging", 3, Oppose, Indirect, true),
        (0, "We oppose the dredging", "dredging", 3, Oppose, Direct, true),
        (0, "night work would have to end", "night", 1, Oppose, Indirect, false),
        (1, "We need to increase fees on large ships", "fees", 4, Increase, Direct, true),
        (1, "Night work must stop", "night", 4, Oppose, Direct, true),
        (1, "It welcomed the new ferries", "ferries", 1, Support, Indirect, true),
        (1, "Dredging is a threat to the whole coast", "dredging", 4, Oppose, Direct, true),
        (
            2,
            "Until we see cleaner engines we must continue to put fees on large ships",
            "fees",
            4,
            Maintain,
            Direct,
            true,
        ),
        (2, "The ferries are a first good step", "ferries", 2, Support, Direct, true),
        (2, "It repeated that fees stay", "fees", 2, Maintain, Indirect, true),
        (2, "It said ferries would come", "ferries", 0, Support, Indirect, true),
        (
            3,
            "We are of course concerned about the careless dredging and blasting works of the river company, and the noise along the banks has consequences for your town",
            "dredging",
            1,
            Oppose,
            Direct,
            true,
        ),
        (3, "It opposed night work", "night", 3, Oppose, Indirect, true),
        (
            4,
            "We are of course also concerned about the possible money that the ministry gives to the river company when it comes to paying for its dredging and blasting work",
            "dredging",
            1,
            Oppose,
            Direct,
            true,
        ),
        (4, "Night work is no answer", "night", 2, Oppose, Direct, true),
    ]
};

fn analysis(corpus: &Corpus) -> Analysis {
    let statements: Vec<Statement> = LINES.iter().enumerate().map(|(idx, line)| statement(corpus, idx, line)).collect();
    let shifts = vec![
        reframed(corpus),
        softened(corpus),
        shift(3, "dredging", (3, 8), ShiftLabel::Hardened, 0.6, "more force"),
        shift(4, "night", (14, 16), ShiftLabel::Held, 0.5, "same direction and force"),
        shift(5, "ferries", (7, 10), ShiftLabel::Strengthened, 0.7, "from a welcome to praise"),
        Shift { new: None, ..shift(6, "fees", (9, 9), ShiftLabel::NotObserved, 0.9, "later articles do not touch it") },
    ];
    let phrase = Phrase {
        id: PhraseId(1),
        label: "dredging and blasting work".to_owned(),
        n_words: 4,
        weight: 3.0,
        occurrences: [(3, "dredging and blasting works"), (4, "dredging and blasting work")]
            .map(|(idx, words)| Occurrence {
                passage: Passage { document: DocumentId(idx as u64 + 1), range: range(corpus, idx, words) },
                kind: OccurrenceKind::Near,
                why: "inflection".into(),
            })
            .to_vec(),
        n_documents: 2,
        first: Some(ARTICLES[3].0),
        last: Some(ARTICLES[4].0),
    };
    let themes = ["fees", "dredging", "night", "ferries"].map(|theme| record(theme, &statements)).to_vec();
    Analysis { phrases: vec![phrase.into()], statements, shifts, themes, ..Analysis::default() }
}

fn range(corpus: &Corpus, idx: usize, words: &str) -> ByteRange {
    let start = corpus.documents()[idx].text.find(words).unwrap_or_else(|| panic!("{words}"));
    ByteRange::new(start, start + words.len())
}

fn statement(corpus: &Corpus, idx: usize, line: &Line) -> Statement {
    let &(document_idx, words, theme, force, direction, quotation, is_official) = line;
    let content = range(corpus, document_idx, words);
    let text = &corpus.documents()[document_idx].text;
    let hedges = content.of(text).find("possible").map(|at| ByteRange::new(at, at + 8).shifted(content.start));
    Statement {
        id: StatementId(idx as u64 + 1),
        document: DocumentId(document_idx as u64 + 1),
        quotation,
        content: vec![content],
        cue: Vec::new(),
        speaker: Vec::new(),
        actor: Some("Council".to_owned()),
        person: None,
        is_official,
        attribution: Attribution { rule: "quote-cue-speaker".to_owned(), confidence: 0.9, chain: Vec::new() },
        said: Some(ARTICLES[document_idx].0),
        said_is_estimate: true,
        themes: vec![theme.to_owned()],
        act: None,
        force: Some(force),
        direction: Some(direction),
        further_directions: Vec::new(),
        hedges: hedges.into_iter().collect(),
        conditions: Vec::new(),
        same_as: None,
        revision: None,
    }
}

fn shift(id: u64, theme: &str, (old, new): (u64, u64), label: ShiftLabel, confidence: f32, reason: &str) -> Shift {
    Shift {
        id: ShiftId(id),
        actor: "Council".to_owned(),
        theme: theme.to_owned(),
        old: Some(StatementId(old)),
        new: Some(StatementId(new)),
        also: Vec::new(),
        label,
        rule: format!("R{id}"),
        reason: reason.to_owned(),
        confidence,
        grounds: Grounds { rule: confidence, attribution: 1.0, source: 1.0, alignment: 1.0 },
        is_conditional: false,
        diff: Vec::new(),
        is_aligned_by_hand: false,
    }
}

fn reframed(corpus: &Corpus) -> Shift {
    let (old, new) = (|words| range(corpus, 3, words), |words| range(corpus, 4, words));
    let equal = |words| DiffOp::Equal { old: old(words), new: new(words) };
    Shift {
        diff: vec![
            equal("We are of course"),
            DiffOp::Insert { new: new(" also ") },
            equal("concerned about the"),
            DiffOp::Replace {
                old: old(" careless dredging and blasting works of "),
                new: new(" possible money that the ministry gives to "),
            },
            equal("the river company"),
            DiffOp::Replace {
                old: old(", and the noise along the banks has consequences for your town"),
                new: new("when it comes to paying for its dredging and blasting work"),
            },
        ],
        ..shift(1, "dredging", (13, 15), ShiftLabel::Reframed, 0.9, "same formula, other object")
    }
}

fn softened(corpus: &Corpus) -> Shift {
    let (old, new) = (|words| range(corpus, 1, words), |words| range(corpus, 2, words));
    Shift {
        is_conditional: true,
        diff: vec![
            DiffOp::Insert { new: new("Until we see cleaner engines") },
            DiffOp::Equal { old: old("We "), new: new(" we ") },
            DiffOp::Replace { old: old(" need to increase "), new: new(" must continue to put ") },
            DiffOp::Equal { old: old("fees on large ships"), new: new("fees on large ships") },
        ],
        ..shift(2, "fees", (5, 9), ShiftLabel::Softened, 0.6, "increase becomes continue")
    }
}

fn record(theme: &str, statements: &[Statement]) -> ThemeRecord {
    let mut record = ThemeRecord {
        actor: "Council".to_owned(),
        theme: theme.to_owned(),
        observed: Vec::new(),
        not_observed: Vec::new(),
    };
    for (idx, article) in ARTICLES.iter().enumerate() {
        let document = DocumentId(idx as u64 + 1);
        let of_theme = |statement: &&Statement| statement.document == document && statement.themes[0] == theme;
        let ids: Vec<_> = statements.iter().filter(of_theme).map(|statement| statement.id).collect();
        if ids.is_empty() {
            record.not_observed.push((document, Some(article.0)));
        } else {
            record.observed.push(Observation { document, date: Some(article.0), statements: ids });
        }
    }
    record
}
