//! The product of a conversion as it is written, and which one a ledger belongs to.

use std::hash::Hasher;
use std::io::{self, Write};

use twox_hash::XxHash3_64;

use super::conversion::{Product, Target};
use crate::formats::ledger::LedgerHead;
use crate::pipeline::Error;

/// What stands for the hash of a product that is not written yet.
const UNKNOWN: &str = "0000000000000000";

/// A product, and its hash where a ledger is to name it.
pub(super) struct Named<'p> {
    out: Target<'p>,
    hasher: Option<XxHash3_64>,
    /// Where the ledger names the hash.
    place: u64,
}

impl<'p> Named<'p> {
    /// A product without a ledger.
    pub(super) const fn alone(out: Target<'p>) -> Self {
        Self {
            out,
            hasher: None,
            place: 0,
        }
    }

    /// A product with a ledger, whose first line is written.
    pub(super) fn with_ledger(
        out: Target<'p>,
        head: &LedgerHead,
        ledger: Target<'_>,
    ) -> Result<Self, Error> {
        let head = LedgerHead {
            product: Some(UNKNOWN.to_owned()),
            ..head.clone()
        };
        let mut line = serde_json::to_string(&head).map_err(|error| Error::write(error.into()))?;
        line.push('\n');
        let written = ledger.write_all(line.as_bytes());
        written.map_err(Error::WriteLedger)?;
        // Nothing of the source stands before it.
        let place = line.find(UNKNOWN).unwrap_or_default();
        Ok(Self {
            out,
            hasher: Some(XxHash3_64::new()),
            place: place as u64,
        })
    }

    /// Names the product in its ledger, now that it is written.
    pub(super) fn name_in(&self, ledger: Target<'_>) -> Result<(), Error> {
        let Some(hasher) = &self.hasher else {
            return Ok(());
        };
        let hash = format!("{:016x}", hasher.finish());
        let named = ledger.amend(self.place, hash.as_bytes());
        named.map_err(Error::WriteLedger)
    }
}

impl Write for Named<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        if let Some(hasher) = &mut self.hasher {
            hasher.write(&bytes[..written]);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Product for Named<'_> {
    fn restart(&mut self) -> io::Result<()> {
        self.hasher = self.hasher.as_ref().map(|_| XxHash3_64::new());
        self.out.restart()
    }

    fn amend(&mut self, place: u64, bytes: &[u8]) -> io::Result<()> {
        self.out.amend(place, bytes)
    }
}
