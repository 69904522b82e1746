//! The three licences as cards, and the way to one in short.

use leptos::prelude::*;
use time::Date;

use super::kind_texts;
use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::ui::date::DualDate;
use crate::ui::steps::{Step, StepState, Steps};

/// One card a kind: for whom, what it takes, how long, the next session.
#[component]
pub fn Kinds(next_sessions: Vec<(LicenceKind, Date)>) -> impl IntoView {
    let locale = use_locale();
    let cards = LicenceKind::ALL
        .into_iter()
        .map(|kind| {
            let texts = kind_texts::of_card(locale, kind);
            let next = next_sessions.iter().find(|(other, _)| *other == kind).map(|(_, day)| *day);
            let next = match next {
                Some(day) => view! { <DualDate date=day/> }.into_any(),
                None => td_string!(locale, pages.home_no_session).into_any(),
            };
            view! {
                <article class="card">
                    <h3 class="card__title">{texts.title}</h3>
                    <dl class="stack">
                        {row(td_string!(locale, pages.home_for_whom_label), texts.for_whom)}
                        {row(td_string!(locale, pages.home_takes_label), texts.takes)}
                        {row(td_string!(locale, pages.home_how_long_label), texts.how_long)}
                        {row(td_string!(locale, pages.home_next_session_label), next)}
                    </dl>
                    <p><a href=format!("/licences/{}", kind.slug())>{texts.link}</a></p>
                </article>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, pages.home_kinds_title)}</h2>
            <p>{td_string!(locale, pages.home_kinds_lead)}</p>
            <div class="grid">{cards}</div>
        </section>
    }
}

fn row(label: &'static str, value: impl IntoView) -> impl IntoView {
    view! {
        <div>
            <dt class="card__meta">{label}</dt>
            <dd>{value}</dd>
        </div>
    }
}

/// The way to a licence in four steps.
#[component]
pub fn PathInShort() -> impl IntoView {
    let locale = use_locale();
    let steps = [
        td_string!(locale, pages.home_path_step1),
        td_string!(locale, pages.home_path_step2),
        td_string!(locale, pages.home_path_step3),
        td_string!(locale, pages.home_path_step4),
    ]
    .into_iter()
    .map(|title| Step { state: StepState::Todo, title: title.to_owned(), text: String::new(), status: String::new() })
    .collect::<Vec<_>>();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, pages.home_path_title)}</h2>
            <Steps steps=steps/>
        </section>
    }
}
