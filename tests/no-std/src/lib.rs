//! A derived enum where there is neither std nor alloc. If anything pulled std in, there would be
//! two panic handlers and this would not build.
#![no_std]

use core::str::FromStr;

use im_errors::{ImErrors, Response};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// A hole's text in a field without heap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GroupId(pub u64);

impl FromStr for GroupId {
    type Err = core::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// What is kept of a response that the spec does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status(pub Option<u16>);

impl From<&Response<'_>> for Status {
    fn from(response: &Response<'_>) -> Self {
        Self(response.status)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ImErrors)]
#[im_errors(vendor = "agora-chat", partial, display = "en")]
pub enum ChatError {
    UserAlreadyInGroup { group_id: GroupId },
    InvalidUsername,
    #[im_error(status = 429)]
    Throttled,
    #[im_error(other)]
    Other(Unknown),
}

/// `Other` needs `Display` for `display = "en"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown(pub Status);

impl From<&Response<'_>> for Unknown {
    fn from(response: &Response<'_>) -> Self {
        Self(response.into())
    }
}

impl core::fmt::Display for Unknown {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "unknown error, status {:?}", self.0.0)
    }
}

/// Instantiates what users call.
pub fn recognize(status: u16) -> bool {
    let found = ChatError::from_response(status, None, "Username is not legal.");
    found.error == ChatError::InvalidUsername
}
