//! Who may do what: roles, the person behind a request, and the matrix of server functions.

#[cfg(feature = "ssr")]
mod caller;
#[cfg(feature = "ssr")]
pub mod matrix;
#[cfg(all(test, feature = "ssr"))]
mod tests;

use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use caller::{Actor, Caller, ClientAddress, authorise, caller, permit};

/// A staff role. A volunteer has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Trainer,
    Reviewer,
    Administrator,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Trainer, Self::Reviewer, Self::Administrator];

    /// As the database and the command line spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Trainer => "trainer",
            Self::Reviewer => "reviewer",
            Self::Administrator => "administrator",
        }
    }

    /// Reads [`Role::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// What the shell of every page knows of who is signed in. Nothing personal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub signed_in: bool,
    pub roles: Vec<Role>,
}

impl SignedIn {
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
