//! `/review/decided/{decision}`: a decision just made, ten seconds to undo it, and the way on.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::pool_of_page;
use crate::i18n::{td_string, use_locale};
use crate::licences::words::kind_name;
use crate::review::api::{self, DecidedView, TakeNext, Undo};
use crate::review::model::Standing;
use crate::review::words::{outcome_word, standing_word};
use crate::ui::browser;
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::panel::Notice;
use crate::ui::shortcut::Shortcuts;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Decided() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let id = move || params.read().get("decision").unwrap_or_default();
    let decided = Resource::new(id, api::decided);
    let trail = vec![("/review", td_string!(locale, review.title))];
    view! {
        <Page title=td_string!(locale, review.decided_title) trail=trail>
            {loaded(decided, move |decided| {
                let id = params.read_untracked().get("decision").unwrap_or_default();
                view! { <Made id=id decided=decided/> }
            })}
        </Page>
    }
}

#[component]
fn Made(id: String, decided: DecidedView) -> impl IntoView {
    let locale = use_locale();
    let pool = pool_of_page().get_untracked().query();
    let (next, undo) = (ServerAction::<TakeNext>::new(), ServerAction::<Undo>::new());
    let (tone, word) = outcome_word(locale, decided.outcome);
    let title = if decided.standing == Standing::Undone {
        td_string!(locale, review.undone_title)
    } else {
        td_string!(locale, review.decided_title)
    };
    let pending = decided.standing == Standing::Pending;
    let time = dual_date_time(locale, decided.effective_at);
    let undoing = pending.then(|| {
        view! { <UndoForm id=id pool=pool.clone() milliseconds=decided.milliseconds_left action=undo/> }
    });
    let going_on = pending.then(|| {
        let pool = pool.clone();
        view! { <GoesOn pool=pool milliseconds=decided.milliseconds_left next=next undo=undo/> }
    });
    view! {
        <Shortcuts/>
        <div class="stack">
            <h1 class="h1">{title}</h1>
            <SummaryList>
                <SummaryRow key=td_string!(locale, licences.request_number)><Number value=decided.number/></SummaryRow>
                <SummaryRow key=td_string!(locale, licences.kind)>{kind_name(locale, decided.kind)}</SummaryRow>
                <SummaryRow key=td_string!(locale, review.decision)>
                    <Tag tone=tone label=word/> " "
                    {(!pending).then(|| standing_word(locale, decided.standing))}
                </SummaryRow>
            </SummaryList>
            {pending.then(|| view! { <p>{td_string!(locale, review.decided_effect, time = time)}</p> })}
            {undoing}
            {(decided.standing == Standing::Effective)
                .then(|| view! { <Notice tone=Tone::Info><p>{td_string!(locale, review.too_late)}</p></Notice> })}
            <ServerForm action=next>
                <input type="hidden" name="pool" value=pool/>
                <Submit label=td_string!(locale, review.next_request) key="N"/>
            </ServerForm>
            {going_on}
            <p><a href="/review/decisions">{td_string!(locale, review.my_decisions)}</a></p>
        </div>
    }
}

/// The button to undo while it works; then why it is gone.
#[component]
fn UndoForm(id: String, pool: String, milliseconds: u32, action: ServerAction<Undo>) -> impl IntoView {
    let locale = use_locale();
    let over = RwSignal::new(false);
    Effect::new(move || {
        let wait = Duration::from_millis(u64::from(milliseconds));
        if let Ok(timer) = set_timeout_with_handle(move || over.set(true), wait) {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <div hidden=move || over.get()>
            <ServerForm action=action>
                <input type="hidden" name="decision" value=id/>
                <input type="hidden" name="pool" value=pool/>
                <p class="card__meta">{td_string!(locale, review.undo_text)}</p>
                <Submit label=td_string!(locale, review.undo) look="button--secondary" key="Z"/>
            </ServerForm>
        </div>
        <div role="status">
            {move || {
                over.get()
                    .then(|| view! { <Notice tone=Tone::Info><p>{td_string!(locale, review.too_late)}</p></Notice> })
            }}
        </div>
    }
}

/// That the next request opens by itself once the decision can no longer be undone, and a button for who would rather stay.
/// By scripts alone, and never on a page that nobody looks at: who has gone would keep a request from the others.
#[component]
fn GoesOn(pool: String, milliseconds: u32, next: ServerAction<TakeNext>, undo: ServerAction<Undo>) -> impl IntoView {
    let locale = use_locale();
    // Shown by the browser, once it can keep what is said.
    let going = RwSignal::new(false);
    Effect::new(move || {
        let pool = pool.clone();
        let go = move || {
            let seen = browser::member(&document(), "hidden").and_then(|hidden| hidden.as_bool()) == Some(false);
            // Whoever asked to undo sees what became of it.
            let undid = undo.pending().get_untracked() || undo.version().get_untracked() > 0;
            if seen && going.get_untracked() && !undid && !next.pending().get_untracked() {
                next.dispatch(TakeNext { pool });
            }
            going.set(false);
        };
        if let Ok(timer) = set_timeout_with_handle(go, Duration::from_millis(u64::from(milliseconds))) {
            going.set(true);
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <div class="stack" hidden=move || !going.get()>
            <p class="muted">{td_string!(locale, review.goes_on)}</p>
            <button type="button" class="button button--secondary" on:click=move |_| going.set(false)>
                {td_string!(locale, review.stay)}
            </button>
        </div>
    }
}
