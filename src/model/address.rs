//! Where the text of a document lies.

use std::borrow::Cow;
use std::ops::Range;

/// Where a document's text lies, or what the document is called where it stands in the label file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// The name or URL as the file has it, unescaped.
    pub written: Cow<'a, str>,
    /// The path in it, in bytes: all of a location, the part after the container of a URL.
    pub path: Range<usize>,
    /// The name of the container or datastore in it, in bytes.
    pub container: Option<Range<usize>>,
    /// Whether the text may lie under a shorter path: without the first segments, down to the
    /// bare name. So for URLs, whose folders seldom exist beside the label file.
    pub shortens: bool,
    /// Whether container and path are all that it says, so that they make it again.
    pub is_composed: bool,
}

impl<'a> Address<'a> {
    /// The plain name or path of a document.
    #[must_use]
    pub fn location(written: impl Into<Cow<'a, str>>) -> Self {
        let written = written.into();
        Self {
            path: 0..written.len(),
            written,
            container: None,
            shortens: false,
            is_composed: false,
        }
    }

    /// The path under the container or datastore. This is what reports call the document.
    #[must_use]
    pub fn path(&self) -> &str {
        self.written.get(self.path.clone()).unwrap_or_default()
    }

    /// What it names, however it is spelled: the same for all addresses of one document. It holds no
    /// signature and no password.
    ///
    /// The short form of Azure Machine Learning's URLs means the workspace that the file is of, as
    /// `AmlDatastore://` does; a storage account has one name in any case.
    #[must_use]
    pub fn identity(&self) -> Cow<'_, str> {
        let known = self.written.get(..self.path.end).unwrap_or_default();
        let before = (self.container.as_ref()).and_then(|store| self.written.get(..store.start));
        let Some(before) = before.filter(|_| !self.is_composed) else {
            return Cow::Borrowed(known);
        };
        let mut store = before.to_ascii_lowercase();
        if store.starts_with("azureml://") {
            // The name of the service may stand in the long form, or not.
            store = store.replacen("/providers/microsoft.machinelearningservices/", "/", 1);
        }
        let host = store
            .split_once("://")
            .filter(|(scheme, _)| scheme.starts_with("http"));
        let host = host.map(|(_, host)| host.rsplit_once('@').map_or(host, |(_, host)| host));
        let store = match (&*store, host) {
            ("amldatastore://" | "azureml://datastores/", _) => "AmlDatastore://".to_owned(),
            (_, Some(host)) => format!("https://{host}"),
            _ => store,
        };
        let container = self.container().unwrap_or_default();
        Cow::Owned(format!("{store}{container}/{}", self.path()))
    }

    /// The last segment of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        super::path::last(self.path())
    }

    /// The path without its last segment and the slash before that.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
    }

    /// Whether it is the plain name or path of a document, and no URL.
    #[must_use]
    pub const fn is_location(&self) -> bool {
        !self.shortens
    }

    /// The name of the container or datastore.
    #[must_use]
    pub fn container(&self) -> Option<&str> {
        self.written.get(self.container.clone()?)
    }
}
