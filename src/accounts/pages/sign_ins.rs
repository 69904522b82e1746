//! `/account/sign-ins`: where one is signed in, and a way to end it.

use leptos::prelude::*;

use crate::access::SignedIn;
use crate::accounts::api::sign_ins::{EndSignIn, sign_ins};
use crate::accounts::model::views::SignIn;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn SignIns() -> impl IntoView {
    let locale = use_locale();
    let ended = RwSignal::new(0_u32);
    let data = Resource::new(move || ended.get(), |_| sign_ins());
    let trail = vec![("/account", td_string!(locale, common.my_account))];
    view! {
        <Page title=td_string!(locale, accounts.sign_ins_title) trail=trail>
            <div class="stack--wide">
                <h1 class="h1">{td_string!(locale, accounts.sign_ins_title)}</h1>
                <p>{td_string!(locale, accounts.sign_ins_lede)}</p>
                {loaded(data, move |sessions| {
                    let rows = sessions.into_iter().map(|one| view! { <Row one=one ended=ended/> }).collect_view();
                    view! { <ul class="stack">{rows}</ul> }
                })}
            </div>
        </Page>
    }
}

#[component]
fn Row(one: SignIn, ended: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<EndSignIn>::new();
    let signed_in = expect_context::<RwSignal<SignedIn>>();
    Effect::new(move || match action.value().get() {
        // Ending the sign-in this is read in leads away; the header follows.
        Some(Ok(())) if one.this_one => signed_in.set(SignedIn::default()),
        Some(Ok(())) => ended.update(|times| *times += 1),
        _ => {}
    });
    let started = dual_date_time(locale, one.started_at);
    let seen = dual_date_time(locale, one.last_seen_at);
    view! {
        <li class="card">
            {one.this_one.then(|| view! { <Tag tone=Tone::Success label=td_string!(locale, accounts.this_sign_in)/> })}
            <p>{td_string!(locale, accounts.last_seen, at = seen)}</p>
            <p class="card__meta">{td_string!(locale, accounts.started, at = started)}</p>
            <ServerForm action=action>
                <input type="hidden" name="session" value=one.session.to_string()/>
                <Submit label=td_string!(locale, accounts.end_sign_in) look="button--danger"/>
            </ServerForm>
        </li>
    }
}
