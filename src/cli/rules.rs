//! `labelwright rules` and `labelwright explain`

use clap::ValueEnum;

use super::choices::RuleNames;
use super::help::{Guide, heading};
use super::look::{ColorFlag, Stream};
use super::terminal::{Failure, Status, print};
use crate::report::{self, Look};
use crate::rules::{self, RULES};

/// What the long help text of `rules` ends with.
pub(super) const RULES_GUIDE: Guide = Guide {
    examples: &[
        ("See all rules", "labelwright rules"),
        (
            "Give them to a program",
            "labelwright rules --output json > rules.json",
        ),
    ],
    sections: &[],
};

/// What the long help text of `explain` ends with.
pub(super) const EXPLAIN_GUIDE: Guide = Guide {
    examples: &[
        (
            "Know why a rule exists, and how to fix what it finds",
            "labelwright explain span-cuts-word",
        ),
        ("See the rules of a group", "labelwright explain offsets"),
    ],
    sections: &[],
};

/// List the rules
///
/// Each with its severity, whether a machine can fix what it finds, and what that is.
#[derive(clap::Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    how: How,
}

/// Explain one rule, or list those of a group
///
/// Of a rule it says what it finds, why that matters, how to fix it, and where the facts come from.
#[derive(clap::Args)]
pub(super) struct ExplainArgs {
    /// The name of a rule or of a group
    #[arg(value_name = "RULE|GROUP", value_parser = RuleNames, hide_possible_values = true)]
    rule: String,

    #[command(flatten)]
    how: How,
}

/// How the catalogue is printed.
#[derive(clap::Args)]
struct How {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human", help_heading = heading::REPORT)]
    output: CatalogueFormat,

    #[command(flatten)]
    color: ColorFlag,
}

impl How {
    fn look(&self) -> Look {
        self.color.on(Stream::Stdout)
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum CatalogueFormat {
    /// For people
    Human,
    /// For programs
    Json,
}

pub(super) fn list(args: &ListArgs) -> Result<Status, Failure> {
    let text = match args.how.output {
        CatalogueFormat::Human => report::rules_table(&rules::metas(), args.how.look()),
        CatalogueFormat::Json => report::rules_json(&rules::metas()),
    };
    print(text.as_bytes())?;
    Ok(Status::Clean)
}

pub(super) fn explain(args: &ExplainArgs) -> Result<Status, Failure> {
    let mut group = rules::metas();
    group.retain(|meta| meta.group.name() == args.rule);
    if !group.is_empty() {
        let text = match args.how.output {
            CatalogueFormat::Human => report::rules_table(&group, args.how.look()),
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
    let text = match args.how.output {
        CatalogueFormat::Human => report::explain(rule.meta(), args.how.look()),
        CatalogueFormat::Json => report::explain_json(rule.meta()),
    };
    print(text.as_bytes())?;
    Ok(Status::Clean)
}
