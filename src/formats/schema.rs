//! The published schemas as arbiters of single records (`--schema-strict`).
//!
//! The typed readers are the fast check, and tests hold both to one verdict. Here the schema is
//! asked all the same, for those who want to see it said. Without the program there is no validator,
//! and nothing is asked.

#[cfg(feature = "cli")]
use jsonschema::Validator;
#[cfg(feature = "cli")]
use serde_json::{Value, json};

use super::Format;
use crate::json::Pointer;
use crate::model::{Kind, Shape};

/// A compiled schema of a format's records.
pub struct RecordSchema {
    #[cfg(feature = "cli")]
    validator: Validator,
    #[cfg(not(feature = "cli"))]
    never: std::convert::Infallible,
}

#[cfg(not(feature = "cli"))]
impl RecordSchema {
    /// Nothing: there is no validator.
    #[must_use]
    pub fn new(_format: &dyn Format, _kind: Option<Kind>, _shape: Shape) -> Option<Self> {
        None
    }

    /// Is never asked.
    #[must_use]
    pub fn faults(&self, _record: &str) -> Vec<(Pointer, String)> {
        match self.never {}
    }
}

#[cfg(feature = "cli")]
impl RecordSchema {
    /// The schema of the records of such a file; nothing where there is none for them.
    #[must_use]
    pub fn new(format: &dyn Format, kind: Option<Kind>, shape: Shape) -> Option<Self> {
        let mut schema: Value = serde_json::from_str(format.schema()?).ok()?;
        if let Some(definition) = format.record_definition(kind, shape) {
            let definitions = schema.get_mut("$defs")?.take();
            let reference = format!("#/$defs/{definition}");
            schema = json!({ "$ref": reference, "$defs": definitions });
        }
        let validator = jsonschema::validator_for(&schema).ok()?;
        Some(Self { validator })
    }

    /// What the schema finds wrong with a record: the place, and the validator's words. Nothing
    /// where the record is no JSON, or has numbers that the validator cannot hold.
    #[must_use]
    pub fn faults(&self, record: &str) -> Vec<(Pointer, String)> {
        let Ok(value) = serde_json::from_str::<Value>(record) else {
            return Vec::new();
        };
        let errors = self.validator.iter_errors(&value);
        let fault = |error: jsonschema::ValidationError<'_>| {
            let pointer = Pointer::from(error.instance_path().to_string());
            (pointer, error.to_string())
        };
        errors.map(fault).collect()
    }
}
