//! From passages as passim wrote them to places in the open articles, and to families.
//!
//! Offsets count characters in version 2 (Python) and units of UTF-16 in version 1 (Java), and the words that Spark cuts
//! out for version 2 stand one character early, since it counts from one. So the written words decide: the offsets are
//! tried in each unit, then one character off, and where none fits, the words are looked for in the article, the nearest
//! place first. What passim was given is blanked where nothing is to be read, so white space in the written words fits any
//! character. A place is made of whole words of title, headings and body; a word counts where most of it lies inside.
//! `O(n)` in the bytes of the articles that have passages, and of the passages.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Clusters, Member};
use crate::analysis::PhraseId;
use crate::analysis::reuse::{Occurrence, OccurrenceKind, Phrase};
use crate::document::{Corpus, Document, DocumentId, Passage};
use crate::text::compare::fold;
use crate::text::{ByteRange, tokens};

/// A label shows so many words of a passage.
const N_LABEL_WORDS: usize = 12;

/// So many passages without a place are named; the rest is counted.
const N_NAMED: usize = 5;

/// What came of clusters from elsewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// Families that come from clusters, each with its origin in words: "cluster 12 of passim".
    pub origins: BTreeMap<PhraseId, String>,
    pub unplaced: Unplaced,
}

/// What of the clusters is not among the families.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unplaced {
    /// Passages of articles that are not open.
    pub n_not_open: usize,
    /// Passages in what is no reading text: captions, by-lines, furniture.
    pub n_furniture: usize,
    /// Clusters that are left with one article, or none.
    pub n_alone: usize,
    /// Passages whose words their article does not have, by cluster and article.
    pub lost: Vec<(String, DocumentId)>,
}

impl Unplaced {
    /// What the reader should know, a sentence a line.
    pub fn messages(&self, corpus: &Corpus) -> Vec<String> {
        let name = |id: DocumentId| corpus.get(id).map_or_else(|| id.to_string(), |it| it.source.short_label());
        let lost = self.lost.iter().take(N_NAMED).map(|(cluster, document)| {
            format!("cluster {cluster} of passim: its words are not in {}; left out", name(*document))
        });
        let mut messages: Vec<String> = lost.collect();
        let counted = |n: usize, thing: &str, what: &str| {
            let plural = if n == 1 { "" } else { "s" };
            (n > 0).then(|| format!("passim: {n} {thing}{plural} {what}"))
        };
        let n_more = self.lost.len().saturating_sub(N_NAMED);
        messages.extend(counted(n_more, "more passage", "with words that are not there"));
        messages.extend(counted(self.n_not_open, "passage", "in articles that are not open"));
        messages.extend(counted(self.n_furniture, "passage", "outside title, headings and body"));
        messages.extend(counted(self.n_alone, "cluster", "with fewer than two open articles"));
        messages
    }
}

/// A passage in an open article.
struct Place<'a> {
    cluster: &'a str,
    document_idx: usize,
    range: ByteRange,
}

/// What became of one passage.
enum Outcome {
    Placed(ByteRange),
    Furniture,
    Lost,
}

impl Clusters {
    /// The clusters as families of `corpus`, heaviest first, and what of them is not among these.
    pub fn families(&self, corpus: &Corpus) -> (Vec<Arc<Phrase>>, Imported) {
        let mut imported = Imported::default();
        if self.is_empty() {
            return (Vec::new(), imported);
        }
        let mut places = self.places(corpus, &mut imported.unplaced);
        places.sort_by_key(|place| (place.cluster, place.document_idx, place.range));
        places.dedup_by(|next, kept| {
            let is_same = (next.cluster, next.document_idx) == (kept.cluster, kept.document_idx);
            let joins = is_same && next.range.overlaps(kept.range);
            if joins {
                kept.range = kept.range.cover(next.range);
            }
            joins
        });
        let mut phrases = Vec::new();
        for members in places.chunk_by(|left, right| left.cluster == right.cluster) {
            let documents: BTreeSet<usize> = members.iter().map(|place| place.document_idx).collect();
            match members.first() {
                Some(first) if documents.len() >= 2 => {
                    let origin = format!("cluster {} of passim", first.cluster);
                    let phrase = family(corpus, members, &documents, &origin, &imported.origins);
                    imported.origins.insert(phrase.id, origin);
                    phrases.push(phrase);
                }
                _ => {}
            }
        }
        let clusters: BTreeSet<&str> = self.members.iter().map(|member| member.cluster.as_str()).collect();
        imported.unplaced.n_alone = clusters.len() - phrases.len();
        phrases.sort_by(|left, right| right.weight.total_cmp(&left.weight).then(left.id.cmp(&right.id)));
        (phrases.into_iter().map(Arc::new).collect(), imported)
    }

