//! What is found in a table, and where.

use super::{folder, tables};
use crate::support::run;

/// Rule, line, column and bytes of each finding of a check.
fn places(folder: &std::path::Path, name: &str, select: &str) -> Vec<String> {
    let args = [
        "check",
        name,
        "--select",
        select,
        "--output",
        "json",
        "--fail-on",
        "never",
    ];
    let report = run(folder, args).expect(0).report();
    let shown = report.findings().iter().map(|finding| {
        assert!(finding["pointer"].is_null(), "a table has none: {finding}");
        let (rule, line) = (finding["rule"].as_str().unwrap(), &finding["line"]);
        let from = finding["byte_start"].as_u64().unwrap();
        let length = finding["byte_end"].as_u64().unwrap() - from;
        let mut shown = format!("{rule} {line}:{} {length}", finding["column"]);
        for other in finding["places"].as_array().into_iter().flatten() {
            let (line, column) = (&other["line"], &other["column"]);
            shown.extend([format!(" and {line}:{column}")]);
        }
        shown
    });
    shown.collect()
}

#[test]
fn each_fault_of_a_broken_table_has_its_place() {
    assert_eq!(
        places(&tables(), "broken.csv", "syntax,shape,split"),
        [
            "duplicate-key 1:25 5",
            "unknown-member 1:31 4",
            "wrong-type 3:1 35 and 4:1",
            "blank-line 5:1 0",
            "wrong-type 6:10 7",
            "dataset-unknown 8:21 7",
            "wrong-type 9:9 8",
            "truncated-file 10:1 1",
        ]
    );
}

#[test]
fn messages_say_what_was_found_and_what_to_do() {
    let args = ["check", "broken.csv", "--select", "shape"];
    let shown = run(&tables(), args).expect(1).text();
    // The report breaks lines.
    let shown: Vec<&str> = shown.split_whitespace().collect();
    let shown = shown.join(" ");
    for words in [
        "the row: expected a cell for each column, found something else in 2 places, such as 5 \
            cells for 6 columns, 7 cells for 6 columns",
        "nothing behind the quote that closes it (a quote inside is doubled), found more text",
        "a class, or a list of strings such as `['Refund','Urgent']`, found `[1, 2]`",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_have_a_place_and_cost_a_row() {
    let place = folder("row.csv", b"text,label\na,x\ncaf\xe9,x\nb,y\n");
    assert_eq!(
        places(place.path(), "row.csv", "syntax,shape"),
        ["invalid-utf8 3:4 1"]
    );
    let place = folder("first.csv", b"text,label,caf\xe9\na,x,1\n");
    assert_eq!(
        places(place.path(), "first.csv", "syntax,shape"),
        ["invalid-utf8 1:15 1"]
    );
    // Where the mark is no part of the outline, its bytes still count.
    let place = folder("mark.csv", b"\xef\xbb\xbftext,label,caf\xe9\na,x,1\n");
    let want = ["byte-order-mark 1:1 3", "invalid-utf8 1:15 1"];
    assert_eq!(places(place.path(), "mark.csv", "syntax,shape")[0], want[0]);
    assert_eq!(places(place.path(), "mark.csv", "syntax,shape").len(), 2);
}

#[test]
fn the_same_text_in_train_and_test_is_found() {
    let long = "The ferry to the island leaves at ten past eight from the second quay, and the \
        ticket is sold on board by the man with the green hat. Whoever comes late takes the small \
        boat behind the market hall, which sails when it is full, and pays the price of two \
        letters to the lighthouse, as everybody has done since the winter of the long storm.";
    let near = long.replace("storm", "frost");
    let other = "Nothing of this is said anywhere else in the table, and so nobody minds it.";
    let table = format!(
        "text,label,name,dataset\n\"{long}\",Travel,1.txt,Train\n\"{long}\",Travel,2.txt,Test\n\
         \"{near}\",Travel,3.txt,Test\n\"{other}\",Other,4.txt,Train\n"
    );
    let place = folder("table.csv", table);
    let select = "split-leak,split-near-leak,document-same-text";
    for more in [None, Some("--no-texts")] {
        let args = ["check", "table.csv", "--select", select, "--output", "json"];
        let done = run(place.path(), args.into_iter().chain(more));
        let report = done.report();
        let mut rules = report.rules();
        rules.sort_unstable();
        assert_eq!(rules, ["split-leak", "split-near-leak"], "{more:?}");
    }
    // Without sets the same text is a matter of the documents.
    let plain = place
        .read("table.csv")
        .replace(",Train\n", ",\n")
        .replace(",Test\n", ",\n");
    let place = folder("table.csv", plain);
    let args = ["check", "table.csv", "--select", select, "--output", "json"];
    let report = run(place.path(), args).report();
    assert_eq!(report.rules(), ["document-same-text"]);
}
