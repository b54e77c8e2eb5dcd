use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml", groups("code"))]
enum Demo {
}

fn main() {}
