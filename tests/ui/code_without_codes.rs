use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(vendor = "agora-chat", partial)]
enum Demo {
    #[im_error(code = 7)]
    Seven,
    #[im_error(other)]
    Other(im_errors::Unrecognized),
}

fn main() {}
