//! The fields of a session, for planning one and for changing it.

use leptos::prelude::*;
use time::OffsetDateTime;

use crate::i18n::{td_string, use_locale};
use crate::programmes::model::{Choice, SessionChoices, SessionView, local_day, local_time};
use crate::programmes::words::mode_name;
use crate::training::model::SessionMode;
use crate::ui::choice::{Radios, Select};
use crate::ui::field::{Field, FieldKind, TextField};
use crate::ui::form::FormState;

/// The fields; those of a session that is there already hold what it has, and its programme stays.
#[component]
pub fn PlanFields(choices: SessionChoices, session: Option<SessionView>) -> impl IntoView {
    let locale = use_locale();
    let choose = |options: Vec<Choice>| {
        std::iter::once((String::new(), td_string!(locale, programmes.choose).to_owned())).chain(options).collect()
    };
    let mut trainers = choices.trainers;
    let mut values = Values::default();
    let programme = if let Some(session) = session {
        let trainer = session.trainer.to_string();
        // Who leads it now stays to be chosen, also without the role.
        if !trainers.iter().any(|(id, _)| *id == trainer) {
            trainers.push((trainer.clone(), session.trainer_name.clone()));
        }
        values = Values {
            mode: session.mode.code(),
            place: session.place.clone(),
            venue_ar: session.venue_ar.clone(),
            venue_en: session.venue_en.clone(),
            starts: Some(session.starts_at),
            ends: Some(session.ends_at),
            enrol: Some(session.enrol_by),
            trainer,
            seats: session.seats.to_string(),
        };
        view! { <input type="hidden" name="programme" value=session.programme.to_string()/> }.into_any()
    } else {
        let label = td_string!(locale, programmes.programme);
        view! { <Select name="programme" label=label options=choose(choices.programmes)/> }.into_any()
    };
    let modes =
        SessionMode::ALL.into_iter().map(|mode| (mode.code().to_owned(), mode_name(locale, mode).to_owned())).collect();
    view! {
        {programme}
        <Radios name="mode" legend=td_string!(locale, programmes.mode) options=modes value=values.mode/>
        <Select name="place" label=td_string!(locale, programmes.city) hint=td_string!(locale, programmes.city_hint)
            options=choose(choices.places) value=values.place/>
        <TextField name="venue_ar" label=td_string!(locale, programmes.venue_ar) value=values.venue_ar/>
        <TextField name="venue_en" label=td_string!(locale, programmes.venue_en) kind=FieldKind::Latin
            value=values.venue_en/>
        <Moment day="start_day" time="start_time" legend=td_string!(locale, programmes.starts) value=values.starts/>
        <Moment day="end_day" time="end_time" legend=td_string!(locale, programmes.ends) value=values.ends/>
        <Moment day="enrol_day" time="enrol_time" legend=td_string!(locale, training.deadline) value=values.enrol/>
        <Select name="trainer" label=td_string!(locale, programmes.trainer) options=choose(trainers)
            value=values.trainer/>
        <TextField name="seats" label=td_string!(locale, training.seats) kind=FieldKind::LicenceNumber
            value=values.seats/>
    }
}

/// What the fields hold at first.
#[derive(Default)]
struct Values {
    mode: &'static str,
    place: String,
    venue_ar: String,
    venue_en: String,
    starts: Option<OffsetDateTime>,
    ends: Option<OffsetDateTime>,
    enrol: Option<OffsetDateTime>,
    trainer: String,
    seats: String,
}

/// A day and a time of day in Riyadh.
#[component]
fn Moment(day: &'static str, time: &'static str, legend: &'static str, value: Option<OffsetDateTime>) -> impl IntoView {
    let locale = use_locale();
    let form = FormState::here();
    let input = move |name: &'static str, kind: &'static str, value: String| {
        let value = form.typed(name).unwrap_or(value);
        view! {
            <input id=name name=name type=kind class="input" value=value aria-describedby=format!("{name}-error")
                aria-invalid=move || form.problem(name).get().map(|_| "true")/>
        }
    };
    view! {
        <fieldset class="fieldset">
            <legend class="fieldset__legend">{legend}</legend>
            <div class="cluster">
                <Field name=day label=td_string!(locale, programmes.day).to_owned()>
                    {input(day, "date", value.map(local_day).unwrap_or_default())}
                </Field>
                <Field name=time label=td_string!(locale, programmes.time).to_owned()>
                    {input(time, "time", value.map(local_time).unwrap_or_default())}
                </Field>
            </div>
        </fieldset>
    }
}
