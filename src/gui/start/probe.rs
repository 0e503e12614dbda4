//! Whether one way of drawing works here: a window that nobody sees, one frame, and what drew it.

use std::cell::RefCell;
use std::rc::Rc;

use super::ladder::Renderer;
use super::{Failure, display, software};

/// Draws one frame and returns what did it, in words.
///
/// # Errors
/// Why it does not work.
pub fn probe(renderer: Renderer) -> anyhow::Result<String> {
    let drawn = match renderer {
        Renderer::Software => software::probe(),
        Renderer::OpenGl => with_eframe(eframe::Renderer::Glow),
        #[cfg(feature = "wgpu")]
        Renderer::Wgpu => with_eframe(eframe::Renderer::Wgpu),
        #[cfg(not(feature = "wgpu"))]
        Renderer::Wgpu => Err(Failure::other("this program was built without wgpu")),
    };
    drawn.map_err(|failure| anyhow::anyhow!(failure.why))
}

/// Notes who drew the first frame, and closes.
struct Probe {
    drawn_by: Rc<RefCell<Option<String>>>,
}

impl eframe::App for Probe {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        *self.drawn_by.borrow_mut() = Some(driver(frame));
        ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }

    fn ui(&mut self, _ui: &mut egui::Ui, _frame: &mut eframe::Frame) {}
}

fn with_eframe(renderer: eframe::Renderer) -> Result<String, Failure> {
    let drawn_by = Rc::new(RefCell::new(None));
    let app = Probe { drawn_by: Rc::clone(&drawn_by) };
    let options = eframe::NativeOptions {
        viewport: super::viewport().with_visible(false).with_inner_size([64.0, 64.0]).with_min_inner_size([1.0, 1.0]),
        renderer,
        event_loop_builder: Some(Box::new(display::ask_for)),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native("Throughline", options, Box::new(move |_| Ok(Box::new(app))))?;
    drawn_by.take().ok_or_else(|| Failure::other("no frame was drawn"))
}

/// What drew a frame, as its driver says.
fn driver(frame: &eframe::Frame) -> String {
    #[cfg(feature = "wgpu")]
    if let Some(state) = frame.wgpu_render_state() {
        let info = state.adapter.get_info();
        return format!("{:?}, {}", info.backend, info.name);
    }
    frame.gl().map_or_else(String::new, |gl| {
        let version = eframe::glow::HasContext::version(&**gl);
        let kind = if version.is_embedded { "OpenGL ES" } else { "OpenGL" };
        format!("{kind} {}.{}, {}", version.major, version.minor, version.vendor_info.trim())
    })
}
