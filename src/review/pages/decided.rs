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
    let next = ServerAction::<TakeNext>::new();
    let (tone, word) = outcome_word(locale, decided.outcome);
    let title = if decided.standing == Standing::Undone {
        td_string!(locale, review.undone_title)
    } else {
        td_string!(locale, review.decided_title)
    };
    let pending = decided.standing == Standing::Pending;
    let time = dual_date_time(locale, decided.effective_at);
    let undo = pending.then(|| {
        view! { <UndoForm id=id pool=pool.clone() milliseconds=decided.milliseconds_left/> }
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
            {undo}
            {(decided.standing == Standing::Effective)
                .then(|| view! { <Notice tone=Tone::Info><p>{td_string!(locale, review.too_late)}</p></Notice> })}
            <ServerForm action=next>
                <input type="hidden" name="pool" value=pool/>
                <Submit label=td_string!(locale, review.next_request) key="N"/>
            </ServerForm>
            <p><a href="/review/decisions">{td_string!(locale, review.my_decisions)}</a></p>
        </div>
    }
}

/// The button to undo while it works; then why it is gone.
#[component]
fn UndoForm(id: String, pool: String, milliseconds: u32) -> impl IntoView {
    let locale = use_locale();
    let undo = ServerAction::<Undo>::new();
    let over = RwSignal::new(false);
    Effect::new(move || {
        let wait = Duration::from_millis(u64::from(milliseconds));
        if let Ok(timer) = set_timeout_with_handle(move || over.set(true), wait) {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <div hidden=move || over.get()>
            <ServerForm action=undo>
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
