//! `--output` of commands that report no findings: in which form what they found is printed, and where.

use std::ffi::OsStr;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, PossibleValue, TypedValueParser};
use clap::{Arg, Command};
use clap_lex::OsStrExt;

use super::claims::Claims;
use super::look::{ColorFlag, Stream};
use super::new_file::{NewFile, report_path};
use super::terminal::Failure;
use crate::input::delivered;
use crate::pipeline::Error;
use crate::report::Look;

/// A form of what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// For a terminal.
    Human,
    /// One JSON object.
    Json,
    /// A table for spreadsheets.
    Csv,
    /// For pull requests and pages.
    Markdown,
    /// A page that needs nothing else.
    Html,
}

impl Form {
    const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

/// `FORM[=PATH]`
#[derive(Clone, Debug)]
pub(super) struct FormSpec {
    form: Form,
    path: Option<PathBuf>,
}

/// Reads [`FormSpec`]s of the forms that a command has.
#[derive(Clone)]
pub(super) struct FormParser(pub(super) &'static [Form]);

impl FormParser {
    fn parse(&self, text: &OsStr) -> Result<FormSpec, String> {
        let (name, path) = match text.split_once("=") {
            Some((name, path)) => (name, Some(path)),
            None => (text, None),
        };
        let named = |form: &&Form| name.to_str() == Some(form.name());
        let Some(form) = self.0.iter().find(named) else {
            let all: Vec<&str> = self.0.iter().map(|form| form.name()).collect();
            return Err(format!(
                "invalid value; possible values: {}",
                all.join(", ")
            ));
        };
        let path = report_path(path, form.name())?;
        Ok(FormSpec { form: *form, path })
    }
}

impl TypedValueParser for FormParser {
    type Value = FormSpec;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<FormSpec, clap::Error> {
        let own = self.clone();
        let parser = OsStringValueParser::new().try_map(move |text| own.parse(&text));
        parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = self.0.iter().map(|form| form.name());
        Some(Box::new(names.map(PossibleValue::new)))
    }
}

/// The forms that the user asks for; the human one where none is named.
#[derive(Clone, Copy)]
pub(super) struct Forms<'a> {
    pub(super) specs: &'a [FormSpec],
    pub(super) color: ColorFlag,
}

impl Forms<'_> {
    /// Notes the files that they go to.
    ///
    /// Fails where one of them is another file of the run, or is there and no report.
    pub(super) fn claim(&self, claims: &mut Claims) -> Result<(), Failure> {
        for spec in self.specs {
            if let Some(path) = &spec.path {
                claims.report(&format!("--output {}=", spec.form.name()), path)?;
            }
        }
        let on_stdout = self.specs.iter().filter(|spec| spec.path.is_none());
        if on_stdout.count() > 1 {
            let why = "only one `--output` can go to standard output; give the others a file: \
                       `--output json=FILE`";
            return Err(why.into());
        }
        Ok(())
    }

    /// Whether one of them is asked for.
    pub(super) fn has(&self, form: Form) -> bool {
        match self.specs {
            [] => form == Form::Human,
            specs => specs.iter().any(|spec| spec.form == form),
        }
    }

    /// Whether people see it in the terminal.
    pub(super) fn show_people(&self) -> bool {
        let is_seen = |spec: &FormSpec| spec.form == Form::Human && spec.path.is_none();
        self.specs.is_empty() || self.specs.iter().any(is_seen)
    }

    /// Whether one goes to standard output.
    pub(super) fn take_stdout(&self) -> bool {
        self.specs.is_empty() || self.specs.iter().any(|spec| spec.path.is_none())
    }

    /// Writes them all. A form without a path goes to `stream`.
    pub(super) fn write(
        &self,
        stream: Stream,
        emit: impl Fn(Form, Look, &mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let usual = [FormSpec {
            form: Form::Human,
            path: None,
        }];
        let specs = if self.specs.is_empty() {
            &usual
        } else {
            self.specs
        };
        for spec in specs {
            let buffered = |look: Look, to: &mut dyn Write| {
                let mut to = BufWriter::new(to);
                emit(spec.form, look, &mut to)?;
                to.flush()
            };
            let (name, written) = match &spec.path {
                Some(path) => {
                    let write = || {
                        let mut file = NewFile::create(path, true)?;
                        buffered(self.color.in_file(), &mut file)?;
                        file.keep()
                    };
                    (path.display().to_string(), write())
                }
                None if stream == Stream::Stderr => {
                    let look = self.color.on(stream);
                    let written = buffered(look, &mut io::stderr().lock());
                    ("standard error".to_owned(), written)
                }
                None => {
                    let look = self.color.on(stream);
                    let written = buffered(look, &mut io::stdout().lock());
                    let written = written.and_then(|()| delivered(&io::stdout()));
                    ("standard output".to_owned(), written)
                }
            };
            written.map_err(|source| Error::Write { path: name, source })?;
        }
        Ok(())
    }
}
