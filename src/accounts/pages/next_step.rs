//! The card on top of one's home: the one thing to do next, or to wait for.

use leptos::prelude::*;

use crate::accounts::model::path::NextStep;
use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::words::kind_name;
use crate::ui::button::ButtonLink;
use crate::ui::date::{dual_date, dual_date_time};

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

/// The keys of a title, a text and a button, the first two with what varies in them; and a path.
macro_rules! say {
    ($locale:ident, $title:ident $(($($in_title:tt)+))?, $text:ident $(($($in_text:tt)+))?, $button:ident, $path:expr) => {
        Advice {
            title: td_string!($locale, accounts.$title $(, $($in_title)+)?).into(),
            text: td_string!($locale, accounts.$text $(, $($in_text)+)?).into(),
            button: td_string!($locale, accounts.$button),
            path: $path.into(),
        }
    };
}

fn advice(locale: Locale, next: NextStep) -> Advice {
    let time = |at| dual_date_time(locale, at);
    let to_session = |session| format!("/training/{session}");
    let to_test = |enrolment| format!("/account/test/{enrolment}");
    let to_request = |number| format!("/account/requests/{number}");
    match next {
        NextStep::CompleteProfile => {
            say!(locale, next_profile, next_profile_text, next_profile_button, "/account/profile")
        }
        NextStep::AskGuardian => {
            say!(locale, next_guardian, next_guardian_text, next_guardian_button, "/account/guardian")
        }
        NextStep::AwaitGuardian => {
            say!(locale, next_guardian_wait, next_guardian_wait_text, next_guardian_wait_button, "/account/guardian")
        }
        NextStep::ChooseSession { kind } => {
            let path = format!("/training?kind={}", kind.slug());
            say!(locale, next_training, next_training_text, next_training_button, path)
        }
        NextStep::TakeOffer { session, until } => {
            say!(locale, next_offer, next_offer_text(until = time(until)), next_offer_button, to_session(session))
        }
        NextStep::AwaitSeat { session } => {
            say!(locale, next_waiting, next_waiting_text, see_session, to_session(session))
        }
        NextStep::Attend { session, starts_at } => {
            say!(locale, next_attend, next_attend_text(at = time(starts_at)), see_session, to_session(session))
        }
        NextStep::AwaitAttendance { session } => {
            say!(locale, next_marked, next_marked_text, see_session, to_session(session))
        }
        NextStep::AskForMark { session, until } => {
            say!(locale, next_unmarked, next_unmarked_text(until = time(until)), see_session, to_session(session))
        }
        NextStep::StartTest { enrolment } => {
            say!(locale, next_test, next_test_text, next_test_button, to_test(enrolment))
        }
        NextStep::ContinueTest { enrolment, until } => {
            let until = time(until);
            say!(locale, next_test_open, next_test_open_text(until = until), next_test_open_button, to_test(enrolment))
        }
        NextStep::ShowIdentity => {
            say!(locale, next_identity, next_identity_text, next_identity_button, "/training?mode=in_person")
        }
        NextStep::GetPractitionerLicence => {
            say!(locale, next_practitioner, next_practitioner_text, see_path, "/licences/practitioner")
        }
        NextStep::JoinOrganisation => {
            say!(locale, next_organisation, next_organisation_text, see_path, "/licences/management")
        }
        NextStep::Request { kind } => {
            let (path, kind) = (format!("/account/request/{}", kind.slug()), kind_name(locale, kind));
            say!(locale, next_request(kind = kind), next_request_text, next_request_button, path)
        }
        NextStep::MendRequest { number } => {
            say!(locale, next_returned, next_returned_text, see_request, to_request(number))
        }
        NextStep::AwaitDecision { number, by: Some(by) } => {
            say!(locale, next_decision, next_decision_by(by = time(by)), see_request, to_request(number))
        }
        NextStep::AwaitDecision { number, by: None } => {
            say!(locale, next_decision, next_decision_text, see_request, to_request(number))
        }
        NextStep::Renew { number, until } => Advice {
            title: td_string!(locale, renewal.next_title).to_owned(),
            text: {
                let date = dual_date(locale, until);
                td_string!(locale, renewal.card_open, date = date)
            },
            button: td_string!(locale, renewal.renew),
            path: format!("/account/renew/{number}"),
        },
        NextStep::Licensed { number } => {
            say!(locale, next_licensed, next_licensed_text, see_licence, format!("/account/licences/{number}"))
        }
    }
}
