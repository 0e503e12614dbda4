//! A reader who never tires: random commands, undone and done again, the same for the same seed.

#![allow(dead_code, reason = "not every test uses every helper")]

use std::sync::Arc;

use jiff::civil::date;
use throughline::analysis::revisions::{Found, Pair, Revision, RevisionKind};
use throughline::analysis::shifts::ShiftLabel;
use throughline::analysis::{PhraseId, ShiftId, StatementId};
use throughline::document::{DateSpan, Document, DocumentId};
use throughline::project::phrases::{PhraseMerge, PhraseName, PhraseSplit};
use throughline::project::reviews::StatementNote;
use throughline::project::{CodebookText, Command, Furniture, Project, Review, Verdict};
use throughline::text::ByteRange;

/// What the reader does next.
#[derive(Clone, Debug)]
pub enum Act {
    Do(Command),
    /// Opens articles as a part of what was opened last.
    More(Vec<Arc<Document>>),
    Undo,
    Redo,
}

impl Act {
    pub fn perform(self, project: &mut Project) {
        match self {
            Self::Do(command) => project.apply(command),
            Self::More(documents) => project.add_more(documents),
            Self::Undo => drop(project.undo()),
            Self::Redo => drop(project.redo()),
        }
    }
}

/// The numbers behind it: SplitMix64.
#[derive(Clone, Debug)]
pub struct Walk(u64);

impl Walk {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next_number() % end.max(1)
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    /// An article with words, blocks and a headline of its own; the same for the same number.
    pub fn article(number: u64) -> Arc<Document> {
        let mut words = Self::new(number);
        let n_lines = 1 + words.below(6);
        let lines: Vec<String> = (0..n_lines)
            .map(|line| {
                format!("Pier {number} wird geöffnet, line {line}: {:x} “{:x}”.", words.next_number(), words.below(99))
            })
            .collect();
        let mut document = Document::of_lines(DocumentId(number), &lines.join("\n\n"));
        document.title = Some(format!("The pier of day {number}"));
        document.title_range = document.blocks.first().map(|block| block.range);
        document.sha256 = format!("{number:064x}");
        Arc::new(document)
    }

    /// What the reader does with this project.
    pub fn act(&mut self, project: &Project) -> Act {
        match self.below(10) {
            0 | 1 => Act::Undo,
            2 => Act::Redo,
            3 => Act::More(self.articles()),
            _ => Act::Do(self.command(project)),
        }
    }

    fn articles(&mut self) -> Vec<Arc<Document>> {
        (0..=self.below(3)).map(|_| Self::article(self.below(400))).collect()
    }

    /// One of the open articles, or one that is not.
    fn document(&mut self, project: &Project) -> DocumentId {
        let open = project.documents();
        let at = self.below(open.len() as u64 + 1);
        open.get(at as usize).map_or(DocumentId(9_999), |document| document.id)
    }

    fn found(&mut self, project: &Project) -> Found {
        let start = self.below(20) as usize;
        Found {
            id: StatementId(self.below(30)),
            document: self.document(project),
            content: vec![ByteRange::new(start, start + self.below(20) as usize)],
        }
    }

    fn revision(&mut self, project: &Project) -> Option<Revision> {
        let replaced = vec![self.found(project)];
        self.coin().then_some(Revision { kind: RevisionKind::Dismissed, replaced, drafts: Vec::new() })
    }

    fn review(&mut self, project: &Project) -> Option<Review> {
        let verdicts = [None, Some(Verdict::Accepted), Some(Verdict::Edited), Some(Verdict::Dismissed)];
        let labels = [ShiftLabel::Softened, ShiftLabel::Hardened, ShiftLabel::Reframed];
        self.coin().then(|| Review {
            verdict: verdicts[self.below(4) as usize],
            label: labels[self.below(3) as usize],
            note: self.words(),
            actor: "Board".to_owned(),
            theme: "pier".to_owned(),
            old: Some(self.found(project)),
            new: None,
        })
    }

    fn words(&mut self) -> String {
        ["", "see the minutes", "“Straße” — ?", "\u{1f6a2}\u{0}end"][self.below(4) as usize].to_owned()
    }

    /// Any command at all, whether or not it fits.
    pub fn command(&mut self, project: &Project) -> Command {
        let phrase = PhraseId(self.below(12));
        let label = "of the pier".to_owned();
        match self.below(17) {
            0 | 1 => Command::AddDocuments(self.articles()),
            2 => Command::RemoveDocuments((0..=self.below(3)).map(|_| self.document(project)).collect()),
            3 => {
                let day = date(2000 + self.below(30) as i16, 1 + self.below(12) as i8, 1 + self.below(28) as i8);
                Command::SetDate { document: self.document(project), date: self.coin().then(|| DateSpan::day(day)) }
            }
            4 => {
                let furniture = [None, Some(Furniture::Shown), Some(Furniture::Hidden)][self.below(3) as usize];
                let document = self.document(project);
                Command::SetFurniture { document, block: ByteRange::new(0, self.below(9) as usize), furniture }
            }
            5 => {
                let old = self.document(project);
                let text = format!("The pier, read {}", self.below(3));
                let new = vec![Arc::new(Document::of_lines(old, &text))];
                Command::Reread { old: vec![old], new, encoding: self.coin().then(|| "windows-1252".to_owned()) }
            }
            6 => Command::SwitchFact { fact: format!("event:pier-{}", self.below(3)), is_on: self.coin() },
            7 => Command::Pin { slot: self.below(5) as usize, phrase: self.coin().then_some(phrase) },
            8 => Command::DismissPhrase { phrase, label },
            9 => Command::RestorePhrase { phrase },
            10 => {
                let name = self.coin().then(|| PhraseName { name: self.words(), label });
                Command::RenamePhrase { phrase, name }
            }
            11 => {
                let into = PhraseId(self.below(12));
                let merge = PhraseMerge { into, label, into_label: "by the pier".to_owned() };
                Command::MergePhrase { phrase, merge: self.coin().then_some(merge) }
            }
            12 => {
                let split = PhraseSplit { words: self.words(), label };
                Command::SplitPhrase { phrase, wording: self.words(), split: self.coin().then_some(split) }
            }
            13 => Command::SetReview { shift: ShiftId(self.below(30)), review: self.review(project) },
            14 => {
                let key = StatementId(self.below(30));
                if self.coin() {
                    Command::Revise { key, revision: self.revision(project) }
                } else {
                    let more = StatementId(self.below(30));
                    Command::ReviseAll(vec![(key, self.revision(project)), (more, self.revision(project))])
                }
            }
            15 => {
                let (old, new) = (self.found(project), self.found(project));
                let pair = self.coin().then_some(Pair { old: old.clone(), new: new.clone() });
                Command::Align { old: old.id, new: new.id, pair }
            }
            _ if self.coin() => {
                let of = self.found(project);
                Command::NoteStatement { statement: of.id, note: Some(StatementNote { note: self.words(), of }) }
            }
            _ => Command::SetCodebook(self.coin().then(|| CodebookText {
                toml: format!("name = \"{}\"", self.below(5)),
                origin: "mine.toml".to_owned(),
                says: self.words(),
            })),
        }
    }
}
