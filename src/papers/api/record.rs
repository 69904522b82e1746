//! Recording the results of a paper.

use std::collections::BTreeMap;

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Records what people of the caller's own in-person session reached on paper: `right` by enrolment, as
/// [`crate::papers::model::right_field`] names it, whose empty fields are nobody's result. All or none; each waits for a
/// second officer.
///
/// # Errors
/// Every field that needs mending; otherwise as [`crate::papers::store::recording::record`].
#[server(endpoint = "papers/record")]
pub async fn record(
    session: Uuid,
    #[server(default)] asked: String,
    #[server(default)] right: BTreeMap<String, String>,
) -> Result<(), AppError> {
    use crate::papers::model::{Sheets, results_path};
    use crate::papers::store::recording;

    let caller = crate::access::authorise("papers/record")?;
    let sheets = Sheets::read(&asked, &right)?;
    let mut tx = caller.begin().await?;
    recording::record(&mut tx, session, caller.person()?, &sheets, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("{}?done=recorded", results_path(&session.to_string())));
    Ok(())
}
