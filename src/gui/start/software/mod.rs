//! A window that the processor draws alone: for remote desktops and virtual machines whose graphics do not work.
//!
//! The same as what eframe does around OpenGL, for one window: winit brings events, egui-winit translates them, our
//! rasterizer paints, softbuffer shows the pixels. Only rows that changed are painted and sent.

mod surface;

use std::sync::Arc;
use std::time::Instant;

use eframe::UserEvent;
use egui::{ViewportCommand, ViewportId, ViewportInfo};
use egui_winit::{ActionRequested, accesskit_winit};
use winit::application::ApplicationHandler;
use winit::dpi::PhysicalPosition;
use winit::event::{StartCause, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use winit::window::WindowId;

use self::surface::Surface;
use super::{Failure, Waiting, display, viewport};
use crate::gui::raster::{Canvas, Raster};
use crate::gui::window::Window;

/// The largest side of the texture of glyphs.
const MAX_TEXTURE_SIDE: usize = 8192;

/// Shows the window and returns when it is closed.
pub(super) fn run(ctx: &egui::Context, waiting: &Waiting) -> Result<(), Failure> {
    let mut builder = EventLoop::<UserEvent>::with_user_event();
    display::ask_for(&mut builder);
    let event_loop = builder.build().map_err(|_| Failure::display())?;
    let Some(app) = waiting.take() else { return Err(Failure::other("the window was given away")) };
    let mut shell = Shell {
        ctx: ctx.clone(),
        app,
        proxy: event_loop.create_proxy(),
        shown: None,
        was_shown: false,
        repaint_at: None,
        failure: None,
    };
    let ran = event_loop.run_app(&mut shell);
    let Shell { mut app, failure, was_shown, .. } = shell;
    if was_shown {
        // Whatever happened: what is left to write is written.
        app.close();
    } else {
        waiting.give_back(app);
    }
    match failure {
        Some(failure) => Err(failure),
        None => ran.map_err(|_| Failure::display()),
    }
}

/// Draws on a window that nobody sees, and returns what drew it.
pub(super) fn probe() -> Result<String, Failure> {
    let mut builder = EventLoop::<UserEvent>::with_user_event();
    display::ask_for(&mut builder);
    let event_loop = builder.build().map_err(|_| Failure::display())?;
    let mut probe = Probe(Err(Failure::other("the desktop allows no window")));
    event_loop.run_app(&mut probe).map_err(|_| Failure::display())?;
    probe.0
}

/// Shows one frame without anything on it.
struct Probe(Result<String, Failure>);

impl Probe {
    fn draw(event_loop: &ActiveEventLoop) -> Result<String, Failure> {
        let ctx = egui::Context::default();
        let builder = viewport().with_visible(false);
        let window = egui_winit::create_window(&ctx, event_loop, &builder).map_err(|_| Failure::display())?;
        let window = Arc::new(window);
        let mut surface = Surface::new(event_loop.owned_display_handle(), Arc::clone(&window))?;
        let mut canvas = Canvas::default();
        Raster::default().repaint(&mut canvas, &[], window.inner_size().into(), 1.0, egui::Color32::WHITE);
        surface.show(&window, &canvas)?;
        Ok("no driver needed".to_owned())
    }
}

impl ApplicationHandler<UserEvent> for Probe {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        self.0 = Self::draw(event_loop);
        event_loop.exit();
    }

    fn window_event(&mut self, _event_loop: &ActiveEventLoop, _window_id: WindowId, _event: WindowEvent) {}
}

/// The program around its window.
struct Shell {
    ctx: egui::Context,
    app: Window,
    proxy: EventLoopProxy<UserEvent>,
    /// From the first moment in which the desktop allows windows.
    shown: Option<Shown>,
    was_shown: bool,
    /// When the next frame is due.
    repaint_at: Option<Instant>,
    /// Why it ends.
    failure: Option<Failure>,
}

/// The window on the screen.
struct Shown {
    // In the order in which they are let go of: the window last.
    surface: Surface,
    input: egui_winit::State,
    window: Arc<winit::window::Window>,
    info: ViewportInfo,
    raster: Raster,
    canvas: Canvas,
    /// Was there a first frame?
    has_frame: bool,
}

