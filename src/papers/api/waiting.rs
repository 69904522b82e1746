//! The sheets that wait for the second officer.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::papers::model::WaitingPage;

/// The sheets that wait, oldest first unless another order is named; every argument as the URL of `/admin/results` spells
/// it.
///
/// # Errors
/// When the database is away.
#[server(name = ReadWaiting, endpoint = "papers/waiting", input = GetUrl)]
pub async fn waiting(
    #[server(default)] kind: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<WaitingPage, AppError> {
    use crate::licences::model::LicenceKind;
    use crate::papers::store::waiting;
    use crate::place::{Order, Place};

    let caller = crate::access::authorise("papers/waiting")?;
    let mut connection = caller.connection().await?;
    let officer = caller.person()?;
    let (kind, order) = (LicenceKind::from_slug(&kind), Order::parse(&order, Order::Earliest));
    let after = Place::parse(&after);
    let (sheets, next) = waiting::list(&mut connection, officer, kind, order, after, caller.locale).await?;
    Ok(WaitingPage { sheets, next: next.map(|place| place.code()) })
}
