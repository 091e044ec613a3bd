//! What cannot be read is refused, and what is proved of labels is what counts.

use crate::support::{
    ONE_CLASS, TempFolder, aml_line, aml_span, class_document, language_project, run,
};

/// The refusal of both files against one another, whichever is right.
#[track_caller]
fn refused_both_ways(folder: &TempFolder, bad: &str, good: &str, why: [&str; 2]) {
    for (args, why) in [([bad, good], why[0]), ([good, bad], why[1])] {
        let all = ["score"].into_iter().chain(args);
        let run = run(folder.path(), all).expect(1);
        assert_eq!(run.text(), "");
        run.says(why);
    }
}

#[track_caller]
fn counted(folder: &TempFolder, args: &[&str], want: &str) {
    let shown = run(folder.path(), ["score"].iter().chain(args))
        .expect(0)
        .text();
    assert!(shown.contains(want), "{shown}");
}

#[test]
fn a_record_that_cannot_be_read_is_not_left_out_of_the_figures() {
    let folder = TempFolder::new();
    folder.write("1.txt", "Ada met Bob");
    folder.write("2.txt", "Bob met Ada");
    let line = |name: &str| aml_line(&format!("AmlDatastore://s/{name}"), &[aml_span("P", 0, 3)]);
    folder.write(
        "good.jsonl",
        format!("{}\n{}\n", line("1.txt"), line("2.txt")),
    );
    let cut = &line("2.txt")[..40];
    folder.write("bad.jsonl", format!("{}\n{cut}\n", line("1.txt")));
    let why = "1 record of bad.jsonl cannot be read; `labelwright check` says why";
    refused_both_ways(&folder, "bad.jsonl", "good.jsonl", [why, why]);
}

#[test]
fn a_label_that_cannot_be_read_is_not_left_out_of_the_figures() {
    let folder = TempFolder::new();
    folder.write("1.txt", "Ada met Bob");
    let url = "AmlDatastore://s/1.txt";
    let (ada, bob) = (aml_span("P", 0, 3), aml_span("P", "\"x\"", 11));
    folder.write("good.jsonl", aml_line(url, std::slice::from_ref(&ada)));
    folder.write("bad.jsonl", aml_line(url, &[ada, bob]));
    let why = [
        "1 document of GOLD with labels that cannot be read: `1.txt`",
        "1 document of PREDICTED with labels that cannot be read: `1.txt`",
    ];
    refused_both_ways(&folder, "bad.jsonl", "good.jsonl", why);
}

#[test]
fn brat_texts_with_a_mark_before_them_are_equal_to_themselves() {
    let folder = TempFolder::new();
    folder.write("gold/1.txt", "\u{feff}Ada met Bob.");
    folder.write("gold/1.ann", "T1\tP 1 4\tAda\nT2\tP 9 12\tBob\n");
    counted(
        &folder,
        &["gold", "gold"],
        "2 labels gold, 2 predicted, 2 the same",
    );
    folder.write("plain/1.txt", "Ada met Bob.");
    folder.write("plain/1.ann", "T1\tP 0 3\tAda\nT2\tP 8 11\tBob\n");
    counted(
        &folder,
        &["gold", "plain"],
        "2 labels gold, 2 predicted, 2 the same",
    );
}

/// A task of Label Studio with spans that say what they cover.
fn task(spans: &[(usize, usize, &str)]) -> String {
    let results = spans.iter().map(|(start, end, words)| {
        format!(
            r#"{{"id":"{start}","from_name":"label","to_name":"text","type":"labels","value":{{"start":{start},"end":{end},"text":"{words}","labels":["P"]}}}}"#
        )
    });
    let results: Vec<String> = results.collect();
    format!(
        r#"[{{"id":1,"data":{{"text":"😀😀 Ada met Bob and Eve.","file":"1.txt"}},"annotations":[{{"id":1,"result":[{}]}}]}}]"#,
        results.join(",")
    )
}

#[test]
fn words_that_are_proved_win_over_numbers() {
    let folder = TempFolder::new();
    // The first label of each counts something else: the words say which.
    folder.write("a.json", task(&[(11, 14, "Bob"), (19, 22, "Eve")]));
    folder.write("b.json", task(&[(11, 14, "t B"), (19, 22, "Eve")]));
    counted(
        &folder,
        &["a.json", "b.json"],
        "2 labels gold, 2 predicted, 1 the same",
    );
    let mixed = task(&[(3, 6, "Ada"), (13, 16, "Bob"), (21, 24, "Eve")]);
    folder.write("mixed.json", mixed);
    let want = "3 labels gold, 3 predicted, 3 the same";
    counted(&folder, &["mixed.json", "mixed.json"], want);
}

