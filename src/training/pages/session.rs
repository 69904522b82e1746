//! `/training/{id}`: one session, and the one thing the person who reads can do about it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::session_action::StandingView;
use super::words::{kind_name, seats_text};
use crate::i18n::{td_string, use_locale};
use crate::training::api;
use crate::training::model::SessionDetails;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::summary::{SummaryList, SummaryRow};

/// The actions of the page; it reloads after each.
#[derive(Clone, Copy)]
pub struct Actions {
    pub enrol: ServerAction<api::Enrol>,
    pub cancel: ServerAction<api::Cancel>,
    pub accept: ServerAction<api::AcceptOffer>,
}

/// One session.
#[component]
pub fn Session() -> impl IntoView {
    let params = use_params_map();
    let actions = Actions { enrol: ServerAction::new(), cancel: ServerAction::new(), accept: ServerAction::new() };
    let session = Resource::new(
        move || {
            let version =
                (actions.enrol.version().get(), actions.cancel.version().get(), actions.accept.version().get());
            (params.read().get("id").unwrap_or_default(), version)
        },
        |(id, _)| api::session(id),
    );
    loaded(session, move |session| view! { <Details session=session actions=actions/> })
}

#[component]
fn Details(session: SessionDetails, actions: Actions) -> impl IntoView {
    let locale = use_locale();
    let place = session.place.clone().unwrap_or_else(|| td_string!(locale, training.online).to_owned());
    let seats = seats_text(locale, session.seats_left, session.waiting);
    let hours = session.hours;
    view! {
        <Page title=session.title.clone() trail=vec![("/training", td_string!(locale, training.title))]>
            <div class="prose stack">
                <p class="card__eyebrow">{kind_name(locale, session.kind)}</p>
                <h1 class="h1">{session.title.clone()}</h1>
                <p>{session.summary.clone()}</p>
            </div>
            <SummaryList>
                <SummaryRow key=td_string!(locale, training.place)>{place}</SummaryRow>
                <SummaryRow key=td_string!(locale, training.starts)>{dual_date_time(locale, session.starts_at)}</SummaryRow>
                <SummaryRow key=td_string!(locale, training.ends)>{dual_date_time(locale, session.ends_at)}</SummaryRow>
                <SummaryRow key=td_string!(locale, training.hours)>
                    {td_string!(locale, training.hours_of, count = hours)}
                </SummaryRow>
                <SummaryRow key=td_string!(locale, training.seats)>{seats}</SummaryRow>
                <SummaryRow key=td_string!(locale, training.deadline)>{dual_date_time(locale, session.enrol_by)}</SummaryRow>
            </SummaryList>
            <StandingView session=session actions=actions/>
        </Page>
    }
}
