//! What is looked at before a page leaves: sizes, contrast, dates, how much is quoted. Each check says what it saw, and
//! one that fails says what to do.

use super::FAIR_WORDS;
use super::model::{Briefing, Kind};

/// What was measured on the set pages. Sizes in points on a page 960 points wide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageFacts {
    pub n_pages: usize,
    /// Smallest text of each part that is on a page.
    pub headline_points: Option<f32>,
    pub quote_points: Option<f32>,
    pub label_points: Option<f32>,
    pub source_points: Option<f32>,
    /// Lines of the headline on the first page.
    pub n_headline_lines: usize,
    /// Lowest contrast of a text on its ground, by WCAG 2.
    pub lowest_contrast: Option<f32>,
    /// Texts that reach over the edge of their page or over other texts.
    pub n_overflowing: usize,
    /// Characters that no font could draw.
    pub missing: Vec<char>,
    /// Fonts of the system that stood in for the shipped ones.
    pub system_fonts: Vec<String>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// "Text sizes".
    pub name: &'static str,
    /// "quotes 40, labels 32, sources 24 px".
    pub saw: String,
    /// What to do, `None` where it passed.
    pub advice: Option<String>,
}

/// The smallest text of each part in points: what is read from the back of a room (see the house's design of pages).
pub const FLOORS: [(&str, f32); 4] = [("headline", 32.0), ("quotes", 18.0), ("labels", 16.0), ("sources", 12.0)];
/// Words and lines of a headline.
pub const MAX_HEADLINE_WORDS: usize = 15;
const MAX_HEADLINE_LINES: usize = 2;
/// The lowest contrast that counts as readable, by WCAG 2 for text of any size.
const MIN_CONTRAST: f32 = 4.5;

/// Everything that is checked, what failed first. `filters` are those that hide something of what the page shows, in
/// words.
pub fn checks(briefing: &Briefing, facts: &PageFacts, filters: &[String]) -> Vec<Check> {
    let mut checks = vec![
        headline(briefing, facts),
        sizes(facts),
        room(facts),
        contrast(facts),
        separation(briefing),
        dates(briefing),
        words(briefing),
        characters(facts),
        filtered(filters),
    ];
    checks.retain(|check| !check.saw.is_empty());
    checks.sort_by_key(|check| check.advice.is_none());
    checks
}

fn check(name: &'static str, saw: String, advice: Option<&str>) -> Check {
    Check { name, saw, advice: advice.map(str::to_owned) }
}

fn headline(briefing: &Briefing, facts: &PageFacts) -> Check {
    let n_words = briefing.headline.split_whitespace().count();
    let (saw, advice) = match (n_words, facts.n_headline_lines) {
        (0, _) => ("missing".to_owned(), Some("Say what the page shows, in one sentence.")),
        (n, _) if n > MAX_HEADLINE_WORDS => {
            (format!("{n} words"), Some("Make it 15 words at most, to be read at a glance."))
        }
        (_, n_lines) if n_lines > MAX_HEADLINE_LINES => {
            (format!("{n_lines} lines"), Some("Make it shorter, so that it takes two lines."))
        }
        (n, _) => (format!("{n} words, at most 15"), None),
    };
    check("Headline", saw, advice)
}

fn sizes(facts: &PageFacts) -> Check {
    let measured = [facts.headline_points, facts.quote_points, facts.label_points, facts.source_points];
    let is_small =
        |(points, (_, floor)): (&Option<f32>, &(&str, f32))| points.is_some_and(|points| points < floor - 0.05);
    let is_any_small = measured.iter().zip(&FLOORS).any(is_small);
    // Pixels of a page of 1920 × 1080, as a presenter counts them.
    let told = measured.iter().zip(&FLOORS).skip(1);
    let told = told.filter_map(|(points, (name, _))| Some(format!("{name} {:.0}", (*points)? * 2.0)));
    let told: Vec<String> = told.collect();
    let saw = if told.is_empty() { String::new() } else { format!("{} px", told.join(", ")) };
    check(
        "Text sizes",
        saw,
        is_any_small.then_some("The template sets text too small to be read from afar; choose another."),
    )
}

fn room(facts: &PageFacts) -> Check {
    let saw = match facts.n_overflowing {
        0 if facts.n_pages == 1 => "all on one page".to_owned(),
        0 => format!("on {} pages", facts.n_pages),
        n => format!("{n} texts run over"),
    };
    check("Room", saw, (facts.n_overflowing > 0).then_some("Shorten the headline or quote fewer words."))
}

fn contrast(facts: &PageFacts) -> Check {
    let Some(lowest) = facts.lowest_contrast else { return check("Contrast", String::new(), None) };
    let advice = (lowest < MIN_CONTRAST).then_some("The template sets text too pale to be read; choose another.");
    check("Contrast", format!("lowest {lowest:.1}"), advice)
}

fn separation(briefing: &Briefing) -> Check {
    // Marks differ in line, box and sign, which a page without color still shows.
    let saw = if briefing.kind == Kind::Sources { "no marks" } else { "marks differ in form" };
    check("Color-blind separation", saw.to_owned(), None)
}

fn dates(briefing: &Briefing) -> Check {
    let n_sources = briefing.sources.len();
    let n_estimates = briefing.sources.iter().filter(|source| source.when.is_estimate).count();
    let n_undated = briefing.sources.iter().filter(|source| source.when.iso.is_none()).count();
    let undated = if n_undated == 0 { String::new() } else { format!(", {n_undated} without a day") };
    check("Estimated dates shown", format!("{n_estimates} of {n_sources}{undated}"), None)
}

