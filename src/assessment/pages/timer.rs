//! The time left, counted down from what the server said.

use std::time::Duration;

use leptos::leptos_dom::helpers::is_browser;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::assessment::model::clock_face;
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::ui::date::riyadh_time;
use crate::ui::icon::{Glyph, Icon};

const FIVE_MINUTES: i64 = 300;
const ONE_MINUTE: i64 = 60;

/// An answer of the server and when it came.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Timed<T> {
    pub value: T,
    /// Age of the page in milliseconds when the answer came; 0 for what came with the page.
    pub received: f64,
}

impl<T> Timed<T> {
    /// Notes when an answer came.
    pub fn note(answer: Result<T, AppError>) -> Result<Self, AppError> {
        answer.map(|value| Self { value, received: if is_browser() { page_age() } else { 0.0 } })
    }
}

/// Milliseconds since this page was asked for: the time stamp of an event made now. In the browser only.
fn page_age() -> f64 {
    web_sys::Event::new("age").map_or(0.0, |event| event.time_stamp())
}

/// When the time ends, and a countdown. The browser's clock measures only how much time passes, so it may be wrong.
/// Told aloud at five minutes and at one; `on_end` runs when nothing is left.
#[component]
pub fn Timer(deadline: OffsetDateTime, left_ms: i64, received: f64, on_end: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let left = RwSignal::new(None::<i64>);
    let announced = RwSignal::new("");
    Effect::new(move || {
        let age = page_age() - received;
        // The wall clock goes on while a phone sleeps; timers and the page's own clock may not.
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of a test are far below 2^53")]
        let end = web_sys::js_sys::Date::now() - age + left_ms as f64;
        let tick = move || {
            #[expect(clippy::cast_possible_truncation, reason = "seconds of a test are far below 2^63")]
            let now = ((end - web_sys::js_sys::Date::now()) / 1000.0).ceil() as i64;
            let before = left.get_untracked();
            if before == Some(now) {
                return;
            }
            let crossed = |mark| before.is_some_and(|before| before > mark) && now <= mark;
            if crossed(ONE_MINUTE) {
                announced.set(td_string!(locale, assessment.announce_one));
            } else if crossed(FIVE_MINUTES) {
                announced.set(td_string!(locale, assessment.announce_five));
            }
            left.set(Some(now));
            // Asked again each second until the server, whose clock counts, agrees.
            if now < 0 {
                on_end.run(());
            }
        };
        tick();
        if let Ok(interval) = set_interval_with_handle(tick, Duration::from_millis(500)) {
            on_cleanup(move || interval.clear());
        }
    });
    let countdown = move || {
        left.get().map(|left| {
            view! {
                <span role="timer" aria-label=td_string!(locale, assessment.time_left)>
                    <bdi class="num" dir="ltr">{clock_face(left)}</bdi>
                </span>
            }
        })
    };
    view! {
        <div class="timer" class:timer--low=move || left.get().is_some_and(|left| left <= FIVE_MINUTES)>
            <Icon glyph=Glyph::Clock/>
            <span>{td_string!(locale, assessment.time_ends, time = riyadh_time(deadline))}</span>
            {countdown}
        </div>
        <p class="visually-hidden" role="status">{announced}</p>
    }
}
