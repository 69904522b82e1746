//! `/admin/modules`: the renewal modules.

use leptos::prelude::*;

use crate::calendar::riyadh_day;
use crate::i18n::{Locale, td_string, use_locale};
use crate::programmes::api;
use crate::programmes::model::{ModuleLine, ModuleState, ModulesPage};
use crate::programmes::words::kind_name;
use crate::ui::button::ButtonLink;
use crate::ui::date::dual_date;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::panel::{Empty, Notice};
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Modules() -> impl IntoView {
    let locale = use_locale();
    let modules = Resource::new(|| (), |()| api::modules());
    let title = td_string!(locale, programmes.modules_title);
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, programmes.admin))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, programmes.modules_text)}</p>
                <div class="cluster">
                    <ButtonLink href="/admin/modules/new" label=td_string!(locale, programmes.new_module)/>
                </div>
                {loaded(modules, |page| view! { <List page=page/> })}
            </div>
        </Page>
    }
}

#[component]
fn List(page: ModulesPage) -> impl IntoView {
    let locale = use_locale();
    let without = (!page.without.is_empty()).then(|| {
        let kinds = page.without.into_iter().map(|kind| view! { <li>{kind_name(locale, kind)}</li> }).collect_view();
        view! {
            <Notice tone=Tone::Warning>
                <p>{td_string!(locale, programmes.modules_missing)}</p>
                <ul>{kinds}</ul>
            </Notice>
        }
    });
    let list = if page.modules.is_empty() {
        view! {
            <Empty title=td_string!(locale, programmes.no_modules)>
                <p>{td_string!(locale, programmes.no_modules_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = page
            .modules
            .into_iter()
            .map(|line| {
                let standing = standing(locale, &line);
                view! {
                    <li class="task-list__item">
                        <div>
                            <p><a href=format!("/admin/modules/{}", line.id)>{line.title}</a></p>
                            <p class="muted">{kind_name(locale, line.kind)} " · " {standing}</p>
                        </div>
                        <div class="task-list__status"><StateTag state=line.state/></div>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    view! {
        {without}
        {list}
    }
}

/// Where a module stands, in a word.
#[component]
pub fn StateTag(state: ModuleState) -> impl IntoView {
    let locale = use_locale();
    let (tone, label) = match state {
        ModuleState::Draft => (Tone::Info, td_string!(locale, programmes.module_draft)),
        ModuleState::InForce => (Tone::Success, td_string!(locale, programmes.module_in_force)),
        ModuleState::Retired => (Tone::Neutral, td_string!(locale, programmes.module_retired)),
    };
    view! { <Tag tone=tone label=label/> }
}

/// How many questions a module has, and from when to when it was in force.
pub fn standing(locale: Locale, line: &ModuleLine) -> String {
    let mut parts =
        vec![td_string!(locale, programmes.module_questions, questions = line.questions, asked = line.asked)];
    if let Some(at) = line.published_at {
        parts.push(td_string!(locale, programmes.module_since, date = dual_date(locale, riyadh_day(at))));
    }
    if let Some(at) = line.retired_at {
        parts.push(td_string!(locale, programmes.module_until, date = dual_date(locale, riyadh_day(at))));
    }
    parts.join(" · ")
}
