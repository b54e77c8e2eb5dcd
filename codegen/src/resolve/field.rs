//! The texts of an error that are written and translated, by name.

use std::fmt;

use im_errors_spec::{Argument, ErrorDef, Localized, ToArgument};

/// A text of an error: `summary`, `cause`, `remedy`, and for further rows of the same error
/// `cause_2`, `remedy_2` and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What happened.
    Summary,
    /// Why, by case from 0.
    Cause(usize),
    /// What to do, by case from 0.
    Remedy(usize),
}

impl Field {
    /// Reads a name such as `cause_2`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if name == "summary" {
            return Some(Self::Summary);
        }
        let (kind, case) = match name.split_once('_') {
            Some((kind, number)) => (kind, number.parse::<usize>().ok().filter(|n| *n >= 2)? - 1),
            None => (name, 0),
        };
        match kind {
            "cause" => Some(Self::Cause(case)),
            "remedy" => Some(Self::Remedy(case)),
            _ => None,
        }
    }

    /// The fields an error can have.
    pub fn of(error: &ErrorDef) -> impl Iterator<Item = Self> {
        let cases = (0..error.cases.len()).flat_map(|case| [Self::Cause(case), Self::Remedy(case)]);
        std::iter::once(Self::Summary).chain(cases)
    }

    /// The texts of this field.
    #[must_use]
    pub fn get(self, error: &ErrorDef) -> Option<&Localized> {
        match self {
            Self::Summary => Some(&error.summary),
            Self::Cause(case) => error.cases.get(case).map(|case| &case.cause),
            Self::Remedy(case) => error.cases.get(case).map(|case| &case.remedy),
        }
    }

    /// The texts of this field.
    pub fn get_mut(self, error: &mut ErrorDef) -> Option<&mut Localized> {
        match self {
            Self::Summary => Some(&mut error.summary),
            Self::Cause(case) => error.cases.get_mut(case).map(|case| &mut case.cause),
            Self::Remedy(case) => error.cases.get_mut(case).map(|case| &mut case.remedy),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, case) = match self {
            Self::Summary => ("summary", 0),
            Self::Cause(case) => ("cause", *case),
            Self::Remedy(case) => ("remedy", *case),
        };
        match case {
            0 => f.write_str(kind),
            case => write!(f, "{kind}_{}", case + 1),
        }
    }
}

impl ToArgument for Field {
    fn to_argument(&self) -> Argument {
        Argument::Text(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for field in [Field::Summary, Field::Cause(0), Field::Remedy(1), Field::Cause(11)] {
            assert_eq!(Field::parse(&field.to_string()), Some(field));
        }
        for name in ["cause_1", "cause_0", "cause_x", "summary_2", "causes", ""] {
            assert_eq!(Field::parse(name), None, "{name}");
        }
    }
}
