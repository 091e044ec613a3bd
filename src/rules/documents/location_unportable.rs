//! `location-unportable`

use super::judged_names;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity, quote};
use crate::model::path::{Unportable, unportable};
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A document whose name some system cannot store.
pub struct LocationUnportable;

const META: Meta = Meta {
    name: "location-unportable",
    group: Group::Documents,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a location with a control character, a name that Windows reserves (`CON`, \
        `nul.txt`), or a dot or blank at the end",
    why: "Such a name can be in a label file, and often in a container, but not on every \
        disk: Windows gives `con.txt` to a device, and takes a dot or a blank away from the end \
        of a name. Whoever downloads the documents there loses this one, or gets it under \
        another name, and its labels find no text. A control character is mostly the trace of a \
        line end in the list that the file was made from.",
    example: r#""location": "aux.txt""#,
    remedy: "Give the file another name, in the label file too.",
    source: "Microsoft's page \"Naming Files, Paths, and Namespaces\": CON, PRN, AUX, NUL, COM1 \
        to COM9 and LPT1 to LPT9 are reserved, with an extension too, and a name should not end \
        with a space or a period. The documentation of blob storage advises against control \
        characters and against names that end with a dot. What Azure AI Language makes of them \
        is not documented.",
};

impl Rule for LocationUnportable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NAMES
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (at, address) in judged_names(aligned) {
            let path = address.path();
            let Some(reason) = unportable(path) else {
                continue;
            };
            let reason = match reason {
                Unportable::Control(char) => {
                    format!("holds the control character U+{:04X}", u32::from(char))
                }
                Unportable::Reserved(segment) if segment == path => {
                    "is a name that Windows keeps for a device".to_owned()
                }
                Unportable::Reserved(segment) => {
                    format!(
                        "has in it {}, which Windows keeps for a device",
                        quote(segment)
                    )
                }
                Unportable::Trailing(segment, end) => {
                    let end = if end == ' ' { "blank" } else { "dot" };
                    let which = if path.ends_with(segment) {
                        "ends".to_owned()
                    } else {
                        format!("has in it the folder {}, which ends", quote(segment))
                    };
                    format!("{which} with a {end}, which Windows takes away")
                }
            };
            let text = format!("{} {reason}", quote(path));
            let help = "give the file a name that every system can store";
            sink.report(at, Message::new(text).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::documents::testing::of_name;

    #[test]
    fn each_reason_is_said() {
        for (path, expected) in [
            ("a\n.txt", "`a\\n.txt` holds the control character U+000A"),
            (
                "Con.txt",
                "`Con.txt` is a name that Windows keeps for a device",
            ),
            (
                "aux/1.txt",
                "`aux/1.txt` has in it `aux`, which Windows keeps for a device",
            ),
            (
                "1.txt ",
                "`1.txt ` ends with a blank, which Windows takes away",
            ),
            (
                "a./1.txt",
                "`a./1.txt` has in it the folder `a.`, which ends with a dot, which Windows \
                    takes away",
            ),
        ] {
            for is_location in [true, false] {
                assert_eq!(of_name(&LocationUnportable, path, is_location), [expected]);
            }
        }
    }

    #[test]
    fn names_that_lead_out_have_another_finding() {
        for path in ["../con.txt", "a\\con.txt", "a\0.txt", "", "console.txt"] {
            assert_eq!(
                of_name(&LocationUnportable, path, true),
                [""; 0],
                "{path:?}"
            );
        }
    }
}
