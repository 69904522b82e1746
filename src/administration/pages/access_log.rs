//! `/account/access-log`: who read one's own record, in which role and when.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::administration::api;
use crate::administration::model::{AccessLine, AccessPage};
use crate::administration::words::{reading_text, role_name};
use crate::i18n::{Locale, td_string, use_locale};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::pager::Pager;
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

const PATH: &str = "/account/access-log";

#[component]
pub fn AccessLog() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.read().get("after").unwrap_or_default());
    let page = Resource::new(move || asked.get(), api::access_log);
    let title = td_string!(locale, admin.access_log_title);
    view! {
        <Page title=title trail=vec![("/account", td_string!(locale, common.my_account))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, admin.access_log_lead)}</p>
                {loaded(page, move |page| list(locale, page, asked.get_untracked().is_empty()))}
            </div>
        </Page>
    }
}

fn list(locale: Locale, page: AccessPage, is_first: bool) -> impl IntoView {
    let entries = if page.entries.is_empty() {
        view! {
            <Empty title=td_string!(locale, admin.nobody_read_title)>
                <p>{td_string!(locale, admin.nobody_read_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = page.entries.into_iter().map(|line| row(locale, line)).collect_view();
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    let next = page.next.map(|after| format!("{PATH}?after={after}"));
    view! {
        {entries}
        <Pager first=(!is_first).then(|| PATH.to_owned()) next=next/>
    }
}

fn row(locale: Locale, line: AccessLine) -> impl IntoView {
    view! {
        <li class="task-list__item">
            <div>
                <p>{reading_text(locale, line.reading)}</p>
                <p class="muted">{dual_date_time(locale, line.at)}</p>
            </div>
            <div class="task-list__status"><Tag tone=Tone::Info label=role_name(locale, line.role)/></div>
        </li>
    }
}
