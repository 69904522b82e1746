//! A licence as an officer sees it.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceStatus, Validity};
use crate::oversight::model::{Act, Event, Outcome, Reason};

/// A licence as an officer sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LicenceView {
    /// Sixteen digits.
    pub number: String,
    pub kind: LicenceKind,
    pub status: LicenceStatus,
    pub issued: Date,
    pub valid: Validity,
    pub organisation: Option<String>,
    /// `None` for an officer who is tied to the holder: they neither act nor see more than the public.
    pub holder: Option<Holder>,
}

/// Whose licence it is, what happened to it, and what can be done now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holder {
    /// First name, father's, grandfather's, family's; empty where there is none.
    pub name: [String; 4],
    pub latin_name: String,
    pub history: Vec<OfficerStep>,
    pub settled: Vec<PastProposal>,
    pub proposal: Option<ProposalView>,
    /// What can be done now.
    pub acts: Vec<Act>,
    /// The holder's licences that have not ended, this one among them, by number and kind.
    pub live: Vec<(String, LicenceKind)>,
    /// The number that a correction put in the place of this.
    pub successor: Option<String>,
    /// The number that this corrects.
    pub predecessor: Option<String>,
}

/// A step of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfficerStep {
    pub at: OffsetDateTime,
    pub event: Event,
    pub reason: Option<Reason>,
    /// What the officer wrote.
    pub text: Option<String>,
}

/// A proposal of which something became.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastProposal {
    pub act: Act,
    pub reason: Reason,
    pub text: Option<String>,
    pub proposed_at: OffsetDateTime,
    pub outcome: Outcome,
    pub settled_at: OffsetDateTime,
    /// Why it was refused.
    pub answer: Option<String>,
}

/// The proposal that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposalView {
    pub id: String,
    pub act: Act,
    pub reason: Reason,
    pub text: Option<String>,
    pub proposed_at: OffsetDateTime,
    /// Whether the officer who asks proposed it.
    pub own: bool,
    /// Numbers of the licences that a revocation takes besides this one.
    pub also: Vec<String>,
}

/// The licence of a number. That an officer looked is noted in the audit log.
///
/// # Errors
/// [`AppError::NotFound`] for a number that was never issued and for one whose holder was erased.
#[server(endpoint = "oversight/licence", input = GetUrl)]
pub async fn licence(number: String) -> Result<LicenceView, AppError> {
    use crate::accounts::store::profiles;
    use crate::administration::model::Reading;
    use crate::administration::store::audit;
    use crate::licences::model::{LicenceNumber, LicenceState};
    use crate::oversight::store;

    let caller = crate::access::authorise("oversight/licence")?;
    let number = LicenceNumber::parse(&number).map_err(|_| AppError::NotFound)?;
    let (officer, now) = (caller.person()?, caller.now);
    let mut connection = caller.connection().await?;
    let found = store::found(&mut connection, officer, &number, caller.locale, now).await?;
    let mut view = LicenceView {
        number: number.digits().to_owned(),
        kind: found.kind,
        status: found.status,
        issued: found.issued,
        valid: found.valid,
        organisation: found.organisation,
        holder: None,
    };
    if !found.untied {
        return Ok(view);
    }
    // Before anything of it is shown.
    audit::reading(&mut connection, officer, Reading::LicenceViewed, &[found.holder], now).await?;
    let profile = profiles::get(&mut connection, found.holder).await?;
    let proposal = store::open_proposal(&mut connection, found.id, now).await?;
    let live = store::live_licences(&mut connection, found.holder, now).await?;
    let history = store::history(&mut connection, found.id).await?;
    let settled = store::settled_proposals(&mut connection, found.id).await?;
    let is_live = live.iter().any(|(one, _)| *one == view.number);
    let possible =
        |act: &Act| is_live && found.state.can_become(act.makes()) && (*act == Act::Suspend || proposal.is_none());
    let superseded = found.state == LicenceState::Superseded;
    view.holder = Some(Holder {
        name: [profile.given_name, profile.father_name, profile.grandfather_name, profile.family_name]
            .map(Option::unwrap_or_default),
        latin_name: profile.latin_name.unwrap_or_default(),
        acts: Act::ALL.into_iter().filter(possible).collect(),
        history: history
            .into_iter()
            .map(|one| OfficerStep { at: one.at, event: one.event, reason: one.reason, text: one.text })
            .collect(),
        settled: settled
            .into_iter()
            .map(|one| PastProposal {
                act: one.act,
                reason: one.reason,
                text: one.text,
                proposed_at: one.proposed_at,
                outcome: one.outcome,
                settled_at: one.settled_at,
                answer: one.answer,
            })
            .collect(),
        proposal: proposal.map(|one| ProposalView {
            id: one.id.to_string(),
            act: one.act,
            reason: one.reason,
            text: one.text,
            proposed_at: one.proposed_at,
            own: one.proposed_by == officer,
            also: one.also,
        }),
        live,
        successor: if superseded { store::successor(&mut connection, found.id).await? } else { None },
        predecessor: store::predecessor(&mut connection, found.id).await?,
    });
    Ok(view)
}
