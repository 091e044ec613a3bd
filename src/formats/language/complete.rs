//! What a new project is given where neither the source nor the user says it.
//!
//! Its language is the one that most documents give, or else the one that most of their scripts
//! mean. It is multilingual where some document is in another one.

use super::reader;
use crate::diagnostics::Assumption;
use crate::formats::Plan;
use crate::formats::ledger::LedgerHead;
use crate::json::cut::Outline;
use crate::model::Project;

/// Fills the gaps of a plan.
pub(super) fn complete(plan: &mut Plan, source: &Project, stem: &str) {
    if let Some(kept) = plan.restored.as_ref().and_then(kept_project) {
        // The ledger has it all. What it has of languages is for documents that it does not know.
        let project = &mut plan.project;
        project.language = project.language.take().or(kept.language);
        project.multilingual = kept.multilingual;
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
        plan.languages.most_frequent().to_owned(),
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
        let language = project.language.as_deref().unwrap_or_default();
        let several = plan.languages.has_others(language);
        project.multilingual = Some(several);
        plan.assumed.push(Assumption {
            what: "multilingual",
            value: several.to_string(),
            option: "--multilingual",
        });
    }
}

/// The project whose header a ledger keeps.
pub(super) fn kept_project(head: &LedgerHead) -> Option<Project> {
    let bytes = head.project.as_deref()?.get().as_bytes().to_vec();
    let outline = Outline {
        length: bytes.len() as u64,
        pieces: vec![(0, 0)],
        bytes,
        ..Outline::default()
    };
    Some(reader::header(&outline).project)
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
