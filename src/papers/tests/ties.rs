//! Who recorded a result does not decide it, and nobody records or decides across a tie: not at the desk, not by hand.

use axum::http::StatusCode;
use uuid::Uuid;

use super::{Hall, invalid, refused, rule};
use crate::access::Role;
use crate::review::tests::ties::tie;

/// Gives somebody a further role, as the machine itself does.
async fn grant(hall: &Hall, person: Uuid, role: Role) {
    sqlx::query("INSERT INTO staff_roles (person_id, role, granted_at) VALUES ($1, $2, $3)")
        .bind(person)
        .bind(role.code())
        .bind(hall.app.clock.now())
        .execute(&hall.app.pool)
        .await
        .unwrap();
}

#[tokio::test]
async fn who_recorded_it_does_not_decide_it() {
    let hall = Hall::new().await;
    grant(&hall, hall.trainer, Role::Administrator).await;
    let both = hall.app.sign_in(hall.trainer).await;
    let sheet = hall.waiting("20").await;
    for endpoint in ["papers/confirm", "papers/decline"] {
        assert_eq!(hall.decide(endpoint, &both, sheet).await, refused("SecondOfficerNeeded"), "{endpoint}");
    }
    for pool in hall.pools() {
        for state in ["confirmed", "declined"] {
            assert_eq!(rule(hall.settle(pool, sheet, state, hall.trainer).await), "paper_results_second_officer");
        }
    }
    // Nor under another record of theirs.
    let other = hall.app.staff(Role::Administrator).await;
    let mut tx = hall.app.owner.begin().await.unwrap();
    sqlx::query("ALTER TABLE persons DISABLE TRIGGER USER").execute(&mut *tx).await.unwrap();
    sqlx::query("UPDATE persons SET merged_into = $2 WHERE id = $1")
        .bind(hall.trainer)
        .bind(other)
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query("ALTER TABLE persons ENABLE TRIGGER USER").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let cookie = hall.app.sign_in(other).await;
    assert_eq!(hall.decide("papers/confirm", &cookie, sheet).await, refused("SecondOfficerNeeded"));
    assert_eq!((hall.sheets().await, hall.attempts().await.len()), (vec!["waiting".to_owned()], 0));
    // A second officer does.
    assert_eq!(hall.confirm(sheet).await.0, StatusCode::OK);
}

#[tokio::test]
async fn nobody_decides_across_a_tie() {
    for how in ["own", "team", "organisation", "identity"] {
        let mut hall = Hall::new().await;
        let officer = hall.app.staff(Role::Administrator).await;
        if how == "own" {
            hall.person = officer;
            hall.enrolment = hall.app.attended(hall.session, officer).await;
        } else {
            tie(&hall.app, officer, hall.person, how).await;
        }
        let cookie = hall.app.sign_in(officer).await;
        let sheet = hall.waiting("20").await;
        for endpoint in ["papers/confirm", "papers/decline"] {
            assert_eq!(hall.decide(endpoint, &cookie, sheet).await, refused("TiedToPerson"), "{how} {endpoint}");
        }
        for pool in hall.pools() {
            for state in ["confirmed", "declined"] {
                let done = hall.settle(pool, sheet, state, officer).await;
                assert_eq!(rule(done), "paper_results_untied", "{how} {state}");
            }
        }
        assert_eq!(hall.attempts().await.len(), 0, "{how}");
        let (_, page) = hall.app.get("/admin/results", Some(&cookie)).await;
        assert!(page.contains("تربطك بصاحبها صلة") && !page.contains("اعتماد النتيجة"), "{how}");
    }
}

#[tokio::test]
async fn a_tie_made_after_the_recording_stops_the_confirmation() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("20").await;
    tie(&hall.app, hall.officer, hall.person, "team").await;
    assert_eq!(hall.confirm(sheet).await, refused("TiedToPerson"));
}

#[tokio::test]
async fn nobody_records_a_result_of_their_own_team() {
    let hall = Hall::new().await;
    tie(&hall.app, hall.trainer, hall.person, "team").await;
    assert_eq!(hall.record("20").await, invalid(hall.enrolment, "TiedToPerson"));
    for pool in hall.pools() {
        assert_eq!(rule(hall.write(pool, hall.trainer, 20, 20).await), "paper_results_untied");
    }
    let (_, page) = hall.app.get(&format!("/trainer/{}/results", hall.session), Some(&hall.trainers)).await;
    assert!(page.contains("يسجّل نتيجته مدرب آخر"), "{page}");
}

#[tokio::test]
async fn results_are_decided_by_administrators_alone() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("20").await;
    let reviewer = hall.app.staff(Role::Reviewer).await;
    let gone = hall.app.staff(Role::Administrator).await;
    sqlx::query("UPDATE staff_roles SET revoked_at = $2 WHERE person_id = $1")
        .bind(gone)
        .bind(hall.app.clock.now())
        .execute(&hall.app.owner)
        .await
        .unwrap();
    for pool in hall.pools() {
        for by in [reviewer, gone, hall.app.person().await] {
            assert_eq!(rule(hall.settle(pool, sheet, "confirmed", by).await), "paper_results_by_administrator");
            assert_eq!(rule(hall.settle(pool, sheet, "withdrawn", by).await), "paper_results_withdrawn_by_own");
        }
    }
}
