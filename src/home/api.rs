//! What the public pages ask of the server.

pub mod feedback;
pub mod text;

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::assessment::model::Rules;
use crate::error::AppError;
use crate::licences::model::LicenceKind;

/// The figures of the home page, and when the next session of each kind begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeFigures {
    pub valid_licences: i64,
    pub teams: i64,
    pub median_wait_minutes: Option<i64>,
    pub p90_wait_minutes: Option<i64>,
    pub counted_at: OffsetDateTime,
    pub next_sessions: Vec<(LicenceKind, Date)>,
}

/// # Errors
/// When the database is away.
#[server(endpoint = "home/figures", input = GetUrl)]
pub async fn figures() -> Result<HomeFigures, AppError> {
    use crate::calendar::riyadh_day;
    use crate::home::store;

    let caller = crate::access::authorise("home/figures")?;
    let mut connection = caller.reader().await?;
    let figures = store::figures(&mut connection, caller.now).await?;
    let next = store::next_sessions(&mut connection, caller.now).await?;
    Ok(HomeFigures {
        valid_licences: figures.valid_licences,
        teams: figures.teams,
        median_wait_minutes: figures.median_wait_minutes,
        p90_wait_minutes: figures.p90_wait_minutes,
        counted_at: figures.counted_at,
        next_sessions: next.into_iter().map(|(kind, at)| (kind, riyadh_day(at))).collect(),
    })
}

/// The terms in force for a licence kind, as an administrator set them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindTerms {
    pub validity_months: i32,
    pub fee_halalas: i32,
    pub test: Rules,
}

/// # Errors
/// [`AppError::NotFound`] for what is no kind's path.
#[server(endpoint = "home/terms", input = GetUrl)]
pub async fn terms(kind: String) -> Result<KindTerms, AppError> {
    use crate::home::store;

    let caller = crate::access::authorise("home/terms")?;
    let kind = LicenceKind::from_slug(&kind).ok_or(AppError::NotFound)?;
    let mut connection = caller.reader().await?;
    let terms = store::terms(&mut connection, kind, caller.now).await?;
    Ok(KindTerms {
        validity_months: terms.validity_months,
        fee_halalas: terms.fee_halalas,
        test: Rules {
            questions: terms.questions,
            minutes: terms.minutes,
            pass_mark_percent: terms.pass_mark_percent,
            attempts: terms.attempts,
        },
    })
}
