//! The palettes in figures: contrast after WCAG 2, and how far apart the pins are for four kinds of sight.

use super::*;

/// Red, green and blue as light, 0.0..=1.0.
type Linear = [f64; 3];

fn linear(color: Color32) -> Linear {
    let [red, green, blue, _] = color.to_array();
    [red, green, blue].map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

/// Contrast ratio after WCAG 2, 1.0..=21.0.
fn contrast(left: Color32, right: Color32) -> f64 {
    let luminance = |color| {
        let [red, green, blue] = linear(color);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (left, right) = (luminance(left), luminance(right));
    (left.max(right) + 0.05) / (left.min(right) + 0.05)
}

/// How a kind of sight changes light: Machado, Oliveira, Fernandes 2009, severity 1.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protan", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    ("deutan", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    ("tritan", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

fn seen(light: Linear, sight: &[[f64; 3]; 3]) -> Linear {
    sight.map(|row| row.iter().zip(light).map(|(weight, channel)| weight * channel).sum::<f64>().clamp(0.0, 1.0))
}

/// CIE L*a*b* under D65.
fn lab([red, green, blue]: Linear) -> [f64; 3] {
    let f = |value: f64| {
        if value > (6.0_f64 / 29.0).powi(3) {
            value.cbrt()
        } else {
            value * (29.0_f64 / 6.0).powi(2) / 3.0 + 4.0 / 29.0
        }
    };
    let x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
    let y = f(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
    let z = f((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Color difference CIEDE2000, after Sharma, Wu, Dalal 2005.
fn difference([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let mean_chroma = (a1.hypot(b1) + a2.hypot(b2)) / 2.0;
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25.0_f64.powi(7))).sqrt();
    let stretch = 1.0 + 0.5 * (1.0 - seventh(mean_chroma));
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let is_gray = c1 * c2 == 0.0;
    let turn = if is_gray { 0.0 } else { (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0 };
    let mean_hue = if is_gray { h1 + h2 } else { (h1 + turn / 2.0).rem_euclid(360.0) };
    let (mean_l, mean_c) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(mean_hue - 30.0) + 0.24 * cos(2.0 * mean_hue) + 0.32 * cos(3.0 * mean_hue + 6.0)
        - 0.20 * cos(4.0 * mean_hue - 63.0);
    let middle = (mean_l - 50.0).powi(2);
    let scale_l = 1.0 + 0.015 * middle / (20.0 + middle).sqrt();
    let (scale_c, scale_h) = (1.0 + 0.045 * mean_c, 1.0 + 0.015 * mean_c * t);
    let rotation = 60.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
    let mixed = -rotation.to_radians().sin() * 2.0 * seventh(mean_c);
    let lightness = (l2 - l1) / scale_l;
    let chroma = (c2 - c1) / scale_c;
    let hue = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / scale_h;
    (lightness.powi(2) + chroma.powi(2) + hue.powi(2) + mixed * chroma * hue).sqrt()
}

#[test]
fn color_difference_agrees_with_the_published_examples() {
    let cases = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [50.0, 3.1736, 0.5854], 1.0),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
        ([50.0, -1.0, 2.0], [50.0, 0.0, 0.0], 2.3669),
    ];
    for (left, right, expected) in cases {
        let found = difference(left, right);
        assert!((found - expected).abs() < 5e-5, "{left:?} {right:?}: {found}");
    }
}

/// Light and dark, each in both contrasts.
const ALL: [Theme; 4] = [Theme::LIGHT, Theme::DARK, Theme::HIGH_LIGHT, Theme::HIGH_DARK];

/// The least contrast of text in this palette.
fn least(theme: &Theme) -> f64 {
    if theme.contrast == Contrast::High { 7.0 } else { 4.5 }
}

fn name(theme: &Theme) -> String {
    format!("{:?} in {:?} contrast", theme.mode, theme.contrast)
}

#[test]
fn every_color_of_text_is_readable_on_every_ground_it_is_used_on() {
    for theme in ALL {
        // Words of three levels and links stand on paper, bars, cards, fields (what is to be typed there is `dim`) and rows
        // that are chosen or under the pointer.
        let texts = [("ink", theme.ink), ("ink2", theme.ink2), ("dim", theme.dim), ("accent", theme.accent)];
        let grounds = [("paper", theme.paper), ("chrome", theme.chrome), ("raise", theme.raise), ("sel", theme.sel)];
        for (text, color) in texts {
            for (ground, below) in grounds {
                let found = contrast(color, below);
                assert!(found >= least(&theme), "{text} on {ground}, {}: {found:.2}", name(&theme));
            }
        }
        // Articles, letters and figures on the grounds of marks; the second level on those that stepped back.
        let marks = theme.pins.iter().flat_map(|pin| [pin.tint, pin.faded]).chain(theme.shared);
        for ground in marks {
            let found = contrast(theme.ink, ground);
            assert!(found >= least(&theme), "ink on the mark {ground:?}, {}: {found:.2}", name(&theme));
        }
        for pin in theme.pins {
            assert!(contrast(theme.ink2, pin.faded) >= 4.5, "{}", name(&theme));
        }
        // Buttons in the accent, and the number of a change, which is paper on ink.
        for (color, below) in [(theme.on_accent, theme.accent), (theme.paper, theme.ink)] {
            assert!(contrast(color, below) >= least(&theme), "{}", name(&theme));
        }
    }
}

#[test]
fn controls_that_rest_can_still_be_read() {
    for theme in ALL {
        for ground in [theme.paper, theme.chrome, theme.raise] {
            let found = contrast(ground.blend(theme.ink.gamma_multiply(theme.resting)), ground);
            assert!(found >= 4.5, "{}: {found:.2}", name(&theme));
        }
    }
}

#[test]
fn high_contrast_has_strong_edges_and_a_wide_ring() {
    for (theme, usual) in [(Theme::HIGH_LIGHT, Theme::LIGHT), (Theme::HIGH_DARK, Theme::DARK)] {
        for ground in [theme.paper, theme.chrome, theme.raise] {
            assert!(contrast(theme.rule, ground) >= 4.5, "a rule, {}", name(&theme));
            assert!(contrast(theme.rule2, ground) >= 7.0, "a border, {}", name(&theme));
            assert!(contrast(theme.accent, ground) >= 7.0, "the ring, {}", name(&theme));
        }
        for pin in theme.pins {
            assert!(contrast(pin.underline, pin.tint) >= 4.5, "an underline, {}", name(&theme));
        }
        assert!(theme.ring >= 3.0 && usual.ring >= 2.0);
    }
}

#[test]
fn tints_of_pins_differ_from_each_other_and_from_paper_for_four_kinds_of_sight() {
    for theme in ALL {
        for (sight, matrix) in &SIGHTS {
            let seen = |color: Color32| lab(seen(linear(color), matrix));
            let tints: Vec<[f64; 3]> = theme.pins.iter().map(|pin| pin.tint).chain([theme.paper]).map(seen).collect();
            for left in 0..tints.len() {
                for right in 0..left {
                    let found = difference(tints[left], tints[right]);
                    let (left, right) = (left.to_string(), right.to_string());
                    assert!(found >= 12.0, "{left} and {right}, {sight}, {}: {found:.2}", name(&theme));
                }
            }
        }
    }
}

#[test]
fn contrasts_are_as_stated() {
    let (light, dark) = (Theme::LIGHT, Theme::DARK);
    // Foreground and background in words, then the ratio in light and in dark.
    type Colors = fn(&Theme) -> (Color32, Color32);
    let cases: [(&str, Colors, f64, f64); 13] = [
        ("ink on paper", |it| (it.ink, it.paper), 17.4, 13.7),
        ("ink on chrome", |it| (it.ink, it.chrome), 16.0, 14.7),
        ("ink2 on paper", |it| (it.ink2, it.paper), 7.7, 8.0),
        ("ink2 on chrome", |it| (it.ink2, it.chrome), 7.1, 8.5),
        ("dim on paper", |it| (it.dim, it.paper), 5.2, 5.85),
        ("dim on chrome", |it| (it.dim, it.chrome), 4.8, 6.25),
        ("accent on paper", |it| (it.accent, it.paper), 7.0, 8.2),
        ("accent on chrome", |it| (it.accent, it.chrome), 6.4, 8.8),
        ("on accent", |it| (it.on_accent, it.accent), 7.3, 8.5),
        ("accent on sel", |it| (it.accent, it.sel), 6.2, 6.4),
        ("ink on shared by 2", |it| (it.ink, it.shared[0]), 15.2, 10.4),
        ("ink on shared by 3", |it| (it.ink, it.shared[1]), 13.2, 8.2),
        ("ink on shared by 4", |it| (it.ink, it.shared[2]), 11.1, 6.2),
    ];
    for (name, colors, in_light, in_dark) in cases {
        for (theme, expected) in [(&light, in_light), (&dark, in_dark)] {
            let (foreground, background) = colors(theme);
            let found = contrast(foreground, background);
            assert!((found - expected).abs() <= 0.0501, "{name}, {:?}: {found:.3}", theme.mode);
            assert!(found >= 4.5, "{name}, {:?}: text must be readable", theme.mode);
        }
    }
}

#[test]
fn selected_words_are_readable_whatever_they_are_marked_with() {
    for theme in ALL {
        let over = |ground: Color32| ground.blend(theme.selection);
        let grounds = theme.pins.iter().flat_map(|pin| [pin.tint, pin.faded]).chain(theme.shared);
        for ground in grounds.chain([theme.paper, theme.chrome, theme.sel]) {
            let found = contrast(theme.ink, over(ground));
            assert!(found >= least(&theme), "ink on {ground:?} selected, {}: {found:.2}", name(&theme));
        }
        let pale = contrast(theme.ink2, over(theme.paper));
        assert!(pale >= 4.5, "the second level of text, selected, {}: {pale:.2}", name(&theme));
        let edge = contrast(theme.accent, theme.paper);
        assert!(edge >= 3.0, "the edges of a selection, {:?}: {edge:.2}", theme.mode);
    }
}

#[test]
fn contrasts_on_pins_are_as_stated() {
    // Ink on the tint, the underline on the tint, the underline on paper.
    let stated = [
        (Theme::LIGHT, [[7.3, 3.8, 9.1], [14.5, 4.3, 5.2], [11.7, 4.5, 6.7], [7.5, 4.0, 9.4]]),
        (Theme::DARK, [[6.2, 4.2, 9.2], [7.4, 5.0, 9.2], [9.4, 5.7, 8.4], [4.8, 3.4, 9.9]]),
    ];
    for (theme, rows) in stated {
        for (pin_idx, (pin, expected)) in theme.pins.iter().zip(rows).enumerate() {
            let found = [
                contrast(theme.ink, pin.tint),
                contrast(pin.underline, pin.tint),
                contrast(pin.underline, theme.paper),
            ];
            let is_stated = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() <= 0.0501);
            assert!(is_stated, "pin {pin_idx}, {:?}: {found:.3?}", theme.mode);
            assert!(found[0] >= 4.5, "ink on a tint is text");
            assert!(found[1] >= 3.0 && found[2] >= 3.0, "an underline is a graphic");
            assert!(contrast(theme.ink, pin.faded) >= 11.15, "pin {pin_idx}, {:?}", theme.mode);
        }
    }
}

#[test]
fn pins_can_be_told_apart_by_four_kinds_of_sight() {
    // The smallest difference between two tints, in the order of `SIGHTS`.
    let stated = [(Theme::LIGHT, [22.9, 20.3, 16.4, 16.7]), (Theme::DARK, [18.4, 15.1, 15.5, 15.1])];
    for (theme, least) in stated {
        for ((sight, matrix), least) in SIGHTS.iter().zip(least) {
            let tints = theme.pins.map(|pin| lab(seen(linear(pin.tint), matrix)));
            let found = (0..N_PINS)
                .flat_map(|left| (0..left).map(move |right| (left, right)))
                .map(|(left, right)| difference(tints[left], tints[right]))
                .fold(f64::INFINITY, f64::min);
            assert!(found >= least - 0.05, "{sight}, {:?}: {found:.2}", theme.mode);
        }
    }
}

#[test]
fn dark_tints_stand_out_from_dark_paper() {
    for (sight, matrix) in &SIGHTS {
        let paper = lab(seen(linear(Theme::DARK.paper), matrix));
        for pin in Theme::DARK.pins {
            let found = difference(lab(seen(linear(pin.tint), matrix)), paper);
            assert!(found >= 15.05, "{sight}, {:?}: {found:.2}", pin.tint);
        }
    }
}
