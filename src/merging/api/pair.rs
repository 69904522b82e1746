//! A pair with both its records.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::merging::model::PairView;

/// A pair with both its records. That they were compared is noted for either, before anything of them is handed out.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such pair; [`AppError::Forbidden`] for who is one of the two.
#[server(endpoint = "merging/pair", input = GetUrl)]
pub async fn pair(#[server(default)] pair: String) -> Result<PairView, AppError> {
    use uuid::Uuid;

    use crate::accounts::store::home;
    use crate::administration::model::Reading;
    use crate::administration::store::{audit, people};
    use crate::merging::model::{RecordView, masked_number};
    use crate::merging::store::pairs;

    let caller = crate::access::authorise("merging/pair")?;
    let officer = caller.person()?;
    let id = Uuid::parse_str(&pair).map_err(|_| AppError::NotFound)?;
    let (keys, locale, now) = (&caller.state.config.keys, caller.locale, caller.now);
    let mut connection = caller.connection().await?;
    let found = pairs::pair(&mut connection, officer, id).await?;
    audit::reading(&mut connection, officer, Reading::RecordsCompared, &found.people, now).await?;
    let mut records = Vec::with_capacity(2);
    for (person, other) in [(found.people[0], found.people[1]), (found.people[1], found.people[0])] {
        let known = people::person(&mut connection, person, locale, now).await?;
        let number = pairs::number(&mut connection, keys, person).await?;
        let blockers = pairs::blockers(&mut connection, other, person, now).await?;
        let (licences, requests, enrolments) = home::belongings(&mut connection, person, now).await?.lists(locale);
        records.push(RecordView {
            person,
            name: known.name,
            number: masked_number(&number),
            registered_at: known.registered_at,
            identity: known.identity,
            closed: known.closed_at.is_some(),
            merged: known.merged_into.is_some(),
            licences,
            requests,
            enrolments,
            blockers,
        });
    }
    let records = records.try_into().map_err(|_| AppError::NotFound)?;
    Ok(PairView { pair: id, standing: found.standing, found_at: found.found_at, outcome: found.outcome, records })
}
