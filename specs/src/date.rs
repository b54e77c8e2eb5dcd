//! Days of the calendar, without a clock: who needs today's is given it.

use std::fmt;
use std::ops::Range;

/// A day, as in `2027-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `2027-01-31`; `None` for anything else, also for the 30th of February.
    ///
    /// ```
    /// use im_errors_spec::Date;
    /// assert!(Date::parse("2028-02-29").is_some());
    /// assert!(Date::parse("2027-02-29").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |at: Range<usize>| {
            let part = text.get(at)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u16>().ok())?
        };
        let dashes = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
        let month = u8::try_from(month).ok()?;
        let day = u8::try_from(day).ok()?;
        let fits = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        (dashes && fits).then_some(Self { year, month, day })
    }

    /// The day that is so many days after 1 January 1970.
    ///
    /// ```
    /// use im_errors_spec::Date;
    /// assert_eq!(Date::from_days(0).to_string(), "1970-01-01");
    /// assert_eq!(Date::from_days(20_819).to_string(), "2027-01-01");
    /// ```
    #[must_use]
    pub fn from_days(days: u64) -> Self {
        let mut rest = days;
        let mut year: u16 = 1970;
        let last = u16::MAX;
        while year < last && rest >= days_of(year) {
            rest -= days_of(year);
            year += 1;
        }
        let mut month: u8 = 1;
        while month < 12 && rest >= u64::from(days_in(year, month)) {
            rest -= u64::from(days_in(year, month));
            month += 1;
        }
        Self { year, month, day: u8::try_from(rest + 1).unwrap_or(31).min(days_in(year, month)) }
    }
}

fn is_leap(year: u16) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: u16) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
