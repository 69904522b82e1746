//! A licence's events played again for a day.

use time::{Date, Duration, OffsetDateTime};

use super::{Change, Standing};
use crate::calendar::RIYADH;
use crate::licences::model::{LicenceState, LicenceStatus, Validity};
use crate::oversight::model::Event;

/// A step of a licence's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub event: Event,
    pub at: OffsetDateTime,
}

/// What the events make of a licence on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    pub standing: Standing,
    pub changes: Vec<Change>,
    /// The steps that decide: the first, the last before the day, and those of the day. From them alone the same follows.
    pub deciding: Vec<usize>,
    /// The step that made the licence what it was at its worst; `None` before its issue.
    pub worst: Option<usize>,
}

/// What a licence of these days was on a day, by its history, the oldest step first: the worst of what it was at any
/// moment of the day in Riyadh, from its issue on. A step counts from its instant, and no earlier than the one before it:
/// the clocks of several servers differ a little.
pub fn on_day(valid: Validity, steps: &[Step], day: Date) -> Replayed {
    let begins = day.midnight().assume_offset(RIYADH);
    let ends = begins + Duration::DAY;
    let mut latest = OffsetDateTime::UNIX_EPOCH;
    let mut counted = Vec::with_capacity(steps.len());
    for step in steps {
        latest = latest.max(step.at);
        counted.push(latest);
    }
    let before = counted.iter().rposition(|at| *at <= begins);
    let within = (0..steps.len()).filter(|index| begins < counted[*index] && counted[*index] < ends);
    let changes = within.clone().map(|index| Change { event: steps[index].event, at: counted[index] }).collect();
    let of_day = before.into_iter().chain(within);
    // What another step followed at the same instant was at no moment.
    let lasted = |index: &usize| counted.get(index + 1).is_none_or(|next| *next > counted[*index]);
    let worst = of_day.clone().filter(lasted).max_by_key(|index| badness(state_after(steps[*index].event)));
    let standing = worst.map_or(Standing::NotIssued, |index| {
        Standing::Was(LicenceStatus::at(state_after(steps[index].event), valid, false, begins))
    });
    let mut deciding: Vec<usize> = (0..steps.len().min(1)).chain(of_day).collect();
    deciding.dedup();
    Replayed { standing, changes, deciding, worst }
}

/// The state that a step makes of a licence.
fn state_after(event: Event) -> LicenceState {
    match event {
        Event::Issued | Event::Restored => LicenceState::Active,
        Event::Suspended => LicenceState::Suspended,
        Event::Revoked => LicenceState::Revoked,
        Event::Superseded => LicenceState::Superseded,
    }
}

/// Of two states, the worse has the higher; on whatever day, it is then also shown first.
fn badness(state: LicenceState) -> u8 {
    match state {
        LicenceState::Active => 0,
        LicenceState::Suspended => 1,
        LicenceState::Superseded => 2,
        LicenceState::Revoked => 3,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    fn steps(written: &[(Event, OffsetDateTime)]) -> Vec<Step> {
        written.iter().map(|(event, at)| Step { event: *event, at: *at }).collect()
    }

    fn was(steps: &[Step], day: Date) -> Standing {
        on_day(Validity { from: date!(2025 - 01 - 10), to: date!(2025 - 02 - 28) }, steps, day).standing
    }

    #[test]
    fn a_day_is_what_it_was_at_its_worst() {
        use Standing::{NotIssued, Was};
        let life = steps(&[
            (Event::Issued, datetime!(2025-01-05 10:00 +3)),
            (Event::Suspended, datetime!(2025-01-20 23:59:59 +3)),
            (Event::Restored, datetime!(2025-01-22 00:00 +3)),
            (Event::Suspended, datetime!(2025-01-25 09:00 +3)),
            (Event::Restored, datetime!(2025-01-25 09:30 +3)),
            (Event::Suspended, datetime!(2025-02-20 12:00 +3)),
            (Event::Revoked, datetime!(2025-02-24 12:00 +3)),
        ]);
        for (day, standing) in [
            (date!(2025 - 01 - 04), NotIssued),
            (date!(2025 - 01 - 05), Was(LicenceStatus::NotYetValid)),
            (date!(2025 - 01 - 09), Was(LicenceStatus::NotYetValid)),
            (date!(2025 - 01 - 10), Was(LicenceStatus::Valid)),
            (date!(2025 - 01 - 19), Was(LicenceStatus::Valid)),
            (date!(2025 - 01 - 20), Was(LicenceStatus::Suspended)),
            (date!(2025 - 01 - 21), Was(LicenceStatus::Suspended)),
            // Restored as it began.
            (date!(2025 - 01 - 22), Was(LicenceStatus::Valid)),
            (date!(2025 - 01 - 25), Was(LicenceStatus::Suspended)),
            (date!(2025 - 01 - 26), Was(LicenceStatus::Valid)),
            (date!(2025 - 02 - 24), Was(LicenceStatus::Revoked)),
            (date!(2025 - 03 - 01), Was(LicenceStatus::Revoked)),
        ] {
            assert_eq!(was(&life, day), standing, "{day}");
        }
        assert_eq!(was(&life[..5], date!(2025 - 02 - 28)), Was(LicenceStatus::Valid));
        assert_eq!(was(&life[..5], date!(2025 - 03 - 01)), Was(LicenceStatus::Expired));
        assert_eq!(was(&life[..6], date!(2025 - 03 - 01)), Was(LicenceStatus::Expired));
    }

    #[test]
    fn a_change_within_the_day_is_told_with_its_time() {
        let valid = Validity { from: date!(2025 - 01 - 10), to: date!(2025 - 02 - 28) };
        let (issued, held) = (datetime!(2025-01-10 10:00 +3), datetime!(2025-01-20 14:05 +3));
        let life = steps(&[(Event::Issued, issued), (Event::Suspended, held)]);
        let changes = |day| on_day(valid, &life, day).changes;
        assert_eq!(changes(date!(2025 - 01 - 10)), [Change { event: Event::Issued, at: issued }]);
        assert!(changes(date!(2025 - 01 - 15)).is_empty());
        assert_eq!(changes(date!(2025 - 01 - 20)), [Change { event: Event::Suspended, at: held }]);
        assert!(changes(date!(2025 - 01 - 21)).is_empty());
    }

    #[test]
    fn a_step_that_a_slow_clock_dated_back_counts_after_the_one_before() {
        let life = steps(&[
            (Event::Issued, datetime!(2025-01-10 10:00 +3)),
            (Event::Suspended, datetime!(2025-01-21 00:00:02 +3)),
            (Event::Restored, datetime!(2025-01-20 23:59:59 +3)),
            (Event::Suspended, datetime!(2025-01-22 00:00:01 +3)),
            (Event::Revoked, datetime!(2025-01-21 23:59:59 +3)),
        ]);
        for day in [date!(2025 - 01 - 20), date!(2025 - 01 - 21)] {
            assert_eq!(was(&life, day), Standing::Was(LicenceStatus::Valid), "{day}");
        }
        assert_eq!(was(&life, date!(2025 - 01 - 22)), Standing::Was(LicenceStatus::Revoked));
    }
}
