//! Run-time side.
