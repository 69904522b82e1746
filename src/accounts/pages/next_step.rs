//! The card on top of one's home: the one thing to do next, or to wait for.

use leptos::prelude::*;
use leptos_i18n::I18nContext;

use super::words;
use crate::accounts::model::path::NextStep;
use crate::i18n::{Locale, tu_string, use_i18n};
use crate::ui::button::ButtonLink;
use crate::ui::date::dual_date_time;

/// What the card says, and where its button leads.
struct Advice {
    title: String,
    text: String,
    button: &'static str,
    path: String,
}

#[component]
pub fn NextCard(next: NextStep) -> impl IntoView {
    let i18n = use_i18n();
    let Advice { title, text, button, path } = advice(i18n, next);
    view! {
        <section class="card card--next">
            <p class="card__eyebrow">{tu_string!(i18n, accounts.next_step)}</p>
            <h2 class="card__title">{title}</h2>
            <p>{text}</p>
            <ButtonLink href=path label=button/>
        </section>
    }
}

fn advice(i18n: I18nContext<Locale>, next: NextStep) -> Advice {
    let plain = |title: &str, text: &str, button: &'static str, path: &str| Advice {
        title: title.to_owned(),
        text: text.to_owned(),
        button,
        path: path.to_owned(),
    };
    let to_session = |session| format!("/training/{session}");
    let to_request = |number: &str| format!("/account/requests/{number}");
    match next {
        NextStep::CompleteProfile => plain(
            tu_string!(i18n, accounts.next_profile),
            tu_string!(i18n, accounts.next_profile_text),
            tu_string!(i18n, accounts.next_profile_button),
            "/account/profile",
        ),
        NextStep::AskGuardian => plain(
            tu_string!(i18n, accounts.next_guardian),
            tu_string!(i18n, accounts.next_guardian_text),
            tu_string!(i18n, accounts.next_guardian_button),
            "/account/guardian",
        ),
        NextStep::AwaitGuardian => plain(
            tu_string!(i18n, accounts.next_guardian_wait),
            tu_string!(i18n, accounts.next_guardian_wait_text),
            tu_string!(i18n, accounts.next_guardian_wait_button),
            "/account/guardian",
        ),
        NextStep::ChooseSession { kind } => plain(
            tu_string!(i18n, accounts.next_training),
            tu_string!(i18n, accounts.next_training_text),
            tu_string!(i18n, accounts.next_training_button),
            &format!("/training?kind={}", kind.slug()),
        ),
        NextStep::TakeOffer { session, until } => {
            let until = dual_date_time(i18n, until);
            plain(
                tu_string!(i18n, accounts.next_offer),
                &tu_string!(i18n, accounts.next_offer_text, until = until),
                tu_string!(i18n, accounts.next_offer_button),
                &to_session(session),
            )
        }
        NextStep::AwaitSeat { session } => plain(
            tu_string!(i18n, accounts.next_waiting),
            tu_string!(i18n, accounts.next_waiting_text),
            tu_string!(i18n, accounts.see_session),
            &to_session(session),
        ),
        NextStep::Attend { session, starts_at } => {
            let at = dual_date_time(i18n, starts_at);
            plain(
                tu_string!(i18n, accounts.next_attend),
                &tu_string!(i18n, accounts.next_attend_text, at = at),
                tu_string!(i18n, accounts.see_session),
                &to_session(session),
            )
        }
        NextStep::AwaitAttendance { session } => plain(
            tu_string!(i18n, accounts.next_marked),
            tu_string!(i18n, accounts.next_marked_text),
            tu_string!(i18n, accounts.see_session),
            &to_session(session),
        ),
        NextStep::AskForMark { session, until } => {
            let until = dual_date_time(i18n, until);
            plain(
                tu_string!(i18n, accounts.next_unmarked),
                &tu_string!(i18n, accounts.next_unmarked_text, until = until),
                tu_string!(i18n, accounts.see_session),
                &to_session(session),
            )
        }
        NextStep::StartTest { enrolment } => plain(
            tu_string!(i18n, accounts.next_test),
            tu_string!(i18n, accounts.next_test_text),
            tu_string!(i18n, accounts.next_test_button),
            &format!("/account/test/{enrolment}"),
        ),
        NextStep::ContinueTest { enrolment, until } => {
            let until = dual_date_time(i18n, until);
            plain(
                tu_string!(i18n, accounts.next_test_open),
                &tu_string!(i18n, accounts.next_test_open_text, until = until),
                tu_string!(i18n, accounts.next_test_open_button),
                &format!("/account/test/{enrolment}"),
            )
        }
        NextStep::ShowIdentity => plain(
            tu_string!(i18n, accounts.next_identity),
            tu_string!(i18n, accounts.next_identity_text),
            tu_string!(i18n, accounts.next_identity_button),
            "/training?mode=in_person",
        ),
        NextStep::GetPractitionerLicence => plain(
            tu_string!(i18n, accounts.next_practitioner),
            tu_string!(i18n, accounts.next_practitioner_text),
            tu_string!(i18n, accounts.see_path),
            "/licences/practitioner",
        ),
        NextStep::JoinOrganisation => plain(
            tu_string!(i18n, accounts.next_organisation),
            tu_string!(i18n, accounts.next_organisation_text),
            tu_string!(i18n, accounts.see_path),
            "/licences/management",
        ),
        NextStep::Request { kind } => {
            let path = format!("/account/request/{}", kind.slug());
            let kind = words::kind(i18n, kind);
            plain(
                &tu_string!(i18n, accounts.next_request, kind = kind),
                tu_string!(i18n, accounts.next_request_text),
                tu_string!(i18n, accounts.next_request_button),
                &path,
            )
        }
        NextStep::MendRequest { number } => plain(
            tu_string!(i18n, accounts.next_returned),
            tu_string!(i18n, accounts.next_returned_text),
            tu_string!(i18n, accounts.see_request),
            &to_request(&number),
        ),
        NextStep::AwaitDecision { number, by } => {
            let text = match by.map(|by| dual_date_time(i18n, by)) {
                Some(by) => tu_string!(i18n, accounts.next_decision_by, by = by),
                None => tu_string!(i18n, accounts.next_decision_text).to_owned(),
            };
            plain(
                tu_string!(i18n, accounts.next_decision),
                &text,
                tu_string!(i18n, accounts.see_request),
                &to_request(&number),
            )
        }
        NextStep::Licensed { number } => plain(
            tu_string!(i18n, accounts.next_licensed),
            tu_string!(i18n, accounts.next_licensed_text),
            tu_string!(i18n, accounts.see_licence),
            &format!("/account/licences/{number}"),
        ),
    }
}
