//! Merging the two records of one person.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Merges a pair into the record that is to stay, for good, and leads back to the pair.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`] unless it was passed a moment ago; every field that needs mending, at once; otherwise as [`crate::merging::store::settling::merge`].
#[server(endpoint = "merging/merge")]
pub async fn merge(
    pair: Uuid,
    #[server(default)] keep: String,
    #[server(default)] sameness: String,
    #[server(default)] understood: String,
) -> Result<(), AppError> {
    use crate::error::{Fields, Problem};
    use crate::merging::model::Sameness;
    use crate::merging::store::settling;

    let caller = crate::access::authorise("merging/merge")?;
    caller.require_fresh()?;
    let mut fields = Fields::default();
    let keep = fields.take("keep", Uuid::parse_str(&keep).map_err(|_| Problem::ChoiceUnknown));
    let why = fields.take("sameness", Sameness::from_code(&sameness).ok_or(Problem::ChoiceUnknown));
    if understood != "true" {
        fields.refuse("understood", Problem::DeclarationNeeded);
    }
    fields.finish()?;
    let (Some(keep), Some(why)) = (keep, why) else { return Err(AppError::Malformed) };
    let mut tx = caller.begin().await?;
    let merge = settling::Merge { pair, keep, why, by: caller.person()? };
    settling::merge(&mut tx, &caller.state.config.keys, &merge, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/duplicates/{pair}"));
    Ok(())
}
