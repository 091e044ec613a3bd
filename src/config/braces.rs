//! Braces in the lines of a `.gitignore`.

/// A line of a `.gitignore` for the crate that reads such lines. The crate takes braces for
/// alternatives, and for git they stand for themselves.
#[must_use]
pub fn without_alternatives(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            '{' | '}' => {
                plain.push('\\');
                1
            }
            // What follows stands for itself already.
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' => class(rest).unwrap_or(1),
            _ => sign.len_utf8(),
        };
        plain.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    plain
}

/// The length of the class of characters that a text begins with. `None` where it does not end.
fn class(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let inner = inner.strip_prefix(['!', '^']).unwrap_or(inner);
    // The first sign is one of the class, also where it is a bracket.
    let mut rest = inner.strip_prefix(']').unwrap_or(inner);
    loop {
        let at = rest.find([']', '['])?;
        let found = &rest[at..];
        let named = found.strip_prefix("[:").and_then(|name| {
            let name = name.trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
            name.strip_prefix(":]")
        });
        match named {
            Some(after) => rest = after,
            None if found.starts_with(']') => return Some(text.len() - found.len() + 1),
            None => rest = &found[1..],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_stand_for_themselves() {
        for (line, want) in [
            ("{a,b}/", "\\{a,b\\}/"),
            ("\\{a}", "\\{a\\}"),
            ("[{}]{", "[{}]\\{"),
            ("[]{]", "[]{]"),
            ("[[:alpha:]{]}", "[[:alpha:]{]\\}"),
            ("[{", "[\\{"),
            ("\\", "\\"),
        ] {
            assert_eq!(without_alternatives(line), want, "{line}");
        }
    }
}
