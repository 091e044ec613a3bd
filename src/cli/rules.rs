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

/// Explain one rule
#[derive(clap::Args)]
pub(super) struct ExplainArgs {
    /// The rule's name
    #[arg(value_name = "RULE")]
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
