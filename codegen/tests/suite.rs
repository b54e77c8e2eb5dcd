//! All tests of this crate at its seams, as one program: they are linked once, and share what helps
//! them. `cargo test -p im-errors-codegen site::` runs those of one file.

mod bad_input;
mod browser;
mod build;
mod changelog;
mod cli;
mod common;
mod conformance;
mod counterparts;
mod deletion;
mod diagnostics;
mod diff;
mod docs;
mod embed;
mod embedding;
mod enumerate;
mod exchange;
mod explain;
mod export;
mod fetch;
mod history;
mod init;
mod interpret;
mod killed;
mod lang;
mod limits;
mod links;
mod oracle;
mod oracles;
mod pages;
mod readme;
mod regressions;
mod resolve;
mod review;
mod robustness;
mod rounds;
#[cfg(unix)]
mod runner;
mod serve;
mod serving;
mod sheet;
mod site;
mod support;
mod sync;
mod translations;
mod translators;
mod update;
#[cfg(unix)]
mod workflows;
