//! Single signs too many, too few, or others, which make no JSON of a file.

use super::clean::Base::{self, Aml, AmlSingle, Multi, Ner, Single};
use super::corpus::Place;
use super::defect::{Defect, defect};

/// A replacement at one of the places where the old words stand.
pub(super) fn slip(
    rule: &'static str,
    base: Base,
    name: &str,
    old: &'static str,
    new: &'static str,
) -> Defect {
    defect(rule, base, name, move |corpus| corpus.replace(old, new))
}

/// The same, noticed so many lines later.
fn slip_later(
    lines: usize,
    rule: &'static str,
    base: Base,
    name: &str,
    old: &'static str,
    new: &'static str,
) -> Defect {
    defect(rule, base, name, move |corpus| {
        later(lines, corpus.replace(old, new))
    })
}

/// So many lines later.
pub(super) fn later(lines: usize, place: Place) -> Place {
    match place {
        Place::Line(line) => Place::Line(line + lines),
        other => other,
    }
}

pub(super) fn defects() -> Vec<Defect> {
    vec![
        slip_later(
            2,
            "invalid-json",
            Ner,
            "a comma behind the last member of a label",
            "\n                \"length\": 6\n",
            "\n                \"length\": 6,\n",
        ),
        slip_later(
            1,
            "invalid-json",
            Ner,
            "a comma behind the last label",
            "}\n            ]",
            "},\n            ]",
        ),
        slip_later(
            1,
            "invalid-json",
            Single,
            "a comma behind the last document",
            "}\n    ]\n  }\n}",
            "},\n    ]\n  }\n}",
        ),
        slip_later(
            1,
            "invalid-json",
            Ner,
            "a comma is missing between members",
            "\"Place\",\n                \"offset\"",
            "\"Place\"\n                \"offset\"",
        ),
        slip_later(
            1,
            "invalid-json",
            Single,
            "a comma is missing between documents",
            "},\n      {\n        \"location\"",
            "}\n      {\n        \"location\"",
        ),
        slip(
            "invalid-json",
            Ner,
            "a colon is missing",
            "\"offset\":",
            "\"offset\"",
        ),
        slip(
            "invalid-json",
            Ner,
            "a leading zero",
            "\"offset\": ",
            "\"offset\": 0",
        ),
        slip(
            "invalid-json",
            Ner,
            "a plus before a number",
            "\"length\": ",
            "\"length\": +",
        ),
        slip(
            "invalid-json",
            Ner,
            "a hexadecimal number",
            "\"length\": ",
            "\"length\": 0x",
        ),
        slip(
            "invalid-json",
            Ner,
            "a truth value as Python spells it",
            "\"multilingual\": true",
            "\"multilingual\": True",
        ),
        slip(
            "invalid-json",
            Ner,
            "a comment in the header",
            "  \"metadata\": {",
            "  // the project\n  \"metadata\": {",
        ),
        slip(
            "invalid-json",
            Ner,
            "a name without quotes",
            "\"category\": \"",
            "category: \"",
        ),
        slip(
            "invalid-json",
            Multi,
            "quotes of another sort",
            "\"category\": \"Refund\"",
            "\"category\": “Refund”",
        ),
        slip(
            "invalid-json",
            Ner,
            "a line break in a string",
            "repair notes",
            "repair\nnotes",
        ),
        slip(
            "invalid-json",
            Ner,
            "an unknown escape",
            "\"description\": \"",
            "\"description\": \"C:\\data ",
        ),
        slip(
            "invalid-json",
            Aml,
            "single quotes, as Python prints",
            "\"label\":[",
            "'label':[",
        ),
        slip(
            "invalid-json",
            Aml,
            "not a number",
            "\"label_confidence\":[1.0,1.0",
            "\"label_confidence\":[1.0,NaN",
        ),
        slip("invalid-json", Aml, "two records on one line", "}\n{", "}{"),
        slip(
            "invalid-json",
            Aml,
            "a comma between records",
            "]}\n{",
            "]},\n{",
        ),
        slip(
            "invalid-json",
            Aml,
            "a bracket too many",
            ",\"label_confidence\"",
            "],\"label_confidence\"",
        ),
        slip(
            "invalid-json",
            Aml,
            "a bracket is lost",
            "],\"label_confidence\"",
            ",\"label_confidence\"",
        ),
        slip(
            "invalid-json",
            Aml,
            "a mark of a merge",
            "{\"image_url\"",
            "=======\n{\"image_url\"",
        ),
        slip(
            "invalid-json",
            AmlSingle,
            "a quote in a name",
            "\"label\":\"Ref",
            "\"label\":\"R\"ef",
        ),
        defect(
            "invalid-json",
            Ner,
            "a mark of a merge between documents",
            |corpus| {
                let place = corpus.replace(
                    ",\n      {\n        \"location\"",
                    ",\n=======\n      {\n        \"location\"",
                );
                later(1, place)
            },
        ),
        defect("invalid-json", Ner, "something behind the end", |corpus| {
            let end = corpus.spelled().len();
            corpus.splice(end, 0, "}\n")
        }),
    ]
}
