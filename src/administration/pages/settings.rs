//! `/admin/settings`: every rule with what is in force of it.

use leptos::prelude::*;

use super::trail;
use crate::administration::api;
use crate::administration::model::{SettingLine, SettingValue, Unit};
use crate::administration::words::{scope_name, setting_about, setting_name, value_text};
use crate::i18n::{Locale, td_string, use_locale};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn SettingsPage() -> impl IntoView {
    let locale = use_locale();
    let data = Resource::new(|| (), |()| api::settings());
    let title = td_string!(locale, admin.settings_title);
    view! {
        <Page title=title trail=trail(locale)>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, admin.settings_lead)}</p>
                {loaded(data, move |lines| {
                    let rows = lines.into_iter().map(|line| row(locale, line)).collect_view();
                    view! { <ul class="task-list">{rows}</ul> }
                })}
            </div>
        </Page>
    }
}

fn row(locale: Locale, line: SettingLine) -> impl IntoView {
    let unit = line.key.unit();
    view! {
        <li class="task-list__item">
            <div>
                <p><a href=format!("/admin/settings/{}", line.key.code())>{setting_name(locale, line.key)}</a></p>
                <p class="muted">{setting_about(locale, line.key)}</p>
                {line.values.into_iter().map(|one| value(locale, unit, one)).collect_view()}
            </div>
            {line
                .planned
                .then(|| {
                    let label = td_string!(locale, admin.change_planned);
                    view! { <div class="task-list__status"><Tag tone=Tone::Info label=label/></div> }
                })}
        </li>
    }
}

/// A value in force, for which kinds, and whether anybody has ever decided it.
pub(super) fn value(locale: Locale, unit: Unit, one: SettingValue) -> impl IntoView {
    view! {
        <p>
            <strong>{value_text(locale, unit, one.value)}</strong>
            " · "
            {scope_name(locale, one.kind)}
            {one
                .assumed
                .then(|| view! { " " <Tag tone=Tone::Warning label=td_string!(locale, admin.project_assumption)/> })}
        </p>
    }
}
