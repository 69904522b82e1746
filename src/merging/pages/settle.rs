//! The two ways to settle a pair: one person, whose one record stays; or two people.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::merging::api::{Dismiss, Merge};
use crate::merging::model::{Blocker, Difference, PairView, Sameness};
use crate::merging::words::{blocker_text, difference_text, sameness_text};
use crate::ui::button::Submit;
use crate::ui::choice::{Radios, TickBox};
use crate::ui::form::ServerForm;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn Settle(pair: PairView, merge: ServerAction<Merge>, dismiss: ServerAction<Dismiss>) -> impl IntoView {
    let locale = use_locale();
    let id = pair.pair.to_string();
    let differences =
        Difference::ALL.iter().map(|one| (one.code().to_owned(), difference_text(locale, *one).to_owned())).collect();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, merging.one_person)}</h2>
            <OnePerson pair=pair action=merge/>
        </section>
        <section class="stack">
            <h2 class="h2">{td_string!(locale, merging.two_people)}</h2>
            <p>{td_string!(locale, merging.two_people_text)}</p>
            <ServerForm action=dismiss>
                <input type="hidden" name="pair" value=id/>
                <Radios name="difference" legend=td_string!(locale, merging.what_shows_it) options=differences/>
                <Submit label=td_string!(locale, merging.dismiss) look="button--secondary"/>
            </ServerForm>
        </section>
    }
}

/// What is in the way of keeping either record, and the form where one can be kept.
#[component]
fn OnePerson(pair: PairView, action: ServerAction<Merge>) -> impl IntoView {
    let locale = use_locale();
    let [one, other] = &pair.records;
    let labels = [
        td_string!(locale, merging.keep_first, number = one.number.clone()),
        td_string!(locale, merging.keep_second, number = other.number.clone()),
    ];
    let mut open = Vec::new();
    let mut blocked = Vec::new();
    for (record, label) in pair.records.iter().zip(labels) {
        if record.blockers.is_empty() {
            open.push((record.person.to_string(), label));
        } else {
            blocked.push(view! { <Blocked label=label blockers=record.blockers.clone()/> }.into_any());
        }
    }
    if open.is_empty() {
        return blocked.into_any();
    }
    let reasons =
        Sameness::ALL.iter().map(|one| (one.code().to_owned(), sameness_text(locale, *one).to_owned())).collect();
    view! {
        {blocked}
        <p>{td_string!(locale, merging.one_person_text)}</p>
        <ServerForm action=action>
            <input type="hidden" name="pair" value=pair.pair.to_string()/>
            <Radios name="keep" legend=td_string!(locale, merging.keep) hint=td_string!(locale, merging.keep_hint)
                options=open/>
            <Radios name="sameness" legend=td_string!(locale, merging.what_shows_it) options=reasons/>
            <TickBox name="understood" label=td_string!(locale, merging.understood)/>
            <Submit label=td_string!(locale, merging.merge) look="button--danger"/>
        </ServerForm>
    }
    .into_any()
}

/// A way that is not open, and what to do about it.
#[component]
fn Blocked(label: String, blockers: Vec<Blocker>) -> impl IntoView {
    let locale = use_locale();
    let rows = blockers.into_iter().map(|one| view! { <li>{blocker_text(locale, one)}</li> }).collect_view();
    view! {
        <Notice tone=Tone::Warning>
            <p>{td_string!(locale, merging.blocked, way = label)}</p>
            <ul>{rows}</ul>
        </Notice>
    }
}
