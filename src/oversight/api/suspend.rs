//! Suspending.

use leptos::prelude::*;

use crate::error::AppError;

/// Suspends a licence at once, and leads back to it.
///
/// # Errors
/// What is wrong with the fields, [`AppError::NotFound`], [`crate::error::Problem::NoLongerPossible`],
/// [`crate::error::Problem::TiedToPerson`].
#[server(endpoint = "oversight/suspend")]
pub async fn suspend(
    number: String,
    #[server(default)] reason: String,
    #[server(default)] text: String,
) -> Result<(), AppError> {
    use crate::error::{Fields, Problem};
    use crate::licences::model::LicenceNumber;
    use crate::oversight::effect;
    use crate::oversight::model::{Act, LONGEST_TEXT};
    use crate::text::paragraph;

    let caller = crate::access::authorise("oversight/suspend")?;
    let number = LicenceNumber::parse(&number).map_err(|_| AppError::NotFound)?;
    let mut fields = Fields::default();
    let reason = fields.take("reason", Act::Suspend.reason(&reason).ok_or(Problem::Required));
    let text = fields.take("text", paragraph(&text, LONGEST_TEXT));
    fields.finish()?;
    let (Some(reason), Some(text)) = (reason, text) else { return Err(AppError::Malformed) };
    let keys = &caller.state.config.keys;
    let mut tx = caller.begin().await?;
    effect::suspend(&mut tx, keys, caller.person()?, &number, (reason, &text), caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/oversight/{}?done=suspended", number.digits()));
    Ok(())
}
