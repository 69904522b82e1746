//! `/dev/components`: every part of `ui` in each of its states. Development only; elsewhere there is no such page.

use leptos::context::Provider;
use leptos::prelude::*;
use time::macros::date;

use crate::calendar::Calendar;
use crate::error::{AppError, FieldError, Problem};
use crate::i18n::{td_string, use_locale};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::choice::{Radios, Select, TickBox};
use crate::ui::date::DualDate;
use crate::ui::date_field::{DateField, DateNames};
use crate::ui::error_view::{ErrorPage, Skeleton};
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::FormState;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::layout::Page;
use crate::ui::number::{Number, grouped};
use crate::ui::pager::Pager;
use crate::ui::panel::{Confirmation, Empty, Notice};
use crate::ui::problem::ErrorSummary;
use crate::ui::steps::{Step, StepState, Steps};
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::{Tag, Tone};
use crate::ui::task_list::task_row;
use crate::ui::text_area::TextArea;

const TONES: [Tone; 5] = [Tone::Success, Tone::Warning, Tone::Error, Tone::Info, Tone::Neutral];
const GLYPHS: [Glyph; 13] = [
    Glyph::Tick,
    Glyph::Cross,
    Glyph::Warning,
    Glyph::Info,
    Glyph::Clock,
    Glyph::Pause,
    Glyph::Onward,
    Glyph::Person,
    Glyph::Place,
    Glyph::Calendar,
    Glyph::Shield,
    Glyph::Print,
    Glyph::Scan,
];
/// Whether the page exists, as the route table knows it.
#[derive(Clone, Copy)]
pub struct Development(pub bool);

/// The fields that are shown with something wrong.
const WRONG: [(&str, Problem); 6] = [
    ("wrong_id", Problem::NationalIdInvalid),
    ("wrong_mobile", Problem::MobileInvalid),
    ("wrong_radio", Problem::Required),
    ("wrong_select", Problem::PlaceUnknown),
    ("wrong_tick", Problem::DeclarationNeeded),
    ("wrong_day", Problem::DateInvalid),
];

#[component]
pub fn Components() -> impl IntoView {
    if !use_context::<Development>().is_some_and(|development| development.0) {
        return view! { <ErrorPage error=AppError::NotFound/> }.into_any();
    }
    let locale = use_locale();
    view! {
        <Page title=td_string!(locale, site.components_title) trail=vec![("/help", td_string!(locale, common.help))]>
            <div class="stack">
                <h1 class="h1">{td_string!(locale, site.components_title)}</h1>
                <Buttons/>
                <Fields/>
                <Wrong/>
                <Telling/>
                <Lists/>
                <Words/>
                <h2 class="h2">{td_string!(locale, site.components_loading)}</h2>
                <Skeleton/>
            </div>
        </Page>
    }
    .into_any()
}

/// A form's state, as the fields inside see it.
fn state(error: Option<AppError>, pending: bool) -> FormState {
    let mut state = FormState::here();
    state.error = Signal::stored(error);
    state.pending = Signal::stored(pending);
    state
}

#[component]
fn Buttons() -> impl IntoView {
    let locale = use_locale();
    let label = td_string!(locale, common.continue_);
    view! {
        <h2 class="h2">{td_string!(locale, site.components_buttons)}</h2>
        <div class="cluster">
            <Submit label=label/>
            <Submit label=label look="button--secondary"/>
            <Submit label=label look="button--danger"/>
            <Submit label=label look="button--link"/>
            <Provider value=state(None, true)><Submit label=label/></Provider>
            <Submit label=label key="N"/>
            <ButtonLink href="/help" label=label/>
            <ButtonLink href="/help" label=label look="button--secondary"/>
        </div>
    }
}

fn places(names: [&'static str; 2]) -> Vec<(String, String)> {
    [(String::new(), String::from("—"))]
        .into_iter()
        .chain((1..).zip(names).map(|(value, name): (u8, _)| (value.to_string(), name.to_owned())))
        .collect()
}

#[component]
fn Fields() -> impl IntoView {
    let locale = use_locale();
    let options = vec![
        ("yes".to_owned(), td_string!(locale, common.yes).to_owned()),
        ("no".to_owned(), td_string!(locale, common.no).to_owned()),
    ];
    let names = DateNames { day: "day", month: "month", year: "year", calendar: "calendar" };
    let hint = td_string!(locale, site.components_hint);
    let text = |name: &'static str, kind: FieldKind, label: &'static str, value: &'static str| {
        view! { <TextField name=name kind=kind label=label hint=hint value=value/> }
    };
    let choices = places([td_string!(locale, common.hijri), td_string!(locale, common.gregorian)]);
    view! {
        <h2 class="h2">{td_string!(locale, site.components_fields)}</h2>
        <div class="form">
            {text("text", FieldKind::Text, td_string!(locale, site.components_text), "")}
            {text("name", FieldKind::Name, td_string!(locale, site.components_name), td_string!(locale, site.components_name_value))}
            {text("national_id", FieldKind::NationalId, td_string!(locale, site.components_national_id), "1000000008")}
            {text("mobile", FieldKind::Mobile, td_string!(locale, site.components_mobile), "0500000000")}
            {text("one_time_code", FieldKind::Code, td_string!(locale, site.components_code), "123456")}
            {text("email", FieldKind::Email, td_string!(locale, site.components_email), "name@example.org")}
            {text("latin", FieldKind::Latin, td_string!(locale, site.components_latin), "Noura Al-Dosari")}
            {text("number", FieldKind::LicenceNumber, td_string!(locale, site.components_number), "4821 0937 5516 2049")}
            <TextArea name="area" label=td_string!(locale, site.components_text) hint=hint longest=500/>
            {text("search", FieldKind::Search, td_string!(locale, site.components_search), "")}
            <DateField names=names legend=td_string!(locale, site.components_date) hint=hint value=(13, 6, 1448, Calendar::Hijri)/>
            <Radios name="radio" legend=td_string!(locale, site.components_radios) hint=hint options=options value="yes"/>
            <Select name="select" label=td_string!(locale, site.components_select) hint=hint options=choices value="1"/>
            <TickBox name="tick" label=td_string!(locale, site.components_tick) ticked=true/>
        </div>
    }
}

