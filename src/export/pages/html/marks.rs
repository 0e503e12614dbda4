//! The marks of statements as small inline pictures, each with its words: a disc for quoted, a ring for reported, a
//! dashed ring for a voice that is not official, larger with more force, the direction as a sign inside.

use super::tags::escaped;
use crate::codebook::Direction;
use crate::export::pages::words;
use crate::report::briefing::model::Mark;

/// Radius of the disc for force 0 to 5.
const RADII: [u8; 6] = [4, 5, 7, 9, 11, 13];

/// Half of the width and height of a mark, the stroke and some air included.
const HALF: u8 = 15;

/// A mark that stands alone, named for those who do not see it.
pub(super) fn mark(mark: Mark) -> String {
    named(&shape(mark), &words::mark(mark))
}

/// The small gray ring of a theme that is not observed.
pub(super) fn not_observed() -> String {
    named(&absent_shape(), "not observed")
}

/// A mark beside which its words stand.
pub(super) fn sample(mark: Mark) -> String {
    unnamed(&shape(mark))
}

pub(super) fn not_observed_sample() -> String {
    unnamed(&absent_shape())
}

fn absent_shape() -> String {
    "<circle class=\"absent\" fill=\"none\" stroke=\"currentColor\" r=\"4\"></circle>".to_owned()
}

fn named(shape: &str, label: &str) -> String {
    format!("<svg {} role=\"img\" aria-label=\"{}\">{shape}</svg>", size(), escaped(label))
}

fn unnamed(shape: &str) -> String {
    format!("<svg {} aria-hidden=\"true\">{shape}</svg>", size())
}

fn size() -> String {
    let full = 2 * HALF;
    format!("width=\"{full}\" height=\"{full}\" viewBox=\"-{HALF} -{HALF} {full} {full}\"")
}

fn shape(mark: Mark) -> String {
    let radius = RADII.get(usize::from(mark.force)).copied().unwrap_or(RADII[RADII.len() - 1]);
    // The attributes are for readers that do not style pictures.
    let class = match (mark.is_official, mark.is_quoted) {
        (false, _) => "class=\"ring dashed\" fill=\"none\" stroke=\"currentColor\" stroke-dasharray=\"4 2.5\"",
        (true, true) => "class=\"disc\" fill=\"currentColor\"",
        (true, false) => "class=\"ring\" fill=\"none\" stroke=\"currentColor\"",
    };
    let is_filled = mark.is_official && mark.is_quoted;
    let sign = mark.direction.map(|direction| sign(direction, radius, is_filled)).unwrap_or_default();
    format!("<circle {class} r=\"{radius}\"></circle>{sign}")
}

/// ^ increase, = maintain, v ease, + support, − oppose; half as large as the disc.
fn sign(direction: Direction, radius: u8, is_filled: bool) -> String {
    let half = f32::from(radius) * 0.5;
    let third = f32::from(radius) * 0.25;
    let path = match direction {
        Direction::Increase => format!("M-{half} {third}L0 -{third}L{half} {third}"),
        Direction::Ease => format!("M-{half} -{third}L0 {third}L{half} -{third}"),
        Direction::Maintain => format!("M-{half} -{third}H{half}M-{half} {third}H{half}"),
        Direction::Oppose => format!("M-{half} 0H{half}"),
        Direction::Support => format!("M-{half} 0H{half}M0 -{half}V{half}"),
    };
    let class = if is_filled {
        "class=\"sign on\" fill=\"none\" stroke=\"white\""
    } else {
        "class=\"sign\" fill=\"none\" stroke=\"currentColor\""
    };
    format!("<path {class} d=\"{path}\"></path>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_something_was_said_changes_the_shape_and_its_name() {
        let quoted = Mark { force: 3, direction: Some(Direction::Increase), is_quoted: true, is_official: true };
        let reported = Mark { is_quoted: false, ..quoted };
        let other = Mark { is_official: false, ..quoted };
        for (given, class, name) in [
            (quoted, "class=\"disc\" fill=\"currentColor\" r=\"9\"", "aria-label=\"increase, force 3, quoted\""),
            (
                reported,
                "class=\"ring\" fill=\"none\" stroke=\"currentColor\" r=\"9\"",
                "aria-label=\"increase, force 3, reported\"",
            ),
            (other, "stroke-dasharray=\"4 2.5\" r=\"9\"", "aria-label=\"increase, force 3, quoted, not official\""),
            (Mark { force: 99, ..quoted }, "r=\"13\"", "force 99"),
        ] {
            let svg = mark(given);
            assert!(svg.contains(class) && svg.contains(name), "{svg}");
        }
        assert!(sample(quoted).contains("class=\"sign on\"") && sample(reported).contains("class=\"sign\""));
    }
}