impl Shown {
    fn new(
        ctx: &egui::Context,
        event_loop: &ActiveEventLoop,
        proxy: &EventLoopProxy<UserEvent>,
    ) -> Result<Self, Failure> {
        // What is shown before the first frame would be black.
        let builder = viewport().with_visible(false);
        let window = egui_winit::create_window(ctx, event_loop, &builder).map_err(|_| Failure::display())?;
        center(event_loop, &window);
        let window = Arc::new(window);
        let surface = Surface::new(event_loop.owned_display_handle(), Arc::clone(&window))?;
        let scale = window.scale_factor() as f32;
        let side = Some(MAX_TEXTURE_SIDE);
        let mut input =
            egui_winit::State::new(ctx.clone(), ViewportId::ROOT, event_loop, Some(scale), window.theme(), side);
        input.init_accesskit(event_loop, &window, proxy.clone());
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, ctx, &window, true);
        let proxy = proxy.clone();
        ctx.set_request_repaint_callback(move |asked| {
            // The loop is gone only while the program ends.
            let _ = proxy.send_event(UserEvent::RequestRepaint {
                viewport_id: asked.viewport_id,
                when: Instant::now() + asked.delay,
                cumulative_pass_nr: asked.current_cumulative_pass_nr,
            });
        });
        Ok(Self {
            surface,
            input,
            window,
            info,
            raster: Raster::default(),
            canvas: Canvas::default(),
            has_frame: false,
        })
    }

    /// One frame. Returns whether the window is to close.
    fn frame(&mut self, ctx: &egui::Context, app: &mut Window, event_loop: &ActiveEventLoop) -> Result<bool, Failure> {
        egui_winit::update_viewport_info(&mut self.info, ctx, &self.window, false);
        let mut raw = self.input.take_egui_input(&self.window);
        raw.viewports = std::iter::once((ViewportId::ROOT, self.info.clone())).collect();
        let is_closing = raw.viewport().close_requested();
        let mut output = ctx.run_ui(raw, |ui| {
            app.advance(ui.ctx());
            app.show(ui);
        });
        self.info.events.clear();
        self.raster.apply(&mut output.textures_delta);
        self.input.handle_platform_output_with_event_loop(&self.window, event_loop, output.platform_output);
        let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
        let size = self.window.inner_size();
        // The color between two panels that do not quite touch.
        let background = ctx.global_style().visuals.panel_fill;
        let size = [size.width, size.height];
        self.raster.repaint(&mut self.canvas, &primitives, size, output.pixels_per_point, background);
        self.surface.show(&self.window, &self.canvas)?;
        if !self.has_frame {
            self.has_frame = true;
            self.window.set_visible(true);
            // What was sent to a window that nobody saw may be lost.
            self.window.request_redraw();
        }
        let commands = output.viewport_output.remove(&ViewportId::ROOT).map(|it| it.commands).unwrap_or_default();
        Ok(self.carry_out(ctx, commands, is_closing))
    }

    /// Does what the frame asks the desktop for. Returns whether the window is to close.
    fn carry_out(&mut self, ctx: &egui::Context, commands: Vec<ViewportCommand>, is_closing: bool) -> bool {
        let is_kept_open = commands.contains(&ViewportCommand::CancelClose);
        let mut asked = Vec::new();
        egui_winit::process_viewport_commands(ctx, &mut self.info, commands, &self.window, &mut asked);
        let is_more_to_do = !asked.is_empty() || self.info.close_requested();
        for action in asked {
            match action {
                ActionRequested::Paste => self.paste(),
                ActionRequested::Copy => self.input.egui_input_mut().events.push(egui::Event::Copy),
                ActionRequested::Cut => self.input.egui_input_mut().events.push(egui::Event::Cut),
                // Nothing in the program takes pictures of its window or paints while nobody sees it.
                ActionRequested::Screenshot(_) | ActionRequested::PaintWhileHidden => {}
            }
        }
        if is_more_to_do {
            self.window.request_redraw();
        }
        is_closing && !is_kept_open
    }

    fn paste(&mut self) {
        let text = self.input.clipboard_text().unwrap_or_default().replace("\r\n", "\n");
        if !text.is_empty() {
            self.input.egui_input_mut().events.push(egui::Event::Paste(text));
        }
    }
}

