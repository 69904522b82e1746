//! Sessions that are planned together.

use time::Duration;

use super::{Plan, number};
use crate::error::AppError;

/// Sessions of a series at most.
pub const LONGEST_SERIES: i64 = 60;

/// How often a series goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    Once,
    Daily,
    Weekly,
}

impl Rhythm {
    pub const ALL: [Self; 3] = [Self::Once, Self::Daily, Self::Weekly];

    /// As forms spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// Every session of a series of this rhythm, the first as planned; Riyadh has no summer time.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when `times` is no number of sessions.
    pub fn series(code: &str, times: &str, first: &Plan) -> Result<Vec<Plan>, AppError> {
        let rhythm = Self::ALL.into_iter().find(|one| one.code() == code).unwrap_or(Self::Once);
        let step = match rhythm {
            Self::Once => return Ok(vec![first.clone()]),
            Self::Daily => Duration::DAY,
            Self::Weekly => Duration::WEEK,
        };
        let times = number(times, 2, LONGEST_SERIES).map_err(|problem| problem.on("times"))?;
        Ok((0..times).map(|place| first.later(step * place)).collect())
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use uuid::Uuid;

    use super::*;
    use crate::error::Problem;
    use crate::training::model::SessionMode;

    #[test]
    fn a_weekly_series_keeps_its_hour() {
        let first = Plan {
            programme: Uuid::nil(),
            mode: SessionMode::Online,
            region: "riyadh".to_owned(),
            city: "riyadh".to_owned(),
            venue_ar: "قاعة".to_owned(),
            venue_en: "Hall".to_owned(),
            starts_at: datetime!(2026-12-01 13:00 UTC),
            ends_at: datetime!(2026-12-01 18:00 UTC),
            enrol_by: datetime!(2026-11-30 13:00 UTC),
            trainer: Uuid::nil(),
            seats: 30,
        };
        let series = Rhythm::series("weekly", "3", &first).unwrap();
        assert_eq!((series.len(), series[2].starts_at), (3, datetime!(2026-12-15 13:00 UTC)));
        assert_eq!(series[2].enrol_by, datetime!(2026-12-14 13:00 UTC));
        assert_eq!(Rhythm::series("daily", "61", &first), Err(Problem::NumberInvalid.on("times")));
        assert_eq!(Rhythm::series("once", "", &first).unwrap().len(), 1);
    }
}
