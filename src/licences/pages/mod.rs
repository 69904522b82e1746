//! Pages about one's own requests and licences.

pub mod card;
pub mod request;
pub mod request_licence;
