#![no_main]

use im_errors_fuzz::{docs, spec};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (spec::AnySpec, bool)| docs::say_what_the_spec_says(input.0, input.1));
