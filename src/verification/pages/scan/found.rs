//! What was read, and what stands of it: whose code it is, whether the register signed it, and what it is today.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::lists::{lists_of, now};
use crate::i18n::{td_string, use_locale};
use crate::licences::model::{LicenceNumber, LicenceStatus};
use crate::licences::words::kind_name;
use crate::signing::model::{Claims, Refusal};
use crate::ui::button::ButtonLink;
use crate::ui::date::{DualDate, dual_date_time};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::number::Number;
use crate::ui::panel::Notice;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::Tone;
use crate::verification::api::scanning::Pinned;
use crate::verification::api::{Answer, look_up};
use crate::verification::model::code::Code;
use crate::verification::model::listed::Listed;
use crate::verification::words::verdict_words;

/// How long the register is waited for before the lists answer.
const PATIENCE: Duration = Duration::from_secs(4);

/// The answer to a code.
#[component]
pub fn Found(text: String, kit: Pinned, again: impl Fn() + Send + Sync + Copy + 'static) -> impl IntoView {
    let locale = use_locale();
    let answer = match Code::read(&text, &kit.origin) {
        Code::Foreign { host } => view! {
            <Verdict look="broken" glyph=Glyph::Warning title=td_string!(locale, scanning.foreign)>
                <p>{td_string!(locale, scanning.foreign_text, host = isolated(&host))}</p>
                <p><a href="/report-forgery">{td_string!(locale, scanning.foreign_report)}</a></p>
            </Verdict>
        }
        .into_any(),
        Code::Other => view! {
            <Verdict look="not-yet" glyph=Glyph::Info title=td_string!(locale, scanning.other)>
                <p>{td_string!(locale, scanning.other_text)}</p>
            </Verdict>
        }
        .into_any(),
        Code::Ours { number, token: None } => view! {
            <Verdict look="not-yet" glyph=Glyph::Info title=td_string!(locale, scanning.unsigned)>
                <p>{td_string!(locale, scanning.unsigned_text)}</p>
            </Verdict>
            <InRegister number=number/>
        }
        .into_any(),
        Code::Ours { number, token: Some(token) } => match kit.signed(&number, &token) {
            Ok(claims) => view! { <Signed claims=claims kit=kit/> }.into_any(),
            Err(Refusal::UnknownKey) => view! {
                <Verdict look="suspended" glyph=Glyph::Warning title=td_string!(locale, scanning.unknown_key)>
                    <p>{td_string!(locale, scanning.unknown_key_text)}</p>
                </Verdict>
                <InRegister number=number/>
            }
            .into_any(),
            Err(_) => view! {
                <Verdict look="broken" glyph=Glyph::Cross title=td_string!(locale, scanning.forged)>
                    <p>{td_string!(locale, scanning.forged_text)}</p>
                    <p><a href="/report-forgery">{td_string!(locale, scanning.foreign_report)}</a></p>
                </Verdict>
            }
            .into_any(),
        },
    };
    view! {
        {answer}
        <button type="button" class="button button--secondary" on:click=move |_| again()>
            <Icon glyph=Glyph::Scan/>
            {td_string!(locale, scanning.again)}
        </button>
    }
}

/// A host in the middle of an Arabic sentence: from left to right, whatever it is made of (Unicode UAX 9, isolates).
fn isolated(host: &str) -> String {
    format!("\u{2066}{host}\u{2069}")
}

/// The answer, first and biggest.
#[component]
fn Verdict(look: &'static str, glyph: Glyph, title: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class=format!("verdict verdict--{look}") role="status">
            <Icon glyph=glyph/>
            <h1>{title}</h1>
            {children()}
        </div>
    }
}

#[component]
fn InRegister(number: LicenceNumber) -> impl IntoView {
    let locale = use_locale();
    view! {
        <p>{td_string!(locale, licences.number)} " " <Number value=number.grouped()/></p>
        <ButtonLink href=format!("/verify/{}", number.digits()) label=td_string!(locale, scanning.check_number)/>
    }
}

