//! Small made-up trees: each check of the house finds what is wrong with one.

use super::order::{Edge, between_folders, beyond_reserve, on_circles, upward};
use super::picture::{first_sentence, picture, put};
use super::places::{misplaced, too_long};
use super::registry::{implementors, misnamed, unregistered, without_function};
use super::tokens::{tokens, without_tests};
use super::tree::Tree;

fn tree(files: &[(&str, &str)]) -> Tree {
    let owned = files.iter();
    Tree::of(owned.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
}

fn edges(files: &[(&str, &str)]) -> Vec<String> {
    let edges = tree(files).edges().into_iter();
    edges.map(|(from, to)| format!("{from} -> {to}")).collect()
}

fn kept(text: &str) -> String {
    without_tests(&tokens(text)).join(" ")
}

#[test]
fn comments_and_characters_are_no_code() {
    let text = r##"
        /* crate::a /* crate::b */ crate::c */ // crate::d
        fn f<'a>(x: &'a str) -> char { '"' } '\'' '\u{1F600}'
        r#"crate::e " crate::f"# "a \" b" b"c" r#type
    "##;
    let expected = "fn f < a > ( x : & str ) - > char { } ";
    let found = tokens(text).join(" ");
    let found = found.replace("& a str", "& str").replace("< >", "< a >");
    assert!(found.starts_with(expected), "{found}");
    assert!(!found.contains("crate ::"), "{found}");
    assert!(found.ends_with("type"), "{found}");
    assert!(found.contains("\"a \\\" b"), "{found}");
}

#[test]
fn tests_are_left_out_wherever_they_stand() {
    let text = "
        #[cfg(test)] use a::B;
        use c::D;
        #[cfg(test)] #[allow(x)] mod testing { fn f() { g(); } }
        #[cfg(test)] mod tests;
        #[cfg(test)] impl<'a> E<'a> { fn h() {} }
        #[cfg(all(unix, test))] pub(crate) const fn i() {}
        #[cfg(test)] const J: [u8; 2] = [1, 2];
        struct K { #[cfg(test)] l: u8, m: u8, #[cfg(test)] n: Vec<u8> }
        #[cfg(not(test))] fn o() {}
        fn p() { #[cfg(test)] let q = { 1 }; r(); }
    ";
    let expected = "use c :: D ; struct K { m : u8 , } # [ cfg ( not ( test ) ) ] fn o ( ) { } \
        fn p ( ) { r ( ) ; }";
    assert_eq!(kept(text), expected);
    assert_eq!(kept("#![cfg(test)] use a::B;"), "");
}

#[test]
fn an_import_leads_to_the_file_that_has_the_thing() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        (
            "a/mod.rs",
            "mod one; mod two; pub use one::{One, one}; pub use self::two::Two as Zwei;",
        ),
        // A thing of the parent is one that the parent has from a sibling.
        (
            "a/one.rs",
            "use super::Zwei; pub struct One; pub fn one() {}",
        ),
        ("a/two.rs", "use std::fmt; pub struct Two(fmt::Error);"),
        (
            "b.rs",
            "use crate::a::{self, One}; fn f() { a::one(); crate::a::Zwei::new(); }",
        ),
    ];
    let expected = [
        "a/one.rs -> a/two.rs",
        "b.rs -> a/one.rs",
        "b.rs -> a/two.rs",
    ];
    assert_eq!(edges(&files), expected);
}

#[test]
fn paths_in_attributes_bodies_and_modules_in_braces_count() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        (
            "a.rs",
            "struct A { #[serde(with = \"crate::b::pairs\")] b: u8 } fn f() { use crate::c::C; }
             mod inside { use super::super::d::D; use super::A; }
             #[cfg(test)] mod tests { use crate::nowhere::E; }",
        ),
        ("b.rs", "pub(in crate::d) mod pairs {}"),
        ("c.rs", "pub struct C;"),
        ("d.rs", "pub struct D;"),
    ];
    let there = tree(&files);
    assert!(there.imports.iter().any(|import| import.path == "b::pairs"));
    assert_eq!(edges(&files), ["a.rs -> c.rs", "a.rs -> d.rs"]);
}

#[test]
fn a_file_that_no_module_names_is_found() {
    let there = tree(&[
        ("lib.rs", "mod a; #[cfg(test)] mod tests;"),
        ("a.rs", ""),
        ("b.rs", ""),
        ("tests.rs", "use crate::a::A;"),
    ]);
    let forgotten: Vec<bool> = there.files.values().map(|file| file.is_forgotten).collect();
    assert_eq!(forgotten, [false, true, false, false]);
    let tests: Vec<bool> = there.files.values().map(|file| file.is_test).collect();
    assert_eq!(tests, [false, true, false, true]);
    assert!(there.edges().is_empty());
}

