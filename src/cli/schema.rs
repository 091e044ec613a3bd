//! `labelwright schema`

use clap::builder::{PossibleValue, PossibleValuesParser};

use super::help::Guide;
use super::terminal::{Failure, Status, print};
use crate::formats::FORMATS;

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[(
        "Let an editor complete labelwright.toml",
        "labelwright schema config > .labelwright.schema.json",
    )],
    sections: &[],
};

/// Print a published JSON Schema
///
/// Other programs can prove label files, reports, ledgers and the configuration by them.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Which one
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(names()))]
    name: String,
}

/// The schemas that are of no format: name, what it is of, and its text.
const OTHERS: [(&str, &str, &str); 4] = [
    (
        "report",
        "A report by --output json",
        include_str!("../../schemas/report.schema.json"),
    ),
    (
        "losses",
        "A line of a ledger by --losses",
        include_str!("../../schemas/losses.schema.json"),
    ),
    (
        "plan",
        "A line that `plan` prints",
        include_str!("../../schemas/plan.schema.json"),
    ),
    (
        "config",
        "The file labelwright.toml",
        include_str!("../../schemas/config.schema.json"),
    ),
];

/// All schemas: name, what it is of, and its text.
fn schemas() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let formats = FORMATS.iter();
    let formats = formats.filter_map(|format| {
        let info = format.info();
        Some((info.name, info.title, format.schema()?))
    });
    formats.chain(OTHERS)
}

fn names() -> impl Iterator<Item = PossibleValue> {
    schemas().map(|(name, what, _)| PossibleValue::new(name).help(what))
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let text = schemas().find(|(name, _, _)| *name == args.name);
    print(text.map_or("", |(_, _, text)| text).as_bytes())?;
    Ok(Status::Clean)
}
