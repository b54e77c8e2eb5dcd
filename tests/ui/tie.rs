use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml")]
enum Demo {
    #[im_error(group = "codes")]
    First,
    #[im_error(group = "codes")]
    Second,
    TokenExpired,
    NotGroupMember,
}

fn main() {}
