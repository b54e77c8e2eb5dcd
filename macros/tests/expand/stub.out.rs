::core::compile_error! { "`demo` has no error `UserExist`; did you mean `UserExists` (tests/expand/demo.toml:32)?" }
::core::compile_error! { "5 errors of `demo` without a variant; to stand for them, add\n\n    /// Internal failure (1000, tests/expand/demo.toml:20)\n    InternalFailure,\n    /// The user already exists (1001, tests/expand/demo.toml:32)\n    UserExists,\n    /// The user does not exist (1002, tests/expand/demo.toml:44)\n    UserNotFound,\n    /// The token has expired (401/unauthorized/token expired, tests/expand/demo.toml:56)\n    TokenExpired,\n    /// The user is not in the group (403/forbidden_op/user: tom doesn't exist in grou…, tests/expand/demo.toml:68)\n    NotGroupMember { username: String, group_id: String },\n\nor mark the enum `partial` and give it an `#[im_error(other)]` variant" }
const _: () = ::im_errors::private::assert_fresh(
    ::core::include_str!("$DIR/demo.toml"),
    1545usize,
    32768usize,
    7349003075908242316u64,
);
#[automatically_derived]
impl Demo {
    pub const ALL: &'static [::im_errors::Info] = &[];
    pub fn from_code(_: i64) -> ::core::option::Option<Self> {
        ::core::unreachable!()
    }
    pub fn from_response<'m>(
        _: impl ::core::convert::Into<::core::option::Option<u16>>,
        _: impl ::core::convert::Into<::core::option::Option<&'m str>>,
        _: impl ::core::convert::Into<::core::option::Option<&'m str>>,
    ) -> ::core::option::Option<::im_errors::Recognized<'m, Self>> {
        ::core::unreachable!()
    }
    pub fn recognize<'m>(
        _: &::im_errors::Response<'m>,
    ) -> ::core::option::Option<::im_errors::Recognized<'m, Self>> {
        ::core::unreachable!()
    }
    ::im_errors::__json! { pub fn from_response_body (_ : impl :: core :: convert :: Into < :: core :: option :: Option < u16 >> , _ : & [u8] ,) -> :: core :: option :: Option < :: im_errors :: OfBody < Self >> { :: core :: unreachable ! () } }
    pub fn info(&self) -> ::core::option::Option<::im_errors::Info> {
        ::core::unreachable!()
    }
    pub fn infos(&self) -> &'static [::im_errors::Info] {
        ::core::unreachable!()
    }
    pub fn code(&self) -> ::core::option::Option<i64> {
        ::core::unreachable!()
    }
    pub fn http_status(&self) -> ::core::option::Option<::im_errors::HttpStatus> {
        ::core::unreachable!()
    }
    pub fn summary(&self, _: &str) -> ::core::option::Option<&'static str> {
        ::core::unreachable!()
    }
    pub fn cause(&self, _: &str) -> ::core::option::Option<&'static str> {
        ::core::unreachable!()
    }
    pub fn remedy(&self, _: &str) -> ::core::option::Option<&'static str> {
        ::core::unreachable!()
    }
}
#[automatically_derived]
impl ::im_errors::ImErrors for Demo {
    const CATALOG: &'static str = "";
    fn info(&self) -> ::core::option::Option<::im_errors::Info> {
        ::core::unreachable!()
    }
    fn recognize<'m>(
        _: &::im_errors::Response<'m>,
    ) -> ::core::option::Option<::im_errors::Recognized<'m, Self>> {
        ::core::unreachable!()
    }
}
