//! Who labeled, and signatures in URLs, however a file spells them: no report shows them.

use serde_json::json;

use crate::support::{Run, TempFolder, run};

/// The signature that nobody may see, and the name of who labeled.
const SECRETS: [&str; 2] = ["SeCrEt", "Hidden"];

#[track_caller]
fn shows_no_secret(done: &Run, what: &str) {
    let all = format!("{}{}", done.text(), done.stderr);
    for secret in SECRETS {
        assert!(!all.contains(secret), "{what} shows {secret}: {all}");
    }
}

/// Checks a label file in every way that shows something of it.
#[track_caller]
fn check(name: &str, content: &str) {
    let place = TempFolder::new();
    place.write(name, content);
    let ways: [&[&str]; 5] = [
        &["--no-texts"],
        &["--output", "json"],
        &["--schema-strict", "--output", "json"],
        &["--schema-strict"],
        &["--diff", "--unsafe-fixes"],
    ];
    for way in ways {
        let done = run(place.path(), [&["check", name], way].concat());
        assert!(
            !done.stdout.is_empty(),
            "{way:?} of {content}: {}",
            done.stderr
        );
        shows_no_secret(&done, &format!("{way:?} of {content}"));
    }
}

/// Spellings of a query with a signature, as they stand in a string of JSON.
const QUERIES: [&str; 8] = [
    "sv=1&sig=SeCrEt",
    r"\u0073ig=SeCrEt",
    r"sig\u003dSeCrEt",
    "SIG=SeCrEt",
    "s%69g=SeCrEt",
    "s%2569g%3DSeCrEt",
    r"a\u0026%73IG=SeCrEt",
    "sv=1;sig=SeCrEt&se=2",
];

#[test]
fn signatures_in_any_spelling_are_in_no_report() {
    let label = r#"{"label":"A","offsetStart":0.0,"offsetEnd":"4"}"#;
    for query in QUERIES {
        for url in [
            "https://a.blob.core.windows.net/d/1.txt",
            "azureml://datastores/ds/paths/1.txt",
            "AmlDatastore://ds/1.txt",
            "1.txt",
        ] {
            check(
                "a.jsonl",
                &format!("{{\"image_url\":\"{url}?{query}\",\"label\":[{label}]}}\n"),
            );
        }
        check(
            "a.json",
            &format!(
                r#"{{"projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit",
"metadata":{{"projectKind":"CustomEntityRecognition","projectName":"a","language":"en-us",
"storageInputContainerName":"c","multilingual":false,"settings":{{}},"https://a/b?{query}":1}},
"assets":{{"projectKind":"CustomEntityRecognition","entities":[{{"category":"A?{query}"}}],
"documents":[{{"location":"a.txt?{query}","language":"en-us","entities":[]}},
{{"location":"b.txt?{query}","language":"en-us","dataset":"train","entities":[{{"regionOffset":0.0,
"regionLength":4,"labels":[{{"category":"B?{query}","offset":"1","length":2}}]}}]}}]}}}}"#
            ),
        );
    }
}

#[test]
fn the_text_of_a_document_shows_no_signature() {
    let place = TempFolder::new();
    place.write(
        "1.txt",
        "See https://a.b/c?sv=1&sv=2&sv=3&sv=4&sv=5&sv=6&SIG=SeCrEtSeCrEtSeCrEt now",
    );
    // The first span cuts a word, and the window around the others begins inside the URL.
    let label = |span: &str| format!(r#"{{"label":"A",{span}}}"#);
    let spans = [
        r#""offsetStart":0,"offsetEnd":2"#,
        r#""offsetStart":50,"offsetEnd":62"#,
        r#""offsetStart":66,"offsetEnd":68"#,
        r#""offsetStart":69,"offsetEnd":71"#,
    ];
    let labels = spans.map(label).join(",");
    let line = format!("{{\"image_url\":\"AmlDatastore://ds/1.txt\",\"label\":[{labels}]}}\n");
    place.write("a.jsonl", line);
    for way in [&[][..], &["--output", "json"]] {
        let done = run(place.path(), [&["check", "a.jsonl"], way].concat()).expect(0);
        assert!(done.text().contains("cuts a word"), "{}", done.text());
        // A quoted piece of a signature has lost its name, so it cannot be known for one.
        let text = done.text().replace("takes `SeCrEt", "takes `");
        assert!(!text.contains("SIG=Se"), "{text}");
    }
}

#[test]
fn names_of_labelers_in_any_spelling_are_in_no_report() {
    let fill = "9".repeat(3000);
    for member in [
        r#""labeler":"Hidden""#,
        r#""l\u0061beler":"Hidden""#,
        r#""LABELER":"Hidden""#,
        r#""labeler":["Hidden"]"#,
        r#""labeler":{"Hidden":"Hidden","Hidden":0}"#,
        r#""labeler":["Hidden",{"a":["Hidden"]}],"labeler":"Hidden""#,
        r#""updated_by" : ["\ud800Hidden"]"#,
        &format!(r#""labeler":["{fill}","Hidden","Hidden"]"#),
    ] {
        let line = format!(
            r#"{{"image_url":"AmlDatastore://ds/1.txt",{member},"label":[{{"label":"A","offsetStart":0.0,"offsetEnd":"4",{member}}}],"labels":{{{member}}},"label_confidence":"x"}}"#
        );
        check("a.jsonl", &(line + "\n"));
    }
}

#[test]
fn errors_about_a_ledger_or_a_partial_quote_no_value() {
    let place = TempFolder::new();
    let head = json!({"ledger": 1, "tool": "x", "from": "aml", "to": "language"});
    place.write("1.txt", "Rome");
    place.write(
        "a.json",
        r#"{"projectFileVersion":"2022-05-01","assets":{"projectKind":"CustomEntityRecognition"}}"#,
    );
    let restore = [
        "convert",
        "a.json",
        "--to",
        "aml",
        "-o",
        "b",
        "--restore",
        "l",
    ];
    for wrong in [
        json!({"document": "a", "fact": "Hidden", "pointer": ""}),
        json!({"document": "a", "fact": "member", "pointer": "", "nth": "a?sig=SeCrEt, expected x"}),
        json!({"document": {"Hidden": 1}, "fact": "member", "pointer": "/a"}),
    ] {
        place.write("l", format!("{head}\n{wrong}\n"));
        let done = run(place.path(), restore).expect(2);
        done.says("line 2 is no line of a ledger");
        shows_no_secret(&done, &wrong.to_string());
    }
    let label = r#"{"label":"A","offsetStart":0,"offsetEnd":4}"#;
    let line = format!("{{\"image_url\":\"AmlDatastore://ds/1.txt\",\"label\":[{label}]}}\n");
    place.write("a.jsonl", line);
    run(
        place.path(),
        ["check", "a.jsonl", "--shard", "0:", "--partial", "p"],
    )
    .expect(0);
    let partial = place
        .read("p")
        .replace("\"kind\":\"", "\"kind\":\"Hidden?sig=SeCrEt");
    place.write("p", partial);
    let done = run(place.path(), ["merge", "p"]).expect(2);
    shows_no_secret(&done, "an error about a partial");
}
