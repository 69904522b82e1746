//! The two orders of a list by time.

/// In which order a list goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Earliest,
    Latest,
}

impl Order {
    /// As the URL spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Earliest => "earliest",
            Self::Latest => "latest",
        }
    }

    /// Reads [`Order::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Earliest, Self::Latest].into_iter().find(|order| order.code() == code)
    }

    /// Reads [`Order::code`]; what cannot be read is what goes without saying.
    pub fn parse(code: &str, usual: Self) -> Self {
        Self::from_code(code).unwrap_or(usual)
    }

    /// The other one.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Earliest => Self::Latest,
            Self::Latest => Self::Earliest,
        }
    }

    /// As the URL spells it, empty where it is what goes without saying.
    pub fn code_unless(self, usual: Self) -> &'static str {
        if self == usual { "" } else { self.code() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_what_goes_without_saying() {
        for order in [Order::Earliest, Order::Latest] {
            assert_eq!(Order::parse(order.code(), order.turned()), order);
            assert_eq!(Order::parse("sideways", order), order);
            assert_eq!((order.code_unless(order), order.code_unless(order.turned())), ("", order.code()));
        }
    }
}