    /// The places of all passages whose articles are open; the others are counted.
    fn places(&self, corpus: &Corpus, unplaced: &mut Unplaced) -> Vec<Place<'_>> {
        let mut by_document: BTreeMap<DocumentId, Vec<&Member>> = BTreeMap::new();
        for member in &self.members {
            by_document.entry(member.document).or_default().push(member);
        }
        let documents = corpus.documents().par_iter().enumerate();
        let found: Vec<(usize, Vec<(&Member, Outcome)>)> = documents
            .filter_map(|(idx, document)| {
                let members = by_document.get(&document.id)?;
                let page = Page::new(document);
                Some((idx, members.iter().map(|&member| (member, page.place(member))).collect()))
            })
            .collect();
        let n_open: usize = found.iter().map(|(_, members)| members.len()).sum();
        unplaced.n_not_open = self.members.len() - n_open;
        let mut places = Vec::new();
        for (document_idx, members) in found {
            for (member, outcome) in members {
                match outcome {
                    Outcome::Placed(range) => places.push(Place { cluster: &member.cluster, document_idx, range }),
                    Outcome::Furniture => unplaced.n_furniture += 1,
                    Outcome::Lost => unplaced.lost.push((member.cluster.clone(), member.document)),
                }
            }
        }
        unplaced.lost.sort();
        places
    }
}

/// An article with what its offsets are looked up in.
struct Page<'a> {
    text: &'a str,
    /// The byte each character begins at, and the end of the text.
    chars: Vec<usize>,
    /// The words of title, headings and body.
    words: Vec<ByteRange>,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document) -> Self {
        let text = document.text.as_str();
        let blocks = document.readable_blocks();
        Self {
            text,
            chars: text.char_indices().map(|(byte_idx, _)| byte_idx).chain([text.len()]).collect(),
            words: blocks.flat_map(|block| tokens(text, block.range)).map(|token| token.range).collect(),
        }
    }

    fn place(&self, member: &Member) -> Outcome {
        let Some(range) = self.located(member) else { return Outcome::Lost };
        let first = self.words.partition_point(|word| word.end <= range.start);
        let inside = self.words.get(first..).unwrap_or_default().iter().take_while(|word| word.start < range.end);
        let mostly = inside.filter(|word| 2 * word.intersection(range).map_or(0, ByteRange::len) >= word.len());
        match mostly.copied().reduce(ByteRange::cover) {
            Some(words) => Outcome::Placed(words),
            None => Outcome::Furniture,
        }
    }

    /// The bytes that the written offsets and words stand for.
    fn located(&self, member: &Member) -> Option<ByteRange> {
        let in_chars = self.of_chars(member.begin, member.end);
        let Some(written) = member.text.as_deref().filter(|text| !text.trim().is_empty()) else { return in_chars };
        let fits = |range: &ByteRange| fits(range.of(self.text), written);
        let early = || self.of_chars(member.begin.checked_sub(1)?, member.end.checked_sub(1)?).filter(fits);
        let units = in_chars.filter(fits).or_else(|| early().and(in_chars));
        units
            .or_else(|| self.of_utf16(member.begin, member.end).filter(fits))
            .or_else(|| Some(ByteRange::new(member.begin, member.end)).filter(fits))
            .or_else(|| self.nearest(written.trim(), in_chars.map_or(self.text.len(), |range| range.start)))
    }

    fn of_chars(&self, begin: usize, end: usize) -> Option<ByteRange> {
        Some(ByteRange::new(*self.chars.get(begin)?, *self.chars.get(end)?))
    }

    fn of_utf16(&self, begin: usize, end: usize) -> Option<ByteRange> {
        let mut n_units = 0;
        let (mut start, mut stop) = (None, (end == 0).then_some(0));
        for (byte_idx, character) in self.text.char_indices() {
            start = start.or_else(|| (n_units >= begin).then_some(byte_idx));
            n_units += character.len_utf16();
            if n_units >= end {
                stop = stop.or(Some(byte_idx + character.len_utf8()));
                break;
            }
        }
        Some(ByteRange::new(start?, stop?))
    }

    /// The place of `words` that begins nearest to `byte_idx`.
    fn nearest(&self, words: &str, byte_idx: usize) -> Option<ByteRange> {
        let places = self.text.match_indices(words).map(|(start, _)| start);
        places.min_by_key(|start| start.abs_diff(byte_idx)).map(|start| ByteRange::new(start, start + words.len()))
    }
}

