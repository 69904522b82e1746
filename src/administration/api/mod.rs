//! What an administrator does, and what a person does with what is held on them. A file for each thing done.

mod access_log;
mod audit;
mod closing;
mod held;
mod person;
mod settings;
mod staff;

pub use access_log::access_log;
pub use audit::audit;
pub use closing::{CloseAccount, close_account, closing};
pub use held::held;
pub use person::{FindPerson, find_person, person};
pub use settings::{ChangeSetting, change_setting, setting, settings};
pub use staff::{GrantRole, ResetSecondFactor, RevokeRole, grant_role, reset_second_factor, revoke_role, staff};