fn words(briefing: &Briefing) -> Check {
    let mut counts: Vec<usize> =
        briefing.sources.iter().map(|source| source.n_quoted_words).filter(|n_words| *n_words > 0).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let saw = match counts.len() {
        0 => "none quoted".to_owned(),
        1..=3 => {
            let last = counts.pop().unwrap_or(0);
            let before: Vec<String> = counts.iter().map(usize::to_string).collect();
            let and = if before.is_empty() { String::new() } else { format!("{} and ", before.join(", ")) };
            format!("{and}{last}, cap {FAIR_WORDS}")
        }
        _ => format!("at most {most}, cap {FAIR_WORDS}"),
    };
    let advice = "Quote fewer words of one source, or make sure that you may.";
    check("Words per source", saw, (most > FAIR_WORDS).then_some(advice))
}

fn characters(facts: &PageFacts) -> Check {
    if !facts.missing.is_empty() {
        let missing: String = facts.missing.iter().take(12).collect();
        let advice = "No font on this system has these characters; install one that does.";
        return check("Characters", format!("missing: {missing}"), Some(advice));
    }
    let saw = if facts.system_fonts.is_empty() {
        String::new()
    } else {
        format!("with fonts of this system: {}", facts.system_fonts.join(", "))
    };
    check("Characters", saw, None)
}

fn filtered(filters: &[String]) -> Check {
    let advice = "The view hides some of it; the page shows all. Say so, or lift the filter.";
    match filters {
        [] => check("Filters", "none hide anything".to_owned(), None),
        some => check("Filters", some.join(", "), Some(advice)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::briefing::model::{Body, Source, When};

    fn briefing(headline: &str, n_quoted_words: &[usize]) -> Briefing {
        let when = When { day: "3 May 2024".to_owned(), month: "May 2024".to_owned(), iso: None, is_estimate: true };
        let source = |(idx, n): (usize, &usize)| Source {
            number: idx + 1,
            outlet: "The Pilot".to_owned(),
            is_outlet_entered: false,
            headline: "The pier stays".to_owned(),
            author: None,
            when: when.clone(),
            notes: Vec::new(),
            n_quoted_words: *n,
        };
        Briefing {
            kind: Kind::Timeline,
            headline: headline.to_owned(),
            subtitle: String::new(),
            body: Body::Timeline { rows: Vec::new() },
            key: Vec::new(),
            sources: n_quoted_words.iter().enumerate().map(source).collect(),
            method: String::new(),
            description: String::new(),
            language: "en".to_owned(),
            made: jiff::civil::date(2024, 5, 3),
        }
    }

    fn facts() -> PageFacts {
        PageFacts {
            n_pages: 1,
            headline_points: Some(34.0),
            quote_points: Some(18.0),
            label_points: Some(16.0),
            source_points: Some(12.0),
            n_headline_lines: 2,
            lowest_contrast: Some(6.8),
            ..PageFacts::default()
        }
    }

    fn failed(briefing: &Briefing, facts: &PageFacts, filters: &[&str]) -> Vec<&'static str> {
        let filters: Vec<String> = filters.iter().map(|words| (*words).to_owned()).collect();
        let checks = checks(briefing, facts, &filters);
        let failed: Vec<_> = checks.iter().filter(|check| check.advice.is_some()).map(|check| check.name).collect();
        assert!(checks.iter().take(failed.len()).all(|check| check.advice.is_some()), "what failed comes first");
        failed
    }

    #[test]
    fn each_fault_is_found_and_a_sound_page_has_none() {
        let sound = briefing("The pier stays", &[16, 60]);
        assert_eq!(failed(&sound, &facts(), &[]), Vec::<&str>::new());
        assert_eq!(failed(&briefing("", &[]), &facts(), &[]), ["Headline"]);
        assert_eq!(failed(&briefing(&"word ".repeat(16), &[]), &facts(), &[]), ["Headline"]);
        assert_eq!(failed(&sound, &PageFacts { n_headline_lines: 3, ..facts() }, &[]), ["Headline"]);
        assert_eq!(failed(&sound, &PageFacts { quote_points: Some(17.0), ..facts() }, &[]), ["Text sizes"]);
        assert_eq!(failed(&sound, &PageFacts { n_overflowing: 2, ..facts() }, &[]), ["Room"]);
        assert_eq!(failed(&sound, &PageFacts { lowest_contrast: Some(4.4), ..facts() }, &[]), ["Contrast"]);
        assert_eq!(failed(&briefing("It stays", &[61]), &facts(), &[]), ["Words per source"]);
        assert_eq!(failed(&sound, &PageFacts { missing: vec!['통'], ..facts() }, &[]), ["Characters"]);
        assert_eq!(failed(&sound, &facts(), &["quotes only"]), ["Filters"]);
    }

    #[test]
    fn a_check_says_what_it_saw() {
        let saw = |name: &str| {
            let checks = checks(&briefing("The pier stays", &[16, 12]), &facts(), &[]);
            checks.into_iter().find(|check| check.name == name).map(|check| check.saw)
        };
        assert_eq!(saw("Text sizes").as_deref(), Some("quotes 36, labels 32, sources 24 px"));
        assert_eq!(saw("Words per source").as_deref(), Some("16 and 12, cap 60"));
        assert_eq!(saw("Estimated dates shown").as_deref(), Some("2 of 2, 2 without a day"));
        assert_eq!(saw("Characters"), None);
    }
}
