//! Words found in all articles, whatever their case, accents, spelling or ending.
//!
//! A [`Query`] is parsed from what a reader types and never fails. Words of articles and of queries become the same keys
//! (`keys`), which an FTS5 table of SQLite holds (`index`): it says in which articles a query is met. Where its words
//! stand is worked out from an article's text when it is shown ([`Query::places`]), so the index holds no text. Both
//! give the same articles. [`Live`] keeps an index in memory beside the open articles.
//!
//! What a reader can type: `missile test` (both words, anywhere), `"missile test"` (side by side), `missile NEAR/5 test`
//! (either order, at most five words between; `NEAR` alone allows ten), `sanction*` (every word that begins so),
//! `missile OR rocket`, `-rocket` or `NOT rocket`. `OR` binds closer than the space between words.
//!
//! Indexing is `O(n)` in the words of the articles; a search reads only the lists of its own words.

mod index;
mod keys;
mod letters;
mod live;
mod parse;
mod places;
mod query;

pub use index::{add, create, merge, nearest, remove, search};
pub use keys::Keys;
pub use live::Live;
pub use query::Query;
