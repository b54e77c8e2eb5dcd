#![no_main]

use im_errors_fuzz::exchange;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| exchange::is_imported_or_refused(text));
