//! A Rust file as tokens: without comments, and without its tests, wherever they stand.

/// The tokens of a file: words, marks, `::`, and texts, which begin with `"`.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&char) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        match char {
            '/' if next == Some('/') => at = after_line(&chars, at),
            '/' if next == Some('*') => at = after_comment(&chars, at),
            '"' => at = push_text(&chars, at, &mut tokens),
            '\'' => at = after_quote(&chars, at),
            ':' if next == Some(':') => {
                tokens.push("::".to_owned());
                at += 2;
            }
            _ if is_word(char) => {
                let from = at;
                while chars.get(at).copied().is_some_and(is_word) {
                    at += 1;
                }
                let word: String = chars[from..at].iter().collect();
                if let Some((start, hashes)) = raw_text(&word, &chars, at) {
                    at = push_raw(&chars, start, hashes, &mut tokens);
                } else if word == "r" && chars.get(at) == Some(&'#') {
                    // `r#type` is the word `type`.
                    at += 1;
                } else if !matches!(word.as_str(), "b" | "c") || chars.get(at) != Some(&'"') {
                    tokens.push(word);
                }
            }
            _ if char.is_whitespace() => at += 1,
            _ => {
                tokens.push(char.to_string());
                at += 1;
            }
        }
    }
    tokens
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

fn after_line(chars: &[char], from: usize) -> usize {
    let length = chars[from..].iter().position(|char| *char == '\n');
    length.map_or(chars.len(), |length| from + length)
}

/// Comments may stand in one another.
fn after_comment(chars: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0_usize);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => depth += 1,
            ('*', Some('/')) => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            break;
        }
    }
    at
}

fn push_text(chars: &[char], from: usize, tokens: &mut Vec<String>) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    let end = at.min(chars.len());
    tokens.push(chars[from..end].iter().collect());
    end + 1
}

/// Where the text of a raw string begins, and how many `#` end it.
fn raw_text(word: &str, chars: &[char], at: usize) -> Option<(usize, usize)> {
    let hashes = chars[at..].iter().take_while(|char| **char == '#').count();
    let is_raw = matches!(word, "r" | "br" | "cr") && chars.get(at + hashes) == Some(&'"');
    is_raw.then_some((at + hashes, hashes))
}

fn push_raw(chars: &[char], start: usize, hashes: usize, tokens: &mut Vec<String>) -> usize {
    let ends = |at: usize| {
        let behind = chars[at + 1..].iter().take(hashes);
        chars[at] == '"' && behind.filter(|char| **char == '#').count() == hashes
    };
    let end = (start + 1..chars.len()).find(|at| ends(*at));
    let end = end.unwrap_or(chars.len());
    tokens.push(chars[start..end].iter().collect());
    end + 1 + hashes
}

/// Behind a character or a lifetime, neither of which matters here.
fn after_quote(chars: &[char], from: usize) -> usize {
    if chars.get(from + 1) == Some(&'\\') {
        let end = (from + 3..chars.len()).find(|at| chars[*at] == '\'');
        return end.map_or(chars.len(), |end| end + 1);
    }
    if chars.get(from + 2) == Some(&'\'') {
        return from + 3;
    }
    let word = chars[from + 1..].iter().take_while(|char| is_word(**char));
    from + 1 + word.count()
}

/// The tokens that are compiled into the program: those behind `#[cfg(test)]` are left out, be
/// it a module, a function, an import, a field or a statement.
pub(super) fn without_tests(tokens: &[String]) -> Vec<String> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !begins(tokens, at, &["#", "["]) {
            if begins(tokens, at, &["#", "!", "["]) && is_test(&tokens[at + 3..]) {
                // The whole file is a test.
                return Vec::new();
            }
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let mut end = after_group(tokens, at + 1);
        if is_test(&tokens[at + 2..end]) {
            while begins(tokens, end, &["#", "["]) {
                end = after_group(tokens, end + 1);
            }
            end = after_item(tokens, end);
        } else {
            kept.extend_from_slice(&tokens[at..end]);
        }
        at = end;
    }
    kept
}

pub(super) fn begins(tokens: &[String], at: usize, with: &[&str]) -> bool {
    let found = tokens.get(at..at + with.len());
    found.is_some_and(|found| found == with)
}

/// Whether the words of an attribute leave a thing out of everything but tests.
fn is_test(attribute: &[String]) -> bool {
    let has = |word: &str| attribute.iter().any(|token| token == word);
    let all = begins(attribute, 0, &["cfg", "(", "all", "("]) && has("test") && !has("not");
    all || begins(attribute, 0, &["cfg", "(", "test", ")"])
}

/// Behind the bracket that closes the one at `open`.
pub(super) fn after_group(tokens: &[String], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

/// Behind the item, field, variant or statement that begins at `from`.
fn after_item(tokens: &[String], from: usize) -> usize {
    let mut at = from;
    if tokens.get(at).is_some_and(|token| token == "pub") {
        at += 1;
        if begins(tokens, at, &["("]) {
            at = after_group(tokens, at);
        }
    }
    let word = tokens.get(at).map_or("", String::as_str);
    let is_function = tokens[at..].iter().take(4).any(|token| token == "fn");
    let ends_with_mark = match word {
        "use" | "static" | "type" | "let" => true,
        "const" => !is_function,
        _ => false,
    };
    let ends_with_brace = is_function
        || matches!(
            word,
            "fn" | "impl" | "mod" | "struct" | "enum" | "trait" | "unsafe" | "macro_rules"
        );
    while at < tokens.len() {
        match tokens[at].as_str() {
            ";" => return at + 1,
            "," if !ends_with_mark && !ends_with_brace => return at + 1,
            // What encloses it ends.
            ")" | "]" | "}" => return at,
            "{" if !ends_with_mark => return after_group(tokens, at),
            "(" | "[" | "{" => at = after_group(tokens, at),
            _ => at += 1,
        }
    }
    at
}
