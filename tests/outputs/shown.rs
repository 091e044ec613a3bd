//! What each report looks like, over one set of findings.

use serde_json::Value;

use super::{FORMS, NAME, report};

#[test]
fn every_report_over_one_set_of_findings() {
    for form in FORMS {
        let text = report(form, NAME, &[]);
        // What is on one line is shown on many.
        let text = match form {
            "sarif" | "gitlab" => {
                let value: Value = serde_json::from_str(&text).unwrap();
                serde_json::to_string_pretty(&value).unwrap()
            }
            "csv" => text.replace("\r\n", "␍␊\n"),
            _ => text,
        };
        let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(form, text);
    }
}
