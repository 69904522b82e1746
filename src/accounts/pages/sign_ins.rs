//! `/account/sign-ins`: where one is signed in, and a way to end it.

use leptos::prelude::*;

use crate::access::SignedIn;
use crate::accounts::api::sign_ins::{EndSignIn, sign_ins};
use crate::accounts::model::views::SignIn;
use crate::i18n::{tu_string, use_i18n};
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn SignIns() -> impl IntoView {
    let i18n = use_i18n();
    let ended = RwSignal::new(0_u32);
    let data = Resource::new(move || ended.get(), |_| sign_ins());
    let trail = vec![("/account", tu_string!(i18n, common.my_account))];
    view! {
        <Page title=tu_string!(i18n, accounts.sign_ins_title) trail=trail>
            <div class="stack--wide">
                <h1 class="h1">{tu_string!(i18n, accounts.sign_ins_title)}</h1>
                <p>{tu_string!(i18n, accounts.sign_ins_lede)}</p>
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
    let i18n = use_i18n();
    let action = ServerAction::<EndSignIn>::new();
    let signed_in = expect_context::<RwSignal<SignedIn>>();
    Effect::new(move || match action.value().get() {
        // Ending the sign-in this is read in leads away; the header follows.
        Some(Ok(())) if one.this_one => signed_in.set(SignedIn::default()),
        Some(Ok(())) => ended.update(|times| *times += 1),
        _ => {}
    });
    let started = dual_date_time(i18n, one.started_at);
    let seen = dual_date_time(i18n, one.last_seen_at);
    view! {
        <li class="card">
            {one.this_one.then(|| view! { <Tag tone=Tone::Success label=tu_string!(i18n, accounts.this_sign_in)/> })}
            <p>{tu_string!(i18n, accounts.last_seen, at = seen)}</p>
            <p class="card__meta">{tu_string!(i18n, accounts.started, at = started)}</p>
            <ServerForm action=action>
                <input type="hidden" name="session" value=one.session.to_string()/>
                <Submit label=tu_string!(i18n, accounts.end_sign_in) look="button--danger"/>
            </ServerForm>
        </li>
    }
}
