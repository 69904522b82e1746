//! `/account/renew/{number}`: whether a licence can be renewed, what it needs, and asking for it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::needs::{Module, Needs};
use crate::i18n::{td_string, use_locale};
use crate::licences::words::{kind_name, status_tone, status_word};
use crate::renewal::api::{self, RenewalView, Submit as SubmitRenewal};
use crate::renewal::model::Refusal;
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::choice::TickBox;
use crate::ui::date::{DualDate, dual_date};
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::number::{Number, grouped};
use crate::ui::panel::Notice;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Renew() -> impl IntoView {
    let params = use_params_map();
    let renewal = Resource::new(move || params.read().get("number").unwrap_or_default(), api::standing);
    loaded(renewal, |renewal| view! { <Standing renewal=renewal/> })
}

#[component]
fn Standing(renewal: RenewalView) -> impl IntoView {
    let locale = use_locale();
    let title = td_string!(locale, renewal.title, kind = kind_name(locale, renewal.kind)).to_string();
    let heading = title.clone();
    let (number, organisation) = (renewal.number.clone(), renewal.organisation.clone());
    let (status, ends) = (renewal.status, renewal.valid.to);
    let old = view! {
        <SummaryList>
            <SummaryRow key=td_string!(locale, licences.number)>
                <a href=format!("/account/licences/{number}")><Number value=grouped(&number, 4)/></a>
            </SummaryRow>
            <SummaryRow key=td_string!(locale, licences.state)>
                <Tag tone=status_tone(status) label=status_word(locale, status)/>
            </SummaryRow>
            {organisation
                .map(|name| {
                    view! { <SummaryRow key=td_string!(locale, licences.organisation)><bdi>{name}</bdi></SummaryRow> }
                })}
            <SummaryRow key=td_string!(locale, licences.expires)><DualDate date=ends/></SummaryRow>
        </SummaryList>
    };
    let next = match (renewal.open_request.clone(), renewal.refusal) {
        (Some((number, renews_it)), _) => view! { <Open number=number renews_it=renews_it/> }.into_any(),
        (None, Some(refusal)) => view! { <Refused refusal=refusal renewal=renewal/> }.into_any(),
        (None, None) => view! { <WhatItTakes renewal=renewal/> }.into_any(),
    };
    view! {
        <Page title=title trail=vec![("/account", td_string!(locale, common.my_account))]>
            <div class="stack stack--wide">
                <h1 class="h1">{heading}</h1>
                {old}
                {next}
            </div>
        </Page>
    }
}

/// A request of the kind is open: this renewal's, or another that comes first.
#[component]
fn Open(number: String, renews_it: bool) -> impl IntoView {
    let locale = use_locale();
    let text = if renews_it {
        td_string!(locale, renewal.asked_already)
    } else {
        td_string!(locale, renewal.other_request_open)
    };
    view! {
        <Notice tone=Tone::Info><p>{text}</p></Notice>
        <p><ButtonLink href=format!("/account/requests/{number}") label=td_string!(locale, licences.follow_request)/></p>
    }
}

/// Why it cannot be renewed, and what can be done.
#[component]
fn Refused(refusal: Refusal, renewal: RenewalView) -> impl IntoView {
    let locale = use_locale();
    let account = ("/account".to_owned(), td_string!(locale, common.my_account));
    let (tone, text, (path, label)) = match refusal {
        Refusal::Early => {
            let (opens, ends) = (dual_date(locale, renewal.opens), dual_date(locale, renewal.valid.to));
            (Tone::Info, td_string!(locale, renewal.early, opens = opens, ends = ends).to_string(), account)
        }
        Refusal::Ended => (
            Tone::Warning,
            td_string!(locale, renewal.ended).to_owned(),
            (format!("/account/request/{}", renewal.kind.slug()), td_string!(locale, renewal.request_new)),
        ),
        Refusal::Suspended => (Tone::Warning, td_string!(locale, renewal.suspended).to_owned(), account),
        Refusal::Final => (Tone::Error, td_string!(locale, renewal.final_).to_owned(), account),
        Refusal::Renewed => match renewal.renewed_by {
            Some((number, from)) => {
                let date = dual_date(locale, from);
                (
                    Tone::Success,
                    td_string!(locale, renewal.card_renewed, date = date).to_string(),
                    (format!("/account/licences/{number}"), td_string!(locale, renewal.new_licence)),
                )
            }
            None => (Tone::Success, td_string!(locale, errors.renewed_already).to_owned(), account),
        },
    };
    view! {
        <Notice tone=tone><p>{text}</p></Notice>
        <p><ButtonLink href=path label=label look="button--secondary"/></p>
    }
}

/// What the renewal needs, what of it is met; once all is, the answers to check and submit.
#[component]
fn WhatItTakes(renewal: RenewalView) -> impl IntoView {
    let locale = use_locale();
    let ends = dual_date(locale, renewal.valid.to);
    let back = format!("/account/renew/{}", renewal.number);
    let form = renewal.answers.clone().map(|(name, place)| {
        let (from, to) = (renewal.next.from, renewal.next.to);
        view! { <Check number=renewal.number.clone() name=name place=place from=from to=to/> }
    });
    let missing = form.is_none().then(|| view! { <p>{td_string!(locale, renewal.after_all_met)}</p> });
    view! {
        <p>{td_string!(locale, renewal.lead, date = ends)}</p>
        <section class="stack">
            <h2 class="h2">{td_string!(locale, renewal.what_it_needs)}</h2>
            <Needs kind=renewal.kind needs=renewal.needs.clone() back=back/>
        </section>
        <Module module=renewal.module needs=renewal.needs test=renewal.test/>
        {form}
        {missing}
    }
}

/// The answers, the days of the new licence, then the declaration.
#[component]
fn Check(number: String, name: String, place: String, from: time::Date, to: time::Date) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<SubmitRenewal>::new();
    // Comes back to this page.
    let change = format!("/account/profile?back=/account/renew/{number}");
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, licences.check_title)}</h2>
            <SummaryList>
                <SummaryRow key=td_string!(locale, licences.name) change=change.clone()
                    change_label=td_string!(locale, common.change)>
                    {name}
                </SummaryRow>
                <SummaryRow key=td_string!(locale, licences.place) change=change
                    change_label=td_string!(locale, common.change)>
                    {place}
                </SummaryRow>
                <SummaryRow key=td_string!(locale, renewal.new_from)><DualDate date=from/></SummaryRow>
                <SummaryRow key=td_string!(locale, renewal.new_to)><DualDate date=to/></SummaryRow>
            </SummaryList>
            <ServerForm action=action>
                <input type="hidden" name="number" value=number/>
                <TickBox name="declared" label=td_string!(locale, licences.declaration)/>
                <Submit label=td_string!(locale, renewal.submit)/>
            </ServerForm>
        </section>
    }
}
