//! The day, which the library is told and never asks for.

use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

use im_errors_codegen::message;
use im_errors_spec::Date;

use super::Console;
use super::console::nothing_written;

const SECONDS: u64 = 24 * 60 * 60;

/// The day in UTC, so that everybody's waivers expire at once.
pub(crate) fn today() -> Date {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Date::from_days(since.as_secs() / SECONDS)
}

/// The day that what changed is recorded under; `None` after saying why it cannot be told.
pub(crate) fn of_record(console: &Console<'_>) -> Option<Date> {
    const VARIABLE: &str = "SOURCE_DATE_EPOCH";
    let Some(given) = env::var_os(VARIABLE).filter(|given| !given.is_empty()) else {
        return Some(today());
    };
    let given = given.to_string_lossy();
    let date = of_epoch(&given);
    if date.is_none() {
        console.say(&message!(
            "error: {variable} is `{given}`, which is no number of seconds since 1970",
            variable = VARIABLE,
            given = given.as_ref()
        ));
        console.say(&nothing_written());
    }
    date
}

/// The day of so many seconds since 1970, up to the last that a date can name.
fn of_epoch(seconds: &str) -> Option<Date> {
    const LAST: u64 = 2_932_896;
    let days = seconds.parse::<u64>().ok()? / SECONDS;
    (days <= LAST).then(|| Date::from_days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_from_seconds() {
        let day = |seconds| of_epoch(seconds).map(|date| date.to_string());
        assert_eq!(day("0").as_deref(), Some("1970-01-01"));
        assert_eq!(day("1795203868").as_deref(), Some("2026-11-20"));
        assert_eq!(day("253402300799").as_deref(), Some("9999-12-31"));
        for wrong in ["253402300800", "18446744073709551615", "18446744073709551616", "-1", "1.5", "now"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
