//! `/admin/sessions/{id}`: one session, to be changed or cancelled while it has not started.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::plan_fields::PlanFields;
use crate::i18n::{td_string, use_locale};
use crate::programmes::api;
use crate::programmes::model::{CancelReason, LONGEST_REASON, SessionView};
use crate::programmes::words::{mode_name, reason_text};
use crate::ui::button::Submit;
use crate::ui::choice::Select;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::{FormState, ServerForm};
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::Tone;
use crate::ui::text_area::TextArea;

#[component]
pub fn SessionPage() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let saved = Memo::new(move |_| query.read().get("saved").is_some());
    // Read anew after each act: an act leads to the same page with another question.
    let session = Resource::new(
        move || (params.read().get("id").unwrap_or_default(), query.read().to_query_string()),
        |(id, _)| api::session(id),
    );
    view! {
        {loaded(session, move |session| {
            let title = session.title.clone();
            view! {
                <Page title=title.clone() trail=vec![
                    ("/admin", td_string!(locale, programmes.admin)),
                    ("/admin/sessions", td_string!(locale, programmes.sessions_title)),
                ]>
                    <div class="prose stack">
                        <h1 class="h1">{title}</h1>
                        {saved.get_untracked().then(|| view! {
                            <Notice tone=Tone::Success><p>{td_string!(locale, programmes.saved)}</p></Notice>
                        })}
                        <Facts session=session.clone()/>
                        <Acts session=session/>
                    </div>
                </Page>
            }
        })}
    }
}

#[component]
fn Facts(session: SessionView) -> impl IntoView {
    let locale = use_locale();
    let (taken, seats, waiting) = (session.taken, session.seats, session.waiting);
    view! {
        <SummaryList>
            <SummaryRow key=td_string!(locale, training.starts)>{dual_date_time(locale, session.starts_at)}</SummaryRow>
            <SummaryRow key=td_string!(locale, training.ends)>{dual_date_time(locale, session.ends_at)}</SummaryRow>
            <SummaryRow key=td_string!(locale, training.deadline)>{dual_date_time(locale, session.enrol_by)}</SummaryRow>
            <SummaryRow key=td_string!(locale, programmes.mode)>{mode_name(locale, session.mode)}</SummaryRow>
            <SummaryRow key=td_string!(locale, programmes.trainer)>{session.trainer_name}</SummaryRow>
            <SummaryRow key=td_string!(locale, training.seats)>
                {td_string!(locale, programmes.taken_of, taken = taken, seats = seats)} " · "
                {td_string!(locale, programmes.waiting_count, count = waiting)}
            </SummaryRow>
        </SummaryList>
    }
}

/// What can still be done with it, or why nothing can.
#[component]
fn Acts(session: SessionView) -> impl IntoView {
    let locale = use_locale();
    if let Some((at, why)) = session.cancelled {
        let date = dual_date_time(locale, at);
        let why = why.map(|(reason, text)| view! { <p>{reason_text(locale, reason)}</p> <p>{text}</p> });
        return view! {
            <Notice tone=Tone::Error>
                <p>{td_string!(locale, programmes.was_cancelled, date = date)}</p>
                {why}
            </Notice>
        }
        .into_any();
    }
    if session.started {
        return view! { <Notice tone=Tone::Info><p>{td_string!(locale, programmes.has_started)}</p></Notice> }
            .into_any();
    }
    let change = ServerAction::<api::ChangeSession>::new();
    let id = session.id;
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, programmes.change)}</h2>
            <p>{td_string!(locale, programmes.change_text)}</p>
            <ServerForm action=change>
                <input type="hidden" name="session" value=id.to_string()/>
                <PlanFields choices=session.choices.clone() session=Some(session)/>
                <Submit label=td_string!(locale, programmes.change_button)/>
            </ServerForm>
        </section>
        <CancelForm session=id/>
    }
    .into_any()
}

#[component]
fn CancelForm(session: uuid::Uuid) -> impl IntoView {
    let locale = use_locale();
    let cancel = ServerAction::<api::CancelSession>::new();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, programmes.cancel)}</h2>
            <ServerForm action=cancel>
                <input type="hidden" name="session" value=session.to_string()/>
                <CancelFields/>
            </ServerForm>
        </section>
    }
}

/// Opens on demand, and by itself when the form was refused: it cannot be undone.
#[component]
fn CancelFields() -> impl IntoView {
    let locale = use_locale();
    let form = FormState::here();
    let open = form.was_sent();
    let reasons = std::iter::once((String::new(), td_string!(locale, programmes.choose).to_owned()))
        .chain(
            CancelReason::ALL
                .into_iter()
                .map(|reason| (reason.code().to_owned(), reason_text(locale, reason).to_owned())),
        )
        .collect();
    view! {
        <details class="stack" open=move || open || form.error.get().is_some()>
            <summary>{td_string!(locale, programmes.cancel)}</summary>
            <p>{td_string!(locale, programmes.cancel_text)}</p>
            <Select name="reason" label=td_string!(locale, programmes.reason) options=reasons/>
            <TextArea name="text" label=td_string!(locale, programmes.reason_text) longest=LONGEST_REASON
                hint=td_string!(locale, programmes.reason_text_hint)/>
            <Submit label=td_string!(locale, programmes.cancel_button) look="button--danger"/>
        </details>
    }
}