#[test]
fn the_end_of_a_name_takes_no_document_that_has_its_equal() {
    let folder = TempFolder::new();
    let documents = [class_document("1.txt", "A"), class_document("x/1.txt", "B")];
    folder.write("gold.json", language_project(ONE_CLASS, &[], &documents));
    let one = [class_document("x/1.txt", "B")];
    folder.write("some.json", language_project(ONE_CLASS, &[], &one));
    let args = ["gold.json", "some.json", "--no-texts", "--missing", "skip"];
    counted(&folder, &args, "1 label gold, 1 predicted, 1 the same");
}

#[test]
fn a_document_that_is_twice_in_the_first_file_is_told_as_that() {
    let folder = TempFolder::new();
    let one = class_document("a.txt", "A");
    folder.write(
        "gold.json",
        language_project(ONE_CLASS, &[], &[one.clone(), one.clone()]),
    );
    folder.write("one.json", language_project(ONE_CLASS, &[], &[one]));
    let args = ["score", "gold.json", "one.json", "--no-texts"];
    let run = run(folder.path(), args).expect(1);
    run.says("`a.txt` is twice in the first file; leave one of the two out");
}

#[test]
fn documents_with_one_text_are_refused_where_it_matters_which_is_which() {
    let folder = TempFolder::new();
    folder.write("g.csv", "text,label\nGood,X\nGood,Y\nBad,Y\n");
    folder.write("swapped.csv", "text,label\nGood,Y\nGood,X\nBad,Y\n");
    counted(
        &folder,
        &["g.csv", "swapped.csv"],
        "3 documents, 3 without an error",
    );
    folder.write("other.csv", "text,label\nGood,Y\nGood,Z\nBad,Y\n");
    let run = run(folder.path(), ["score", "g.csv", "other.csv"]).expect(1);
    run.says("2 documents that PREDICTED has by their texts alone");
    // All of one side are the same, so any pairs make the same figures.
    folder.write("alike.csv", "text,label\nGood,X\nGood,X\nBad,Y\n");
    counted(
        &folder,
        &["alike.csv", "other.csv"],
        "3 documents, 1 without an error",
    );
}

#[test]
fn a_label_that_is_called_like_the_absence_of_one_has_a_row_of_its_own() {
    let folder = TempFolder::new();
    folder.write("1.txt", "Ada met Bob");
    let line = |label: &str| aml_line("AmlDatastore://s/1.txt", &[aml_span(label, 0, 3)]);
    folder.write("gold.jsonl", line("$none"));
    folder.write("other.jsonl", line("P"));
    let args = ["score", "gold.jsonl", "other.jsonl"];
    let shown = run(folder.path(), args).expect(0).text();
    assert!(shown.contains("\n$$none"), "{shown}");
    let args = args.into_iter().chain(["--output", "json"]);
    let page: serde_json::Value =
        serde_json::from_slice(&run(folder.path(), args).expect(0).stdout).unwrap();
    let matrix = &page["customEntityRecognitionEvaluation"]["confusionMatrix"];
    assert_eq!(matrix["$$none"]["P"]["rawValue"], 1.0, "{matrix}");
    assert!(matrix["$none"]["$$none"].is_null(), "{matrix}");
}

#[test]
fn labels_on_a_text_of_white_space_alone_are_told_as_that() {
    let folder = TempFolder::new();
    folder.write("1.txt", "  \n");
    let line = aml_line("AmlDatastore://s/1.txt", &[aml_span("P", 0, 2)]);
    folder.write("gold.jsonl", line);
    let run = run(folder.path(), ["score", "gold.jsonl", "gold.jsonl"]).expect(1);
    run.says("1 document whose text is white space alone, in which no label can stand: `1.txt`");
}

#[test]
fn one_class_a_document_is_compared_with_sets_that_are_right() {
    let folder = TempFolder::new();
    let sets =
        |name: &str, classes: &str| format!(r#"{{"location":"{name}","classes":[{classes}]}}"#);
    let (a, both) = (
        r#"{"category":"A"}"#,
        r#"{"category":"A"},{"category":"B"}"#,
    );
    let documents = [sets("1.txt", a), sets("2.txt", both)];
    let gold = language_project("CustomMultiLabelClassification", &[], &documents);
    folder.write("gold.json", gold);
    let documents = [class_document("1.txt", "A"), class_document("2.txt", "B")];
    folder.write("one.json", language_project(ONE_CLASS, &[], &documents));
    let args = ["gold.json", "one.json", "--no-texts"];
    counted(&folder, &args, "3 labels gold, 2 predicted, 2 the same");
    let run = run(
        folder.path(),
        ["score", "one.json", "gold.json", "--no-texts"],
    )
    .expect(1);
    run.says("they cannot be compared");
}
