//! The life of a finding: what a reader notes, what a rule says of it and where, what would fix
//! it, and where it is kept until it is reported.

mod baseline;
mod bounds;
mod causes;
mod details;
mod diagnostic;
mod excerpt;
mod fail_on;
mod fix;
pub mod identity;
mod issue;
mod location;
mod looks;
mod places;
pub mod redact;
mod region;
pub mod store;
mod subject;
mod wording;

pub use baseline::{Baseline, Compared, Comparison, KnownFinding};
pub use bounds::Bounds;
pub use causes::{Assumption, TagFault, Unproven};
pub use details::{Applicability, Details, Remedy, Shown, Words};
pub use diagnostic::{Diagnostic, Message, Severity};
pub use excerpt::Excerpt;
pub use fail_on::FailOn;
pub use fix::{Fix, FixAction, FixPart, SpanFit};
pub use issue::{Issue, Located};
pub use location::Location;
pub use looks::{Looks, Nature};
pub use places::{MOST_PLACES, Place, Places};
pub use region::{Position, Region};
pub use subject::{Folded, MOST_ITEMS, Subject};
pub use wording::{
    GAP, commands, count, disturbs, push_harmless, push_visible, quote, quote_at, visible,
};
