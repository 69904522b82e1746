use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::home::reading::Text;

/// The text of a page to read, in the language of the request.
///
/// # Errors
/// [`AppError::NotFound`] for what is no such page.
#[allow(clippy::unused_async, reason = "every server function is asynchronous")]
#[server(name = FetchText, endpoint = "home/text", input = GetUrl)]
pub async fn text(page: String) -> Result<Text, AppError> {
    let caller = crate::access::authorise("home/text")?;
    crate::home::texts::of(&page, caller.locale, &caller.state.config.origin).ok_or(AppError::NotFound)
}
