//! Word diff of two passages, by `similar`.
//!
//! Words are compared in their comparison form (case, quote marks, spelling and aliases aside); what is shown is the
//! original.

use crate::text::ByteRange;

/// One step of a diff. Ranges point into the texts of the two documents and cover the words and what stands between
/// them inside the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffOp {
    Equal { old: ByteRange, new: ByteRange },
    Delete { old: ByteRange },
    Insert { new: ByteRange },
    Replace { old: ByteRange, new: ByteRange },
}
