//! What a renewal needs, as met or missing, and the module: what has changed, and its test.

use leptos::prelude::*;
use uuid::Uuid;

use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::model::{LicenceKind, Prerequisite, Requirement};
use crate::licences::words::{self, evidence_text, prerequisite_name};
use crate::renewal::api::ModuleView;
use crate::ui::button::ButtonLink;
use crate::ui::date::DualDate;
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

/// Each need as met or missing; a missing one says why and leads to what to do.
#[component]
pub fn Needs(kind: LicenceKind, needs: Vec<Requirement>, back: String) -> impl IntoView {
    let locale = use_locale();
    let items = needs
        .into_iter()
        .map(|one| {
            let (tag, detail) = if one.met {
                let evidence = evidence_text(locale, &one);
                (
                    (Tone::Success, td_string!(locale, licences.met)),
                    view! {
                        <p class="muted">
                            <bdi>{evidence}</bdi> " " {one.met_on.map(|day| view! { <DualDate date=day/> })}
                        </p>
                    }
                    .into_any(),
                )
            } else {
                let (why, path, label) = missing(locale, kind, one.what, &back);
                (
                    (Tone::Warning, td_string!(locale, licences.missing)),
                    view! { <p class="muted">{why} " " <a href=path>{label}</a></p> }.into_any(),
                )
            };
            view! {
                <li class="task-list__item">
                    <div>
                        <p>{need_name(locale, one.what)}</p>
                        {detail}
                    </div>
                    <div class="task-list__status"><Tag tone=tag.0 label=tag.1/></div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="task-list">{items}</ul> }
}

/// A need in words; what a new licence needs in the present is here needed on the first day.
fn need_name(locale: Locale, what: Prerequisite) -> &'static str {
    match what {
        Prerequisite::PractitionerLicence => td_string!(locale, renewal.needs_practitioner),
        other => prerequisite_name(locale, other),
    }
}

/// Why a need is missing, and the path and text of what to do: as for a new licence, but for what a renewal has its own
/// way to.
fn missing(locale: Locale, kind: LicenceKind, what: Prerequisite, back: &str) -> (&'static str, String, &'static str) {
    let (why, path, label) = words::missing(locale, kind, what);
    match what {
        Prerequisite::Profile => (why, format!("{path}?back={back}"), label),
        Prerequisite::PractitionerLicence => (
            td_string!(locale, renewal.missing_practitioner),
            "/account".to_owned(),
            td_string!(locale, common.my_account),
        ),
        Prerequisite::RenewalModule => (why, "#module".to_owned(), td_string!(locale, renewal.to_module)),
        _ => (why, path, label),
    }
}

/// What has changed, to read, and the way to its test until that is passed.
#[component]
pub fn Module(module: Option<ModuleView>, needs: Vec<Requirement>, test: Uuid) -> impl IntoView {
    let locale = use_locale();
    let passed = needs.iter().any(|one| one.what == Prerequisite::RenewalModule && one.met);
    let Some(module) = module else {
        return (!passed)
            .then(|| {
                view! {
                    <Empty title=td_string!(locale, renewal.no_module)>
                        <p>{td_string!(locale, renewal.no_module_text)}</p>
                    </Empty>
                }
            })
            .into_any();
    };
    let minutes = module.minutes;
    let paragraphs = module.reading.split("\n\n").map(|text| view! { <p>{text.to_owned()}</p> }).collect_view();
    let test = (!passed).then(|| {
        view! {
            <p><ButtonLink href=format!("/account/test/{test}") label=td_string!(locale, renewal.to_test)/></p>
        }
    });
    view! {
        <section class="stack" id="module">
            <h2 class="h2">{module.title}</h2>
            <p class="muted">{td_string!(locale, renewal.reading_time, count = minutes)}</p>
            <div class="prose">{paragraphs}</div>
            {test}
        </section>
    }
    .into_any()
}
