//! Which part of a file is converted, and which were.

use std::path::PathBuf;

use crate::cli::help::heading;
use crate::cli::shard::{Shard, ShardArgs};
use crate::cli::terminal::Failure;
use crate::operations::Shards;

/// Flags about shards.
#[derive(clap::Args)]
pub(super) struct ShardFlags {
    #[command(flatten)]
    part: ShardArgs,

    /// Results of the shards of this conversion
    ///
    /// The documents are those that `convert --shard` has written, and the texts are not read again. Give the same
    /// options as to the shards. Together these must cover the file; their order does not matter.
    #[arg(long, value_name = "PARTIAL", num_args = 1.., conflicts_with = "shard",
        help_heading = heading::SHARDS)]
    partials: Vec<PathBuf>,
}

impl ShardFlags {
    /// What is to be converted and where its result goes, if only a part is.
    pub(super) fn asked(&self) -> Option<Shard<'_>> {
        self.part.asked()
    }

    /// The results of shards.
    pub(super) fn partials(&self) -> &[PathBuf] {
        &self.partials
    }

    /// The same, opened; `None` where there are none.
    ///
    /// Fails where they do not fit together.
    pub(super) fn open(&self) -> Result<Option<Shards>, Failure> {
        let paths = Some(self.partials.clone()).filter(|paths| !paths.is_empty());
        Ok(paths.map(Shards::open).transpose()?)
    }
}
