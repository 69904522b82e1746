//! Regions and cities to choose from.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::accounts::model::views::Region;
use crate::error::AppError;

/// Every region with its cities, in the language of the request.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "accounts/places", input = GetUrl)]
pub async fn places() -> Result<Vec<Region>, AppError> {
    use crate::accounts::store::places;

    let caller = crate::access::authorise("accounts/places")?;
    let cities = places::cities(&mut *caller.connection().await?).await?;
    let mut regions: Vec<(String, Region)> = Vec::new();
    for city in cities {
        if regions.last().is_none_or(|(code, _)| *code != city.region) {
            let name = caller.choose(city.region_ar, city.region_en);
            regions.push((city.region.clone(), Region { name, cities: Vec::new() }));
        }
        if let Some((_, region)) = regions.last_mut() {
            region.cities.push((format!("{}/{}", city.region, city.code), caller.choose(city.name_ar, city.name_en)));
        }
    }
    Ok(regions.into_iter().map(|(_, region)| region).collect())
}
