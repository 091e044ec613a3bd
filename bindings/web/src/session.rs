//! The files of the user, and what came of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use labelwright::internals::formats::Format;
use labelwright::internals::pipeline::{Meter, Options, Outcome};
use labelwright::{FileTree, Source, Texts};

use crate::boundary::tell;
use crate::message::Place;

/// The files of the user, and what came of them.
#[derive(Default)]
pub struct Session {
    /// Files that were taken since the last check.
    new: BTreeMap<String, Arc<[u8]>>,
    pub(crate) checked: Checked,
    /// What came of the last conversion.
    pub(crate) conversion: Vec<Outcome>,
}

/// A check, and what the next questions about it need.
#[derive(Default)]
pub(crate) struct Checked {
    pub(crate) tree: FileTree,
    /// The label files, in the order of their outcomes.
    pub(crate) sources: Vec<Source>,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) options: Options,
    pub(crate) format: Option<&'static dyn Format>,
    pub(crate) texts: Place,
}

impl Session {
    /// Takes files by their paths and sizes, whose bytes stand one after the other.
    ///
    /// Fails where there are fewer bytes than that.
    pub(crate) fn add(
        &mut self,
        files: Vec<(String, usize)>,
        mut bytes: Vec<u8>,
    ) -> Result<(), String> {
        if let [(path, size)] = &files[..]
            && *size == bytes.len()
        {
            // A single file may be large: it is not copied twice.
            self.new
                .insert(path.clone(), std::mem::take(&mut bytes).into());
            return Ok(());
        }
        let mut rest = bytes.as_slice();
        for (path, size) in files {
            let (file, after) = rest
                .split_at_checked(size)
                .ok_or("the bytes of the files are not all there")?;
            self.new.insert(path, file.into());
            rest = after;
        }
        Ok(())
    }

    /// All files that were taken since the last time.
    pub(crate) fn take_tree(&mut self) -> FileTree {
        FileTree::new(std::mem::take(&mut self.new))
    }
}

impl Checked {
    /// The folders with the documents of a label file.
    pub(crate) fn texts(&self, source: &Source) -> Option<Texts> {
        match &self.texts {
            Place::Nowhere => None,
            Place::Beside => {
                let folder = source.folder().to_owned();
                Some(Texts::in_tree(&self.tree, &[folder], false))
            }
            Place::Folders(folders) => {
                let folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
                let texts = Texts::in_tree(&self.tree, &folders, true);
                Some(texts.with_label_folder(source.folder()))
            }
        }
    }

    /// The same options for work on a file, with a meter that the page is told of.
    pub(crate) fn options(&self, source: &Source) -> Options {
        let size = source.length().unwrap_or_default();
        Options {
            meter: Some(Arc::new(Meter::telling(size, tell))),
            ..self.options.clone()
        }
    }
}

/// An error with its reasons.
pub(crate) fn told(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(reason) = next {
        words = format!("{words}: {reason}");
        next = reason.source();
    }
    words
}
