//! Numbers as a reader sees them.

/// "10,000".
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut words = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// "1 article", "10,000 articles".
pub fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { more })
}

/// "one", "five", "12": as a person writes a number inside a sentence.
pub fn in_words(n: usize) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n).map_or_else(|| number(n), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three_and_small_numbers_are_words() {
        assert_eq!([0, 999, 1000, 1234567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0, 1, 10, 11].map(in_words), ["no", "one", "ten", "11"]);
        assert_eq!([1, 2].map(|n| counted(n, "story", "stories")), ["1 story", "2 stories"]);
    }
}
