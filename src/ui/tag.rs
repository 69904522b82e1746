//! A status in a word and an icon, never colour alone.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How a status is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Success,
    Warning,
    Error,
    Info,
    Neutral,
}

impl Tone {
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Info => "info",
            Self::Neutral => "neutral",
        }
    }

    pub fn glyph(self) -> Glyph {
        match self {
            Self::Success => Glyph::Tick,
            Self::Warning => Glyph::Warning,
            Self::Error => Glyph::Cross,
            Self::Info => Glyph::Info,
            Self::Neutral => Glyph::Clock,
        }
    }
}

/// A status tag.
#[component]
pub fn Tag(tone: Tone, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <span class=format!("tag tag--{}", tone.name())>
            <Icon glyph=tone.glyph()/>
            {label}
        </span>
    }
}
