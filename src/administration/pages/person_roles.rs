//! The roles of a person: seen, taken, given.

use leptos::prelude::*;

use crate::access::Role;
use crate::administration::api::{GrantRole, ResetSecondFactor, RevokeRole};
use crate::administration::model::PersonView;
use crate::administration::words::role_name;
use crate::calendar::riyadh_day;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::Submit;
use crate::ui::choice::Select;
use crate::ui::date::dual_date;
use crate::ui::form::ServerForm;

#[component]
pub fn Roles(
    person: PersonView,
    grant: ServerAction<GrantRole>,
    revoke: ServerAction<RevokeRole>,
    reset: ServerAction<ResetSecondFactor>,
) -> impl IntoView {
    let locale = use_locale();
    let id = person.person.to_string();
    let may_change = !person.is_self;
    let held: Vec<Role> = person.roles.iter().map(|one| one.role).collect();
    let roles = person
        .roles
        .into_iter()
        .map(|one| {
            let date = dual_date(locale, riyadh_day(one.since));
            let sessions = person.sessions_to_come;
            view! {
                <li class="card">
                    <h3 class="card__title">{role_name(locale, one.role)}</h3>
                    <p class="card__meta">{td_string!(locale, admin.since, date = date)}</p>
                    {(one.role == Role::Trainer && sessions > 0)
                        .then(|| view! { <p>{td_string!(locale, admin.sessions_to_come, count = sessions)}</p> })}
                    {may_change.then(|| view! { <Revoke id=id.clone() role=one.role action=revoke/> })}
                </li>
            }
        })
        .collect_view();
    let open: Vec<(String, String)> = Role::ALL
        .into_iter()
        .filter(|role| !held.contains(role))
        .map(|role| (role.code().to_owned(), role_name(locale, role).to_owned()))
        .collect();
    let restart = (may_change && !held.is_empty()).then(|| view! { <Reset id=id.clone() action=reset/> });
    let give = if person.is_self {
        view! { <p>{td_string!(locale, admin.own_roles)}</p> }.into_any()
    } else if person.identity.is_none() || person.closed_at.is_some() || person.merged_into.is_some() {
        view! { <p>{td_string!(locale, admin.roles_need_identity)}</p> }.into_any()
    } else if open.is_empty() {
        ().into_any()
    } else {
        view! {
            <ServerForm action=grant>
                <input type="hidden" name="person" value=id/>
                <Select name="role" label=td_string!(locale, admin.role) options=open/>
                <Submit label=td_string!(locale, admin.grant)/>
            </ServerForm>
        }
        .into_any()
    };
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, admin.roles)}</h2>
            {if held.is_empty() {
                view! { <p class="muted">{td_string!(locale, admin.no_roles)}</p> }.into_any()
            } else {
                view! { <ul class="stack" role="list">{roles}</ul> }.into_any()
            }}
            {restart}
            {give}
        </section>
    }
}

/// For an officer who has lost every passkey and code.
#[component]
fn Reset(id: String, action: ServerAction<ResetSecondFactor>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <details class="stack">
            <summary>{td_string!(locale, second_factor.reset_title)}</summary>
            <p>{td_string!(locale, second_factor.reset_text)}</p>
            <ServerForm action=action>
                <input type="hidden" name="person" value=id/>
                <Submit label=td_string!(locale, second_factor.reset) look="button--danger"/>
            </ServerForm>
        </details>
    }
}

#[component]
fn Revoke(id: String, role: Role, action: ServerAction<RevokeRole>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <details class="stack">
            <summary>{td_string!(locale, admin.revoke_title)}</summary>
            <p>{td_string!(locale, admin.revoke_text)}</p>
            <ServerForm action=action>
                <input type="hidden" name="person" value=id/>
                <input type="hidden" name="role" value=role.code()/>
                <Submit label=td_string!(locale, admin.revoke) look="button--danger"/>
            </ServerForm>
        </details>
    }
}
