//! `/account/profile`: who one is and where one is reached. `?back=` names the page that follows once it is saved.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::place_field::PlaceField;
use crate::accounts::api::places::places;
use crate::accounts::api::profile::profile;
use crate::accounts::api::save_profile::SaveProfile;
use crate::accounts::model::views::{Profile as Stored, Region};
use crate::calendar::Calendar;
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::Submit;
use crate::ui::date::DualDate;
use crate::ui::date_field::{DateField, DateNames};
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::Tone;

#[component]
pub fn Profile() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<SaveProfile>::new();
    let back = use_query_map().with_untracked(|query| query.get("back").unwrap_or_default());
    let data = Resource::new(
        || (),
        |()| async {
            let stored = profile().await?;
            Ok::<_, AppError>((stored, places().await?))
        },
    );
    let trail = vec![("/account", td_string!(locale, common.my_account))];
    view! {
        <Page title=td_string!(locale, accounts.profile_title) trail=trail>
            <div class="stack--wide">
                <h1 class="h1">{td_string!(locale, accounts.profile_title)}</h1>
                {loaded(data, move |(stored, regions)| {
                    view! { <Form action=action stored=stored regions=regions back=back.clone()/> }
                })}
            </div>
        </Page>
    }
}

#[component]
fn Form(action: ServerAction<SaveProfile>, stored: Stored, regions: Vec<Region>, back: String) -> impl IntoView {
    let locale = use_locale();
    let (place, email) = (stored.place.clone(), stored.email.clone());
    let verified = stored.identity_verified;
    view! {
        {verified.then(|| view! { <Fixed stored=stored.clone()/> })}
        <ServerForm action=action>
            <input type="hidden" name="back" value=back/>
            {(!verified).then(|| view! { <Identity stored=stored/> })}
            <PlaceField regions=regions value=place/>
            <TextField name="email" kind=FieldKind::Email value=email
                label=td_string!(locale, accounts.email) hint=td_string!(locale, accounts.email_hint)/>
            <Submit label=td_string!(locale, common.save)/>
        </ServerForm>
    }
}

/// Name and birth date, while they can still be mended.
#[component]
fn Identity(stored: Stored) -> impl IntoView {
    let locale = use_locale();
    let birth = stored.birth_date.map(|day| (day.day(), u8::from(day.month()), day.year(), Calendar::Gregorian));
    let names = DateNames { day: "birth_day", month: "birth_month", year: "birth_year", calendar: "birth_calendar" };
    view! {
        <p class="muted">{td_string!(locale, accounts.name_as_on_id)}</p>
        <TextField name="given_name" kind=FieldKind::Name value=stored.given_name
            label=td_string!(locale, accounts.given_name)/>
        <TextField name="father_name" kind=FieldKind::Name value=stored.father_name
            label=td_string!(locale, accounts.father_name)/>
        <TextField name="grandfather_name" kind=FieldKind::Name value=stored.grandfather_name
            label=td_string!(locale, accounts.grandfather_name)/>
        <TextField name="family_name" kind=FieldKind::Name value=stored.family_name
            label=td_string!(locale, accounts.family_name)/>
        <TextField name="latin_name" kind=FieldKind::Latin value=stored.latin_name
            label=td_string!(locale, accounts.latin_name) hint=td_string!(locale, accounts.latin_name_hint)/>
        <DateField names=names legend=td_string!(locale, accounts.birth_date)
            hint=td_string!(locale, accounts.birth_date_hint) nostrip:value=birth/>
    }
}

/// Name and birth date as they were verified.
#[component]
fn Fixed(stored: Stored) -> impl IntoView {
    let locale = use_locale();
    let parts = [stored.given_name, stored.father_name, stored.grandfather_name, stored.family_name];
    let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    view! {
        <Notice tone=Tone::Success><p>{td_string!(locale, accounts.identity_fixed)}</p></Notice>
        <SummaryList>
            <SummaryRow key=td_string!(locale, accounts.full_name)><bdi>{name}</bdi></SummaryRow>
            <SummaryRow key=td_string!(locale, accounts.latin_name)><bdi dir="ltr">{stored.latin_name}</bdi></SummaryRow>
            <SummaryRow key=td_string!(locale, accounts.birth_date)>
                {stored.birth_date.map(|date| view! { <DualDate date=date/> })}
            </SummaryRow>
        </SummaryList>
    }
}