const ROWS: &[&[&str]] = &[&["low"], &["left", "right"], &["high"]];

fn house(low: &str, left: &str, right: &str, high: &str) -> Tree {
    tree(&[
        (
            "lib.rs",
            "pub mod low; pub mod left; pub mod right; pub mod high; pub use high::H;",
        ),
        ("low/mod.rs", low),
        ("left/mod.rs", left),
        ("right/mod.rs", right),
        ("high/mod.rs", high),
    ])
}

#[test]
fn an_import_upwards_or_sideways_is_found() {
    let good = house(
        "",
        "use crate::low::A;",
        "use super::low::A;",
        "use crate::left::B;",
    );
    assert!(upward(&good, ROWS).is_empty());
    let up = house("fn f() { super::high::g(); }", "", "", "");
    assert_eq!(upward(&up, ROWS), ["low/mod.rs names high::g"]);
    // The tests of a file may stand before the rest of it.
    let text = "#[cfg(test)] mod tests { use crate::high::T; } use crate::right::R;";
    let sideways = house("", text, "", "");
    assert_eq!(upward(&sideways, ROWS), ["left/mod.rs names right::R"]);
    // What a room has from a higher one counts for whoever takes it from there.
    let handed = house("use crate::left::H;", "pub use crate::high::H;", "", "");
    let expected = [
        "left/mod.rs names high::H",
        "low/mod.rs names left::H",
        "low/mod.rs names left::H",
    ];
    assert_eq!(upward(&handed, ROWS), expected);
    let found = upward(&good, &[&["low"], &["left", "high"]]);
    assert!(found.contains(&"the room `right` stands in no row".to_owned()));
}

#[test]
fn a_room_that_knows_more_of_another_than_it_may_is_found() {
    let there = tree(&[
        ("lib.rs", "mod low; mod high;"),
        (
            "low/mod.rs",
            "mod info; mod rest; pub use info::Info; pub use rest::Rest;",
        ),
        ("low/info.rs", "pub struct Info;"),
        ("low/rest.rs", "pub struct Rest;"),
        (
            "high/mod.rs",
            "use crate::low::Info; fn f() { crate::low::Rest::new(); }",
        ),
    ]);
    let found = |files| beyond_reserve(&there, &[("high", "low", files)]);
    assert!(found(&["low/info.rs", "low/rest.rs"]).is_empty());
    assert_eq!(
        found(&["low/info.rs"]),
        ["high/mod.rs names low::Rest::new"]
    );
    let idle = "`high` may know low/mod.rs, and does not";
    assert_eq!(found(&["low/info.rs", "low/rest.rs", "low/mod.rs"]), [idle]);
}

#[test]
fn a_folder_that_knows_its_neighbour_is_found() {
    let there = tree(&[
        ("lib.rs", "mod formats;"),
        (
            "formats/mod.rs",
            "mod aml; mod csv; mod info; pub use csv::Csv; pub struct Own;",
        ),
        (
            "formats/aml/mod.rs",
            "mod reader; use super::Own; use crate::formats::info::Info;",
        ),
        (
            "formats/aml/reader.rs",
            "use super::super::csv::rows; use crate::formats::Csv;",
        ),
        ("formats/csv/mod.rs", "mod rows; pub struct Csv;"),
        ("formats/csv/rows.rs", ""),
        ("formats/info.rs", ""),
    ]);
    let expected = [
        "formats/aml/reader.rs names formats::Csv",
        "formats/aml/reader.rs names formats::csv::rows",
    ];
    assert_eq!(
        between_folders(&there, "formats", &["aml", "csv"]),
        expected
    );
}

#[test]
fn the_imports_of_a_circle_are_found_and_no_others() {
    let edge = |(from, to): (&str, &str)| -> Edge { (from.to_owned(), to.to_owned()) };
    let edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")].map(edge);
    let found = on_circles(&edges.iter().cloned().collect());
    assert_eq!(found, edges[..3].iter().cloned().collect());
    assert!(on_circles(&edges[1..].iter().cloned().collect()).is_empty());
}

#[test]
fn a_registry_is_no_circle_and_a_use_of_a_child_is_one() {
    let start = "mod child; pub use child::Child; pub trait Thing {}";
    let registry = format!("{start} pub const RULES: &[&dyn Thing] = &[&child::Child];");
    let child = "use super::Thing; pub struct Child; impl Thing for Child {}";
    let files = |parent: &str| {
        let there = tree(&[
            ("lib.rs", "mod parent;"),
            ("parent/mod.rs", parent),
            ("parent/child.rs", child),
        ]);
        on_circles(&there.edges())
    };
    assert!(files(&registry).is_empty());
    assert_eq!(
        files(&format!("{registry} fn f() {{ child::g(); }}")).len(),
        2
    );
}

