//! `labelwright rules` and `labelwright explain`

use clap::ValueEnum;

use super::terminal::{Failure, Status, print};
use crate::report;
use crate::rules::{self, RULES};

/// List the rules
#[derive(clap::Args)]
pub(super) struct ListArgs {
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    output: CatalogueFormat,
}

/// Explain one rule, or list those of a group
#[derive(clap::Args)]
pub(super) struct ExplainArgs {
    /// The name of a rule or of a group
    #[arg(value_name = "RULE|GROUP")]
    rule: String,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    output: CatalogueFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum CatalogueFormat {
    Human,
    Json,
}

pub(super) fn list(args: &ListArgs) -> Result<Status, Failure> {
    let text = match args.output {
        CatalogueFormat::Human => report::rules_table(&rules::metas()),
        CatalogueFormat::Json => report::rules_json(&rules::metas()),
    };
    print(text.as_bytes())?;
    Ok(Status::Clean)
}

pub(super) fn explain(args: &ExplainArgs) -> Result<Status, Failure> {
    let mut group = rules::metas();
    group.retain(|meta| meta.group.name() == args.rule);
    if !group.is_empty() {
        let text = match args.output {
            CatalogueFormat::Human => report::rules_table(&group),
            CatalogueFormat::Json => report::rules_json(&group),
        };
        print(text.as_bytes())?;
        return Ok(Status::Clean);
    }
    let Some(rule) = rules::find(&args.rule) else {
        let names = RULES.iter().map(|rule| rule.meta().name);
        let unknown = rules::UnknownRule {
            name: args.rule.clone(),
            nearest: crate::text::nearest(&args.rule, names),
        };
        return Err(Box::new(unknown));
    };
    let text = match args.output {
        CatalogueFormat::Human => report::explain(rule.meta()),
        CatalogueFormat::Json => report::explain_json(rule.meta()),
    };
    print(text.as_bytes())?;
    Ok(Status::Clean)
}
