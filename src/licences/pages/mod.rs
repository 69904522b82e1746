//! Pages about one's own requests and licences.

pub mod card;
mod card_history;
mod rejected;
mod renewal_line;
pub mod request;
pub mod request_licence;
mod returned;