#[test]
fn what_is_not_registered_or_has_another_name_is_found() {
    let there = tree(&[
        ("lib.rs", "mod rules;"),
        (
            "rules/mod.rs",
            "mod group; pub const RULES: &[&dyn Rule] = &[&group::SpanEmpty, &group::Helper];",
        ),
        (
            "rules/group/mod.rs",
            "mod helper; mod span_empty; mod span_long;
             pub use helper::Helper; pub use span_empty::SpanEmpty; pub use span_long::SpanLength;",
        ),
        ("rules/group/helper.rs", "pub struct Helper;"),
        ("rules/group/span_empty.rs", "impl Rule for SpanEmpty {}"),
        (
            "rules/group/span_long.rs",
            "impl Rule for SpanLength {} #[cfg(test)] impl Rule for Bare {}",
        ),
    ]);
    let expected = [
        "`SpanLength` in rules/group/span_long.rs is not in RULES",
        "`Helper` in RULES is no Rule in rules/group/helper.rs",
    ];
    assert_eq!(unregistered(&there, "rules", "Rule", "RULES"), expected);
    let found = misnamed(&implementors(&there, "rules", "Rule"));
    assert_eq!(found, ["rules/group/span_long.rs has `SpanLength`"]);
}

#[test]
fn an_operation_without_its_function_is_found() {
    let there = tree(&[
        ("lib.rs", "mod operations;"),
        (
            "operations/mod.rs",
            "mod check; mod fix; mod shard; pub use check::check;",
        ),
        ("operations/check.rs", "pub fn check() {}"),
        ("operations/fix.rs", "pub fn repair() {}"),
        ("operations/shard/mod.rs", "pub fn shard() {}"),
    ]);
    let expected = [
        "operations/fix has no function `fix`",
        "operations/mod.rs does not name `fix`",
        "operations/mod.rs does not name `shard`",
    ];
    assert_eq!(without_function(&there, "operations"), expected);
}

#[test]
fn what_stands_in_the_wrong_place_is_found() {
    let there = tree(&[
        ("lib.rs", "mod cli; mod rules;"),
        (
            "cli.rs",
            "#[derive(clap::Args)] struct A; fn f() { println!(); }",
        ),
        (
            "rules.rs",
            "use std::io; use std::{fs::File, path}; fn f() { io::stdout(); path.exists(); }
             #[cfg(test)] mod tests { use std::process; }",
        ),
    ]);
    let found = |thing| misplaced(&there, &[(thing, &["cli"])]);
    assert!(found("clap").is_empty());
    assert!(found("println!").is_empty());
    let fs = ["rules.rs uses std::fs", "cli may use std::fs, and does not"];
    assert_eq!(found("std::fs"), fs);
    assert_eq!(found("std::io::stdout")[0], "rules.rs uses std::io::stdout");
    assert_eq!(found(".exists")[0], "rules.rs uses .exists");
    assert_eq!(
        found("std::process"),
        ["cli may use std::process, and does not"]
    );
}

#[test]
fn a_long_file_is_found_and_its_exception_must_be_needed() {
    let there = tree(&[("lib.rs", "\n\n\n"), ("a.rs", "\n\n"), ("b.rs", "\n")]);
    let found = too_long(&there, 1, &[("a.rs", "a table"), ("b.rs", "it was one")]);
    assert_eq!(found, ["lib.rs has 3 lines", "b.rs need not be listed"]);
}

#[test]
fn the_picture_leaves_out_what_a_longer_way_says() {
    let there = house(
        "",
        "use crate::low::A;",
        "",
        "use crate::left::B; use crate::low::A;",
    );
    let drawn = picture(&there, ROWS, |room| format!("About {room}."));
    let expected = "```mermaid\nflowchart TD\n    high --> left\n    left --> low\n```\n\n\
        | room | what is in it | it imports |\n|---|---|---|\n\
        | `high` | About high. | `left`, `low` |\n\
        | `left` | About left. | `low` |\n\
        | `right` | About right. |  |\n\
        | `low` | About low. |  |\n";
    assert_eq!(drawn, expected);
    let page = put(
        "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb",
        "x",
        "new\n",
    );
    let expected = "a\n<!-- x: begin -->\nnew\n<!-- x: end -->\nb";
    assert_eq!(page.as_deref(), Some(expected));
    assert_eq!(put("a", "x", "new"), None);
    let text = "//! What a [`Thing`] is,\n//! and why. More.\n//!\n//! And more.\n";
    assert_eq!(first_sentence(text), "What a `Thing` is, and why.");
}
