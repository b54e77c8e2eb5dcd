use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml", partial)]
enum Demo<T> {
    UserExists,
    #[im_error(skip)]
    Own(T),
    #[im_error(other)]
    Other(im_errors::Unrecognized),
}

fn main() {
    // No follow-up error.
    let _ = Demo::<u8>::from_code(1001).and_then(|error| error.info());
}
