//! `location-name`

use crate::diagnostics::{Message, Severity, count, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Locations with characters that the documentation does not list.
pub struct LocationName;

const META: Meta = Meta {
    name: "location-name",
    group: Group::Documents,
    severity: Severity::Note,
    basis: Basis::Service,
    scope: Scope::LANGUAGE,
    fix: None,
    on_request: false,
    summary: "locations with other characters than letters (a to z, A to Z) and digits; reported \
        once, with the count",
    why: "The documentation lists these characters and no others for the names of documents, \
        without blanks. Microsoft's own sample projects break that rule with blanks \
        and underscores, so this is no more than something to know when an \
        import fails without a reason.",
    example: r#""location": "Loan agreement_1.txt""#,
    remedy: "Leave the names as they are, unless the service complains of a document. Then \
        rename the file to letters and digits, in the label file too.",
    source: "The documentation of Azure AI Language on the names of files: letters (a-z, A-Z) \
        and numbers (0-9) with no spaces. Microsoft's samples say otherwise: 168 of 210 \
        documents of the movies sample and all 20 of the sentiment sample have other \
        characters. Microsoft once replaced three names with letters outside ASCII in its \
        samples (commit f755c81), and did not say why.",
};

impl Rule for LocationName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let odd = &corpus.statistics.odd_names;
        let Some((_, first)) = &odd.seen.first else {
            return;
        };
        let mut characters: Vec<String> = odd.characters().map(name).collect();
        if odd.is_cut() {
            characters.push("others".to_owned());
        }
        let listed = characters.join(", ");
        let have = if odd.seen.count == 1 { "has" } else { "have" };
        let text = format!(
            "{} {have} characters that the documentation does not list: {listed}",
            count(odd.seen.count, "location")
        );
        let help = "nothing needs to change unless an import fails; Microsoft's own samples have \
            such names";
        sink.report(Some(first.clone()), Message::new(text).help(help));
    }
}

/// What a character is called in a message.
fn name(char: char) -> String {
    match char {
        ' ' => "blank".to_owned(),
        char if char.is_whitespace() => format!("U+{:04X}", u32::from(char)),
        char => quote(char.encode_utf8(&mut [0; 4])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::rules::documents::testing::{address, findings, location};

    fn said(names: &[&str]) -> Vec<(String, Option<u64>)> {
        let mut statistics = Statistics::default();
        for (index, name) in (0..).zip(names) {
            let address = address(name, true);
            statistics
                .odd_names
                .add(&address, index, || location(index));
        }
        let found = findings(&LocationName, &statistics, true).into_iter();
        let found = found.map(|finding| (finding.message, finding.bytes.map(|bytes| bytes.start)));
        found.collect()
    }

    #[test]
    fn once_at_the_first_with_all_characters() {
        let expected = "2 locations have characters that the documentation does not list: \
            blank, `-`, `.`, `_`, U+00A0, `\u{e4}`";
        let names = ["1.txt", "my_doc-1.v2.txt", "M\u{e4}rz\u{a0}1 .txt"];
        assert_eq!(said(&names), [(expected.to_owned(), Some(1))]);
        let one = "1 location has characters that the documentation does not list: blank";
        assert_eq!(said(&["Ad 1.txt"]), [(one.to_owned(), Some(0))]);
        assert_eq!(said(&["1.txt", "A2.TXT", "docs/3.txt"]), []);
    }

    #[test]
    fn many_characters_are_cut_short() {
        let names: Vec<String> = ('\u{e0}'..'\u{f6}')
            .map(|char| format!("{char}.txt"))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(said(&names)[0].0.ends_with("`\u{f3}`, others"));
    }
}