#[component]
fn Wrong() -> impl IntoView {
    let locale = use_locale();
    let problems = WRONG.iter().map(|(field, problem)| FieldError { field: (*field).to_owned(), problem: *problem });
    let error = AppError::Invalid(problems.collect());
    let summary = Signal::stored(Some(error.clone()));
    let options = vec![("yes".to_owned(), td_string!(locale, common.yes).to_owned())];
    let names = DateNames { day: "wrong_day", month: "wrong_month", year: "wrong_year", calendar: "wrong_calendar" };
    let choices = places([td_string!(locale, common.hijri), td_string!(locale, common.gregorian)]);
    view! {
        <h2 class="h2">{td_string!(locale, site.components_wrong)}</h2>
        <ErrorSummary error=summary/>
        <div class="form">
            <Provider value=state(Some(error), false)>
                <TextField name="wrong_id" kind=FieldKind::NationalId label=td_string!(locale, site.components_national_id)
                    value="1000000000"/>
                <TextField name="wrong_mobile" kind=FieldKind::Mobile label=td_string!(locale, site.components_mobile)
                    value="12"/>
                <DateField names=names legend=td_string!(locale, site.components_date)/>
                <Radios name="wrong_radio" legend=td_string!(locale, site.components_radios) options=options/>
                <Select name="wrong_select" label=td_string!(locale, site.components_select) options=choices/>
                <TickBox name="wrong_tick" label=td_string!(locale, site.components_tick)/>
            </Provider>
        </div>
    }
}

#[component]
fn Telling() -> impl IntoView {
    let locale = use_locale();
    let text = td_string!(locale, site.components_sentence);
    view! {
        <h2 class="h2">{td_string!(locale, site.components_telling)}</h2>
        <div class="cluster">{TONES.map(|tone| view! { <Tag tone=tone label=text/> }).collect_view()}</div>
        {TONES.map(|tone| view! { <Notice tone=tone><p>{text}</p></Notice> }).collect_view()}
        <Empty title=td_string!(locale, site.components_empty)><p>{text}</p></Empty>
        <Confirmation title=td_string!(locale, site.components_done) number_label=td_string!(locale, site.components_number)
            number="4821093755">
            <p>{text}</p>
        </Confirmation>
    }
}

#[component]
fn Lists() -> impl IntoView {
    let locale = use_locale();
    let text = td_string!(locale, site.components_sentence);
    let step = |state: StepState| Step {
        state,
        title: td_string!(locale, site.components_step).to_owned(),
        text: text.to_owned(),
        status: text.to_owned(),
    };
    let steps = [StepState::Done, StepState::Current, StepState::Todo].map(step).into();
    view! {
        <h2 class="h2">{td_string!(locale, site.components_lists)}</h2>
        <Steps steps=steps/>
        <SummaryList>
            <SummaryRow key=td_string!(locale, site.components_name)>{td_string!(locale, site.components_name_value)}</SummaryRow>
            <SummaryRow key=td_string!(locale, site.components_mobile) change="/help" change_label=td_string!(locale, common.change)>
                <Number value="0500000000"/>
            </SummaryRow>
        </SummaryList>
        <ul class="task-list">
            {TONES
                .map(|tone| {
                    let more = view! { <p class="muted">{text}</p> }.into_any();
                    task_row(td_string!(locale, site.components_step).to_owned(), more, (tone, text))
                })
                .collect_view()}
        </ul>
        <Pager first=Some("/dev/components".to_owned()) next=Some("/dev/components".to_owned())/>
    }
}

#[component]
fn Words() -> impl IntoView {
    let locale = use_locale();
    view! {
        <h2 class="h2">{td_string!(locale, site.components_words)}</h2>
        <p><Number value=grouped("4821093755162049", 4)/></p>
        <p><DualDate date=date!(2026 - 11 - 23)/></p>
        <p class="cluster">{GLYPHS.map(|glyph| view! { <Icon glyph=glyph/> }).collect_view()}</p>
    }
}
