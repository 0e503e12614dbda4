//! Puts what the reader likes into egui: the palette, its contrast, stillness and the size of everything.

use egui::ThemePreference;

use super::{Appearance, Settings};
use crate::gui::theme::{Contrast, Theme};

/// Makes `ctx` look as the reader likes. The fonts and styles of [`Theme::install`] are there already.
pub fn apply(ctx: &egui::Context, settings: &Settings) {
    // Keys for the size are ours, so that the size is kept.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.set_theme(match settings.appearance {
        Appearance::System => ThemePreference::System,
        Appearance::Light => ThemePreference::Light,
        Appearance::Dark => ThemePreference::Dark,
    });
    Theme::set_contrast(ctx, if settings.is_high_contrast { Contrast::High } else { Contrast::Normal });
    Theme::set_still(ctx, settings.is_still);
    ctx.set_zoom_factor(settings.zoom);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::theme::Mode;

    #[test]
    fn what_the_reader_likes_is_what_is_shown() {
        let ctx = egui::Context::default();
        Theme::install(&ctx);
        let settings = Settings { appearance: Appearance::Dark, is_high_contrast: true, ..Settings::default() };
        apply(&ctx, &settings);
        ctx.run_ui(egui::RawInput::default(), |_| {}).drop_without_applying_deltas();
        assert_eq!(Theme::current(&ctx), Theme::HIGH_DARK);
        assert_eq!(ctx.global_style().visuals.panel_fill, Theme::HIGH_DARK.paper);
        apply(&ctx, &Settings { appearance: Appearance::Light, ..Settings::default() });
        ctx.run_ui(egui::RawInput::default(), |_| {}).drop_without_applying_deltas();
        assert_eq!(Theme::current(&ctx).mode, Mode::Light);
        assert_eq!(Theme::current(&ctx), Theme::LIGHT);
    }

    #[test]
    fn nothing_moves_where_nothing_should() {
        let ctx = egui::Context::default();
        Theme::install(&ctx);
        let moves = |ctx: &egui::Context| {
            let style = ctx.global_style();
            let scrolls = style.scroll_animation.duration.max > 0.0;
            (style.animation_time > 0.0, scrolls, style.visuals.text_cursor.blink)
        };
        for is_high_contrast in [true, false] {
            apply(&ctx, &Settings { is_high_contrast, ..Settings::default() });
            assert_eq!(moves(&ctx), (false, false, false));
            apply(&ctx, &Settings { is_high_contrast, is_still: false, ..Settings::default() });
            assert_eq!(moves(&ctx), (false, true, true));
        }
    }
}
