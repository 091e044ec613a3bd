//! `labelwright man`: the manual, a page for each command.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::help::{Guide, heading};
use super::new_file::NewFile;
use super::terminal::{Failure, Status, print};
use crate::pipeline::Error;

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        ("Read the main page", "labelwright man > labelwright.1"),
        (
            "Write all pages where man finds them",
            "labelwright man --out ~/.local/share/man/man1",
        ),
    ],
    sections: &[],
};

/// Print the manual, or write its pages
///
/// The main page goes to standard output. With --out there is a page for each command too, such as
/// labelwright-check.1. The pages of a version are always the same, byte for byte.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Folder to write all pages to
    ///
    /// It is made where it is missing.
    #[arg(short, long, value_name = "DIR", help_heading = heading::OUTPUT)]
    out: Option<PathBuf>,

    /// Replace files that are there
    ///
    /// Pages of this manual are replaced also without it.
    #[arg(long, requires = "out", help_heading = heading::GENERAL)]
    force: bool,
}

/// A page: the name of its file, and its text in roff.
struct Page {
    name: String,
    text: Vec<u8>,
}

pub(super) fn run(
    args: &Args,
    command: Command,
    guide: impl Fn(&str) -> Option<&'static Guide>,
) -> Result<Status, Failure> {
    // The command `help` is no subject of a manual.
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let Some(folder) = &args.out else {
        let page = page(command, guide("labelwright"))?;
        print(&page.text)?;
        return Ok(Status::Clean);
    };
    let mut pages = Vec::new();
    for command in command.get_subcommands() {
        pages.push(page(command.clone(), guide(command.get_name()))?);
    }
    let name = command.get_name().to_owned();
    pages.push(page(command, guide(&name))?);
    write(&pages, folder, args.force)?;
    Ok(Status::Clean)
}

/// Writes all pages, or none where one of them would replace something else.
fn write(pages: &[Page], folder: &Path, force: bool) -> Result<(), Failure> {
    let unwritten = |path: &Path, source| {
        Box::new(Error::Write {
            path: path.display().to_string(),
            source,
        }) as Failure
    };
    fs::create_dir_all(folder).map_err(|error| unwritten(folder, error))?;
    let mut files = Vec::new();
    for page in pages {
        let path = folder.join(&page.name);
        let replace = force || is_page(&path, &page.name);
        let written = NewFile::create(&path, replace).and_then(|mut file| {
            file.write_all(&page.text)?;
            Ok(file)
        });
        files.push(written.map_err(|error| unwritten(&path, error))?);
    }
    for (file, page) in files.into_iter().zip(pages) {
        let kept = file.keep();
        kept.map_err(|error| unwritten(&folder.join(&page.name), error))?;
    }
    Ok(())
}

/// Whether there is an earlier version of a page.
fn is_page(path: &Path, name: &str) -> bool {
    let title = format!("{} \"\" \"labelwright ", title(name.trim_end_matches(".1")));
    let text = fs::read_to_string(path);
    text.is_ok_and(|text| text.lines().take(10).any(|line| line.starts_with(&title)))
}

/// The beginning of the first line: the page's name, and its section.
fn title(name: &str) -> String {
    format!(".TH {} 1", name.to_uppercase())
}

/// The page of a command.
fn page(command: Command, guide: Option<&'static Guide>) -> io::Result<Page> {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").to_owned();
    let has_commands = command.has_subcommands();
    let command = command
        .override_usage(usage)
        .subcommand_help_heading("COMMANDS");
    let man = Man::new(command);
    let name = man.get_filename();
    let mut body = Vec::new();
    man.render_name_section(&mut body)?;
    man.render_synopsis_section(&mut body)?;
    man.render_description_section(&mut body)?;
    if has_commands {
        man.render_subcommands_section(&mut body)?;
    }
    man.render_options_section(&mut body)?;
    if let Some(guide) = guide {
        ending(guide).to_writer(&mut body)?;
    }
    // A page has no date: it is that of the version.
    let title = title(name.trim_end_matches(".1"));
    let version = env!("CARGO_PKG_VERSION");
    let title = format!("{title} \"\" \"labelwright {version}\" \"labelwright\"");
    let text = assembled(&title, &String::from_utf8_lossy(&body));
    Ok(Page {
        name,
        text: text.into_bytes(),
    })
}

/// The sections under their title. Each of them brings the definition of the apostrophe along, which
/// is needed once, and separates paragraphs by empty lines, which not every formatter likes.
fn assembled(title: &str, sections: &str) -> String {
    const APOSTROPHE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";
    let sections = sections.replace(APOSTROPHE, "");
    let sections = sections.replace(".br\n\n.br\n", ".sp\n");
    let sections = sections.replace("\n\n", "\n.sp\n");
    format!("{APOSTROPHE}{title}\n{sections}")
}

/// What the long help text ends with, as sections of a page.
fn ending(guide: &Guide) -> Roff {
    let mut roff = Roff::new();
    if !guide.examples.is_empty() {
        roff.control("SH", ["EXAMPLES"]);
    }
    for (what, line) in guide.examples {
        roff.control("TP", []);
        roff.text([roman(format!("{what}:"))]);
        roff.control("nf", []);
        roff.text([bold(*line)]);
        roff.control("fi", []);
    }
    for (title, body) in guide.sections {
        roff.control("SH", [title.to_uppercase().as_str()]);
        for (index, paragraph) in body.lines().enumerate() {
            if index > 0 {
                roff.control("PP", []);
            }
            roff.text([roman(paragraph)]);
        }
    }
    roff
}
