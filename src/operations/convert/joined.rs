//! The results of shards of a conversion, as they are given to one of the whole file.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::model::UnitChoice;
use crate::operations::shard::converted::{AskedOfConversion, Basis, Converted};
use crate::operations::shard::head::PartialHead;
use crate::operations::shard::partial::Partial;
use crate::operations::shard::{are_of, open_all};
use crate::pipeline::Error;
use crate::pipeline::cutter::Stretch;
use crate::pipeline::pass::Pass;

/// The results of `convert_shard` of a whole file.
#[derive(Debug)]
pub struct Shards {
    paths: Vec<PathBuf>,
    /// That of the first shard.
    head: PartialHead,
    converted: Converted,
    /// Whether a conversion was found to ask the same of the same file.
    fit: AtomicBool,
    /// Whether a conversion had to go over the file itself.
    were_left: AtomicBool,
}

impl Shards {
    /// The results of shards.
    ///
    /// Fails where one cannot be read, and where they are not those of one file and one conversion, or do not
    /// cover the file.
    pub fn open(paths: Vec<PathBuf>) -> Result<Self, Error> {
        let partials = open_all(&paths)?;
        let head = partials[0].head.clone();
        let Some(converted) = head.converted.clone() else {
            let what = "it is a result of `check --shard`; give it to `merge`";
            return Err(partials[0].unfit(what.to_owned()));
        };
        Ok(Self {
            paths,
            head,
            converted,
            fit: AtomicBool::new(false),
            were_left: AtomicBool::new(false),
        })
    }

    /// Whether the last conversion had to go over the file itself, since the whole of it shows what no
    /// shard could know.
    #[must_use]
    pub fn were_left(&self) -> bool {
        self.were_left.load(Ordering::Relaxed)
    }

    /// Makes sure that a conversion asks the same of the same file as the shards.
    ///
    /// Fails where it does not.
    pub(super) fn prove(&self, pass: &Pass<'_>, asked: &AskedOfConversion) -> Result<(), Error> {
        if self.fit.swap(true, Ordering::Relaxed) {
            return Ok(());
        }
        let partials = open_all(&self.paths)?;
        are_of(&partials, pass.source)?;
        let now = PartialHead::new(pass, &Stretch::new(0..0, 0), false);
        let now = now.map_err(|error| Error::read(pass.source, error))?;
        let different = self.head.asked_otherwise(&now);
        let of_conversion = || {
            let is_same = self.converted.asked == *asked;
            (!is_same).then_some("what was asked of the conversion")
        };
        match different.or_else(of_conversion) {
            Some(what) => Err(partials[0].unfit(format!(
                "{what} differs from what is asked now; give the options of the shards again"
            ))),
            None => Ok(()),
        }
    }

    /// Whether a conversion with that basis would write the same documents.
    pub(super) fn have(&self, pass: &Pass<'_>, basis: &Basis) -> bool {
        // A shard takes the unit for settled, and no file for one that several documents fall back to.
        let is_settled = !matches!(pass.survey.unit, UnitChoice::Ambiguous { .. })
            && pass.survey.contested.is_empty();
        let have = is_settled && self.converted.basis == *basis;
        self.were_left.store(!have, Ordering::Relaxed);
        have
    }

    /// The results, in the order of the file.
    pub(super) fn opened(&self) -> Result<Vec<Partial>, Error> {
        open_all(&self.paths)
    }
}
