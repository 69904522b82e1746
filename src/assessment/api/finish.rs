use leptos::prelude::*;

use crate::error::AppError;

/// Hands an attempt in and leads to its result. Handing in a closed one leads there too: nothing is counted twice.
///
/// # Errors
/// [`AppError::NotFound`] for what is no attempt of the caller's.
#[server(endpoint = "assessment/finish")]
pub async fn finish(enrolment: String, attempt: String) -> Result<(), AppError> {
    use crate::assessment::model::result_path;
    use crate::assessment::own::{number, own_test};
    use crate::assessment::store::closing::{self, Due};
    use crate::assessment::store::held;
    use crate::server::database;

    let caller = crate::access::authorise("assessment/finish")?;
    let (held, mut connection) = own_test(&caller, &enrolment).await?;
    let ordinal = number(&attempt)?;
    let attempts = held::attempts(&mut connection, held.subject).await?;
    let attempt = attempts.iter().find(|one| one.ordinal == ordinal).ok_or(AppError::NotFound)?;
    let mut tx = database::begin_on(&mut connection, Some(held.person)).await?;
    closing::close(&mut tx, Due { id: attempt.id, subject: held.subject }, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&result_path(&enrolment, ordinal));
    Ok(())
}
