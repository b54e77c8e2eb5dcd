use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/too_large.toml")]
enum Demo {
    InternalFailure,
    UserExists,
    UserNotFound,
    TokenExpired,
    NotGroupMember,
}

fn main() {}
