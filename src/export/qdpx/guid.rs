//! Ids of the exchange format, made of what they stand for: UUID version 8 over SHA-256 (RFC 9562, 2024, appendix B.2).
//!
//! No random number and no clock, so that the same findings have the same ids in every export, and a program that imports
//! a later export can tell what it knows already.

use sha2::Digest as _;

/// The id of a thing, by its kind and what tells it from others of its kind.
pub(super) fn guid(kind: &str, parts: &[&str]) -> String {
    let mut digest = sha2::Sha256::new();
    for part in ["throughline", kind].iter().chain(parts) {
        // Lengths part the parts: "ab", "c" is not "a", "bc".
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let digest = digest.finalize();
    let mut hex = String::with_capacity(36);
    for (idx, byte) in digest.iter().take(16).enumerate() {
        let byte = match idx {
            6 => (byte & 0x0f) | 0x80,
            8 => (byte & 0x3f) | 0x80,
            _ => *byte,
        };
        if matches!(idx, 4 | 6 | 8 | 10) {
            hex.push('-');
        }
        hex.push_str(&format!("{byte:02x}"));
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_stable_and_of_version_8() {
        let id = guid("code", &["theme", "sanctions"]);
        assert_eq!(id, guid("code", &["theme", "sanctions"]));
        assert_ne!(id, guid("code", &["themes", "anctions"]));
        let groups: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12]);
        assert!(id[14..].starts_with('8') && id[19..].starts_with(['8', '9', 'a', 'b']), "{id}");
    }
}
