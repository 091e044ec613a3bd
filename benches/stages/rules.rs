//! What a check does with a document that is read and whose text is there: proving its spans,
//! judging it, and counting it.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use labelwright::internals::alignment::{AlignedDocument, TextState};
use labelwright::internals::corpus::surfaces::{NotedSurfaces, places};
use labelwright::internals::corpus::{Statistics, Uses};
use labelwright::internals::diagnostics::Location;
use labelwright::internals::json::Pointer;
use labelwright::internals::model::{At, Document, UnitChoice};
use labelwright::internals::rules::settings::Settings;
use labelwright::internals::rules::{Levels, run};
use labelwright::internals::text::{Text, Unit};

use super::documents::Documents;
use super::read::documents;

const DOCUMENTS: usize = 2_000;

/// `AlignedDocument::new`, with what weighs whether the offsets count something else.
#[divan::bench]
fn aligned(bencher: Bencher<'_, '_>) {
    let corpus = Documents::new(DOCUMENTS);
    let documents = documents(corpus.lines.lines());
    bencher.counter(ItemsCount::new(DOCUMENTS)).bench(|| {
        for (document, text) in black_box(&documents).iter().zip(&corpus.texts) {
            black_box(examine(document, text));
        }
    });
}

/// What each group says of a document; what only the whole corpus tells is not in it.
#[divan::bench(args = ["all", "shape", "offsets", "documents", "coverage"])]
fn judged(bencher: Bencher<'_, '_>, group: &str) {
    let corpus = Documents::new(DOCUMENTS);
    let documents = documents(corpus.lines.lines());
    let aligned = all_examined(&documents, &corpus);
    let (mut levels, settings) = (Levels::default(), Settings::default());
    levels.select(&[group.to_owned()]).expect("a group");
    let rules = run::document_rules(&run::active(&levels));
    bencher.counter(ItemsCount::new(DOCUMENTS)).bench_local(|| {
        let mut found = Vec::new();
        for document in black_box(&aligned) {
            run::document(&rules, document, &settings, &mut found, &mut |_| ());
        }
        found
    });
}

/// What `Statistics`, `Uses` and `NotedSurfaces` add with all that the rules ask for.
#[divan::bench]
fn counted(bencher: Bencher<'_, '_>) {
    let corpus = Documents::new(DOCUMENTS);
    let documents = documents(corpus.lines.lines());
    let aligned = all_examined(&documents, &corpus);
    let asks = run::asks(&run::active(&Levels::default()));
    bencher.counter(ItemsCount::new(DOCUMENTS)).bench_local(|| {
        let (mut statistics, mut uses) = (Statistics::default(), Uses::default());
        let mut noted = NotedSurfaces::default();
        for document in black_box(&aligned) {
            statistics.add(document, false, location);
            uses.add(document.document, true, |_| true, location);
            statistics.add_text(document, &asks);
            noted.add(document, &places(document));
        }
        statistics.add_uses(uses);
        statistics.surfaces.add_noted(noted);
        statistics
    });
}

fn location(_: &Document<'_>, _: At) -> Location {
    Location {
        bytes: 0..0,
        pointer: Some(Pointer::root()),
        document: None,
    }
}

fn examine<'a>(document: &'a Document<'a>, text: &'a str) -> AlignedDocument<'a> {
    let state = TextState::Read(Text::new(text));
    let unit = UnitChoice::Given(Unit::CodePoint);
    AlignedDocument::new(document, state, unit, true)
}

fn all_examined<'a>(
    documents: &'a [Document<'a>],
    corpus: &'a Documents,
) -> Vec<AlignedDocument<'a>> {
    let both = documents.iter().zip(&corpus.texts);
    both.map(|(document, text)| examine(document, text))
        .collect()
}
