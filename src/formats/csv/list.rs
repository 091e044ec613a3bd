//! Several classes in one cell: a list of strings as Python or JSON writes it.

use std::iter::Peekable;
use std::str::Chars;

/// The strings of such a list; nothing where it is none.
pub(super) fn list(cell: &str) -> Option<Vec<String>> {
    let cell = cell.trim();
    if !cell.starts_with('[') {
        return None;
    }
    // The two have escapes that the other does not know.
    let json = serde_json::from_str(cell).ok();
    json.or_else(|| python(cell.strip_prefix('[')?.strip_suffix(']')?))
}

/// The strings between the brackets of Python's list.
fn python(inner: &str) -> Option<Vec<String>> {
    let mut items = Vec::new();
    let mut chars = inner.chars().peekable();
    loop {
        skip_blanks(&mut chars);
        if chars.peek().is_none() {
            return Some(items);
        }
        // Python 2 marks strings of Unicode so.
        chars.next_if_eq(&'u');
        items.push(string(&mut chars)?);
        skip_blanks(&mut chars);
        if !matches!(chars.next(), None | Some(',')) {
            return None;
        }
    }
}

fn skip_blanks(chars: &mut Peekable<Chars<'_>>) {
    while chars.next_if(char::is_ascii_whitespace).is_some() {}
}

/// A string of Python, to behind the quote that closes it.
fn string(chars: &mut Peekable<Chars<'_>>) -> Option<String> {
    let quote = chars.next_if(|char| matches!(char, '\'' | '"'))?;
    let mut value = String::new();
    loop {
        match chars.next()? {
            char if char == quote => return Some(value),
            '\\' => escape(chars, &mut value)?,
            char => value.push(char),
        }
    }
}

/// What stands behind a backslash.
fn escape(chars: &mut Peekable<Chars<'_>>, value: &mut String) -> Option<()> {
    let char = match chars.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'x' => hexadecimal(chars, 2)?,
        'u' => hexadecimal(chars, 4)?,
        'U' => hexadecimal(chars, 8)?,
        same @ ('\\' | '\'' | '"') => same,
        digit @ '0'..='7' => octal(digit, chars)?,
        // Python leaves the others as they are.
        other => {
            value.push('\\');
            other
        }
    };
    value.push(char);
    Some(())
}

fn hexadecimal(chars: &mut Peekable<Chars<'_>>, digits: usize) -> Option<char> {
    let mut number = 0;
    for _ in 0..digits {
        number = number * 16 + chars.next()?.to_digit(16)?;
    }
    char::from_u32(number)
}

/// Up to three digits, of which one was read.
fn octal(first: char, chars: &mut Peekable<Chars<'_>>) -> Option<char> {
    let mut number = first.to_digit(8)?;
    for _ in 0..2 {
        let Some(digit) = chars.peek().and_then(|char| char.to_digit(8)) else {
            break;
        };
        number = number * 8 + digit;
        chars.next();
    }
    char::from_u32(number)
}

/// Writes a list of strings as Python does.
pub(super) fn push_list<'a>(items: impl Iterator<Item = &'a str>, out: &mut String) {
    out.push('[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        let quote = if item.contains('\'') && !item.contains('"') {
            '"'
        } else {
            '\''
        };
        out.push(quote);
        for char in item.chars() {
            match char {
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\\' => out.push_str("\\\\"),
                // Python reads no program that holds a NUL.
                '\0' => out.push_str("\\x00"),
                _ if char == quote => out.extend(['\\', char]),
                _ => out.push(char),
            }
        }
        out.push(quote);
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_are_those_of_python_and_json() {
        let list = |text| list(text).map(|items| items.join("|"));
        for (text, items) in [
            ("['Refund','Urgent']", "Refund|Urgent"),
            ("[\"a\", 'it\\'s' , ]", "a|it's"),
            (" [] ", ""),
            ("[ ]", ""),
            ("[u'a']", "a"),
            ("['']", ""),
            ("['a]','[b']", "a]|[b"),
            (r"['caf\xe9','\u00e9\U0001F600','\101\0']", "café|é😀|A\0"),
            (r"['\d\/']", r"\d\/"),
            (r#"["caf\u00e9","\ud83d\ude00","\/"]"#, "café|😀|/"),
            ("['a\nb']", "a\nb"),
        ] {
            assert_eq!(list(text).as_deref(), Some(items), "{text}");
        }
        for text in [
            "[a]",
            "['a' 'b']",
            "Refund",
            "[",
            "]",
            "",
            "['a'",
            "['a']b",
            "['a]",
            "[,]",
            "['a',,'b']",
            r"['\ud83d']",
            r"['\x4']",
            "[1, 2]",
            "[['a']]",
            "[None]",
        ] {
            assert_eq!(list(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(items in prop::collection::vec("(?s)[ab'\"\\\\,;\\[\\]\0\r\n\t \u{e9}]{0,6}", 0..5)) {
            let mut literal = String::new();
            push_list(items.iter().map(String::as_str), &mut literal);
            prop_assert_eq!(list(&literal), Some(items));
        }
    }
}
