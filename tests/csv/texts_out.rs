//! Texts of a table become files.

use super::{convert, folder, report, to_language};
use crate::support::names;

const TABLE: &str = "text,label,name\none,A,a/1.txt\ntwo,B,2.txt\n";

#[test]
fn a_folder_for_them_must_be_named() {
    let place = folder("table.csv", TABLE);
    for to in ["language", "aml"] {
        let done = convert(&place, "table.csv", to, "out", &[]).expect(2);
        done.says("the texts of table.csv are inside it");
        done.says("name the folder for them with --texts-out");
        assert_eq!(names(place.path()), ["table.csv"]);
    }
}

#[test]
fn equal_texts_are_left_and_others_refuse_the_conversion() {
    let place = folder("table.csv", TABLE);
    place.write("docs/2.txt", "two");
    to_language(&place, "table.csv", &[]).expect(0);
    assert_eq!(place.read("docs/a/1.txt"), "one");
    to_language(&place, "table.csv", &["--force"]).expect(0);
    std::fs::remove_file(place.at("out.json")).unwrap();
    std::fs::remove_file(place.at("docs/a/1.txt")).unwrap();
    place.write("docs/2.txt", "two\n");
    let done = to_language(&place, "table.csv", &[]).expect(2);
    done.says("cannot write 2.txt: another text of this name is in docs; it was left as it is");
    assert!(!place.at("out.json").exists());
    assert!(
        !place.at("docs/a/1.txt").exists(),
        "no text is written before all can be"
    );
    assert_eq!(place.read("docs/2.txt"), "two\n");
}

#[test]
fn two_texts_of_one_name_refuse_the_conversion() {
    let place = folder("table.csv", "text,label,name\none,A,1\ntwo,B,1.txt\n");
    let done = to_language(&place, "table.csv", &[]).expect(2);
    done.says("cannot write 1.txt: the input has two texts of this name");
    assert!(!place.at("docs").exists());
    assert!(!place.at("out.json").exists());
}

#[test]
fn names_that_climb_write_nothing() {
    for name in ["../1.txt", "/1.txt", "a/../../1.txt", "c:1.txt", "a\\1.txt"] {
        let table = format!("text,label,name\none,A,2.txt\ntwo,B,{name}\n");
        let place = folder("deep/table.csv", table);
        let args = ["--texts-out", "deep/docs"];
        let done = convert(&place, "deep/table.csv", "language", "out.json", &args).expect(2);
        done.says(&format!(
            "cannot write {name}: the name cannot be one of a file"
        ));
        assert_eq!(names(place.path()), ["deep"], "{name}");
        assert!(!place.at("deep/docs").exists(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_folder_are_not_followed() {
    let place = folder("table.csv", "text,label,name\none,A,out/1.txt\n");
    place.write("outside/kept.txt", "kept");
    std::fs::create_dir(place.at("docs")).unwrap();
    std::os::unix::fs::symlink(place.at("outside"), place.at("docs/out")).unwrap();
    to_language(&place, "table.csv", &[]).expect(2);
    assert_eq!(names(&place.at("outside")), ["kept.txt"]);
}

#[test]
fn a_refused_conversion_leaves_no_text() {
    let place = folder("table.csv", "text,label,more\none,A,x\ntwo,B,x\n");
    let denied = report(&place, "table.csv", 1, &["--deny-loss"]);
    assert!(denied.rules().contains(&"lossy-conversion"));
    assert!(!place.at("docs").exists());
    let place = folder("table.csv", "text,label\none,A\ntwo\n");
    assert!(
        report(&place, "table.csv", 1, &[])
            .rules()
            .contains(&"wrong-type")
    );
    assert!(!place.at("docs").exists());
}

#[test]
fn several_tables_may_write_to_one_folder() {
    let place = folder("good.csv", TABLE);
    place.write("bad.csv", "text,label,name\nthree,A,3.txt\nfour\n");
    place.write("same.csv", "text,label,name\ntwo,A,2.txt\n");
    for (table, status) in [("good.csv", 0), ("bad.csv", 1), ("same.csv", 0)] {
        let args = ["--texts-out", "docs"];
        convert(&place, table, "language", &format!("{table}.json"), &args).expect(status);
    }
    assert_eq!(names(&place.at("docs")), ["2.txt", "a"]);
}
