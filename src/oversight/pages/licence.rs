//! `/oversight/{number}`: a licence, its holder, its history, the proposal that waits and what can be done now.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::history::{History, Settled};
use super::proposal::Proposal;
use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::model::LicenceStatus;
use crate::licences::words::{kind_name, status_tone, status_word};
use crate::oversight::api::{self, Holder, LicenceView};
use crate::oversight::model::Act;
use crate::oversight::words::act_name;
use crate::ui::date::DualDate;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::number::{Number, grouped};
use crate::ui::panel::Notice;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Licence() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let licence = Resource::new(
        move || (params.read().get("number").unwrap_or_default(), query.read().get("done").unwrap_or_default()),
        |(number, _)| api::licence(number),
    );
    let trail =
        vec![("/review", td_string!(locale, review.title)), ("/oversight", td_string!(locale, oversight.title))];
    view! {
        <Page title=td_string!(locale, oversight.licence_title) trail=trail>
            {loaded(licence, move |licence| {
                let done = query.read_untracked().get("done").unwrap_or_default();
                view! { <Screen licence=licence done=done/> }
            })}
        </Page>
    }
}

#[component]
fn Screen(licence: LicenceView, done: String) -> impl IntoView {
    let locale = use_locale();
    let confirmed = licence.holder.as_ref().and_then(|holder| confirmation(locale, &done, licence.status, holder));
    let body = match licence.holder.clone() {
        None => view! {
            <Facts licence=licence.clone()/>
            <Notice tone=Tone::Warning><p>{td_string!(locale, oversight.tied)}</p></Notice>
        }
        .into_any(),
        Some(holder) => {
            let number = licence.number.clone();
            view! {
                <Facts licence=licence/>
                {holder
                    .proposal
                    .map(|proposal| view! { <Proposal proposal=proposal/> })}
                <Acts number=number acts=holder.acts/>
                <History steps=holder.history/>
                <Settled proposals=holder.settled/>
            }
            .into_any()
        }
    };
    view! {
        <div class="stack stack--wide">
            <h1 class="h1">{td_string!(locale, oversight.licence_title)}</h1>
            {confirmed
                .map(|text| view! { <Notice tone=Tone::Success><p role="status">{text}</p></Notice> })}
            {body}
        </div>
    }
}

/// What was done a moment ago and what happens next, where the licence shows that it was.
fn confirmation(locale: Locale, done: &str, status: LicenceStatus, holder: &Holder) -> Option<&'static str> {
    let (text, shows) = match done {
        "suspended" => (td_string!(locale, oversight.done_suspended), status == LicenceStatus::Suspended),
        "proposed" => {
            (td_string!(locale, oversight.done_proposed), holder.proposal.as_ref().is_some_and(|one| one.own))
        }
        "restored" => (td_string!(locale, oversight.done_restored), status != LicenceStatus::Suspended),
        "revoked" => (td_string!(locale, oversight.done_revoked), status == LicenceStatus::Revoked),
        "refused" => (td_string!(locale, oversight.done_refused), holder.proposal.is_none()),
        "withdrawn" => (td_string!(locale, oversight.done_withdrawn), holder.proposal.is_none()),
        "corrected" => (td_string!(locale, oversight.done_corrected), holder.predecessor.is_some()),
        _ => return None,
    };
    shows.then_some(text)
}

/// The licence and whose it is.
#[component]
fn Facts(licence: LicenceView) -> impl IntoView {
    let locale = use_locale();
    let link = |number: String| {
        let path = format!("/oversight/{number}");
        view! { <a href=path><Number value=grouped(&number, 4)/></a> }
    };
    let holder = licence.holder.map(|holder| {
        let name = holder.name.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        view! {
            <SummaryRow key=td_string!(locale, licences.name)><bdi>{name}</bdi></SummaryRow>
            <SummaryRow key=td_string!(locale, licences.latin_name)><bdi dir="ltr">{holder.latin_name}</bdi></SummaryRow>
            {holder
                .successor
                .map(|number| {
                    view! { <SummaryRow key=td_string!(locale, oversight.successor)>{link(number)}</SummaryRow> }
                })}
            {holder
                .predecessor
                .map(|number| {
                    view! { <SummaryRow key=td_string!(locale, oversight.predecessor)>{link(number)}</SummaryRow> }
                })}
        }
    });
    view! {
        <SummaryList>
            <SummaryRow key=td_string!(locale, licences.number)>
                <Number value=grouped(&licence.number, 4)/>
            </SummaryRow>
            <SummaryRow key=td_string!(locale, licences.state)>
                <Tag tone=status_tone(licence.status) label=status_word(locale, licence.status)/>
            </SummaryRow>
            <SummaryRow key=td_string!(locale, licences.kind)>{kind_name(locale, licence.kind)}</SummaryRow>
            {licence
                .organisation
                .map(|name| {
                    view! { <SummaryRow key=td_string!(locale, licences.organisation)><bdi>{name}</bdi></SummaryRow> }
                })}
            <SummaryRow key=td_string!(locale, licences.issued)><DualDate date=licence.issued/></SummaryRow>
            <SummaryRow key=td_string!(locale, licences.valid_from)><DualDate date=licence.valid.from/></SummaryRow>
            <SummaryRow key=td_string!(locale, licences.expires)><DualDate date=licence.valid.to/></SummaryRow>
            {holder}
        </SummaryList>
    }
}

/// What can be done now, each on a page of its own.
#[component]
fn Acts(number: String, acts: Vec<Act>) -> impl IntoView {
    let locale = use_locale();
    let none = acts.is_empty().then(|| view! { <p class="card__meta">{td_string!(locale, oversight.no_acts)}</p> });
    let links = acts
        .into_iter()
        .map(|act| {
            let path = format!("/oversight/{number}/{}", act.code());
            view! { <li><a href=path>{act_name(locale, act)}</a></li> }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, oversight.acts)}</h2>
            {none}
            <ul>{links}</ul>
        </section>
    }
}
