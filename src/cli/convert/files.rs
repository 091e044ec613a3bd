//! The files of a conversion: what it makes, and the ledger that is put back.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::stamp::Hashing;
use crate::cli::look::Stream;
use crate::cli::new_file::{NewFile, name_of};
use crate::cli::output::Outputs;
use crate::cli::terminal::Failure;
use crate::formats::Format;
use crate::formats::ledger::LedgerHead;
use crate::input::{NewTexts, Source, hash};
use crate::operations::{self, Conversion, Ledger};
use crate::pipeline::{Error, Options, Outcome};

/// The files that a conversion makes.
pub(super) struct Files {
    pub(super) name: String,
    pub(super) product: Hashing<NewFile>,
    /// With the path that it was given.
    ledger: Option<(PathBuf, NewFile)>,
    /// Texts that become files of their own, once they were put aside.
    pub(super) texts: Option<NewTexts>,
    /// What people should know of the conversion, and no rule says.
    pub(super) remark: Option<String>,
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
        let name = name_of(out);
        let product = NewFile::at(out, force).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => format!("{name} exists; `--force` replaces it").into(),
            _ => Box::new(unwritten(&name, error)) as Failure,
        })?;
        let create = |path: &Path| {
            let file = NewFile::create(path, true).map(|file| (path.to_owned(), file));
            file.map_err(|error| unwritten(&path.display().to_string(), error))
        };
        Ok(Self {
            product: hashing(product),
            ledger: ledger.map(create).transpose()?,
            texts: None,
            remark: None,
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
            Some((_, file)) => file,
            None => &mut nowhere,
        };
        let made = operations::convert(source, conversion, options, &mut self.product, saving);
        made.map_err(|error| match error {
            Error::Write { path, source } if path.is_empty() => {
                Box::new(unwritten(&self.name, source)) as Failure
            }
            Error::WriteLedger(source) => match &self.ledger {
                Some((path, _)) => Box::new(unwritten(&path.display().to_string(), source)),
                None => Box::new(Error::WriteLedger(source)),
            },
            other => Box::new(other),
        })
    }

    /// Adds lines to the ledger: what was left out before the conversion. Answers how many.
    ///
    /// Fails where they cannot be written.
    pub(super) fn note(
        &mut self,
        lines: &[u8],
        from: &str,
        to: &'static dyn Format,
    ) -> Result<u64, Failure> {
        let Some((path, ledger)) = &mut self.ledger else {
            return Ok(0);
        };
        let failed = |error| unwritten(&path.display().to_string(), error);
        // A file that stays in its format has no other losses, and no head.
        if from == to.info().name {
            let head = LedgerHead::bare(from, to.info().name);
            let mut line = serde_json::to_vec(&head)?;
            line.push(b'\n');
            ledger.write_all(&line).map_err(failed)?;
        }
        ledger.write_all(lines).map_err(failed)?;
        Ok(memchr::memchr_iter(b'\n', lines).count() as u64)
    }

    /// Makes the files appear.
    pub(super) fn keep(self) -> Result<(), Failure> {
        if let Some(texts) = self.texts {
            let kept = texts.keep();
            kept.map_err(|(path, error)| unwritten(&path.display().to_string(), error))?;
        }
        let mut product = self.product.inner;
        let unwritten_product = |error| Box::new(unwritten(&self.name, error)) as Failure;
        let Some((path, mut ledger)) = self.ledger else {
            return product.keep().map_err(unwritten_product);
        };
        let path = path.display().to_string();
        let unwritten_ledger = |error| unwritten(&path, error);
        // A product and its ledger belong together. Both are on the disk before either appears,
        // and where the second cannot appear the first goes back. What a killed run leaves is told
        // by the ledger's head, which names its product.
        product.secure().map_err(unwritten_product)?;
        ledger.secure().map_err(unwritten_ledger)?;
        let way_back = product.way_back();
        product.keep().map_err(unwritten_product)?;
        let Err(error) = ledger.keep() else {
            return Ok(());
        };
        if way_back.is_some_and(|way| way.go().is_ok()) {
            return Err(Box::new(unwritten_ledger(error)));
        }
        Err(format!(
            "cannot write {path}: {error}; {} is new, and its ledger is missing",
            self.name
        )
        .into())
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

/// What there is to say where a ledger was written with another file than the one that is read: it
/// may have been edited since, which is well, or the ledger may be that of another.
pub(super) fn of_another(
    ledger: &Ledger,
    path: &Path,
    source: &Source,
) -> Result<Option<String>, Failure> {
    let Some(product) = &ledger.head.product else {
        return Ok(None);
    };
    // The product of a folder of files is the one with what stands once.
    let first = source.ranges().map(|ranges| ranges.into_iter().next());
    let read = match first {
        Ok(Some(first)) if source.has_once() => {
            source.bytes(first).and_then(|bytes| hash(&bytes[..]))
        }
        Ok(_) => source.reader().and_then(hash),
        Err(error) => Err(error),
    };
    let read = read.map_err(|error| Error::Read {
        path: source.name().to_owned(),
        source: error,
    })?;
    let is_other = format!("{read:016x}") != *product;
    Ok(is_other.then(|| {
        format!(
            "{} was written with another {} than the one that is read; what of it fits is put back",
            path.display(),
            source.name()
        )
    }))
}

/// Where reports without a path go.
pub(super) fn stream(outputs: &Outputs<'_>, to_stdout: bool) -> Stream {
    if to_stdout || outputs.is_default() {
        Stream::Stderr
    } else {
        Stream::Stdout
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;

    /// Begins a new pair in a folder.
    fn begin(folder: &Path) -> Files {
        let (out, ledger) = (folder.join("out"), folder.join("ledger"));
        let mut files = Files::create(&out, true, Some(&ledger), Hashing::unasked).unwrap();
        files.product.write_all(b"new").unwrap();
        let (_, file) = files.ledger.as_mut().unwrap();
        file.write_all(b"new").unwrap();
        files
    }

    /// Puts a folder in the place of a file, so that nothing can be renamed onto it.
    fn block(path: &Path) {
        let _ = fs::remove_file(path);
        fs::create_dir(path).unwrap();
    }

    #[test]
    fn a_new_ledger_never_stands_beside_the_old_product() {
        for old in [Some("old"), None] {
            for blocked in ["out", "ledger"] {
                let folder = tempfile::tempdir().unwrap();
                let path = |name: &str| folder.path().join(name);
                if let Some(old) = old {
                    fs::write(path("out"), old).unwrap();
                    fs::write(path("ledger"), old).unwrap();
                }
                let files = begin(folder.path());
                block(&path(blocked));
                let error = files.keep().unwrap_err();
                let said = error.to_string();
                assert!(said.ends_with(blocked), "{said}");
                let other = if blocked == "out" { "ledger" } else { "out" };
                let kept = fs::read_to_string(path(other)).ok();
                assert_eq!(kept.as_deref(), old, "{blocked}");
                // Nothing else is left behind.
                let count = fs::read_dir(folder.path()).unwrap().count();
                assert_eq!(count, 1 + usize::from(old.is_some()), "{blocked}");
            }
        }
    }

    #[test]
    fn a_pair_appears_together() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            begin(folder.path()).keep().unwrap();
            for name in ["out", "ledger"] {
                assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), "new");
            }
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        }
    }
}
