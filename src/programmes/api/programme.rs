//! Making, changing and retiring a programme.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Makes a programme and leads to it.
///
/// # Errors
/// What is wrong, by field; [`crate::error::Problem::CodeTaken`] against `code`.
#[server(endpoint = "programmes/create_programme")]
pub async fn create_programme(
    #[server(default)] code: String,
    #[server(default)] kind: String,
    #[server(default)] title_ar: String,
    #[server(default)] title_en: String,
    #[server(default)] summary_ar: String,
    #[server(default)] summary_en: String,
    #[server(default)] hours: String,
) -> Result<(), AppError> {
    use crate::error::{Fields, Problem};
    use crate::licences::model::LicenceKind;
    use crate::programmes::model::{self, ProgrammeTexts};
    use crate::programmes::store::programmes;

    let caller = crate::access::authorise("programmes/create_programme")?;
    let mut fields = Fields::default();
    let code = fields.take("code", model::code(&code));
    let kind = fields.take("kind", LicenceKind::from_code(&kind).ok_or(Problem::Required));
    let texts = ProgrammeTexts::read(&mut fields, [&title_ar, &title_en], [&summary_ar, &summary_en], &hours);
    fields.finish()?;
    let (Some(code), Some(kind), Some(texts)) = (code, kind, texts) else { return Err(AppError::Malformed) };
    let mut tx = caller.begin().await?;
    let id = programmes::create(&mut tx, &code, kind, &texts, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/programmes/{id}"));
    Ok(())
}

/// Changes the texts and hours of a programme.
///
/// # Errors
/// What is wrong, by field; [`AppError::NotFound`].
#[server(endpoint = "programmes/change_programme")]
pub async fn change_programme(
    programme: Uuid,
    #[server(default)] title_ar: String,
    #[server(default)] title_en: String,
    #[server(default)] summary_ar: String,
    #[server(default)] summary_en: String,
    #[server(default)] hours: String,
) -> Result<(), AppError> {
    use crate::error::Fields;
    use crate::programmes::model::ProgrammeTexts;
    use crate::programmes::store::programmes;

    let caller = crate::access::authorise("programmes/change_programme")?;
    let mut fields = Fields::default();
    let texts = ProgrammeTexts::read(&mut fields, [&title_ar, &title_en], [&summary_ar, &summary_en], &hours);
    fields.finish()?;
    let texts = texts.ok_or(AppError::Malformed)?;
    let mut tx = caller.begin().await?;
    programmes::change(&mut tx, programme, &texts, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/programmes/{programme}?saved=yes"));
    Ok(())
}

/// Retires a programme, or brings it back. Its sessions go on.
///
/// # Errors
/// [`AppError::NotFound`].
#[server(endpoint = "programmes/retire_programme")]
pub async fn retire_programme(programme: Uuid, retired: bool) -> Result<(), AppError> {
    use crate::programmes::store::programmes;

    let caller = crate::access::authorise("programmes/retire_programme")?;
    let mut tx = caller.begin().await?;
    programmes::set_retired(&mut tx, programme, retired, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/programmes/{programme}?retired={retired}"));
    Ok(())
}
