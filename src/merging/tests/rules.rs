//! What the database refuses, asked by hand as the application's role.

use time::Duration;
use uuid::Uuid;

use super::{KIND, administrator, by_hand, holder, merged, merged_into, pair_of, rule, two};
use crate::access::Role;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{licensed, manages, organisation, passes, ready, submitted};
use crate::merging::model::{Blocker, Standing};
use crate::testing::TestApp;

#[tokio::test]
async fn the_enum_mirrors_the_databases_state_machine() {
    let app = TestApp::start().await;
    let mut steps: Vec<(String, String)> = Vec::new();
    for from in Standing::ALL {
        for to in Standing::ALL.iter().filter(|to| from.can_become(**to)) {
            steps.push((from.code().to_owned(), to.code().to_owned()));
        }
    }
    steps.sort();
    let there: Vec<(String, String)> =
        sqlx::query_as("SELECT from_state, to_state FROM state_transitions WHERE machine = 'pair' ORDER BY 1, 2")
            .fetch_all(&app.pool)
            .await
            .unwrap();
    assert_eq!(steps, there);
}

/// That one record cannot be merged into another, by which rule; and that the other way is open unless it is said.
async fn stands_in_the_way(app: &TestApp, gone: Uuid, kept: Uuid, blocker: Blocker, either_way: bool) {
    let (by, _) = administrator(app).await;
    let pair = pair_of(app, gone, kept).await;
    let blockers = async |gone: Uuid, kept: Uuid| -> Vec<String> {
        sqlx::query_scalar("SELECT merging_blockers($1, $2, $3)")
            .bind(gone)
            .bind(kept)
            .bind(app.clock.now())
            .fetch_all(&app.pool)
            .await
            .unwrap()
    };
    assert_eq!(blockers(gone, kept).await, [blocker.code()]);
    let expected = format!("merges_{}", blocker.code());
    assert_eq!(rule(by_hand(app, pair, gone, kept, by).await), expected);
    assert_eq!(merged_into(app, gone).await, None);
    if either_way {
        assert_eq!(rule(by_hand(app, pair, kept, gone, by).await), expected);
    } else {
        by_hand(app, pair, kept, gone, by).await.unwrap();
        assert_eq!(merged_into(app, kept).await, Some(gone));
    }
}

#[tokio::test]
async fn both_are_verified_and_there() {
    let app = TestApp::start().await;
    let (known, stranger) = (app.verified_person().await, app.person().await);
    stands_in_the_way(&app, stranger, known, Blocker::Identity, true).await;
    let [gone, kept] = two(&app).await;
    let cookie = app.sign_in(gone).await;
    app.post("administration/close_account", Some(&cookie), &[("understood", "true")]).await;
    stands_in_the_way(&app, gone, kept, Blocker::Closed, true).await;
}

#[tokio::test]
async fn no_two_licences_of_one_kind_become_one_persons() {
    let app = TestApp::start().await;
    stands_in_the_way(&app, holder(&app).await, holder(&app).await, Blocker::Licence, true).await;
    // Nor by way of a record that was merged before.
    let [first, second] = two(&app).await;
    merged(&app, first, second).await;
    let third = holder(&app).await;
    let fourth = holder(&app).await;
    let plain = app.verified_person().await;
    merged(&app, third, plain).await;
    let (by, _) = administrator(&app).await;
    let pair = pair_of(&app, fourth, plain).await;
    assert_eq!(rule(by_hand(&app, pair, fourth, plain, by).await), "merges_licence");
    // What has ended is in nobody's way.
    app.clock.advance(Duration::days(3 * 366));
    by_hand(&app, pair, fourth, plain, by).await.unwrap();
}

#[tokio::test]
async fn licences_of_two_kinds_or_two_organisations_are_in_nobodys_way() {
    let app = TestApp::start().await;
    let leader = holder(&app).await;
    passes(&app, leader, LicenceKind::TeamLeader).await;
    licensed(&app, leader, LicenceKind::TeamLeader, app.clock.now()).await;
    let manager = ready(&app, LicenceKind::Management).await;
    manages(&app, manager, &organisation(&app).await).await;
    let (by, _) = administrator(&app).await;
    let pair = pair_of(&app, leader, manager).await;
    by_hand(&app, pair, leader, manager, by).await.unwrap();
}

