//! `labelwright schema`

use super::terminal::{Failure, Status, print};
use crate::formats::FORMATS;

/// Print a published JSON Schema
#[derive(clap::Args)]
pub(super) struct Args {
    /// Which one: aml, language, report, losses or config
    #[arg(value_name = "NAME", value_parser = find)]
    name: Schema,
}

#[derive(Clone)]
struct Schema(&'static str);

/// The schema of `--output json`.
const REPORT: &str = include_str!("../../schemas/report.schema.json");

/// The schema of a ledger's lines.
const LOSSES: &str = include_str!("../../schemas/losses.schema.json");

/// The schema of `labelwright.toml`.
const CONFIG: &str = include_str!("../../schemas/config.schema.json");

fn find(name: &str) -> Result<Schema, String> {
    match name {
        "report" => return Ok(Schema(REPORT)),
        "losses" => return Ok(Schema(LOSSES)),
        "config" => return Ok(Schema(CONFIG)),
        _ => {}
    }
    let found = FORMATS.iter().find(|format| format.info().name == name);
    let schema = found.and_then(|format| format.schema());
    schema.map(Schema).ok_or_else(|| {
        let published = FORMATS.iter().filter(|format| format.schema().is_some());
        let names: Vec<&str> = published.map(|format| format.info().name).collect();
        format!(
            "invalid value; possible values: {}, report, losses, config",
            names.join(", ")
        )
    })
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    print(args.name.0.as_bytes())?;
    Ok(Status::Clean)
}
