//! `--output junit`: label files as test suites, which most CI systems show in a tab of their own.
//!
//! A finding is a case. It fails where the run fails for it, and passes with its words as the output
//! otherwise; so the tab is red where the run is.

use std::io;

use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::entities::xml;
use super::place::{relative, spot};
use super::walk::{self, Range};
use crate::diagnostics::identity::spelled;
use crate::diagnostics::redact::mask;
use crate::diagnostics::{Diagnostic, Severity};
use crate::pipeline::Outcome;

/// The findings as cases of `JUnit`.
pub(super) struct Junit;

/// What the element around all is called.
const NAME: &str = "labelwright";

impl Emitter for Junit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn audience(&self) -> Audience {
        Audience::Machines
    }

    fn is_own(&self, beginning: &str) -> bool {
        let rest = beginning.strip_prefix("<?xml ");
        let rest = rest.and_then(|rest| rest.split_once("?>"));
        let named = format!("<testsuites name=\"{NAME}\"");
        rest.is_some_and(|(_, rest)| rest.trim_start().starts_with(&named))
    }

    fn emit(
        &self,
        report: &Report<'_>,
        _settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut page = Page {
            writer: Writer::new_with_indent(out, b' ', 2),
            report,
        };
        page.write()?;
        page.writer.into_inner().write_all(b"\n")
    }
}

/// How many cases there are.
#[derive(Clone, Copy, Default)]
struct Cases {
    all: u64,
    failed: u64,
}

struct Page<'a> {
    writer: Writer<&'a mut dyn io::Write>,
    report: &'a Report<'a>,
}

impl Page<'_> {
    fn write(&mut self) -> io::Result<()> {
        let report = self.report;
        let reason = report.verdict.filter(|verdict| !verdict.is_ready());
        let mut sum = Cases {
            all: u64::from(reason.is_some()),
            failed: u64::from(reason.is_some()),
        };
        for outcome in report.outcomes {
            let cases = self.cases(outcome);
            sum.all += cases.all;
            sum.failed += cases.failed;
        }
        let declaration = BytesDecl::new("1.0", Some("UTF-8"), None);
        self.writer.write_event(Event::Decl(declaration))?;
        self.suite("testsuites", NAME, sum)?;
        for outcome in report.outcomes {
            self.outcome(outcome)?;
        }
        if let Some(verdict) = reason {
            let one = Cases { all: 1, failed: 1 };
            self.suite("testsuite", NAME, one)?;
            let case = [("classname", NAME), ("name", "the verdict")];
            let line = verdict.line();
            self.case(&case, Some(("failure", "verdict", &line)), &line)?;
            self.end("testsuite")?;
        }
        self.end("testsuites")
    }

    /// Whether the run fails for a finding.
    fn fails(&self, outcome: &Outcome, severity: Severity) -> bool {
        let verdict = self.report.verdict;
        verdict.map_or(severity == Severity::Error, |it| {
            it.fails(outcome, severity)
        })
    }

    /// The cases of a label file: one where nothing was found.
    fn cases(&self, outcome: &Outcome) -> Cases {
        let mut cases = Cases::default();
        for severity in Severity::ALL {
            let count = outcome.diagnostics.count(severity);
            cases.all += count;
            if self.fails(outcome, severity) {
                cases.failed += count;
            }
        }
        cases.all = cases.all.max(1);
        cases
    }

    fn outcome(&mut self, outcome: &Outcome) -> io::Result<()> {
        let file = relative(&outcome.input.path, self.report.folder);
        self.suite("testsuite", &file, self.cases(outcome))?;
        let one = Report {
            outcomes: std::slice::from_ref(outcome),
            ..Report::default()
        };
        let mut is_clean = true;
        walk::each(&one, Range::ALL, |outcome, found| {
            is_clean = false;
            self.finding(outcome, found)
        })?;
        if is_clean {
            let case = [
                ("classname", &*file),
                ("name", "no findings"),
                ("file", &file),
            ];
            self.case(&case, None, "")?;
        }
        self.end("testsuite")
    }

    fn finding(&mut self, outcome: &Outcome, found: &Diagnostic) -> io::Result<()> {
        let path = outcome.file_of(found).0;
        let file = relative(path, self.report.folder);
        // Its name is its own, and the same in the next run: by that a case is known again.
        let mut name = found.rule.to_owned();
        // Which document is the first of several may change.
        if let Some(document) = found.document.as_ref().filter(|_| found.places.is_none()) {
            name = format!("{name} in {}", mask(document));
        }
        let name = format!("{name} ({})", spelled(found.fingerprint));
        let line = found.position.map(|position| position.0.to_string());
        let mut case = vec![("classname", &*file), ("name", &name), ("file", &file)];
        case.extend(line.iter().map(|line| ("line", &**line)));
        let help = found.help.as_deref();
        let help = help
            .map(|help| format!("\nhelp: {help}"))
            .unwrap_or_default();
        let text = format!("{}: {}{help}", spot(outcome, found), found.message);
        if self.fails(outcome, found.severity) {
            let failure = ("failure", found.severity.name(), &*found.message);
            self.case(&case, Some(failure), &text)
        } else {
            let text = format!("{}[{}] {text}", found.severity, found.rule);
            self.case(&case, None, &text)
        }
    }

    fn suite(&mut self, element: &str, name: &str, cases: Cases) -> io::Result<()> {
        let (all, failed) = (cases.all.to_string(), cases.failed.to_string());
        let counts = [("tests", &*all), ("failures", &*failed), ("errors", "0")];
        let start = start(element, [("name", name)].into_iter().chain(counts));
        self.writer.write_event(Event::Start(start))
    }

    /// A case: one that failed with type and message, or one that passed with an output, if any.
    fn case(
        &mut self,
        attributes: &[(&str, &str)],
        failure: Option<(&str, &str, &str)>,
        text: &str,
    ) -> io::Result<()> {
        let case = start("testcase", attributes.iter().copied());
        if text.is_empty() {
            return self.writer.write_event(Event::Empty(case));
        }
        self.writer.write_event(Event::Start(case))?;
        let (element, said) = match failure {
            Some((element, kind, message)) => {
                let said = [("type", kind), ("message", message)];
                (element, start(element, said.into_iter()))
            }
            None => ("system-out", start("system-out", std::iter::empty())),
        };
        self.writer.write_event(Event::Start(said))?;
        let lines: Vec<String> = text.lines().map(xml).collect();
        let text = BytesText::from_escaped(lines.join("\n"));
        self.writer.write_event(Event::Text(text))?;
        self.end(element)?;
        self.end("testcase")
    }

    fn end(&mut self, element: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(element)))
    }
}

/// An element with attributes.
fn start<'a>(
    element: &'a str,
    attributes: impl Iterator<Item = (&'a str, &'a str)>,
) -> BytesStart<'a> {
    let mut start = BytesStart::new(element);
    for (name, value) in attributes {
        start.push_attribute(Attribute {
            key: QName(name),
            value: xml(value).into(),
        });
    }
    start
}
