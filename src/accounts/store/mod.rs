//! Every query about people, accounts and how they sign in.

pub mod accounts;
pub mod codes;
pub mod guardians;
pub mod home;
pub mod limits;
pub mod mending;
pub mod places;
pub mod profiles;
pub mod roles;
pub mod sealed;
pub mod sessions;
pub mod single_sign_on;
