//! What waits for a second officer.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::AppError;
use crate::licences::model::LicenceKind;
use crate::oversight::model::{Act, Reason};

/// A page of the proposals that wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposalsPage {
    pub proposals: Vec<ProposalLine>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A proposal in the list. Nothing of the holder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposalLine {
    pub id: String,
    /// Number of the licence.
    pub number: String,
    pub kind: LicenceKind,
    pub act: Act,
    /// `None` for an officer who is tied to the holder.
    pub reason: Option<Reason>,
    pub proposed_at: OffsetDateTime,
    /// Whether the officer who asks proposed it.
    pub own: bool,
}

/// The proposals that wait for a second officer, oldest first unless another order is named; every argument as the URL
/// of `/oversight` spells it.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "oversight/proposals", input = GetUrl)]
pub async fn proposals(
    #[server(default)] act: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<ProposalsPage, AppError> {
    use crate::oversight::store;
    use crate::place::{Order, Place};

    let caller = crate::access::authorise("oversight/proposals")?;
    let mut connection = caller.connection().await?;
    let (act, order) = (Act::from_code(&act).filter(|act| act.takes_two()), Order::parse(&order, Order::Earliest));
    let (officer, after) = (caller.person()?, Place::parse(&after));
    let (waiting, next) = store::waiting(&mut connection, officer, act, order, after, caller.now).await?;
    let proposals = waiting
        .into_iter()
        .map(|one| ProposalLine {
            id: one.id.to_string(),
            number: one.number,
            kind: one.kind,
            act: one.act,
            reason: one.untied.then_some(one.reason),
            proposed_at: one.proposed_at,
            own: one.own,
        })
        .collect();
    Ok(ProposalsPage { proposals, next: next.map(|place| place.code()) })
}
