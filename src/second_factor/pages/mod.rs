//! `/account/second-factor`: passing the check, and the factors to pass it with.

mod changes;
mod check_form;
mod draft;
mod factors;
mod passkey_button;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::changes::Changes;
use super::api::standing::standing;
use super::model::{Check, Standing};
use crate::i18n::{Locale, td_string, use_locale};
use crate::text::local_path;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::panel::{Empty, Notice};
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn SecondFactor() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let changes = Changes::provide();
    let data = Resource::new(move || (query.get(), changes.get()), |_| standing());
    let trail = vec![("/account", td_string!(locale, common.my_account))];
    view! {
        <Page title=td_string!(locale, second_factor.title) trail=trail>
            <div class="stack--wide">
                <h1 class="h1">{td_string!(locale, second_factor.title)}</h1>
                <p>{td_string!(locale, second_factor.lede)}</p>
                {loaded(data, move |standing| {
                    let query = query.get_untracked();
                    let done = query.get("done").and_then(|code| done_text(locale, &code));
                    let next = query.get("next").filter(|next| local_path(next).is_some()).unwrap_or_default();
                    view! {
                        {done
                            .map(|text| view! { <Notice tone=Tone::Success><p role="status">{text}</p></Notice> })}
                        <Content standing=standing next=next/>
                    }
                })}
            </div>
        </Page>
    }
}

fn done_text(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "passed" => td_string!(locale, second_factor.done_passed),
        "codes" => td_string!(locale, second_factor.done_codes),
        "passkey" => td_string!(locale, second_factor.done_passkey),
        "removed" => td_string!(locale, second_factor.done_removed),
        _ => return None,
    })
}

#[component]
fn Content(standing: Standing, next: String) -> impl IntoView {
    let locale = use_locale();
    if !standing.staff && !standing.has_factor() {
        return view! {
            <p>{td_string!(locale, second_factor.not_needed)}</p>
            <p><a href="/account">{td_string!(locale, second_factor.to_account)}</a></p>
        }
        .into_any();
    }
    if !standing.draft.is_empty() {
        return view! { <draft::Draft codes=standing.draft/> }.into_any();
    }
    let passed = (standing.check != Check::Due)
        .then(|| view! { <p><Tag tone=Tone::Success label=td_string!(locale, second_factor.passed)/></p> });
    let first = if standing.check == Check::Fresh {
        ().into_any()
    } else if standing.has_factor() {
        view! { <check_form::CheckForm standing=standing.clone() next=next/> }.into_any()
    } else if standing.open {
        view! {
            <Notice tone=Tone::Info>
                <p class="h3">{td_string!(locale, second_factor.first_title)}</p>
                <p>{td_string!(locale, second_factor.first_lede)}</p>
            </Notice>
        }
        .into_any()
    } else {
        view! {
            <Empty title=td_string!(locale, second_factor.too_late_title)>
                <p>{td_string!(locale, second_factor.too_late_text)}</p>
            </Empty>
        }
        .into_any()
    };
    view! {
        {passed}
        {first}
        <factors::Factors standing=standing/>
    }
    .into_any()
}
