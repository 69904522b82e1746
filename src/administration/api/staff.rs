//! Staff: who holds which role, giving one, taking one.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use crate::administration::model::StaffPage;
use crate::error::AppError;

/// The staff, the longest serving first unless another order is named; every argument as the URL of `/admin/staff` spells
/// it.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "administration/staff", input = GetUrl)]
pub async fn staff(
    #[server(default)] role: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<StaffPage, AppError> {
    use crate::access::Role;
    use crate::administration::store::staff;
    use crate::place::{Order, Place};

    let caller = crate::access::authorise("administration/staff")?;
    let mut connection = caller.connection().await?;
    let (role, order) = (Role::from_code(&role), Order::parse(&order, Order::Earliest));
    let (staff, next) = staff::list(&mut connection, role, order, Place::parse(&after), caller.locale).await?;
    Ok(StaffPage { staff, next: next.map(|place| place.code()) })
}

/// Gives a role to a person whose identity is verified, and leads back to their page. Giving it again changes nothing.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`]; as [`crate::administration::store::staff::grant`].
#[server(endpoint = "administration/grant_role")]
pub async fn grant_role(person: Uuid, #[server(default)] role: String) -> Result<(), AppError> {
    use crate::access::Role;
    use crate::administration::store::staff;
    use crate::error::Problem;

    let caller = crate::access::authorise("administration/grant_role")?;
    caller.require_fresh()?;
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
/// [`AppError::SecondFactorNeeded`]; as [`crate::administration::store::staff::revoke`].
#[server(endpoint = "administration/revoke_role")]
pub async fn revoke_role(person: Uuid, #[server(default)] role: String) -> Result<(), AppError> {
    use crate::access::Role;
    use crate::administration::store::staff;

    let caller = crate::access::authorise("administration/revoke_role")?;
    caller.require_fresh()?;
    let role = Role::from_code(&role).ok_or(AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    staff::revoke(&mut tx, person, role, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/people/{person}"));
    Ok(())
}

/// Drops every second factor of an officer who has lost them, so that they add a first one again within seven days; and
/// leads back to their page.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`], [`AppError::NotFound`] for who is no officer, [`crate::error::Problem::OwnRole`] for
/// oneself.
#[server(endpoint = "administration/reset_second_factor")]
pub async fn reset_second_factor(person: Uuid) -> Result<(), AppError> {
    use crate::second_factor::store;

    let caller = crate::access::authorise("administration/reset_second_factor")?;
    caller.require_fresh()?;
    let mut tx = caller.begin().await?;
    store::reset(&mut tx, person, caller.person()?, caller.now).await?;
    store::tell_of_change(&mut tx, &caller.state.config.keys, person, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/people/{person}?done=reset"));
    Ok(())
}
