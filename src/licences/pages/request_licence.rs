//! `/account/request/{kind}`: what is met and what is missing; once all is met, the answers to check and submit.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::i18n::{td_string, use_locale};
use crate::licences::api::{self, Answers, Application, SubmitRequest};
use crate::licences::model::{LicenceKind, Prerequisite, Requirement};
use crate::licences::words::{evidence_text, kind_name, missing, prerequisite_name};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::choice::{Select, TickBox};
use crate::ui::date::DualDate;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::number::{Number, grouped};
use crate::ui::panel::Notice;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn RequestLicence() -> impl IntoView {
    let params = use_params_map();
    let application = Resource::new(move || params.read().get("kind").unwrap_or_default(), api::prerequisites);
    loaded(application, |application| view! { <Standing application=application/> })
}

#[component]
fn Standing(application: Application) -> impl IntoView {
    let locale = use_locale();
    let kind = application.kind;
    let next = if let Some(number) = application.open_request {
        view! {
            <Notice tone=Tone::Info>
                <p>{td_string!(locale, licences.request_open_already)}</p>
                <p><a href=format!("/account/requests/{number}")>{td_string!(locale, licences.follow_request)}</a></p>
            </Notice>
        }
        .into_any()
    } else if let Some(number) = application.running_licence {
        view! {
            <Notice tone=Tone::Success>
                <p>{td_string!(locale, licences.licence_running_already)}</p>
                <p>
                    <a href=format!("/account/licences/{number}")>
                        {td_string!(locale, licences.open_card)} " " <Number value=grouped(&number, 4)/>
                    </a>
                </p>
            </Notice>
        }
        .into_any()
    } else if let Some(answers) = application.answers {
        let programme = application.requirements.iter().find(|one| one.what == Prerequisite::Programme).cloned();
        view! {
            <CheckAnswers kind=kind answers=answers programme=programme organisations=application.organisations/>
        }
        .into_any()
    } else {
        view! { <p>{td_string!(locale, licences.request_after_all_met)}</p> }.into_any()
    };
    view! {
        <Page title=kind_name(locale, kind) trail=vec![("/account", td_string!(locale, common.my_account))]>
            <div class="stack">
                <h1 class="h1">{td_string!(locale, licences.request_title, kind = kind_name(locale, kind))}</h1>
                <section class="stack">
                    <h2 class="h2">{td_string!(locale, licences.prerequisites_title)}</h2>
                    <Requirements kind=kind requirements=application.requirements/>
                </section>
                {next}
            </div>
        </Page>
    }
}

/// Each prerequisite as met or missing; a missing one says why and leads to what to do next.
#[component]
fn Requirements(kind: LicenceKind, requirements: Vec<Requirement>) -> impl IntoView {
    let locale = use_locale();
    let items = requirements
        .into_iter()
        .map(|one| {
            let name = prerequisite_name(locale, one.what);
            let detail = if one.met {
                let evidence = evidence_text(locale, &one);
                view! {
                    <p class="muted">
                        <bdi>{evidence}</bdi> " " {one.met_on.map(|day| view! { <DualDate date=day/> })}
                    </p>
                }
                .into_any()
            } else {
                let (why, path, label) = missing(locale, kind, one.what);
                view! { <p class="muted">{why} " " <a href=path>{label}</a></p> }.into_any()
            };
            let tag = if one.met {
                view! { <Tag tone=Tone::Success label=td_string!(locale, licences.met)/> }
            } else {
                view! { <Tag tone=Tone::Warning label=td_string!(locale, licences.missing)/> }
            };
            view! {
                <li class="task-list__item">
                    <div>
                        <p>{name}</p>
                        {detail}
                    </div>
                    <div class="task-list__status">{tag}</div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="task-list">{items}</ul> }
}

/// The answers, each with a way to mend it, then the declaration.
#[component]
fn CheckAnswers(
    kind: LicenceKind,
    answers: Answers,
    programme: Option<Requirement>,
    organisations: Vec<(String, String)>,
) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<SubmitRequest>::new();
    // Comes back to this page.
    let change = format!("/account/profile?back=/account/request/{}", kind.slug());
    let row = move |key: &'static str, value: AnyView| {
        view! {
            <SummaryRow key=key change=change.clone() change_label=td_string!(locale, common.change)>{value}</SummaryRow>
        }
    };
    let programme = programme.map(|one| {
        view! {
            <SummaryRow key=td_string!(locale, licences.needs_programme)>
                <bdi>{one.evidence}</bdi> " " {one.met_on.map(|day| view! { <DualDate date=day/> })}
            </SummaryRow>
        }
    });
    let select = (kind == LicenceKind::Management).then(|| {
        let mut options = organisations;
        if options.len() > 1 {
            options.insert(0, (String::new(), td_string!(locale, licences.choose_organisation).to_owned()));
        }
        view! { <Select name="organisation" label=td_string!(locale, licences.for_organisation) options=options/> }
    });
    let place = answers.place;
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, licences.check_title)}</h2>
            <SummaryList>
                {row(td_string!(locale, licences.name), answers.name.into_any())}
                {row(td_string!(locale, licences.latin_name), view! { <bdi dir="ltr">{answers.latin_name}</bdi> }.into_any())}
                {row(td_string!(locale, licences.birth_date), view! { <DualDate date=answers.birth_date/> }.into_any())}
                {row(td_string!(locale, licences.place), place.into_any())}
                <SummaryRow key=td_string!(locale, licences.kind)>{kind_name(locale, kind)}</SummaryRow>
                {programme}
            </SummaryList>
            <ServerForm action=action>
                <input type="hidden" name="kind" value=kind.slug()/>
                {select}
                <TickBox name="declared" label=td_string!(locale, licences.declaration)/>
                <Submit label=td_string!(locale, licences.submit_request)/>
            </ServerForm>
            <p><ButtonLink href="/account" label=td_string!(locale, common.back) look="button--link"/></p>
        </section>
    }
}
