//! Keys of an organisation's programs: seen, given out, followed by others, taken.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use crate::error::AppError;
use crate::organisations::model::KeysPage;

/// The keys of an organisation; `after` as the URL of its page spells it.
///
/// # Errors
/// [`AppError::NotFound`] for none.
#[server(endpoint = "organisations/keys", input = GetUrl)]
pub async fn keys(
    #[server(default)] organisation: String,
    #[server(default)] after: String,
) -> Result<KeysPage, AppError> {
    use crate::organisations::store::{self, secrets};
    use crate::place::Place;

    let caller = crate::access::authorise("organisations/keys")?;
    let id = Uuid::parse_str(&organisation).map_err(|_| AppError::NotFound)?;
    let session = caller.actor()?.session;
    let mut connection = caller.connection().await?;
    let organisation = store::one(&mut connection, id, caller.locale).await?;
    let (keys, next) = store::keys::list(&mut connection, id, Place::parse(&after), caller.now).await?;
    let sealing = &caller.state.config.keys;
    let secret = secrets::shown(&mut connection, sealing, session, id, store::keys::PREFIX, caller.now).await?;
    let (days, overlap_days) = store::keys::days(&mut connection, caller.now).await?;
    Ok(KeysPage { organisation, keys, next: next.map(|place| place.code()), secret, days, overlap_days })
}

/// Gives an organisation a key, and leads to where it is shown. `verify` and `webhooks` say what for.
///
/// # Errors
/// Every field that needs mending, at once; [`AppError::SecondFactorNeeded`]; as [`crate::organisations::store::keys::give`].
#[server(endpoint = "organisations/give_key")]
pub async fn give_key(
    organisation: Uuid,
    #[server(default)] label: String,
    #[server(default)] verify: bool,
    #[server(default)] webhooks: bool,
) -> Result<(), AppError> {
    use crate::error::{Fields, Problem};
    use crate::organisations::model::{LONGEST_LABEL, Scope};
    use crate::organisations::{showing, store};
    use crate::text::{one_line, paragraph};

    let caller = crate::access::authorise("organisations/give_key")?;
    caller.require_fresh()?;
    let mut fields = Fields::default();
    let label = fields.take("label", paragraph(&one_line(&label), LONGEST_LABEL));
    let wanted = [(Scope::Verify, verify), (Scope::Webhooks, webhooks)];
    let scopes: Vec<Scope> = wanted.into_iter().filter(|(_, wanted)| *wanted).map(|(scope, _)| scope).collect();
    if scopes.is_empty() {
        fields.refuse("verify", Problem::ChoiceUnknown);
    }
    fields.finish()?;
    let mut tx = caller.begin().await?;
    let label = label.unwrap_or_default();
    let given = store::keys::give(&mut tx, organisation, &label, &scopes, caller.person()?, caller.now).await?;
    let page = format!("/admin/organisations/{}/keys", given.organisation);
    showing::show(&caller, tx, (given.id, &given.key), &page).await
}

/// Gives a key that takes another's place, and leads to where it is shown.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`]; as [`crate::organisations::store::keys::rotate`].
#[server(endpoint = "organisations/rotate_key")]
pub async fn rotate_key(key: Uuid) -> Result<(), AppError> {
    use crate::organisations::{showing, store};

    let caller = crate::access::authorise("organisations/rotate_key")?;
    caller.require_fresh()?;
    let mut tx = caller.begin().await?;
    let given = store::keys::rotate(&mut tx, key, caller.person()?, caller.now).await?;
    let page = format!("/admin/organisations/{}/keys", given.organisation);
    showing::show(&caller, tx, (given.id, &given.key), &page).await
}

/// Takes a key at once, and leads back to the organisation's keys. Needs no second factor anew: a key that leaked is taken
/// without delay.
///
/// # Errors
/// As [`crate::organisations::store::keys::revoke`].
#[server(endpoint = "organisations/revoke_key")]
pub async fn revoke_key(key: Uuid) -> Result<(), AppError> {
    use crate::organisations::store;

    let caller = crate::access::authorise("organisations/revoke_key")?;
    let mut tx = caller.begin().await?;
    let organisation = store::keys::revoke(&mut tx, key, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/organisations/{organisation}/keys?done=revoked"));
    Ok(())
}

/// Shows a secret no more, which its reader has copied: of a key or of an endpoint.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "organisations/hide_secret")]
pub async fn hide_secret(subject: Uuid) -> Result<(), AppError> {
    use crate::organisations::store::secrets;

    let caller = crate::access::authorise("organisations/hide_secret")?;
    let mut tx = caller.begin().await?;
    secrets::hide(&mut tx, caller.actor()?.session, subject).await?;
    tx.commit().await?;
    Ok(())
}
