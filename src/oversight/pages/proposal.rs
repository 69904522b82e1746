//! The proposal that waits: what it says, and its end by another officer or its own.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::oversight::api::{Approve, ProposalView, Refuse, Withdraw};
use crate::oversight::model::{Act, LONGEST_TEXT};
use crate::oversight::words::{proposal_name, reason_text};
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::form::{FormState, ServerForm};
use crate::ui::number::{Number, grouped};
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::text_area::TextArea;

#[component]
pub fn Proposal(proposal: ProposalView) -> impl IntoView {
    let locale = use_locale();
    let also = proposal.also.iter().map(|number| view! { <li><Number value=grouped(number, 4)/></li> }).collect_view();
    let settle = if proposal.own {
        view! { <Own id=proposal.id.clone()/> }.into_any()
    } else {
        view! { <Another id=proposal.id.clone() act=proposal.act/> }.into_any()
    };
    view! {
        <section class="card">
            <h2 class="card__title">{proposal_name(locale, proposal.act)}</h2>
            <p class="card__meta">{td_string!(locale, oversight.waits)}</p>
            <SummaryList>
                <SummaryRow key=td_string!(locale, oversight.reason)>{reason_text(locale, proposal.reason)}</SummaryRow>
                {proposal
                    .text
                    .map(|text| {
                        view! {
                            <SummaryRow key=td_string!(locale, oversight.text)>
                                <p class="preserve-lines" dir="auto">{text}</p>
                            </SummaryRow>
                        }
                    })}
                <SummaryRow key=td_string!(locale, oversight.proposed_on)>
                    {dual_date_time(locale, proposal.proposed_at)}
                </SummaryRow>
                {(!proposal.also.is_empty())
                    .then(|| {
                        view! { <SummaryRow key=td_string!(locale, oversight.also_revoked)><ul>{also}</ul></SummaryRow> }
                    })}
            </SummaryList>
            {settle}
        </section>
    }
}

/// For who made it: it is another's to approve, and theirs to take back.
#[component]
fn Own(id: String) -> impl IntoView {
    let locale = use_locale();
    let withdraw = ServerAction::<Withdraw>::new();
    view! {
        <p>{td_string!(locale, oversight.own_proposal)}</p>
        <ServerForm action=withdraw>
            <input type="hidden" name="proposal" value=id/>
            <Submit label=td_string!(locale, oversight.withdraw) look="button--secondary"/>
        </ServerForm>
    }
}

/// For any other: approve, or refuse with the reason.
#[component]
fn Another(id: String, act: Act) -> impl IntoView {
    let locale = use_locale();
    let approve = ServerAction::<Approve>::new();
    let refuse = ServerAction::<Refuse>::new();
    let (text, label, look) = if act == Act::Restore {
        (
            td_string!(locale, oversight.approve_restore_text),
            td_string!(locale, oversight.approve_restore),
            "button--primary",
        )
    } else {
        (
            td_string!(locale, oversight.approve_revoke_text),
            td_string!(locale, oversight.approve_revoke),
            "button--danger",
        )
    };
    let refused = id.clone();
    view! {
        <p>{text}</p>
        <ServerForm action=approve>
            <input type="hidden" name="proposal" value=id/>
            <Submit label=label look=look/>
        </ServerForm>
        <ServerForm action=refuse>
            <RefuseFields id=refused/>
        </ServerForm>
    }
}

/// Opens on demand, and by itself when it was refused.
#[component]
fn RefuseFields(id: String) -> impl IntoView {
    let locale = use_locale();
    let form = FormState::here();
    let open = form.was_sent();
    view! {
        <details class="stack" open=move || open || form.error.get().is_some()>
            <summary>{td_string!(locale, oversight.refuse_title)}</summary>
            <input type="hidden" name="proposal" value=id/>
            <TextArea name="text" label=td_string!(locale, oversight.refuse_why) longest=LONGEST_TEXT
                hint=td_string!(locale, oversight.text_hint)/>
            <Submit label=td_string!(locale, oversight.refuse) look="button--secondary"/>
        </details>
    }
}
