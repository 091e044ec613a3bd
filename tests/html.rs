//! `--output html`: a page that holds all that it shows, and shows what the JSON report has.

pub(crate) mod hostile;
mod page;

use data_encoding::BASE64;
use serde_json::Value;
use sha2::{Digest, Sha256};

use self::page::{Page, between};
use crate::support::{TempFolder, aml_line, aml_span, fixtures, names, run};

/// A label file with mistakes of many kinds, and its documents.
pub(crate) const GALLERY: [&str; 4] = ["check", "labels.json", "--texts", "../pairs/demo"];

/// A page of the gallery.
fn gallery(more: &[&str]) -> Page {
    let args = [&GALLERY[..], &["--output", "html"], more].concat();
    Page(run(&fixtures().join("gallery"), args).expect(1).text())
}

/// Its documents as a page.
fn documents() -> Page {
    let args = [
        "show",
        "labels.json",
        "--texts",
        "../pairs/demo",
        "--output",
        "html",
    ];
    Page(run(&fixtures().join("gallery"), args).expect(0).text())
}

/// A file with so many errors, each on a line of its own.
pub(crate) fn many(errors: usize) -> TempFolder {
    let place = TempFolder::new();
    let line = aml_line("AmlDatastore://ds/1.txt", &[aml_span("A", -4, 4)]) + "\n";
    place.write("labels.jsonl", line.repeat(errors));
    place
}

#[test]
fn the_policy_lets_run_what_stands_in_the_page_and_nothing_else() {
    for (page, has_script) in [(gallery(&[]), true), (documents(), false)] {
        let policy = between(&page.0, "Content-Security-Policy\" content=\"", "\"");
        let hash = |tag: &str| {
            let content = between(&page.0, &format!("<{tag}>"), &format!("</{tag}>"));
            format!("'sha256-{}'", BASE64.encode(&Sha256::digest(content)))
        };
        let script = if has_script {
            hash("script")
        } else {
            "'none'".to_owned()
        };
        let expected = format!(
            "default-src 'none'; style-src {}; script-src {script}; base-uri 'none'; form-action 'none'",
            hash("style")
        );
        assert_eq!(policy, expected);
        // What stands before the policy is not under it.
        let (before, _) = page.0.split_once("Content-Security-Policy").unwrap();
        assert!(!before.contains("<script") && !before.contains("<style"));
        assert_eq!(page.0.matches("<style").count(), 1);
        assert_eq!(page.0.matches("<script").count(), usize::from(has_script));
    }
}

#[test]
fn a_page_loads_nothing() {
    for page in [gallery(&[]), documents()] {
        page.assert_inert();
        let style = between(&page.0, "<style>", "</style>");
        assert!(!style.contains("url(") && !style.contains("@import"));
        let pieces = page.0.split("<script>");
        for script in pieces.skip(1) {
            for word in [
                "fetch",
                "XMLHttp",
                "import(",
                "WebSocket",
                "sendBeacon",
                "innerHTML",
                "eval",
            ] {
                assert!(!script.contains(word), "{word}");
            }
        }
    }
}

/// Each number beside that of the JSON report of the same run.
#[test]
fn the_numbers_are_those_of_the_json_report() {
    let page = gallery(&[]);
    let json = run(
        &fixtures().join("gallery"),
        [&GALLERY[..], &["--output", "json"]].concat(),
    );
    let report = json.expect(1).report().0;
    let summary = &report["summary"];
    for (class, key) in [
        ("error", "errors"),
        ("warning", "warnings"),
        ("note", "notes"),
    ] {
        let shown = between(&page.0, &format!("<li class=\"{class}\"><b>"), "</b>");
        assert_eq!(shown, summary[key].to_string(), "{key}");
    }
    let counts = between(&page.0, "<ul class=\"counts\">", "</ul>");
    for key in ["documents", "labels"] {
        let shown = format!("<li><b>{}</b> {key}</li>", summary[key]);
        assert!(counts.contains(&shown), "{shown}: {counts}");
        let cell = format!("<td class=\"n\">{}</td>", report["inputs"][0][key]);
        assert!(between(&page.0, "class=\"inputs\"", "</table>").contains(&cell));
    }
    let mut rules: Vec<(String, String)> = Vec::new();
    for group in page.0.split("<section class=\"group\"").skip(1) {
        let rule = between(group, "data-rule=\"", "\"");
        let total = between(group, "<span class=\"total\">", "</span>");
        rules.push((rule.to_owned(), total.to_owned()));
    }
    rules.sort();
    let expected = summary["rules"].as_object().unwrap().iter();
    let expected = expected.map(|(rule, count)| (rule.clone(), count.to_string()));
    assert_eq!(rules, expected.collect::<Vec<_>>());
    assert_eq!(
        page.findings().len(),
        report["diagnostics"].as_array().unwrap().len()
    );
    let prints = report["diagnostics"].as_array().unwrap().iter();
    for print in prints.map(|it| it["fingerprint"].as_str().unwrap()) {
        assert!(page.0.contains(&format!("id=\"f-0-{print}\"")), "{print}");
    }
    assert_spread(&page, &summary["categories"]);
}

