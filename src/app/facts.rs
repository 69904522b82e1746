//! What a page knows of the request it answers, handed to the browser with it.

use serde::{Deserialize, Serialize};

use crate::access::SignedIn;
use crate::ui::form::KeptForm;

/// Facts of a request. Nothing here may be another person's.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    pub signed_in: SignedIn,
    pub kept: Option<KeptForm>,
    pub development: bool,
    /// Whether the national single sign-on is configured.
    pub single_sign_on: bool,
}
