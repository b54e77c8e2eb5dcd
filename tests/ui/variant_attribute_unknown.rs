use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml")]
enum Demo {
    InternalFailure,
    #[im_error(names = "UserExists")]
    UserExists,
    UserNotFound,
    TokenExpired,
    NotGroupMember,
}

fn main() {}
