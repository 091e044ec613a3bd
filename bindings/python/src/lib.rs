//! Documents of label files as Python objects. Commands are run by the program itself, which lies in
//! the same wheel; here is what a program cannot give: documents one after the other.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use labelwright::{LabeledDocument, LabeledSpan, Options, Source, Texts, Unit};
use pyo3::create_exception;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

create_exception!(
    labelwright,
    Error,
    PyRuntimeError,
    "The work could not be done. The message is the program's own."
);

/// So many parts of documents wait to be taken, at most.
const WAITING: usize = 4;
/// So many documents are handed over at a time.
const PART: usize = 64;
/// A wait for the next part is broken off so often to look for Ctrl-C.
const LOOK: Duration = Duration::from_millis(50);

/// A label on a span of a document's text.
///
/// `start` and `end` count code points, as Python's strings do; the end is exclusive. Both are `None`
/// where the span is not proved to stand in the text: then `declared` has what the file says, in the
/// unit of its offsets.
#[pyclass(frozen, get_all, module = "labelwright")]
struct Span {
    label: String,
    start: Option<usize>,
    end: Option<usize>,
    text: Option<String>,
    declared: (i64, i64),
}

#[pymethods]
impl Span {
    fn __repr__(&self) -> String {
        match (self.start, self.end) {
            (Some(start), Some(end)) => format!(
                "Span({:?}, {start}, {end}, {:?})",
                self.label,
                self.text.as_deref().unwrap_or_default()
            ),
            _ => format!(
                "Span({:?}, None, None, declared={:?})",
                self.label, self.declared
            ),
        }
    }
}

/// A document of a label file.
#[pyclass(frozen, get_all, module = "labelwright")]
struct Document {
    /// The path that the label file has for its text.
    name: String,
    /// Its text; `None` where it was not found, or is not UTF-8.
    text: Option<String>,
    spans: Vec<Py<Span>>,
    classes: Vec<String>,
    split: Option<String>,
    language: Option<String>,
}

#[pymethods]
impl Document {
    fn __repr__(&self) -> String {
        format!(
            "Document({:?}, {} spans, classes={:?}, split={:?})",
            self.name,
            self.spans.len(),
            self.classes,
            self.split
        )
    }
}

/// What the thread that reads hands over.
type Part = Result<Vec<LabeledDocument>, String>;

/// Documents, one after the other. Another thread reads them, so that memory does not grow with the
/// file.
#[pyclass(frozen, module = "labelwright")]
struct Documents {
    state: Mutex<State>,
    format: &'static str,
    kind: Option<String>,
    unit: Option<&'static str>,
    labels: Vec<String>,
}

struct State {
    parts: Receiver<Part>,
    waiting: std::vec::IntoIter<LabeledDocument>,
}

/// What is known of a file before its documents.
struct Head {
    format: &'static str,
    kind: Option<String>,
    unit: Option<&'static str>,
    labels: Vec<String>,
}

#[pymethods]
impl Documents {
    /// The name of the file's format, such as `aml`.
    #[getter]
    fn format(&self) -> &'static str {
        self.format
    }

    /// What the file labels, such as `CustomEntityRecognition`; `None` where that cannot be told.
    #[getter]
    fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// What the offsets in the file count.
    #[getter]
    fn unit(&self) -> Option<&'static str> {
        self.unit
    }

    /// The labels that the file declares, in their order.
    #[getter]
    fn labels(&self) -> Vec<String> {
        self.labels.clone()
    }

    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Document>> {
        loop {
            let next = py.detach(|| self.next());
            match next {
                Next::Document(document) => return document_of(py, document).map(Some),
                Next::End => return Ok(None),
                Next::Failed(message) => return Err(Error::new_err(message)),
                Next::Nothing => py.check_signals()?,
            }
        }
    }

    fn __repr__(&self) -> String {
        format!("Documents(format={:?})", self.format)
    }
}

enum Next {
    Document(LabeledDocument),
    End,
    Failed(String),
    /// Nothing yet.
    Nothing,
}

impl Documents {
    fn next(&self) -> Next {
        let Ok(mut state) = self.state.lock() else {
            return Next::End;
        };
        loop {
            if let Some(document) = state.waiting.next() {
                return Next::Document(document);
            }
            match state.parts.recv_timeout(LOOK) {
                Ok(Ok(part)) => state.waiting = part.into_iter(),
                Ok(Err(message)) => return Next::Failed(message),
                Err(RecvTimeoutError::Timeout) => return Next::Nothing,
                Err(RecvTimeoutError::Disconnected) => return Next::End,
            }
        }
    }
}

/// How many code points stand before each place of a text, asked for in any order.
struct CodePoints<'t> {
    text: &'t str,
    is_ascii: bool,
    /// A place that was counted before, in bytes and in code points.
    known: (usize, usize),
}

impl CodePoints<'_> {
    fn before(&mut self, byte: usize) -> usize {
        if self.is_ascii {
            return byte;
        }
        if byte < self.known.0 {
            self.known = (0, 0);
        }
        let (from, counted) = self.known;
        let counted = counted + self.text[from..byte].chars().count();
        self.known = (byte, counted);
        counted
    }
}

