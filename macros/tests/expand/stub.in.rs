#[im_errors(spec = "tests/expand/demo.toml")]
enum Demo {
    UserExist,
}
