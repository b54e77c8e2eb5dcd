use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml")]
enum Demo {
    InternalFailure,
    UserExists,
    UserNotFound,
    TokenExpired,
    NotGroupMember,
    #[im_error(status = 4040)]
    NotFound,
    #[im_error(status = "4x")]
    Client,
    #[im_error(status = true)]
    Any,
}

fn main() {}
