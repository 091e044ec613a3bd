//! What the source of a conversion is read with.

use super::conversion::Conversion;
use super::plan::unit_read;
use crate::formats::{Info, TextPlace, UnitRule};
use crate::pipeline::Options;
use crate::pipeline::pass::ActiveRules;
use crate::rules::Group;

/// The groups of rules that a conversion runs.
const GROUPS: [Group; 5] = [
    Group::Syntax,
    Group::Shape,
    Group::Offsets,
    Group::Documents,
    Group::Conversion,
];

/// The options that the source of a conversion is read with.
pub(super) fn as_read(conversion: &Conversion<'_>, from: &Info, options: &Options) -> Options {
    Options {
        // The unit is about the side that does not fix its own.
        unit: unit_read(conversion, from)
            .filter(|_| matches!(from.unit, UnitRule::Inferred { .. })),
        // A ledger knows which sets there were.
        file_splits: conversion.restore.is_none(),
        ..options.clone()
    }
}

/// The rules that a conversion runs.
pub(super) fn of_conversions(options: &Options) -> ActiveRules {
    ActiveRules {
        lists_files: false,
        ..ActiveRules::new(options, |rule| GROUPS.contains(&rule.meta().group))
    }
}

/// Whether texts that stand inside the source become files, since the target wants them there.
/// `given` tells whether there are texts that tokens can be found in.
pub(super) fn takes_texts_out(from: &Info, to: &Info, given: bool) -> bool {
    let are_inside = match from.texts {
        TextPlace::Inline => true,
        TextPlace::Tokens | TextPlace::InlineOrTokens => !given,
        TextPlace::Files | TextPlace::Addresses => false,
    };
    are_inside && matches!(to.texts, TextPlace::Files | TextPlace::Addresses)
}
