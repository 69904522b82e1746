//! Who asks: anybody, counted by their address; or a program of an organisation, counted by its key.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use time::{Duration, OffsetDateTime};

use super::model::{MOST_NUMBERS, MOST_NUMBERS_WITH_KEY};
use super::problem::Refusal;
use crate::access::ClientAddress;
use crate::calendar::riyadh_day;
use crate::organisations::model::Scope;
use crate::organisations::store::programs::{self, Program};
use crate::server::rate::Limit;
use crate::server::state::AppState;

/// Questions about many numbers that one address may ask an hour: an event of a million people.
pub const MOST_QUESTIONS: i32 = 100;
/// Those that one key may ask an hour.
pub const MOST_QUESTIONS_WITH_KEY: i32 = 1000;
const BY_ADDRESS: Limit = Limit { act: "verify_many", most: MOST_QUESTIONS, window: Duration::hours(1) };
const BY_KEY: Limit = Limit { act: "verify_many_key", most: MOST_QUESTIONS_WITH_KEY, window: Duration::hours(1) };
/// Bytes of a number in a question: with its quotes, a comma and the spaces and marks it was copied with.
const LARGEST_NUMBER: usize = 64;

/// Who asks what licences are.
pub enum Asker {
    Anybody(IpAddr),
    Program(Program),
}

impl Asker {
    /// Numbers that they may ask about at once.
    pub fn most_numbers(&self) -> usize {
        match self {
            Self::Anybody(_) => MOST_NUMBERS,
            Self::Program(_) => MOST_NUMBERS_WITH_KEY,
        }
    }

    /// Bytes of their question at most.
    pub fn largest_question(&self) -> usize {
        self.most_numbers() * LARGEST_NUMBER
    }

    /// Counts a question about many numbers.
    ///
    /// # Errors
    /// [`crate::error::AppError::TooMany`] over the limit.
    pub async fn count(&self, state: &AppState, now: OffsetDateTime) -> Result<(), Refusal> {
        let (limit, who) = match self {
            Self::Anybody(address) => (BY_ADDRESS, state.config.keys.hash("verify-many", &address.to_string())),
            Self::Program(program) => (BY_KEY, state.config.keys.hash("verify-many-key", &program.key.to_string())),
        };
        Ok(limit.count(&mut *state.pool.acquire().await?, &who, now).await?)
    }
}

/// Refuses who shows a key that is not in force, or is not for this: their program has something to mend.
impl FromRequestParts<AppState> for Asker {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        if parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(Self::Program(program(&parts.headers, state, Scope::Verify).await?));
        }
        let address = parts.extensions.get::<ClientAddress>();
        Ok(Self::Anybody(address.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0)))
    }
}

/// The program whose key is shown, if that is in force and for this. That a key is used is noted once a day; nothing else of
/// finding out whose it is is written.
///
/// # Errors
/// [`Refusal::KeyUnknown`], [`Refusal::ScopeMissing`].
pub async fn program(headers: &HeaderMap, state: &AppState, scope: Scope) -> Result<Program, Refusal> {
    let key = bearer(headers).ok_or(Refusal::KeyUnknown)?;
    let now = state.clock.now();
    let found = programs::program(&mut *state.readers.acquire().await?, key, now).await?;
    let program = found.ok_or(Refusal::KeyUnknown)?;
    let today = riyadh_day(now);
    if program.last_used_on.is_none_or(|day| day < today) {
        programs::note_use(&mut *state.pool.acquire().await?, program.key, today).await?;
    }
    if program.scopes.contains(&scope) { Ok(program) } else { Err(Refusal::ScopeMissing(scope)) }
}

/// The token of a bearer (RFC 6750), where one is shown and no second.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut shown = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(first), None) = (shown.next(), shown.next()) else { return None };
    let (scheme, token) = first.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
