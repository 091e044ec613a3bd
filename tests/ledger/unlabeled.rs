//! Projects and locations with next to nothing in them.

use std::fs;

use serde_json::Value;

use super::{EMPTY_DOCUMENT, TO_AML, entities, there_and_back};
use crate::support::{ONE_CLASS, TempFolder, language_project, run};

fn comes_back(place: &TempFolder, text: &str) {
    place.write("in.json", text);
    let (_, back, _) = there_and_back(place.path(), "in.json", ["aml", "language"], str::to_owned);
    let want: Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&back).unwrap(), want);
}

#[test]
fn a_project_without_labels_comes_back() {
    let place = TempFolder::new();
    place.write("1.txt", "Ann met Bob");
    let document = |more: &str| format!(r#"{{"location":"1.txt","language":"en-us"{more}}}"#);
    let empty = r#","entities":[{"regionOffset":0,"regionLength":11,"labels":[]}]"#;
    for more in ["", r#","entities":[]"#, empty] {
        comes_back(&place, &entities(&[&document(more)]));
    }
    // No line at all is left where no document has a class.
    comes_back(
        &place,
        &language_project(ONE_CLASS, &["A"], &[document("")]),
    );
}

#[test]
fn a_location_that_makes_a_bad_url_is_refused() {
    for location in ["", "a/", "a//1.txt"] {
        let place = TempFolder::new();
        let document = format!(r#"{{"location":"{location}","language":"en-us","entities":[]}}"#);
        place.write("in.json", entities(&[&document]));
        let run = run(place.path(), TO_AML).expect(1);
        run.says("error[no-counterpart]");
        run.says("has no address for 1 document");
        assert!(!place.at("out").exists());
    }
}

#[test]
fn a_prefix_that_makes_a_bad_url_is_refused() {
    let place = TempFolder::new();
    place.write("in.json", entities(&[EMPTY_DOCUMENT]));
    for more in [
        ["--prefix", "../.."],
        ["--prefix", "a//b"],
        ["--prefix", "a\\b"],
        ["--datastore", "a/b"],
    ] {
        let run = run(place.path(), TO_AML.iter().chain(&more)).expect(2);
        run.says("no addresses of documents can be made of --datastore and --prefix");
        assert!(!place.at("out").exists());
    }
    run(place.path(), TO_AML.iter().chain(&["--prefix", "/a/b/"])).expect(0);
    let line = fs::read_to_string(place.at("out")).unwrap();
    assert!(
        line.contains("AmlDatastore://workspaceblobstore/a/b/1.txt"),
        "{line}"
    );
}
