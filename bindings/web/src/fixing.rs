//! Fixes of a label file: what they would change, and the file as it would be.

use std::io::Read;

use labelwright::Source;
use labelwright::internals::diagnostics::{Applicability, count};
use labelwright::internals::formats::private_members;
use labelwright::internals::operations;
use labelwright::internals::pipeline::Options;
use labelwright::internals::report::{Verdict, changes};
use serde_json::json;

use crate::checking::gate;
use crate::message::{Answer, FixAsked};
use crate::session::{Session, told};

/// Of a larger file no difference is shown: it is looked for line by line.
const MOST_COMPARED: u64 = 8 << 20;

/// The most characters of a difference that are shown.
const MOST_SHOWN: usize = 200_000;

/// Fixes a label file that was checked. The payload is the fixed file; it is empty where nothing can be
/// fixed.
///
/// Fails where there is no such file, and where it cannot be fixed.
pub(crate) fn fix(session: &Session, asked: FixAsked) -> Result<Answer, String> {
    let checked = &session.checked;
    let source = checked
        .sources
        .get(asked.input)
        .ok_or("there is no such label file")?;
    if source.is_several() {
        return Err(format!(
            "{} is a folder of files, and only a single file can be fixed",
            source.name()
        ));
    }
    let texts = checked.texts(source);
    // A file that is gone over an unknown number of times has no bar.
    let options = Options {
        meter: None,
        ..checked.options(source)
    };
    let most = if asked.unsafe_too {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    let fixed = operations::fix(source, checked.format, texts.as_ref(), &options, most);
    let fixed = fixed.map_err(|error| told(&error))?;
    let withheld = fixed.withheld.iter().map(|((rule, reason), number)| {
        let findings = count(*number, "finding");
        format!("did not fix {findings} of `{rule}`: {reason}")
    });
    let gate = gate();
    let mut verdict = Verdict::of_checks(0);
    verdict.add_outcome(&fixed.outcome, &gate);
    let bytes = fixed.source.as_ref().map(whole).transpose()?;
    let (diff, is_cut) = match &bytes {
        Some(bytes) => difference(source, bytes)?,
        None => (None, false),
    };
    Ok(Answer {
        header: json!({
            "fixed": fixed.fixed,
            "withheld": withheld.collect::<Vec<_>>(),
            "verdict": verdict.line(),
            "ready": verdict.is_ready(),
            "diff": diff,
            "cut": is_cut,
            "changed": bytes.is_some(),
        }),
        payload: bytes.unwrap_or_default(),
    })
}

/// What the fixes change, as a unified diff, and whether its end is missing; nothing of a large file.
fn difference(source: &Source, fixed: &[u8]) -> Result<(Option<String>, bool), String> {
    if source.length().unwrap_or(u64::MAX) > MOST_COMPARED {
        return Ok((None, true));
    }
    let old = whole(source)?;
    let (old, new) = (
        String::from_utf8_lossy(&old),
        String::from_utf8_lossy(fixed),
    );
    let private: Vec<&str> = private_members().collect();
    let mut diff = changes(source.name(), &old, &new, &private);
    let is_cut = diff.len() > MOST_SHOWN;
    if is_cut {
        // A line end is no part of another character.
        let shown = &diff.as_bytes()[..MOST_SHOWN];
        let end = shown.iter().rposition(|byte| *byte == b'\n');
        diff.truncate(end.map_or(0, |line| line + 1));
    }
    Ok((Some(diff), is_cut))
}

fn whole(source: &Source) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = source
        .reader()
        .and_then(|mut it| it.read_to_end(&mut bytes));
    read.map_err(|error| told(&error))?;
    Ok(bytes)
}
