// Generated; do not edit. To regenerate: UPDATE_EXPECT=1 cargo test -p im-errors-codegen enumerate
/// Easemob REST API error codes.
#[derive(Debug, Clone, PartialEq, Eq, im_errors::ImErrors)]
#[im_errors(spec = "specs/vendors/easemob-rest/spec.toml")]
pub enum EasemobRestError {
    // HTTP status codes
    /// Bad request. The syntax of the request is invalid and the server cannot parse it.
    ///
    /// `400`
    BadRequest,
    /// Unauthorized. The request must be authenticated. Any endpoint that requires a token may return this status code.
    ///
    /// `401`
    Unauthorized,
    /// Forbidden. The server refuses to carry out the request. For groups and chat rooms, there are two common cases: - The operation does not match the actual state of the group or chat room. For example, the user to be added is already a group member, or the user to be removed is not in the chat room. - Messages are sent too fast and exceed the limit of the API for sending group messages or the API for sending chat room messages: 20 messages per second for groups and 100 messages per second for chat rooms.
    ///
    /// `403`
    Forbidden,
    /// Not found. The requested endpoint does not exist on the server.
    ///
    /// `404`
    NotFound,
    /// Method not allowed. GET, POST, or another request method is used incorrectly. See the endpoint descriptions on the Easemob website for the correct method.
    ///
    /// `405`
    MethodNotAllowed,
    /// Request timeout. The server timed out while waiting for the request.
    ///
    /// `408`
    RequestTimeout,
    /// Concurrent calls to the API for getting a user token by user ID with automatic user creation (grant_type set to inherit and autoCreateUser set to true) return this error. If the user is already registered, concurrent calls do not fail.
    ///
    /// `409`
    Conflict,
    /// Message attachment too large. The attachment uploaded through the file upload endpoint exceeds the size limit.
    ///
    /// `413`
    PayloadTooLarge,
    /// Request body type not supported by the server
    ///
    /// `415`
    UnsupportedMediaType,
    /// Service unavailable. The endpoint is called too often and is now rate limited, or the limits of the Community edition are exceeded. To raise the limits, contact sales.
    ///
    /// `429`
    TooManyRequests,
    /// Internal server error. The server encountered an error and could not complete the request. Examples: - no_full_text_index: "Entity ‘user’ with property named ‘username’ is not full text indexed. You cannot use the ‘contains’ operand on this field" means that the username field has no full-text index, so the contains operation cannot be used on it. - unsupported_service_operation: "Service operation not supported" means that the URL does not accept the request method used. - web_application: "javax.ws.rs.WebApplicationException" means that the request URL is incorrect.
    ///
    /// `500`
    InternalServerError,
    /// Not implemented. The server lacks the functionality needed to process the request. For example, it does not recognize the request method.
    ///
    /// `501`
    NotImplemented,
    /// Bad gateway. The server, acting as a gateway or proxy, received an invalid response from the upstream server.
    ///
    /// `502`
    BadGateway,
    /// Server timeout. The service is currently unavailable.
    ///
    /// `503`
    ServiceUnavailable,
    /// Gateway timeout. The server, acting as a gateway or proxy, did not receive a timely response from the upstream server.
    ///
    /// `504`
    GatewayTimeout,

    // Token errors
    /// App token not recognized by the server
    ///
    /// `401/auth_bad_access_token/Unable to authenticate`
    UnrecognizedToken,
    /// Malformed app token
    ///
    /// `401/auth_bad_access_token/Unable to authenticate due to corrupt access token`
    MalformedToken,
    /// No valid app token for authorized registration
    ///
    /// `401/unauthorized/registration is not open, please contact the app admin`
    RegistrationNotAuthorized,
    /// App token expired or missing
    ///
    /// `401/unauthorized/Unable to authenticate due to expired access token`
    TokenExpired,

    // User not found
    /// User not found
    ///
    /// `404/service_resource_not_found/Service resource not found`
    UserNotFound,

    // Service not enabled
    /// Reaction not enabled
    ///
    /// `400/Bad Request/this appKey is not open reaction service!`
    ReactionNotEnabled,
    /// Presence service not enabled
    ///
    /// `400/service open exception/the app not open presence`
    PresenceNotEnabled,
    /// Message roaming not enabled
    ///
    /// `400/service open exception/this appKey not open message roaming`
    MessageRoamingNotEnabled,
    /// User attributes not enabled
    ///
    /// `403/FORBIDDEN/{appkey} user metadata service not allow`
    UserAttributesNotEnabled {
        /// `{app_key}` of the message
        app_key: String,
    },
    /// Chat room broadcast messages not enabled
    ///
    /// `403/forbidden_op/message broadcast service is unopened`
    ChatRoomBroadcastNotEnabled,
    /// Threads not enabled
    ///
    /// `403/group_error/thread not open.`
    ThreadNotEnabled,
    /// Message modification not enabled
    ///
    /// `403/message_rewrite_error/The rewrite message feature is not open.`
    MessageModificationNotEnabled,

    /// A response that the spec does not know, kept whole.
    #[im_error(other)]
    Other(im_errors::Unrecognized),
}
