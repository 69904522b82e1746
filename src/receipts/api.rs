//! What anybody may ask about a day that is over, and about a receipt.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::model::{Checked, Told};
use crate::error::AppError;

/// What the licence of a number was on a day: `date`, as in `2026-01-03`, or else the day that was typed in a calendar.
///
/// # Errors
/// What is wrong with the number or the day as they were typed.
#[server(endpoint = "receipts/ask", input = GetUrl)]
pub async fn ask(
    number: String,
    #[server(default)] date: String,
    #[server(default)] on_day: String,
    #[server(default)] on_month: String,
    #[server(default)] on_year: String,
    #[server(default)] on_calendar: String,
) -> Result<Told, AppError> {
    let caller = crate::access::authorise("receipts/ask")?;
    let number = crate::licences::model::LicenceNumber::parse(&number).map_err(|problem| problem.on("number"))?;
    let today = crate::calendar::riyadh_day(caller.now);
    let day = super::model::day_asked(&date, [&on_day, &on_month, &on_year, &on_calendar], today)
        .map_err(|problem| problem.on("on_day"))?;
    crate::receipts::answering::answer(&caller.state, &number, day, caller.now).await
}

/// What is found of a text that was given as a receipt.
///
/// # Errors
/// Where nothing was given, or more than a receipt ever has.
#[server(endpoint = "receipts/check")]
pub async fn check(receipt: String) -> Result<Checked, AppError> {
    use crate::error::Problem;
    let caller = crate::access::authorise("receipts/check")?;
    if receipt.trim().is_empty() {
        return Err(Problem::Required.on("receipt"));
    }
    if receipt.len() > super::model::LONGEST_RECEIPT {
        return Err(Problem::TooLong.on("receipt"));
    }
    crate::server::kept_form::show_again();
    crate::receipts::answering::check(&caller.state, &receipt).await
}
