use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(vendor = "agora-chat", groups("overview"))]
enum Demo {
    Ok,
}

fn main() {}