/// Are these the written words, where white space stands for any character?
fn fits(words: &str, written: &str) -> bool {
    let (mut words, mut written) = (words.chars(), written.chars());
    loop {
        match (words.next(), written.next()) {
            (None, None) => return true,
            (Some(here), Some(there)) if here == there || there.is_whitespace() => {}
            _ => return false,
        }
    }
}

/// A cluster as a family. The first place in order of date represents it.
fn family(
    corpus: &Corpus,
    places: &[Place<'_>],
    documents: &BTreeSet<usize>,
    origin: &str,
    known: &BTreeMap<PhraseId, String>,
) -> Phrase {
    let text_of = |idx: usize| corpus.documents().get(idx).map_or("", |document| document.text.as_str());
    let folded = |place: &Place<'_>| -> Vec<String> {
        let text = text_of(place.document_idx);
        tokens(text, place.range).map(|token| fold(token.range.of(text))).collect()
    };
    let representative = places.first().map(&folded).unwrap_or_default();
    let occurrences = places.iter().filter_map(|place| {
        let document = corpus.documents().get(place.document_idx)?;
        let is_verbatim = folded(place) == representative;
        Some(Occurrence {
            passage: Passage { document: document.id, range: place.range },
            kind: if is_verbatim { OccurrenceKind::Verbatim } else { OccurrenceKind::Near },
            why: Cow::Owned(origin.to_owned()),
        })
    });
    let words = places.first().map_or("", |place| place.range.of(text_of(place.document_idx)));
    let days = documents.iter().filter_map(|&idx| corpus.documents().get(idx)?.published.day());
    let id_of = |n_same: usize| PhraseId::of(&["passim", &representative.join(" "), &n_same.to_string()]);
    // Two clusters may have the same words in their oldest articles.
    let id = (0..).map(id_of).find(|id| !known.contains_key(id)).unwrap_or_else(|| id_of(0));
    Phrase {
        id,
        label: label(words),
        n_words: representative.len(),
        // As a run of ordinary words weighs among the program's own: by length and by spread.
        weight: representative.len() as f32 * (documents.len().max(2) as f32).log2(),
        occurrences: occurrences.collect(),
        n_documents: documents.len(),
        first: days.clone().min(),
        last: days.max(),
    }
}

