//! `/admin/organisations/{id}/keys`: the keys of an organisation's programs.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::key_line::Line;
use super::secret::NewSecret;
use super::{Head, Make, Tab, about, trail};
use crate::i18n::{td_string, use_locale};
use crate::organisations::api::{self, GiveKey, HideSecret, RevokeKey, RotateKey};
use crate::organisations::model::{KeysPage, Organisation, Scope};
use crate::organisations::words::scope_text;
use crate::ui::act::{count_done, problem_of};
use crate::ui::button::Submit;
use crate::ui::choice::TickBox;
use crate::ui::error_view::loaded;
use crate::ui::field::TextField;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::{Empty, Notice};
use crate::ui::problem::ErrorSummary;
use crate::ui::tag::Tone;

/// What may be done on the page.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    give: ServerAction<GiveKey>,
    pub rotate: ServerAction<RotateKey>,
    pub revoke: ServerAction<RevokeKey>,
    hide: ServerAction<HideSecret>,
}

#[component]
pub fn Keys() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let acts = Acts {
        give: ServerAction::new(),
        rotate: ServerAction::new(),
        revoke: ServerAction::new(),
        hide: ServerAction::new(),
    };
    let done = RwSignal::new(0_u32);
    count_done(acts.give, done);
    count_done(acts.rotate, done);
    count_done(acts.revoke, done);
    count_done(acts.hide, done);
    let after = Memo::new(move |_| query.read().get("after").unwrap_or_default());
    let data = Resource::new(
        move || (params.read().get("id").unwrap_or_default(), after.get(), done.get()),
        |(id, after, _)| api::keys(id, after),
    );
    let told = move || {
        (query.read().get("done").as_deref() == Some("revoked")).then(|| {
            let text = td_string!(locale, organisations.done_revoked);
            view! { <Notice tone=Tone::Success><p>{text}</p></Notice> }
        })
    };
    view! {
        <Page title=td_string!(locale, organisations.keys_title) trail=trail(locale)>
            <div class="stack stack--wide">
                <div role="status">{told}</div>
                <ErrorSummary error=problem_of(acts.rotate)/>
                <ErrorSummary error=problem_of(acts.revoke)/>
                {loaded(data, move |page| {
                    view! { <Screen page=page is_first=after.get_untracked().is_empty() acts=acts/> }
                })}
            </div>
        </Page>
    }
}

#[component]
fn Screen(page: KeysPage, is_first: bool, acts: Acts) -> impl IntoView {
    let locale = use_locale();
    let path = format!("/admin/organisations/{}/keys", page.organisation.id);
    let next = page.next.map(|after| format!("{path}?after={after}"));
    let (days, overlap) = (page.days, page.overlap_days);
    let secret = page.secret.map(|secret| {
        view! { <NewSecret secret=secret title=td_string!(locale, organisations.new_key) hide=acts.hide/> }
    });
    let list = if page.keys.is_empty() && !is_first {
        view! { <PastEnd/> }.into_any()
    } else if page.keys.is_empty() {
        view! {
            <Empty title=td_string!(locale, organisations.no_keys_title)>
                <p>{td_string!(locale, organisations.no_keys_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = page.keys.into_iter().map(|line| view! { <Line line=line acts=acts/> }).collect_view();
        view! { <ul class="stack" role="list">{rows}</ul> }.into_any()
    };
    view! {
        <Head organisation=page.organisation.clone() here=Tab::Keys/>
        <div class="prose stack">
            <p>{td_string!(locale, organisations.keys_lead)}</p>
            <p>{td_string!(locale, organisations.key_days, count = days)}</p>
            <p>{td_string!(locale, organisations.overlap_days, count = overlap)}</p>
            <p><a href="/api/openapi.json" rel="external">{td_string!(locale, organisations.description)}</a></p>
        </div>
        {secret}
        {list}
        <Pager first=(!is_first).then_some(path) next=next/>
        <Give organisation=page.organisation action=acts.give/>
    }
}

#[component]
fn Give(organisation: Organisation, action: ServerAction<GiveKey>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Make title=td_string!(locale, organisations.give_title) approved=organisation.approved>
            <ServerForm action=action>
                {about("organisation", organisation.id)}
                <TextField name="label" label=td_string!(locale, organisations.label)
                    hint=td_string!(locale, organisations.label_hint)/>
                <fieldset class="fieldset">
                    <legend class="fieldset__legend">{td_string!(locale, organisations.scopes)}</legend>
                    <TickBox name="verify" label=scope_text(locale, Scope::Verify) ticked=true/>
                    <TickBox name="webhooks" label=scope_text(locale, Scope::Webhooks)/>
                </fieldset>
                <Submit label=td_string!(locale, organisations.give)/>
            </ServerForm>
        </Make>
    }
}
