use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/renamed.toml", groups("codes"))]
enum Demo {
    AccountTaken { username: String },
    #[im_error(name = "NoUser")]
    Unknown,
    TokenExpired,
    OldToken,
    TooBusy,
    UserBanned,
}

fn main() {}
