//! Laws that hold for every fixture: nothing depends on threads, on the size of a batch, on
//! which reader read a record, or on how many findings stay in memory.

use std::path::Path;

use labelwright::findings::Room;
use labelwright::formats;
use labelwright::pipeline::{self, Conversion, Metadata, Options, Outcome};
use labelwright::source::Source;
use labelwright::texts::Texts;

use crate::support::{fixtures, label_files};

fn runs() -> Vec<Options> {
    let all = [
        (1, 1 << 20, true, 64_000),
        (1, 1, true, 64_000),
        (2, 7, true, 1),
        (3, 64, false, 2),
        (1, 1 << 20, false, 0),
    ];
    let options = all.map(|(jobs, batch_bytes, quick, findings_in_memory)| Options {
        jobs,
        batch_bytes,
        quick,
        room: Room::new(findings_in_memory),
        ..Options::default()
    });
    options.into()
}

fn texts(path: &Path) -> Texts {
    let folders = [
        path.parent().unwrap().to_owned(),
        fixtures().join("rules/texts"),
    ];
    Texts::open(&folders, true).unwrap()
}

#[test]
fn one_report_for_any_threads_batches_and_reader() {
    for path in label_files() {
        let source = Source::open(&path).unwrap();
        let texts = texts(&path);
        let check =
            |options: &Options| pipeline::check(&source, None, Some(&texts), options).unwrap();
        let outcomes: Vec<Outcome> = runs().iter().map(check).collect();
        for other in &outcomes[1..] {
            assert_eq!(*other, outcomes[0], "{}", path.display());
        }
    }
}

#[test]
fn one_output_for_any_threads_batches_and_reader() {
    for path in label_files() {
        let source = Source::open(&path).unwrap();
        let texts = texts(&path);
        for to in formats::FORMATS {
            let conversion = Conversion {
                from: None,
                to: *to,
                texts: Some(&texts),
                unit: None,
                metadata: Metadata::default(),
                skip_invalid: true,
                deny_loss: false,
                save_losses: true,
                restore: None,
            };
            let convert = |options: &Options| {
                let (mut out, mut ledger) = (Vec::new(), Vec::new());
                let outcome =
                    pipeline::convert(&source, &conversion, options, &mut out, &mut ledger);
                let outcome = outcome.unwrap();
                if outcome.refused {
                    // What a refused conversion wrote means nothing.
                    return (Vec::new(), Vec::new(), outcome);
                }
                (out, ledger, outcome)
            };
            let results: Vec<_> = runs().iter().map(convert).collect();
            for other in &results[1..] {
                assert!(*other == results[0], "{} to {}", path.display(), to.name());
            }
        }
    }
}
