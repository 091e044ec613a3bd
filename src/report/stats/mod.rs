//! What `stats` prints: what corpora add up to, without a judgement. One file a form.

mod csv;
pub(super) mod facts;
mod human;
mod json;
mod markdown;
mod view;

use std::collections::BTreeMap;

pub use self::csv::csv;
pub use self::human::human;
pub use self::json::json;
pub use self::markdown::markdown;
pub use self::view::View;

use self::view::Sets;
use crate::corpus::figures::Figures;
use crate::corpus::overview::Overview;
use crate::pipeline::{Counted, Input};

/// What is shown of each corpus.
#[derive(Clone, Copy, Debug)]
pub struct Show {
    /// How many words of each label.
    pub top: usize,
    /// Whether words of documents are hidden.
    pub redact: bool,
    /// Whether people who labeled are named.
    pub labelers: bool,
}

/// A label file and what it adds up to.
#[derive(Debug)]
pub struct FileStats {
    /// What the file is.
    pub input: Input,
    /// What it adds up to, as it is shown.
    pub view: View,
    /// The corpus as a picture shows it, where that was asked for.
    pub overview: Option<Box<Overview>>,
}

/// What some label files add up to, one by one and together.
#[derive(Debug)]
pub struct Stats {
    /// The label files, in the order in which they were added.
    pub files: Vec<FileStats>,
    show: Show,
    sum: Option<Sum>,
}

/// What several files add up to.
#[derive(Debug, Default)]
struct Sum {
    figures: Figures,
    unread: u64,
}

impl Stats {
    /// Nothing yet.
    #[must_use]
    pub const fn new(show: Show) -> Self {
        Self {
            files: Vec::new(),
            show,
            sum: None,
        }
    }

    /// Adds a label file.
    pub fn add(&mut self, counted: Counted) {
        let Counted {
            input,
            figures,
            unread,
            broken,
            overview,
        } = counted;
        let view = View::of(&figures, self.show, unread, broken);
        self.files.push(FileStats {
            input,
            view,
            overview,
        });
        let sum = self.sum.get_or_insert_default();
        sum.figures.merge(figures);
        sum.unread += unread;
    }

    /// What all files add up to; `None` where there is only one, which says it.
    #[must_use]
    pub fn total(&self) -> Option<View> {
        let sum = self.sum.as_ref().filter(|_| self.files.len() > 1)?;
        Some(View::of(&sum.figures, self.show, sum.unread, false))
    }

    /// The documents and the labels of all files.
    #[must_use]
    pub fn sizes(&self) -> (u64, u64) {
        let sizes = self.files.iter().map(|file| &file.input);
        sizes.fold((0, 0), |sum, input| {
            (sum.0 + input.documents, sum.1 + input.labels)
        })
    }

    /// The instances of each label in all files, by set.
    fn categories(&self) -> BTreeMap<&str, Sets> {
        let mut all: BTreeMap<&str, Sets> = BTreeMap::new();
        for label in self.files.iter().flat_map(|file| &file.view.labels) {
            all.entry(&label.label).or_default().add(label.instances);
        }
        all
    }
}
