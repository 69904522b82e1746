//! `/account/requests/{number}`: the confirmation, and later where the request stands.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::rejected::Rejected;
use super::returned::Returned;
use crate::calendar::riyadh_day;
use crate::i18n::{td_string, use_locale};
use crate::licences::api::{self, Appeal, MendRequest, RequestView, WithdrawRequest};
use crate::licences::model::RequestState;
use crate::licences::words::{kind_name, request_tone, request_word};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::{dual_date, dual_date_time};
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::number::{Number, grouped};
use crate::ui::panel::Confirmation;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::Tag;

#[component]
pub fn Request() -> impl IntoView {
    let params = use_params_map();
    let withdraw = ServerAction::<WithdrawRequest>::new();
    let (mend, appeal) = (ServerAction::<MendRequest>::new(), ServerAction::<Appeal>::new());
    // Both lead to this same address. Read anew once one is accepted: a mistake leaves what was typed as it is.
    let accepted = RwSignal::new(0_u32);
    Effect::new(move || {
        if matches!(mend.value().get(), Some(Ok(()))) {
            accepted.update(|times| *times += 1);
        }
    });
    Effect::new(move || {
        if matches!(appeal.value().get(), Some(Ok(()))) {
            accepted.update(|times| *times += 1);
        }
    });
    let request = Resource::new(
        move || (params.read().get("number").unwrap_or_default(), withdraw.version().get(), accepted.get()),
        |(number, ..)| api::request(number),
    );
    loaded(request, move |request| {
        view! { <Standing request=request withdraw=withdraw mend=mend appeal=appeal/> }
    })
}

#[component]
fn Standing(
    request: RequestView,
    withdraw: ServerAction<WithdrawRequest>,
    mend: ServerAction<MendRequest>,
    appeal: ServerAction<Appeal>,
) -> impl IntoView {
    let locale = use_locale();
    let state = request.state;
    let appealed = request.appealed_at.filter(|_| matches!(state, RequestState::Appealed | RequestState::InReview));
    let waiting = appealed.is_none() && matches!(state, RequestState::Submitted | RequestState::InReview);
    let number = request.number.clone();
    let heading = if waiting {
        let by = request.answer_by.map(|at| dual_date(locale, riyadh_day(at))).unwrap_or_default();
        view! {
            <Confirmation title=td_string!(locale, licences.submitted_title)
                number_label=td_string!(locale, licences.request_number) number=number.clone()>
                <p>{td_string!(locale, licences.answer_by, date = by)}</p>
            </Confirmation>
            <section class="stack">
                <h2 class="h2">{td_string!(locale, licences.next_title)}</h2>
                <div class="prose">
                    <ol>
                        <li>{td_string!(locale, licences.next_review)}</li>
                        <li>{td_string!(locale, licences.next_message)}</li>
                        <li>{td_string!(locale, licences.next_card)}</li>
                    </ol>
                </div>
            </section>
        }
        .into_any()
    } else {
        view! {
            <h1 class="h1">
                {td_string!(locale, licences.request_number)} " " <Number value=number.clone()/>
            </h1>
        }
        .into_any()
    };
    let waiting_appeal = appealed.map(|at| {
        let by = request.answer_by.map(|at| dual_date(locale, riyadh_day(at))).unwrap_or_default();
        view! {
            <section class="stack">
                <h2 class="h2">{td_string!(locale, licences.appealed_title)}</h2>
                <p>{td_string!(locale, licences.appealed_text, date = by)}</p>
                <p class="muted">{td_string!(locale, licences.appealed_at)} ": " {dual_date_time(locale, at)}</p>
            </section>
        }
    });
    let returned = (state == RequestState::Returned)
        .then(|| view! { <Returned number=number.clone() fields=request.returned action=mend/> });
    let rejected = request
        .rejection
        .map(|rejection| view! { <Rejected number=number.clone() rejection=rejection action=appeal/> });
    let licence = request.licence.map(|number| {
        view! {
            <p><ButtonLink href=format!("/account/licences/{number}") label=td_string!(locale, licences.open_card)/></p>
        }
    });
    let take_back = state.can_be_withdrawn().then(|| {
        view! {
            <details class="stack">
                <summary>{td_string!(locale, licences.withdraw_title)}</summary>
                <p>{td_string!(locale, licences.withdraw_text)}</p>
                <ServerForm action=withdraw>
                    <input type="hidden" name="number" value=number/>
                    <Submit label=td_string!(locale, licences.withdraw) look="button--danger"/>
                </ServerForm>
            </details>
        }
    });
    view! {
        <Page title=td_string!(locale, licences.request_number) trail=vec![("/account", td_string!(locale, common.my_account))]>
            <div class="stack">
                {heading}
                <SummaryList>
                    <SummaryRow key=td_string!(locale, licences.state)>
                        <Tag tone=request_tone(state) label=request_word(locale, state)/>
                    </SummaryRow>
                    <SummaryRow key=td_string!(locale, licences.kind)>{kind_name(locale, request.kind)}</SummaryRow>
                    {request
                        .organisation
                        .map(|name| {
                            view! { <SummaryRow key=td_string!(locale, licences.organisation)><bdi>{name}</bdi></SummaryRow> }
                        })}
                    {request
                        .renews
                        .map(|number| {
                            view! {
                                <SummaryRow key=td_string!(locale, renewal.renews)>
                                    <a href=format!("/account/licences/{number}")><Number value=grouped(&number, 4)/></a>
                                </SummaryRow>
                            }
                        })}
                    {request
                        .submitted_at
                        .map(|at| {
                            view! {
                                <SummaryRow key=td_string!(locale, licences.submitted_at)>{dual_date_time(locale, at)}</SummaryRow>
                            }
                        })}
                </SummaryList>
                {waiting_appeal}
                {returned}
                {rejected}
                {licence}
                {take_back}
            </div>
        </Page>
    }
}
