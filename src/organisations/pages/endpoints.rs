//! `/admin/organisations/{id}/webhooks`: where an organisation's programs are told of changes.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::endpoint_line::Line;
use super::secret::NewSecret;
use super::{Head, Make, Tab, about, trail};
use crate::i18n::{td_string, use_locale};
use crate::organisations::api::{self, CloseEndpoint, HideSecret, OpenEndpoint, RotateSecret};
use crate::organisations::model::{Organisation, WebhooksPage};
use crate::ui::act::{count_done, problem_of};
use crate::ui::button::Submit;
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::{Empty, Notice};
use crate::ui::problem::ErrorSummary;
use crate::ui::tag::Tone;

/// What may be done on the page.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    open: ServerAction<OpenEndpoint>,
    pub(super) rotate: ServerAction<RotateSecret>,
    pub(super) close: ServerAction<CloseEndpoint>,
    hide: ServerAction<HideSecret>,
}

#[component]
pub fn Endpoints() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let acts = Acts {
        open: ServerAction::new(),
        rotate: ServerAction::new(),
        close: ServerAction::new(),
        hide: ServerAction::new(),
    };
    let done = RwSignal::new(0_u32);
    count_done(acts.open, done);
    count_done(acts.rotate, done);
    count_done(acts.close, done);
    count_done(acts.hide, done);
    let data =
        Resource::new(move || (params.read().get("id").unwrap_or_default(), done.get()), |(id, _)| api::endpoints(id));
    let told = move || {
        (query.read().get("done").as_deref() == Some("closed")).then(|| {
            let text = td_string!(locale, organisations.done_closed);
            view! { <Notice tone=Tone::Success><p>{text}</p></Notice> }
        })
    };
    view! {
        <Page title=td_string!(locale, organisations.endpoints_title) trail=trail(locale)>
            <div class="stack stack--wide">
                <div role="status">{told}</div>
                <ErrorSummary error=problem_of(acts.rotate)/>
                <ErrorSummary error=problem_of(acts.close)/>
                {loaded(data, move |page| view! { <Screen page=page acts=acts/> })}
            </div>
        </Page>
    }
}

#[component]
fn Screen(page: WebhooksPage, acts: Acts) -> impl IntoView {
    let locale = use_locale();
    let secret = page.secret.map(|secret| {
        view! { <NewSecret secret=secret title=td_string!(locale, organisations.new_secret) hide=acts.hide/> }
    });
    let list = if page.endpoints.is_empty() {
        view! {
            <Empty title=td_string!(locale, organisations.no_endpoints_title)>
                <p>{td_string!(locale, organisations.no_endpoints_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let approved = page.organisation.approved;
        let rows = page
            .endpoints
            .into_iter()
            .map(|line| view! { <Line line=line approved=approved acts=acts/> })
            .collect_view();
        view! { <ul class="stack" role="list">{rows}</ul> }.into_any()
    };
    view! {
        <Head organisation=page.organisation.clone() here=Tab::Endpoints/>
        <div class="prose stack">
            <p>{td_string!(locale, organisations.endpoints_lead)}</p>
            <p>{td_string!(locale, organisations.endpoints_signed)}</p>
        </div>
        {secret}
        {list}
        <Open organisation=page.organisation action=acts.open/>
    }
}

#[component]
fn Open(organisation: Organisation, action: ServerAction<OpenEndpoint>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Make title=td_string!(locale, organisations.open_title) approved=organisation.approved>
            <ServerForm action=action>
                {about("organisation", organisation.id)}
                <TextField name="url" kind=FieldKind::Url label=td_string!(locale, organisations.url)
                    hint=td_string!(locale, organisations.url_hint)/>
                <Submit label=td_string!(locale, organisations.open)/>
            </ServerForm>
        </Make>
    }
}
