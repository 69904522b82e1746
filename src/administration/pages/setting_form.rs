//! The form that changes a rule.

use leptos::prelude::*;

use crate::administration::api::ChangeSetting;
use crate::administration::model::{LONGEST_REASON, SettingKey};
use crate::administration::words::{scope_name, unit_name};
use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::ui::button::Submit;
use crate::ui::choice::Select;
use crate::ui::date_field::{DateField, DateNames};
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::text_area::TextArea;

/// Value, kinds, day and reason. It sends the version it was made from: whoever changed the rule since is not overwritten.
#[component]
pub fn ChangeForm(key_: SettingKey, version: i64, action: ServerAction<ChangeSetting>) -> impl IntoView {
    let locale = use_locale();
    let (least, most) = key_.bounds();
    let unit = unit_name(locale, key_.unit());
    let kinds = std::iter::once((String::new(), scope_name(locale, None).to_owned()))
        .chain(
            LicenceKind::ALL
                .into_iter()
                .filter(|_| key_.by_kind())
                .map(|kind| (kind.code().to_owned(), scope_name(locale, Some(kind)).to_owned())),
        )
        .collect();
    let names = DateNames { day: "from_day", month: "from_month", year: "from_year", calendar: "from_calendar" };
    view! {
        <ServerForm action=action>
            <input type="hidden" name="key" value=key_.code()/>
            <input type="hidden" name="seen" value=version.to_string()/>
            <Select name="kind" label=td_string!(locale, admin.scope) hint=td_string!(locale, admin.scope_hint)
                options=kinds/>
            <TextField name="value" kind=FieldKind::Number label=td_string!(locale, admin.new_value)
                hint=td_string!(locale, admin.bounds, unit = unit, least = least, most = most)/>
            <DateField names=names legend=td_string!(locale, admin.effective_from)
                hint=td_string!(locale, admin.effective_from_hint)/>
            <TextArea name="reason" label=td_string!(locale, admin.reason) longest=LONGEST_REASON
                hint=td_string!(locale, admin.reason_hint)/>
            <Submit label=td_string!(locale, admin.change_button)/>
        </ServerForm>
    }
}
