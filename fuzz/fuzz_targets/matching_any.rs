#![no_main]

use im_errors_fuzz::matching;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: matching::Texts| texts.hold());
