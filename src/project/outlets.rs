//! What the reader decides about a line of one article holds for the same line in others of the outlet.
//!
//! The rules are not kept: they follow from the decisions, so that undo takes them back too. A decision on a block of
//! an article itself beats them; where decisions on the same line differ, there is no rule.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Decisions, Furniture};
use crate::document::{Block, BlockKind, Document};

/// Id of the rule that marks such blocks.
pub const RULE: &str = "outlet:reader";

/// The decided lines of every outlet. Only looked up, never walked, so the order of the map does not show.
#[derive(Debug, Default)]
pub(super) struct OutletRules<'a> {
    /// By outlet, then by the words of the line; `None` where decisions differ.
    by_outlet: HashMap<&'a str, HashMap<&'a str, Option<Furniture>>>,
}

impl<'a> OutletRules<'a> {
    /// The rules that follow from the decisions on these articles. `O(n)` in the number of decisions and articles.
    pub(super) fn new(documents: &'a [Arc<Document>], decisions: &Decisions) -> Self {
        let mut rules = Self::default();
        if decisions.blocks.is_empty() {
            return rules;
        }
        for document in documents {
            let Some(outlet) = &document.outlet else { continue };
            let first = (document.id, crate::text::ByteRange::default());
            let decided = decisions.blocks.range(first..).take_while(|((id, _), _)| *id == document.id);
            for ((_, range), furniture) in decided {
                let line = range.of(&document.text).trim();
                if line.is_empty() {
                    continue;
                }
                let lines = rules.by_outlet.entry(outlet.name.as_str()).or_default();
                lines
                    .entry(line)
                    .and_modify(|known| *known = known.filter(|known| known == furniture))
                    .or_insert(Some(*furniture));
            }
        }
        rules
    }

    /// Is there a rule for any line of this article?
    pub(super) fn concern(&self, document: &Document) -> bool {
        let Some(lines) = self.lines(document) else { return false };
        document.blocks.iter().any(|block| decision(lines, document, block).is_some())
    }

    /// Marks the blocks that a rule speaks of.
    pub(super) fn lay_over(&self, document: &mut Document) {
        let Some(lines) = self.lines(document) else { return };
        let decided: Vec<_> = (document.blocks.iter().enumerate())
            .filter_map(|(idx, block)| Some((idx, decision(lines, document, block)?)))
            .collect();
        for (idx, furniture) in decided {
            if let Some(block) = document.blocks.get_mut(idx) {
                block.kind = furniture.kind();
                block.rule = Some(RULE.to_owned());
            }
        }
    }

    fn lines(&self, document: &Document) -> Option<&HashMap<&'a str, Option<Furniture>>> {
        self.by_outlet.get(document.outlet.as_ref()?.name.as_str())
    }
}

/// What the rules say of a block, where that is something else than it already is.
fn decision(lines: &HashMap<&str, Option<Furniture>>, document: &Document, block: &Block) -> Option<Furniture> {
    let furniture = lines.get(block.range.of(&document.text).trim()).copied().flatten()?;
    let is_change = match furniture {
        Furniture::Shown => block.kind == BlockKind::Boilerplate,
        // A headline is never furniture because another article has the same one.
        Furniture::Hidden => block.kind != BlockKind::Boilerplate && block.kind != BlockKind::Title,
    };
    is_change.then_some(furniture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentId, Outlet, OutletBasis};
    use crate::project::{Command, Project};

    fn document(id: u64, outlet: &str, text: &str) -> Arc<Document> {
        let mut document = Document::of_lines(DocumentId(id), text);
        document.outlet = Some(Outlet { name: outlet.to_owned(), basis: OutletBasis::Stated, range: None });
        Arc::new(document)
    }

    fn kinds(project: &Project, id: u64) -> Vec<BlockKind> {
        let corpus = project.corpus();
        corpus.get(DocumentId(id)).unwrap().blocks.iter().map(|block| block.kind).collect()
    }

    fn set(project: &mut Project, id: u64, block_idx: usize, furniture: Furniture) {
        let document = project.documents().iter().find(|document| document.id == DocumentId(id)).unwrap();
        let block = document.blocks[block_idx].range;
        project.apply(Command::SetFurniture { document: DocumentId(id), block, furniture: Some(furniture) });
    }

    #[test]
    fn a_decision_holds_for_the_same_line_of_the_outlet() {
        let mut project = Project::new([
            document(1, "Gazette", "The pier is open.\nJoin the club today"),
            document(2, "Gazette", "Join the club today\nThe pier is shut."),
            document(3, "Courier", "Join the club today\nThe pier is shut."),
        ]);
        set(&mut project, 1, 1, Furniture::Hidden);
        assert_eq!(kinds(&project, 2), [BlockKind::Boilerplate, BlockKind::Body]);
        assert_eq!(kinds(&project, 3), [BlockKind::Body, BlockKind::Body]);
        let corpus = project.corpus();
        assert_eq!(corpus.get(DocumentId(2)).unwrap().blocks[0].rule.as_deref(), Some(RULE));
        project.undo();
        assert_eq!(kinds(&project, 2), [BlockKind::Body, BlockKind::Body]);
    }

    #[test]
    fn the_article_s_own_decision_wins_and_a_quarrel_makes_no_rule() {
        let text = "Join the club today\nThe pier is open.";
        let mut project = Project::new([1, 2, 3].map(|id| document(id, "Gazette", text)));
        set(&mut project, 1, 0, Furniture::Hidden);
        set(&mut project, 2, 0, Furniture::Shown);
        assert_eq!(kinds(&project, 1)[0], BlockKind::Boilerplate);
        assert_eq!(kinds(&project, 2)[0], BlockKind::Body);
        assert_eq!(kinds(&project, 3)[0], BlockKind::Body);
    }
}
