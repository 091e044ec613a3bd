//! Halves of surrogate pairs, spelled or as bytes.

use super::{check, document, language, line, trap};

#[test]
fn lone_surrogates_are_found_in_any_member() {
    let place = trap();
    place.write("texts/1.txt", "Rome");
    let good = language(&document("1.txt", 4, &[(0, 4)]));
    for (from, to) in [
        (
            r#""category":"City","offset""#,
            r#""category":"\ud83d","offset""#,
        ),
        (
            r#""location":"1.txt""#,
            r#""location":"1.txt","x":"\ude00""#,
        ),
        (
            r#""location":"1.txt""#,
            r#""location":"1.txt","\ude00\ud83d":1"#,
        ),
        (r#""description":"""#, r#""description":"a\ud800b""#),
        (r#""description":"""#, r#""x":{"y":["\uD83D\uD83D\uDE00"]}"#),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        place.write("labels.json", &bad);
        let report = check(&place, "labels.json");
        assert!(
            report.rules().contains(&"lone-surrogate"),
            "{to}: {:?}",
            report.rules()
        );
    }
    let good = line("AmlDatastore://ds/1.txt");
    for member in [r#""x":"\ud83d""#, r#""\ude00":1"#] {
        place.write("labels.jsonl", format!("{{{member},{}", &good[1..]));
        assert_eq!(
            check(&place, "labels.jsonl").rules(),
            ["lone-surrogate"],
            "{member}"
        );
    }
}

#[test]
fn surrogates_in_bytes_are_no_utf8() {
    // CESU-8: a pair of surrogates, each written as three bytes.
    const CESU: &[u8] = b"\xed\xa0\xbd\xed\xb8\x80";
    let place = trap();
    place.write("texts/1.txt", [b"Rome ", CESU].concat());
    place.write("labels.json", language(&document("1.txt", 6, &[(0, 4)])));
    let report = check(&place, "labels.json");
    assert_eq!(report.rules(), ["document-not-utf8"]);
    let message = report.findings()[0]["message"].as_str().unwrap();
    assert!(message.contains("offset 5"), "{message}");

    place.write("texts/1.txt", "Rome");
    let good = line("AmlDatastore://ds/1.txt").into_bytes();
    let name = [
        b"{\"image_url\":\"AmlDatastore://ds/",
        CESU,
        b".txt\",\"label\":[]}\n",
    ]
    .concat();
    place.write("labels.jsonl", [good.as_slice(), &name].concat());
    let report = check(&place, "labels.jsonl");
    assert_eq!(report.rules(), ["invalid-utf8"]);
    assert_eq!(report.findings()[0]["line"], 2);
    assert_eq!(report.findings()[0]["byte_start"], good.len() + 32);
}
