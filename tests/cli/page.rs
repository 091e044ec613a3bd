//! `labelwright page`: the page for the browser, in a program that was built with it.

use crate::support::{root, run};

#[cfg(not(feature = "page"))]
#[test]
fn a_program_without_the_page_says_how_to_come_by_it() {
    let done = run(root(), ["page"]).expect(2);
    assert_eq!(done.text(), "");
    for words in [
        "bindings/web/build.sh",
        "--features page",
        "LABELWRIGHT_PAGE",
    ] {
        done.says(words);
    }
}

#[cfg(feature = "page")]
#[test]
fn the_page_is_printed_as_it_was_built() {
    let done = run(root(), ["page"]).expect(0);
    let built = std::fs::read(env!("LABELWRIGHT_PAGE")).unwrap();
    assert!(done.stdout == built, "{} bytes", done.stdout.len());
    assert!(done.text().contains("connect-src 'none'"));
}
