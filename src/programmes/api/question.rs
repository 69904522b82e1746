//! Making, mending and retiring a question.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;
use crate::programmes::model::TypedQuestion;

/// Makes a question and leads to it.
///
/// # Errors
/// What is wrong, by field.
#[server(endpoint = "programmes/create_question")]
pub async fn create_question(#[server(flatten)] question: TypedQuestion) -> Result<(), AppError> {
    use crate::programmes::store::mending;

    let caller = crate::access::authorise("programmes/create_question")?;
    let texts = question.read()?;
    let mut tx = caller.begin().await?;
    let id = mending::create(&mut tx, &texts, None, None, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/questions/{id}"));
    Ok(())
}

/// Puts another question in the place of this one, and leads to it.
///
/// # Errors
/// What is wrong, by field; [`crate::error::Problem::NoLongerPossible`] when it is retired already.
#[server(endpoint = "programmes/mend_question")]
pub async fn mend_question(id: Uuid, #[server(flatten)] question: TypedQuestion) -> Result<(), AppError> {
    use crate::programmes::store::mending;

    let caller = crate::access::authorise("programmes/mend_question")?;
    let texts = question.read()?;
    let mut tx = caller.begin().await?;
    let new = mending::mend(&mut tx, id, &texts, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/questions/{new}"));
    Ok(())
}

/// Retires a question, or brings it back.
///
/// # Errors
/// [`AppError::NotFound`]; [`crate::error::Problem::QuestionReplaced`].
#[server(endpoint = "programmes/retire_question")]
pub async fn retire_question(id: Uuid, retired: bool) -> Result<(), AppError> {
    use crate::programmes::store::mending;

    let caller = crate::access::authorise("programmes/retire_question")?;
    let mut tx = caller.begin().await?;
    mending::set_retired(&mut tx, id, retired, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/questions/{id}?retired={retired}"));
    Ok(())
}
