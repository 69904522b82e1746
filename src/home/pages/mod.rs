pub mod help;
pub mod home;
