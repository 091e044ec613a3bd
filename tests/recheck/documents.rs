//! The labels of one document, compared with one another.

use super::{Doc, corpus, pairs, rules, said};
use crate::support::run;

const CONFLICT: &str = "surface-conflict-in-document";
const UNLABELED: &str = "surface-unlabeled-in-document";

#[test]
fn what_is_said_of_a_document_is_not_said_again_of_the_corpus() {
    let (a, b) = (("Oslo", "A"), ("Oslo", "B"));
    let many = Doc("1.txt", None, "Oslo Oslo Oslo Oslo Oslo", &[a, a, a, a, a]);
    let both = Doc("2.txt", None, "Oslo and Oslo", &[a, b]);
    let folder = corpus(&[many, both]);
    let found = said(folder.path(), "labels.json");
    let message = "in this document `Oslo` is labeled `A` in 1 place, and `B` in 1 place";
    assert_eq!(found, [(CONFLICT.into(), "2.txt".into(), message.into())]);
    // Alone the rule of the corpus says it.
    let select = [
        "check",
        "labels.json",
        "--select",
        "surface-conflict",
        "--output",
        "json",
    ];
    assert_eq!(
        run(folder.path(), select).report().rules(),
        ["surface-conflict"]
    );

    // Another document has the seldom label too.
    let many = Doc("1.txt", None, "Oslo Oslo Oslo Oslo Oslo", &[a, a, a, a, a]);
    let more = Doc("1a.txt", None, "Oslo, Oslo", &[a, a]);
    let both = Doc("2.txt", None, "Oslo and Oslo", &[a, b]);
    let folder = corpus(&[many, more, both, Doc("3.txt", None, "Oslo", &[b])]);
    let expected = [(CONFLICT, "2.txt"), ("surface-conflict", "2.txt")];
    assert_eq!(rules(&folder), pairs(&expected));
}

#[test]
fn all_places_are_shown() {
    let labels = [("Oslo", "A"), ("Oslo", "B"), ("Oslo", "A")];
    let folder = corpus(&[Doc("1.txt", None, "Oslo, Oslo\n and Oslo", &labels)]);
    let args = [
        "check",
        "labels.json",
        "--select",
        CONFLICT,
        "--output",
        "json",
    ];
    let report = run(folder.path(), args).report();
    let [finding] = report.findings() else {
        panic!("{:?}", report.findings());
    };
    assert_eq!(finding["places_total"], 3);
    let others = finding["places"].as_array().unwrap();
    assert!(
        others
            .iter()
            .all(|place| place["line"] == 1 && place["document"] == "1.txt")
    );
    assert_eq!(others.len(), 2);
}

#[test]
fn labels_that_are_roles_of_the_same_words_are_left_alone() {
    let states = ["Ohio", "Utah", "Iowa"];
    let texts = states.map(|state| format!("Lender in {state}, borrower in {state}."));
    let labels = states.map(|state| [(state, "Lender"), (state, "Borrower")]);
    let names = ["1.txt", "2.txt", "3.txt"];
    let documents = |many: usize| {
        let all = names.iter().zip(&texts).zip(&labels).take(many);
        let all = all.map(|((name, text), labels)| Doc(name, None, text, labels));
        corpus(&all.collect::<Vec<_>>())
    };
    assert_eq!(rules(&documents(3)), []);
    // Two may be slips.
    let expected = [(CONFLICT, "1.txt"), (CONFLICT, "2.txt")];
    assert_eq!(rules(&documents(2)), pairs(&expected));
}

#[test]
fn words_with_and_without_a_label_are_told_once() {
    let oslo = ("Oslo", "A");
    let three = Doc("1.txt", None, "Oslo, Oslo and Oslo", &[oslo, oslo, oslo]);
    let here = Doc("2.txt", None, "Oslo and Oslo", &[oslo]);
    let elsewhere = Doc("3.txt", None, "Rome, Oslo", &[("Rome", "A")]);
    let folder = corpus(&[three, here, elsewhere]);
    let found = said(folder.path(), "labels.json");
    let of = |rule: &str, document: &str, message: &str| {
        (rule.to_owned(), document.to_owned(), message.to_owned())
    };
    let expected = [
        of(
            UNLABELED,
            "2.txt",
            "`Oslo` appears here in 1 place without a label, and in 1 with one; it is labeled in 4 of 6 \
             places of the corpus, mostly `A`",
        ),
        of(
            "surface-unlabeled",
            "3.txt",
            "`Oslo` appears here in 1 place without a label; it is labeled in 4 of 6 places, mostly \
             `A`",
        ),
    ];
    assert_eq!(found, expected);
    // Alone the older rule speaks of both.
    let select = [
        "check",
        "labels.json",
        "--select",
        "surface-unlabeled",
        "--output",
        "json",
    ];
    assert_eq!(
        run(folder.path(), select).report().rules(),
        ["surface-unlabeled"; 2]
    );
}

#[test]
fn words_that_seldom_have_a_label_are_told_where_it_is_asked_for() {
    let may = ("May", "A");
    let one = Doc("1.txt", None, "I may. May May, May be. May", &[may]);
    let more = Doc("2.txt", None, "May, and May in Rome", &[("Rome", "B")]);
    let folder = corpus(&[more, one]);
    let found = said(folder.path(), "labels.json");
    let message = "`May` is labeled in 1 of 6 places only, mostly `A`";
    let expected = (
        "surface-seldom-labeled".into(),
        "1.txt".into(),
        message.into(),
    );
    assert_eq!(found, [expected]);
    let args = [
        "check",
        "labels.json",
        "--output",
        "json",
        "--select",
        "coverage",
    ];
    let report = run(folder.path(), args).report();
    assert!(!report.rules().contains(&"surface-seldom-labeled"));
    let args = [
        "check",
        "labels.json",
        "--output",
        "json",
        "--warn",
        "surface-seldom-labeled",
    ];
    let report = run(folder.path(), args).report();
    assert!(report.rules().contains(&"surface-seldom-labeled"));
}