/// The table of labels beside the categories of the report, in each set.
fn assert_spread(page: &Page, categories: &Value) {
    let table = between(&page.0, "<table class=\"spread\">", "</table>");
    let sets: Vec<&str> = table
        .split("class=\"set-head\">")
        .skip(1)
        .map(|it| it.split_once(' ').unwrap().0)
        .collect();
    assert_eq!(sets, ["Train", "Test"]);
    let mut shown = 0;
    for row in table.split("<tr><th scope=\"row\">").skip(1) {
        let name = between(row, "</i>", "</th>");
        let cells = row.split("<td class=\"n ").skip(1);
        let cells: Vec<&str> = cells.map(|it| between(it, ">", "</td>")).collect();
        let mut cells = cells.into_iter();
        for set in &sets {
            let documents = cells.next().unwrap();
            let instances = match documents {
                "none" => "0",
                _ => cells.next().unwrap(),
            };
            assert_eq!(
                instances,
                categories[name][set].to_string(),
                "{name} in {set}"
            );
        }
        shown += 1;
    }
    assert_eq!(shown, categories.as_object().unwrap().len());
}

#[test]
fn threads_do_not_change_a_byte() {
    let first = gallery(&["--jobs", "1"]).0;
    assert_eq!(gallery(&["--jobs", "8"]).0, first);
    assert_eq!(gallery(&["--jobs", "8"]).0, first);
}

#[test]
fn very_many_findings_are_counted_and_the_page_stays_small() {
    let place = many(50_000);
    let args = [
        "check",
        "labels.jsonl",
        "--no-texts",
        "--select",
        "span-negative",
        "--output",
    ];
    let pages = [&["html"][..], &["html", "--report-max", "100000"]].map(|more| {
        let done = run(place.path(), args.iter().chain(more)).expect(1);
        Page(done.text())
    });
    for (page, shown) in pages.iter().zip([25, 2000]) {
        assert!(page.0.len() < 5_000_000, "{}", page.0.len());
        assert_eq!(page.findings().len(), shown);
        assert_eq!(
            between(&page.0, "<li class=\"error\"><b>", "</b>"),
            "50,000"
        );
        assert_eq!(
            between(&page.0, "<span class=\"total\">", "</span>"),
            "50,000"
        );
        let more = ["49,975", "48,000"][usize::from(shown == 2000)];
        assert!(
            page.0
                .contains(&format!("<p class=\"more\">{more} more of this rule"))
        );
        page.assert_inert();
    }
}

/// What is one finding in many places names the first ones, and counts the others.
#[test]
fn places_beyond_the_first_are_counted_too() {
    let place = TempFolder::new();
    let line = aml_line("AmlDatastore://ds/listed.txt", &[aml_span("A", 0, 4)]);
    place.write("labels.jsonl", line + "\n");
    place.write("listed.txt", "Some text.");
    for n in 0..60 {
        place.write(format!("{n:02}.txt"), "A text that nothing lists.");
    }
    let args = [
        "check",
        "labels.jsonl",
        "--texts",
        ".",
        "--select",
        "document-unlisted",
        "--output",
        "html",
    ];
    let page = Page(run(place.path(), args).expect(0).text());
    assert!(page.0.contains("<summary>59 more places</summary>"));
    let places = between(&page.0, "<details class=\"places\">", "</details>");
    assert_eq!(places.matches("<li>").count(), 21);
    assert!(places.contains("<li>01.txt</li>"), "{places}");
    assert!(places.contains("<li>and 39 more</li>"), "{places}");
}

#[test]
fn a_clean_file_and_what_is_no_label_file() {
    let demo = fixtures().join("pairs/demo");
    let clean = run(&demo, ["check", "demo.json", "--output", "html"]).expect(0);
    let clean = Page(clean.text());
    clean.assert_inert();
    assert!(
        clean
            .0
            .contains("<p class=\"clean\">Nothing was found.</p>")
    );
    assert!(
        clean
            .0
            .contains("class=\"verdict ready\">ready: 18 documents")
    );
    assert_eq!(clean.findings().len(), 0);
    assert!(!clean.0.contains("id=\"filters\""));

    let place = TempFolder::new();
    place.write("notes.jsonl", "no label file\n");
    place.write("empty.jsonl", "");
    let all = ["check", "notes.jsonl", "empty.jsonl", "--output", "html"];
    let page = Page(run(place.path(), all).expect(1).text());
    page.assert_inert();
    assert_eq!(page.findings().len(), 2);
    assert!(page.0.contains("data-rule=\"not-a-label-file\""));
    let table = between(&page.0, "class=\"inputs\"", "</table>");
    assert_eq!(table.matches("<th scope=\"row\">").count(), 2);
}

/// Each input has its row and its pictures, and equal findings of two files have two addresses.
#[test]
fn several_inputs_stand_on_one_page() {
    let place = TempFolder::new();
    for name in names(&fixtures().join("rules/texts")) {
        let text = std::fs::read(fixtures().join("rules/texts").join(&name)).unwrap();
        place.write(&name, text);
    }
    let bad = fixtures().join("rules/span-cuts-word/bad/labels.json");
    let bad = std::fs::read(bad).unwrap();
    for name in ["a.json", "b.json", "c.json"] {
        place.write(name, &bad);
    }
    let args = ["check", "a.json", "b.json", "c.json", "--output", "html"];
    let page = Page(run(place.path(), args).expect(0).text());
    page.assert_inert();
    let mut ids = page.ids();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
    for name in ["a.json", "b.json", "c.json"] {
        assert!(
            page.0.contains(&format!("<h2 class=\"file\">{name}</h2>")),
            "{name}"
        );
    }
    for link in page.links() {
        assert!(ids.contains(&link), "nothing has the address #{link}");
    }
    assert_eq!(between(&page.0, "<li class=\"warning\"><b>", "</b>"), "3");
}
