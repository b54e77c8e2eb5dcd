#[im_errors(spec = "tests/expand/demo.toml", docs = "https://example.com/errors")]
pub enum Demo {
    InternalFailure,
    UserExists,
    UserNotFound,
    TokenExpired,
    NotGroupMember { username: String, group_id: u64 },
}
