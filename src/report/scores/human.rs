//! A comparison for people.

use std::fmt::Write;

use textwrap::{Options, WordSplitter};

use super::confusion::confusion;
use super::figures::{changed, figure};
use super::grid::grid;
use crate::diagnostics::redact::mask;
use crate::diagnostics::{count, quote, visible};
use crate::evaluation::{
    Change, ErrorClass, FoundError, LabelScores, Rates, Scheme, ScoreSheet, Side, Task,
    WorstDocument,
};
use crate::report::document::lanes;
use crate::report::look::{Look, Paint};

/// The width where there is no terminal to ask.
const WIDTH: usize = 80;

/// How many labels that were taken for others are listed.
const CONFUSIONS: usize = 5;

/// How many errors of a document are listed where its words are not shown.
const LISTED: usize = 10;

/// What the first line begins with.
const HEADINGS: [&str; 2] = ["Score of ", "Agreement of "];

/// Whether a line is the first of such a report.
pub(super) fn is_own(first: &str) -> bool {
    HEADINGS.iter().any(|heading| first.starts_with(heading))
}

/// A comparison as a terminal shows it.
#[must_use]
pub fn human(sheet: &ScoreSheet, look: Look) -> String {
    let page = Page {
        sheet,
        width: look.width.unwrap_or(WIDTH),
        paint: Paint::new(look.color, look.links),
    };
    let parts = [
        page.heading(),
        page.labels(),
        page.averages(),
        page.agreement(),
        page.measures(),
        page.errors(),
        page.confusion(),
        page.baseline(),
        page.worst(),
        page.notes(),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

struct Page<'a> {
    sheet: &'a ScoreSheet,
    width: usize,
    paint: Paint,
}

impl Page<'_> {
    fn heading(&self) -> String {
        let sheet = self.sheet;
        let paths = |paths: &[String]| {
            let paths = paths.iter().map(|path| visible(path).into_owned());
            paths.collect::<Vec<_>>().join(", ")
        };
        let heading = HEADINGS[usize::from(sheet.is_agreement)];
        let joint = if sheet.is_agreement { "and" } else { "against" };
        let (first, second) = if sheet.is_agreement {
            (visible(&sheet.gold).into_owned(), paths(&sheet.predicted))
        } else {
            (paths(&sheet.predicted), visible(&sheet.gold).into_owned())
        };
        let title = self
            .paint
            .bold(&format!("{heading}{first} {joint} {second}"));
        let scores = &sheet.scores;
        let total = scores.total();
        let (one, other) = sheet.sides();
        let mut known = Vec::new();
        if scores.documents > 0 {
            let documents = count(scores.documents, "document");
            known.push(format!("{documents}, {} without an error", scores.perfect));
        }
        known.push(format!(
            "{} {one}, {} {other}, {} the same",
            count(total.gold(), "label"),
            total.predicted(),
            total.true_positives
        ));
        format!("{title}\n{}\n", known.join("; "))
    }

    /// The figures of each label, then those of all.
    fn labels(&self) -> String {
        let labels = self.sheet.scores.labels.iter();
        let rows: Vec<_> = labels
            .map(|(name, label)| (name.clone(), self.row(label)))
            .collect();
        grid(&self.head("label"), &rows, self.width, self.paint)
    }

    fn head(&self, first: &'static str) -> Vec<&'static str> {
        let (one, other) = self.sheet.sides();
        if self.sheet.is_agreement {
            vec![first, "f1", one, other, "same"]
        } else {
            vec![first, "precision", "recall", "f1", one, other, "same"]
        }
    }

    fn row(&self, label: &LabelScores) -> Vec<String> {
        let counts = label.counts;
        let numbers = [counts.gold(), counts.predicted(), counts.true_positives];
        let mut cells = self.rates(counts.rates());
        cells.extend(numbers.map(|number| number.to_string()));
        cells
    }

    fn rates(&self, rates: Rates) -> Vec<String> {
        if self.sheet.is_agreement {
            vec![figure(rates.f1)]
        } else {
            [rates.precision, rates.recall, rates.f1]
                .map(figure)
                .to_vec()
        }
    }

    fn averages(&self) -> String {
        let scores = &self.sheet.scores;
        let head: &[&str] = if self.sheet.is_agreement {
            &["all labels", "f1"]
        } else {
            &["all labels", "precision", "recall", "f1"]
        };
        let rows = [
            ("micro".to_owned(), self.rates(scores.micro())),
            ("macro".to_owned(), self.rates(scores.macro_means())),
        ];
        grid(head, &rows, self.width, self.paint)
    }

    fn agreement(&self) -> String {
        let scores = &self.sheet.scores;
        let Some(found) = scores.agreement.filter(|_| self.sheet.is_agreement) else {
            return String::new();
        };
        let mut out = format!(
            "{} of the documents have the same label{} from both\n",
            percent(found.observed),
            if scores.task == Task::ClassSets {
                "s"
            } else {
                ""
            }
        );
        let told = |value: Option<f64>| value.map_or("not defined".to_owned(), figure);
        // Writing to a String cannot fail.
        let _ = if scores.task == Task::OneClass {
            writeln!(out, "Cohen's kappa: {}", told(found.kappa))
        } else {
            writeln!(out, "Krippendorff's alpha (MASI): {}", told(found.alpha))
        };
        out
    }

    /// The four measures of SemEval.
    fn measures(&self) -> String {
        let scores = &self.sheet.scores;
        let row = |scheme: Scheme| {
            let found = scores.semeval(scheme)?;
            let mut cells = self.rates(found.rates());
            let counts = [
                found.correct,
                found.incorrect,
                found.partial,
                found.missed,
                found.spurious,
            ];
            cells.extend(counts.map(|number| number.to_string()));
            Some((scheme.name().to_owned(), cells))
        };
        let rows: Vec<_> = Scheme::ALL.into_iter().filter_map(row).collect();
        if rows.is_empty() {
            return String::new();
        }
        let mut head = self.head("SemEval");
        head.truncate(head.len() - 3);
        head.extend(["correct", "wrong", "partial", "missed", "spurious"]);
        grid(&head, &rows, self.width, self.paint)
    }

    /// What is wrong, by its class, and which labels are taken for others.
    fn errors(&self) -> String {
        let scores = &self.sheet.scores;
        let mut out = String::new();
        if let Some(errors) = scores.errors.filter(|errors| errors.wrong() > 0) {
            for class in ErrorClass::ALL {
                let number = errors.of(class);
                if number > 0 {
                    let _ = writeln!(
                        out,
                        "{number:>6} {:<9} {}",
                        class.name(),
                        self.meaning(class)
                    );
                }
            }
            let ending = if errors.wrong() == 1 { "" } else { "s" };
            let title = self
                .paint
                .bold(&format!("{:>6} error{ending}", errors.wrong()));
            out = format!("{title}\n{out}");
        }
        for found in scores.confusions.iter().take(CONFUSIONS) {
            let (gold, predicted) = (quote(&found.gold), quote(&found.predicted));
            let line = if self.sheet.is_agreement {
                format!("{gold} to the first is {predicted} to the second")
            } else {
                format!("{gold} predicted as {predicted}")
            };
            let _ = writeln!(out, "{:>6} {line}", found.count);
        }
        let more = scores.confusions.len().saturating_sub(CONFUSIONS) as u64;
        if more > 0 {
            let _ = writeln!(
                out,
                "       and {}; `--output json` has all",
                count(more, "more pair")
            );
        }
        out
    }

    fn meaning(&self, class: ErrorClass) -> &'static str {
        match class {
            ErrorClass::Missing if self.sheet.is_agreement => "only the first has it",
            ErrorClass::Spurious if self.sheet.is_agreement => "only the second has it",
            ErrorClass::Boundary if self.sheet.is_agreement => "same label, another edge",
            ErrorClass::Label if self.sheet.is_agreement => "same span, another label",
            ErrorClass::Both if self.sheet.is_agreement => "overlapping span, another label",
            _ => class.meaning(),
        }
    }

    /// The confusion matrix.
    fn confusion(&self) -> String {
        let matrix = self.sheet.scores.matrix.as_ref();
        let first = if self.sheet.is_agreement {
            "the same"
        } else {
            "itself"
        };
        matrix.map_or(String::new(), |matrix| {
            confusion(matrix, first, self.width, self.paint)
        })
    }

    /// What became of the figures of another time.
    fn baseline(&self) -> String {
        let Some((path, changes)) = &self.sheet.baseline else {
            return String::new();
        };
        let is_same = |change: &&Change| {
            let same = change.before.zip(change.now);
            same.is_some_and(|(before, now)| (before.f1 - now.f1).abs() < 5e-5)
        };
        let differ = changes.iter().filter(|it| !it.is_label || !is_same(it));
        let rows: Vec<_> = differ
            .map(|it| (it.name.clone(), changed(it).to_vec()))
            .collect();
        let same = changes
            .iter()
            .filter(|it| it.is_label && is_same(it))
            .count();
        let mut out = format!("F1 beside {}\n", visible(path));
        out.push_str(&grid(
            &["label", "before", "now", "change"],
            &rows,
            self.width,
            self.paint,
        ));
        if same > 0 {
            let _ = writeln!(out, "{} as before", count(same as u64, "label"));
        }
        out
    }

    /// The documents with the most errors.
    fn worst(&self) -> String {
        let worst = &self.sheet.scores.worst;
        if worst.is_empty() {
            return String::new();
        }
        let title = if worst.len() == 1 {
            "The document with the most errors".to_owned()
        } else {
            format!("The {} documents with the most errors", worst.len())
        };
        let mut out = format!("{}\n", self.paint.bold(&title));
        for document in worst {
            out.push('\n');
            self.document(&mut out, document);
        }
        out
    }

    fn document(&self, out: &mut String, document: &WorstDocument) {
        let name = self.paint.bold(&visible(&mask(&document.name)));
        let classes = ErrorClass::ALL.into_iter().filter_map(|class| {
            let number = document.counts.of(class);
            (number > 0).then(|| format!("{number} {}", class.name()))
        });
        let classes: Vec<String> = classes.collect();
        let correct = document.counts.correct;
        let _ = writeln!(out, "{name}  {}; {correct} the same", classes.join(", "));
        let sides = self.sheet.sides();
        if let Some((gold, predicted)) = &document.classes {
            for (side, classes) in [(sides.0, gold), (sides.1, predicted)] {
                let classes: Vec<String> = classes.iter().map(|class| quote(class)).collect();
                let told = if classes.is_empty() {
                    "none".to_owned()
                } else {
                    classes.join(", ")
                };
                let _ = writeln!(out, "{side:>9}: {told}");
            }
            return;
        }
        for (at, window) in document.windows.iter().enumerate() {
            if at > 0 {
                let _ = writeln!(out, "{:>9} ┆", "");
            }
            out.push_str(&lanes(window, sides, self.width, self.paint));
        }
        if document.windows.is_empty() {
            for error in document.errors.iter().take(LISTED) {
                let _ = writeln!(out, "{:>9}  {}", error.class.name(), told(error, sides));
            }
        }
    }

    fn notes(&self) -> String {
        let mut out = String::new();
        let scores = &self.sheet.scores;
        if scores.without_text > 0 {
            let documents = count(scores.without_text, "document");
            self.note(
                &mut out,
                &format!(
                    "without the text of {documents} spans are compared by their numbers, and there is no \
                     confusion matrix; `--texts` names the folder"
                ),
            );
        }
        for note in &self.sheet.notes {
            self.note(&mut out, note);
        }
        out
    }

    fn note(&self, out: &mut String, note: &str) {
        let options = Options::new(self.width)
            .initial_indent("note: ")
            .subsequent_indent("  ")
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        out.push_str(&textwrap::fill(&visible(note), options));
        out.push('\n');
    }
}

/// An error without its words.
fn told(error: &FoundError, sides: (&str, &str)) -> String {
    let side = |side: &Side| format!("{} {}..{}", quote(&side.label), side.start, side.end);
    match (&error.gold, &error.predicted) {
        (Some(gold), Some(predicted)) => {
            format!(
                "{}: {}, {}: {}",
                sides.0,
                side(gold),
                sides.1,
                side(predicted)
            )
        }
        (one, other) => one.iter().chain(other).map(side).collect(),
    }
}

/// `87.5 %`
fn percent(part: f64) -> String {
    format!("{:.1} %", 100.0 * part)
}
