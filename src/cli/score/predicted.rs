//! From `PREDICTED...` to what was predicted.

use std::io::BufReader;
use std::path::Path;

use super::args::Args;
use crate::cli::terminal::Failure;
use crate::config::Lookup;
use crate::evaluation::Task;
use crate::evaluation::service::{
    ServiceError, ServiceFile, Summary, read_predicted, read_summary,
};
use crate::formats::{HEAD_BYTES, service_file};
use crate::input::{Source, Texts};
use crate::operations::{self, Incomparable, Predictions};
use crate::pipeline::Error;

/// What was predicted.
pub(super) enum Read {
    /// Labels of documents.
    Labels(Box<Predictions>),
    /// Figures alone.
    Summary(Box<Summary>),
}

/// Reads all files with predictions, of which a job may have several kinds: the one that is `wanted`
/// counts. Texts are looked for beside the gold label file too, which is in the folder `gold`.
///
/// Fails where one cannot be read; refuses where they do not go together.
pub(super) fn read(
    args: &Args,
    wanted: Option<Task>,
    gold: &Path,
) -> Result<Result<Read, Incomparable>, Failure> {
    let mut predictions = Predictions::default();
    for path in &args.predicted {
        let (source, job) = args.reading.open(path)?;
        let given = args.reading.format();
        let head = source
            .head(HEAD_BYTES)
            .map_err(|error| unread(&source, error))?;
        let added = match service_file(&head) {
            Some(ServiceFile::Summary) => {
                let summary = summary(&source)?;
                if args.predicted.len() > 1 {
                    let why =
                        "a summary has no documents, so it cannot be taken together with others";
                    return Err(format!("{}: {why}", source.name()).into());
                }
                return Ok(Ok(Read::Summary(Box::new(summary))));
            }
            Some(file) => {
                let reader = source.reader().map_err(|error| unread(&source, error))?;
                let predicted = read_predicted(file, BufReader::new(reader), wanted);
                let predicted = predicted.map_err(|error| broken(&source, file, error))?;
                let unit = args.job_offsets.into();
                predictions.add_service(source.name(), file, predicted, unit)
            }
            None => {
                let texts = match &job.lookup {
                    Lookup::Beside => {
                        let folders = [source.folder().to_owned(), gold.to_owned()];
                        let opened = Texts::open(&folders, false);
                        Some(opened.map_err(|(path, source)| {
                            let path = path.display().to_string();
                            Error::Read { path, source }
                        })?)
                    }
                    _ => job.texts(&source)?,
                };
                let corpus = operations::read_beside(&source, given, texts.as_ref(), &job.options)?;
                predictions.add_labels(&corpus)?
            }
        };
        if let Err(refusal) = added {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(Read::Labels(Box::new(predictions))))
}

/// Reads figures: of a summary of the service, or of an earlier run.
pub(super) fn summary(source: &Source) -> Result<Summary, Failure> {
    let reader = source.reader().map_err(|error| unread(source, error))?;
    let summary = read_summary(BufReader::new(reader));
    summary.map_err(|error| broken(source, ServiceFile::Summary, error))
}

fn unread(source: &Source, error: std::io::Error) -> Failure {
    let path = source.name().to_owned();
    Box::new(Error::Read {
        path,
        source: error,
    })
}

fn broken(source: &Source, file: ServiceFile, error: ServiceError) -> Failure {
    let name = source.name();
    match error {
        ServiceError::Json(error) => format!("{name} cannot be read as {file}: {error}").into(),
        ServiceError::Content(why) => format!("{name}: {why}").into(),
    }
}
