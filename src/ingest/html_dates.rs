//! Raw dates of an html page, each with the score of its field.

use trafilatura::dom::Document as Page;

use super::MetaDate;

pub(super) fn meta_dates(_page: &Page, _html: &str) -> Vec<MetaDate> {
    Vec::new()
}
