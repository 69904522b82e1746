//! The one action of a session's page: what can be done, or why nothing can.

use leptos::prelude::*;

use super::session::Actions;
use super::words::state_name;
use crate::i18n::{tu_string, use_i18n};
use crate::training::model::{EnrolmentState, Own, SessionDetails, Standing};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::dual_date_time;
use crate::ui::form::ServerForm;
use crate::ui::panel::Notice;
use crate::ui::tag::{Tag, Tone};

/// What can be done, by where the person stands.
#[component]
pub fn StandingView(session: SessionDetails, actions: Actions) -> impl IntoView {
    let i18n = use_i18n();
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
            why_not(tu_string!(i18n, training.withdrawn), others(), tu_string!(i18n, training.other_sessions))
        }
        Standing::Closed => {
            why_not(tu_string!(i18n, training.closed), others(), tu_string!(i18n, training.other_sessions))
        }
        Standing::Visitor => {
            why_not(tu_string!(i18n, training.sign_in_first), "/sign-in".to_owned(), tu_string!(i18n, common.sign_in))
        }
        Standing::ProfileIncomplete => why_not(
            tu_string!(i18n, training.profile_first),
            format!("/account/profile?back=/training/{}", session.id),
            tu_string!(i18n, training.complete_profile),
        ),
        Standing::GuardianMissing => why_not(
            tu_string!(i18n, training.guardian_first),
            "/account/guardian".to_owned(),
            tu_string!(i18n, training.ask_guardian),
        ),
        Standing::OwnSession => why_not(
            tu_string!(i18n, training.own_session),
            format!("/trainer/{}", session.id),
            tu_string!(i18n, training.roster),
        ),
        Standing::Elsewhere(other) => why_not(
            tu_string!(i18n, training.elsewhere),
            format!("/training/{other}"),
            tu_string!(i18n, training.my_session),
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
    let i18n = use_i18n();
    let label = if full { tu_string!(i18n, training.join_waiting) } else { tu_string!(i18n, training.enrol) };
    view! {
        {full.then(|| view! { <p>{tu_string!(i18n, training.waiting_hint)}</p> })}
        <ServerForm action=actions.enrol>
            <input type="hidden" name="session" value=id.to_string()/>
            <Submit label=label/>
        </ServerForm>
    }
}

#[component]
fn OwnView(own: Own, actions: Actions) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, label) = state_name(i18n, own.state);
    let ahead = own.ahead;
    let next = match (own.state, own.offered_until.or(own.mark_due)) {
        (EnrolmentState::Waitlisted, _) => tu_string!(i18n, training.ahead, count = ahead),
        (EnrolmentState::Offered, Some(until)) => {
            let date = dual_date_time(i18n, until);
            tu_string!(i18n, training.offer_until, date = date)
        }
        (EnrolmentState::Offered | EnrolmentState::Lapsed, _) => tu_string!(i18n, training.lapsed_next).to_owned(),
        (EnrolmentState::Enrolled, Some(due)) => {
            let date = dual_date_time(i18n, due);
            tu_string!(i18n, training.unmarked_next, date = date)
        }
        (EnrolmentState::Enrolled, None) => tu_string!(i18n, training.enrolled_next).to_owned(),
        (EnrolmentState::Cancelled, _) => tu_string!(i18n, training.cancelled_next).to_owned(),
        (EnrolmentState::Attended, _) => tu_string!(i18n, training.attended_next).to_owned(),
        (EnrolmentState::Absent, _) => tu_string!(i18n, training.absent_next).to_owned(),
        (EnrolmentState::Passed, _) => tu_string!(i18n, training.passed_next).to_owned(),
        (EnrolmentState::Failed, _) => tu_string!(i18n, training.failed_next).to_owned(),
    };
    let accept = own.offered_until.map(|_| {
        view! {
            <ServerForm action=actions.accept>
                <input type="hidden" name="enrolment" value=own.enrolment.to_string()/>
                <Submit label=tu_string!(i18n, training.accept_offer)/>
            </ServerForm>
        }
    });
    let cancel = own.can_cancel.then(|| view! { <CancelForm own=own.clone() actions=actions/> });
    view! {
        <div class="card">
            <h2 class="card__title">{tu_string!(i18n, training.my_enrolment)}</h2>
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
    let i18n = use_i18n();
    let (open, text, label) = if own.state == EnrolmentState::Waitlisted {
        (
            tu_string!(i18n, training.leave_waiting),
            tu_string!(i18n, training.leave_waiting_text),
            tu_string!(i18n, training.leave_waiting_confirm),
        )
    } else {
        (
            tu_string!(i18n, training.cancel),
            tu_string!(i18n, training.cancel_text),
            tu_string!(i18n, training.cancel_confirm),
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
