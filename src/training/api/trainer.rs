//! What a trainer does: their own sessions only; another's are not there.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use crate::error::AppError;
use crate::training::model::{EnrolmentState, Mark, Roster, TrainerSession};

/// The caller's sessions.
///
/// # Errors
/// [`AppError::Forbidden`] for anybody but trainers.
#[server(endpoint = "training/my_sessions", input = GetUrl)]
pub async fn my_sessions() -> Result<Vec<TrainerSession>, AppError> {
    use crate::training::store::roster;

    let caller = crate::access::authorise("training/my_sessions")?;
    let mut connection = caller.connection().await?;
    roster::sessions_of(&mut connection, caller.person()?, caller.locale, caller.now).await
}

/// The roster of the caller's session; with `visitor`, also everybody registered under that person's ID number.
///
/// # Errors
/// [`AppError::NotFound`] when the session is not theirs.
#[server(name = ReadRoster, endpoint = "training/roster", input = GetUrl)]
pub async fn roster(
    #[server(default)] session: String,
    #[server(default)] visitor: String,
) -> Result<Roster, AppError> {
    use crate::administration::model::Reading;
    use crate::administration::store::audit;
    use crate::training::store::{identity, roster};

    let caller = crate::access::authorise("training/roster")?;
    let trainer = caller.person()?;
    let keys = &caller.state.config.keys;
    let session = Uuid::parse_str(&session).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    let mut roster = roster::roster(&mut connection, keys, session, trainer, caller.locale, caller.now).await?;
    if let Ok(visitor) = Uuid::parse_str(&visitor) {
        roster.visitors = identity::visitors(&mut connection, keys, visitor, trainer, caller.locale).await?;
        let seen: Vec<Uuid> = roster.visitors.iter().map(|visitor| visitor.person).collect();
        audit::reading(&mut connection, trainer, Reading::VisitorViewed, &seen, caller.now).await?;
    }
    audit::roster(&mut connection, trainer, Reading::RosterViewed, session, caller.now).await?;
    Ok(roster)
}

/// Notes who came and who did not; answers with the state that stands now.
///
/// # Errors
/// As [`crate::training::store::roster::mark`].
#[server(endpoint = "training/mark_attendance")]
pub async fn mark_attendance(enrolment: Uuid, mark: Mark) -> Result<EnrolmentState, AppError> {
    use crate::training::store::roster;

    let caller = crate::access::authorise("training/mark_attendance")?;
    let trainer = caller.person()?;
    let mut tx = caller.begin().await?;
    let state = roster::mark(&mut tx, enrolment, trainer, mark, caller.now).await?;
    tx.commit().await?;
    Ok(state)
}

/// Looks a person up by the number on their document and leads to the page that shows who it is. The number stays out
/// of the address.
///
/// # Errors
/// As [`crate::training::store::identity::find`].
#[server(endpoint = "training/find_person")]
pub async fn find_person(session: Uuid, #[server(default)] national_id: String) -> Result<(), AppError> {
    use crate::accounts::model::NationalId;
    use crate::administration::model::Reading;
    use crate::administration::store::audit;
    use crate::training::store::identity;

    let caller = crate::access::authorise("training/find_person")?;
    let trainer = caller.person()?;
    let national_id = NationalId::parse(&national_id).map_err(|problem| problem.on("national_id"))?;
    let keys = &caller.state.config.keys;
    // Not in a transaction: a look-up that finds nobody counts too.
    let mut connection = caller.connection().await?;
    let person = identity::find(&mut connection, keys, session, trainer, national_id.as_str(), caller.now).await?;
    audit::reading(&mut connection, trainer, Reading::PersonFound, &[person], caller.now).await?;
    leptos_axum::redirect(&format!("/trainer/{session}?visitor={person}"));
    Ok(())
}

/// Notes that the caller saw a person's identity document at their in-person session.
///
/// # Errors
/// As [`crate::training::store::identity::confirm`].
#[server(endpoint = "training/confirm_identity")]
pub async fn confirm_identity(session: Uuid, person: Uuid) -> Result<(), AppError> {
    use crate::training::store::identity;

    let caller = crate::access::authorise("training/confirm_identity")?;
    let trainer = caller.person()?;
    let mut tx = caller.begin().await?;
    identity::confirm(&mut tx, session, person, trainer, caller.now).await?;
    tx.commit().await?;
    Ok(())
}
