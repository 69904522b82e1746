//! What an administrator does about training. A file for each thing.

mod cancel;
mod change;
mod import;
mod module;
mod modules;
mod plan;
mod programme;
mod programmes;
mod question;
mod questions;
mod sessions;
mod topics;

pub use cancel::{CancelSession, cancel_session};
pub use change::{ChangeSession, change_session};
pub use import::{CheckFile, RunImport, check_file, import, run_import};
pub use module::{
    ChangeModule, CreateModule, PublishModule, RetireModule, change_module, create_module, publish_module,
    retire_module,
};
pub use modules::{module, modules};
pub use plan::{PlanSessions, choices, plan_sessions};
pub use programme::{
    ChangeProgramme, CreateProgramme, RetireProgramme, change_programme, create_programme, retire_programme,
};
pub use programmes::{programme, programmes};
pub use question::{CreateQuestion, MendQuestion, RetireQuestion, create_question, mend_question, retire_question};
pub use questions::{question, questions};
pub use sessions::{session, sessions};
pub use topics::{ChangeTopic, CreateTopic, change_topic, create_topic, topic, topics};
