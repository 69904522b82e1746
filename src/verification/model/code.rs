//! What a QR code, or whatever else was read or typed, says.

use crate::licences::model::LicenceNumber;

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// A licence number of ours, with the signed part where there is one.
    Ours { number: LicenceNumber, token: Option<String> },
    /// An address of another host: a copy of our cards, or something else altogether.
    Foreign { host: String },
    /// Anything else.
    Other,
}

impl Code {
    /// Reads a text by the origin of this portal, such as `https://rukhsa.example`.
    ///
    /// An address is ours by its whole origin alone: `https://rukhsa.example@evil.example`, a backslash or a longer host
    /// name (WHATWG URL, host parsing) are others'.
    pub fn read(text: &str, origin: &str) -> Self {
        let text = text.trim();
        if let Some(path) = path_under(text, origin) {
            return ours(path).unwrap_or(Self::Other);
        }
        if let Some(host) = host(text) {
            return Self::Foreign { host };
        }
        match LicenceNumber::parse(text) {
            Ok(number) => Self::Ours { number, token: None },
            Err(_) => Self::Other,
        }
    }
}

/// What follows the origin. Codes are spelt in either case: QR codes of capitals are smaller.
fn path_under<'a>(text: &'a str, origin: &str) -> Option<&'a str> {
    let (start, path) = text.split_at_checked(origin.len())?;
    (start.eq_ignore_ascii_case(origin) && path.starts_with('/')).then_some(path)
}

fn ours(path: &str) -> Option<Code> {
    let (path, token) = path.split_once('#').map_or((path, None), |(path, token)| (path, Some(token)));
    let path = path.split('?').next()?;
    let number = ["/v/", "/verify/"].iter().find_map(|start| {
        let (head, rest) = path.split_at_checked(start.len())?;
        head.eq_ignore_ascii_case(start).then_some(rest)
    })?;
    let number = LicenceNumber::parse(number).ok()?;
    Some(Code::Ours { number, token: token.filter(|token| !token.is_empty()).map(str::to_owned) })
}

/// The host of a web address, as a browser finds it.
fn host(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once(':')?;
    if !["http", "https"].iter().any(|one| scheme.eq_ignore_ascii_case(one)) {
        return None;
    }
    let rest = rest.trim_start_matches(['/', '\\']);
    let authority = rest.split(['/', '\\', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.to_lowercase();
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://rukhsa.example";
    const NUMBER: &str = "4821093755162049";

    fn ours(token: Option<&str>) -> Code {
        Code::Ours { number: LicenceNumber::parse(NUMBER).unwrap(), token: token.map(str::to_owned) }
    }

    #[test]
    fn our_codes() {
        for text in [
            "https://rukhsa.example/v/4821093755162049#a.b.c",
            "https://rukhsa.example/verify/4821093755162049#a.b.c",
            "HTTPS://RUKHSA.EXAMPLE/V/4821093755162049#a.b.c",
            "  https://rukhsa.example/v/4821093755162049?name=x#a.b.c ",
        ] {
            assert_eq!(Code::read(text, ORIGIN), ours(Some("a.b.c")), "{text}");
        }
        for text in [
            "https://rukhsa.example/v/4821093755162049",
            "https://rukhsa.example/v/4821093755162049#",
            "4821 0937 5516 2049",
            "٤٨٢١٠٩٣٧٥٥١٦٢٠٤٩",
        ] {
            assert_eq!(Code::read(text, ORIGIN), ours(None), "{text}");
        }
    }

    #[test]
    fn codes_of_others() {
        for (text, host) in [
            ("https://rukhsa.example.evil.example/v/4821093755162049#a.b.c", "rukhsa.example.evil.example"),
            ("https://rukhsa.example@evil.example/v/4821093755162049", "evil.example"),
            ("https://evil.example\\@rukhsa.example/v/4821093755162049", "evil.example"),
            ("https:\\\\evil.example/v/4821093755162049", "evil.example"),
            ("http://rukhsa.example/v/4821093755162049", "rukhsa.example"),
            ("https://rukhsa.example:8443/v/4821093755162049", "rukhsa.example:8443"),
            ("https://RUKHSA.evil.example", "rukhsa.evil.example"),
        ] {
            assert_eq!(Code::read(text, ORIGIN), Code::Foreign { host: host.to_owned() }, "{text}");
        }
    }

    #[test]
    fn anything_else() {
        for text in [
            "",
            "hello",
            "https://",
            "https://rukhsa.example/help",
            "https://rukhsa.example/v/123",
            "mailto:a@rukhsa.example",
            "4821093755162040",
            "https://rukhsa.example/v/4821093755162049/more",
        ] {
            assert_eq!(Code::read(text, ORIGIN), Code::Other, "{text}");
        }
    }
}
