//! Topics of the question banks: looked at, made, changed.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use crate::error::AppError;
use crate::programmes::model::{TopicLine, TopicView};

/// Every topic.
///
/// # Errors
/// [`AppError::Forbidden`] for anybody but administrators.
#[server(endpoint = "programmes/topics", input = GetUrl)]
pub async fn topics() -> Result<Vec<TopicLine>, AppError> {
    use crate::programmes::store::topics;

    let caller = crate::access::authorise("programmes/topics")?;
    let mut connection = caller.connection().await?;
    topics::topics(&mut connection, caller.locale).await
}

/// One topic.
///
/// # Errors
/// [`AppError::NotFound`] when there is none with this id.
#[server(endpoint = "programmes/topic", input = GetUrl)]
pub async fn topic(#[server(default)] id: String) -> Result<TopicView, AppError> {
    use crate::programmes::store::topics;

    let caller = crate::access::authorise("programmes/topic")?;
    let id = Uuid::parse_str(&id).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    topics::topic(&mut connection, id).await
}

/// Makes a topic and leads to the list.
///
/// # Errors
/// What is wrong, by field; [`crate::error::Problem::CodeTaken`] against `code`.
#[server(endpoint = "programmes/create_topic")]
pub async fn create_topic(
    #[server(default)] code: String,
    #[server(default)] name_ar: String,
    #[server(default)] name_en: String,
    #[server(default)] reading_ar: String,
    #[server(default)] reading_en: String,
) -> Result<(), AppError> {
    use crate::error::Fields;
    use crate::programmes::model::{self, TopicTexts};
    use crate::programmes::store::topics;

    let caller = crate::access::authorise("programmes/create_topic")?;
    let mut fields = Fields::default();
    let code = fields.take("code", model::code(&code));
    let texts = TopicTexts::read(&mut fields, [&name_ar, &name_en], [&reading_ar, &reading_en]);
    fields.finish()?;
    let (Some(code), Some(texts)) = (code, texts) else { return Err(AppError::Malformed) };
    let mut tx = caller.begin().await?;
    topics::create(&mut tx, &code, &texts, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect("/admin/topics");
    Ok(())
}

/// Changes the names of a topic and what to read of it.
///
/// # Errors
/// What is wrong, by field; [`AppError::NotFound`].
#[server(endpoint = "programmes/change_topic")]
pub async fn change_topic(
    topic: Uuid,
    #[server(default)] name_ar: String,
    #[server(default)] name_en: String,
    #[server(default)] reading_ar: String,
    #[server(default)] reading_en: String,
) -> Result<(), AppError> {
    use crate::error::Fields;
    use crate::programmes::model::TopicTexts;
    use crate::programmes::store::topics;

    let caller = crate::access::authorise("programmes/change_topic")?;
    let mut fields = Fields::default();
    let texts = TopicTexts::read(&mut fields, [&name_ar, &name_en], [&reading_ar, &reading_en]);
    fields.finish()?;
    let texts = texts.ok_or(AppError::Malformed)?;
    let mut tx = caller.begin().await?;
    topics::change(&mut tx, topic, &texts, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/topics/{topic}?saved=yes"));
    Ok(())
}
