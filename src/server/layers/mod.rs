//! What stands around every request, a layer a file.

pub mod client_address;
pub mod headers;
pub mod kept_form;
pub mod log;
pub mod plain_page;
pub mod rate_limit;
pub mod server_functions;
pub mod static_files;
