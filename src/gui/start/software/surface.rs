//! The pixels of the canvas on the window.
//!
//! The desktop lends one of few buffers, which still holds the frame that was shown in it last; only the bands that changed
//! since then are written.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::Arc;

use softbuffer::{Context, Rect, SoftBufferError};
use winit::event_loop::OwnedDisplayHandle;
use winit::window::Window;

use crate::gui::raster::Canvas;
use crate::gui::start::Failure;

/// So many frames are looked back; a buffer that is older is written anew.
const MAX_AGE: usize = 4;

/// The window's pixels.
pub(super) struct Surface {
    inner: softbuffer::Surface<OwnedDisplayHandle, Arc<Window>>,
    /// The bands that each of the last frames changed, the last one first.
    changes: VecDeque<Vec<bool>>,
    size: [usize; 2],
}

impl Surface {
    pub fn new(display: OwnedDisplayHandle, window: Arc<Window>) -> Result<Self, Failure> {
        let context = Context::new(display).map_err(|error| told(&error))?;
        let inner = softbuffer::Surface::new(&context, window).map_err(|error| told(&error))?;
        Ok(Self { inner, changes: VecDeque::new(), size: [0, 0] })
    }

    /// Shows the canvas. Nothing is sent where nothing changed; a window without room is left alone.
    pub fn show(&mut self, window: &Window, canvas: &Canvas) -> Result<(), Failure> {
        let [width, height] = canvas.size();
        let sides = (NonZeroU32::new(width as u32), NonZeroU32::new(height as u32));
        let (Some(columns), Some(rows)) = sides else { return Ok(()) };
        if self.size != [width, height] {
            self.inner.resize(columns, rows).map_err(|error| told(&error))?;
            self.size = [width, height];
            self.changes.clear();
        }
        self.changes.push_front(canvas.changed().to_vec());
        self.changes.truncate(MAX_AGE);
        let mut buffer = self.inner.buffer_mut().map_err(|error| told(&error))?;
        let due = due(&self.changes, usize::from(buffer.age()));
        let mut damage = Vec::new();
        for (idx, _) in due.iter().enumerate().filter(|(_, is_due)| **is_due) {
            let (top, pixels) = canvas.band(idx);
            let Some(target) = buffer.get_mut(top * width..top * width + pixels.len()) else { continue };
            for (target, [red, green, blue, _]) in target.iter_mut().zip(pixels) {
                *target = u32::from_be_bytes([0, *red, *green, *blue]);
            }
            damage.extend(rect(columns, top, pixels.len() / width));
        }
        window.pre_present_notify();
        // An empty list would mean all of it to some desktops; one that asks for a frame gets one.
        let sent = if damage.len() == due.len() || damage.is_empty() {
            buffer.present()
        } else {
            buffer.present_with_damage(&damage)
        };
        sent.map_err(|error| told(&error))
    }
}

/// The bands to be written into a buffer that was shown `age` frames ago; 0 means it holds nothing.
fn due(changes: &VecDeque<Vec<bool>>, age: usize) -> Vec<bool> {
    let n_bands = changes.front().map_or(0, Vec::len);
    if age == 0 || age > changes.len() {
        return vec![true; n_bands];
    }
    (0..n_bands).map(|band| changes.iter().take(age).any(|frame| frame.get(band).copied().unwrap_or(true))).collect()
}

fn rect(width: NonZeroU32, top: usize, n_rows: usize) -> Option<Rect> {
    Some(Rect { x: 0, y: u32::try_from(top).ok()?, width, height: NonZeroU32::new(u32::try_from(n_rows).ok()?)? })
}

fn told(error: &SoftBufferError) -> Failure {
    Failure::other(format!("the window takes no pixels ({error})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_since_the_buffer_was_shown_is_written() {
        let changes: VecDeque<Vec<bool>> =
            [[true, false, false], [false, true, false]].map(|frame| frame.to_vec()).into();
        assert_eq!(due(&changes, 1), [true, false, false]);
        assert_eq!(due(&changes, 2), [true, true, false]);
        assert_eq!(due(&changes, 3), [true; 3], "it is not known what that one holds");
        assert_eq!(due(&changes, 0), [true; 3]);
        assert!(due(&VecDeque::new(), 1).is_empty());
    }
}
