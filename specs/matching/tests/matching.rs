//! Messages match as a regular expression says.

mod oracle;

use im_errors_match::Part;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn it_agrees_with_a_regular_expression(
        texts in proptest::collection::vec("[ab :，：?.\"“'’群\u{3000}]{0,4}|[a-c :，群]{6,20}", 1..4),
        fill in proptest::collection::vec("[ab :,？.\"'”群X\u{a0}]{0,5}|[a-c :群]{6,20}", 4),
        noise in 0..8_usize,
    ) {
        let parts = oracle::parts(&texts);
        prop_assume!(parts.iter().any(|part| matches!(part, Part::Literal(_))));
        let mut message = oracle::instance(&parts, &fill);
        // Half of the messages are instances, the others are near ones.
        if noise < 4 && message.chars().count() > noise {
            message = message.chars().enumerate().filter(|(i, _)| *i != noise).map(|(_, c)| c).collect();
        }
        oracle::agree(&parts, &message);
    }
}
