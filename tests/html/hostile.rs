//! What stands in data is text in a page, whatever it says.

use super::page::{Page, between};
use crate::support::{TempFolder, aml_line, aml_span, run};

/// What would leave its place in a page, a script, an attribute or a terminal.
const HOSTILE: [&str; 6] = [
    "</script><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' autofocus onfocus=alert(1) x='",
    "{{ 7*7 }}{% raw %}",
    "\u{1b}[2J\u{202e}\u{2066}\u{9b}\u{0}x",
    "<!--<script>",
];

/// A folder with a label file in which all that can be named has such a name.
pub(crate) fn corpus() -> (TempFolder, String) {
    let place = TempFolder::new();
    let mut lines = String::new();
    for (at, hostile) in HOSTILE.iter().enumerate() {
        let text = format!("{hostile} lies in a text, {hostile} again.\r\n");
        place.write(format!("{at}.txt"), &text);
        let count = hostile.chars().count();
        let labels = [
            aml_span(hostile, 0, count),
            // Another label of the same words, one that cuts a word, and one past the end.
            aml_span("A", 0, count),
            aml_span("A", 1, count + 3),
            aml_span(hostile, 0, 10_000),
        ];
        lines += &(aml_line(&format!("AmlDatastore://ds/{at}.txt"), &labels) + "\n");
        let url = format!("AmlDatastore://ds/{hostile}.txt?sv=1&sig=SeCrEtKey{at}");
        lines += &(aml_line(&url, &[aml_span(hostile, 0, 4)]) + "\n");
        let url = format!("https://host/ds/missing-{at}.txt?sv=2020&sig=SeCrEtKey{at}");
        lines += &(aml_line(&url, &[aml_span("A", 4, 1)]) + "\n");
    }
    lines += "{\"image_url\":\"<b>\n";
    let name = if cfg!(windows) {
        "labels.jsonl"
    } else {
        "<b onclick=\"x\">'&.jsonl"
    };
    place.write(name, lines);
    (place, name.to_owned())
}

#[track_caller]
fn assert_harmless(page: &Page) {
    page.assert_inert();
    for char in page.0.chars() {
        let is_harmless = match char {
            '\n' | '\r' | '\t' => true,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
            _ => !char.is_control(),
        };
        assert!(is_harmless, "U+{:04X}", u32::from(char));
    }
    assert!(!page.0.contains("SeCrEtKey"));
    assert!(!page.0.contains("49{"), "a template was filled with data");
}

#[test]
fn hostile_names_and_texts_are_text() {
    let (place, name) = corpus();
    let args = ["check", &*name, "--output", "html", "--report-max", "1000"];
    let page = Page(run(place.path(), args).expect(1).text());
    assert_harmless(&page);
    assert!(page.findings().len() > 20, "{}", page.findings().len());
    // It is there, escaped.
    assert!(page.0.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(page.0.contains("<i class=\"esc\">U+202E</i>"));
    let hidden = [
        "check",
        &*name,
        "--redact",
        "--output",
        "html",
        "--show-labelers",
    ];
    assert_harmless(&Page(run(place.path(), hidden).expect(1).text()));
    let args = ["show", &*name, "--output", "html", "--max-documents", "100"];
    let page = Page(run(place.path(), args).text());
    assert_harmless(&page);
    assert!(page.0.contains("&lt;svg onload=alert(1)&gt;"));
}

/// Words that stand nowhere but in the texts.
const WORDS: [&str; 6] = [
    "Quorvex",
    "Zindrellan",
    "Marwhistle",
    "Ottobrundt",
    "Pelliquane",
    "Vostigraph",
];

#[test]
fn no_word_of_a_text_is_left_where_they_are_hidden() {
    let place = TempFolder::new();
    let mut lines = String::new();
    for at in 0..8 {
        let word = |n: usize| WORDS[(at + n) % WORDS.len()];
        let text = format!(
            "{} saw {}\u{a0}and {} by {}. 😀 {}\n",
            word(0),
            word(1),
            word(2),
            word(3),
            word(4)
        );
        place.write(format!("{at}.txt"), &text);
        let first = word(0).chars().count();
        let labels = [
            aml_span("Person", 0, first),
            aml_span("Place", 0, first),
            aml_span("Person", 0, first - 2),
            aml_span("Person", first, first + 5),
            aml_span("Person", 2, 2),
            aml_span("Person", 9, 900),
        ];
        let set = if at % 2 == 0 { "Train" } else { "Test" };
        let line = aml_line(&format!("AmlDatastore://ds/{at}.txt"), &labels);
        lines +=
            &(line.replace("\"label\":[", &format!("\"dataset\":\"{set}\",\"label\":[")) + "\n");
    }
    place.write("labels.jsonl", &lines);
    let page = |more: &[&str]| {
        let args = [&["check", "labels.jsonl", "--output", "html"], more].concat();
        Page(run(place.path(), args).expect(1).text())
    };
    let open = page(&[]);
    let hidden = page(&["--redact"]);
    assert_eq!(open.findings().len(), hidden.findings().len());
    for word in WORDS {
        assert!(open.0.contains(word), "{word}");
        // Not a part of it either, as a cut word is quoted.
        for part in [&word[..word.len() - 2], &word[2..]] {
            assert!(!hidden.0.contains(part), "{part}");
        }
    }
    assert_eq!(
        between(&open.0, "<li class=\"error\"><b>", "</b>"),
        between(&hidden.0, "<li class=\"error\"><b>", "</b>")
    );
}
