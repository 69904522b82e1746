//! «هل أفادتك هذه الصفحة؟»: the answer from the footer of a page.

use leptos::prelude::*;

use crate::error::AppError;

/// Keeps what a visitor says of the page they are on, which the browser names. Without script it leads back to that
/// page's thanks.
///
/// # Errors
/// A remark over 500 characters, and [`AppError::TooMany`] over 30 answers an hour from one address.
#[server(name = SendFeedback, endpoint = "home/feedback")]
pub async fn feedback(useful: bool, #[server(default)] remark: String) -> Result<(), AppError> {
    use axum::http::{HeaderValue, header, request::Parts};
    use leptos_axum::ResponseOptions;

    use crate::error::Problem;
    use crate::home::store::feedback::{self, LONGEST_REMARK, PER_ADDRESS};
    use crate::server::layers::server_functions::page_of;
    use crate::text::one_line;

    let caller = crate::access::authorise("home/feedback")?;
    let remark = one_line(&remark);
    if remark.chars().count() > LONGEST_REMARK {
        return Err(Problem::TooLong.on("remark"));
    }
    let page = use_context::<Parts>().and_then(|parts| page_of(&parts.headers));
    let mut connection = caller.connection().await?;
    let who = caller.state.config.keys.hash("feedback", &caller.address.to_string());
    PER_ADDRESS.count(&mut connection, &who, caller.now).await?;
    let path = page.as_ref().map_or("", |page| page.path());
    feedback::insert(&mut connection, path, useful, &remark, caller.now).await?;
    // Only a form without script goes where this says; a script shows the thanks in place.
    if let (Some(page), Some(response)) = (page, use_context::<ResponseOptions>())
        && let Ok(thanks) = HeaderValue::from_str(&format!("{page}#thanks"))
    {
        response.insert_header(header::LOCATION, thanks);
    }
    Ok(())
}
