//! Publishing this server's keys, and noticing in time that one is missing.

use time::{Month, OffsetDateTime};

use super::store::{self, Standing};
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::server::state::AppState;

/// Why this server's keys are not published.
#[derive(Debug, thiserror::Error)]
pub enum NotPublished {
    #[error("RUKHSA_SIGNING_KEYS has no key of a year that has begun: rukhsa keys new {0}")]
    NoneBegun(i32),
    #[error("RUKHSA_SIGNING_KEYS has another key of {0} than the one that is published")]
    Another(i32),
    #[error("RUKHSA_SIGNING_KEYS has the key of {0} that was retired: rukhsa keys new {0}")]
    Retired(i32),
    #[error("the database is away")]
    Away(#[from] AppError),
}

/// Publishes the key of this year and those of later years that this server was given, so that whoever checks signatures
/// knows a key before it signs. Says aloud when one is missing.
///
/// # Errors
/// [`NotPublished`]; what stands first among the keys may be published then.
pub async fn publish(state: &AppState) -> Result<(), NotPublished> {
    let now = state.clock.now();
    let year = riyadh_day(now).year();
    let keys = &state.config.signing_keys;
    if let Some(missing) = missing(now, |year| keys.known_in(year).iter().any(|key| key.year == year)) {
        tracing::error!(error.kind = "signing_key_missing", signing.year = missing, "rukhsa keys new makes one");
    }
    if keys.signing_in(year).is_none() {
        return Err(NotPublished::NoneBegun(year));
    }
    let mut connection = state.pool.acquire().await.map_err(AppError::from)?;
    for key in keys.known_in(year) {
        match store::publish(&mut connection, &key, now).await? {
            Standing::Published => (),
            Standing::Another => return Err(NotPublished::Another(key.year)),
            Standing::Retired => return Err(NotPublished::Retired(key.year)),
        }
    }
    Ok(())
}

/// The year whose key should be here and is not: this one or, from the first of November, the next, whose key is to be
/// known for the whole of December before it signs.
fn missing(now: OffsetDateTime, has: impl Fn(i32) -> bool) -> Option<i32> {
    let today = riyadh_day(now);
    let next_is_due = matches!(today.month(), Month::November | Month::December);
    let due = [Some(today.year()), next_is_due.then_some(today.year() + 1)];
    due.into_iter().flatten().find(|year| !has(*year))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_next_years_key_is_missed_two_months_ahead() {
        let [has_both, has_this] = [2027, 2026].map(|last| move |year: i32| (2026..=last).contains(&year));
        for (now, told) in [
            (datetime!(2026-10-31 20:59 UTC), None),
            // Midnight in Riyadh.
            (datetime!(2026-10-31 21:00 UTC), Some(2027)),
            (datetime!(2026-12-31 20:59 UTC), Some(2027)),
            (datetime!(2026-12-31 21:00 UTC), Some(2027)),
        ] {
            assert_eq!(missing(now, has_this), told, "{now}");
        }
        assert_eq!(missing(datetime!(2026-12-31 20:59 UTC), has_both), None);
        assert_eq!(missing(datetime!(2026-12-31 21:00 UTC), has_both), None);
    }
}
