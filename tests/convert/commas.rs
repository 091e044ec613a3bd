//! Labels with a comma in their names, in options that take several names.

use serde_json::Value;

use crate::support::{
    ENTITIES, TempFolder, language_document, language_label, language_project, run,
};

fn convert(folder: &TempFolder, options: &[&str]) -> crate::support::Run {
    let args = ["convert", "in.json", "--to", "language", "--no-texts"];
    let out = ["-o", "out.json", "--force"];
    run(folder.path(), args.iter().chain(&out).chain(options))
}

#[test]
fn labels_with_a_comma_in_their_names_could_not_be_named() {
    let folder = TempFolder::new();
    let place = [("l", 0), ("m", 4), ("l,m", 8), ("n\\", 12)];
    let labels = place.map(|(name, at)| language_label(name, at, 3));
    let document = language_document("1.txt", None, 16, &labels);
    let names = place.map(|(name, _)| name);
    folder.write("in.json", language_project(ENTITIES, &names, &[document]));
    let left = |option: &str, value: &str| {
        convert(&folder, &[option, value]).expect(0);
        let project: Value = serde_json::from_str(&folder.read("out.json")).unwrap();
        let labels = &project["assets"]["documents"][0]["entities"][0]["labels"];
        let labels = labels.as_array().unwrap().iter();
        let name = |label: &Value| label["category"].as_str().unwrap().to_owned();
        labels.map(name).collect::<Vec<_>>()
    };
    assert_eq!(left("--drop-labels", "l\\,m"), ["l", "m", "n\\"]);
    assert_eq!(left("--drop-labels", "l\\,m,l"), ["m", "n\\"]);
    assert_eq!(left("--drop-labels", "m,l"), ["l,m", "n\\"]);
    assert_eq!(left("--select-labels", "l\\,m"), ["l,m"]);
    assert_eq!(left("--drop-labels", "n\\\\,m"), ["l", "l,m"]);
    // A backslash before anything else is one.
    assert_eq!(left("--select-labels", "n\\"), ["n\\"]);
    for option in ["--drop-labels", "--select-labels"] {
        let refused = convert(&folder, &[option, "l,m"]).expect(2);
        refused.says("write `l\\,m` for the one label");
    }
}