/// A code that the register signed: what it says, and what the licence is today by the register, or by the lists.
#[component]
fn Signed(claims: Claims, kit: Pinned) -> impl IntoView {
    let locale = use_locale();
    let live = RwSignal::new(None::<Option<Answer>>);
    let listed = RwSignal::new(None::<Option<Listed>>);
    let late = RwSignal::new(false);
    {
        let claims = claims.clone();
        spawn_local(async move {
            let answer = look_up(claims.number.digits().to_owned(), String::new()).await.ok();
            live.try_set(Some(answer));
        });
    }
    {
        let claims = claims.clone();
        spawn_local(async move {
            let lists = lists_of(claims.place, &kit.keys.public_keys()).await;
            listed.try_set(Some(Listed::of(&claims, &lists, now())));
        });
    }
    set_timeout(
        move || {
            late.try_set(true);
        },
        PATIENCE,
    );
    let digits = claims.number.digits().to_owned();
    let told = move || match (live.get(), listed.get()) {
        (Some(Some(answer)), _) => view! { <Live answer=answer number=digits.clone()/> }.into_any(),
        (None, _) if !late.get() => {
            view! { <p role="status">{td_string!(locale, scanning.live_asking)}</p> }.into_any()
        }
        (_, None) => view! { <p role="status">{td_string!(locale, scanning.live_asking)}</p> }.into_any(),
        (_, Some(listed)) => view! { <ByLists listed=listed/> }.into_any(),
    };
    let issuer = claims.issuer.clone();
    view! {
        {told}
        <SummaryList>
            <SummaryRow key=td_string!(locale, scanning.signature)>{td_string!(locale, scanning.signature_good)}</SummaryRow>
            <SummaryRow key=td_string!(locale, scanning.issuer)>
                {td_string!(locale, common.site)} " " <bdi dir="ltr">{issuer}</bdi>
            </SummaryRow>
            <SummaryRow key=td_string!(locale, licences.kind)>{kind_name(locale, claims.kind)}</SummaryRow>
            <SummaryRow key=td_string!(locale, verification.holder)><bdi>{claims.name}</bdi></SummaryRow>
            <SummaryRow key=td_string!(locale, licences.issued)><DualDate date=claims.issued/></SummaryRow>
            {(claims.valid.from != claims.issued)
                .then(|| {
                    view! {
                        <SummaryRow key=td_string!(locale, licences.valid_from)><DualDate date=claims.valid.from/></SummaryRow>
                    }
                })}
            <SummaryRow key=td_string!(locale, licences.expires)><DualDate date=claims.valid.to/></SummaryRow>
            <SummaryRow key=td_string!(locale, licences.number)><Number value=claims.number.grouped()/></SummaryRow>
        </SummaryList>
    }
}

/// By the register, now.
#[component]
fn Live(answer: Answer, number: String) -> impl IntoView {
    let locale = use_locale();
    let (look, glyph, title, meaning) = verdict_words(locale, answer.licence.map(|licence| licence.status));
    let time = dual_date_time(locale, answer.checked_at);
    view! {
        <Verdict look=look glyph=glyph title=title>
            <p>{meaning}</p>
            <p class="muted">{td_string!(locale, scanning.live_at, time = time)}</p>
            <p><a href=format!("/verify/{number}")>{td_string!(locale, scanning.check_number)}</a></p>
        </Verdict>
    }
}

/// By the lists, as they were last fetched. Amber where they are too old, or there are none.
#[component]
fn ByLists(listed: Option<Listed>) -> impl IntoView {
    let locale = use_locale();
    let Some(Listed { status, signed_at, stale }) = listed else {
        return view! {
            <Verdict look="suspended" glyph=Glyph::Warning title=td_string!(locale, scanning.unknown_status)>
                <p>{td_string!(locale, scanning.lists_none)}</p>
            </Verdict>
        }
        .into_any();
    };
    let (look, glyph, title, meaning) = verdict_words(locale, Some(status));
    let look = if stale && look == "valid" { "stale" } else { look };
    let time = dual_date_time(locale, signed_at);
    // What was revoked and what a correction replaced are one in the lists.
    let (title, meaning) = if status == LicenceStatus::Revoked {
        let title = td_string!(locale, scanning.superseded_or_revoked);
        (title, td_string!(locale, scanning.superseded_or_revoked_means))
    } else {
        (title, meaning)
    };
    view! {
        <Verdict look=look glyph=glyph title=title>
            <p>{meaning}</p>
            <p class="muted">{td_string!(locale, scanning.lists_at, time = time)}</p>
        </Verdict>
        {stale.then(|| view! { <Notice tone=Tone::Warning><p>{td_string!(locale, scanning.lists_old)}</p></Notice> })}
    }
    .into_any()
}
