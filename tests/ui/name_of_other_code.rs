use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml")]
enum Demo {
    InternalFailure,
    #[im_error(name = "AccountTaken", code = 1001)]
    UserExists,
    Error1002,
    TokenExpired,
    NotGroupMember,
}

fn main() {}
