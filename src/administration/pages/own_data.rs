//! `/account/data`: everything that is held on oneself, to read, to take along, to have erased.

use leptos::prelude::*;

use super::own_data_parts::{
    attempts, enrolments, factors, licences, messages, papers, readings, requests, roles, sign_ins,
};
use super::person::section;
use crate::administration::api;
use crate::administration::model::{Held, HeldGuardian, HeldProfile};
use crate::i18n::{Locale, td_string, use_locale};
use crate::ui::button::ButtonLink;
use crate::ui::date::{dual_date, dual_date_time};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::summary::{SummaryList, SummaryRow};

#[component]
pub fn OwnData() -> impl IntoView {
    let locale = use_locale();
    let data = Resource::new(|| (), |()| api::held());
    let title = td_string!(locale, admin.data_title);
    view! {
        <Page title=title trail=vec![("/account", td_string!(locale, common.my_account))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, admin.data_lead)}</p>
                // Not a page of the application: the browser itself fetches it.
                <p><a href="/account/data.json" rel="external" download=true>{td_string!(locale, admin.data_download)}</a></p>
                {loaded(data, move |held| view! { <Content held=held/> })}
                <section class="stack">
                    <h2 class="h2">{td_string!(locale, admin.close_title)}</h2>
                    <p>{td_string!(locale, admin.close_lead)}</p>
                    <p><ButtonLink href="/account/close" label=td_string!(locale, admin.to_close)
                        look="button--secondary"/></p>
                </section>
            </div>
        </Page>
    }
}

#[component]
fn Content(held: Held) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Profile title=td_string!(locale, admin.held_profile).to_owned() profile=held.profile/>
        {held
            .merged
            .into_iter()
            .map(|one| {
                let time = dual_date_time(locale, one.merged_at.0);
                view! { <Profile title=td_string!(locale, admin.held_merged, time = time) profile=one.profile/> }
            })
            .collect_view()}
        {section(locale, td_string!(locale, admin.held_guardians), guardians(locale, held.guardians))}
        {section(locale, td_string!(locale, admin.held_consents), guardians(locale, held.consents))}
        {section(locale, td_string!(locale, admin.roles), roles(locale, held.roles))}
        {section(locale, td_string!(locale, admin.licences), licences(locale, held.licences))}
        {section(locale, td_string!(locale, admin.requests), requests(locale, held.requests))}
        {section(locale, td_string!(locale, admin.enrolments), enrolments(locale, held.enrolments))}
        {section(locale, td_string!(locale, admin.held_attempts), attempts(locale, held.attempts))}
        {section(locale, td_string!(locale, admin.held_papers), papers(locale, held.papers))}
        {section(locale, td_string!(locale, admin.held_messages), messages(locale, held.messages))}
        {section(locale, td_string!(locale, admin.held_sign_ins), sign_ins(locale, held.sign_ins))}
        {section(locale, td_string!(locale, admin.held_factors), factors(locale, held.factors))}
        {section(locale, td_string!(locale, admin.access_log_title), readings(locale, held.readings))}
    }
}

#[component]
fn Profile(title: String, profile: HeldProfile) -> impl IntoView {
    let locale = use_locale();
    let parts = [profile.given_name, profile.father_name, profile.grandfather_name, profile.family_name];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let place = [profile.region, profile.city].into_iter().flatten().collect::<Vec<_>>().join("، ");
    let fact = move |key: &'static str, value: Option<String>| {
        let value = value.filter(|value| !value.is_empty());
        let value = value.unwrap_or_else(|| td_string!(locale, admin.nothing).to_owned());
        view! { <SummaryRow key=key><bdi>{value}</bdi></SummaryRow> }
    };
    let mobiles = profile.mobiles.into_iter().map(|mobile| view! { <p><Number value=mobile/></p> }).collect_view();
    let identity = profile.identity_verified_at.map(|at| {
        let time = dual_date_time(locale, at.0);
        if profile.identity_verified_by.as_deref() == Some("single_sign_on") {
            td_string!(locale, admin.identity_by_single_sign_on, time = time)
        } else {
            td_string!(locale, admin.identity_by_trainer, time = time)
        }
    });
    view! {
        <section class="stack">
            <h2 class="h2">{title}</h2>
            <SummaryList>
                {fact(td_string!(locale, licences.name), Some(name))}
                {fact(td_string!(locale, licences.latin_name), profile.latin_name)}
                {fact(td_string!(locale, licences.birth_date), profile.birth_date.map(|day| dual_date(locale, day.0)))}
                <SummaryRow key=td_string!(locale, admin.national_id)><Number value=profile.national_id/></SummaryRow>
                <SummaryRow key=td_string!(locale, admin.held_mobiles)>{mobiles}</SummaryRow>
                {fact(td_string!(locale, admin.held_email), profile.email)}
                {fact(td_string!(locale, licences.place), Some(place))}
                {fact(td_string!(locale, admin.identity), identity)}
                {fact(td_string!(locale, admin.registered_at), Some(dual_date_time(locale, profile.registered_at.0)))}
            </SummaryList>
        </section>
    }
}

fn guardians(locale: Locale, held: Vec<HeldGuardian>) -> Vec<AnyView> {
    held.into_iter()
        .map(|one| {
            let time = dual_date_time(locale, one.consented_at.0);
            view! {
                <li class="task-list__item">
                    <div>
                        <p><bdi>{one.name}</bdi></p>
                        <p class="muted">{td_string!(locale, admin.consented_at, time = time)}</p>
                    </div>
                </li>
            }
            .into_any()
        })
        .collect()
}
