//! Fifty thousand findings: each report has them all, or says what it leaves out.

use serde_json::Value;

use super::{CHECK_MANY, many};
use crate::support::{TempFolder, run};

#[test]
fn reports_of_many_findings_are_complete() {
    const NOTES: usize = 20_000;
    const ERRORS: usize = 30_000;
    let place = TempFolder::new();
    place.write("a.jsonl", many(NOTES, ERRORS));
    let forms = [
        "json", "jsonl", "csv", "sarif", "junit", "github", "gitlab", "azure", "markdown",
    ];
    let outputs = forms
        .into_iter()
        .flat_map(|form| ["--output".to_owned(), format!("{form}=out.{form}")]);
    let check = CHECK_MANY.into_iter().map(str::to_owned).chain(outputs);
    run(place.path(), check).expect(1);
    let read = |form: &str| place.read(format!("out.{form}"));
    let all = NOTES + ERRORS;
    let json = |form: &str| serde_json::from_str::<Value>(&read(form)).unwrap();
    assert_eq!(json("json")["diagnostics"].as_array().unwrap().len(), all);
    assert_eq!(read("jsonl").lines().count(), all);
    assert_eq!(read("csv").lines().count(), all + 1);
    assert_eq!(json("gitlab").as_array().unwrap().len(), all);
    let junit = read("junit");
    let cases = junit.matches("<testcase ").count();
    assert_eq!(
        (cases, junit.matches("<failure ").count()),
        (all + 1, ERRORS + 1)
    );
    let run = &json("sarif")["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert!(results.len() == 25_000 && results.iter().all(|it| it["level"] == "error"));
    let told = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str();
    assert!(told.unwrap().starts_with("25000 results"), "{told:?}");
    for form in ["github", "azure"] {
        let text = read(form);
        assert_eq!(text.lines().count(), 20, "{text}");
        for more in ["and 29991 more errors", "and 19991 more notes"] {
            assert!(text.contains(more), "{text}");
        }
    }
    let text = read("markdown");
    assert!(
        text.contains("| 30000 |") && text.contains("and 29990 more findings"),
        "{text}"
    );
}
