//! Few icons (lucide, ISC licence), beside a word and hidden from screen readers.

use leptos::prelude::*;

/// An icon by what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Tick,
    Cross,
    Warning,
    Info,
    Clock,
    Pause,
    /// Onward in reading direction: mirrored in Arabic.
    Onward,
    Person,
    Place,
    Calendar,
    Shield,
    Print,
    Scan,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Tick => "M20 6 9 17l-5-5",
            Self::Cross => "M18 6 6 18M6 6l12 12",
            Self::Warning => {
                "m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01"
            }
            Self::Info => "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20M12 16v-4M12 8h.01",
            Self::Clock => "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20M12 6v6l4 2",
            Self::Pause => "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20M10 15V9M14 15V9",
            Self::Onward => "m9 18 6-6-6-6",
            Self::Person => "M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8",
            Self::Place => "M20 10c0 6-8 12-8 12s-8-6-8-12a8 8 0 0 1 16 0M12 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
            Self::Calendar => {
                "M8 2v4M16 2v4M3 10h18M5 4h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2"
            }
            Self::Shield => "M20 13c0 5-3.5 7.5-8 9-4.500-1.500-8-4-8-9V6l8-3 8 3zM9 12l2 2 4-4",
            Self::Print => {
                "M6 9V2h12v7M6 18H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2M6 14h12v8H6z"
            }
            Self::Scan => {
                "M3 7V5a2 2 0 0 1 2-2h2M17 3h2a2 2 0 0 1 2 2v2M21 17v2a2 2 0 0 1-2 2h-2M7 21H5a2 2 0 0 1-2-2v-2M7 12h10"
            }
        }
    }
}

/// An icon of 20 px in the colour of its text.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    let class = if glyph == Glyph::Onward { "icon icon--mirrored" } else { "icon" };
    view! {
        <svg class=class viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d=glyph.path()></path>
        </svg>
    }
}
