const _: () = {
    const _: () = ::im_errors::private::assert_fresh(
        ::core::include_str!("$DIR/demo.toml"),
        1545usize,
        32768usize,
        7349003075908242316u64,
    );
    static DATA : :: im_errors :: private :: Data = :: im_errors :: private :: Data { catalog : "demo" , docs : "https://example.com/errors" , page : "" , locales : & ["zh" , "en"] , text : "InternalFailureinternal-failurecodes10001000500internal errorinternal error内部错误Internal failureUserExistsuser-existscodes10011001403user existuser exist用户已存在The user already existsUserNotFounduser-not-foundcodes10021002404no such userno such user用户不存在The user does not existTokenExpiredtoken-expiredresponses401/unauthorized/token expired401unauthorizedtoken expiredtoken expiredToken 已过期The token has expiredNotGroupMembernot-group-memberresponses403/forbidden_op/user: tom doesn't exist in group: 4065949181403forbidden_opuser: {username} doesn't exist in group: {group_id}用户不在群组中The user is not in the group" , ends : b"\x0F\0\0\0\x1F\0\0\0$\0\0\0(\0\0\0,\0\0\0/\0\0\0/\0\0\0=\0\0\0K\0\0\0K\0\0\0W\0\0\0W\0\0\0W\0\0\0g\0\0\0g\0\0\0g\0\0\0q\0\0\0|\0\0\0\x81\0\0\0\x85\0\0\0\x89\0\0\0\x8C\0\0\0\x8C\0\0\0\x96\0\0\0\xA0\0\0\0\xA0\0\0\0\xAF\0\0\0\xAF\0\0\0\xAF\0\0\0\xC6\0\0\0\xC6\0\0\0\xC6\0\0\0\xD2\0\0\0\xE0\0\0\0\xE5\0\0\0\xE9\0\0\0\xED\0\0\0\xF0\0\0\0\xF0\0\0\0\xFC\0\0\0\x08\x01\0\0\x08\x01\0\0\x17\x01\0\0\x17\x01\0\0\x17\x01\0\0.\x01\0\0.\x01\0\0.\x01\0\0:\x01\0\0G\x01\0\0P\x01\0\0n\x01\0\0n\x01\0\0q\x01\0\0}\x01\0\0\x8A\x01\0\0\x97\x01\0\0\x97\x01\0\0\xA6\x01\0\0\xA6\x01\0\0\xA6\x01\0\0\xBB\x01\0\0\xBB\x01\0\0\xBB\x01\0\0\xC9\x01\0\0\xD9\x01\0\0\xE2\x01\0\0\x1F\x02\0\0\x1F\x02\0\0\"\x02\0\0.\x02\0\0a\x02\0\0a\x02\0\0a\x02\0\0v\x02\0\0v\x02\0\0v\x02\0\0\x92\x02\0\0\x92\x02\0\0\x92\x02\0\0" , firsts : b"\0\0\0\0\x10\0\0\0 \0\0\x000\0\0\0@\0\0\0P\0\0\0" , variants : b"\0\0\0\0\x01\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\0" , codes : & [1000 , 1001 , 1002] , coded : b"\0\0\0\0\x01\0\0\0\x02\0\0\0" , code_variants : b"\0\0\0\0\x01\0\0\0\x02\0\0\0" , messages : b"\n\xF0l\xFA\xD2\xEA\xC7\x0E\x01\0\0\0J\xEF~\xFA\xEB\xDA\xBD!\x03\0\0\0K\xCD\xF6\x0B\xD4\x7F~+\x03\0\0\x000.\x0E,\xC6\xACfO\x02\0\0\0\x87Fo\"~;\xAB\x99\0\0\0\0{\xCE\x84?_bJ\xB1\0\0\0\0\n\x07S~l\x90\xF7\xD8\x01\0\0\0\xD2\xB7\xC9\x15L\x0F\x05\xF5\x02\0\0\0" , patterns : & [:: im_errors :: private :: Pattern { error : 4u32 , pairs : 71841090406082u64 , literal : 31u32 , parts : & [:: im_errors :: private :: Part :: Literal ("user: ") , :: im_errors :: private :: Part :: Hole ("username") , :: im_errors :: private :: Part :: Literal (" doesn't exist in group: ") , :: im_errors :: private :: Part :: Hole ("group_id")] }] , types : b"r\x92kf#\xF1e\x1F\x03\0\0\0>\x15P\xA8\xB7\xFCK\xB9\x04\0\0\0" , statuses : b"\x91\x01\0\0\0\0\0\0\x03\0\0\0\x93\x01\0\0\0\0\0\0\x01\0\0\0\x93\x01\0\0\0\0\0\0\x04\0\0\0\x94\x01\0\0\0\0\0\0\x02\0\0\0\xF4\x01\0\0\0\0\0\0\0\0\0\0" , } ;
    static ALL: [::im_errors::Info; 5usize] = ::im_errors::private::all(&DATA);
    #[automatically_derived]
    impl Demo {
        #[doc = "All 5 errors that the variants stand for, by variant."]
        pub const ALL: &'static [::im_errors::Info] = &ALL;
        #[doc = r" The variant for the vendor's `code`; its fields are left at their defaults."]
        #[must_use]
        pub fn from_code(code: i64) -> ::core::option::Option<Self> {
            let variant = ::im_errors::private::variant_of_code(&DATA, code)?;
            Self::__im_errors_build(variant, ::core::option::Option::None)
        }
        #[doc = r" The variant for a response: by its text, else its type, else its status."]
        #[must_use]
        pub fn from_response<'m>(
            status: impl ::core::convert::Into<::core::option::Option<u16>>,
            error: impl ::core::convert::Into<::core::option::Option<&'m str>>,
            message: impl ::core::convert::Into<::core::option::Option<&'m str>>,
        ) -> ::core::option::Option<::im_errors::Recognized<'m, Self>> {
            let mut response = ::im_errors::Response::new();
            response.status = status.into();
            response.error = error.into();
            response.message = message.into();
            Self::recognize(&response)
        }
        #[doc = r" The variant for a response: by its code, else its text, else its type, else its status."]
        #[must_use]
        pub fn recognize<'m>(
            response: &::im_errors::Response<'m>,
        ) -> ::core::option::Option<::im_errors::Recognized<'m, Self>> {
            let mut holes: ::im_errors::Holes<'m> = ::core::default::Default::default();
            if let ::core::option::Option::Some((error, by)) =
                ::im_errors::private::recognize(&DATA, response, &mut holes)
            {
                let variant = ::im_errors::private::variant(&DATA, error);
                if let ::core::option::Option::Some(error) =
                    Self::__im_errors_build(variant, ::core::option::Option::Some(&holes))
                {
                    let found = ::im_errors::Recognized::new(error, by, holes);
                    return ::core::option::Option::Some(found);
                }
            }
            ::core::option::Option::None
        }
        ::im_errors::__json! { # [doc = r" The variant for the body of a response, as these vendors send it: a JSON object. What"] # [doc = r" is none counts as the message."] # [must_use] pub fn from_response_body (status : impl :: core :: convert :: Into < :: core :: option :: Option < u16 >> , body : & [u8] ,) -> :: core :: option :: Option < :: im_errors :: OfBody < Self >> { :: im_errors :: private :: of_body (status . into () , body , & | response | { let found = Self :: recognize (response) ? ; :: core :: option :: Option :: Some ((found . error , found . by)) }) } }
        #[doc = r" What is documented of the error; `None` for variants that stand for several errors"]
        #[doc = r" or for none."]
        #[must_use]
        pub fn info(&self) -> ::core::option::Option<::im_errors::Info> {
            ::im_errors::private::only_info(self.infos())
        }
        #[doc = r" What is documented of each error that the variant stands for."]
        #[must_use]
        pub fn infos(&self) -> &'static [::im_errors::Info] {
            ::im_errors::private::infos(&DATA, &ALL, self.__im_errors_variant())
        }
        #[doc = r" The vendor's code, where all errors of the variant have the same."]
        #[must_use]
        pub fn code(&self) -> ::core::option::Option<i64> {
            ::im_errors::private::agreed(self.infos(), ::im_errors::Info::code)
        }
        #[doc = r" The HTTP status, where all errors of the variant have the same."]
        #[must_use]
        pub fn http_status(&self) -> ::core::option::Option<::im_errors::HttpStatus> {
            ::im_errors::private::agreed(self.infos(), ::im_errors::Info::http_status)
        }
        #[doc = r" What happened, in `locale` or the language of the vendor's page."]
        #[must_use]
        pub fn summary(&self, locale: &str) -> ::core::option::Option<&'static str> {
            self.info()?.summary(locale)
        }
        #[doc = r" Why, in `locale` or the language of the vendor's page."]
        #[must_use]
        pub fn cause(&self, locale: &str) -> ::core::option::Option<&'static str> {
            self.info()?.cause(locale)
        }
        #[doc = r" What to do, in `locale` or the language of the vendor's page."]
        #[must_use]
        pub fn remedy(&self, locale: &str) -> ::core::option::Option<&'static str> {
            self.info()?.remedy(locale)
        }
        #[doc(hidden)]
        const fn __im_errors_variant(&self) -> u32 {
            match self {
                Self::InternalFailure { .. } => 0u32,
                Self::UserExists { .. } => 1u32,
                Self::UserNotFound { .. } => 2u32,
                Self::TokenExpired { .. } => 3u32,
                Self::NotGroupMember { .. } => 4u32,
            }
        }
        #[doc(hidden)]
        fn __im_errors_build(
            variant: u32,
            holes: ::core::option::Option<&::im_errors::Holes<'_>>,
        ) -> ::core::option::Option<Self> {
            let _ = holes;
            ::core::option::Option::Some(match variant {
                0u32 => Self::InternalFailure,
                1u32 => Self::UserExists,
                2u32 => Self::UserNotFound,
                3u32 => Self::TokenExpired,
                4u32 => Self::NotGroupMember {
                    username: ::im_errors::private::field(holes, "username"),
                    group_id: ::im_errors::private::field(holes, "group_id"),
                },
                _ => return ::core::option::Option::None,
            })
        }
    }
    #[automatically_derived]
    impl ::im_errors::ImErrors for Demo {
        const CATALOG: &'static str = "demo";
        fn info(&self) -> ::core::option::Option<::im_errors::Info> {
            Self::info(self)
        }
        fn recognize<'m>(
            response: &::im_errors::Response<'m>,
        ) -> ::core::option::Option<::im_errors::Recognized<'m, Self>> {
            Self::recognize(response)
        }
    }
};
