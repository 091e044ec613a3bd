//! The quick reader of records answers what the careful one does, or nothing.

use labelwright::internals::formats::{Context, Record, Told, find};
use labelwright::internals::model::{Kind, Project};
use labelwright::internals::text::Unit;
use proptest::prelude::*;

/// Members as they may stand in a record, right and wrong ones.
fn member() -> impl Strategy<Value = String> {
    let value = |name: &'static str, values: &'static [&'static str]| {
        prop::sample::select(values).prop_map(move |value| format!("\"{name}\":{value}"))
    };
    prop_oneof![
        4 => value("text", &["\"Ada met Bob\"", "\"\\ud83d\\ude00 Ada\"", "\"😀 Émile\"", "\"\"", "7", "null"]),
        4 => value("spans", &[
            "[]",
            "[{\"start\":0,\"end\":3,\"label\":\"P\"}]",
            "[ {\"end\": 3, \"label\":\"P\\n\", \"start\" :0},{\"start\":8,\"end\":11,\"label\":\"Q\"}]",
            "[{\"start\":2,\"end\":5,\"label\":\"P\",\"token_start\":0,\"token_end\":0,\"text\":\"Ada\"}]",
            "[{\"start\":3,\"end\":6,\"label\":\"P\",\"text\":\"Ada\"}]",
            "[{\"start\":0.0,\"end\":3,\"label\":\"P\",\"score\":0.5}]",
            "[{\"start\":0,\"start\":1,\"end\":3,\"label\":\"P\"}]",
            "{\"sc\":[]}",
            "null",
        ]),
        2 => value("label", &["\"A\"", "\"\"", "1", "null", "[\"A\"]"]),
        4 => value("answer", &["\"accept\"", "\"reject\"", "\"acc\\u0065pt\"", "null", "\"x\""]),
        3 => value("meta", &[
            "{}", "{\"file\":\"a.txt\"}", "{\"file\":\"b\",\"dataset\":null}",
            "{\"file\":\" \",\"dataset\":\"train\"}", "{\"name\":\"x\",\"dataset\":\"odd\"}", "7",
        ]),
        1 => value("tokens", &[
            "[]",
            "[{\"text\":\"Ada\",\"start\":0,\"end\":3,\"id\":0,\"ws\":true},{\"text\":\"x\",\"id\":1,\"disabled\":false}]",
            "[{\"text\":\"Ada\",\"more\":1}]",
            "[\"Ada\"]",
        ]),
        1 => value("_input_hash", &["-5", "12", "null"]),
        1 => value("_task_hash", &["7", "\"x\""]),
        1 => value("_view_id", &["\"ner_manual\"", "\"choice\"", "null"]),
        1 => value("_session_id", &["null", "\"ada\""]),
        1 => value("_annotator_id", &["\"ada\\u0041\"", "5"]),
        1 => value("_timestamp", &["1694858483", "1.5"]),
        1 => value("cats", &["{}", "{\"A\":1.0}"]),
        1 => value("accept", &["[\"A\"]", "[]"]),
        1 => value("ents", &["[]", "[{\"start\":0,\"end\":1,\"label\":\"E\"}]"]),
        1 => value("other", &["1", "{\"a\":[]}"]),
    ]
}

fn record() -> impl Strategy<Value = String> {
    let blank = prop::sample::select(vec!["", " ", "\t"]);
    (prop::collection::vec(member(), 0..8), blank)
        .prop_map(|(members, blank)| format!("{blank}{{{blank}{}}}{blank}", members.join(",")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn quick_is_as_careful(
        text in record(),
        kind in prop::sample::select(vec![
            None,
            Some(Kind::EntityRecognition),
            Some(Kind::SingleLabelClassification),
            Some(Kind::MultiLabelClassification),
        ]),
        unit in prop::sample::select(vec![Unit::CodePoint, Unit::Utf16]),
    ) {
        let format = find("spacy").unwrap();
        let project = Project::default();
        let read = |quick| {
            let context = Context {
                project: &project,
                kind,
                unit,
                quick,
                stems: &["all".to_owned()],
                datasets: None,
                file_splits: true,
                told: Told::NOTHING,
 before: 0,
            };
            let record = Record { index: 3, in_file: (0, 3), start: 0, text: &text, ends_file: false };
            format!("{:?}", format.read(record, context))
        };
        prop_assert_eq!(read(true), read(false));
    }
}
