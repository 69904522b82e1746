//! Appealing against a rejection.

use leptos::prelude::*;

use crate::error::AppError;

/// Appeals against the rejection of one's own request: once, in time. Another reviewer decides.
///
/// # Errors
/// What is wrong with the text, [`AppError::NotFound`], [`crate::error::Problem::AppealedAlready`],
/// [`crate::error::Problem::AppealTooLate`], [`crate::error::Problem::RequestExists`],
/// [`crate::error::Problem::NoLongerPossible`] when it is not rejected.
#[server(endpoint = "licences/appeal")]
pub async fn appeal(number: String, #[server(default)] text: String) -> Result<(), AppError> {
    use crate::calendar::riyadh_day;
    use crate::licences::store;
    use crate::messages::store::tell;
    use crate::messages::templates::Telling;
    use crate::review::effect::settle_of;
    use crate::review::model::LONGEST_APPEAL;
    use crate::text::paragraph;

    let caller = crate::access::authorise("licences/appeal")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let text = paragraph(&text, LONGEST_APPEAL).map_err(|problem| problem.on("text"))?;
    let (person, now, keys) = (caller.person()?, caller.now, &caller.state.config.keys);
    let mut tx = caller.begin().await?;
    settle_of(&mut tx, keys, person, now).await?;
    store::appeal(&mut tx, person, &number, &text, now).await?;
    let answer_by = store::request(&mut tx, person, &number, caller.locale, now).await?.answer_by.map(riyadh_day);
    tell(&mut tx, keys, person, &Telling::AppealReceived { number: &number, answer_by }, now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/account/requests/{number}"));
    Ok(())
}
