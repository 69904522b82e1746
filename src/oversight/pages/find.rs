//! `/oversight`: a licence by its number, and the proposals that wait for a second officer. With `?number=` it leads to
//! the licence, or says what is wrong with the number.

use leptos::prelude::*;
use leptos_router::components::{Form, Redirect};
use leptos_router::hooks::use_query_map;

use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::model::LicenceNumber;
use crate::licences::words::kind_name;
use crate::oversight::api::{self, ProposalLine, ProposalsPage};
use crate::oversight::model::Act;
use crate::oversight::words::{proposal_name, reason_text};
use crate::place::{Order, href};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::layout::Page;
use crate::ui::narrowing::{Narrow, NarrowForm, NothingFits};
use crate::ui::number::{Number, grouped};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;
use crate::ui::problem_text::problem_text;
use crate::ui::tag::{Tag, Tone};

const PATH: &str = "/oversight";
/// The order that goes without saying.
const USUAL: Order = Order::Earliest;

#[component]
pub fn Find() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let value = move |name: &'static str| query.read().get(name).unwrap_or_default();
    let asked = Memo::new(move |_| {
        let act = Act::from_code(&value("act")).filter(|act| act.takes_two());
        (act, Order::parse(&value("order"), USUAL), value("after"))
    });
    let page = Resource::new(
        move || asked.get(),
        |(act, order, after)| api::proposals(act.map_or("", Act::code).to_owned(), order.code().to_owned(), after),
    );
    let form = move || {
        let typed = value("number");
        match LicenceNumber::parse(&typed) {
            Ok(number) => view! { <Redirect path=format!("/oversight/{}", number.digits())/> }.into_any(),
            Err(_) => view! { <FindForm typed=typed/> }.into_any(),
        }
    };
    view! {
        <Page title=td_string!(locale, oversight.title) trail=vec![("/review", td_string!(locale, review.title))]>
            <div class="stack stack--wide">
                <h1 class="h1">{td_string!(locale, oversight.title)}</h1>
                {form}
                <h2 class="h2">{td_string!(locale, oversight.waiting_title)}</h2>
                <p>{td_string!(locale, oversight.waiting_text)}</p>
                {loaded(page, move |page| {
                    let (act, order, after) = asked.get_untracked();
                    view! { <Waiting act=act order=order is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

/// The number as typed, and what is wrong with it.
#[component]
fn FindForm(typed: String) -> impl IntoView {
    let locale = use_locale();
    let wrong = if typed.is_empty() { None } else { LicenceNumber::parse(&typed).err() };
    let told = wrong.map(|problem| {
        view! { <p class="field__error"><Icon glyph=Glyph::Warning/> {problem_text(locale, problem)}</p> }
    });
    view! {
        <Form method="GET" action=PATH attr:class="form">
            <div class="field" class:field--error=wrong.is_some()>
                <label class="field__label" for="number">{td_string!(locale, licences.number)}</label>
                <p class="field__hint" id="number-hint">{td_string!(locale, verification.number_hint)}</p>
                <div id="number-error" aria-live="polite">{told}</div>
                <input class="input input--digits" id="number" name="number" type="text" inputmode="numeric"
                    autocomplete="off" value=typed aria-describedby="number-hint number-error"
                    aria-invalid=wrong.map(|_| "true")/>
            </div>
            <button type="submit" class="button button--primary">{td_string!(locale, oversight.find)}</button>
        </Form>
    }
}

/// The path of the list with a filter, in an order, from a place in it on.
fn path(act: Option<Act>, order: Order, after: &str) -> String {
    href(PATH, &[("act", act.map_or("", Act::code)), ("order", order.code_unless(USUAL)), ("after", after)])
}

#[component]
fn Waiting(act: Option<Act>, order: Order, is_first: bool, page: ProposalsPage) -> impl IntoView {
    let locale = use_locale();
    let none = page.proposals.is_empty();
    let list = match (none, act) {
        (true, _) if !is_first => view! { <PastEnd/> }.into_any(),
        (true, Some(act)) => {
            let chosen = vec![proposal_name(locale, act).to_owned()];
            view! { <NothingFits chosen=chosen whole=path(None, order, "")/> }.into_any()
        }
        (true, None) => view! {
            <Empty title=td_string!(locale, oversight.none_waiting_title)>
                <p>{td_string!(locale, oversight.none_waiting_text)}</p>
            </Empty>
        }
        .into_any(),
        (false, _) => {
            let lines = page.proposals.into_iter().map(|line| proposal(locale, line)).collect_view();
            view! { <ul class="task-list">{lines}</ul> }.into_any()
        }
    };
    let acts = Act::ALL.into_iter().filter(|act| act.takes_two());
    let acts = acts.map(|act| (act.code().to_owned(), proposal_name(locale, act).to_owned())).collect::<Vec<_>>();
    let narrowing = (!none || act.is_some()).then(|| {
        view! {
            <NarrowForm path=PATH order=order usual=USUAL>
                <Narrow name="act" label=td_string!(locale, oversight.proposal)
                    every=td_string!(locale, oversight.every_proposal) options=acts
                    value=act.map_or("", Act::code).to_owned()/>
            </NarrowForm>
        }
    });
    let first = (!is_first).then(|| path(act, order, ""));
    let next = page.next.map(|after| path(act, order, &after));
    view! { {narrowing} {list} <Pager first=first next=next/> }
}

/// A proposal, and whether it is the reader's to settle.
fn proposal(locale: Locale, line: ProposalLine) -> impl IntoView {
    let (tone, word) = if line.reason.is_none() {
        (Tone::Neutral, td_string!(locale, oversight.yours_not))
    } else if line.own {
        (Tone::Neutral, td_string!(locale, oversight.yours_own))
    } else {
        (Tone::Info, td_string!(locale, oversight.yours_to_settle))
    };
    let time = dual_date_time(locale, line.proposed_at);
    view! {
        <li class="task-list__item">
            <div>
                <p>
                    <a href=format!("/oversight/{}", line.number)>
                        {proposal_name(locale, line.act)} " · " <Number value=grouped(&line.number, 4)/>
                    </a>
                </p>
                <p class="muted">
                    {kind_name(locale, line.kind)}
                    {line.reason.map(|reason| view! { " · " {reason_text(locale, reason)} })}
                </p>
                <p class="muted">{td_string!(locale, oversight.proposed_at, time = time)}</p>
            </div>
            <div class="task-list__status"><Tag tone=tone label=word/></div>
        </li>
    }
}
