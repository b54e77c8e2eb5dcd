use im_errors::ImErrors;

#[derive(ImErrors)]
#[im_errors(spec = "tests/ui/specs/demo.toml")]
enum Demo {
    InternalFailure,
    UserExist,
    #[im_error(code = 1003)]
    Locked,
    TokenExpired { token: String },
}

fn main() {
    // Follow-up errors would drown the cause: everything the derive gives is still there.
    let found = Demo::from_response(403, "forbidden_op", None);
    let _ = found.and_then(|found| found.error.summary("en"));
    let _ = (Demo::ALL, Demo::from_code(1001).and_then(|error| error.info()));
}
