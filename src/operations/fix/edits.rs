//! The fixes of a state of a file, as byte edits that can be made together.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use super::law::Aim;
use crate::diagnostics::Applicability;
use crate::diagnostics::{Diagnostic, Fix, Severity};
use crate::formats;
use crate::formats::Layout;
use crate::input::{Separators, Source, Spool};
use crate::json::patch::{self, Edit};
use crate::pipeline::{Error, Outcome};
use crate::rules;

/// What would fix a finding, or its part in one document.
pub(super) struct Candidate {
    pub(super) aim: Aim,
    pub(super) severity: Severity,
    /// The number of its finding. The parts of a finding's fix follow one another.
    pub(super) of: usize,
    /// In bytes of the file. All of them are made, or none.
    edits: Vec<Edit>,
}

/// The rules with a fix that is allowed, each with its place in the catalogue: the gravest come
/// first.
pub(super) fn fixable(most: Applicability) -> BTreeMap<&'static str, usize> {
    let metas = rules::metas().into_iter().enumerate();
    let allowed = metas.filter(|(_, meta)| match meta.fix {
        Some(Applicability::Safe) => true,
        Some(Applicability::Unsafe) => most == Applicability::Unsafe,
        None => false,
    });
    allowed.map(|(index, meta)| (meta.name, index)).collect()
}

/// What would fix the findings of a file, in the order of the rules: what is allowed and
/// `wanted`.
pub(super) fn candidates(
    source: &Source,
    outcome: &Outcome,
    order: &BTreeMap<&'static str, usize>,
    wanted: impl Fn(&Diagnostic, &Fix, &Aim) -> bool,
) -> Result<Vec<Candidate>, Error> {
    let format = outcome.input.format.and_then(formats::find);
    let in_array = format.is_some_and(|format| format.info().layout == Layout::ITEMS);
    let mut separators = Separators::new(source, in_array);
    let mut candidates = Vec::new();
    for (of, finding) in outcome.diagnostics.iter().enumerate() {
        let finding = finding?;
        let Some(fix) = finding.fix.as_deref() else {
            continue;
        };
        if !order.contains_key(finding.rule) {
            continue;
        }
        let mut add = |aim: Aim, edits: Vec<Edit>| {
            if !edits.is_empty() && wanted(&finding, fix, &aim) {
                candidates.push(Candidate {
                    aim,
                    severity: finding.severity,
                    of,
                    edits,
                });
            }
        };
        for part in &fix.parts {
            add(Aim::part(finding.rule, &part.document), part.edits.clone());
        }
        let edits = spelled(&mut separators, fix).map_err(|error| Error::read(source, error))?;
        add(Aim::of(&finding), edits);
    }
    candidates.sort_by_key(|candidate| order.get(candidate.aim.finding.0));
    Ok(candidates)
}

/// All edits of a fix: records are removed with what parts them from their neighbours.
fn spelled(separators: &mut Separators<'_>, fix: &Fix) -> io::Result<Vec<Edit>> {
    let mut edits = fix.edits.clone();
    for record in &fix.records {
        edits.push(Edit {
            bytes: separators.removal(record)?,
            text: String::new(),
        });
    }
    Ok(edits)
}

/// Fixes that can be made together.
#[derive(Default)]
pub(super) struct Chosen {
    /// Sorted, and apart from one another; in bytes of the file.
    edits: Vec<Edit>,
    /// The candidates that they are of, by index.
    pub(super) made: Vec<usize>,
}

/// Those of the candidates that can be made together, if they are `wanted`. What overlaps an
/// earlier one waits for the next round.
pub(super) fn choose(candidates: &[Candidate], wanted: impl Fn(usize) -> bool) -> Chosen {
    let mut taken = Taken::new();
    let mut made = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        if !wanted(index) || candidate.edits.iter().any(|edit| meets(&taken, edit)) {
            continue;
        }
        for edit in &candidate.edits {
            taken.insert((edit.bytes.start, taken.len()), edit);
        }
        made.push(index);
    }
    Chosen {
        edits: taken.into_values().cloned().collect(),
        made,
    }
}

/// Edits by place, and in the order in which they were chosen.
type Taken<'a> = BTreeMap<(u64, usize), &'a Edit>;

/// Whether an edit cannot be made together with those that are taken: they have bytes in
/// common, or both write at one place. Items that are added to one array follow one another.
fn meets(taken: &Taken<'_>, edit: &Edit) -> bool {
    let adds = |edit: &Edit| edit.bytes.is_empty() && edit.text.starts_with(',');
    let clash = |other: &Edit| {
        let (a, b) = (&other.bytes, &edit.bytes);
        let same = a.start == b.start && !(adds(other) && adds(edit));
        same || a.start < b.end && b.start < a.end
    };
    // Those before it are apart, so only the last can reach this far; if it begins at the same
    // place, it speaks for all that do, since they all add.
    let before = taken.range(..=(edit.bytes.start, usize::MAX)).next_back();
    let after = edit.bytes.start + 1..edit.bytes.end.max(edit.bytes.start + 1);
    let after = taken.range((after.start, 0)..(after.end, 0)).next();
    let mut nearest = before.into_iter().chain(after);
    nearest.any(|(_, other)| clash(other))
}

/// The file with the edits made, as a temporary file.
pub(super) fn apply(source: &Source, chosen: &Chosen) -> Result<Source, Error> {
    let mut output = io::BufWriter::new(Spool::new().map_err(unwritten)?);
    patch(source, &chosen.edits, &mut output, &unwritten)?;
    let file = output
        .into_inner()
        .map_err(|error| unwritten(error.into_error()))?;
    Ok(source.replaced(file))
}

/// Writes a file with edits made, which are sorted and apart from one another. `unwritten` says what it
/// means that the output cannot be written.
pub(in crate::operations) fn patch(
    source: &Source,
    edits: &[Edit],
    output: &mut dyn Write,
    unwritten: &dyn Fn(io::Error) -> Error,
) -> Result<(), Error> {
    let read = |error| Error::read(source, error);
    let mut input = source.reader().map_err(read)?;
    let mut chunk = Vec::new();
    let mut out = Vec::new();
    let mut at = 0;
    let mut next = 0;
    loop {
        chunk.clear();
        let size = (&mut input)
            .take(1 << 20)
            .read_to_end(&mut chunk)
            .map_err(read)?;
        if size == 0 {
            return output.flush().map_err(unwritten);
        }
        let end = at + size as u64;
        // The edits that bear on the chunk; the last of them may bear on the next one too.
        let from = next;
        while next < edits.len() && edits[next].bytes.start < end {
            next += 1;
        }
        out.clear();
        patch::apply(at, &chunk, &edits[from..next], &mut out);
        output.write_all(&out).map_err(unwritten)?;
        while next > from && edits[next - 1].bytes.end > end {
            next -= 1;
        }
        at = end;
    }
}

pub(super) fn unwritten(source: io::Error) -> Error {
    Error::Write {
        path: "a temporary file".to_owned(),
        source,
    }
}
