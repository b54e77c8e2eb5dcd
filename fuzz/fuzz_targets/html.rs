#![no_main]

use im_errors_fuzz::pages;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|page: pages::HtmlPage| page.reads_as_theirs());