#[tokio::test]
async fn what_is_under_way_on_the_record_that_goes_is_ended_first() {
    let app = TestApp::start().await;
    let applicant = ready(&app, KIND).await;
    submitted(&app, applicant, KIND, app.clock.now()).await;
    stands_in_the_way(&app, applicant, app.verified_person().await, Blocker::OpenRequest, false).await;

    let (trainer, programme) = (app.staff(Role::Trainer).await, app.programme("practitioner").await);
    let session = app.session(programme, 5, trainer).await;
    let attending = app.verified_person().await;
    app.attended(session, attending).await;
    stands_in_the_way(&app, attending, app.verified_person().await, Blocker::Enrolment, false).await;

    stands_in_the_way(&app, app.staff(Role::Reviewer).await, app.verified_person().await, Blocker::StaffRole, false)
        .await;

    let (manager, body) = (app.verified_person().await, organisation(&app).await);
    manages(&app, manager, &body).await;
    stands_in_the_way(&app, manager, app.verified_person().await, Blocker::Organisation, false).await;

    let leader = app.verified_person().await;
    sqlx::query(
        "INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id)
         VALUES ('team-x', 'فريق', 'Team', 'فريق', 'غ', 'P', 'riyadh', $1::uuid, $2)",
    )
    .bind(&body)
    .bind(leader)
    .execute(&app.owner)
    .await
    .unwrap();
    stands_in_the_way(&app, leader, app.verified_person().await, Blocker::Team, false).await;
}

#[tokio::test]
async fn there_are_no_chains() {
    let app = TestApp::start().await;
    let [first, second] = two(&app).await;
    let third = app.verified_person().await;
    merged(&app, first, second).await;
    // Others were merged into it: it goes nowhere itself, but more may come.
    stands_in_the_way(&app, second, third, Blocker::Merged, false).await;
    let (by, _) = administrator(&app).await;
    let fourth = app.verified_person().await;
    let pair = pair_of(&app, first, fourth).await;
    for (gone, kept) in [(first, fourth), (fourth, first)] {
        assert_eq!(rule(by_hand(&app, pair, gone, kept, by).await), "merges_merged");
    }
    let records: Vec<Uuid> =
        sqlx::query_scalar("SELECT records_of($1)").bind(first).fetch_all(&app.pool).await.unwrap();
    assert_eq!(records.len(), 3);
    assert_eq!(records[0], second);
}

#[tokio::test]
async fn pairs_are_settled_once_by_an_administrator_who_is_neither() {
    let app = TestApp::start().await;
    let [gone, kept] = two(&app).await;
    let pair = pair_of(&app, gone, kept).await;
    let reviewer = app.staff(Role::Reviewer).await;
    assert_eq!(rule(by_hand(&app, pair, gone, kept, reviewer).await), "likely_pairs_by_administrator");
    let (own, _) = administrator(&app).await;
    let own_pair = pair_of(&app, gone, own).await;
    assert_eq!(rule(by_hand(&app, own_pair, gone, own, own).await), "likely_pairs_by_other");
    // Not of another pair's people.
    let (by, _) = administrator(&app).await;
    assert_eq!(rule(by_hand(&app, own_pair, gone, kept, by).await), "merges_of_pair");
    let settle = async |state: &str, by: Uuid, reason: &str| {
        sqlx::query("UPDATE likely_pairs SET state = $2, settled_at = $3, settled_by = $4, reason = $5 WHERE id = $1")
            .bind(pair)
            .bind(state)
            .bind(app.clock.now())
            .bind(by)
            .bind(reason)
            .execute(&app.pool)
            .await
            .map(drop)
    };
    assert_eq!(rule(settle("merged", by, "holder_asked").await), "likely_pairs_by_merge");
    assert_eq!(rule(settle("dismissed", reviewer, "both_came").await), "likely_pairs_by_administrator");
    assert_eq!(rule(settle("dismissed", by, "holder_asked").await), "likely_pairs_accounted_for");
    settle("dismissed", by, "both_came").await.unwrap();
    assert_eq!(rule(settle("dismissed", by, "no_evidence").await), "likely_pairs_fixed");
    assert_eq!(rule(by_hand(&app, pair, gone, kept, by).await), "merges_of_pair");
    let gone = sqlx::query("DELETE FROM likely_pairs WHERE id = $1").bind(pair).execute(&app.pool).await.map(drop);
    assert_eq!(rule(gone), "likely_pairs_append_only");
}

#[tokio::test]
async fn a_record_is_merged_by_a_merge_alone_and_for_good() {
    let app = TestApp::start().await;
    let [gone, kept] = two(&app).await;
    let set = async |person: Uuid, into: Option<Uuid>| {
        sqlx::query("UPDATE persons SET merged_into = $2 WHERE id = $1")
            .bind(person)
            .bind(into)
            .execute(&app.owner)
            .await
            .map(drop)
    };
    assert_eq!(rule(set(gone, Some(kept)).await), "persons_merged_by_merge");
    merged(&app, gone, kept).await;
    assert_eq!(rule(set(gone, None).await), "persons_merged_by_merge");
    assert_eq!(rule(set(gone, Some(app.person().await)).await), "persons_merged_by_merge");
    for statement in ["DELETE FROM merges", "UPDATE merges SET merged_at = now()"] {
        assert_eq!(rule(sqlx::query(statement).execute(&app.owner).await.map(drop)), "merges_append_only");
        assert!(sqlx::query(statement).execute(&app.pool).await.is_err());
    }
}
