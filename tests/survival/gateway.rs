//! A gateway for text messages that answers when it is told to.

use std::net::Ipv4Addr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub struct Gateway {
    pub url: String,
    listener: TcpListener,
}

/// A message that the gateway has taken and not yet answered.
pub struct Taken {
    stream: TcpStream,
    request: String,
}

impl Gateway {
    pub async fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        Self { url: format!("http://{}/", listener.local_addr().unwrap()), listener }
    }

    /// Waits for the next message: all of it.
    pub async fn takes(&self) -> Taken {
        let (mut stream, _) = self.listener.accept().await.unwrap();
        let (mut request, mut piece) = (Vec::new(), [0; 4096]);
        while !request.ends_with(b"}") {
            let length = stream.read(&mut piece).await.unwrap();
            assert_ne!(length, 0, "cut off: {}", String::from_utf8_lossy(&request));
            request.extend_from_slice(&piece[..length]);
        }
        Taken { stream, request: String::from_utf8(request).unwrap() }
    }
}

impl Taken {
    /// The id of the delivery.
    pub fn delivery(&self) -> String {
        let key = self.request.lines().find_map(|line| line.strip_prefix("idempotency-key: "));
        key.expect("every message says which it is").to_owned()
    }

    pub async fn answer(mut self) {
        self.stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await.unwrap();
    }
}
