//! Programmes that were passed, as a certificate tells of them.

use sqlx::PgConnection;
use time::Date;
use uuid::Uuid;

use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::i18n::Locale;

/// A passed enrolment.
pub struct Passed {
    /// The programme's, in the language asked for.
    pub title: String,
    pub hours: i16,
    pub name: String,
    pub latin_name: String,
    /// The day its test was passed.
    pub on: Date,
}

/// A person's own enrolment that was passed, on whichever record of theirs it stands.
///
/// # Errors
/// [`AppError::NotFound`] for one that was not passed, that is not there and that is somebody else's alike.
pub async fn passed(
    connection: &mut PgConnection,
    person: Uuid,
    enrolment: Uuid,
    locale: Locale,
) -> Result<Passed, AppError> {
    let row = sqlx::query!(
        r#"SELECT CASE WHEN $3 THEN g.title_en ELSE g.title_ar END AS "title!", g.hours, a.finished_at AS "finished_at!",
             concat_ws(' ', p.given_name, p.father_name, p.grandfather_name, p.family_name) AS "name!",
             coalesce(p.latin_name, '') AS "latin_name!"
         FROM enrolments e JOIN programmes g ON g.id = e.programme_id JOIN persons p ON p.id = e.person_id
         JOIN attempts a ON a.enrolment_id = e.id AND a.state = 'passed'
         WHERE e.id = $1 AND e.state = 'passed' AND e.person_id = ANY (ARRAY(SELECT records_of($2)))
         ORDER BY a.finished_at LIMIT 1"#,
        enrolment,
        person,
        locale == Locale::en
    )
    .fetch_one(connection)
    .await?;
    Ok(Passed {
        title: row.title,
        hours: row.hours,
        name: row.name,
        latin_name: row.latin_name,
        on: riyadh_day(row.finished_at),
    })
}
