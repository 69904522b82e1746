//! A minor and their guardian: where they stand, and asking.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::accounts::model::views::GuardianStanding;
use crate::error::AppError;

/// Where the person who asks stands with their guardian.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "accounts/guardian", input = GetUrl)]
pub async fn guardian() -> Result<GuardianStanding, AppError> {
    use crate::accounts::store::guardians;

    let caller = crate::access::authorise("accounts/guardian")?;
    let standing = guardians::standing(&mut *caller.connection().await?, caller.person()?, caller.now).await?;
    Ok(match (standing.consented_at, standing.asked_at) {
        _ if !standing.needed => GuardianStanding::NotNeeded,
        (Some(at), _) => GuardianStanding::Consented { at },
        (None, Some(at)) => GuardianStanding::Asked { at },
        (None, None) => GuardianStanding::ToAsk,
    })
}

/// Texts the guardian of the minor who asks a link and a code.
///
/// # Errors
/// [`crate::error::Problem::GuardianIsSelf`] for the minor's own mobile,
/// [`crate::error::Problem::NoLongerPossible`] when no consent is needed or it was given; too many codes asked for.
#[server(endpoint = "accounts/ask_guardian")]
pub async fn ask_guardian(mobile: String) -> Result<(), AppError> {
    use crate::accounts::model::Mobile;
    use crate::accounts::store::codes::{Asked, Asking};
    use crate::accounts::store::{guardians, sealed};
    use crate::error::Problem;

    let caller = crate::access::authorise("accounts/ask_guardian")?;
    let minor = caller.person()?;
    let mobile = Mobile::parse(&mobile).map_err(|problem| problem.on("mobile"))?;
    let mobile = sealed::mobile(&caller.state.config.keys, &mobile);
    {
        let mut connection = caller.connection().await?;
        let standing = guardians::standing(&mut connection, minor, caller.now).await?;
        if !standing.needed || standing.consented_at.is_some() {
            return Problem::NoLongerPossible.refused();
        }
        if guardians::is_own_mobile(&mut connection, minor, &mobile).await? {
            return Err(Problem::GuardianIsSelf.on("mobile"));
        }
    }
    crate::accounts::sending::send(&caller, &Asking { asked: Asked::Guardian { minor }, mobile }).await?;
    Ok(())
}
