use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/alike.toml")]
enum Demo {
    UserBusy,
    MemberBusy,
}

fn main() {}
