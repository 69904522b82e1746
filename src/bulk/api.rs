//! What anyone with the address of a list may see of it.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::bulk::model::CheckView;
use crate::error::AppError;

/// How far a list is and, once all of it is answered, a page of its rows: of one state or of all, from after a line on.
///
/// # Errors
/// [`AppError::NotFound`] for one that is not there, or not any more.
#[server(name = ReadCheck, endpoint = "bulk/check", input = GetUrl)]
pub async fn check(
    #[server(default)] id: String,
    #[server(default)] state: String,
    #[server(default)] after: String,
) -> Result<CheckView, AppError> {
    use crate::bulk::model::{KEPT, PAGE_ROWS, RowState};
    use crate::bulk::store;

    let caller = crate::access::authorise("bulk/check")?;
    let id = uuid::Uuid::parse_str(&id).map_err(|_| AppError::NotFound)?;
    // Not a replica, which may not have heard of it yet.
    let mut connection = caller.connection().await?;
    let store::Progress { created_at, counts, answered_from } =
        store::progress(&mut connection, id, caller.now).await?;
    let kept_until = created_at + KEPT;
    let mut view = CheckView { id, counts, answered_from, kept_until, rows: Vec::new(), next: None };
    if view.waiting() == 0 {
        let (state, after) = (RowState::from_code(&state), after.parse().unwrap_or(0));
        view.rows = store::rows(&mut connection, id, state, after, PAGE_ROWS + 1).await?;
        view.next = crate::place::cut(&mut view.rows, PAGE_ROWS, |row| row.line);
        crate::bulk::holders::name(&mut connection, &mut view.rows, caller.now).await?;
    }
    Ok(view)
}
