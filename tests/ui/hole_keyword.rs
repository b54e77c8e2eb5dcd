use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/close.toml", groups("few"))]
enum Demo {
    SenderGone,
    ReceiverGone,
    r#Starts,
    Ends,
}

fn main() {}
