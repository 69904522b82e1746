//! One person on a roster: their name, what was noted, and a touch for each mark.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

use super::mark_queue::MarkQueue;
use super::words::birth_text;
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::training::api;
use crate::training::model::{EnrolmentState, Mark, RosterRow};
use crate::training::words::state_name;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::problem::error_text;
use crate::ui::tag::{Tag, Tone};

/// A row, with what changes of it as signals: the counter above follows them.
#[derive(Clone)]
pub struct Person {
    pub row: RosterRow,
    pub state: RwSignal<EnrolmentState>,
    pub identity_seen: RwSignal<bool>,
}

impl Person {
    pub fn new(row: RosterRow) -> Self {
        Self { state: RwSignal::new(row.state), identity_seen: RwSignal::new(row.identity_seen), row }
    }
}

/// The row. A mark waits in the queue until the server has it; identity is confirmed with a connection only.
#[component]
pub fn PersonView(person: Person, session: Uuid, open: bool, online: bool, queue: MarkQueue) -> impl IntoView {
    let locale = use_locale();
    let Person { row, state, identity_seen } = person;
    let enrolment = row.enrolment;
    let confirm = ServerAction::<api::ConfirmIdentity>::new();
    Effect::new(move || {
        if let Some(Ok(())) = confirm.value().get() {
            identity_seen.set(true);
        }
    });
    let marking = move || queue.waiting_for(enrolment).is_some();
    let problem = move || {
        let confirming =
            confirm.value().with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().cloned()));
        queue.refusal_of(enrolment).map(AppError::Refused).or(confirming)
    };
    let unsent = move || marking() || confirm.pending().get() || problem() == Some(AppError::Offline);
    let note = move || {
        if marking() {
            Some(td_string!(locale, training.waiting_to_send).to_owned())
        } else if confirm.pending().get() {
            Some(td_string!(locale, training.sending).to_owned())
        } else {
            problem().map(|error| error_text(locale, &error))
        }
    };
    let can_mark = open && !row.tied && row.mendable;
    let marks = can_mark.then(|| {
        let name = row.name.clone();
        [Mark::Present, Mark::Absent].map(|one| {
            view! { <MarkForm queue=queue enrolment=enrolment state=state mark=one name=name.clone()/> }
        })
    });
    let identity = (open && !online && !row.tied).then(|| {
        view! { <IdentityForm action=confirm session=session person=row.person seen=identity_seen name=row.name.clone()/> }
    });
    let fixed = (!can_mark).then_some(move || {
        let (tone, label) = state_name(locale, state.get());
        view! { <p><Tag tone=tone label=label/></p> }
    });
    view! {
        <li class="roster__row" class:roster__row--unsent=unsent>
            <div>
                <p class="roster__name">{row.name.clone()}</p>
                <p class="muted">{birth_text(locale, row.born)}</p>
                {fixed}
                {row.tied.then(|| view! { <p class="muted">{td_string!(locale, training.roster_tied)}</p> })}
                {(online && row.identity_seen)
                    .then(|| view! { <p><Tag tone=Tone::Info label=td_string!(locale, training.identity_seen)/></p> })}
            </div>
            <div>
                <div class="roster__marks">{marks}{identity}</div>
                <div role="status">
                    {move || note().map(|text| {
                        view! { <p class="roster__unsent"><Icon glyph=Glyph::Clock/><span>{text}</span></p> }
                    })}
                </div>
            </div>
        </li>
    }
}

/// One mark. While it waits it already shows, dashed. Without JavaScript the form is sent as it is.
#[component]
fn MarkForm(
    queue: MarkQueue,
    enrolment: Uuid,
    state: RwSignal<EnrolmentState>,
    mark: Mark,
    name: String,
) -> impl IntoView {
    let locale = use_locale();
    let pressed =
        move || queue.waiting_for(enrolment).map_or_else(|| state.get() == mark.state(), |waiting| waiting == mark);
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        queue.put(enrolment, mark);
    };
    let (label, glyph, class) = match mark {
        Mark::Present => (td_string!(locale, training.present), Glyph::Tick, "roster__mark--present"),
        Mark::Absent => (td_string!(locale, training.absent), Glyph::Cross, "roster__mark--absent"),
    };
    view! {
        <form method="post" action=api::MarkAttendance::url() on:submit=make>
            <input type="hidden" name="enrolment" value=enrolment.to_string()/>
            <input type="hidden" name="mark" value=mark.code()/>
            <button class=class aria-pressed=move || if pressed() { "true" } else { "false" }>
                <Icon glyph=glyph/>
                <span>{label}<span class="visually-hidden">" "{name}</span></span>
            </button>
        </form>
    }
}

#[component]
fn IdentityForm(
    action: ServerAction<api::ConfirmIdentity>,
    session: Uuid,
    person: Uuid,
    seen: RwSignal<bool>,
    name: String,
) -> impl IntoView {
    let locale = use_locale();
    let label = move || {
        if seen.get() {
            td_string!(locale, training.identity_seen)
        } else {
            td_string!(locale, training.confirm_identity)
        }
    };
    let shown = move || seen.get() || action.pending().get();
    view! {
        <ActionForm action=action>
            <input type="hidden" name="session" value=session.to_string()/>
            <input type="hidden" name="person" value=person.to_string()/>
            <button class="roster__mark--identity" disabled=move || seen.get()
                aria-pressed=move || if shown() { "true" } else { "false" }>
                <Icon glyph=Glyph::Shield/>
                <span>{label}<span class="visually-hidden">" "{name}</span></span>
            </button>
        </ActionForm>
    }
}
