//! The card on top of one's home: the one thing to do next, or to wait for.

use leptos::prelude::*;

use super::words;
use crate::accounts::model::path::NextStep;
use crate::i18n::{Locale, td_string, use_locale};
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
    let locale = use_locale();
    let Advice { title, text, button, path } = advice(locale, next);
    view! {
        <section class="card card--next">
            <p class="card__eyebrow">{td_string!(locale, accounts.next_step)}</p>
            <h2 class="card__title">{title}</h2>
            <p>{text}</p>
            <ButtonLink href=path label=button/>
        </section>
    }
}

fn advice(locale: Locale, next: NextStep) -> Advice {
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
            td_string!(locale, accounts.next_profile),
            td_string!(locale, accounts.next_profile_text),
            td_string!(locale, accounts.next_profile_button),
            "/account/profile",
        ),
        NextStep::AskGuardian => plain(
            td_string!(locale, accounts.next_guardian),
            td_string!(locale, accounts.next_guardian_text),
            td_string!(locale, accounts.next_guardian_button),
            "/account/guardian",
        ),
        NextStep::AwaitGuardian => plain(
            td_string!(locale, accounts.next_guardian_wait),
            td_string!(locale, accounts.next_guardian_wait_text),
            td_string!(locale, accounts.next_guardian_wait_button),
            "/account/guardian",
        ),
        NextStep::ChooseSession { kind } => plain(
            td_string!(locale, accounts.next_training),
            td_string!(locale, accounts.next_training_text),
            td_string!(locale, accounts.next_training_button),
            &format!("/training?kind={}", kind.slug()),
        ),
        NextStep::TakeOffer { session, until } => {
            let until = dual_date_time(locale, until);
            plain(
                td_string!(locale, accounts.next_offer),
                &td_string!(locale, accounts.next_offer_text, until = until),
                td_string!(locale, accounts.next_offer_button),
                &to_session(session),
            )
        }
        NextStep::AwaitSeat { session } => plain(
            td_string!(locale, accounts.next_waiting),
            td_string!(locale, accounts.next_waiting_text),
            td_string!(locale, accounts.see_session),
            &to_session(session),
        ),
        NextStep::Attend { session, starts_at } => {
            let at = dual_date_time(locale, starts_at);
            plain(
                td_string!(locale, accounts.next_attend),
                &td_string!(locale, accounts.next_attend_text, at = at),
                td_string!(locale, accounts.see_session),
                &to_session(session),
            )
        }
        NextStep::AwaitAttendance { session } => plain(
            td_string!(locale, accounts.next_marked),
            td_string!(locale, accounts.next_marked_text),
            td_string!(locale, accounts.see_session),
            &to_session(session),
        ),
        NextStep::StartTest { enrolment } => plain(
            td_string!(locale, accounts.next_test),
            td_string!(locale, accounts.next_test_text),
            td_string!(locale, accounts.next_test_button),
            &format!("/account/test/{enrolment}"),
        ),
        NextStep::ContinueTest { enrolment, until } => {
            let until = dual_date_time(locale, until);
            plain(
                td_string!(locale, accounts.next_test_open),
                &td_string!(locale, accounts.next_test_open_text, until = until),
                td_string!(locale, accounts.next_test_open_button),
                &format!("/account/test/{enrolment}"),
            )
        }
        NextStep::ShowIdentity => plain(
            td_string!(locale, accounts.next_identity),
            td_string!(locale, accounts.next_identity_text),
            td_string!(locale, accounts.next_identity_button),
            "/training?mode=in_person",
        ),
        NextStep::GetPractitionerLicence => plain(
            td_string!(locale, accounts.next_practitioner),
            td_string!(locale, accounts.next_practitioner_text),
            td_string!(locale, accounts.see_path),
            "/licences/practitioner",
        ),
        NextStep::JoinOrganisation => plain(
            td_string!(locale, accounts.next_organisation),
            td_string!(locale, accounts.next_organisation_text),
            td_string!(locale, accounts.see_path),
            "/licences/management",
        ),
        NextStep::Request { kind } => {
            let path = format!("/account/request/{}", kind.slug());
            let kind = words::kind(locale, kind);
            plain(
                &td_string!(locale, accounts.next_request, kind = kind),
                td_string!(locale, accounts.next_request_text),
                td_string!(locale, accounts.next_request_button),
                &path,
            )
        }
        NextStep::MendRequest { number } => plain(
            td_string!(locale, accounts.next_returned),
            td_string!(locale, accounts.next_returned_text),
            td_string!(locale, accounts.see_request),
            &to_request(&number),
        ),
        NextStep::AwaitDecision { number, by } => {
            let text = match by.map(|by| dual_date_time(locale, by)) {
                Some(by) => td_string!(locale, accounts.next_decision_by, by = by),
                None => td_string!(locale, accounts.next_decision_text).to_owned(),
            };
            plain(
                td_string!(locale, accounts.next_decision),
                &text,
                td_string!(locale, accounts.see_request),
                &to_request(&number),
            )
        }
        NextStep::Licensed { number } => plain(
            td_string!(locale, accounts.next_licensed),
            td_string!(locale, accounts.next_licensed_text),
            td_string!(locale, accounts.see_licence),
            &format!("/account/licences/{number}"),
        ),
    }
}
