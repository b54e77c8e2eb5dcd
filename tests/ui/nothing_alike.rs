use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml", zzz)]
enum Demo {
    InternalFailure,
    UserExists,
    UserNotFound,
    TokenExpired,
    NotGroupMember,
    #[im_error(zzz = 1)]
    Attribute,
    #[im_error(error = "zzz")]
    Type,
    #[im_error(group = "zzz")]
    Group,
}

#[derive(ImErrors)]
#[im_errors(vendor = "zzz")]
enum Unknown {
    UserExists,
}

fn main() {}
