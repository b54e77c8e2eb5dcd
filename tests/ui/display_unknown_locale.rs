use im_errors::ImErrors;

#[derive(Debug, ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml", display = "fr")]
enum Demo {
    InternalFailure,
    UserExists,
    UserNotFound,
    TokenExpired,
    NotGroupMember,
}

fn main() {}
