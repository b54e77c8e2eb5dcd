use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml", groups("codes"))]
enum Demo {
    InternalFailure,
    UserExists,
    UserNotFound,
    TokenExpired,
}

fn main() {}
