#![no_main]

use im_errors_fuzz::spec;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| spec::is_read_or_refused(text));
