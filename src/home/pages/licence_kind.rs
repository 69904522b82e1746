//! `/licences/{kind}`: one licence as a path of numbered steps.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::kind_texts;
use crate::error::AppError;
use crate::home::api::{self, KindTerms};
use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::ui::button::ButtonLink;
use crate::ui::error_view::{ErrorPage, loaded};
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::steps::{Step, StepState, Steps};
use crate::ui::summary::{SummaryList, SummaryRow};

#[component]
pub fn LicenceKindPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("kind").unwrap_or_default()));
    let terms = Resource::new(move || slug.get(), api::terms);
    move || match LicenceKind::from_slug(&slug.get()) {
        Some(kind) => view! { <Shown kind=kind terms=terms/> }.into_any(),
        None => view! { <ErrorPage error=AppError::NotFound/> }.into_any(),
    }
}

#[component]
fn Shown(kind: LicenceKind, terms: Resource<Result<KindTerms, AppError>>) -> impl IntoView {
    let locale = use_locale();
    let texts = kind_texts::of_page(locale, kind);
    let steps = texts
        .steps
        .into_iter()
        .map(|(title, text)| Step {
            state: StepState::Todo,
            title: title.to_owned(),
            text: text.to_owned(),
            status: String::new(),
        })
        .collect::<Vec<_>>();
    let needs = texts.needs.into_iter().map(|need| view! { <li>{need}</li> }).collect_view();
    view! {
        <Page title=texts.title trail=Vec::new()>
            <div class="stack stack--wide">
                <div class="prose">
                    <h1 class="h1">{texts.title}</h1>
                    <p class="lede">{texts.lead}</p>
                    <h2 class="h2">{td_string!(locale, pages.kind_for_whom_title)}</h2>
                    <p>{texts.for_whom}</p>
                </div>
                <section class="stack">
                    <h2 class="h2">{td_string!(locale, pages.kind_steps_title)}</h2>
                    <Steps steps=steps/>
                </section>
                <section class="prose">
                    <h2 class="h2">{td_string!(locale, pages.kind_needs_title)}</h2>
                    <ul>{needs}</ul>
                </section>
                <section class="stack">
                    <h2 class="h2">{td_string!(locale, pages.kind_terms_title)}</h2>
                    {loaded(terms, |terms| view! { <TermsList terms=terms/> })}
                </section>
                <div class="cluster">
                    <ButtonLink href="/account" label=td_string!(locale, pages.kind_start)/>
                    <a href=format!("/training?kind={}", kind.slug())>{td_string!(locale, pages.kind_sessions_link)}</a>
                </div>
            </div>
        </Page>
    }
}

/// The terms, as the settings have them today.
#[component]
fn TermsList(terms: KindTerms) -> impl IntoView {
    let locale = use_locale();
    let (months, questions) = (terms.validity_months, terms.questions);
    let (minutes, attempts) = (terms.minutes, terms.attempts);
    let fee = if terms.fee_halalas == 0 {
        td_string!(locale, pages.terms_fee_none).to_owned()
    } else {
        let amount = riyals(terms.fee_halalas);
        td_string!(locale, pages.terms_fee_riyals, amount = amount)
    };
    view! {
        <p class="muted">{td_string!(locale, pages.terms_lead)}</p>
        <SummaryList>
            <SummaryRow key=td_string!(locale, pages.terms_validity)>
                {td_string!(locale, pages.months, count = months)}
            </SummaryRow>
            <SummaryRow key=td_string!(locale, pages.terms_fee)>{fee}</SummaryRow>
            <SummaryRow key=td_string!(locale, pages.terms_questions)>
                {td_string!(locale, assessment.questions, count = questions)}
            </SummaryRow>
            <SummaryRow key=td_string!(locale, pages.terms_minutes)>
                {td_string!(locale, assessment.minutes, count = minutes)}
            </SummaryRow>
            <SummaryRow key=td_string!(locale, pages.terms_pass_mark)>
                <Number value=td_string!(locale, assessment.percent, value = terms.pass_mark_percent)/>
            </SummaryRow>
            <SummaryRow key=td_string!(locale, pages.terms_attempts)>
                {td_string!(locale, assessment.attempts, count = attempts)}
            </SummaryRow>
        </SummaryList>
        <p class="prose">{td_string!(locale, pages.terms_renewal)}</p>
    }
}

/// An amount of halalas in riyals, a hundred of them each.
fn riyals(halalas: i32) -> String {
    match halalas % 100 {
        0 => (halalas / 100).to_string(),
        rest => format!("{}.{rest:02}", halalas / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_riyals_have_no_fraction() {
        assert_eq!(riyals(5000), "50");
        assert_eq!(riyals(5005), "50.05");
    }
}
