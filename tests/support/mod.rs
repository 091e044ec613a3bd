//! What several tests need: running the program, finding the fixtures, folders to work in, and
//! label files made in code.

mod browser;
mod conversions;
mod fixtures;
mod install;
mod made;
mod program;
mod python;
mod reports;
mod strace;
mod temp_folder;
mod words;

pub(crate) use browser::Browser;
pub(crate) use conversions::conversion;
pub(crate) use fixtures::{
    args, files, fixtures, label_files, messages_of_their_own_severity, names, root,
};
pub(crate) use install::{finished, first_program, skipped};
pub(crate) use made::{
    ENTITIES, ONE_CLASS, aml_line, aml_span, class_document, language_document, language_label,
    language_project, sure_aml_line,
};
pub(crate) use program::{PROGRAM, Run, command, run, run_configured, run_with};
pub(crate) use python::python_with;
pub(crate) use reports::{Report, every_report};
pub(crate) use strace::{Call, calls, traced};
pub(crate) use temp_folder::TempFolder;
pub(crate) use words::words_of;
