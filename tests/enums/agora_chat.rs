// Generated; do not edit. To regenerate: UPDATE_EXPECT=1 cargo test -p im-errors-codegen enumerate
/// Agora Chat REST API status codes.
#[derive(Debug, Clone, PartialEq, Eq, im_errors::ImErrors)]
#[im_errors(spec = "specs/vendors/agora-chat/spec.toml")]
pub enum AgoraChatError {
    // Result classes
    /// Request processed successfully
    ///
    /// `200`
    Success,
    /// Request failed
    ///
    /// `4xx`
    ClientError,
    /// Request failed
    ///
    /// `5xx`
    ServerError,

    // Status code overview
    /// Request succeeded
    ///
    /// `200`
    Ok,
    /// Bad request: the syntax of the request is invalid, and the server cannot understand it
    ///
    /// `400`
    BadRequest,
    /// Unauthorized: an endpoint that requires token authentication may return this status code
    ///
    /// `401`
    Unauthorized,
    /// Forbidden: the request is incorrect, and the server refuses it
    ///
    /// `403`
    Forbidden,
    /// Not found: the requested endpoint does not exist on the server
    ///
    /// `404`
    NotFound,
    /// Incorrect request method
    ///
    /// `405`
    MethodNotAllowed,
    /// Request timeout: the server did not respond in time
    ///
    /// `408`
    RequestTimeout,
    /// Request body too large: it exceeds the limit
    ///
    /// `413`
    PayloadTooLarge,
    /// Unsupported request body type
    ///
    /// `415`
    UnsupportedMediaType,
    /// Service unavailable: calls are too frequent and exceed the rate limit; for details, see limits
    ///
    /// `429`
    TooManyRequests,
    /// Internal server error: an error occurred on the server, and the request could not be completed
    ///
    /// `500`
    InternalServerError,
    /// The server does not support the request; for example, it does not recognize the request method
    ///
    /// `501`
    NotImplemented,
    /// Bad gateway: the server, acting as a gateway or proxy, received an invalid response from the upstream server
    ///
    /// `502`
    BadGateway,
    /// Service unavailable: the server timed out
    ///
    /// `503`
    ServiceUnavailable,
    /// Gateway timeout: the server, acting as a gateway or proxy, did not receive a response from the upstream server in time
    ///
    /// `504`
    GatewayTimeout,

