//! What stops or costs something in a conversion.

mod assumed_metadata;
mod inputs_conflict;
mod location_collision;
mod lossy_conversion;
mod no_counterpart;
mod span_unproven;

pub(super) use assumed_metadata::AssumedMetadata;
pub(super) use inputs_conflict::InputsConflict;
pub(super) use location_collision::LocationCollision;
pub(super) use lossy_conversion::LossyConversion;
pub(super) use no_counterpart::NoCounterpart;
pub(super) use span_unproven::SpanUnproven;
