//! A returned request: each field to mend with its reason beside it, and nothing else.

use leptos::prelude::*;

use crate::calendar::Calendar;
use crate::i18n::{td_string, use_locale};
use crate::licences::api::{FieldValue, MendRequest, ReturnedField};
use crate::review::words::{field_name, field_reason};
use crate::ui::button::Submit;
use crate::ui::choice::Select;
use crate::ui::date_field::{DateField, DateNames};
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn Returned(number: String, fields: Vec<ReturnedField>, action: ServerAction<MendRequest>) -> impl IntoView {
    let locale = use_locale();
    let fields = fields.into_iter().map(|field| view! { <Mend field=field/> }).collect_view();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, licences.returned_title)}</h2>
            <p>{td_string!(locale, licences.returned_text)}</p>
            <ServerForm action=action>
                <input type="hidden" name="number" value=number/>
                {fields}
                <Submit label=td_string!(locale, licences.mend_submit)/>
            </ServerForm>
        </section>
    }
}

/// The reason, then the field's inputs.
#[component]
fn Mend(field: ReturnedField) -> impl IntoView {
    let locale = use_locale();
    let reason = field_reason(locale, field.reason);
    let name = field_name(locale, field.field);
    let inputs = match field.value {
        FieldValue::Name([given, father, grandfather, family]) => view! {
            <TextField name="given_name" kind=FieldKind::Name value=given label=td_string!(locale, accounts.given_name)/>
            <TextField name="father_name" kind=FieldKind::Name value=father
                label=td_string!(locale, accounts.father_name)/>
            <TextField name="grandfather_name" kind=FieldKind::Name value=grandfather
                label=td_string!(locale, accounts.grandfather_name)/>
            <TextField name="family_name" kind=FieldKind::Name value=family
                label=td_string!(locale, accounts.family_name)/>
        }
        .into_any(),
        FieldValue::LatinName(value) => {
            view! { <TextField name="latin_name" kind=FieldKind::Latin value=value label=name/> }.into_any()
        }
        FieldValue::BirthDate(birth) => {
            let names =
                DateNames { day: "birth_day", month: "birth_month", year: "birth_year", calendar: "birth_calendar" };
            let birth = birth.map(|day| (day.day(), u8::from(day.month()), day.year(), Calendar::Gregorian));
            view! { <DateField names=names legend=name nostrip:value=birth/> }.into_any()
        }
        FieldValue::Choice(value, options) => {
            view! { <Select name=field.field.code() label=name options=options value=value/> }.into_any()
        }
    };
    view! {
        <div class="stack">
            <Notice tone=Tone::Warning>
                <p>{name} ". " {td_string!(locale, licences.returned_why, reason = reason)}</p>
                {field.text.map(|text| view! { <p class="preserve-lines" dir="auto">{text}</p> })}
            </Notice>
            {inputs}
        </div>
    }
}
