//! Staff: who holds which role, giving one, taking one.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use crate::administration::model::StaffPage;
use crate::error::AppError;

/// The staff; `role` and `after` as the URL of `/admin/staff` spells them.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "administration/staff", input = GetUrl)]
pub async fn staff(#[server(default)] role: String, #[server(default)] after: String) -> Result<StaffPage, AppError> {
    use crate::access::Role;
    use crate::administration::store::staff;
    use crate::place::Place;

    let caller = crate::access::authorise("administration/staff")?;
    let mut connection = caller.connection().await?;
    let (staff, next) =
        staff::list(&mut connection, Role::from_code(&role), Place::parse(&after), caller.locale).await?;
    Ok(StaffPage { staff, next: next.map(|place| place.code()) })
}

/// Gives a role to a person whose identity is verified, and leads back to their page. Giving it again changes nothing.
///
/// # Errors
/// As [`crate::administration::store::staff::grant`].
#[server(endpoint = "administration/grant_role")]
pub async fn grant_role(person: Uuid, #[server(default)] role: String) -> Result<(), AppError> {
    use crate::access::Role;
    use crate::administration::store::staff;
    use crate::error::Problem;

    let caller = crate::access::authorise("administration/grant_role")?;
    let role = Role::from_code(&role).ok_or_else(|| Problem::ChoiceUnknown.on("role"))?;
    let mut tx = caller.begin().await?;
    staff::grant(&mut tx, person, role, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/people/{person}"));
    Ok(())
}

/// Takes a role, ends what it holds, and leads back to the person's page.
///
/// # Errors
/// As [`crate::administration::store::staff::revoke`].
#[server(endpoint = "administration/revoke_role")]
pub async fn revoke_role(person: Uuid, #[server(default)] role: String) -> Result<(), AppError> {
    use crate::access::Role;
    use crate::administration::store::staff;

    let caller = crate::access::authorise("administration/revoke_role")?;
    let role = Role::from_code(&role).ok_or(AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    staff::revoke(&mut tx, person, role, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/people/{person}"));
    Ok(())
}
