use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/renamed.toml")]
enum Demo {
    UserExists { username: String },
    UserNotFound,
    TokenExpired,
    Busy,
    UserMuted,
    #[im_error(code = 1005)]
    Muted,
}

fn main() {}
