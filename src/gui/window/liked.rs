//! What the reader likes: laid over the window as soon as it changes, kept on the disk a moment later.

use std::time::Duration;

use super::Window;
use crate::gui::settings::{Appearance, applied};
use crate::gui::theme::{Mode, Theme};

impl Window {
    /// Lays the settings over the window where they are others than in the frame before.
    pub(in crate::gui) fn apply_settings(&mut self, ctx: &egui::Context) {
        let settings = self.desk.settings;
        if self.applied != Some(settings) {
            applied::apply(ctx, &settings);
            self.applied = Some(settings);
            ctx.request_repaint();
        }
    }

    /// Hands the settings over to the disk where they changed a moment ago.
    pub(super) fn keep_settings(&mut self, ctx: &egui::Context) {
        let Some(kept) = &mut self.settings else { return };
        let now = ctx.input(|input| input.time);
        if let Some(left) = kept.follow(self.desk.settings, now) {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        }
        if let Some(failure) = kept.failure() {
            self.desk.state.message = failure;
        }
    }

    /// The other one of light and dark.
    pub(super) fn toggle_mode(&mut self, ctx: &egui::Context) {
        self.desk.settings.appearance = match Theme::current(ctx).mode {
            Mode::Light => Appearance::Dark,
            Mode::Dark => Appearance::Light,
        };
    }
}
