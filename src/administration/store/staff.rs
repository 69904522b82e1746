//! Who is on the staff: listed, given roles, relieved of them.

use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use super::audit;
use crate::access::Role;
use crate::administration::model::{RoleView, StaffLine};
use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::place::{Order, Place, cut};
use crate::review;
use crate::server::database::{OnConstraint, internal};
use crate::server::keyset;

/// Roles on a page.
pub const PAGE: usize = 20;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    role: String,
    granted_at: OffsetDateTime,
    name: String,
    by: Option<String>,
}

/// The staff, or those with one role, in an order by when they were given it, from a place on; and where the next page
/// goes on.
///
/// # Errors
/// When the database is away.
pub async fn list(
    connection: &mut PgConnection,
    role: Option<Role>,
    order: Order,
    after: Option<Place<Uuid>>,
    locale: Locale,
) -> Result<(Vec<StaffLine>, Option<Place<Uuid>>), AppError> {
    let mut query = QueryBuilder::new(match locale {
        Locale::ar => {
            "SELECT r.id, r.person_id, r.role, r.granted_at,
                 concat_ws(' ', p.given_name, p.father_name, p.grandfather_name, p.family_name) AS name,
                 concat_ws(' ', g.given_name, g.father_name, g.family_name) AS by"
        }
        Locale::en => {
            "SELECT r.id, r.person_id, r.role, r.granted_at, coalesce(p.latin_name, '') AS name, g.latin_name AS by"
        }
    });
    query.push(
        " FROM staff_roles r JOIN persons p ON p.id = r.person_id LEFT JOIN persons g ON g.id = r.granted_by
         WHERE r.revoked_at IS NULL",
    );
    if let Some(role) = role.map(Role::code) {
        query.push(" AND r.role = ").push_bind(role);
    }
    keyset::page(&mut query, ["r.granted_at", "r.id"], order, after, PAGE);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    let next = cut(&mut rows, PAGE, |last| Place { at: last.granted_at, id: last.id });
    let lines = rows
        .into_iter()
        .map(|row| {
            Ok(StaffLine {
                person: row.person_id,
                name: row.name,
                role: read(&row.role)?,
                since: row.granted_at,
                granted_by: row.by.filter(|name| !name.is_empty()),
            })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    Ok((lines, next))
}

fn read(code: &str) -> Result<Role, AppError> {
    Role::from_code(code).ok_or_else(|| internal(&"unknown role"))
}

/// The roles of a person.
///
/// # Errors
/// When the database is away.
pub async fn roles_of(connection: &mut PgConnection, person: Uuid) -> Result<Vec<RoleView>, AppError> {
    let rows = sqlx::query!(
        "SELECT role, granted_at FROM staff_roles WHERE person_id = $1 AND revoked_at IS NULL ORDER BY granted_at",
        person
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(|row| Ok(RoleView { role: read(&row.role)?, since: row.granted_at })).collect()
}

/// What the database refuses of grants and revocations.
const REFUSALS: [(&str, Problem); 7] = [
    ("staff_roles_granted_by_other", Problem::OwnRole),
    ("staff_roles_revoked_by_other", Problem::OwnRole),
    ("staff_roles_verified", Problem::NotVerified),
    ("staff_roles_last_administrator", Problem::LastAdministrator),
    ("staff_roles_by_administrator", Problem::NoLongerPossible),
    ("staff_roles_fixed", Problem::NoLongerPossible),
    ("person_is_open", Problem::NoLongerPossible),
];

/// Gives a role. False when it is held already, and nothing changed.
///
/// # Errors
/// [`AppError::NotFound`] for nobody; [`Problem::OwnRole`], [`Problem::NotVerified`]; [`Problem::NoLongerPossible`] for
/// somebody whose account is closed, and when who gives it is an administrator no more.
pub async fn grant(
    connection: &mut PgConnection,
    person: Uuid,
    role: Role,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<bool, AppError> {
    let there = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM persons WHERE id = $1 AND merged_into IS NULL) AS "there!""#,
        person
    )
    .fetch_one(&mut *connection)
    .await?;
    if !there {
        return Err(AppError::NotFound);
    }
    let granted = sqlx::query!(
        "INSERT INTO staff_roles (person_id, role, granted_by, granted_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id, role) WHERE revoked_at IS NULL DO NOTHING",
        person,
        role.code(),
        by,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&REFUSALS)?
    .rows_affected()
        == 1;
    if granted {
        audit::note(connection, by, Role::Administrator, "role_granted", Some(person), Some(role.code()), now).await?;
    }
    Ok(granted)
}

/// Takes a role, and puts back into the queue what a reviewer has claimed and not decided.
///
/// # Errors
/// [`AppError::NotFound`] when it is not held; [`Problem::OwnRole`], [`Problem::LastAdministrator`];
/// [`Problem::NoLongerPossible`] when who takes it is an administrator no more.
pub async fn revoke(
    connection: &mut PgConnection,
    person: Uuid,
    role: Role,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let revoked = sqlx::query!(
        "UPDATE staff_roles SET revoked_at = $4, revoked_by = $3
         WHERE person_id = $1 AND role = $2 AND revoked_at IS NULL",
        person,
        role.code(),
        by,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&REFUSALS)?;
    if revoked.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    if role == Role::Reviewer {
        review::store::release_of(connection, person).await?;
    }
    audit::note(connection, by, Role::Administrator, "role_revoked", Some(person), Some(role.code()), now).await
}