    // Status code details
    /// Presence extension information too long
    ///
    /// `400//ext is too big`
    PresenceExtTooLong,
    /// Device resource does not exist
    ///
    /// `400//resource not exist`
    DeviceResourceNotFound,
    /// Failed to set presence
    ///
    /// `400//set presence failed`
    SetPresenceFailed,
    /// Too many users in a presence query
    ///
    /// `400//too many get presences`
    TooManyUsersQueried,
    /// Too many queries
    ///
    /// `400//too many queries`
    TooManyQueries,
    /// Too many users to subscribe to
    ///
    /// `400//too many sub presence`
    TooManySubscriptions,
    /// Too many users to unsubscribe from
    ///
    /// `400//too many unsub presences`
    TooManyUnsubscriptions,
    /// Users cannot subscribe to themselves
    ///
    /// `400//you can't sub yourself`
    CannotSubscribeToSelf,
    /// User ID already exists
    ///
    /// `400/duplicate_unique_property_exists/Application null Entity user requires that property named username be unique, value of username exists.`
    UserAlreadyExists {
        /// `{username}` of the message
        username: String,
    },
    /// User ID missing when registering a user
    ///
    /// `400/illegal_argument/Entity user requires a property named username.`
    RegistrationUsernameMissing,
    /// Message sender is empty
    ///
    /// `400/illegal_argument/From can't be empty.`
    EmptySender,
    /// Group member to add does not exist
    ///
    /// `400/illegal_argument/Group member username1 doesn’t exist.`
    GroupMemberNotFound {
        /// `{username}` of the message
        username: String,
    },
    /// Message history not generated yet or expired
    ///
    /// `400/illegal_argument/Illegal arguments: appkey: XXXX, time: 2018020918, maybe chat message history is expired or unstored.`
    MessageHistoryUnavailable {
        /// `{app_key}` of the message
        app_key: String,
        /// `{time}` of the message
        time: String,
    },
    /// New or old password missing when changing a password
    ///
    /// `400/illegal_argument/Newpassword is required.OldPassword is required.`
    OldOrNewPasswordMissing,
    /// Password missing when registering a user
    ///
    /// `400/illegal_argument/Password or pin must provided.`
    RegistrationPasswordMissing,
    /// Invalid message target type
    ///
    /// `400/illegal_argument/Target_type can only be 'users' or 'chatgroups' or 'chatrooms'.`
    InvalidTargetType,
    /// Invalid time format in a message history query
    ///
    /// `400/illegal_argument/This chatmessage request is not supported.`
    InvalidHistoryTimeFormat,
    /// Invalid request
    ///
    /// `400/illegal_argument/This is an invalid request.`
    InvalidRequest,
    /// Invalid user ID
    ///
    /// `400/illegal_argument/Username is not legal.`
    InvalidUsername,
    /// Incorrect user ID or password
    ///
    /// `400/invalid_grant/Invalid username or password.`
    InvalidCredentials,
    /// Client credential does not match
    ///
    /// `400/invalid_grant/client_id does not match`
    ClientCredentialMismatch {
        /// `{credential}` of the message
        credential: String,
    },
    /// Invalid parameter when changing group information
    ///
    /// `400/invalid_parameter/Some of [groupid] are not valid fields.`
    InvalidGroupFields {
        /// `{fields}` of the message
        fields: String,
    },
    /// Failed to parse the JSON request body
    ///
    /// `400/json_parse/Unexpected character (‘=’ (code 61)): was expecting a colon to separate field name and value\n at [Source: java.io.BufferedInputStream@170e3f35; line: 1, column: 23]`
    JsonParseFailed {
        /// `{character}` of the message
        character: String,
        /// `{char_code}` of the message
        char_code: String,
        /// `{input}` of the message
        input: String,
        /// `{line}` of the message
        line: String,
        /// `{column}` of the message
        column: String,
    },
    /// User ID missing when changing a password
    ///
    /// `400/required_property_not_found/Entity user requires a property named username.`
    ChangePasswordUsernameMissing,
    /// Token not recognized by the server
    ///
    /// `401/auth_bad_access_token/Unable to authenticate.`
    UnrecognizedToken,
    /// Malformed token
    ///
    /// `401/auth_bad_access_token/Unable to authenticate due to corrupt access token.`
    MalformedToken,
    /// No valid administrator token for authorized registration
    ///
    /// `401/unauthorized/registration is not open, please contact the app admin`
    RegistrationNotAuthorized,
    /// Token expired or missing
    ///
    /// `401/unauthorized/Unable to authenticate due to expired access token.`
    TokenExpired,
    /// Limit exceeded when joining a group or chat room
    ///
    /// `403/forbidden_op/Can not join this group, reason：user %s has joined too many groups/chatroom!`
    TooManyGroupsJoined {
        /// `{username}` of the message
        username: String,
    },
    /// User is already in the group or chat room
    ///
    /// `403/forbidden_op/Can not join this group, reason:user: username already in group: 40659491815425.`
    UserAlreadyInGroup {
        /// `{username}` of the message
        username: String,
        /// `{group_id}` of the message
        group_id: String,
    },
    /// Operation not allowed on the group owner
    ///
    /// `403/forbidden_op/Forbidden operation on group owner!`
    OperationForbiddenOnOwner,
    /// New owner is already the group owner
    ///
    /// `403/forbidden_op/New owner and old owner are the same.`
    AlreadyGroupOwner,
    /// Too many groups or chat rooms in the app
    ///
    /// `403/forbidden_op/This appKey has create too many groups/chatrooms!`
    TooManyGroupsCreated,
    /// New owner is not a group member
    ///
    /// `403/forbidden_op/User: username doesn't exist in group: 40659491815425.`
    NewOwnerNotInGroup {
        /// `{username}` of the message
        username: String,
        /// `{group_id}` of the message
        group_id: String,
    },
    /// Users are not in the group or chat room
    ///
    /// `403/forbidden_op/Users [username] are not members of this group!`
    UsersNotInGroup {
        /// `{usernames}` of the message
        usernames: String,
    },
    /// App not found
    ///
    /// `404/organization_application_not_found/Could not find application for XXXX/XXXX from URI: XXXX/XXXX/token.`
    AppNotFound {
        /// `{org_name}` of the message
        org_name: String,
        /// `{app_name}` of the message
        app_name: String,
        /// `{uri}` of the message
        uri: String,
    },
    /// Resource not found
    ///
    /// `404/service_resource_not_found/Service resource not found.`
    ServiceResourceNotFound,
    /// Message history not found
    ///
    /// `404/storage_object_not_found/Failed to find chat message history download url for appkey: XXXX, time: 2018020912.`
    MessageHistoryNotFound {
        /// `{app_key}` of the message
        app_key: String,
        /// `{time}` of the message
        time: String,
    },
    /// Request body too large
    ///
    /// `413/Request Entity Too Large/Request Entity Too Large.`
    RequestBodyTooLarge,
    /// Unsupported request body type
    ///
    /// `415/web_application/Unsupported Media Type.`
    UnsupportedBodyType,
    /// API call rate limit reached
    ///
    /// `429/reach_limit/This request has reached api limit.`
    RateLimitReached,
    /// Free plan limit exceeded
    ///
    /// `429/resource_limited/You have exceeded the limit of the Free edition. Please upgrade to higher edition.`
    FreePlanLimitExceeded,
    /// Field is not full-text indexed
    ///
    /// `500/no_full_text_index/Entity 'user' with property named 'username' is not full text indexed. You cannot use the ‘contains’ operand on this field.`
    FieldNotFullTextIndexed,
    /// Operation not supported
    ///
    /// `500/unsupported_service_operation/Service operation not supported.`
    UnsupportedOperation,
    /// Incorrect request URL
    ///
    /// `500/web_application/javax.ws.rs.WebApplicationException`
    InvalidUrl,

    /// A response that the spec does not know, kept whole.
    #[im_error(other)]
    Other(im_errors::Unrecognized),
}
