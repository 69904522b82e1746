//! A key in the list, and what may be done with it.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::about;
use super::keys::Acts;
use crate::calendar::riyadh_day;
use crate::i18n::{td_string, use_locale};
use crate::organisations::model::{KeyLine, KeyStanding};
use crate::organisations::words::{scope_text, standing_word};
use crate::ui::button::Submit;
use crate::ui::date::dual_date;
use crate::ui::tag::Tag;

#[component]
pub(super) fn Line(line: KeyLine, acts: Acts) -> impl IntoView {
    let locale = use_locale();
    let (tone, word) = standing_word(locale, line.standing);
    let day = move |at| dual_date(locale, riyadh_day(at));
    let (given, until) = (day(line.given_at), day(line.expires_at));
    let end = if let Some(at) = line.revoked_at {
        let date = day(at);
        td_string!(locale, organisations.revoked_on, date = date)
    } else {
        td_string!(locale, organisations.good_until, date = until)
    };
    let used = match line.last_used_on {
        Some(used) => {
            let date = dual_date(locale, used);
            td_string!(locale, organisations.last_used, date = date)
        }
        None => td_string!(locale, organisations.never_used).to_owned(),
    };
    let scopes = line.scopes.iter().map(|scope| view! { <li>{scope_text(locale, *scope)}</li> }).collect_view();
    let rotate = (line.standing == KeyStanding::InForce).then(|| {
        view! {
            <details class="stack">
                <summary>{td_string!(locale, organisations.rotate_title)}</summary>
                <p>{td_string!(locale, organisations.rotate_text)}</p>
                <ActionForm action=acts.rotate>
                    {about("key", line.id)}
                    <Submit label=td_string!(locale, organisations.rotate) look="button--secondary"/>
                </ActionForm>
            </details>
        }
    });
    let revoke = line.standing.is_good().then(|| {
        view! {
            <details class="stack">
                <summary>{td_string!(locale, organisations.revoke_title)}</summary>
                <p>{td_string!(locale, organisations.revoke_text)}</p>
                <ActionForm action=acts.revoke>
                    {about("key", line.id)}
                    <Submit label=td_string!(locale, organisations.revoke) look="button--danger"/>
                </ActionForm>
            </details>
        }
    });
    view! {
        <li class="card">
            <h3 class="card__title"><bdi>{line.label}</bdi></h3>
            <p><Tag tone=tone label=word/> " " <code dir="ltr">{line.start} "…"</code></p>
            <ul>{scopes}</ul>
            <p class="card__meta">
                {td_string!(locale, organisations.given_on, date = given)} " · " {end} " · " {used}
            </p>
            {rotate}
            {revoke}
        </li>
    }
}
