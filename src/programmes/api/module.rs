//! Making, changing, putting in force and retiring a renewal module.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Makes a module as a draft and leads to it.
///
/// # Errors
/// What is wrong, by field.
#[server(endpoint = "programmes/create_module")]
pub async fn create_module(
    #[server(default)] kind: String,
    #[server(default)] title_ar: String,
    #[server(default)] title_en: String,
    #[server(default)] reading_ar: String,
    #[server(default)] reading_en: String,
    #[server(default)] minutes: String,
) -> Result<(), AppError> {
    use crate::error::{Fields, Problem};
    use crate::licences::model::LicenceKind;
    use crate::programmes::model::ModuleTexts;
    use crate::programmes::store::modules;

    let caller = crate::access::authorise("programmes/create_module")?;
    let mut fields = Fields::default();
    let kind = fields.take("kind", LicenceKind::from_code(&kind).ok_or(Problem::Required));
    let texts = ModuleTexts::read(&mut fields, [&title_ar, &title_en], [&reading_ar, &reading_en], &minutes);
    fields.finish()?;
    let (Some(kind), Some(texts)) = (kind, texts) else { return Err(AppError::Malformed) };
    let mut tx = caller.begin().await?;
    let id = modules::create(&mut tx, kind, &texts, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/modules/{id}"));
    Ok(())
}

/// Changes the texts of a module.
///
/// # Errors
/// What is wrong, by field; [`AppError::NotFound`]; [`crate::error::Problem::ModuleRetired`].
#[server(endpoint = "programmes/change_module")]
pub async fn change_module(
    module: Uuid,
    #[server(default)] title_ar: String,
    #[server(default)] title_en: String,
    #[server(default)] reading_ar: String,
    #[server(default)] reading_en: String,
    #[server(default)] minutes: String,
) -> Result<(), AppError> {
    use crate::error::Fields;
    use crate::programmes::model::ModuleTexts;
    use crate::programmes::store::modules;

    let caller = crate::access::authorise("programmes/change_module")?;
    let mut fields = Fields::default();
    let texts = ModuleTexts::read(&mut fields, [&title_ar, &title_en], [&reading_ar, &reading_en], &minutes);
    fields.finish()?;
    let texts = texts.ok_or(AppError::Malformed)?;
    let mut tx = caller.begin().await?;
    modules::change(&mut tx, module, &texts, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/modules/{module}?saved=yes"));
    Ok(())
}

/// Puts a module in force, in the place of the one of its licence that is.
///
/// # Errors
/// [`AppError::NotFound`]; [`crate::error::Problem::ModuleNotReady`].
#[server(endpoint = "programmes/publish_module")]
pub async fn publish_module(module: Uuid) -> Result<(), AppError> {
    use crate::programmes::store::publishing;

    let caller = crate::access::authorise("programmes/publish_module")?;
    let mut tx = caller.begin().await?;
    publishing::publish(&mut tx, module, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/modules/{module}?published=yes"));
    Ok(())
}

/// Retires a module.
///
/// # Errors
/// [`AppError::NotFound`].
#[server(endpoint = "programmes/retire_module")]
pub async fn retire_module(module: Uuid) -> Result<(), AppError> {
    use crate::programmes::store::publishing;

    let caller = crate::access::authorise("programmes/retire_module")?;
    let mut tx = caller.begin().await?;
    publishing::retire(&mut tx, module, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/modules/{module}?retired=yes"));
    Ok(())
}
