// Generated; do not edit. To regenerate: UPDATE_EXPECT=1 cargo test -p im-errors-codegen enumerate
/// JMessage server error codes.
#[derive(Debug, Clone, PartialEq, Eq, im_errors::ImErrors)]
#[im_errors(spec = "specs/vendors/jmessage-server/spec.toml")]
pub enum JmessageServerError {
    // Server error codes
    /// The target user of the operation is not a group member
    ///
    /// `765001`
    ManageGroupTargetNotInGroup,
    /// The requesting user has no permission for the group operation
    ///
    /// `765002`
    ManageGroupPermissionDenied,
    /// The App Key is not registered
    ///
    /// `800003`
    ImAppKeyNotRegistered,
    /// The user ID is not registered (no such UID under this App Key)
    ///
    /// `800005`
    ImUserIdNotRegistered,
    /// The user ID does not exist (no such UID in the database)
    ///
    /// `800006`
    ImUserIdNotFound,
    /// The server does not recognize the request type
    ///
    /// `800008`
    ImUnknownRequestType,
    /// Server system error
    ///
    /// `800009`
    ImInternalFailure,
    /// The requesting user is not logged in: the account has never logged in since its registration and must log in first
    ///
    /// `800012`
    ImNeverLoggedIn,
    /// The requesting user is not logged in: the user has logged out and must log in again
    ///
    /// `800013`
    ImLoggedOut,
    /// The App Key of the requesting user does not match that of the target
    ///
    /// `800014`
    ImAppKeyMismatch,
    /// Device mismatch: the request comes from a device other than that of the last login, and the user must log in first
    ///
    /// `800016`
    ImDeviceMismatch,
    /// Requests are too frequent and exceed the rate limit of the system
    ///
    /// `800017`
    ImRateLimited,
    /// The group ID does not exist
    ///
    /// `800018`
    ImGroupNotFound,
    /// The requesting user is not a group member
    ///
    /// `800019`
    ImUserNotInGroup,
    /// The requesting user has no permission for the operation
    ///
    /// `800020`
    ImPermissionDenied,
    /// Login failed: the username is not registered
    ///
    /// `801003`
    LoginUserNotFound,
    /// Login failed: incorrect password
    ///
    /// `801004`
    LoginInvalidPassword,
    /// Login failed: invalid device
    ///
    /// `801005`
    LoginInvalidDevice,
    /// Login failed: the user is disabled
    ///
    /// `801006`
    LoginUserDisabled,
    /// Login failed: an error occurred because several channels logged in at the same time
    ///
    /// `801007`
    LoginMultiChannelConflict,
    /// Logout failed: the username to log out differs from the one that is logged in
    ///
    /// `802002`
    LogoutUsernameMismatch,
    /// Message not sent: state storage failure
    ///
    /// `803001`
    SendStateStorageFailed,
    /// Message not sent: system network failure
    ///
    /// `803002`
    SendNetworkFailed,
    /// Message not sent: the recipient is not registered or does not exist
    ///
    /// `803003`
    SendTargetUserNotFound,
    /// Message not sent: the target group does not exist
    ///
    /// `803004`
    SendTargetGroupNotFound,
    /// Message not sent: the sender is not a member of the target group
    ///
    /// `803005`
    SendUserNotInGroup,
    /// Message not sent: the sender lacks permission, or the category does not match
    ///
    /// `803006`
    SendPermissionDenied,
    /// Message not sent: it exceeds the length limit
    ///
    /// `803007`
    SendMessageTooLong,
    /// Message not sent: the recipient has put the sender on the block list (one-to-one chat only)
    ///
    /// `803008`
    SendBlockedByRecipient,
    /// Message not sent: it contains a sensitive word, which the error message names
    ///
    /// `803009`
    SendSensitiveWord {
        /// `{word}` of the message
        word: String,
    },
    /// Message not sent: the sending rate exceeds the system limit (at most 60 messages per minute for a client)
    ///
    /// `803010`
    SendRateLimited,
    /// Message not sent: its format is incorrect
    ///
    /// `803011`
    SendMalformedContent,
    /// Message not sent: an administrator has muted the sender
    ///
    /// `803012`
    SendUserMuted,
    /// The target user of the friend operation does not exist
    ///
    /// `805001`
    FriendTargetUserNotFound,
    /// Friend not added: the two users are already friends
    ///
    /// `805002`
    FriendAlreadyAdded,
    /// Friend not deleted: the target user is not a friend
    ///
    /// `805003`
    FriendRelationNotFound,
    /// Friend note not changed: the note is invalid
    ///
    /// `805004`
    FriendInvalidNote,
    /// Friend not added: the invitation event is invalid
    ///
    /// `805006`
    FriendInvalidInvitation,
    /// Group not created: the group name is empty
    ///
    /// `808001`
    CreateGroupEmptyName,
    /// Group not created: the user has no permission to create groups
    ///
    /// `808002`
    CreateGroupPermissionDenied,
    /// Group not created: the user already owns the maximum number of groups
    ///
    /// `808003`
    CreateGroupLimitReached,
    /// Group not created: the group name is too long
    ///
    /// `808004`
    CreateGroupNameTooLong,
    /// Group not created: the group description is too long
    ///
    /// `808005`
    CreateGroupDescriptionTooLong,
    /// The list of members to add to the group is empty
    ///
    /// `810002`
    AddMembersEmptyList,
    /// Some members to add to the group are not registered
    ///
    /// `810005`
    AddMembersUserNotRegistered,
    /// Some members to add to the group are added more than once
    ///
    /// `810007`
    AddMembersDuplicateMember,
    /// The members to add exceed the maximum number of members of the group
    ///
    /// `810008`
    AddMembersGroupCapacityExceeded,
    /// Some members to add already have the maximum number of groups
    ///
    /// `810009`
    AddMembersUserGroupLimitReached,
    /// The list of members to remove from the group is empty
    ///
    /// `811002`
    RemoveMembersEmptyList,
    /// Some members to remove from the group are not registered
    ///
    /// `811005`
    RemoveMembersUserNotRegistered,
    /// The user has no permission to remove some of the group members
    ///
    /// `811006`
    RemoveMembersPermissionDenied,
    /// Some members to remove from the group are removed more than once
    ///
    /// `811007`
    RemoveMembersDuplicateMember,
    /// Some members to remove are not in the group
    ///
    /// `811008`
    RemoveMembersUserNotInGroup,
    /// Group not updated: the group name is too long
    ///
    /// `812003`
    UpdateGroupNameTooLong,
    /// Group not updated: the group description is too long
    ///
    /// `812004`
    UpdateGroupDescriptionTooLong,
    /// Not added to the block list: no members specified
    ///
    /// `818001`
    BlockUsersEmptyList,
    /// Not added to the block list: some of the listed members do not exist
    ///
    /// `818002`
    BlockUsersUserNotFound,
    /// Not added to the block list: some of the listed members cannot be blocked
    ///
    /// `818003`
    BlockUsersNotAllowed,
    /// Not removed from the block list: no members specified
    ///
    /// `819001`
    UnblockUsersEmptyList,
    /// Not removed from the block list: some of the listed members do not exist
    ///
    /// `819002`
    UnblockUsersUserNotFound,
    /// Do Not Disturb is already set for this member and cannot be set again
    ///
    /// `831001`
    DndUserAlreadySet,
    /// Do Not Disturb is not set for this member and cannot be canceled
    ///
    /// `832001`
    DndUserNotSet,
    /// Do Not Disturb not set for the group: the group does not exist
    ///
    /// `833001`
    DndGroupNotFound,
    /// Do Not Disturb not set for the group: the user is not a group member
    ///
    /// `833002`
    DndUserNotInGroup,
    /// Do Not Disturb is already set for this group and cannot be set again
    ///
    /// `833003`
    DndGroupAlreadySet,
    /// Do Not Disturb is not set for this group and cannot be canceled
    ///
    /// `834001`
    DndGroupNotSet,
    /// The user has already turned on global Do Not Disturb and cannot turn it on again
    ///
    /// `835001`
    DndGlobalAlreadySet,
    /// The user has not turned on global Do Not Disturb and cannot turn it off
    ///
    /// `836001`
    DndGlobalNotSet,
    /// Message blocking not set for the group: the group does not exist
    ///
    /// `842001`
    MessageBlockingGroupNotFound,
    /// Message blocking not set for the group: the user is not a group member
    ///
    /// `842002`
    MessageBlockingUserNotInGroup,
    /// Message blocking is already set for this group and cannot be set again
    ///
    /// `842003`
    MessageBlockingGroupAlreadySet,
    /// Message blocking is not set for this group and cannot be canceled
    ///
    /// `843001`
    MessageBlockingGroupNotSet,
    /// Chat room message not sent: the sender is not in the chat room
    ///
    /// `847001`
    SendChatRoomUserNotInRoom,
    /// Chat room message not sent: the sender is muted in the chat room
    ///
    /// `847002`
    SendChatRoomUserMuted,
    /// Chat room message not sent: the chat room does not exist
    ///
    /// `847003`
    SendChatRoomNotFound,
    /// Chat room message not sent: it exceeds the length limit
    ///
    /// `847004`
    SendChatRoomMessageTooLong,
    /// Chat room message not sent: its content is malformed
    ///
    /// `847005`
    SendChatRoomMalformedContent,
    /// The chat room to be deleted does not exist
    ///
    /// `850001`
    DeleteChatRoomNotFound,
    /// Could not invite members to the chat room: the list of invited members contains duplicates
    ///
    /// `851001`
    JoinChatRoomDuplicateMember,
    /// Could not invite members to the chat room: the list of invited members contains unregistered users
    ///
    /// `851002`
    JoinChatRoomUserNotRegistered,
    /// Could not join the chat room or invite the member: the member is already in it
    ///
    /// `851003`
    JoinChatRoomUserAlreadyInRoom,
    /// The chat room to join or to invite members to does not exist
    ///
    /// `851004`
    JoinChatRoomNotFound,
    /// Could not invite members to the chat room: the list of invited members is empty
    ///
    /// `851005`
    JoinChatRoomEmptyList,
    /// Could not join the chat room or invite members: there are more members than free places
    ///
    /// `851006`
    JoinChatRoomCapacityExceeded,
    /// Could not leave the chat room or remove the member: the user is not in it
    ///
    /// `852001`
    LeaveChatRoomUserNotInRoom,
    /// The chat room to leave or to remove members from does not exist
    ///
    /// `852002`
    LeaveChatRoomNotFound,
    /// Could not remove members from the chat room: the member list is empty
    ///
    /// `852003`
    LeaveChatRoomEmptyList,
    /// Could not leave the chat room or remove members: the chat room owner cannot leave
    ///
    /// `852004`
    LeaveChatRoomOwnerCannotLeave,
    /// The chat room to be updated does not exist
    ///
    /// `853001`
    UpdateChatRoomNotFound,
    /// Chat room owner not changed: the new owner is not in the chat room
    ///
    /// `853002`
    UpdateChatRoomOwnerNotInRoom,
    /// Recall failed: the time allowed for a recall has passed
    ///
    /// `855001`
    RecallExpired,
    /// Recall failed: the requesting user is not the sender of the message
    ///
    /// `855002`
    RecallNotSender,
    /// Recall failed: the message to recall does not exist
    ///
    /// `855003`
    RecallMessageNotFound,
    /// Recall failed: the message has already been recalled
    ///
    /// `855004`
    RecallAlreadyRecalled,
    /// Approval no longer valid: the invitation to add the member has already been processed
    ///
    /// `856001`
    ApprovalAlreadyProcessed,
    /// The data of the approval request is invalid
    ///
    /// `856002`
    ApprovalInvalidData,
    /// The target group of the pass-through message does not exist
    ///
    /// `857001`
    PassThroughTargetGroupNotFound,
    /// The target of the pass-through message is not online
    ///
    /// `857002`
    PassThroughTargetOffline,
    /// The target user of the pass-through message does not exist
    ///
    /// `857003`
    PassThroughTargetUserNotFound,
    /// The pass-through message exceeds the length limit
    ///
    /// `857004`
    PassThroughMessageTooLong,
    /// The user sending the pass-through message is not a group member
    ///
    /// `857005`
    PassThroughUserNotInGroup,
    /// A pass-through message cannot be sent to oneself
    ///
    /// `857006`
    PassThroughTargetIsSelf,
    /// The user applying to join is already a member of the target group
    ///
    /// `859001`
    JoinGroupUserAlreadyInGroup,
    /// Groups of this type do not support applications to join
    ///
    /// `859002`
    JoinGroupTypeNotSupported,
    /// Internal server error
    ///
    /// `898000`
    InternalFailure,
    /// A user with this username already exists
    ///
    /// `898001`
    UserAlreadyExists,
    /// User not found
    ///
    /// `898002`
    UserNotFound,
    /// Invalid request parameter
    ///
    /// `898003`
    InvalidParameters,
    /// Incorrect user password when changing a password
    ///
    /// `898004`
    WrongPassword,
    /// The group ID does not exist
    ///
    /// `898006`
    GroupNotFound,
    /// No authentication information provided
    ///
    /// `898007`
    MissingCredentials,
    /// Authentication failed
    ///
    /// `898008`
    AuthenticationFailed,
    /// The App Key does not exist
    ///
    /// `898009`
    AppKeyNotFound,
    /// The token of the API request has expired. The SDK normally obtains a new token by itself.
    ///
    /// `898010`
    TokenExpired,
    /// The queried App Key does not exist or has no cross-app permission
    ///
    /// `898011`
    CrossAppQueryDenied,
    /// The server is busy; try again later
    ///
    /// `898030`
    ServerBusy,
    /// The audio/video service is not enabled yet; see the documentation and the console for how to enable it
    ///
    /// `898031`
    RtcNotEnabled,
    /// Internal server error
    ///
    /// `899000`
    RestInternalFailure,
    /// A user with this username already exists
    ///
    /// `899001`
    RestUserAlreadyExists,
    /// User not found
    ///
    /// `899002`
    RestUserNotFound,
    /// Invalid parameter: the request body does not meet the requirements, the value of resend is unsuitable, the username or password is invalid, or the group ID is invalid
    ///
    /// `899003`
    RestInvalidParameters,
    /// The group ID does not exist
    ///
    /// `899006`
    RestGroupNotFound,
    /// No authentication information provided
    ///
    /// `899007`
    RestMissingCredentials,
    /// Authentication failed
    ///
    /// `899008`
    RestAuthenticationFailed,
    /// The App Key does not exist
    ///
    /// `899009`
    RestAppKeyNotFound,
    /// Some group members are added more than once
    ///
    /// `899011`
    RestDuplicateMember,
    /// The group has too few free places for the members to be added
    ///
    /// `899012`
    RestGroupCapacityExceeded,
    /// The registration list has more than 500 users, and a batch must not exceed 500
    ///
    /// `899013`
    RestRegistrationBatchTooLarge,
    /// Members were added, but the removal failed: some usernames to be removed are not in the group
    ///
    /// `899014`
    RestRemoveMembersUserNotInGroup,
    /// The user has joined the maximum number of groups
    ///
    /// `899015`
    RestUserGroupLimitReached,
    /// The user is not an administrator and has no permission to send messages
    ///
    /// `899016`
    RestSendRequiresAdmin,
    /// The user to be added is already on the block list
    ///
    /// `899017`
    RestUserAlreadyBlocked,
    /// An administrator cannot be added to the block list
    ///
    /// `899018`
    RestAdminNotBlockable,
    /// The user to be removed is not on the block list
    ///
    /// `899019`
    RestUserNotBlocked,
    /// The cross-app operation is not authorized
    ///
    /// `899020`
    RestCrossAppDenied,
    /// The query failed because it requires the cross-app API
    ///
    /// `899021`
    RestCrossAppApiRequired,
    /// The server is busy; try again later
    ///
    /// `899030`
    RestServerBusy,
    /// Do Not Disturb is already set for this user and cannot be set again
    ///
    /// `899043`
    RestDndUserAlreadySet,
    /// Do Not Disturb not canceled for the user: the user is not in the current settings
    ///
    /// `899044`
    RestDndUserNotSet,
    /// Do Not Disturb not set for the group: no such group in the system
    ///
    /// `899045`
    RestDndGroupNotFound,
    /// Do Not Disturb not set for the group: the user is not a member of the group
    ///
    /// `899046`
    RestDndUserNotInGroup,
    /// Do Not Disturb is already set for this group and cannot be set again
    ///
    /// `899047`
    RestDndGroupAlreadySet,
    /// Global Do Not Disturb is already on and cannot be turned on again
    ///
    /// `899048`
    RestDndGlobalAlreadySet,
    /// Do Not Disturb not canceled for the group: the group is not in the current settings
    ///
    /// `899049`
    RestDndGroupNotSet,
    /// Global Do Not Disturb is already off and cannot be turned off again
    ///
    /// `899050`
    RestDndGlobalNotSet,
    /// The user to be added is already a friend
    ///
    /// `899070`
    RestFriendAlreadyAdded,
    /// The friend to be updated is not in the friend list
    ///
    /// `899071`
    RestFriendRelationNotFound,
    /// The chat room ID does not exist
    ///
    /// `899081`
    RestChatRoomNotFound,
    /// The user is not in the chat room
    ///
    /// `899082`
    RestUserNotInChatRoom,
    /// The audio/video signaling has no users to notify, or all of them have logged out
    ///
    /// `7100001`
    RtcNotifyTargetUnavailable,
    /// The user invited to the audio/video call has logged out
    ///
    /// `7100002`
    RtcInviteeLoggedOut,
    /// The audio/video service is suspended because there is not enough trial time left
    ///
    /// `7100006`
    RtcTrialExhausted,

    /// A response that the spec does not know, kept whole.
    #[im_error(other)]
    Other(im_errors::Unrecognized),
}
