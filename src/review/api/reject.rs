//! Rejecting.

use leptos::prelude::*;

use crate::error::AppError;

/// Rejects the request, with a coded reason and a text. Leads to where it can be undone.
///
/// # Errors
/// What is wrong with the fields, [`crate::error::Problem::RequestTakenBack`], [`crate::error::Problem::TiedToPerson`].
#[server(endpoint = "review/reject")]
pub async fn reject(
    number: String,
    #[server(default)] pool: String,
    #[server(default)] reason: String,
    #[server(default)] text: String,
) -> Result<(), AppError> {
    use crate::error::{Fields, Problem};
    use crate::review::model::{LONGEST_TEXT, Pool, RejectReason};
    use crate::review::store::{self, Verdict};
    use crate::text::paragraph;

    let caller = crate::access::authorise("review/reject")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let mut fields = Fields::default();
    let reason = fields.take("reason", RejectReason::from_code(&reason).ok_or(Problem::Required));
    let text = fields.take("text", paragraph(&text, LONGEST_TEXT));
    fields.finish()?;
    let (Some(reason), Some(text)) = (reason, text) else { return Err(AppError::Malformed) };
    let mut tx = caller.begin().await?;
    let verdict = Verdict::Reject(reason, text);
    let decided = store::decide(&mut tx, caller.person()?, &number, &verdict, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&Pool::from_query(&pool).on(&format!("/review/decided/{}", decided.id)));
    Ok(())
}
