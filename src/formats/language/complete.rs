//! What a new project is given where neither the source nor the user says it.

use crate::diagnostics::Assumption;
use crate::formats::Plan;
use crate::model::Project;

/// Fills the gaps of a plan.
pub(super) fn complete(plan: &mut Plan, source: &Project, stem: &str) {
    if plan
        .restored
        .as_ref()
        .is_some_and(|head| head.project.is_some())
    {
        // The ledger has it all.
        return;
    }
    let project = &mut plan.project;
    let mut assume = |slot: &mut Option<String>, value: String, what, option| {
        if slot.is_none() {
            plan.assumed.push(Assumption {
                what,
                value: value.clone(),
                option,
            });
            *slot = Some(value);
        }
    };
    assume(
        &mut project.name,
        project_name(stem),
        "project name",
        "--project-name",
    );
    let container = source.container.clone();
    let container = container.unwrap_or_else(|| "workspaceblobstore".to_owned());
    assume(
        &mut project.container,
        container,
        "container",
        "--container",
    );
    assume(
        &mut project.language,
        "en-us".to_owned(),
        "language",
        "--language",
    );
    assume(
        &mut project.description,
        String::new(),
        "description",
        "--description",
    );
    if project.multilingual.is_none() {
        project.multilingual = Some(false);
        plan.assumed.push(Assumption {
            what: "multilingual",
            value: "false".to_owned(),
            option: "--multilingual",
        });
    }
}

/// A project name out of a file's stem: letters, digits, `_`, `.` and `-` alone, at most 50
/// (documentation, service limits). Anything else becomes `-`.
fn project_name(stem: &str) -> String {
    let allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '-');
    let chars = stem
        .chars()
        .map(|char| if allowed(char) { char } else { '-' });
    let name: String = chars.take(50).collect();
    if name.chars().all(|char| char == '-') {
        "project".to_owned()
    } else {
        name
    }
}
