//! `/oversight/{number}/{act}`: one act on a licence: what it does, its reason, and the button.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::act_forms::{CorrectForm, ProposeForm, SuspendForm};
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::licences::words::kind_name;
use crate::oversight::api::{self, LicenceView};
use crate::oversight::model::Act;
use crate::oversight::words::act_name;
use crate::ui::error_view::{ErrorPage, loaded};
use crate::ui::layout::Page;
use crate::ui::number::{Number, grouped};
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn ActPage() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let licence = Resource::new(move || params.read().get("number").unwrap_or_default(), api::licence);
    let trail =
        vec![("/review", td_string!(locale, review.title)), ("/oversight", td_string!(locale, oversight.title))];
    view! {
        <Page title=td_string!(locale, oversight.licence_title) trail=trail>
            {loaded(licence, move |licence| {
                match params.read_untracked().get("act").as_deref().and_then(Act::from_code) {
                    Some(act) => view! { <Doing act=act licence=licence/> }.into_any(),
                    None => view! { <ErrorPage error=AppError::NotFound/> }.into_any(),
                }
            })}
        </Page>
    }
}

#[component]
fn Doing(act: Act, licence: LicenceView) -> impl IntoView {
    let locale = use_locale();
    let back = format!("/oversight/{}", licence.number);
    let number = licence.number.clone();
    let form = match licence.holder.filter(|holder| holder.acts.contains(&act)) {
        None => view! { <Notice tone=Tone::Warning><p>{td_string!(locale, oversight.not_now)}</p></Notice> }.into_any(),
        Some(holder) => match act {
            Act::Suspend => view! { <SuspendForm number=number/> }.into_any(),
            Act::Restore | Act::Revoke => view! { <ProposeForm number=number act=act/> }.into_any(),
            Act::Correct => view! { <CorrectForm number=number holder=holder/> }.into_any(),
        },
    };
    view! {
        <div class="stack">
            <h1 class="h1">{act_name(locale, act)}</h1>
            <p>
                <a href=back>{kind_name(locale, licence.kind)} " · " <Number value=grouped(&licence.number, 4)/></a>
            </p>
            {form}
        </div>
    }
}