/// The first words of a passage.
fn label(words: &str) -> String {
    let mut all = words.split_whitespace();
    let first: Vec<&str> = all.by_ref().take(N_LABEL_WORDS).collect();
    let more = if all.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "“Wé widen the pier”, \u{1F6A2} she said.\n\nThe council’s fees rise in spring.";
    const NEW: &str = "Again: wé widen the pier, she said.";

    fn corpus() -> Corpus {
        Corpus::new([OLD, NEW].iter().zip(1..).map(|(text, id)| Arc::new(Document::of_lines(DocumentId(id), text))))
    }

    fn member(begin: usize, end: usize, text: Option<&str>) -> Member {
        let text = text.map(str::to_owned);
        Member { cluster: "7".to_owned(), document: DocumentId(1), begin, end, text }
    }

    #[test]
    fn the_written_words_decide_what_offsets_count() {
        let document = Document::of_lines(DocumentId(1), OLD);
        let page = Page::new(&document);
        let table = [
            ("characters", member(1, 18, Some("Wé widen the pier")), "Wé widen the pier"),
            ("characters, words cut one early", member(4, 18, Some(" widen the pie")), "widen the pier"),
            ("no words", member(1, 9, None), "Wé widen"),
            ("bytes", member(13, 21, Some("the pier")), "the pier"),
            ("units of UTF-16", member(24, 32, Some("she said")), "she said"),
            ("words elsewhere", member(2, 9, Some("fees rise")), "fees rise"),
            ("whole words", member(1, 14, Some("Wé widen the")), "Wé widen the"),
            ("less than half a word", member(1, 15, Some("Wé widen the p")), "Wé widen the"),
            ("blanked in what passim was given", member(1, 18, Some("Wé       the pier")), "Wé widen the pier"),
            ("over two paragraphs", member(22, 46, None), "she said.\n\nThe council’s"),
        ];
        for (what, member, expected) in table {
            match page.place(&member) {
                Outcome::Placed(range) => assert_eq!(range.of(OLD), expected, "{what}"),
                Outcome::Furniture | Outcome::Lost => panic!("{what}: no place"),
            }
        }
        for lost in [member(0, 4, Some("harbor")), member(60, 600, None), member(600, 610, Some("dredging"))] {
            assert!(matches!(page.place(&lost), Outcome::Lost), "{lost:?}");
        }
    }

    #[test]
    fn a_cluster_is_a_family_that_says_where_it_comes_from() {
        let mut clusters = Clusters::default();
        for line in [
            r#"{"id":"0000000000000002","cluster":7,"begin":7,"end":24,"text":"wé widen the pier"}"#,
            r#"{"id":"0000000000000001","cluster":7,"begin":1,"end":18,"text":"Wé widen the pier"}"#,
            r#"{"id":"0000000000000001","cluster":8,"begin":1,"end":18,"text":"Wé widen the pier"}"#,
            r#"{"id":"0000000000000003","cluster":8,"begin":1,"end":18,"text":"Wé widen the pier"}"#,
            r#"{"id":"0000000000000001","cluster":9,"begin":1,"end":18,"text":"something else"}"#,
        ] {
            clusters.read_line(line.as_bytes()).unwrap();
        }
        let corpus = corpus();
        let (phrases, imported) = clusters.families(&corpus);
        assert_eq!(phrases.len(), 1);
        assert_eq!(
            (phrases[0].label.as_str(), phrases[0].n_words, phrases[0].n_documents),
            ("Wé widen the pier", 4, 2)
        );
        let words: Vec<&str> = phrases[0].occurrences.iter().map(|it| corpus.words(it.passage)).collect();
        assert_eq!(words, ["Wé widen the pier", "wé widen the pier"]);
        assert!(phrases[0].occurrences.iter().all(|it| it.kind == OccurrenceKind::Verbatim));
        assert_eq!(imported.origins.values().collect::<Vec<_>>(), ["cluster 7 of passim"]);
        assert_eq!(
            imported.unplaced.messages(&corpus),
            [
                "cluster 9 of passim: its words are not in pasted text; left out",
                "passim: 1 passage in articles that are not open",
                "passim: 2 clusters with fewer than two open articles",
            ]
        );
        // The order of lines is that of Spark's workers and says nothing.
        clusters.members.reverse();
        assert_eq!(clusters.families(&corpus), (phrases, imported));
    }
}
