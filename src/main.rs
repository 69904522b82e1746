//! Launches the program; everything else is in the library.

/// Pages are made of many small pieces, and the system's allocator took a sixth of their time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    rukhsa::cli::run()
}