/// Puts the window into the middle of the screen, where the desktop lets a program say so.
fn center(event_loop: &ActiveEventLoop, window: &winit::window::Window) {
    let monitor = event_loop.primary_monitor().or_else(|| event_loop.available_monitors().next());
    let Some(screen) = monitor.map(|monitor| monitor.size()) else { return };
    let size = window.inner_size();
    if screen.width > 0 && screen.height > 0 {
        let middle = |screen: u32, side: u32| (i64::from(screen) - i64::from(side)).max(0) as i32 / 2;
        let place = PhysicalPosition::new(middle(screen.width, size.width), middle(screen.height, size.height));
        window.set_outer_position(place);
    }
}

impl Shell {
    fn fail(&mut self, event_loop: &ActiveEventLoop, failure: Failure) {
        self.failure.get_or_insert(failure);
        event_loop.exit();
    }

    fn draw(&mut self, event_loop: &ActiveEventLoop) {
        let Some(shown) = &mut self.shown else { return };
        match shown.frame(&self.ctx, &mut self.app, event_loop) {
            Ok(false) => {}
            Ok(true) => event_loop.exit(),
            Err(failure) => self.fail(event_loop, failure),
        }
    }
}

impl ApplicationHandler<UserEvent> for Shell {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if self.shown.is_some() {
            return;
        }
        match Shown::new(&self.ctx, event_loop, &self.proxy) {
            Ok(shown) => {
                (self.shown, self.was_shown) = (Some(shown), true);
                // A window that is not visible yet gets no request to be drawn.
                self.draw(event_loop);
            }
            Err(failure) => self.fail(event_loop, failure),
        }
    }

    /// All that speaks to the screen has to go before the connection to it does.
    fn exiting(&mut self, _event_loop: &ActiveEventLoop) {
        self.shown = None;
    }

    fn new_events(&mut self, _event_loop: &ActiveEventLoop, _cause: StartCause) {
        if self.repaint_at.is_some_and(|when| when <= Instant::now())
            && let Some(shown) = &self.shown
        {
            self.repaint_at = None;
            shown.window.request_redraw();
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        event_loop.set_control_flow(self.repaint_at.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }

    fn user_event(&mut self, _event_loop: &ActiveEventLoop, event: UserEvent) {
        match event {
            UserEvent::RequestRepaint { when, cumulative_pass_nr, viewport_id } => {
                let now = self.ctx.cumulative_pass_nr_for(viewport_id);
                // What was asked for before the last frame, that frame has seen.
                if now == cumulative_pass_nr || now == cumulative_pass_nr + 1 {
                    self.repaint_at = Some(self.repaint_at.map_or(when, |known| known.min(when)));
                }
            }
            UserEvent::AccessKitActionRequest(event) => {
                let Some(shown) = &mut self.shown else { return };
                match event.window_event {
                    accesskit_winit::WindowEvent::InitialTreeRequested => self.ctx.enable_accesskit(),
                    accesskit_winit::WindowEvent::ActionRequested(request) => {
                        shown.input.on_accesskit_action_request(request);
                    }
                    accesskit_winit::WindowEvent::AccessibilityDeactivated => self.ctx.disable_accesskit(),
                }
                shown.window.request_redraw();
            }
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _window_id: WindowId, event: WindowEvent) {
        let Some(shown) = &mut self.shown else { return };
        match event {
            WindowEvent::RedrawRequested => self.draw(event_loop),
            event => {
                let is_close = event == WindowEvent::CloseRequested;
                if is_close {
                    shown.info.events.push(egui::ViewportEvent::Close);
                }
                if shown.input.on_window_event(&shown.window, &event).repaint || is_close {
                    shown.window.request_redraw();
                }
            }
        }
    }
}
