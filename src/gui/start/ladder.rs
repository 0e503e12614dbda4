//! The ways to draw the window, in the order in which they are tried.

/// A way to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renderer {
    /// The fastest to come up, and there on nearly every machine.
    OpenGl,
    /// Vulkan, Metal or Direct3D: where OpenGL fails, as on some remote desktops.
    Wgpu,
    /// The processor alone: works wherever there are windows.
    Software,
}

impl Renderer {
    /// All that were built in, in the order in which they are tried.
    pub const ALL: &[Self] = &[
        Self::OpenGl,
        #[cfg(feature = "wgpu")]
        Self::Wgpu,
        Self::Software,
    ];

    /// As it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenGl => "opengl",
            Self::Wgpu => "wgpu",
            Self::Software => "software",
        }
    }
}

/// What is tried, in turn: the one that was asked for, else all; those alone that come after one that is known to take the
/// whole program down, as a broken driver does. That one is given by its name.
pub fn rungs(forced: Option<Renderer>, failed: Option<&str>) -> Vec<Renderer> {
    if let Some(renderer) = forced {
        return vec![renderer];
    }
    let idx = Renderer::ALL.iter().position(|renderer| Some(renderer.name()) == failed);
    let rest = idx.and_then(|idx| Renderer::ALL.get(idx + 1..)).filter(|rest| !rest.is_empty());
    rest.unwrap_or(Renderer::ALL).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_comes_last_and_a_forced_way_alone() {
        let all = rungs(None, None);
        assert_eq!((all.first(), all.last()), (Some(&Renderer::OpenGl), Some(&Renderer::Software)));
        assert_eq!(rungs(Some(Renderer::Wgpu), Some("opengl")), [Renderer::Wgpu]);
    }

    #[test]
    fn what_takes_the_program_down_is_left_out_with_all_before_it() {
        assert_eq!(rungs(None, Some("opengl")), Renderer::ALL[1..]);
        assert_eq!(rungs(None, Some("software")), Renderer::ALL, "there is nothing after it");
        assert_eq!(rungs(None, Some("crayon")), Renderer::ALL);
    }
}
