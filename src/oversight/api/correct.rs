//! Correcting a name.

use leptos::prelude::*;

use crate::error::AppError;

/// Puts the name of a licence's holder right: each of their licences that has not ended is issued anew. Leads to the
/// new one.
///
/// # Errors
/// What is wrong with the fields, [`AppError::NotFound`], [`crate::error::Problem::NothingChanged`],
/// [`crate::error::Problem::NoLongerPossible`], [`crate::error::Problem::TiedToPerson`],
/// [`crate::error::Problem::ProposalOpen`].
#[server(endpoint = "oversight/correct")]
pub async fn correct(
    number: String,
    #[server(default)] given_name: String,
    #[server(default)] father_name: String,
    #[server(default)] grandfather_name: String,
    #[server(default)] family_name: String,
    #[server(default)] latin_name: String,
    #[server(default)] reason: String,
    #[server(default)] text: String,
) -> Result<(), AppError> {
    use crate::accounts::model::{ArabicName, LatinName};
    use crate::accounts::store::mending::Mended;
    use crate::error::{Fields, Problem};
    use crate::licences::model::LicenceNumber;
    use crate::oversight::effect;
    use crate::oversight::model::{Act, LONGEST_TEXT};
    use crate::text::paragraph;

    let caller = crate::access::authorise("oversight/correct")?;
    let number = LicenceNumber::parse(&number).map_err(|_| AppError::NotFound)?;
    let mut fields = Fields::default();
    let name = ArabicName::parse(&given_name, &father_name, &grandfather_name, &family_name, &mut fields);
    let latin_name = fields.take("latin_name", LatinName::parse(&latin_name));
    let reason = fields.take("reason", Act::Correct.reason(&reason).ok_or(Problem::Required));
    let text = fields.take("text", paragraph(&text, LONGEST_TEXT));
    fields.finish()?;
    let (Some(reason), Some(text)) = (reason, text) else { return Err(AppError::Malformed) };
    let mended = Mended { name, latin_name, ..Mended::default() };
    let keys = &caller.state.config.keys;
    let mut tx = caller.begin().await?;
    let reissued =
        effect::correct(&mut tx, keys, caller.person()?, &number, (&mended, reason, &text), caller.now).await?;
    tx.commit().await?;
    let new = reissued.iter().find(|one| one.old == number).map_or(&number, |one| &one.new);
    leptos_axum::redirect(&format!("/oversight/{}?done=corrected", new.digits()));
    Ok(())
}
