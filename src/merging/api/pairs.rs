//! The pairs of records that may be one person's.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::merging::model::PairsPage;

/// Pairs, narrowed, ordered and paged as the URL of `/admin/duplicates` spells it: those that wait unless another standing is named.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "merging/pairs", input = GetUrl)]
pub async fn pairs(
    #[server(default)] standing: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<PairsPage, AppError> {
    use crate::merging::model::Standing;
    use crate::merging::store::pairs;
    use crate::place::{Order, Place};

    let caller = crate::access::authorise("merging/pairs")?;
    let standing = Standing::from_code(&standing).unwrap_or_default();
    let order = Order::parse(&order, standing.usual_order());
    let mut connection = caller.connection().await?;
    let (pairs, next) = pairs::list(&mut connection, standing, order, Place::parse(&after)).await?;
    Ok(PairsPage { pairs, next: next.map(|place| place.code()) })
}
