//! Themes, cues and acts: what a statement is about, what reports it, and what it does.

use serde::Deserialize;

/// What a statement may be about.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Stable id, such as `sanctions_pressure`.
    pub id: String,
    /// "Sanctions and pressure".
    pub label: String,
    /// Weighted words; a statement has the theme from a total weight of 1.0.
    pub terms: Vec<ThemeTerm>,
    /// The theme's directions in their order, from the softest to the hardest for the actor's counterpart, such as
    /// ease, maintain, increase. Themes of support list oppose, support.
    pub directions: Vec<Direction>,
    /// Rules that tell the direction from words of the content, first match wins.
    #[serde(default)]
    pub direction_rules: Vec<DirectionRule>,
    /// The direction where no rule matches.
    pub default_direction: Direction,
}

/// A word or turn that speaks for a theme.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeTerm {
    /// Words in a row, compared by stem; `a|b` is either word, `...` allows up to six words between.
    pub term: String,
    /// Weight, 0.0 to 1.0; 1.0 is enough alone. Negative weights speak against the theme.
    #[serde(default = "one")]
    pub weight: f32,
}

fn one() -> f32 {
    1.0
}

/// Which way a statement points on its theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    Ease,
    Maintain,
    Increase,
    Oppose,
    Support,
}

impl Direction {
    /// As shown to the reader, in legends and in reasons.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ease => "ease",
            Self::Maintain => "maintain",
            Self::Increase => "increase",
            Self::Oppose => "oppose",
            Self::Support => "support",
        }
    }
}

/// Words that show a direction.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectionRule {
    pub direction: Direction,
    /// As in [`ThemeTerm::term`].
    pub terms: Vec<String>,
}

/// How reliably a cue reports speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CueTier {
    Strict,
    Normal,
    Wide,
}

/// The grammar around a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueFrame {
    /// `S said (that) C`, `"Q," S said`, `C, said S`.
    Say,
    /// `S told X (that) C`, `"Q," S told X`: somebody spoken to stands between.
    Tell,
    /// `S urged X to C`, `S called on X to C`, `S promised to C`.
    Urge,
    /// `S welcomed NP`, `S condemned NP`: the object is the content.
    Object,
    /// `S is concerned about NP`: an attitude.
    Attitude,
    /// `according to S, C`.
    According,
    /// `S's claim that C`, `a demand by S for C`: a noun that reports.
    Noun,
}

/// A verb or turn that reports speech.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// Forms as they stand in a text, lower case: "said", "called on", "is concerned about".
    pub forms: Vec<String>,
    pub frame: CueFrame,
    pub tier: CueTier,
    /// Id of the act it performs, `None` for neutral verbs (said, added).
    #[serde(default)]
    pub act: Option<String>,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// `concern`, `welcome`, `urge`, `demand`.
    pub id: String,
    pub label: String,
    /// Firmness, 0 reports to 5 condemns or demands.
    pub force: u8,
    /// Words of the content that perform it, as in [`ThemeTerm::term`].
    #[serde(default)]
    pub terms: Vec<String>,
    /// CAMEO event code (Schrodt 2012), for reference only.
    #[serde(default)]
    pub cameo: Option<String>,
    /// The value of that code on the scale of Goldstein (1992), as published with CAMEO and GDELT, -10 to 10; for
    /// reference only. It rates how far an event cooperates with its target, not how firm it is: a call for help
    /// stands high and a demand low whoever is meant, so it never stands in for `force`.
    #[serde(default)]
    pub goldstein: Option<f32>,
}

/// Words that hedge or condition a statement; flags, never subtractions.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hedges {
    /// "may", "potential", "too early to say".
    #[serde(default)]
    pub hedges: Vec<String>,
    /// "until", "unless", "so that".
    #[serde(default)]
    pub conditions: Vec<String>,
}
