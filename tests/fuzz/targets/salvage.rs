//! Damaged project files: whatever the bytes, reading ends, and gives no more than they can hold.

#![no_main]

use throughline::project::store::salvage::{Row, Value, rows};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let salvage = rows(data);
    assert!(salvage.page_size.is_power_of_two() && (512..=65_536).contains(&salvage.page_size));
    assert_eq!(salvage.n_pages, data.len().div_ceil(salvage.page_size));
    assert!(salvage.n_lost_pages <= salvage.n_pages);
    assert!(salvage.rows.iter().map(n_bytes).sum::<usize>() <= 6 * data.len());
    for row in &salvage.rows {
        assert!(matches!(row.values.first(), Some(Value::Text(_))), "{row:?}");
        assert!(!row.is_whole || !row.values.contains(&Value::Damaged), "{row:?}");
    }
});

fn n_bytes(row: &Row) -> usize {
    let size = |value: &Value| match value {
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
        _ => 0,
    };
    row.values.iter().map(size).sum()
}
