//! The files of a conversion: what it makes, and the ledger that is put back.

use std::io;
use std::path::Path;

use super::stamp::Hashing;
use crate::cli::new_file::NewFile;
use crate::cli::output::{Outputs, Stream};
use crate::cli::terminal::Failure;
use crate::formats::Format;
use crate::input::{NewTexts, Source};
use crate::operations::{self, Conversion, Ledger};
use crate::pipeline::{Error, Options, Outcome};

/// The files that a conversion makes.
pub(super) struct Files {
    pub(super) name: String,
    pub(super) product: Hashing<NewFile>,
    /// The ledger, and what it is called.
    ledger: Option<(NewFile, String)>,
    /// Texts that become files of their own, once they were put aside.
    pub(super) texts: Option<NewTexts>,
}

impl Files {
    /// Creates the files beside the places where they will appear. `hashing` tells whether
    /// somebody will ask for a stamp of the product.
    pub(super) fn create(
        out: &Path,
        force: bool,
        ledger: Option<&Path>,
        hashing: fn(NewFile) -> Hashing<NewFile>,
    ) -> Result<Self, Failure> {
        let to_stdout = out == Path::new("-");
        let name = if to_stdout {
            "standard output".to_owned()
        } else {
            out.display().to_string()
        };
        let product = if to_stdout {
            NewFile::for_stdout()
        } else {
            NewFile::create(out, force)
        };
        let product = product.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => format!("{name} exists; `--force` replaces it").into(),
            _ => Box::new(unwritten(&name, error)) as Failure,
        })?;
        let create = |path: &Path| {
            let name = path.display().to_string();
            match NewFile::create(path, true) {
                Ok(file) => Ok((file, name)),
                Err(error) => Err(unwritten(&name, error)),
            }
        };
        Ok(Self {
            product: hashing(product),
            ledger: ledger.map(create).transpose()?,
            texts: None,
            name,
        })
    }

    /// Converts. The files are not there yet, and must not be kept where it was refused.
    pub(super) fn make(
        &mut self,
        source: &Source,
        conversion: &Conversion<'_>,
        options: &Options,
    ) -> Result<Outcome, Failure> {
        let mut nowhere = io::sink();
        let saving: operations::Target<'_> = match &mut self.ledger {
            Some((file, _)) => file,
            None => &mut nowhere,
        };
        let made = operations::convert(source, conversion, options, &mut self.product, saving);
        made.map_err(|error| match error {
            Error::Write { path, source } if path.is_empty() => {
                Box::new(unwritten(&self.name, source)) as Failure
            }
            Error::WriteLedger(source) => match &self.ledger {
                Some((_, name)) => Box::new(unwritten(name, source)),
                None => Box::new(Error::WriteLedger(source)),
            },
            other => Box::new(other),
        })
    }

    /// Makes the files appear.
    pub(super) fn keep(self) -> Result<(), Failure> {
        if let Some(texts) = self.texts {
            let kept = texts.keep();
            kept.map_err(|(name, error)| unwritten(&name, error))?;
        }
        if let Some((ledger, name)) = self.ledger {
            let kept = ledger.keep();
            kept.map_err(|error| unwritten(&name, error))?;
        }
        let kept = self.product.inner.keep();
        kept.map_err(|error| Box::new(unwritten(&self.name, error)) as Failure)
    }
}

/// That a file could not be written.
pub(super) fn unwritten(path: &str, source: io::Error) -> Error {
    Error::Write {
        path: path.to_owned(),
        source,
    }
}

/// Opens a ledger that is to be put back.
pub(super) fn open_ledger(path: &Path, to: &'static dyn Format) -> Result<Ledger, Failure> {
    let ledger = Ledger::open(path)?;
    let head = &ledger.head;
    if head.from != to.info().name {
        return Err(format!(
            "the ledger is of a conversion from {} to {}, so it can be put back by one to {} only",
            head.from, head.to, head.from
        )
        .into());
    }
    Ok(ledger)
}

/// Where reports without a path go.
pub(super) fn stream(outputs: &Outputs<'_>, to_stdout: bool) -> Stream {
    if to_stdout || outputs.is_default() {
        Stream::Stderr
    } else {
        Stream::Stdout
    }
}
