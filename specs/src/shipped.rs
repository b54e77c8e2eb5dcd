//! The catalogs that come with the crate, so that they can be named without a file.

macro_rules! shipped {
    ($($id:literal),*) => {
        &[$(($id, include_str!(concat!("../vendors/", $id, "/spec.toml")))),*]
    };
}

/// The id of each shipped catalog, and the text of its `spec.toml`.
pub const SHIPPED: &[(&str, &str)] =
    shipped!["agora-chat", "agora-chat-revised", "agora-im-legacy", "easemob-rest", "jmessage-server"];

/// The `spec.toml` of a shipped catalog.
///
/// ```
/// assert!(im_errors_spec::shipped("jmessage-server").is_some());
/// assert!(im_errors_spec::shipped("no-such-vendor").is_none());
/// ```
#[must_use]
pub fn shipped(id: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(shipped, _)| *shipped == id).map(|(_, text)| *text)
}
