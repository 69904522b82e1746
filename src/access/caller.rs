//! The person behind a request, as every server function sees them.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::request::Parts;
use leptos::prelude::use_context;
use sqlx::pool::PoolConnection;
use sqlx::{Postgres, Transaction};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::Role;
use super::matrix::{Access, access_to};
use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::server::database;
use crate::server::state::AppState;

/// Somebody signed in. A layer reads it from the sign-in cookie once a request.
#[derive(Clone, Debug)]
pub struct Actor {
    pub person: Uuid,
    pub account: Uuid,
    pub session: Uuid,
    pub roles: Vec<Role>,
    /// When this sign-in passed the second factor, if it did and that still holds.
    pub second_factor_at: Option<OffsetDateTime>,
}

/// What weighs most asks for a second factor no older than this.
const FRESH: Duration = Duration::minutes(10);

impl Actor {
    /// Whether the second factor was passed a moment ago.
    pub fn is_fresh(&self, now: OffsetDateTime) -> bool {
        self.second_factor_at.is_some_and(|at| now - at <= FRESH)
    }
}

/// The address a request came from, after trusted proxies.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

/// What a server function works with.
pub struct Caller {
    pub state: AppState,
    pub actor: Option<Actor>,
    pub now: OffsetDateTime,
    pub locale: Locale,
    pub address: IpAddr,
}

/// The caller of the server function at `endpoint`, if the matrix lets them call it.
///
/// Server functions also run without HTTP, while a page is rendered: this is why each asks in its own body.
///
/// # Errors
/// [`AppError::SignInNeeded`], [`AppError::SecondFactorNeeded`] or [`AppError::Forbidden`]. A function that is missing from
/// the matrix is nobody's.
pub fn authorise(endpoint: &str) -> Result<Caller, AppError> {
    let caller = caller()?;
    permit(endpoint, caller.actor.as_ref())?;
    Ok(caller)
}

/// Whether the matrix lets somebody call the server function at `endpoint`. A download of the same data asks so too.
/// Staff have passed their second factor before they do anything in a role.
///
/// # Errors
/// As [`authorise`].
pub fn permit(endpoint: &str, actor: Option<&Actor>) -> Result<(), AppError> {
    match (access_to(endpoint), actor) {
        (Some(Access::Public), _) | (Some(Access::SignedIn), Some(_)) => Ok(()),
        (Some(Access::Staff(role)), Some(actor)) if actor.roles.contains(&role) => {
            actor.second_factor_at.map(|_| ()).ok_or(AppError::SecondFactorNeeded)
        }
        (Some(_), None) => Err(AppError::SignInNeeded),
        (Some(Access::Staff(_)) | None, _) => Err(AppError::Forbidden),
    }
}

/// The caller without any question of permission, for what is not a server function.
///
/// # Errors
/// When called outside a request.
pub fn caller() -> Result<Caller, AppError> {
    let (Some(state), Some(parts)) = (use_context::<AppState>(), use_context::<Parts>()) else {
        // As when the route table is made, at start.
        return Err(AppError::Internal { reference: String::new() });
    };
    Ok(Caller {
        now: state.clock.now(),
        actor: parts.extensions.get::<Actor>().cloned(),
        locale: crate::app::request::locale_of(&parts.headers),
        address: parts.extensions.get::<ClientAddress>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0),
        state,
    })
}

impl Caller {
    /// # Errors
    /// [`AppError::SignInNeeded`] for a visitor.
    pub fn actor(&self) -> Result<&Actor, AppError> {
        self.actor.as_ref().ok_or(AppError::SignInNeeded)
    }

    /// # Errors
    /// [`AppError::SignInNeeded`] for a visitor.
    pub fn person(&self) -> Result<Uuid, AppError> {
        Ok(self.actor()?.person)
    }

    /// Lets on only who has passed the second factor a moment ago: before what weighs most.
    ///
    /// # Errors
    /// [`AppError::SecondFactorNeeded`]
    pub fn require_fresh(&self) -> Result<(), AppError> {
        if self.actor()?.is_fresh(self.now) { Ok(()) } else { Err(AppError::SecondFactorNeeded) }
    }

    /// A connection for reading what anybody may read.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the database is away.
    pub async fn reader(&self) -> Result<PoolConnection<Postgres>, AppError> {
        Ok(self.state.readers.acquire().await?)
    }

    /// A connection for single statements.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the database is away.
    pub async fn connection(&self) -> Result<PoolConnection<Postgres>, AppError> {
        Ok(self.state.pool.acquire().await?)
    }

    /// A transaction that names the person acting.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the database is away.
    pub async fn begin(&self) -> Result<Transaction<'static, Postgres>, AppError> {
        Ok(database::begin_as(&self.state.pool, self.actor.as_ref().map(|actor| actor.person)).await?)
    }

    /// The Arabic or the English of two texts, by the language of the request.
    pub fn choose(&self, ar: String, en: String) -> String {
        pick(self.locale, ar, en)
    }
}
