//! The one action of a session's page: what can be done, or why nothing can.

use leptos::prelude::*;

use super::session::Actions;
use crate::i18n::{td_string, use_locale};
use crate::training::model::{EnrolmentState, Own, SessionDetails, Standing};
use crate::training::words::state_name;
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::dual_date_time;
use crate::ui::form::ServerForm;
use crate::ui::panel::Notice;
use crate::ui::tag::{Tag, Tone};

/// What can be done, by where the person stands.
#[component]
pub fn StandingView(session: SessionDetails, actions: Actions) -> impl IntoView {
    let locale = use_locale();
    let why_not = |text: &'static str, href: String, label: &'static str| {
        view! {
            <Notice tone=Tone::Info><p>{text}</p></Notice>
            <ButtonLink href=href label=label/>
        }
        .into_any()
    };
    let others = || "/training".to_owned();
    let inner = match session.standing {
        Standing::Withdrawn => {
            why_not(td_string!(locale, training.withdrawn), others(), td_string!(locale, training.other_sessions))
        }
        Standing::Closed => {
            why_not(td_string!(locale, training.closed), others(), td_string!(locale, training.other_sessions))
        }
        Standing::Visitor => why_not(
            td_string!(locale, training.sign_in_first),
            "/sign-in".to_owned(),
            td_string!(locale, common.sign_in),
        ),
        Standing::ProfileIncomplete => why_not(
            td_string!(locale, training.profile_first),
            format!("/account/profile?back=/training/{}", session.id),
            td_string!(locale, training.complete_profile),
        ),
        Standing::GuardianMissing => why_not(
            td_string!(locale, training.guardian_first),
            "/account/guardian".to_owned(),
            td_string!(locale, training.ask_guardian),
        ),
        Standing::OwnSession => why_not(
            td_string!(locale, training.own_session),
            format!("/trainer/{}", session.id),
            td_string!(locale, training.roster),
        ),
        Standing::Elsewhere(other) => why_not(
            td_string!(locale, training.elsewhere),
            format!("/training/{other}"),
            td_string!(locale, training.my_session),
        ),
        Standing::Open => view! { <EnrolForm id=session.id full=session.seats_left == 0 actions=actions/> }.into_any(),
        Standing::Mine(own) => {
            let again = own
                .can_enrol
                .then(|| view! { <EnrolForm id=session.id full=session.seats_left == 0 actions=actions/> });
            view! { <OwnView own=own actions=actions/> {again} }.into_any()
        }
    };
    view! { <section class="prose stack" aria-live="polite">{inner}</section> }
}

#[component]
fn EnrolForm(id: uuid::Uuid, full: bool, actions: Actions) -> impl IntoView {
    let locale = use_locale();
    let label = if full { td_string!(locale, training.join_waiting) } else { td_string!(locale, training.enrol) };
    view! {
        {full.then(|| view! { <p>{td_string!(locale, training.waiting_hint)}</p> })}
        <ServerForm action=actions.enrol>
            <input type="hidden" name="session" value=id.to_string()/>
            <Submit label=label/>
        </ServerForm>
    }
}

#[component]
fn OwnView(own: Own, actions: Actions) -> impl IntoView {
    let locale = use_locale();
    let (tone, label) = state_name(locale, own.state);
    let ahead = own.ahead;
    let next = match (own.state, own.offered_until.or(own.mark_due)) {
        (EnrolmentState::Waitlisted, _) => td_string!(locale, training.ahead, count = ahead),
        (EnrolmentState::Offered, Some(until)) => {
            let date = dual_date_time(locale, until);
            td_string!(locale, training.offer_until, date = date)
        }
        (EnrolmentState::Offered | EnrolmentState::Lapsed, _) => td_string!(locale, training.lapsed_next).to_owned(),
        (EnrolmentState::Enrolled, Some(due)) => {
            let date = dual_date_time(locale, due);
            td_string!(locale, training.unmarked_next, date = date)
        }
        (EnrolmentState::Enrolled, None) => td_string!(locale, training.enrolled_next).to_owned(),
        (EnrolmentState::Cancelled, _) => td_string!(locale, training.cancelled_next).to_owned(),
        (EnrolmentState::Attended, _) => td_string!(locale, training.attended_next).to_owned(),
        (EnrolmentState::Absent, _) => td_string!(locale, training.absent_next).to_owned(),
        (EnrolmentState::Passed, _) => td_string!(locale, training.passed_next).to_owned(),
        (EnrolmentState::Failed, _) => td_string!(locale, training.failed_next).to_owned(),
    };
    let accept = own.offered_until.map(|_| {
        view! {
            <ServerForm action=actions.accept>
                <input type="hidden" name="enrolment" value=own.enrolment.to_string()/>
                <Submit label=td_string!(locale, training.accept_offer)/>
            </ServerForm>
        }
    });
    let cancel = own.can_cancel.then(|| view! { <CancelForm own=own.clone() actions=actions/> });
    view! {
        <div class="card">
            <h2 class="card__title">{td_string!(locale, training.my_enrolment)}</h2>
            <p><Tag tone=tone label=label/></p>
            <p>{next}</p>
        </div>
        {accept}
        {cancel}
    }
}

/// Asks before it gives a seat away: the button shows only once the line above it is opened.
#[component]
fn CancelForm(own: Own, actions: Actions) -> impl IntoView {
    let locale = use_locale();
    let (open, text, label) = if own.state == EnrolmentState::Waitlisted {
        (
            td_string!(locale, training.leave_waiting),
            td_string!(locale, training.leave_waiting_text),
            td_string!(locale, training.leave_waiting_confirm),
        )
    } else {
        (
            td_string!(locale, training.cancel),
            td_string!(locale, training.cancel_text),
            td_string!(locale, training.cancel_confirm),
        )
    };
    view! {
        <details class="stack">
            <summary>{open}</summary>
            <p>{text}</p>
            <ServerForm action=actions.cancel>
                <input type="hidden" name="enrolment" value=own.enrolment.to_string()/>
                <Submit label=label look="button--danger"/>
            </ServerForm>
        </details>
    }
}
