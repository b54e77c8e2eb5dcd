//! The derive of im-errors.
