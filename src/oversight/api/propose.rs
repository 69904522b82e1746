//! Proposing what takes a second officer.

use leptos::prelude::*;

use crate::error::AppError;

/// Proposes to restore or to revoke a licence (`act` as [`crate::oversight::model::Act::code`]), and leads back to it.
///
/// # Errors
/// What is wrong with the fields, [`AppError::SecondFactorNeeded`], [`AppError::NotFound`], [`crate::error::Problem::NoLongerPossible`],
/// [`crate::error::Problem::TiedToPerson`], [`crate::error::Problem::ProposalOpen`].
#[server(endpoint = "oversight/propose")]
pub async fn propose(
    number: String,
    act: String,
    #[server(default)] reason: String,
    #[server(default)] text: String,
) -> Result<(), AppError> {
    use crate::error::{Fields, Problem};
    use crate::licences::model::LicenceNumber;
    use crate::oversight::model::{Act, LONGEST_TEXT};
    use crate::oversight::store;
    use crate::text::paragraph;

    let caller = crate::access::authorise("oversight/propose")?;
    caller.require_fresh()?;
    let number = LicenceNumber::parse(&number).map_err(|_| AppError::NotFound)?;
    let act = Act::from_code(&act).filter(|act| act.takes_two()).ok_or(AppError::Malformed)?;
    let mut fields = Fields::default();
    let reason = fields.take("reason", act.reason(&reason).ok_or(Problem::Required));
    let text = fields.take("text", paragraph(&text, LONGEST_TEXT));
    fields.finish()?;
    let (Some(reason), Some(text)) = (reason, text) else { return Err(AppError::Malformed) };
    let mut tx = caller.begin().await?;
    store::propose(&mut tx, caller.person()?, &number, (act, reason), &text, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/oversight/{}?done=proposed", number.digits()));
    Ok(())
}
