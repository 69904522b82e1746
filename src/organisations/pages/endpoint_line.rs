//! An endpoint in the list, and what may be done with it.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::about;
use super::endpoints::Acts;
use crate::calendar::riyadh_day;
use crate::i18n::{td_string, use_locale};
use crate::organisations::model::EndpointLine;
use crate::ui::button::Submit;
use crate::ui::date::{dual_date, dual_date_time};
use crate::ui::tag::{Tag, Tone};

#[component]
pub(super) fn Line(line: EndpointLine, approved: bool, acts: Acts) -> impl IntoView {
    let locale = use_locale();
    let is_open = line.closed_at.is_none();
    let opened = dual_date(locale, riyadh_day(line.opened_at));
    let (tone, word) = if is_open {
        (Tone::Success, td_string!(locale, organisations.endpoint_open))
    } else {
        (Tone::Neutral, td_string!(locale, organisations.endpoint_closed))
    };
    let rotated = line.rotated_at.map(|at| {
        let date = dual_date(locale, riyadh_day(at));
        view! { " · " {td_string!(locale, organisations.secret_since, date = date)} }
    });
    let old = line.old_signs_until.map(|at| {
        let time = dual_date_time(locale, at);
        view! { <p>{td_string!(locale, organisations.old_secret_until, time = time)}</p> }
    });
    let rotating = (is_open && approved).then(|| {
        view! {
            <details class="stack">
                <summary>{td_string!(locale, organisations.rotate_secret_title)}</summary>
                <p>{td_string!(locale, organisations.rotate_secret_text)}</p>
                <ActionForm action=acts.rotate>
                    {about("endpoint", line.id)}
                    <input type="hidden" name="rotations" value=line.rotations.to_string()/>
                    <Submit label=td_string!(locale, organisations.rotate_secret) look="button--secondary"/>
                </ActionForm>
            </details>
        }
    });
    let closing = is_open.then(|| {
        view! {
            <details class="stack">
                <summary>{td_string!(locale, organisations.close_title)}</summary>
                <p>{td_string!(locale, organisations.close_text)}</p>
                <ActionForm action=acts.close>
                    {about("endpoint", line.id)}
                    <Submit label=td_string!(locale, organisations.close) look="button--danger"/>
                </ActionForm>
            </details>
        }
    });
    view! {
        <li class="card">
            <h3 class="card__title"><a href=format!("/admin/webhooks/{}", line.id)><bdi dir="ltr">{line.url}</bdi></a></h3>
            <p><Tag tone=tone label=word/></p>
            <p class="card__meta">{td_string!(locale, organisations.opened_on, date = opened)} {rotated}</p>
            {old}
            {rotating}
            {closing}
        </li>
    }
}
