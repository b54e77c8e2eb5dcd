#[im_errors(spec = "tests/expand/demo.toml", partial, display = "en")]
enum Demo {
    #[im_error(group = "codes")]
    Coded,
    #[im_error(skip)]
    Transport(std::io::Error),
    #[im_error(other)]
    Other(im_errors::Unrecognized),
}
