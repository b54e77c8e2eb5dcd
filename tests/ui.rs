//! One mistake each: what the derive says, on which token, and nothing else.

use std::fs;
use std::path::Path;

use im_errors_spec::SpecFile;

#[test]
fn mistakes_are_explained_where_they_are() {
    // trybuild compiles in a package of its own; specs are found from there.
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild/im-errors/tests/ui/specs");
    fs::create_dir_all(&package).unwrap();
    for spec in fs::read_dir("tests/ui/specs").unwrap() {
        let spec = spec.unwrap();
        fs::copy(spec.path(), package.join(spec.file_name())).unwrap();
    }
    // With a hole in it, which takes no room on the disk.
    let large = package.join("too_large.toml");
    fs::File::create(&large).unwrap().set_len(SpecFile::MOST_BYTES as u64 + 1).unwrap();
    fs::create_dir_all(package.join("folder.toml")).unwrap();
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
    fs::remove_file(large).unwrap();
}
