use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(vendor = "agora-chats")]
enum Demo {
    InternalFailure,
    UserExists,
    UserNotFound,
    TokenExpired,
    NotGroupMember,
}

fn main() {}
