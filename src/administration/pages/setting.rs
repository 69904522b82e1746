//! `/admin/settings/{key}`: one rule, its change and its history.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::setting_form::ChangeForm;
use super::settings::value;
use super::trail;
use crate::administration::api::{self, ChangeSetting};
use crate::administration::model::{SettingChange, SettingView, Unit};
use crate::administration::words::{scope_name, setting_about, setting_name, standing_word, value_text};
use crate::calendar::riyadh_day;
use crate::error::{AppError, Problem};
use crate::i18n::{Locale, td_string, use_locale};
use crate::ui::date::{dual_date, dual_date_time};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::pager::Pager;
use crate::ui::tag::Tag;

#[component]
pub fn SettingPage() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let action = ServerAction::<ChangeSetting>::new();
    let asked = Memo::new(move |_| {
        (params.read().get("key").unwrap_or_default(), query.read().get("before").unwrap_or_default())
    });
    // Read anew when there is something new to read: another mistake leaves what was typed as it is.
    let renewed = RwSignal::new(0_u32);
    Effect::new(move || {
        let answer = action.value().get();
        if matches!(answer, Some(Ok(()) | Err(AppError::Refused(Problem::SettingChanged)))) {
            renewed.update(|times| *times += 1);
        }
    });
    let data = Resource::new(move || (asked.get(), renewed.get()), |((key, before), _)| api::setting(key, before));
    let mut trail = trail(locale);
    trail.push(("/admin/settings", td_string!(locale, admin.settings_title)));
    view! {
        <Page title=td_string!(locale, admin.settings_title) trail=trail>
            {loaded(data, move |setting| {
                let is_first = asked.get_untracked().1.is_empty();
                view! { <Screen setting=setting is_first=is_first action=action/> }
            })}
        </Page>
    }
}

#[component]
fn Screen(setting: SettingView, is_first: bool, action: ServerAction<ChangeSetting>) -> impl IntoView {
    let locale = use_locale();
    let SettingView { key, version, values, changes, next } = setting;
    let path = format!("/admin/settings/{}", key.code());
    let unit = key.unit();
    let rows = changes.into_iter().map(|one| change(locale, unit, one)).collect_view();
    let older = next.map(|before| format!("{path}?before={before}"));
    view! {
        <div class="stack stack--wide">
            <h1 class="h1">{setting_name(locale, key)}</h1>
            <p>{setting_about(locale, key)}</p>
            <section class="stack">
                <h2 class="h2">{td_string!(locale, admin.in_force)}</h2>
                {values.into_iter().map(|one| value(locale, unit, one)).collect_view()}
            </section>
            <section class="stack prose">
                <h2 class="h2">{td_string!(locale, admin.change_title)}</h2>
                <ChangeForm key_=key version=version action=action/>
            </section>
            <section class="stack">
                <h2 class="h2">{td_string!(locale, admin.history)}</h2>
                <ul class="task-list">{rows}</ul>
                <Pager first=(!is_first).then_some(path) next=older/>
            </section>
        </div>
    }
}

fn change(locale: Locale, unit: Unit, one: SettingChange) -> impl IntoView {
    let (tone, word) = standing_word(locale, one.standing);
    let from = one.effective_from.map_or_else(
        || td_string!(locale, admin.since_the_start).to_owned(),
        |at| {
            let date = dual_date(locale, riyadh_day(at));
            td_string!(locale, admin.starts_on, date = date)
        },
    );
    let made = match (one.changed_at, one.changed_by) {
        (Some(at), Some(name)) => {
            let time = dual_date_time(locale, at);
            td_string!(locale, admin.changed_by, name = name, time = time)
        }
        (Some(at), None) => {
            let time = dual_date_time(locale, at);
            td_string!(locale, admin.changed_at, time = time)
        }
        (None, _) => td_string!(locale, admin.project_assumption).to_owned(),
    };
    view! {
        <li class="task-list__item">
            <div>
                <p><strong>{value_text(locale, unit, one.value)}</strong> " · " {scope_name(locale, one.kind)}</p>
                <p>{from}</p>
                <p class="muted">{made}</p>
                {one.reason.map(|reason| view! { <p><bdi>{reason}</bdi></p> })}
            </div>
            <div class="task-list__status"><Tag tone=tone label=word/></div>
        </li>
    }
}
