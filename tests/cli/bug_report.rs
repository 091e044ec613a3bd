//! What a report of a bug says of label files, and what it does not.

use serde_json::json;

use crate::support::{TempFolder, run, run_with};

/// Names and words of a label file that nobody may see.
const DATA: [&str; 6] = ["secret", "Tumor", "Zanzibar", "annex", "Ada", "clinic"];

/// A label file and its text, in folders with names of their own.
fn place() -> TempFolder {
    let place = TempFolder::new();
    let export = json!({
        "image_url": "AmlDatastore://clinic/annex.txt",
        "label": [
            {"label": "Tumor", "offsetStart": 0, "offsetEnd": 2},
            {"label": "Tumor", "offsetStart": 0, "offsetEnd": 900},
        ],
    });
    place.write("secret/labels.jsonl", format!("{export}\n"));
    place.write("secret/annex.txt", "Ada lives in Zanzibar.");
    place.write(
        "secret/labelwright.toml",
        "[rules]\nlabel-rare = \"off\"\n[thresholds]\nimbalance = 7\n",
    );
    place
}

#[test]
fn counts_are_told_and_no_data() {
    let place = place();
    let done = run(place.path(), ["bug-report", "secret/labels.jsonl"]).expect(0);
    let text = done.text();
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let version = env!("CARGO_PKG_VERSION");
    for want in [
        &*format!("labelwright {version}, debug build"),
        "input 1 a file",
        "format aml",
        "documents 1",
        "labels 2",
        "names of labels 1",
        "settings label-rare = off",
        "imbalance = 7",
        "findings span-out-of-bounds: 1 error",
        "span-cuts-word: 1 warning",
    ] {
        assert!(lines.iter().any(|line| line == want), "{want}: {text}");
    }
    for word in DATA {
        let all = format!("{text}{}", done.stderr);
        assert!(!all.contains(word), "{word}: {all}");
    }
}

#[test]
fn the_program_alone_is_told_about() {
    let place = TempFolder::new();
    let done = run(place.path(), ["bug-report"]).expect(0);
    let text = done.text();
    assert!(text.contains(std::env::consts::ARCH), "{text}");
    assert!(!text.contains("input"), "{text}");
    assert_eq!(done.stderr, "");
}

#[test]
fn what_cannot_be_read_is_status_2_and_the_rest_is_told() {
    let place = place();
    let inputs = ["bug-report", "missing.json", "secret/labels.jsonl"];
    let done = run(place.path(), inputs).expect(2);
    done.says("missing.json");
    let done = run_with(place.path(), ["bug-report", "-", "--no-texts"], b"{}\n").expect(0);
    assert!(done.text().contains("standard input"), "{}", done.text());
}
