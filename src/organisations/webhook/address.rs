//! Where an endpoint may be: on the public internet, and nowhere that only this machine or its neighbours reach. Asked when
//! it is opened, and again of every address that is connected to: a name may lead elsewhere later.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::error::Problem;
use crate::server::config::Config;

/// Characters of an address at most; the database says the same.
const LONGEST: usize = 500;
/// How long finding a name's addresses may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// How far deliveries go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Public,
    /// This machine too, without TLS: where the portal is developed, so is what it tells.
    ThisMachine,
}

impl Reach {
    /// As far as a portal configured so goes.
    pub fn of(config: &Config) -> Self {
        if config.is_development() { Self::ThisMachine } else { Self::Public }
    }

    /// Whether an address may be connected to.
    pub fn permits(self, address: IpAddr) -> bool {
        is_public(address) || (self == Self::ThisMachine && address.is_loopback())
    }
}

/// An address, or what a name leads to, is none that deliveries go to.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("address refused")]
pub struct Refused;

/// Reads the address of an endpoint: https, the usual port, no name or password in it, and no address of a network that is
/// not public. `http` to this machine where [`Reach`] says so.
///
/// # Errors
/// [`Problem::Required`], [`Problem::UrlInvalid`], [`Problem::UrlNotPublic`].
pub fn target(typed: &str, reach: Reach) -> Result<Url, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Problem::Required);
    }
    let url = Url::parse(typed).map_err(|_| Problem::UrlInvalid)?;
    let host = url.host_str().ok_or(Problem::UrlInvalid)?;
    let plain = url.as_str().len() <= LONGEST
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none();
    if !plain {
        return Err(Problem::UrlInvalid);
    }
    let here = reach == Reach::ThisMachine && matches!(host, "127.0.0.1" | "localhost") && url.port().is_some();
    match url.scheme() {
        "http" if here => Ok(url),
        "https" if url.port().is_none() => match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) if !reach.permits(address) => Err(Problem::UrlNotPublic),
            _ => Ok(url),
        },
        _ => Err(Problem::UrlInvalid),
    }
}

/// As [`target`], and its name leads to addresses that deliveries go to.
///
/// # Errors
/// As [`target`]; [`Problem::UrlNotPublic`] too for a name that leads elsewhere, or nowhere.
pub async fn checked(typed: &str, reach: Reach) -> Result<Url, Problem> {
    let url = target(typed, reach)?;
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    addresses(host, reach).await.map_err(|_| Problem::UrlNotPublic)?;
    Ok(url)
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The addresses of a name, if deliveries go to all of them.
async fn addresses(host: &str, reach: Reach) -> Result<Vec<SocketAddr>, Failure> {
    let found = tokio::time::timeout(TIMEOUT, tokio::net::lookup_host((host, 0))).await??;
    Ok(reached(found.collect(), reach)?)
}

/// What a name leads to, where deliveries go to all of it: one address that is not public among others makes the name one
/// that is not.
fn reached(found: Vec<SocketAddr>, reach: Reach) -> Result<Vec<SocketAddr>, Refused> {
    if found.is_empty() || !found.iter().all(|one| reach.permits(one.ip())) {
        return Err(Refused);
    }
    Ok(found)
}

impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = *self;
        Box::pin(async move {
            let found: Addrs = Box::new(addresses(name.as_str(), reach).await?.into_iter());
            Ok(found)
        })
    }
}

/// Whether an address is of the public internet (IANA special-purpose address registries, RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    // This network, private, loopback, shared by carriers; link-local, where some clouds give out the secrets of a machine;
    // protocol assignments, examples, a relay that is no more, benchmarks; multicast, reserved and broadcast.
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    // The one such address of a cloud among the public ones.
    !special && address != Ipv4Addr::new(168, 63, 129, 16)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Global unicast alone: neither loopback, local, link-local and multicast addresses nor IPv4 in any other guise.
    let global = (0x2000..=0x3fff).contains(&a);
    // Of those: protocol assignments with Teredo, examples, and 6to4, which may lead to any IPv4.
    let special = (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    global && !special
}

#[cfg(test)]
mod tests;
