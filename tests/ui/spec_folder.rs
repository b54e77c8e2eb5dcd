use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/folder.toml")]
enum Demo {
    InternalFailure,
    UserExists,
    UserNotFound,
    TokenExpired,
    NotGroupMember,
}

fn main() {}
