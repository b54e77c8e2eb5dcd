#![no_main]

use im_errors_fuzz::spec;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|spec: spec::AnySpec| spec::reads_back(&spec.build()));
