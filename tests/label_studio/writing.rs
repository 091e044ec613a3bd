//! What is written.

use serde_json::Value;

use super::{convert, fixture, folder, to_language};

#[test]
fn a_canonical_file_comes_back_byte_for_byte() {
    for name in ["spans.json", "classes.json", "class.json"] {
        let place = folder(fixture(name));
        to_language(&place, &[]).expect(0);
        let texts = ["--texts", "docs"];
        convert(&place, "out.json", "label-studio", "back.json", &texts).expect(0);
        let mut back: Value = serde_json::from_str(&place.read("back.json")).unwrap();
        let was: Value = serde_json::from_str(&fixture(name)).unwrap();
        if name != "spans.json" {
            // These tasks say no language, and each document of a Language project has one.
            for task in back.as_array_mut().unwrap() {
                task["data"].as_object_mut().unwrap().remove("language");
            }
            assert_eq!(back, was, "{name}");
            continue;
        }
        assert_eq!(place.read("back.json"), fixture(name));
    }
}

#[test]
fn the_next_step_is_a_labeling_config_with_all_labels() {
    let place = folder(fixture("spans.json").replace("\"Place\"", "\"A<B & \\\"C\\\"\""));
    to_language(&place, &[]).expect(0);
    let texts = ["--texts", "docs"];
    let done = convert(&place, "out.json", "label-studio", "back.json", &texts).expect(0);
    done.says(
        "<View><Labels name=\"label\" toName=\"text\"><Label value=\"A&lt;B &amp; &quot;C&quot;\"/>\
         <Label value=\"Person\"/></Labels><Text name=\"text\" value=\"$text\"/></View>",
    );
}

#[test]
fn what_is_lost_is_counted_by_kind() {
    let place = folder(fixture("export.json"));
    let done = to_language(&place, &[]).expect(0);
    for lost in [
        "relations (1)",
        "attributes and notes (1)",
        "predictions (1)",
        "rejected and ignored answers (1)",
        "ids and counts of the tool",
        "unknown members (1)",
    ] {
        done.says(lost);
    }
    let done = to_language(&place, &["--deny-loss"]).expect(1);
    done.says("not ready");
}

#[test]
fn classes_in_a_file_of_spans_are_counted() {
    let choice = r#"{"from_name":"c","to_name":"t","type":"choices","value":{"choices":["Big"]}}"#;
    let tasks =
        fixture("spans.json").replacen("\"result\": [", &format!("\"result\": [{choice},"), 1);
    let place = folder(tasks);
    let done = to_language(&place, &[]).expect(0);
    done.says("classes (1)");
}
