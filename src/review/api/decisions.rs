//! One's own decisions.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::AppError;
use crate::licences::model::LicenceKind;
use crate::review::model::{Outcome, Standing};

/// A page of one's own decisions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionsPage {
    pub decisions: Vec<DecisionLine>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A decision in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionLine {
    pub id: String,
    /// Number of the request.
    pub number: String,
    pub kind: LicenceKind,
    pub outcome: Outcome,
    pub standing: Standing,
    /// Whether it decided an appeal.
    pub appeal: bool,
    pub decided_at: OffsetDateTime,
}

/// The decisions of the reviewer who asks, newest first unless another order is named; every argument as the URL of
/// `/review/decisions` spells it.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "review/decisions", input = GetUrl)]
pub async fn decisions(
    #[server(default)] outcome: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<DecisionsPage, AppError> {
    use crate::place::{Order, Place};
    use crate::review::store;

    let caller = crate::access::authorise("review/decisions")?;
    let mut connection = caller.connection().await?;
    let (outcome, order) = (Outcome::from_code(&outcome), Order::parse(&order, Order::Latest));
    let (reviewer, after) = (caller.person()?, Place::parse(&after));
    let (found, next) = store::decisions(&mut connection, reviewer, outcome, order, after, caller.now).await?;
    let decisions = found
        .into_iter()
        .map(|one| DecisionLine {
            id: one.id.to_string(),
            number: one.number,
            kind: one.kind,
            outcome: one.outcome,
            standing: one.standing,
            appeal: one.appeal,
            decided_at: one.decided_at,
        })
        .collect();
    Ok(DecisionsPage { decisions, next: next.map(|place| place.code()) })
}
