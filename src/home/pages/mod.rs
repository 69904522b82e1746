pub mod components;
pub mod feedback;
pub mod home;
mod home_figures;
mod home_kinds;
mod kind_texts;
pub mod licence_kind;
pub mod reading;
