//! `/verify/{number}` and `/v/{number}`: the answer first and biggest, then what it rests on.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::form::VerifyForm;
use super::signature::Signature;
use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceNumber;
use crate::licences::words::{kind_name, status_tone, status_word};
use crate::oversight::words::reason_text;
use crate::ui::button::Submit;
use crate::ui::date::{DualDate, dual_date_time};
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::{FormState, ServerForm};
use crate::ui::icon::Icon;
use crate::ui::layout::Page;
use crate::ui::number::{Number, grouped};
use crate::ui::panel::Notice;
use crate::ui::print::PrintButton;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::{Tag, Tone};
use crate::verification::api::{self, Answer, CheckName, Shown, Successor};
use crate::verification::words::verdict_words;

#[component]
pub fn Verdict() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let query = use_query_map();
    let typed = Memo::new(move |_| params.read().get("number").unwrap_or_default());
    let content = move || {
        let typed = typed.get();
        match LicenceNumber::parse(&typed) {
            Ok(number) => {
                let proof = move || query.read().get("name").unwrap_or_default();
                let digits = number.digits().to_owned();
                let answer = Resource::new(proof, move |name| api::look_up(digits.clone(), name));
                let signed = number.clone();
                view! {
                    {loaded(answer, move |answer| view! { <Told number=number.clone() answer=answer/> })}
                    <Signature number=signed/>
                }
                .into_any()
            }
            Err(_) => view! {
                <h1 class="h1">{td_string!(locale, common.verify_a_licence)}</h1>
                <VerifyForm typed=typed/>
            }
            .into_any(),
        }
    };
    view! {
        <Page title=td_string!(locale, verification.result_title)
            trail=vec![("/verify", td_string!(locale, common.verify_a_licence))]>
            <div class="stack">{content}</div>
        </Page>
    }
}

#[component]
fn Told(number: LicenceNumber, answer: Answer) -> impl IntoView {
    let locale = use_locale();
    let checked = dual_date_time(locale, answer.checked_at);
    let status = answer.licence.as_ref().map(|licence| licence.status);
    let (modifier, glyph, title, mut meaning) = verdict_words(locale, status);
    if answer.licence.as_ref().is_some_and(|licence| licence.successor.is_some()) {
        meaning = td_string!(locale, verification.corrected_means);
    }
    let below = match answer.licence {
        Some(licence) => view! { <Details number=number licence=licence name_matches=answer.name_matches/> }.into_any(),
        None => view! { <NotFound number=number/> }.into_any(),
    };
    view! {
        <div class=format!("verdict verdict--{modifier}")>
            <Icon glyph=glyph/>
            <h1>{title}</h1>
            <p>{meaning}</p>
            <p class="muted">{td_string!(locale, licences.checked_at, time = checked)}</p>
        </div>
        {below}
    }
}

/// What the answer rests on.
#[component]
fn Details(number: LicenceNumber, licence: Shown, name_matches: bool) -> impl IntoView {
    let locale = use_locale();
    let Shown { kind, issued, valid, reason, successor, name, body, .. } = licence;
    let (digits, short) = (number.digits().to_owned(), format!("/v/{}", number.digits()));
    let past = format!("/verify/{digits}/on");
    let check = successor.is_none().then(|| view! { <NameCheck number=digits matches=name_matches/> });
    view! {
        {successor.map(|successor| view! { <Newer successor=successor/> })}
        <SummaryList>
            {reason
                .map(|reason| {
                    view! {
                        <SummaryRow key=td_string!(locale, verification.reason)>{reason_text(locale, reason)}</SummaryRow>
                    }
                })}
            <SummaryRow key=td_string!(locale, licences.kind)>{kind_name(locale, kind)}</SummaryRow>
            {name
                .map(|name| {
                    view! { <SummaryRow key=td_string!(locale, verification.holder)><bdi>{name}</bdi></SummaryRow> }
                })}
            {body
                .map(|body| {
                    view! { <SummaryRow key=td_string!(locale, verification.body)><bdi>{body}</bdi></SummaryRow> }
                })}
            <SummaryRow key=td_string!(locale, licences.issued)><DualDate date=issued/></SummaryRow>
            {(valid.from != issued)
                .then(|| {
                    view! {
                        <SummaryRow key=td_string!(locale, licences.valid_from)><DualDate date=valid.from/></SummaryRow>
                    }
                })}
            <SummaryRow key=td_string!(locale, licences.expires)><DualDate date=valid.to/></SummaryRow>
            <SummaryRow key=td_string!(locale, licences.number)><Number value=number.grouped()/></SummaryRow>
        </SummaryList>
        <p class="no-print"><a href=past>{td_string!(locale, receipts.on_title)}</a></p>
        {check}
        <Onward path=short/>
    }
}

/// The licence that a correction put in the place of the one asked for: its status, and the way to it.
#[component]
fn Newer(successor: Successor) -> impl IntoView {
    let locale = use_locale();
    let Successor { number, status } = successor;
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, verification.newer_licence)}</h2>
            <p><Number value=grouped(&number, 4)/></p>
            <p>
                {td_string!(locale, verification.newer_status)} " "
                <Tag tone=status_tone(status) label=status_word(locale, status)/>
            </p>
            <p><a href=format!("/verify/{number}")>{td_string!(locale, verification.open_newer)}</a></p>
        </section>
    }
}

/// Yes or no to a full name.
#[component]
fn NameCheck(number: String, matches: bool) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<CheckName>::new();
    let yes = move || {
        // A later no goes before an earlier yes.
        let refused = FormState::here().error;
        move || {
            (matches && refused.get().is_none()).then(|| {
                view! { <Notice tone=Tone::Success><p role="status">{td_string!(locale, verification.name_matches)}</p></Notice> }
            })
        }
    };
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, verification.check_name_title)}</h2>
            <ServerForm action=action>
                {yes()}
                <input type="hidden" name="number" value=number/>
                <TextField name="name" label=td_string!(locale, verification.full_name)
                    hint=td_string!(locale, verification.full_name_hint) kind=FieldKind::Name/>
                <Submit label=td_string!(locale, verification.check_name) look="button--secondary"/>
            </ServerForm>
        </section>
    }
}

/// Print, share, verify another.
#[component]
fn Onward(path: String) -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="cluster no-print">
            <PrintButton label=td_string!(locale, verification.print) look="button--inline"/>
            <a href=path>{td_string!(locale, verification.share)}</a>
            <a href="/verify">{td_string!(locale, verification.verify_another)}</a>
            <a href="/verify/bulk">{td_string!(locale, verification.verify_list)}</a>
        </div>
    }
}

/// A number of which there is no licence: what to compare, another try, where to report.
#[component]
fn NotFound(number: LicenceNumber) -> impl IntoView {
    let locale = use_locale();
    view! {
        <p>{td_string!(locale, licences.number)} " " <Number value=number.grouped()/></p>
        <div class="prose">
            <ul>
                <li>{td_string!(locale, verification.not_found_compare)}</li>
                <li>{td_string!(locale, verification.not_found_scan)}</li>
                <li><a href="/report-forgery">{td_string!(locale, verification.not_found_report)}</a></li>
            </ul>
        </div>
        <VerifyForm typed=number.grouped()/>
    }
}
