//! Somebody who signs in, as a browser does it.

use std::net::SocketAddr;

use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::Value;

/// A client that keeps no connection, so that a server that is gone refuses it.
pub fn client() -> Client {
    Client::builder().pool_max_idle_per_host(0).build().unwrap()
}

/// What a visitor was told was done.
pub enum Acknowledged {
    /// A code was asked for, under this id.
    Asked(String),
    /// The visitor was signed in, with this cookie.
    SignedIn(Visitor, String),
}

/// An answer that did not come.
#[derive(Debug)]
pub struct Cut {
    /// Whether the request had reached the server.
    pub under_way: bool,
}

/// One of a hundred million people, each with an ID, a mobile and an address of their own.
#[derive(Clone)]
pub struct Visitor {
    client: Client,
    server: SocketAddr,
    serial: u32,
}

impl Visitor {
    pub fn new(client: &Client, server: SocketAddr, serial: u32) -> Self {
        Self { client: client.clone(), server, serial }
    }

    /// The same visitor at another server.
    pub fn at(&self, server: SocketAddr) -> Self {
        Self::new(&self.client, server, self.serial)
    }

    /// A national ID with its right check digit.
    fn national_id(&self) -> String {
        let stem = format!("1{:08}", self.serial);
        let sum: u32 = stem
            .bytes()
            .zip(0u32..)
            .map(|(byte, place)| match u32::from(byte - b'0') {
                digit if place % 2 == 0 => digit * 2 / 10 + digit * 2 % 10,
                digit => digit,
            })
            .sum();
        format!("{stem}{}", (10 - sum % 10) % 10)
    }

    fn mobile(&self) -> String {
        format!("+9665{:08}", self.serial)
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, Cut> {
        let [_, high, middle, low] = self.serial.to_be_bytes();
        let origin = format!("http://{}", self.server);
        let request = request
            .header(ORIGIN, origin)
            .header("sec-fetch-site", "same-origin")
            .header("x-forwarded-for", format!("10.{high}.{middle}.{low}"))
            .header(ACCEPT, "application/json");
        match request.send().await {
            Ok(answer) => Ok(answer),
            Err(error) => Err(Cut { under_way: !error.is_connect() }),
        }
    }

    async fn post(&self, endpoint: &str, body: String) -> Result<Response, Cut> {
        self.post_as(None, endpoint, body).await
    }

    async fn post_as(&self, cookie: Option<&str>, endpoint: &str, body: String) -> Result<Response, Cut> {
        let request = self.client.post(format!("http://{}/api/{endpoint}", self.server));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        let request = if let Some(cookie) = cookie { request.header(COOKIE, cookie) } else { request };
        let answer = self.send(request).await?;
        match answer.status() {
            StatusCode::OK => Ok(answer),
            // Its database went away meanwhile: not acknowledged.
            status if status.is_server_error() => Err(Cut { under_way: true }),
            status => panic!("{endpoint}: {status}"),
        }
    }

    /// Asks for a code; returns the id of the asking.
    pub async fn asks(&self) -> Result<String, Cut> {
        let body = format!("national_id={}&mobile=%2B{}", self.national_id(), &self.mobile()[1..]);
        let answer = self.post("accounts/ask_code", body).await?;
        let page = answer.headers()[LOCATION].to_str().unwrap();
        Ok(page.strip_prefix("/sign-in/code/").unwrap().to_owned())
    }

    /// The code in the message that came.
    async fn code(&self) -> Result<String, Cut> {
        let url = format!("http://{}/dev/inbox.json?to=%2B{}", self.server, &self.mobile()[1..]);
        // Reading changes nothing: it counts as no request under way.
        let cut = Cut { under_way: false };
        let Ok(answer) = self.send(self.client.get(url)).await else { return Err(cut) };
        // Its database went away meanwhile.
        if answer.status().is_server_error() {
            return Err(cut);
        }
        let Ok(messages) = answer.json::<Value>().await else { return Err(cut) };
        assert_eq!(messages.as_array().unwrap().len(), 1, "one message for one asking");
        Ok(messages[0]["code"].as_str().unwrap().to_owned())
    }

    /// Asks for a code and signs in with it; says of each as soon as it is acknowledged.
    pub async fn signs_in(&self, say: impl Fn(Acknowledged)) -> Result<(), Cut> {
        let attempt = self.asks().await?;
        say(Acknowledged::Asked(attempt.clone()));
        let code = self.code().await?;
        let answer = self.post("accounts/confirm_code", format!("attempt={attempt}&code={code}")).await?;
        let cookie = answer.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        say(Acknowledged::SignedIn(self.clone(), cookie));
        Ok(())
    }

    /// Does something with a cookie.
    pub async fn acts(&self, cookie: &str, endpoint: &str, body: String) -> Result<(), Cut> {
        self.post_as(Some(cookie), endpoint, body).await.map(drop)
    }

    /// Asks, as a reviewer, for every renewal that waits to be approved.
    pub async fn starts_renewals(&self, cookie: &str) {
        let request = self.client.post(format!("http://{}/api/renewal/approve_waiting", self.server));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").header(COOKIE, cookie);
        assert_eq!(self.send(request.body(String::new())).await.unwrap().status(), StatusCode::OK);
    }

    /// Whether a cookie opens the account. A connection that died with Postgres costs one request an error, once.
    pub async fn is_signed_in(&self, cookie: &str) -> bool {
        for _ in 0..50 {
            let request = self.client.get(format!("http://{}/api/accounts/home", self.server)).header(COOKIE, cookie);
            let status = self.send(request).await.unwrap().status();
            if !status.is_server_error() {
                return status == StatusCode::OK;
            }
        }
        false
    }
}