fn document_of(py: Python<'_>, document: LabeledDocument) -> PyResult<Document> {
    let text = document.text.as_deref().unwrap_or_default();
    let mut points = CodePoints {
        text,
        is_ascii: text.is_ascii(),
        known: (0, 0),
    };
    let spans = document.spans.iter();
    let spans = spans.map(|span| Py::new(py, span_of(span, text, &mut points)));
    Ok(Document {
        spans: spans.collect::<PyResult<_>>()?,
        name: document.name,
        text: document.text,
        classes: document.classes,
        split: document.split,
        language: document.language,
    })
}

fn span_of(span: &LabeledSpan, text: &str, points: &mut CodePoints<'_>) -> Span {
    let place = span.bytes.clone().map(|bytes| {
        let start = points.before(bytes.start);
        (start, points.before(bytes.end), text[bytes].to_owned())
    });
    Span {
        label: span.category.clone(),
        start: place.as_ref().map(|(start, ..)| *start),
        end: place.as_ref().map(|(_, end, _)| *end),
        text: place.map(|(.., text)| text),
        declared: (span.declared.start, span.declared.end),
    }
}

/// Reads a label file, and hands over what is known of it, then its documents in parts. It ends where
/// nobody takes them any more.
fn hand_over(
    path: &Path,
    texts: Option<&[PathBuf]>,
    options: &Options,
    head: &SyncSender<Result<Head, String>>,
    parts: &SyncSender<Part>,
) -> Result<(), String> {
    let source = Source::open(path).map_err(|error| failed("cannot read", path, &error))?;
    let texts = match texts {
        None => None,
        Some([]) => {
            let beside = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            Some((vec![beside.unwrap_or(".".as_ref()).to_owned()], false))
        }
        Some(folders) => Some((folders.to_vec(), true)),
    };
    let texts = texts
        .map(|(folders, given)| Texts::open(&folders, given))
        .transpose();
    let texts =
        texts.map_err(|(folder, error)| failed("cannot open the folder", &folder, &error))?;
    let corpus = labelwright::read(&source, texts.as_ref(), options);
    let corpus = corpus.map_err(|error| told(&error))?;
    let labels = corpus.declared_labels().map(str::to_owned);
    let known = Head {
        format: corpus.format(),
        kind: corpus.kind().map(|kind| kind.name().to_owned()),
        unit: corpus.unit().map(Unit::name),
        labels: labels.collect(),
    };
    if head.send(Ok(known)).is_err() {
        return Ok(());
    }
    let mut part = Vec::with_capacity(PART);
    for document in corpus.documents().map_err(|error| told(&error))? {
        part.push(document.map_err(|error| told(&error))?);
        if part.len() == PART && parts.send(Ok(std::mem::take(&mut part))).is_err() {
            return Ok(());
        }
    }
    // Where nobody takes them any more, they are not missed.
    let _ = parts.send(Ok(part));
    Ok(())
}

fn failed(what: &str, path: &Path, error: &std::io::Error) -> String {
    format!("{what} {}: {error}", path.display())
}

/// What an error says, with its reasons behind it.
fn told(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(reason) = source {
        told = format!("{told}: {reason}");
        source = reason.source();
    }
    told
}

/// The documents of a label file, one after the other.
///
/// `texts` are the folders of the documents; without any they are looked for beside the label file, and
/// `None` does without them. `offsets` names the unit of a file that does not say it.
#[pyfunction]
#[pyo3(signature = (path, texts, offsets, jobs))]
fn read(
    py: Python<'_>,
    path: PathBuf,
    texts: Option<Vec<PathBuf>>,
    offsets: Option<&str>,
    jobs: Option<usize>,
) -> PyResult<Documents> {
    let unit = match offsets {
        None => None,
        Some(name) => {
            let unit = Unit::ALL.iter().find(|unit| unit.name() == name);
            let no_such =
                || PyValueError::new_err(format!("no unit of offsets is called {name:?}"));
            Some(*unit.ok_or_else(no_such)?)
        }
    };
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let options = Options {
        unit,
        jobs: jobs.unwrap_or_else(cores),
        ..Options::default()
    };
    let (head_sender, head) = sync_channel(1);
    let (sender, parts) = sync_channel(WAITING);
    thread::spawn(move || {
        let given = hand_over(&path, texts.as_deref(), &options, &head_sender, &sender);
        if let Err(message) = given {
            // One of the two is waited for; the other is past, or of no use.
            let _ = head_sender.try_send(Err(message.clone()));
            let _ = sender.send(Err(message));
        }
    });
    // While Python goes on, no other thread looks at it; the compiler wants to know.
    let mut waits = move || head.recv_timeout(LOOK);
    let head = loop {
        match py.detach(&mut waits) {
            Ok(head) => break head.map_err(Error::new_err)?,
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Error::new_err("the reading thread has stopped"));
            }
        }
    };
    let waiting = Vec::new().into_iter();
    Ok(Documents {
        state: Mutex::new(State { parts, waiting }),
        format: head.format,
        kind: head.kind,
        unit: head.unit,
        labels: head.labels,
    })
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("Error", module.py().get_type::<Error>())?;
    module.add_class::<Document>()?;
    module.add_class::<Documents>()?;
    module.add_class::<Span>()?;
    module.add_function(wrap_pyfunction!(read, module)?)
}
