//! How what people read looks: colours, links to the pages of the rules, and the width.

use crate::diagnostics::Severity;

/// How something that is printed looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether it has colours.
    pub color: bool,
    /// Whether it has links (OSC 8), where it has colours.
    pub links: bool,
    /// The columns of the terminal; `None` where lines may have any length.
    pub width: Option<usize>,
}

/// Where the page of each rule is to be found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pages {
    /// The repository of the program; empty where it has none.
    repository: &'static str,
    version: &'static str,
}

/// The pages that belong to this build, as its manifest says.
pub(super) const PAGES: Pages = Pages {
    repository: env!("CARGO_PKG_REPOSITORY"),
    version: env!("CARGO_PKG_VERSION"),
};

impl Pages {
    /// The address of a rule's documentation: in `docs/rules.md` of the release, whose tag is `v`
    /// and its version. `None` where the program names no repository; `labelwright explain` has the
    /// same words.
    pub(super) fn of(self, rule: &str) -> Option<String> {
        let repository = self.repository.trim_end_matches('/');
        let repository = repository.strip_suffix(".git").unwrap_or(repository);
        let is_web = repository.starts_with("https://");
        let version = self.version;
        is_web.then(|| format!("{repository}/blob/v{version}/docs/rules.md#{rule}"))
    }
}

/// Colours, or none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    is_on: bool,
    /// Where links lead, if there are any.
    pages: Option<Pages>,
}

impl Paint {
    pub(super) const fn new(color: bool, links: bool) -> Self {
        Self {
            is_on: color,
            pages: if color && links { Some(PAGES) } else { None },
        }
    }

    /// Whether there are colours.
    #[cfg(feature = "cli")]
    pub(super) const fn is_on(self) -> bool {
        self.is_on
    }

    /// In a colour, by its SGR code.
    pub(super) fn painted(self, code: &str, text: &str) -> String {
        if self.is_on && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.painted("1", text)
    }

    pub(super) fn help(self, text: &str) -> String {
        self.painted("36", text)
    }

    /// For what a machine does by itself.
    pub(super) fn safe(self, text: &str) -> String {
        self.painted("32", text)
    }

    /// In the colour of a severity.
    pub(super) fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Note => "36",
        };
        self.painted(code, text)
    }

    /// With colour for what stands in backquotes, which may go on in the next line.
    pub(super) fn prose(self, text: &str) -> String {
        if !self.is_on || !text.matches('`').count().is_multiple_of(2) {
            return text.to_owned();
        }
        let mut painted = String::with_capacity(text.len());
        let mut piece = String::new();
        let mut is_code = false;
        for char in text.chars() {
            match char {
                '`' if is_code => {
                    piece.push('`');
                    painted.push_str(&self.help(&std::mem::take(&mut piece)));
                    is_code = false;
                }
                '`' => {
                    painted.push_str(&std::mem::replace(&mut piece, "`".to_owned()));
                    is_code = true;
                }
                '\n' if is_code => {
                    painted.push_str(&self.help(&std::mem::take(&mut piece)));
                    painted.push('\n');
                }
                // What indents a line is no part of the words that go on there.
                ' ' if is_code && piece.is_empty() => painted.push(' '),
                _ => piece.push(char),
            }
        }
        painted.push_str(&piece);
        painted
    }

    /// The text with a link to the page of a rule, where links are wanted and there is a page.
    pub(super) fn linked(self, rule: &str, text: String) -> String {
        match self.pages.and_then(|pages| pages.of(rule)) {
            Some(url) => format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
            None => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_painted_line_by_line() {
        let paint = Paint::new(true, false);
        let want = "a \u{1b}[36m`b\u{1b}[0m\n  \u{1b}[36mc`\u{1b}[0m d";
        assert_eq!(paint.prose("a `b\n  c` d"), want);
        assert_eq!(paint.prose("a ` d"), "a ` d");
        assert_eq!(Paint::new(false, true).prose("`b`"), "`b`");
    }

    #[test]
    fn pages_are_those_of_the_release() {
        let of = |repository| {
            let pages = Pages {
                repository,
                version: "1.2.3",
            };
            pages.of("span-empty")
        };
        let want = "https://host.example/a/b/blob/v1.2.3/docs/rules.md#span-empty";
        assert_eq!(of("https://host.example/a/b").as_deref(), Some(want));
        assert_eq!(of("https://host.example/a/b.git/").as_deref(), Some(want));
        assert_eq!(of(""), None);
        assert_eq!(of("ssh://host.example/a"), None);
    }

    #[test]
    fn links_surround_the_text() {
        let pages = Pages {
            repository: "https://host.example/a",
            version: "1",
        };
        let paint = Paint {
            is_on: true,
            pages: Some(pages),
        };
        let want =
            "\u{1b}]8;;https://host.example/a/blob/v1/docs/rules.md#x\u{1b}\\X\u{1b}]8;;\u{1b}\\";
        assert_eq!(paint.linked("x", "X".to_owned()), want);
        // Without colours there are no links either.
        assert!(Paint::new(false, true).pages.is_none());
    }
}
