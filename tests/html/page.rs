//! A page taken apart.

/// A page as text.
pub(super) struct Page(pub(super) String);

/// What stands between two strings, from the first of the one to the next of the other.
#[track_caller]
pub(super) fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, after) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    after.split_once(to).unwrap_or_else(|| panic!("no {to}")).0
}

/// A tag: its name and its attributes.
pub(super) struct Tag<'a> {
    name: &'a str,
    /// Whether it ends with itself, as `<rect/>` does.
    is_whole: bool,
    attributes: Vec<(&'a str, &'a str)>,
}

/// The names that tags of a page may have.
const TAGS: [&str; 49] = [
    "!doctype",
    "a",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "code",
    "details",
    "div",
    "footer",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "i",
    "input",
    "kbd",
    "label",
    "li",
    "line",
    "main",
    "mark",
    "meta",
    "nav",
    "output",
    "p",
    "pre",
    "rect",
    "script",
    "section",
    "small",
    "span",
    "style",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Those that nothing stands in, or whose content is passed over.
const VOID: [&str; 6] = ["!doctype", "br", "input", "meta", "script", "style"];

impl Page {
    /// Its tags, but for what style and script hold.
    fn tags(&self) -> Vec<Tag<'_>> {
        let mut tags = Vec::new();
        let mut rest = self.0.as_str();
        while let Some((_, after)) = rest.split_once('<') {
            let (tag, after) = tag(after);
            rest = after;
            for raw in ["style", "script"] {
                if tag.name == raw {
                    let end = format!("</{raw}>");
                    rest = after.split_once(&*end).expect("the end of a tag").1;
                }
            }
            tags.push(tag);
        }
        tags
    }

    /// Its findings, each as HTML.
    pub(super) fn findings(&self) -> Vec<&str> {
        let pieces = self.0.split("<article class=\"finding ").skip(1);
        pieces
            .map(|it| it.split_once("</article>").unwrap().0)
            .collect()
    }

    /// The addresses of its parts.
    pub(super) fn ids(&self) -> Vec<String> {
        self.values("id")
    }

    /// What its links lead to.
    pub(super) fn links(&self) -> Vec<String> {
        let links = self.values("href").into_iter();
        links
            .map(|it| {
                it.strip_prefix('#')
                    .expect("a link within the page")
                    .to_owned()
            })
            .collect()
    }

    fn values(&self, name: &str) -> Vec<String> {
        let tags = self.tags().into_iter();
        let all = tags.flat_map(|tag| tag.attributes);
        let named = all.filter(|(key, _)| *key == name);
        named.map(|(_, value)| value.to_owned()).collect()
    }

    /// Insists that it loads nothing and runs nothing but its own script: by its tags and their
    /// attributes.
    #[track_caller]
    pub(super) fn assert_inert(&self) {
        let mut open = Vec::new();
        let tags = self.tags();
        assert!(tags.len() > 30, "{}", tags.len());
        for tag in tags {
            let name = tag.name.trim_start_matches('/');
            assert!(TAGS.contains(&name), "<{}>", tag.name);
            for (key, value) in &tag.attributes {
                let is_known = matches!(
                    *key,
                    "aria-label"
                        | "autocomplete"
                        | "charset"
                        | "class"
                        | "colspan"
                        | "content"
                        | "dir"
                        | "height"
                        | "hidden"
                        | "href"
                        | "html"
                        | "http-equiv"
                        | "id"
                        | "lang"
                        | "name"
                        | "placeholder"
                        | "role"
                        | "rowspan"
                        | "rx"
                        | "scope"
                        | "tabindex"
                        | "title"
                        | "type"
                        | "viewBox"
                        | "width"
                        | "x"
                        | "x1"
                        | "x2"
                        | "y"
                        | "y1"
                        | "y2"
                ) || key.starts_with("data-");
                assert!(is_known, "<{} {key}=\"{value}\">", tag.name);
                assert!(
                    *key != "href" || value.starts_with('#'),
                    "a link to {value}"
                );
            }
            if tag.name.starts_with('/') {
                assert_eq!(open.pop(), Some(name), "</{name}>");
            } else if !tag.is_whole && !VOID.contains(&name) {
                open.push(name);
            }
        }
        assert_eq!(open, [""; 0], "what is not closed");
    }
}

/// A tag whose `<` was read, and what follows it.
fn tag(text: &str) -> (Tag<'_>, &str) {
    let end = |it: char| it == '>' || it.is_ascii_whitespace();
    let at = text.find(end).expect("the end of a name");
    let (name, mut rest) = text.split_at(at);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_ascii_start();
        let is_whole = rest.starts_with("/>");
        if let Some(after) = rest.trim_start_matches('/').strip_prefix('>') {
            let tag = Tag {
                name,
                is_whole,
                attributes,
            };
            return (tag, after);
        }
        let at = rest.find(|it: char| it == '=' || end(it)).expect("a name");
        let (key, after) = rest.split_at(at);
        rest = after;
        let mut value = "";
        if let Some(quoted) = after.strip_prefix("=\"") {
            (value, rest) = quoted.split_once('"').expect("the end of a value");
        }
        attributes.push((key, value));
    }
}
