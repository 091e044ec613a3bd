//! What is read of each shape.

use super::{convert, exports, fixture, folder, labels, to_language};
use crate::support::names;

/// The labels of a fixture.
#[track_caller]
fn read(name: &str, more: &[&str]) -> Vec<String> {
    let place = folder(fixture(name));
    to_language(&place, more).expect(0);
    labels(&place, "out.json")
}

const WAVE: &str = "wave.txt: Person=\"Noor\" Place=\"Åland\"";

#[test]
fn spans_count_code_points_and_sets_are_kept() {
    let want = [
        "wave.txt (Train): Person=\"Noor\" Place=\"Åland\"",
        "port.txt (Train): Person=\"Bo Ek\" Place=\"Oslo\"",
        "flag.txt (Test): Person=\"Bo\\r\\nEk\"",
        "calm.txt (Test):",
        "unread.txt unlabeled",
    ];
    assert_eq!(read("spans.json", &[]), want);
}

#[test]
fn an_export_has_more_than_labels() {
    let want = [
        WAVE,
        "flag.txt: Person=\"Bo\\r\\nEk\"",
        "two.txt: Phrase=\"Two  blanks\" Person=\"Bo\" Captain=\"Bo\"",
        "empty.txt:",
        "model.txt unlabeled",
    ];
    assert_eq!(read("export.json", &[]), want);
}

#[test]
fn the_lossy_export_is_read_too() {
    let want = [
        WAVE,
        "flag.txt: Person=\"Bo\\r\\nEk\"",
        "empty.txt:",
        "unread.txt unlabeled",
    ];
    assert_eq!(read("min.json", &[]), want);
    let want = ["1.txt [Order]", "2.txt [Question] [Urgent]", "3.txt"];
    assert_eq!(read("min-classes.json", &[]), want);
}

#[test]
fn choices_are_classes() {
    let want = ["1.txt [Order] [Urgent]", "2.txt", "3.txt [Question]"];
    assert_eq!(read("classes.json", &[]), want);
    assert_eq!(
        read("class.json", &[]),
        ["1.txt [Order]", "2.txt", "3.txt [Question]"]
    );
}

#[test]
fn one_task_needs_no_array() {
    let want = ["wave.txt (Train): Person=\"Noor\" Place=\"Åland\""];
    assert_eq!(read("one-task.json", &[]), want);
}

#[test]
fn units_are_told_by_what_each_span_covers() {
    let want = [WAVE, "two.txt: Person=\"Bo\" Person=\"Noor\""];
    assert_eq!(read("mixed-units.json", &[]), want);
}

#[test]
fn units_are_told_by_the_words_where_nothing_says_what_is_covered() {
    let want = [WAVE, "task-2.txt: Person=\"Bo\" Person=\"Noor\""];
    assert_eq!(read("completions.json", &[]), want);
}

#[test]
fn the_user_says_whose_annotation_is_meant() {
    for (person, words) in [("7", "Bo"), ("8", "Noor"), ("EVE@example.org", "Noor")] {
        let read = read("two-people.json", &["--annotator", person]);
        let first = format!("a.txt: Person=\"{words}\"");
        assert_eq!(read, [&*first, "b.txt: Place=\"Oslo\""], "{person}");
    }
    let place = folder(fixture("two-people.json"));
    for more in [&[][..], &["--annotator", "9"]] {
        to_language(&place, more).expect(1);
        assert!(!place.at("out.json").exists());
    }
}

#[test]
fn of_several_annotations_by_one_person_the_newest_is_read() {
    let annotation = |at: &str, end: u64| {
        format!(
            r#"{{"completed_by":7,"updated_at":"{at}","result":[{{"from_name":"l","to_name":"t",
            "type":"labels","value":{{"start":0,"end":{end},"labels":["P"]}}}}]}}"#
        )
    };
    let tasks = |first: &str, second: &str| {
        format!(
            r#"[{{"data":{{"text":"Bo Ek sails","name":"a"}},"annotations":[{},{}]}}]"#,
            annotation(first, 2),
            annotation(second, 5)
        )
    };
    let place = folder(tasks("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z"));
    to_language(&place, &["--annotator", "7"]).expect(0);
    assert_eq!(labels(&place, "out.json"), ["a.txt: P=\"Bo\""]);
    let place = folder(tasks("2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z"));
    to_language(&place, &["--annotator", "7"]).expect(1);
}

#[test]
fn keys_of_text_and_name_are_found_or_told() {
    let labeled = |data: &str, more: &[&str]| {
        let place = folder(format!(
            r#"[{{"data":{{{data}}},"id":5,"annotations":[{{"result":[{{"from_name":"l",
            "to_name":"t","type":"labels","value":{{"start":0,"end":2,"labels":["P"]}}}}]}}]}}]"#
        ));
        to_language(&place, more).expect(0);
        labels(&place, "out.json").join("; ")
    };
    let task = "task-5.txt: P=\"Bo\"";
    assert_eq!(labeled(r#""text":"Bo""#, &[]), task);
    assert_eq!(labeled(r#""body":"Bo""#, &[]), task);
    assert_eq!(labeled(r#""text":"Bo","body":"No""#, &[]), task);
    let told = labeled(r#""text":"No","body":"Bo""#, &["--text-key", "body"]);
    assert_eq!(told, task);
    let named = labeled(r#""text":"Bo","document":"d","file":"f""#, &[]);
    assert_eq!(named, "f.txt: P=\"Bo\"");
    let told = labeled(
        r#""text":"Bo","title":"t","name":"n""#,
        &["--name-key", "title"],
    );
    assert_eq!(told, "t.txt: P=\"Bo\"");
    let set = labeled(r#""text":"Bo","split":"test","name":"n""#, &[]);
    assert_eq!(set, "n.txt (Test): P=\"Bo\"");
}

#[test]
fn every_fixture_is_copied_as_it_is_in_its_own_format() {
    for name in names(&exports()) {
        let place = folder(fixture(&name));
        let done = convert(
            &place,
            "tasks.json",
            "label-studio",
            "out.json",
            &["--fail-on", "never"],
        );
        if done.status == 0 {
            assert_eq!(place.read("out.json"), fixture(&name), "{name}");
        }
    }
}
