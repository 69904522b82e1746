//! What a person is known by, and the way to a licence. Pure: no clock, no database.

pub mod age;
pub mod email;
pub mod mobile;
pub mod name;
pub mod national_id;
pub mod national_turn;
pub mod path;
pub mod views;

pub use email::Email;
pub use mobile::Mobile;
pub use name::{ArabicName, LatinName};
pub use national_id::NationalId;
pub use national_turn::NationalTurn;
