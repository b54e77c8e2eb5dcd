/// Errors.
#[im_errors(spec = "specs/vendors/demo/spec.toml")]
pub enum DemoError {
    UserNotFund,
    UserExists,
    #[im_error(other)]
    Other(im_errors::Unrecognized),
}
