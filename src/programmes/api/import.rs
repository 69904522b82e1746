//! Importing files.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use crate::error::AppError;
use crate::programmes::model::Import;

/// Looks at a pasted file without importing any of it, and leads to what was found.
///
/// # Errors
/// Against `csv`: what is wrong with the file as a whole.
#[server(endpoint = "programmes/check_file")]
pub async fn check_file(#[server(default)] what: String, #[server(default)] csv: String) -> Result<(), AppError> {
    use crate::programmes::model::ImportKind;
    use crate::programmes::store::imports;

    let caller = crate::access::authorise("programmes/check_file")?;
    let kind = ImportKind::from_code(&what).ok_or(AppError::Malformed)?;
    let mut tx = caller.begin().await?;
    // Postgres keeps no null character in a text.
    let id = imports::check(&mut tx, kind, &csv.replace('\0', ""), caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/imports/{id}"));
    Ok(())
}

/// A file that was sent, and what was found in it.
///
/// # Errors
/// [`AppError::NotFound`] when there is none with this id.
#[server(name = ReadImport, endpoint = "programmes/import", input = GetUrl)]
pub async fn import(#[server(default)] id: String) -> Result<Import, AppError> {
    use crate::programmes::store::imports;

    let caller = crate::access::authorise("programmes/import")?;
    let id = Uuid::parse_str(&id).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    imports::import(&mut connection, id).await
}

/// Imports a file whole, or, where a row is bad by now, nothing of it. Leads to what was found.
///
/// # Errors
/// [`AppError::NotFound`].
#[server(endpoint = "programmes/run_import")]
pub async fn run_import(import: Uuid) -> Result<(), AppError> {
    use crate::programmes::store::imports;

    let caller = crate::access::authorise("programmes/run_import")?;
    let mut tx = caller.begin().await?;
    imports::run(&mut tx, import, caller.person()?, caller.now).await?;
    tx.commit().await?;
    // Elsewhere than the page it was asked from, so that it is read anew.
    leptos_axum::redirect(&format!("/admin/imports/{import}?run=yes"));
    Ok(())
}
