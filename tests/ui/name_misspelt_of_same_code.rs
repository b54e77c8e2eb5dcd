use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml")]
enum Demo {
    InternalFailure,
    #[im_error(name = "UserExist", code = 1001)]
    UserExists,
    UserNotFound,
    TokenExpired,
    NotGroupMember,
}

fn main() {}
