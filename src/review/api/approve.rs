//! Approving.

use leptos::prelude::*;

use crate::error::AppError;

/// Approves the request; the licence is issued once the decision takes effect. Leads to where it can be undone.
///
/// # Errors
/// [`crate::error::Problem::RequestTakenBack`], [`crate::error::Problem::TiedToPerson`],
/// [`crate::error::Problem::PrerequisitesMissing`], [`crate::error::Problem::LicenceStillValid`].
#[server(endpoint = "review/approve")]
pub async fn approve(number: String, #[server(default)] pool: String) -> Result<(), AppError> {
    use crate::review::model::Pool;
    use crate::review::store::{self, Verdict};

    let caller = crate::access::authorise("review/approve")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    let decided = store::decide(&mut tx, caller.person()?, &number, &Verdict::Approve, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&Pool::from_query(&pool).on(&format!("/review/decided/{}", decided.id)));
    Ok(())
}
