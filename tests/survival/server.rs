//! The server as a process.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::database::Database;
use super::visitor::client;

/// A running server. It does not outlive this.
pub struct Server {
    pub address: SocketAddr,
    child: Child,
}

/// Two loopback addresses that are free now.
fn free() -> [SocketAddr; 2] {
    let held = [(); 2].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
    held.map(|listener| listener.local_addr().unwrap())
}

impl Server {
    /// Starts one and waits until it is ready.
    pub async fn start(database: &Database, more: &[(&str, &str)]) -> Self {
        // Somebody else may take a free address before the server does: then it gets another.
        for _ in 0..5 {
            let [address, metrics] = free();
            let child = Command::new(env!("CARGO_BIN_EXE_rukhsa"))
                .arg("serve")
                .env_clear()
                .envs([
                    ("DATABASE_URL", database.url.as_str()),
                    ("RUKHSA_MODE", "development"),
                    ("RUKHSA_ADDR", &address.to_string()),
                    ("RUKHSA_METRICS_ADDR", &metrics.to_string()),
                    ("RUKHSA_ORIGIN", &format!("http://{address}")),
                    // Every visitor has an address of their own.
                    ("RUKHSA_TRUSTED_PROXIES", "127.0.0.1"),
                    ("LEPTOS_OUTPUT_NAME", "rukhsa"),
                    ("RUST_LOG", "error"),
                ])
                .envs(more.iter().copied())
                .stdin(Stdio::null())
                .spawn()
                .unwrap();
            let mut server = Self { address, child };
            if server.gets_ready().await {
                return server;
            }
        }
        panic!("the server does not start");
    }

    async fn gets_ready(&mut self) -> bool {
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(1) {
            if self.child.try_wait().unwrap().is_some() {
                return false;
            }
            // Long enough for one answer of a machine that is busy.
            if self.is_ready_within(Duration::from_secs(2)).await {
                // Unless it was another server that answered at the address.
                return self.child.try_wait().unwrap().is_none();
            }
        }
        false
    }

    /// Whether it says within this time that it is ready.
    pub async fn is_ready_within(&self, time: Duration) -> bool {
        let url = format!("http://{}/readyz", self.address);
        let client = client();
        let ready = async {
            while !client.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(time, ready).await.is_ok()
    }

    /// Kills it as `kill -9` does, and waits until it is gone.
    pub fn kill(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL. An error means that it has ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
