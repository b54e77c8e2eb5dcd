#![no_main]

use im_errors_fuzz::pages;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| pages::is_conserved(data));
