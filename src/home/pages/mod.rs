pub mod components;
pub mod help;
pub mod home;
mod home_figures;
mod home_kinds;
mod kind_texts;
pub mod licence_kind;
pub mod privacy;
pub mod report_forgery;
