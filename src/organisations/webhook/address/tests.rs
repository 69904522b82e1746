//! Addresses that are reached, and those that are not.

use super::*;
use crate::testing::TestApp;

#[test]
fn no_address_but_a_public_one_is_reached() {
    let refused = [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.8.8.8",
        "168.63.129.16",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
    ];
    for address in refused {
        assert!(!Reach::Public.permits(address.parse().unwrap()), "{address}");
    }
    let reached = [
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.1.1",
        "192.0.1.1",
        "198.17.1.1",
        "198.20.1.1",
        "223.255.255.254",
        "2001:200::1",
        "2606:4700::1111",
        "2a00:1450::1",
        "3ffe::1",
    ];
    for address in reached {
        assert!(Reach::Public.permits(address.parse().unwrap()), "{address}");
    }
    assert!(Reach::ThisMachine.permits("127.0.0.1".parse().unwrap()));
    assert!(!Reach::ThisMachine.permits("169.254.169.254".parse().unwrap()));
}

#[test]
fn an_endpoint_is_a_plain_https_address() {
    for good in ["https://hooks.example.org/licences?team=1", " https://example.org ", "https://8.8.8.8/"] {
        assert!(target(good, Reach::Public).is_ok(), "{good}");
    }
    assert_eq!(target(" ", Reach::Public), Err(Problem::Required));
    let long = format!("https://example.org/{}", "a".repeat(LONGEST));
    let invalid = [
        "hooks",
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://example.org:8443/",
        "https://example.org/#part",
        "http://127.0.0.1:9/",
        "http://localhost:9/",
        "https://",
        "http:/example.org/",
        "javascript:alert(1)",
        "data:text/plain,hook",
        "gopher://127.0.0.1:70/",
        "ws://example.org/",
        // A name before the address that is meant.
        "https://example.org@127.0.0.1/",
        "https://example.org:443@127.0.0.1/",
        // Of a network that only this machine knows.
        "https://[fe80::1%25eth0]/",
        "https://[::1",
        "https://exam ple.org/",
        "https://256.256.256.256/",
        &long,
    ];
    for bad in invalid {
        assert_eq!(target(bad, Reach::Public), Err(Problem::UrlInvalid), "{bad}");
    }
    let not_public = [
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[fd00:ec2::254]/",
        // The same loopback address in other guises.
        "https://2130706433/",
        "https://0x7f.1/",
        "https://017700000001/",
        "https://127.1/",
        "https://127.0.0.1./",
        "https://127.0.0.1:443/",
        "https:\\\\127.0.0.1\\",
        "https://%31%32%37.0.0.1/",
        "https://127。0。0。1/",
        "https://①②⑦.⓪.⓪.①/",
        "https://0/",
        "https://[::ffff:7f00:1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[0:0:0:0:0:ffff:a9fe:a9fe]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::127.0.0.1]/",
        "https://[2002:7f00:1::]/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
    ];
    for bad in not_public {
        assert_eq!(target(bad, Reach::Public), Err(Problem::UrlNotPublic), "{bad}");
    }
    assert!(target("http://127.0.0.1:9/hook", Reach::ThisMachine).is_ok());
    assert!(target("http://10.0.0.1:9/hook", Reach::ThisMachine).is_err());
}

#[tokio::test]
async fn a_name_is_as_good_as_what_it_leads_to() {
    for leading_nowhere_public in
        ["https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://nowhere.invalid/"]
    {
        let found = checked(leading_nowhere_public, Reach::Public).await;
        assert_eq!(found, Err(Problem::UrlNotPublic), "{leading_nowhere_public}");
    }
    assert!(checked("https://localhost/", Reach::ThisMachine).await.is_ok());
}

#[test]
fn a_name_that_leads_to_this_machine_too_leads_nowhere_else() {
    let found = |all: &[&str]| all.iter().map(|one| SocketAddr::new(one.parse().unwrap(), 0)).collect::<Vec<_>>();
    let public = found(&["8.8.8.8", "2606:4700::1111"]);
    assert_eq!(reached(public.clone(), Reach::Public), Ok(public));
    for mixed in
        [&["8.8.8.8", "127.0.0.1"][..], &["10.0.0.1", "8.8.8.8"], &["8.8.8.8", "::1"], &["::ffff:127.0.0.1"], &[]]
    {
        assert_eq!(reached(found(mixed), Reach::Public), Err(Refused), "{mixed:?}");
    }
    assert!(reached(found(&["127.0.0.1", "::1"]), Reach::ThisMachine).is_ok());
    assert_eq!(reached(found(&["127.0.0.1", "169.254.169.254"]), Reach::ThisMachine), Err(Refused));
}

#[tokio::test]
async fn in_production_this_machine_is_out_of_reach() {
    assert_eq!(Reach::of(&TestApp::in_production().await.state.config), Reach::Public);
    assert_eq!(Reach::of(&TestApp::start().await.state.config), Reach::ThisMachine);
}
