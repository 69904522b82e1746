//! A city, chosen under its region: one list, so that it works without JavaScript.

use leptos::prelude::*;

use crate::accounts::model::views::Region;
use crate::i18n::{td_string, use_locale};
use crate::ui::field::Field;
use crate::ui::form::FormState;

#[component]
pub fn PlaceField(regions: Vec<Region>, value: String) -> impl IntoView {
    let locale = use_locale();
    let chosen = FormState::here().typed("place").unwrap_or(value);
    let groups = regions
        .into_iter()
        .map(|region| {
            let cities = region
                .cities
                .into_iter()
                .map(|(value, name)| {
                    let selected = value == chosen;
                    view! { <option value=value selected=selected>{name}</option> }
                })
                .collect_view();
            view! { <optgroup label=region.name>{cities}</optgroup> }
        })
        .collect_view();
    view! {
        <Field name="place" label=td_string!(locale, accounts.place).to_owned()>
            <select id="place" name="place" class="input">
                <option value="">{td_string!(locale, accounts.place_choose)}</option>
                {groups}
            </select>
        </Field>
    }
}
