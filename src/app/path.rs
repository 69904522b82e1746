//! Paths of the route table. One type for all of them, so that the browser has the matching once, not once a route.

use std::borrow::Cow;

use leptos_router::{PartialPathMatch, PathSegment, PossibleRouteMatch};

/// A path as the table spells it: `/trainer/:session`, a colon before what varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path(pub &'static str);

impl Path {
    fn parts(self) -> impl Iterator<Item = &'static str> {
        self.0.split('/').skip(1)
    }
}

impl PossibleRouteMatch for Path {
    fn optional(&self) -> bool {
        false
    }

    /// Matches whole paths only: the portal has no routes within routes.
    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let asked = path.strip_prefix('/')?;
        let mut rest = asked.strip_suffix('/').filter(|rest| !rest.is_empty()).unwrap_or(asked).split('/');
        let mut params = Vec::new();
        for part in self.parts() {
            let value = rest.next()?;
            match part.strip_prefix(':') {
                Some(_) if value.is_empty() => return None,
                Some(name) => params.push((Cow::Borrowed(name), value.to_owned())),
                None if part == value => {}
                None => return None,
            }
        }
        rest.next().is_none().then(|| PartialPathMatch::new("", params, path))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        path.extend(self.parts().map(|part| match part.strip_prefix(':') {
            Some(name) => PathSegment::Param(Cow::Borrowed(name)),
            // The router spells the root so.
            None if part.is_empty() => PathSegment::Static(Cow::Borrowed("/")),
            None => PathSegment::Static(Cow::Borrowed(part)),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(path: &'static str, asked: &str) -> Option<Vec<(String, String)>> {
        let matched = Path(path).test(asked)?;
        assert_eq!(matched.remaining(), "");
        Some(matched.params().into_iter().map(|(name, value)| (name.into_owned(), value)).collect())
    }

    #[test]
    fn whole_paths_match() {
        assert_eq!(params("/", "/"), Some(vec![]));
        assert_eq!(params("/help", "/help"), Some(vec![]));
        assert_eq!(params("/help", "/help/"), Some(vec![]));
        let one = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(params("/v/:number", "/v/12"), Some(vec![one("number", "12")]));
        let two = vec![one("enrolment", "a"), one("n", "3")];
        assert_eq!(params("/test/:enrolment/question/:n", "/test/a/question/3"), Some(two));
    }

    #[test]
    fn parts_of_paths_do_not() {
        for (path, asked) in [
            ("/", "/help"),
            ("/help", "/"),
            ("/help", "/helpful"),
            ("/help", "/help/me"),
            ("/v/:number", "/v/"),
            ("/v/:number", "/v"),
            ("/v/:number", "/v/1/2"),
            ("/help", ""),
            ("/", "//"),
            ("/", ""),
        ] {
            assert_eq!(params(path, asked), None, "{path} {asked}");
        }
    }
}
