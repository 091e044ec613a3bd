//! The pages of `check --output html` and `show --output html` in a browser, as people use them.
//!
//! What is tried there stands in `tests/browser/report.mjs`.

use std::fs;

use crate::html::{GALLERY, hostile, many};
use crate::support::{Browser, TempFolder, fixtures, run};

#[test]
fn the_pages_work_in_a_browser() {
    let Some(browser) = Browser::find() else {
        return;
    };
    let pages = TempFolder::new();
    let to = |name: &str| format!("html={}", pages.at(name).display());
    let gallery = fixtures().join("gallery");
    run(
        &gallery,
        GALLERY.iter().chain(&["--output", &*to("report.html")]),
    )
    .expect(1);
    let show = [
        "show",
        "labels.json",
        "--texts",
        "../pairs/demo",
        "--output",
        "html",
    ];
    pages.write("documents.html", run(&gallery, show).expect(0).stdout);
    let clean = ["check", "demo.json", "--output"];
    run(
        &fixtures().join("pairs/demo"),
        clean.iter().chain(&[&*to("clean.html")]),
    )
    .expect(0);
    let place = many(50_000);
    let args = [
        "check",
        "labels.jsonl",
        "--no-texts",
        "--select",
        "span-negative",
        "--report-max",
        "50000",
        "--output",
    ];
    run(place.path(), args.iter().chain(&[&*to("many.html")])).expect(1);
    let (place, name) = hostile::corpus();
    let args = ["check", &*name, "--report-max", "1000", "--output"];
    run(place.path(), args.iter().chain(&[&*to("hostile.html")])).expect(1);
    let size = fs::metadata(pages.at("many.html")).unwrap().len();
    assert!(size < 5_000_000, "{size}");

    let done = browser.run("report.mjs", pages.path());
    assert!(done.succeeded, "{}", done.output);
    // The script says of each of its checks that it held.
    let held = done.output.lines().filter(|line| line.starts_with("ok "));
    assert!(held.count() >= 25, "{}", done.output);
}
