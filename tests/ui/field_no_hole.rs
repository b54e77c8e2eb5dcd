use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml")]
enum Demo {
    InternalFailure,
    UserExists { username: String },
    UserNotFound,
    TokenExpired,
    NotGroupMember { user: String, group_id: u64 },
}

fn main() {}
