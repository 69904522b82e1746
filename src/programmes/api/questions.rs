//! Looking at the question banks.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::programmes::model::{QuestionView, QuestionsPage};

/// The questions; every argument as the URL of `/admin/questions` spells it.
///
/// # Errors
/// [`AppError::Forbidden`] for anybody but administrators.
#[server(endpoint = "programmes/questions", input = GetUrl)]
pub async fn questions(
    #[server(default)] retired: String,
    #[server(default)] kind: String,
    #[server(default)] topic: String,
    #[server(default)] module: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<QuestionsPage, AppError> {
    use crate::place::Place;
    use crate::programmes::model::QuestionFilter;
    use crate::programmes::store::questions;

    let caller = crate::access::authorise("programmes/questions")?;
    let filter = QuestionFilter::parse(&retired, &kind, &topic, &module, &order);
    let mut connection = caller.connection().await?;
    questions::questions(&mut connection, &filter, Place::parse(&after), caller.locale).await
}

/// One question, to be mended; with an empty id, the form of a new one, of a renewal module where one is named.
///
/// # Errors
/// [`AppError::NotFound`] when there is none with this id, or no such module.
#[server(endpoint = "programmes/question", input = GetUrl)]
pub async fn question(
    #[server(default)] id: String,
    #[server(default)] module: String,
) -> Result<QuestionView, AppError> {
    use crate::programmes::model::TypedQuestion;
    use crate::programmes::store::{choices, modules, questions, statistics};

    let caller = crate::access::authorise("programmes/question")?;
    let mut connection = caller.connection().await?;
    if id.is_empty() {
        let mut typed = TypedQuestion { module, ..TypedQuestion::default() };
        if !typed.module.is_empty() {
            let module = uuid::Uuid::parse_str(&typed.module).map_err(|_| AppError::NotFound)?;
            let kind = modules::module(&mut connection, module, caller.locale, caller.now).await?.line.kind;
            kind.code().clone_into(&mut typed.kind);
        }
        return Ok(QuestionView {
            id: None,
            typed,
            topics: choices::topics(&mut connection, caller.locale).await?,
            modules: choices::modules(&mut connection, caller.locale, false).await?,
            module: None,
            retired: false,
            replaces: None,
            replaced_by: None,
            statistics: statistics::none(),
        });
    }
    let id = uuid::Uuid::parse_str(&id).map_err(|_| AppError::NotFound)?;
    questions::question(&mut connection, id, caller.locale).await
}
