//! A wire to Postgres that can be cut.

use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::server::database;

/// A wire to Postgres that can be cut. Where a test's runtime has one thread, no answer arrives over it before the one
/// who waits has pended.
pub struct Wire {
    port: u16,
    options: PgConnectOptions,
    running: Option<JoinHandle<()>>,
}

impl Wire {
    /// A wire to the database of a pool.
    pub async fn new(pool: &PgPool) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let mut wire = Self { port, options: (*pool.connect_options()).clone(), running: None };
        wire.mend().await;
        wire
    }

    /// The application's pool at the near end.
    pub fn pool(&self) -> PgPool {
        database::pool_with(self.options.clone().host("127.0.0.1").port(self.port))
    }

    /// Makes it whole, after a cut.
    pub async fn mend(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.unwrap();
        let postgres = (self.options.get_host().to_owned(), self.options.get_port());
        self.running = Some(tokio::spawn(async move {
            // Dropped with this task, and with it every connection.
            let mut connections = JoinSet::new();
            while let Ok((mut near, _)) = listener.accept().await {
                let postgres = postgres.clone();
                connections.spawn(async move {
                    if let Ok(mut far) = TcpStream::connect(postgres).await {
                        let _ = copy_bidirectional(&mut near, &mut far).await;
                    }
                });
            }
        }));
    }

    /// Ends every connection over it; new ones are refused until it is mended.
    pub async fn cut(&mut self) {
        if let Some(running) = self.running.take() {
            running.abort();
            let _ = running.await;
        }
    }
}
