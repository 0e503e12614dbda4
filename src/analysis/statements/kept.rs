//! The statements of the last articles, so that an article more, or a decision of the reader, costs only what is new.
//!
//! What an article says depends on that article, the codebook and the tier alone. An article is the same where its text,
//! blocks and date are; comparing them costs a tenth of reading them.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::lexicon::Lexicon;
use super::{Statement, read_document};
use crate::analysis::{Cancelled, Progress};
use crate::codebook::{Codebook, CueTier};
use crate::document::{Corpus, Document, DocumentId};

/// What was read of each article.
#[derive(Default)]
pub struct Kept {
    /// What the articles were read with.
    by: Option<(Codebook, CueTier)>,
    read: FxHashMap<DocumentId, (Arc<Document>, Vec<Statement>)>,
}

impl Kept {
    /// The statements of `corpus`, in order of date and place; the same as of starting anew.
    ///
    /// # Errors
    /// [`Cancelled`] when `progress` was cancelled; what was kept before is still there.
    pub fn find_statements(
        &mut self,
        corpus: &Corpus,
        codebook: &Codebook,
        tier: CueTier,
        progress: &Progress,
    ) -> Result<Vec<Statement>, Cancelled> {
        progress.at(0.6)?;
        if self.by.as_ref().is_none_or(|(known, of_tier)| known != codebook || *of_tier != tier) {
            self.read.clear();
            self.by = Some((codebook.clone(), tier));
        }
        let is_kept = |document: &&Arc<Document>| {
            self.read.get(&document.id).is_some_and(|(known, _)| Arc::ptr_eq(known, document) || known == *document)
        };
        let fresh: Vec<&Arc<Document>> = corpus.documents().iter().filter(|document| !is_kept(document)).collect();
        let lexicon = Lexicon::new(codebook, tier);
        let read: Vec<(&Arc<Document>, Vec<Statement>)> = (fresh.into_par_iter())
            .filter(|_| !progress.is_cancelled())
            .map(|document| (document, read_document(document, &lexicon)))
            .collect();
        progress.at(0.9)?;
        self.read.retain(|id, _| corpus.get(*id).is_some());
        self.read.extend(read.into_iter().map(|(document, found)| (document.id, (Arc::clone(document), found))));
        let found = corpus.documents().iter().filter_map(|document| self.read.get(&document.id));
        Ok(found.flat_map(|(_, statements)| statements.iter().cloned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(texts: &[&str]) -> Corpus {
        Corpus::new((texts.iter().zip(1..)).map(|(text, id)| Arc::new(Document::of_lines(DocumentId(id), text))))
    }

    #[test]
    fn what_is_kept_gives_what_a_new_start_gives() {
        let (codebook, progress) = (Codebook::built_in(), Progress::default());
        let mut kept = Kept::default();
        let texts = ["“We must keep the pressure on,” the minister said.", "The mayor warned that sanctions hurt."];
        let mut dated = Document::of_lines(DocumentId(1), texts[0]);
        dated.published = crate::document::Published::entered(jiff::civil::date(2020, 3, 4), Vec::new());
        let corpora =
            [corpus(&texts), corpus(&texts[..1]), Corpus::new([Arc::new(dated)]), corpus(&[]), corpus(&texts)];
        for corpus in &corpora {
            for tier in [CueTier::Normal, CueTier::Normal, CueTier::Wide] {
                let again = kept.find_statements(corpus, &codebook, tier, &progress).unwrap();
                let anew = super::super::find_statements(corpus, &codebook, tier, &progress).unwrap();
                assert_eq!(again, anew);
            }
        }
    }
}
