#![no_main]

use im_errors_fuzz::exchange::AnySheet;
use im_errors_fuzz::text::Text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (AnySheet, Vec<(u16, Text)>)| input.0.comes_back(&input.1));
