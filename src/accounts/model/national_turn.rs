//! How a turn through the national single sign-on ended, for the page that tells of it.

/// An end that is told in words. Who is signed in by it needs none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NationalTurn {
    /// The identity of who is signed in is verified now.
    Verified,
    /// The person, or the provider for them, said no.
    Denied,
    /// The answer belongs to no turn that this browser has under way: too late, twice, or begun elsewhere.
    Spent,
    /// The provider's answer cannot be relied on.
    Failed,
    /// The provider does not answer.
    Away,
    /// No verified account has the ID number: sign in with a code first.
    Unknown,
    /// Who is signed in has another ID number.
    Differs,
    /// The account is frozen.
    Frozen,
    /// What is verified is fixed, so the profile comes first.
    ProfileFirst,
}

impl NationalTurn {
    pub const ALL: [Self; 9] = [
        Self::Verified,
        Self::Denied,
        Self::Spent,
        Self::Failed,
        Self::Away,
        Self::Unknown,
        Self::Differs,
        Self::Frozen,
        Self::ProfileFirst,
    ];

    /// As the address spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Denied => "denied",
            Self::Spent => "spent",
            Self::Failed => "failed",
            Self::Away => "away",
            Self::Unknown => "unknown",
            Self::Differs => "differs",
            Self::Frozen => "frozen",
            Self::ProfileFirst => "profile_first",
        }
    }

    /// Reads [`NationalTurn::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|turn| turn.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_spelt_and_read() {
        for turn in NationalTurn::ALL {
            assert_eq!(NationalTurn::from_code(turn.code()), Some(turn));
        }
        assert_eq!(NationalTurn::from_code("<script>"), None);
    }
}
