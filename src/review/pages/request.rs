//! `/review/{number}`: one request on one screen, the decision at its end.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::calendar::riyadh_day;
use crate::i18n::{td_string, use_locale};
use crate::licences::words::{
    evidence_text, kind_name, prerequisite_name, request_tone, request_word, status_tone, status_word,
};
use crate::review::api::{self, Approve, LetGo, ReviewView};
use crate::ui::button::Submit;
use crate::ui::date::{DualDate, dual_date, dual_date_time};
use crate::ui::error_view::loaded;
use crate::ui::form::{FormState, ServerForm};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Request() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let request = Resource::new(move || params.read().get("number").unwrap_or_default(), api::request);
    view! {
        <Page title=td_string!(locale, review.request_title) trail=vec![("/review", td_string!(locale, review.title))]>
            {loaded(request, |request| view! { <Screen request=request/> })}
        </Page>
    }
}

#[component]
fn Screen(request: ReviewView) -> impl IntoView {
    let locale = use_locale();
    let number = request.number.clone();
    view! {
        <h1 class="h2">
            {kind_name(locale, request.kind)} " · " {td_string!(locale, licences.request_number)} " "
            <Number value=number.clone()/>
        </h1>
        <div class="desk">
            <div class="desk__main">
                <Who request=request.clone()/>
                <Prerequisites request=request.clone()/>
                <History request=request/>
                <section class="card">
                    <h2 class="card__title">{td_string!(locale, review.conflicts)}</h2>
                    <p class="card__meta"><Icon glyph=Glyph::Tick/> " " {td_string!(locale, review.no_conflicts)}</p>
                </section>
            </div>
            <aside class="desk__aside card">
                <Decision number=number/>
            </aside>
        </div>
    }
}

/// Who asks, for what, since when.
#[component]
fn Who(request: ReviewView) -> impl IntoView {
    let locale = use_locale();
    let age = request.age;
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, review.who)}</h2>
            <SummaryList>
                <SummaryRow key=td_string!(locale, licences.name)><bdi>{request.name}</bdi></SummaryRow>
                <SummaryRow key=td_string!(locale, licences.latin_name)><bdi dir="ltr">{request.latin_name}</bdi></SummaryRow>
                <SummaryRow key=td_string!(locale, licences.birth_date)>
                    <DualDate date=request.birth_date/> " (" {td_string!(locale, review.age, count = age)} ")"
                </SummaryRow>
                <SummaryRow key=td_string!(locale, licences.place)>{request.place}</SummaryRow>
                {request
                    .organisation
                    .map(|name| {
                        view! { <SummaryRow key=td_string!(locale, licences.organisation)><bdi>{name}</bdi></SummaryRow> }
                    })}
                <SummaryRow key=td_string!(locale, licences.submitted_at)>{dual_date_time(locale, request.submitted_at)}</SummaryRow>
                {request
                    .answer_by
                    .map(|at| {
                        view! {
                            <SummaryRow key=td_string!(locale, review.due)>{dual_date(locale, riyadh_day(at))}</SummaryRow>
                        }
                    })}
            </SummaryList>
        </section>
    }
}

/// Each prerequisite with its evidence and its day.
#[component]
fn Prerequisites(request: ReviewView) -> impl IntoView {
    let locale = use_locale();
    let items = request
        .requirements
        .into_iter()
        .map(|one| {
            let (tone, word) = if one.met {
                (Tone::Success, td_string!(locale, licences.met))
            } else {
                (Tone::Error, td_string!(locale, licences.missing))
            };
            view! {
                <li class="task-list__item">
                    <div>
                        <p>{prerequisite_name(locale, one.what)}</p>
                        <p class="muted">
                            <bdi>{evidence_text(locale, &one)}</bdi> " " {one.met_on.map(|day| view! { <DualDate date=day/> })}
                        </p>
                    </div>
                    <div class="task-list__status"><Tag tone=tone label=word/></div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, licences.prerequisites_title)}</h2>
            <ul class="task-list">{items}</ul>
        </section>
    }
}

/// Earlier licences and requests.
#[component]
fn History(request: ReviewView) -> impl IntoView {
    let locale = use_locale();
    let none = request.licences.is_empty() && request.earlier.is_empty();
    let licences = request
        .licences
        .into_iter()
        .map(|(kind, status, valid)| {
            view! {
                <li>
                    {kind_name(locale, kind)} " " <Tag tone=status_tone(status) label=status_word(locale, status)/> " "
                    <DualDate date=valid.to/>
                </li>
            }
        })
        .collect_view();
    let earlier = request
        .earlier
        .into_iter()
        .map(|(kind, state, day)| {
            let title = td_string!(locale, licences.request_title, kind = kind_name(locale, kind));
            view! {
                <li>{title} " " <Tag tone=request_tone(state) label=request_word(locale, state)/> " " <DualDate date=day/></li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, review.history)}</h2>
            {if none {
                view! { <p class="card__meta">{td_string!(locale, review.no_history)}</p> }.into_any()
            } else {
                view! { <ul>{licences}{earlier}</ul> }.into_any()
            }}
        </section>
    }
}

/// Approve, by button or key; or back to the queue.
#[component]
fn Decision(number: String) -> impl IntoView {
    let locale = use_locale();
    let approve = ServerAction::<Approve>::new();
    let let_go = ServerAction::<LetGo>::new();
    let (pressed, other) = (number.clone(), number.clone());
    Effect::new(move || {
        let number = pressed.clone();
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            let plain = !(event.repeat() || event.ctrl_key() || event.alt_key() || event.meta_key());
            // The key's place on the board, so that an Arabic layout serves as well.
            if plain && event.code() == "KeyA" && !approve.pending().get_untracked() {
                approve.dispatch(Approve { number: number.clone() });
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <h2 class="card__title">{td_string!(locale, review.decision)}</h2>
        <p class="card__meta">{td_string!(locale, review.approve_text)}</p>
        <ServerForm action=approve>
            <input type="hidden" name="number" value=number/>
            <ApproveButton/>
        </ServerForm>
        <ServerForm action=let_go>
            <input type="hidden" name="number" value=other/>
            <Submit label=td_string!(locale, review.let_go) look="button--secondary"/>
        </ServerForm>
        <p class="card__meta">{td_string!(locale, review.idle)}</p>
    }
}

#[component]
fn ApproveButton() -> impl IntoView {
    let locale = use_locale();
    let pending = FormState::here().pending;
    view! {
        <button type="submit" class="button button--primary" aria-busy=move || pending.get().then_some("true")
            disabled=move || pending.get()>
            {td_string!(locale, review.approve)}
            <kbd class="kbd">"A"</kbd>
        </button>
    }
}
