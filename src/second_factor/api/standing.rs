//! Where somebody stands with their second factor.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::second_factor::model;

/// The factors of who asks, and whether this sign-in has passed one.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "second_factor/standing", input = GetUrl)]
pub async fn standing() -> Result<model::Standing, AppError> {
    use crate::second_factor::store::{codes, is_open, passkeys};

    let caller = crate::access::authorise("second_factor/standing")?;
    let actor = caller.actor()?;
    let mut connection = caller.connection().await?;
    let open = is_open(&mut connection, actor.person, caller.now).await?;
    let check = match actor.second_factor_at {
        None => model::Check::Due,
        Some(_) if actor.is_fresh(caller.now) => model::Check::Fresh,
        Some(_) => model::Check::Passed,
    };
    let draft = if check == model::Check::Fresh || open {
        codes::drafted(&mut connection, &caller.state.config.keys, actor.session, caller.now).await?
    } else {
        Vec::new()
    };
    Ok(model::Standing {
        staff: !actor.roles.is_empty(),
        check,
        open,
        passkeys: passkeys::list(&mut connection, actor.person).await?,
        codes_left: codes::left(&mut connection, actor.person).await?,
        draft,
    })
}
