use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "../demo.toml")]
enum Demo {
    InternalFailure,
    UserExists,
    UserNotFound,
    TokenExpired,
    NotGroupMember,
}

fn main() {}
