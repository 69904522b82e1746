//! One person on a roster: their name, what was noted, and a touch for each mark.

use leptos::form::ActionForm;
use leptos::prelude::*;
use uuid::Uuid;

use super::words::{birth_text, state_name};
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::training::api;
use crate::training::model::{EnrolmentState, Mark, RosterRow};
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

/// The row. Each has actions of its own, so that a slow mark holds up no other.
#[component]
pub fn PersonView(person: Person, session: Uuid, open: bool, online: bool) -> impl IntoView {
    let locale = use_locale();
    let Person { row, state, identity_seen } = person;
    let mark = ServerAction::<api::MarkAttendance>::new();
    let confirm = ServerAction::<api::ConfirmIdentity>::new();
    Effect::new(move || {
        if let Some(Ok(now)) = mark.value().get() {
            state.set(now);
        }
    });
    Effect::new(move || {
        if let Some(Ok(())) = confirm.value().get() {
            identity_seen.set(true);
        }
    });
    let problem = move || {
        let marking = mark.value().with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().cloned()));
        let confirming =
            confirm.value().with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().cloned()));
        marking.or(confirming)
    };
    let waiting = move || mark.pending().get() || confirm.pending().get();
    let unsent = move || waiting() || problem() == Some(AppError::Offline);
    let note = move || {
        if waiting() {
            Some(td_string!(locale, training.sending).to_owned())
        } else {
            problem().map(|error| error_text(locale, &error))
        }
    };
    let can_mark = open && !row.tied && row.mendable;
    let marks = can_mark.then(|| {
        let name = row.name.clone();
        [Mark::Present, Mark::Absent].map(|one| {
            view! { <MarkForm action=mark enrolment=row.enrolment state=state mark=one name=name.clone()/> }
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

/// One mark. While it is on its way it already shows, dashed.
#[component]
fn MarkForm(
    action: ServerAction<api::MarkAttendance>,
    enrolment: Uuid,
    state: RwSignal<EnrolmentState>,
    mark: Mark,
    name: String,
) -> impl IntoView {
    let locale = use_locale();
    let pressed = move || {
        let sent = action.input().get().map(|input| input.mark);
        sent.map_or_else(|| state.get() == mark.state(), |sent| sent == mark)
    };
    let (label, glyph, class) = match mark {
        Mark::Present => (td_string!(locale, training.present), Glyph::Tick, "roster__mark--present"),
        Mark::Absent => (td_string!(locale, training.absent), Glyph::Cross, "roster__mark--absent"),
    };
    view! {
        <ActionForm action=action>
            <input type="hidden" name="enrolment" value=enrolment.to_string()/>
            <input type="hidden" name="mark" value=mark.code()/>
            <button class=class aria-pressed=move || if pressed() { "true" } else { "false" }>
                <Icon glyph=glyph/>
                <span>{label}<span class="visually-hidden">" "{name}</span></span>
            </button>
        </ActionForm>
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
