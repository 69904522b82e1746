//! Returning a request for completion.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::error::AppError;

/// Returns the request: `fields` are those ticked, `reasons` and `texts` go by the field's code. Leads to where it can
/// be undone.
///
/// # Errors
/// [`crate::error::Problem::NoFieldChosen`] against `fields`, what is wrong with a ticked field,
/// [`crate::error::Problem::RequestTakenBack`], [`crate::error::Problem::TiedToPerson`],
/// [`crate::error::Problem::AppealIsFinal`], [`crate::error::Problem::NameOnLicence`].
#[server(endpoint = "review/return_request")]
pub async fn return_request(
    number: String,
    #[server(default)] pool: String,
    #[server(default)] fields: Vec<String>,
    #[server(default)] reasons: BTreeMap<String, String>,
    #[server(default)] texts: BTreeMap<String, String>,
) -> Result<(), AppError> {
    use crate::error::{Fields, Problem};
    use crate::review::model::{FieldReason, LONGEST_TEXT, Pool, RequestField};
    use crate::review::store::{self, Verdict};
    use crate::text::paragraph;

    let caller = crate::access::authorise("review/return_request")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let typed = |values: &BTreeMap<String, String>, field: RequestField| {
        values.get(field.code()).map(String::as_str).unwrap_or_default().to_owned()
    };
    let mut problems = Fields::default();
    let mut marks = Vec::new();
    for field in RequestField::ALL.into_iter().filter(|field| fields.iter().any(|code| code == field.code())) {
        let reason = FieldReason::from_code(&typed(&reasons, field)).ok_or(Problem::Required);
        let reason = problems.take(field.reason_input(), reason);
        let text = match paragraph(&typed(&texts, field), LONGEST_TEXT) {
            // Only a reason that says nothing needs words.
            Err(Problem::Required) if reason != Some(FieldReason::Other) => Some(None),
            text => problems.take(field.text_input(), text).map(Some),
        };
        if let (Some(reason), Some(text)) = (reason, text) {
            marks.push((field, reason, text));
        }
    }
    if fields.is_empty() {
        problems.refuse("fields", Problem::NoFieldChosen);
    }
    problems.finish()?;
    if marks.is_empty() {
        return Err(AppError::Malformed);
    }
    let mut tx = caller.begin().await?;
    let decided = store::decide(&mut tx, caller.person()?, &number, &Verdict::Return(marks), caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&Pool::from_query(&pool).on(&format!("/review/decided/{}", decided.id)));
    Ok(())
}
