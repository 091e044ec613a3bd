//! Paths and imports among the tokens of a file.

use super::tokens::{after_group, begins};

/// Constants that list what a folder holds: to be listed there is no import.
const REGISTRIES: [&str; 3] = ["FORMATS", "RULES", "REPORTS"];

pub(super) fn is_registry(tokens: &[String], at: usize) -> bool {
    let name = tokens.get(at).map_or("", String::as_str);
    REGISTRIES.contains(&name)
}

/// Behind the `;` of a statement.
pub(super) fn end_of_statement(tokens: &[String], from: usize) -> usize {
    let mut at = from;
    while at < tokens.len() && tokens[at] != ";" {
        at = match tokens[at].as_str() {
            "(" | "[" | "{" => after_group(tokens, at),
            _ => at + 1,
        };
    }
    at + 1
}

/// The words of a path.
pub(super) fn path_at(tokens: &[String], from: usize) -> Vec<String> {
    let mut path = vec![tokens[from].clone()];
    let mut at = from + 1;
    while begins(tokens, at, &["::"]) {
        match tokens.get(at + 1) {
            Some(word) if word.starts_with(|char: char| char.is_alphabetic() || char == '_') => {
                path.push(word.clone());
            }
            _ => break,
        }
        at += 2;
    }
    path
}

/// The names and paths of an import from `from` on, all of which begin with `base`; the answer is
/// the place behind it.
pub(super) fn leaves_of(
    tokens: &[String],
    from: usize,
    base: &[String],
    leaves: &mut Vec<(String, Vec<String>)>,
) -> usize {
    let mut path = base.to_vec();
    let mut name = None;
    let mut at = from;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "::" => {}
            "{" => {
                let end = after_group(tokens, at);
                at += 1;
                while at < end - 1 {
                    at = leaves_of(tokens, at, &path, leaves);
                    at += usize::from(begins(tokens, at, &[","]));
                }
                return end;
            }
            "," | "}" | ";" => break,
            "as" => {
                name = tokens.get(at + 1).cloned();
                at += 1;
            }
            // `path::{self}` is the path; `self::path` begins with it.
            "self" if !path.is_empty() => {}
            "*" => name = Some("*".to_owned()),
            word => path.push(word.to_owned()),
        }
        at += 1;
    }
    if let Some(last) = path.last() {
        leaves.push((name.unwrap_or_else(|| last.clone()), path));
    }
    at
}
