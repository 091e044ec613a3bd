//! What is asked of rules, and what cannot be.

use super::*;

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn levels_that_nobody_can_ask_for_are_not_read() {
    let read = |rule: &str, level: &str| {
        let text = format!(r#"{{"rules":{{"{rule}":{level}}}}}"#);
        serde_json::from_str::<Levels>(&text).is_ok()
    };
    let (off, note) = (
        r#"{"runs":false,"severity":null}"#,
        r#"{"runs":null,"severity":"Note"}"#,
    );
    assert!(read("label-rare", off) && read("label-rare", note));
    assert!(!read("invalid-json", off) && !read("invalid-json", note));
    assert!(read("invalid-json", r#"{"runs":true,"severity":null}"#));
    assert!(!read("no-such-rule", off));
}

#[test]
fn errors_of_syntax_could_be_ignored_into_a_pass() {
    let error = |said: Result<(), LevelError>| said.unwrap_err().to_string();
    let mut levels = Levels::default();
    assert_eq!(
        error(levels.ignore(&names(&["syntax"]))),
        "the errors of `syntax` cannot be turned off: a file that cannot be read would pass"
    );
    assert_eq!(
        error(levels.set(&[], &names(&["truncated-file"]))),
        "findings of `truncated-file` stay errors: a file that cannot be read would pass"
    );
    assert_eq!(levels, Levels::default());
    levels.ignore(&names(&["all"])).unwrap();
    levels.set(&[], &names(&["all"])).unwrap();
    let all: Vec<_> = RULES.iter().map(|rule| rule.meta()).collect();
    let names_of: Vec<&str> = all.iter().map(|meta| meta.name).collect();
    levels.assign(&names_of, Choice::At(Severity::Note));
    levels.assign(&names_of, Choice::Off);
    levels.narrow(Some(&[]), &names_of);
    let running: Vec<&str> = all
        .iter()
        .filter(|meta| levels.severity(meta, None) == Some(Severity::Error))
        .map(|meta| meta.name)
        .collect();
    let stay: Vec<&str> = all
        .iter()
        .filter(|meta| stays(meta))
        .map(|meta| meta.name)
        .collect();
    assert_eq!(running, stay);
    assert!(stay.contains(&"duplicate-key") && !stay.contains(&"blank-line"));
    levels
        .ignore(&names(&["blank-line", "byte-order-mark"]))
        .unwrap();
}

#[test]
fn what_is_on_request_runs_by_its_own_name_alone() {
    const NAME: &str = "surface-seldom-labeled";
    let meta = crate::rules::find(NAME).unwrap().meta();
    let own = || names(&[NAME]);
    let runs = |change: &dyn Fn(&mut Levels)| {
        let mut levels = Levels::default();
        change(&mut levels);
        levels.severity(meta, None)
    };
    let (group, all) = (names(&["coverage"]), names(&["all"]));
    assert_eq!(runs(&|_| ()), None);
    assert_eq!(runs(&|levels| levels.select(&group).unwrap()), None);
    assert_eq!(runs(&|levels| levels.select(&all).unwrap()), None);
    assert_eq!(runs(&|levels| levels.set(&group, &all).unwrap()), None);
    assert_eq!(runs(&|levels| levels.narrow(Some(&[]), &[])), None);
    let note = Some(Severity::Note);
    assert_eq!(runs(&|levels| levels.select(&own()).unwrap()), note);
    assert_eq!(runs(&|levels| levels.narrow(Some(&[NAME]), &[])), note);
    let warning = Some(Severity::Warning);
    let warn = |levels: &mut Levels| levels.set(&[], &own()).unwrap();
    assert_eq!(runs(&warn), warning);
    let assign = |levels: &mut Levels| levels.assign(&[NAME], Choice::At(Severity::Warning));
    assert_eq!(runs(&assign), warning);
    // What turns it off speaks louder.
    let ignored = |levels: &mut Levels| {
        warn(levels);
        levels.ignore(&group).unwrap();
    };
    assert_eq!(runs(&ignored), None);
    let off = |levels: &mut Levels| {
        levels.assign(&[NAME], Choice::Off);
        levels.narrow(Some(&[NAME]), &[]);
        warn(levels);
    };
    assert_eq!(runs(&off), None);
}
