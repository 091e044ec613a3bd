//! A conversion: one new file, or several.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use labelwright::internals::formats::{NewCorpus, UnitSide, find};
use labelwright::internals::model::path::unsafe_reason;
use labelwright::internals::operations::{Conversion, FileTarget, Metadata, convert as convert_to};
use labelwright::internals::report::Verdict;
use labelwright::internals::rules::run;
use serde_json::json;

use crate::checking::{format, gate};
use crate::message::{Answer, ConvertAsked};
use crate::rows::groups;
use crate::session::{Session, told};

/// Converts a label file that was checked. The payload has the new files one after the other, as the answer
/// names them; it is empty where the conversion is refused.
///
/// Fails where there is no such file, where what is said of the new project cannot be, and where the texts
/// do not fit the target.
pub(crate) fn convert(session: &mut Session, asked: &ConvertAsked) -> Result<Answer, String> {
    let checked = &session.checked;
    let source = checked
        .sources
        .get(asked.input)
        .ok_or("there is no such label file")?;
    let to = format(&asked.to)?.ok_or("a conversion needs a format")?;
    let options = checked.options(source);
    judge(asked, &options)?;
    let texts = checked.texts(source);
    let files = NewFiles::default();
    let conversion = Conversion {
        from: checked.format,
        to,
        texts: texts.as_ref(),
        unit: options.unit,
        metadata: Metadata {
            name: asked.name.clone(),
            container: asked.container.clone(),
            language: asked.language.clone(),
            datastore: asked.datastore.clone(),
            prefix: asked.prefix.clone(),
            ..Metadata::default()
        },
        wishes: labelwright::internals::formats::Wishes::default(),
        skip_invalid: asked.skip_invalid,
        deny_loss: false,
        save_losses: false,
        restore: None,
        files: Some(&files),
    };
    let mut product = Vec::new();
    let made = convert_to(source, &conversion, &options, &mut product, &mut io::sink());
    let outcome = made.map_err(|error| told(&error))?;
    let info = to.info();
    let stem = source.stem();
    let (name, folder) = if let Some(once) = info.layout.folder {
        (format!("{stem}/{once}"), stem.to_owned())
    } else {
        let name = format!("{stem}-{}.{}", info.name, info.extension());
        (name, "texts".to_owned())
    };
    let labels: Vec<&str> = outcome.categories.iter().map(|it| it.0.as_str()).collect();
    let kind = outcome.input.kind;
    let next = to.next_step(&NewCorpus {
        path: &name,
        kind,
        labels: &labels,
        unit: kind.filter(|kind| kind.has_spans()).map(|_| {
            let from = outcome.input.format.and_then(find);
            UnitSide::asked(options.unit, from.map(|from| from.info()), info)
        }),
        wishes: conversion.wishes,
    });
    let mut new = vec![(name, product)];
    let others = std::mem::take(&mut *files.lock());
    new.extend(
        others
            .into_iter()
            .map(|(name, bytes)| (format!("{folder}/{name}"), bytes)),
    );
    if outcome.refused {
        new.clear();
    }
    let gate = gate();
    let mut verdict = Verdict::of_conversions(0);
    verdict.add_outcome(&outcome, &gate);
    let header = json!({
        "refused": outcome.refused,
        "verdict": verdict.line(),
        "ready": verdict.is_ready(),
        "documents": outcome.input.documents,
        "labels": outcome.input.labels,
        "groups": groups(std::slice::from_ref(&outcome)),
        "next": next.filter(|_| !outcome.refused),
        "files": new.iter().map(|(name, bytes)| (name, bytes.len())).collect::<Vec<_>>(),
    });
    session.conversion = vec![outcome];
    let mut files = new.into_iter().map(|(_, bytes)| bytes);
    // The first may be large: it is not copied.
    let mut payload = files.next().unwrap_or_default();
    for bytes in files {
        payload.extend(bytes);
    }
    Ok(Answer { header, payload })
}

/// Judges what the user says of the new project as it would be judged in a file.
///
/// Fails with what is wrong with it.
fn judge(asked: &ConvertAsked, options: &labelwright::Options) -> Result<(), String> {
    let (name, language) = (asked.name.as_deref(), asked.language.as_deref());
    for (what, name, language) in [("Name", name, None), ("Language", None, language)] {
        let found = run::project(name, language, &options.settings, &options.levels);
        if let Some(found) = found.first() {
            let help = found.help.as_deref().unwrap_or_default();
            return Err(format!("{what}: {}; {help}", found.message));
        }
    }
    Ok(())
}

/// New files beside the label file.
#[derive(Default)]
struct NewFiles(Mutex<BTreeMap<String, Vec<u8>>>);

impl NewFiles {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FileTarget for NewFiles {
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some(reason) = unsafe_reason(name) {
            let reason = format!("the name cannot be one of a file: {reason}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        let mut files = self.lock();
        if files.get(name).is_some_and(|before| before != bytes) {
            let reason = "the input has two texts of this name; a check of it says where";
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, reason));
        }
        files.insert(name.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn restart(&self) -> io::Result<()> {
        self.lock().clear();
        Ok(())
    }
}
