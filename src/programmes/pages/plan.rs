//! `/admin/sessions/new`: one session, or a series of them.

use leptos::prelude::*;

use super::plan_fields::PlanFields;
use crate::i18n::{td_string, use_locale};
use crate::programmes::api;
use crate::programmes::model::{LONGEST_SERIES, Rhythm, SessionChoices};
use crate::ui::button::Submit;
use crate::ui::choice::Radios;
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;

#[component]
pub fn PlanPage() -> impl IntoView {
    let locale = use_locale();
    let choices = Resource::new(|| (), |()| api::choices());
    let title = td_string!(locale, programmes.plan);
    view! {
        <Page title=title trail=vec![
            ("/admin", td_string!(locale, programmes.admin)),
            ("/admin/sessions", td_string!(locale, programmes.sessions_title)),
        ]>
            <div class="prose stack">
                <h1 class="h1">{title}</h1>
                {loaded(choices, |choices| view! { <PlanForm choices=choices/> })}
            </div>
        </Page>
    }
}

#[component]
fn PlanForm(choices: SessionChoices) -> impl IntoView {
    let locale = use_locale();
    let plan = ServerAction::<api::PlanSessions>::new();
    let rhythms = Rhythm::ALL
        .into_iter()
        .map(|rhythm| {
            let name = match rhythm {
                Rhythm::Once => td_string!(locale, programmes.once),
                Rhythm::Daily => td_string!(locale, programmes.daily),
                Rhythm::Weekly => td_string!(locale, programmes.weekly),
            };
            (rhythm.code().to_owned(), name.to_owned())
        })
        .collect();
    let most = LONGEST_SERIES;
    view! {
        <ServerForm action=plan>
            <PlanFields choices=choices session=None/>
            <Radios name="rhythm" legend=td_string!(locale, programmes.rhythm)
                hint=td_string!(locale, programmes.rhythm_hint) options=rhythms value=Rhythm::Once.code()/>
            <TextField name="times" label=td_string!(locale, programmes.times)
                hint=td_string!(locale, programmes.times_hint, most = most) kind=FieldKind::LicenceNumber/>
            <Submit label=td_string!(locale, programmes.plan_button)/>
        </ServerForm>
    }
}
