//! Random histories: the answer for a day against another way to find it, which looks at the day hour by hour.

use std::cell::RefCell;
use std::collections::HashSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use time::macros::{date, datetime};
use time::{Date, Duration, OffsetDateTime};

use crate::licences::model::{LicenceStatus, Validity};
use crate::oversight::model::Event;
use crate::receipts::model::{Standing, Step, on_day};
use crate::testing::scale;

/// Midnight in Riyadh, and its day.
const BASE: OffsetDateTime = datetime!(2025-01-01 00:00 +3);
const BASE_DAY: Date = date!(2025 - 01 - 01);

/// A licence's days, its history, and a day to ask about. All happens at whole hours, often at midnight; now and then a
/// slow clock dates a step back.
fn lives() -> impl Strategy<Value = (Validity, Vec<Step>, Date)> {
    let steps = prop::collection::vec((0i64..70, 0u8..8, 0u8..12), 0..9);
    (0i64..96, steps, -12i64..12, 1i64..40, -3i64..45).prop_map(|(issued, drawn, from, length, day)| {
        let mut at = issued;
        let mut steps = vec![Step { event: Event::Issued, at: BASE + Duration::hours(at) }];
        for (gap, choice, skew) in drawn {
            // Most gaps end at midnight or within the day.
            at += if gap % 3 == 0 { 24 - at % 24 } else { gap % 31 };
            let held = steps.last().is_some_and(|last| last.event == Event::Suspended);
            let event = match choice {
                0 => Event::Revoked,
                1 => Event::Superseded,
                _ if held => Event::Restored,
                _ => Event::Suspended,
            };
            let back = if skew == 0 { 2 } else { 0 };
            steps.push(Step { event, at: BASE + Duration::hours(at - back) });
            if matches!(event, Event::Revoked | Event::Superseded) {
                break;
            }
        }
        let from = BASE_DAY + Duration::days(issued / 24 + from);
        let valid = Validity { from, to: from + Duration::days(length) };
        (valid, steps, BASE_DAY + Duration::days(day))
    })
}

/// What the licence shows during an hour: by the longest beginning of its history of which all had happened.
fn in_hour(valid: Validity, steps: &[Step], day: Date, hour: OffsetDateTime) -> Option<&'static str> {
    let happened = (1..=steps.len()).rev().find(|many| steps[..*many].iter().all(|step| step.at <= hour))?;
    Some(match steps[happened - 1].event {
        Event::Revoked => "revoked",
        Event::Superseded => "superseded",
        _ if day > valid.to => "expired",
        Event::Suspended => "suspended",
        _ if day < valid.from => "not_yet_valid",
        _ => "valid",
    })
}

/// The worst of the day's 24 hours.
fn another_way(valid: Validity, steps: &[Step], day: Date) -> &'static str {
    let midnight = BASE + Duration::days((day - BASE_DAY).whole_days());
    let shown: HashSet<&str> =
        (0..24).filter_map(|hour| in_hour(valid, steps, day, midnight + Duration::hours(hour))).collect();
    let by_badness = ["revoked", "superseded", "expired", "suspended", "not_yet_valid", "valid"];
    by_badness.into_iter().find(|status| shown.contains(status)).unwrap_or("not_issued")
}

#[test]
fn answers_for_random_histories_are_found_in_another_way_too() {
    let met = RefCell::new(HashSet::new());
    let cases = u32::try_from(scale(5_000, 100_000)).unwrap();
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&lives(), |(valid, steps, day)| {
            let replayed = on_day(valid, &steps, day);
            prop_assert_eq!(replayed.standing.code(), another_way(valid, &steps, day));
            met.borrow_mut().insert((replayed.standing, replayed.changes.len().min(3)));
            // From the steps that a receipt carries the same follows.
            let carried: Vec<Step> = replayed.deciding.iter().map(|index| steps[*index]).collect();
            let again = on_day(valid, &carried, day);
            prop_assert_eq!((again.standing, again.changes), (replayed.standing, replayed.changes));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    let met = met.into_inner();
    for standing in Standing::ALL {
        let possible = standing != Standing::NotFound;
        assert_eq!(met.iter().any(|(one, _)| *one == standing), possible, "{standing:?}");
    }
    let suspended = Standing::Was(LicenceStatus::Suspended);
    assert!(met.iter().any(|(one, changes)| *one == suspended && *changes > 1), "several changes within a day");
}
