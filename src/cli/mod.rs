//! The command line: `serve`, `migrate`, `seed`, `keys`, `log`, `admin`. The only place that knows every feature.

mod admin;
mod keys;
mod log;
mod migrate;
mod routes;
mod seed;
mod serve;
mod tasks;

#[cfg(test)]
pub use routes::{page_paths, router, within_layers};
#[cfg(test)]
pub use tasks::{tasks, webhooks};

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::access::Role;
use crate::server::config::Config;
use crate::server::telemetry;

/// The portal of a national volunteer-work licence scheme.
#[derive(Parser)]
#[command(name = "rukhsa", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the portal and runs its jobs until told to stop.
    Serve,
    /// Brings the database up to date, as its owner (`DATABASE_OWNER_URL`).
    Migrate,
    /// Loads the demonstration set. Development only.
    Seed,
    /// The keys that licences are signed with.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// The log of all that happened to licences.
    Log {
        #[command(subcommand)]
        command: LogCommand,
    },
    /// Administration from the machine itself.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Makes the key of a calendar year, for `RUKHSA_SIGNING_KEYS`.
    New { year: i32 },
    /// Retires a key whose private half has come into other hands: nothing that it signed counts any more.
    Retire {
        /// Its `kid` at `/.well-known/jwks.json`.
        kid: String,
    },
}

#[derive(Subcommand)]
enum LogCommand {
    /// Replays the whole log and names what was changed by hand. Fails where anything was.
    Verify {
        /// A checkpoint that was kept outside, as `/log/checkpoint` gave it.
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Gives a role to a verified person, or prints a one-time link for whoever opens it first.
    Grant {
        #[arg(long, value_parser = |code: &str| Role::from_code(code).ok_or("trainer, reviewer or administrator"))]
        role: Role,
        /// The person's id, shown on their account page. They must be verified. Without it, a link is printed.
        #[arg(long)]
        person: Option<uuid::Uuid>,
    },
    /// Drops every second factor of an officer who has lost them: within seven days they add a first one again.
    ResetSecondFactor {
        /// The person's id.
        #[arg(long)]
        person: uuid::Uuid,
    },
}

/// A command that could not be done: one line for each thing to mend.
type Outcome = Result<(), Vec<String>>;

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start_logs();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("rukhsa: {error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(async {
        match cli.command {
            Command::Migrate => migrate::run().await,
            Command::Serve => Box::pin(serve::run(config()?)).await,
            Command::Seed => seed::run(config()?).await,
            Command::Keys { command: KeysCommand::New { year } } => keys::new(year),
            Command::Keys { command: KeysCommand::Retire { kid } } => keys::retire(config()?, &kid).await,
            Command::Log { command: LogCommand::Verify { checkpoint } } => log::verify(config()?, checkpoint).await,
            Command::Admin { command: AdminCommand::Grant { role, person } } => {
                admin::grant(config()?, role, person).await
            }
            Command::Admin { command: AdminCommand::ResetSecondFactor { person } } => {
                admin::reset_second_factor(config()?, person).await
            }
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in problems {
                eprintln!("rukhsa: {problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn config() -> Result<Config, Vec<String>> {
    Config::read(|name| std::env::var(name).ok())
}

/// Any error as the outcome of a command.
fn failed(error: impl std::fmt::Display) -> Vec<String> {
    vec![error.to_string()]
}
