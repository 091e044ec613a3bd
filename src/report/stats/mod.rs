//! What `stats` prints: what corpora add up to, without a judgement. One file a form.

mod csv;
pub(super) mod facts;
mod human;
mod json;
mod made;
mod markdown;
mod show;
mod view;

use std::collections::BTreeMap;

pub use self::csv::csv;
pub use self::human::human;
pub use self::json::json;
pub use self::markdown::markdown;
pub use self::show::Show;
pub use self::view::View;

use self::view::Sets;
use crate::corpus::figures::Figures;
use crate::corpus::overview::Overview;
use crate::pipeline::{Counted, Input, LeftOut};

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
    left_out: LeftOut,
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
            left_out,
            overview,
        } = counted;
        let view = View::of(&figures, self.show, left_out);
        self.files.push(FileStats {
            input,
            view,
            overview,
        });
        let sum = self.sum.get_or_insert_default();
        sum.figures.merge(figures);
        sum.left_out.add(left_out);
    }

    /// What all files add up to; `None` where there is only one, which says it.
    #[must_use]
    pub fn total(&self) -> Option<View> {
        let sum = self.sum.as_ref().filter(|_| self.files.len() > 1)?;
        Some(View::of(&sum.figures, self.show, sum.left_out))
    }

    /// What is in none of the numbers: each sentence with the file that it is about.
    pub fn left_out(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter();
        files.flat_map(|file| {
            let lines = file.view.left_out.iter();
            lines.map(|line| (&*file.input.path, &**line))
        })
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
            all.entry(&label.name).or_default().add(label.instances);
        }
        all
    }
}
