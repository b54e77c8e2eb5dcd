// Generated; do not edit. To regenerate: UPDATE_EXPECT=1 cargo test -p im-errors-codegen enumerate
/// Agora IM RESTful API return codes (legacy).
#[derive(Debug, Clone, PartialEq, Eq, im_errors::ImErrors)]
#[im_errors(spec = "specs/vendors/agora-im-legacy/spec.toml")]
pub enum AgoraImLegacyError {
    // HTTP status codes
    /// Success
    ///
    /// `200`
    Success,
    /// Bad request
    ///
    /// `400`
    BadRequest,
    /// Unauthorized
    ///
    /// `401`
    Unauthorized,
    /// Request refused
    ///
    /// `403`
    Forbidden,
    /// Not found
    ///
    /// `404`
    NotFound,
    /// Method disabled
    ///
    /// `405`
    MethodNotAllowed,
    /// Too many requests
    ///
    /// `429`
    TooManyRequests,
    /// Internal server error
    ///
    /// `500`
    InternalServerError,
    /// Gateway timeout
    ///
    /// `504`
    GatewayTimeout,

    // Business codes
    /// Not found
    ///
    /// `404`
    ResourceNotFound,
    /// Internal server error
    ///
    /// `1000`
    InternalLogicFailure,
    /// Incorrect App Secret
    ///
    /// `1001`
    AppSecretMismatch,
    /// Invalid parameter
    ///
    /// `1002`
    InvalidParameter,
    /// Missing POST data
    ///
    /// `1003`
    MissingPostData,
    /// Signature verification failed
    ///
    /// `1004`
    InvalidSignature,
    /// Parameter too long
    ///
    /// `1005`
    ParameterTooLong,
    /// App locked or deleted
    ///
    /// `1006`
    AppLockedOrDeleted,
    /// Call restricted
    ///
    /// `1007`
    MethodRestricted,
    /// Call rate too high
    ///
    /// `1008`
    CallRateExceeded,
    /// Service not enabled
    ///
    /// `1009`
    ServiceNotEnabled,
    /// Data to delete not found
    ///
    /// `1015`
    KeepAliveChatRoomNotFound,
    /// Too many keep-alive chat rooms
    ///
    /// `1016`
    TooManyKeepAliveChatRooms,
    /// Internal service timeout
    ///
    /// `1050`
    InternalServiceTimeout,
    /// Too many test users
    ///
    /// `2007`
    TooManyTestUsers,

    /// A response that the spec does not know, kept whole.
    #[im_error(other)]
    Other(im_errors::Unrecognized),
}
