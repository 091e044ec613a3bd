//! `wrong-type`

use crate::diagnostics::{Diagnostic, Folded, Issue, Message, Severity};
use crate::formats::Info;
use crate::json::change::Op;
use crate::json::{Integer, Kind, Node, integer, spell};
use crate::rules::{Applicability, Basis, Group, Meta, Rule, Scope};

/// A value of another type than the contract's.
pub struct WrongType;

const META: Meta = Meta {
    name: "wrong-type",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: Some(Applicability::Unsafe),
    on_request: false,
    summary: "a value of another type than the contract's, or an integer out of range; a warning \
        where it can be read all the same",
    why: "A program that reads the file into typed data stops at such a value, and others take \
        it for something else. Offsets and lengths are integers of 32 bits; a text, a fraction \
        or a truth value in their place leaves open where the label is. `12.0` and `-0` \
        are integers in an odd spelling: they are read, with a warning, because other programs \
        refuse them.",
    example: r#"{ "category": "City", "offset": "8", "length": 6.5 }"#,
    remedy: "Write the value as the finding says: integers without quotes, point or exponent, \
        names in quotes, and a list of one as an array all the same.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json`: int32 and string. \
        Programs differ for Azure ML lines: azureml-automl-dnn-nlp 1.62 passes offsets through \
        `int()`, which takes `\"0\"` and `3.0`; Microsoft's converter (microsoft/\
        CognitiveServicesLanguageUtilities, commit e9f94228) reads 64-bit integers.",
};

/// What stands between the contract and the value.
const FOUND: &str = ", found ";

/// How many values are shown of those that are in several places.
const SHOWN: usize = 3;

impl Rule for WrongType {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn redact(&self, finding: &mut Diagnostic, format: &Info) {
        finding.redact(false);
        // A text may stand in the place of the value.
        if format.holds_words()
            && let Some(at) = finding.message.find(FOUND)
        {
            finding.hide_quotes_from(at);
        }
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let contract = all.first.split(FOUND).next().unwrap_or_default();
        let mut found: Vec<&str> = Vec::new();
        for item in &all.items {
            if found.len() < SHOWN && !found.contains(&&**item) {
                found.push(item);
            }
        }
        let (total, found) = (all.total, found.join(", "));
        Some(format!(
            "{contract}, found something else in {total} places, such as {found}"
        ))
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::WrongType {
            name,
            expected,
            found,
            readable,
        } = issue
        else {
            return None;
        };
        let contract = format!("{name}: expected {expected}");
        let message = Message::new(format!("{contract}{FOUND}{found}"));
        let message = message.item(found.as_str()).cause(contract);
        Some(if *readable {
            message
                .help(format!("write it as {expected}; it was read as one"))
                .severity(Severity::Warning)
        } else {
            message.help(format!("write {expected} here; this value was not read"))
        })
    }

    fn fix(&self, issue: &Issue, value: &str) -> Option<Op> {
        match issue {
            Issue::WrongType { expected, .. } => {
                let meant = meant(expected, value).filter(|meant| meant != value);
                meant.map(Op::Set)
            }
            _ => None,
        }
    }
}

/// The value of the right type that says the same, as JSON text, where there is one.
fn meant(expected: &str, value: &str) -> Option<String> {
    let node = Node::parse(value).ok()?;
    let text = || Some(node.string()?.ok()?.trim().to_owned());
    let words = |word: &str| expected.split([' ', ',']).any(|other| other == word);
    let whole = |number: &str| match integer(number) {
        Integer::Plain(value) | Integer::Spelled(value) => {
            let fits = !words("32") || i32::try_from(value).is_ok();
            fits.then(|| value.to_string())
        }
        Integer::Fraction | Integer::OutOfRange => None,
    };
    match node.kind() {
        Kind::Number if words("integer") => whole(value),
        Kind::String if words("integer") => whole(&text()?),
        Kind::String if words("number") => {
            let number = text()?;
            let node = Node::parse(&number).ok()?;
            (node.kind() == Kind::Number).then_some(number)
        }
        Kind::String if words("boolean") => {
            let word = text()?.to_ascii_lowercase();
            ["true", "false"].contains(&&*word).then_some(word)
        }
        Kind::Number | Kind::Bool if words("string") => Some(spell(value)),
        Kind::Object if words("array") => Some(format!("[{value}]")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_is_a_warning() {
        let issue = |readable| Issue::WrongType {
            name: "`offset`".to_owned(),
            expected: "an integer",
            found: "the number `12.0`".to_owned(),
            readable,
        };
        let text = "`offset`: expected an integer, found the number `12.0`";
        let message = Message::new(text)
            .item("the number `12.0`")
            .cause("`offset`: expected an integer");
        let warning = message
            .clone()
            .help("write it as an integer; it was read as one")
            .severity(Severity::Warning);
        assert_eq!(WrongType.issue(&issue(true)), Some(warning));
        let error = message.help("write an integer here; this value was not read");
        assert_eq!(WrongType.issue(&issue(false)), Some(error));
    }

    #[test]
    fn values_in_several_places_are_shown_once_each() {
        let all = |found: &[&str], total| Folded {
            first: format!("`offset`: expected an integer, found {}", found[0]),
            items: found.iter().map(|&one| one.to_owned()).collect(),
            total,
        };
        let said = |found: &[&str], total| WrongType.folded(&all(found, total)).unwrap();
        let head = "`offset`: expected an integer, found something else in";
        assert_eq!(
            said(&["null", "null"], 2),
            format!("{head} 2 places, such as null")
        );
        assert_eq!(
            said(&["null", "a list", "null", "an object", "true"], 12),
            format!("{head} 12 places, such as null, a list, an object")
        );
    }

    #[test]
    fn the_same_number_again_is_no_fix() {
        let issue = Issue::WrongType {
            name: "`offset`".to_owned(),
            expected: "an integer of 32 bits",
            found: "the number `99999999999`".to_owned(),
            readable: false,
        };
        assert_eq!(WrongType.fix(&issue, "99999999999"), None);
        assert_eq!(WrongType.fix(&issue, "\"99999999999\""), None);
        let twelve = Some(Op::Set("12".to_owned()));
        assert_eq!(WrongType.fix(&issue, "\"12\""), twelve);
    }

    #[test]
    fn what_says_the_same_in_another_type() {
        let meant = |expected, value| meant(expected, value);
        let is = |value: &str| Some(value.to_owned());
        assert_eq!(meant("an integer", "\"12\""), is("12"));
        assert_eq!(meant("an integer", "12.0"), is("12"));
        assert_eq!(meant("an integer", "-0"), is("0"));
        assert_eq!(meant("an integer", "12.5"), None);
        assert_eq!(meant("an integer", "true"), None);
        assert_eq!(meant("a number", "\"0.5\""), is("0.5"));
        assert_eq!(meant("a boolean", "\"True\""), is("true"));
        assert_eq!(meant("a string", "5"), is("\"5\""));
        assert_eq!(meant("an array", "{\"a\": 1}"), is("[{\"a\": 1}]"));
        assert_eq!(meant("an array", "\"a\""), None);
    }
}
