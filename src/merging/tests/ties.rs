//! Ties are a person's, whichever of their records they stand on.

use uuid::Uuid;

use super::{merged, two};
use crate::access::Role;
use crate::licences::tests::organisation;
use crate::testing::TestApp;

async fn may_decide(app: &TestApp, reviewer: Uuid, applicant: Uuid) -> bool {
    sqlx::query_scalar("SELECT may_decide($1, $2, NULL)")
        .bind(reviewer)
        .bind(applicant)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

/// Whether the set of tied people says the same of everybody.
async fn agrees(app: &TestApp) {
    let differing: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT r.id, p.id FROM persons r, persons p
         WHERE may_decide(r.id, p.id, NULL) = (p.id IN (SELECT tied_people(r.id)))",
    )
    .fetch_all(&app.pool)
    .await
    .unwrap();
    assert_eq!(differing, []);
}

#[tokio::test]
async fn a_team_shared_with_the_record_that_went_ties_still() {
    let app = TestApp::start().await;
    let (leader, [gone, kept]) = (app.verified_person().await, two(&app).await);
    let body = organisation(&app).await;
    sqlx::query(
        "WITH team AS (
             INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id)
             VALUES ('team-x', 'فريق', 'Team', 'فريق', 'غ', 'P', 'riyadh', $1::uuid, $2) RETURNING id)
         INSERT INTO memberships (team_id, person_id) SELECT id, $3 FROM team",
    )
    .bind(&body)
    .bind(leader)
    .bind(gone)
    .execute(&app.owner)
    .await
    .unwrap();
    assert!(may_decide(&app, leader, kept).await);
    merged(&app, gone, kept).await;
    assert!(!may_decide(&app, leader, kept).await && !may_decide(&app, kept, leader).await);
    agrees(&app).await;
}

#[tokio::test]
async fn nobody_decides_about_a_record_of_their_own_nor_where_they_confirmed_one() {
    let app = TestApp::start().await;
    let (trainer, programme) = (app.staff(Role::Trainer).await, app.programme("practitioner").await);
    let session = app.session(programme, 5, trainer).await;
    let (gone, kept) = (app.person().await, app.verified_person().await);
    sqlx::query(
        "INSERT INTO identity_confirmations (person_id, method, confirmed_by, session_id, confirmed_at)
         VALUES ($1, 'trainer', $2, $3, now())",
    )
    .bind(gone)
    .bind(trainer)
    .bind(session)
    .execute(&app.pool)
    .await
    .unwrap();
    assert!(may_decide(&app, kept, gone).await && may_decide(&app, trainer, kept).await);
    merged(&app, gone, kept).await;
    assert!(!may_decide(&app, kept, gone).await && !may_decide(&app, trainer, kept).await);
    agrees(&app).await;
}
