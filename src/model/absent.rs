//! What is known of a text that was not found.

use std::sync::Arc;

/// What is known of a text that was not found under its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absent {
    /// The name of a file there that is nearly its own, where one is near.
    pub near: Option<String>,
    /// The file that would be its text, and that of another document too.
    pub shared: Option<String>,
    /// A folder near the label file that has a file of its name, as `--texts` would be given it.
    pub elsewhere: Option<String>,
    /// The folders that it was looked for in, as the user names them; none where nobody named any, so
    /// that it was looked for beside the label file.
    pub looked_in: Option<Arc<[String]>>,
}
