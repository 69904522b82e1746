//! What a guardian is asked, and their consent. They need no account: the code proves the mobile.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::accounts::model::views;
use crate::error::AppError;

/// What a guardian is asked, by the id in the link they were sent.
///
/// # Errors
/// [`AppError::NotFound`] when nothing is asked under this id any more.
#[server(endpoint = "accounts/guardian_request", input = GetUrl)]
pub async fn guardian_request(attempt: String) -> Result<views::GuardianRequest, AppError> {
    use uuid::Uuid;

    use crate::accounts::store::guardians;
    use crate::licences::model::masked_name;

    let caller = crate::access::authorise("accounts/guardian_request")?;
    let attempt: Uuid = attempt.parse().map_err(|_| AppError::NotFound)?;
    let minor = guardians::minor(&mut *caller.connection().await?, attempt, caller.now).await?;
    let minor = minor.ok_or(AppError::NotFound)?;
    let further = [minor.father_name.as_deref(), minor.grandfather_name.as_deref(), Some(&minor.family_name)];
    Ok(views::GuardianRequest {
        masked_name: masked_name(&minor.given_name, further.into_iter().flatten()),
        consented: minor.consented,
    })
}

/// Gives consent, with the guardian's own ID and the code sent to their own mobile. The minor is told.
///
/// # Errors
/// Every field that needs mending; [`crate::error::Problem::CodeWrong`], [`crate::error::Problem::CodeSpent`];
/// [`crate::error::Problem::GuardianIsSelf`] with the minor's ID.
#[server(endpoint = "accounts/give_consent")]
pub async fn give_consent(
    attempt: String,
    guardian_name: String,
    national_id: String,
    code: String,
    #[server(default)] declaration: bool,
) -> Result<(), AppError> {
    use uuid::Uuid;

    use crate::accounts::model::NationalId;
    use crate::accounts::model::name::whole_name;
    use crate::accounts::store::codes::{self, Asked, Asking, Tried};
    use crate::accounts::store::guardians::{self, Consent};
    use crate::accounts::store::{limits, sealed};
    use crate::error::{Fields, Problem};
    use crate::messages::store::tell;
    use crate::messages::templates::Telling;
    use crate::text::digits;

    let caller = crate::access::authorise("accounts/give_consent")?;
    let mut fields = Fields::default();
    let name = fields.take("guardian_name", whole_name(&guardian_name));
    let national_id = fields.take("national_id", NationalId::parse(&national_id));
    let code = digits(&code).ok_or(Problem::CodeWrong);
    let code =
        fields.take("code", code.and_then(|code| if code.is_empty() { Err(Problem::Required) } else { Ok(code) }));
    if !declaration {
        fields.refuse("declaration", Problem::DeclarationNeeded);
    }
    fields.finish()?;
    let (Some(name), Some(national_id), Some(code)) = (name, national_id, code) else {
        return Err(AppError::Malformed);
    };
    let Ok(attempt) = attempt.parse::<Uuid>() else { return Err(Problem::CodeSpent.on("code")) };
    let keys = &caller.state.config.keys;
    limits::count_try(&mut *caller.connection().await?, keys, caller.address, caller.now).await?;

    let mut tx = caller.begin().await?;
    let tried = codes::try_code(&mut tx, keys, attempt, true, &code, caller.now).await?;
    if let Some(problem) = tried.problem() {
        // The count of a wrong try is what the commit is for.
        tx.commit().await?;
        return Err(problem);
    }
    let Tried::Right(Asking { asked: Asked::Guardian { minor }, mobile }) = tried else {
        return Err(AppError::Malformed);
    };
    // A refusal rolls back: the code stays good for another form mended.
    let consent = Consent {
        minor,
        attempt,
        name: &name,
        national_id: &sealed::national_id(keys, &national_id),
        mobile_hash: &mobile.hash,
    };
    guardians::consent(&mut tx, &consent, caller.now).await.map_err(|error| match error {
        AppError::Refused(problem @ (Problem::GuardianIsSelf | Problem::GuardianNotAdult)) => problem.on("national_id"),
        error => error,
    })?;
    tell(&mut tx, keys, minor, &Telling::GuardianConsented, caller.now).await?;
    tx.commit().await?;
    Ok(())
}
